"""What Windows takes of a command: one line and one block, both text, and where it looks.

Pure but for looking for the program. `conpty` hands the results to ``winpty.PTY.spawn``.
"""

import subprocess
from collections.abc import Mapping, Sequence
from typing import Final

from termlab.backends.launch import resolve
from termlab.backends.pty import Command
from termlab.errors import SpawnError

# CreateProcess takes 32767 UTF-16 units, the last of them a NUL.
MAX_LINE_UNITS: Final = 32766
# What Windows tries when the pane's environment does not say.
_DEFAULT_PATHEXT: Final = ".COM;.EXE;.BAT;.CMD"


def command_line(command: Command) -> tuple[str, str | None]:
    """The program as the first words of a Windows command line, and the rest of it.

    Quoted as the C runtime reads it; a batch file reads its arguments in its own way. Raises
    ``SpawnError`` if this can't be started.
    """
    folded = _folded(command.environment)
    values = {name: value for name, (_, value) in folded.items()}
    path = resolve(command._replace(environment=values), _suffixes(command.argv[0], values))
    # Quoting makes words longer only, and takes a second for 10 MB of them.
    _check_length(command, sum(map(len, command.argv)))
    # The line is all that Windows gets: an unquoted blank would end the program's name.
    program = subprocess.list2cmdline([path])
    arguments = subprocess.list2cmdline(command.argv[1:])
    line = f"{program} {arguments}"
    _check_length(command, len(line.encode("utf-16-le", "surrogatepass")) // 2)
    return program, arguments or None


def environment_block(environment: Mapping[str, str]) -> str:
    """``environment`` as Windows takes it: sorted, its names once each whatever their case.

    CreateProcess reads up to an empty entry, whose NUL pywinpty adds.
    """
    folded = _folded(environment)
    entries = (f"{name}={value}\0" for _, (name, value) in sorted(folded.items()))
    return "".join(entries) or "\0"


def _check_length(command: Command, units: int) -> None:
    if units > MAX_LINE_UNITS:
        raise SpawnError(
            f"can't run {command.argv[0]!r}: its arguments ({units} characters; Windows takes "
            f"{MAX_LINE_UNITS}) are too long: pass the data in a file instead"
        )


def _folded(environment: Mapping[str, str]) -> dict[str, tuple[str, str]]:
    """Each name in upper case, as Windows compares them, with its spelling and value."""
    return {name.upper(): (name, value) for name, value in environment.items()}


def _suffixes(name: str, values: Mapping[str, str]) -> Sequence[str]:
    """What to put behind a program's name, in the order to try."""
    known = [suffix for suffix in values.get("PATHEXT", _DEFAULT_PATHEXT).split(";") if suffix]
    if name.upper().endswith(tuple(suffix.upper() for suffix in known)):
        return ("", *known)
    return (*known, "")
