"""`termlab doctor`: what works here and what does not, each line from a real try."""

import os
import platform
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from typing import Final

from termlab.cli.answer import print_text
from termlab.cli.call_tiers import call_findings
from termlab.cli.outer_answers import outer_answers
from termlab.cli.scheduled import schedule_findings
from termlab.client.connection import Connection
from termlab.client.start import NoServer, begin
from termlab.commands.parse import parse
from termlab.errors import TermlabError, WireError
from termlab.model.listing import Finding
from termlab.server.configured import configure
from termlab.server.journal import journal_path
from termlab.wire.address import private_directory
from termlab.wire.jsontext import from_json, to_json

# Loading the engine and one program on a PTY take 0.2 s.
_CHECK_S: Final = 30.0
_ANSWER_S: Final = 3.0
_PLATFORMS: Final = ("linux", "darwin", "win32")
# What `doctor` says of the terminal it runs on does not concern whether termlab works.
_ADVICE: Final = frozenset({"terminal", "locale"})


def doctor(path: str, words: list[str]) -> int:
    """Print the findings; 1 if something is missing that termlab needs."""
    call = parse(words)
    findings = examine(path, os.environ)
    print_text(to_json(findings) if call.flag("json") else _table(findings))
    return int(any(not each.works and not _is_advice(each.name) for each in findings))


def _is_advice(name: str) -> bool:
    """Whether it works without: the terminal here, config.toml, [server], [client], probes."""
    return name in _ADVICE or "." in name


def examine(path: str, environment: Mapping[str, str]) -> list[Finding]:
    """Every check, in the order of what builds on what."""
    return [
        Finding("python", True, f"{platform.python_version()} ({sys.executable})"),
        _platform(),
        *_engine_and_pty(),
        _directory(os.path.dirname(path)),
        _server(path),
        _log(journal_path(path, environment)),
        *_configuration(environment),
        *schedule_findings(path, environment),
        *call_findings(),
        _terminal(environment),
        *outer_answers(environment),
        _locale(),
    ]


def _platform() -> Finding:
    detail = f"{platform.system()} {platform.release()} {platform.machine()}"
    works = sys.platform in _PLATFORMS
    return Finding(
        "platform", works, detail, "" if works else "use termlab on Linux, macOS or in WSL"
    )


def _engine_and_pty() -> list[Finding]:
    """In a process of their own: nothing but the server loads the engine."""
    command = [sys.executable, "-P", "-m", "termlab.server.check"]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=_CHECK_S)
        return list(from_json(done.stdout, tuple[Finding, ...]))
    except (subprocess.TimeoutExpired, OSError) as error:
        detail, why = str(error), "run it by hand to see where it stops"
    except WireError:
        detail = f"it ended with {done.returncode}: {done.stderr.strip()[-1000:]}"
        why = "reinstall termlab; if it stays, report this text"
    return [Finding("engine", False, f"{' '.join(command)}: {detail}", why)]


def _directory(directory: str) -> Finding:
    try:
        private_directory(directory)
        with tempfile.NamedTemporaryFile(dir=directory, prefix=".doctor-"):
            pass
    except TermlabError as error:
        return Finding("directory", False, directory, str(error))
    except OSError as error:
        return Finding("directory", False, directory, f"it can't be written: {error.strerror}")
    return Finding("directory", True, f"{directory} is private and writable")


def _server(path: str) -> Finding:
    try:
        start = begin(path, start=False)
    except NoServer:
        return Finding("server", True, f"none runs at {path}; `termlab` starts one")
    except TermlabError as error:
        return Finding("server", False, path, str(error))
    connection = None
    try:
        connection = Connection(
            start.finish(), any_protocol=True, address=start.address, greeting_s=_ANSWER_S
        )
        _, text = connection.call(("list-sessions",), None, _ANSWER_S)
    except TermlabError as error:
        return Finding("server", False, f"process {_locked_by(path)} at {path}", str(error))
    finally:
        if connection is not None:
            connection.close()
    over = f" over TCP, port {start.address.port}" if start.address else ""
    it = connection.welcome
    assert it is not None
    count = len(text.splitlines())
    return Finding(
        "server",
        True,
        f"termlab {it.version}, protocol {it.protocol}, process {it.pid}, at {path}{over}: "
        f"{count} session{'' if count == 1 else 's'}",
    )


def _locked_by(path: str) -> str:
    """The process that holds the lock, as it wrote there itself."""
    try:
        with open(f"{path}.lock", encoding="ascii", errors="replace") as lock:
            return lock.read(32).strip() or "?"
    except OSError:
        return "?"


def _log(path: str) -> Finding:
    directory = path
    while not os.path.exists(directory):
        directory = os.path.dirname(directory)
    if not os.access(directory, os.W_OK):
        return Finding("log", False, path, f"{directory} can't be written: see $XDG_STATE_HOME")
    size = f"{os.path.getsize(path)} bytes" if directory == path else "not written yet"
    return Finding("log", True, f"{path}: {size}")


def _configuration(environment: Mapping[str, str]) -> list[Finding]:
    """Nothing where the person's file, if there is one, is used."""
    problem = configure(environment).problem
    return [Finding("config.toml", False, "it is not used", problem)] if problem else []


def _terminal(environment: Mapping[str, str]) -> Finding:
    fd = next((fd for fd in (1, 0, 2) if os.isatty(fd)), None)
    kind = f"TERM={environment.get('TERM', '')} COLORTERM={environment.get('COLORTERM', '')}"
    if fd is None:
        return Finding("terminal", False, kind, "run it in one: here a session can't be shown")
    size = os.get_terminal_size(fd)
    if environment.get("TERM", "") in ("", "dumb"):
        return Finding("terminal", False, kind, "TERM must name your terminal, e.g. xterm-256color")
    return Finding("terminal", True, f"{size.columns}x{size.lines} {kind}")


def _locale() -> Finding:
    import locale

    encoding = locale.getpreferredencoding(False)
    works = encoding.upper().replace("-", "") == "UTF8"
    return Finding(
        "locale", works, encoding, "" if works else "set LANG or LC_ALL to one ending in .UTF-8"
    )


def _table(findings: list[Finding]) -> str:
    width = max(len(each.name) for each in findings)
    lines = []
    for each in findings:
        lines.append(f"{'ok' if each.works else 'NO':3}{each.name:{width}}  {each.detail}\n")
        if each.why:
            lines.append(f"{'':3}{'':{width}}  -> {each.why}\n")
    return "".join(lines)
