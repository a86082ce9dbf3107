"""`termlab probe-helper`: root's part of counting system calls, for one user's servers.

It loads the eBPF programs and hands their descriptors to servers of that user, which read the
counts without any rights. It reads nothing that they say, writes no file, and keeps, once it
listens, no right but to load such programs. It ends by Ctrl-C, or with its terminal.
"""

import errno
import os
import socket
import sys
import time
from collections.abc import Mapping
from typing import Final

from termlab.cli.answer import print_text
from termlab.commands.parse import Call, parse
from termlab.errors import TermlabError, UsageError

# Loading costs the machine 20 ms: who asks without end gets no more than so many a second.
_PAUSE_S: Final = 0.2


def probe_helper(words: list[str]) -> int:
    """Serve until it is ended: the exit code."""
    uid = asked_uid(parse(words), os.environ)
    if sys.platform != "linux":
        raise TermlabError("probe-helper: only Linux lets a program count others' system calls")
    else:
        from termlab.probes.ebpf.handing import listen
        from termlab.probes.ebpf.loading import loaded
        from termlab.probes.privileges import keep_only_bpf
        from termlab.probes.syscall_ladder import ebpf_reason

        try:
            with listen(uid) as listener:
                keep_only_bpf()
                maps, links = loaded()  # a try: the kernel forgets it at once
                for fd in (*maps, *links):
                    os.close(fd)
                return _serve(listener, uid)
        except OSError as error:
            why = f"user {uid} has one already" if error.errno == errno.EADDRINUSE else ""
            text = f"probe-helper: {why or ebpf_reason(error)}: run it through sudo"
            raise TermlabError(text if not why else f"probe-helper: {why}") from error
        except LookupError as error:
            raise TermlabError(f"probe-helper: {error.args[0]}") from error


def _serve(listener: socket.socket, uid: int) -> int:
    """Until nobody reads any more what it says."""
    if sys.platform == "linux":
        from termlab.probes.ebpf.handing import serve_one
        from termlab.probes.ebpf.loading import loaded

        said = f"serving user {uid}; Ctrl-C ends it, servers keep what they have"
        while print_text(f"probe-helper: {said}\n"):
            try:
                said = serve_one(listener, uid, loaded)
            except (OSError, LookupError) as error:
                said = f"a server got nothing: {error}"
            time.sleep(_PAUSE_S)
    return 0


def asked_uid(call: Call, environment: Mapping[str, str]) -> int:
    """Whose servers are served. Raises ``UsageError`` where nobody says."""
    if sys.platform == "win32":
        raise TermlabError("probe-helper: only Linux lets a program count others' system calls")
    else:
        import pwd

        name = call.text("user") if call.values.get("user") is not None else ""
        try:
            if name:
                return int(name) if name.isdigit() else pwd.getpwnam(name).pw_uid
            return int(environment["SUDO_UID"])
        except (KeyError, ValueError):
            pass
        if name:
            raise UsageError(f"probe-helper: there is no user {name!r}")
        raise UsageError(
            "probe-helper: whose servers? Run it by `sudo termlab probe-helper`, or name the user: "
            "--user NAME"
        )
