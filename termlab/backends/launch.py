"""What can be known about a command before it is started: its program, and whether it can run.

It knows no PTY: a backend asks it before it forks, since an error found there costs nothing and
has a clear message, and asks it again for the words when the start itself fails.
"""

import errno
import os
import stat
from collections.abc import Mapping, Sequence

from termlab.backends.pty import Command
from termlab.errors import SpawnError

# Room in a one-line message for the part a person recognises.
_SHOWN_CHARS = 80

# Why a program that was found did not start, and what to do; else the system's own words.
_START_FAILURES = {
    errno.E2BIG: "its arguments and environment are too long: pass the data in a file instead",
    errno.EACCES: "permission denied: check the permissions of the program and its directory",
    errno.EAGAIN: "too many processes are running: end some first",
    errno.EMFILE: "too many files are open in the termlab server: close some panes first",
    errno.ENOENT: "its interpreter does not exist: check the first line of the script",
    errno.ENOEXEC: "it is not a program for this machine: a script needs a '#!' line",
    errno.ENOMEM: "out of memory: end some programs first",
    errno.ETXTBSY: "the program is being written right now: try again",
}


def resolve(command: Command, suffixes: Sequence[str] = ("",)) -> str:
    """The absolute path of the program. Raises ``SpawnError`` if this can't be started.

    In each place the name is tried with each of the ``suffixes``, in their order.
    """
    _check_words(command)
    _check_directory(command)
    name = command.argv[0]
    if os.path.dirname(name):
        paths = [os.path.join(command.directory, name + suffix) for suffix in suffixes]
        found = next(filter(os.path.isfile, paths), os.path.join(command.directory, name))
        return _check_program(command, found)
    search = command.environment.get("PATH", os.defpath)
    not_executable = ""
    for entry in search.split(os.pathsep):
        for suffix in suffixes:
            path = os.path.join(command.directory, entry, name + suffix)
            if os.path.isfile(path):
                if os.access(path, os.X_OK):
                    return path
                not_executable = not_executable or path
    if not_executable:
        return _check_program(command, not_executable)
    raise SpawnError(
        f"{_tried(command)}: there is no such program on the pane's PATH ({_shown(search)}): "
        "check the name, or give a path"
    )


def start_failure(command: Command, error: Exception) -> str:
    """The message for a command that passed `resolve` and still did not start."""
    number = error.errno if isinstance(error, OSError) and error.errno is not None else 0
    reason = _START_FAILURES.get(number) or (os.strerror(number) if number else str(error))
    return f"{_tried(command)}: {reason}"


def directory_failure(command: Command, error: OSError) -> str:
    """The message for a directory that can't be entered."""
    reasons = {
        errno.ENOENT: "it does not exist: create it, or give another one",
        errno.ENOTDIR: "it is not a directory: give another one",
        errno.EACCES: "permission denied: give one that you may enter",
    }
    reason = reasons.get(error.errno or 0, os.strerror(error.errno or 0))
    return f"{_tried(command)} in {_shown(command.directory)}: {reason}"


def _check_words(command: Command) -> None:
    if not command.argv or not command.argv[0]:
        raise SpawnError("can't run an empty command: name a program")
    for word in command.argv:
        _check_word(command, f"the argument {_shown(word)}", word)
    _check_word(command, f"the directory {_shown(command.directory)}", command.directory)
    for name, value in command.environment.items():
        if not name or "=" in name:
            raise SpawnError(
                f"{_tried(command)}: {_shown(name)} can't name a variable of the environment: "
                "take it out"
            )
        _check_word(command, f"the environment variable {_shown(name)}", name + value)


def _check_word(command: Command, what: str, text: str) -> None:
    try:
        encoded = os.fsencode(text)
    except UnicodeEncodeError as error:
        raise SpawnError(f"{_tried(command)}: {what} is not valid text: take it out") from error
    if b"\0" in encoded:
        raise SpawnError(f"{_tried(command)}: {what} holds a NUL byte: take it out")


def _check_directory(command: Command) -> None:
    directory = command.directory
    if not os.path.isabs(directory):
        raise SpawnError(
            f"{_tried(command)} in {_shown(directory)}: it depends on where the server runs: "
            "give an absolute path"
        )
    try:
        mode = os.stat(directory).st_mode
        if not stat.S_ISDIR(mode):
            raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR))
        if not os.access(directory, os.X_OK):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
    except OSError as error:
        raise SpawnError(directory_failure(command, error)) from error


def _check_program(command: Command, path: str) -> str:
    try:
        mode = os.stat(path).st_mode
    except OSError as error:
        reason = os.strerror(error.errno or 0)
        raise SpawnError(f"{_tried(command)}: {_shown(path)}: {reason}: check the path") from error
    if not stat.S_ISREG(mode):
        raise SpawnError(f"{_tried(command)}: {_shown(path)} is not a program: name a file in it")
    if not os.access(path, os.X_OK):
        raise SpawnError(
            f"{_tried(command)}: {_shown(path)} is not executable: chmod +x it, or run it "
            "with its interpreter"
        )
    return path


def _tried(command: Command) -> str:
    return f"can't run {_shown(command.argv[0])}"


def _shown(text: str) -> str:
    """``text`` quoted, escaped and short enough for one line."""
    return repr(text if len(text) <= _SHOWN_CHARS else text[: _SHOWN_CHARS - 1] + "…")


def environment_bytes(environment: Mapping[str, str]) -> dict[bytes, bytes]:
    """The environment encoded, so that nothing but the kernel can refuse it after the fork."""
    return {os.fsencode(name): os.fsencode(value) for name, value in environment.items()}
