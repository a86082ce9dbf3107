"""Whether a command is a Python program, and its words taken apart: interpreter, options, program.

By its executable: Python itself, or a script whose first line names Python. A shell script that
starts Python is none.
"""

import os
import re
import shlex
import shutil
from collections.abc import Sequence
from typing import Final, NamedTuple

_PYTHON: Final = re.compile(r"^(python|pypy)[0-9.]*t?(\.exe)?$")
_FIRST_LINE_BYTES: Final = 512
# Letters of options that take a value, and those whose value is the program.
_VALUED: Final = "WX"
_PROGRAM: Final = "mc"


class PythonCommand(NamedTuple):
    """``options`` are Python's own; ``program`` is what it runs: ``-m MODULE …``, ``-c TEXT …`` or
    a script and its words. () where it is given nothing to run."""

    interpreter: str
    options: tuple[str, ...]
    program: tuple[str, ...]


def python_command(argv: Sequence[str], search: str, directory: str) -> PythonCommand | None:
    """``argv`` as Python's, found on ``search`` (a PATH); None if it is another program."""
    path = _found(argv[0], search, directory)
    if _PYTHON.match(os.path.basename(path)) or _PYTHON.match(os.path.basename(argv[0])):
        return _parted(argv[0], tuple(argv[1:]))
    words = _first_line(path)
    if words and os.path.basename(words[0]) == "env":
        words = [word for word in words[1:] if not word.startswith("-") and "=" not in word]
    if not words or not _PYTHON.match(os.path.basename(words[0])):
        return None
    return _parted(words[0], (*words[1:], path, *argv[1:]))


def _found(name: str, search: str, directory: str) -> str:
    if os.path.dirname(name):
        return os.path.join(directory, name)
    return shutil.which(name, path=search) or name


def _first_line(path: str) -> list[str]:
    """The words behind a script's ``#!``."""
    try:
        with open(path, "rb") as file:
            line = file.read(_FIRST_LINE_BYTES).split(b"\n", 1)[0]
    except OSError:
        return []
    if not line.startswith(b"#!"):
        return []
    try:
        return shlex.split(line[2:].decode("utf-8", "replace"))
    except ValueError:
        return []


def _parted(interpreter: str, words: tuple[str, ...]) -> PythonCommand:
    index = 0
    while index < len(words):
        word = words[index]
        if not word.startswith("-") or word == "-":
            break
        letter = _telling(word)
        if letter and letter in _PROGRAM:
            before, _, value = word.partition(letter)
            options = (*words[:index], before) if before != "-" else words[:index]
            program = (f"-{letter}", *((value,) if value else ()), *words[index + 1 :])
            return PythonCommand(interpreter, options, program)
        takes_next = bool(letter) and word.endswith(letter)
        index += 2 if takes_next or word == "--check-hash-based-pycs" else 1
    program = words[index:] if words[index : index + 1] != ("-",) else ()
    return PythonCommand(interpreter, words[:index], program)


def _telling(word: str) -> str:
    """The first letter of a word of options that has a value, "" if none has."""
    if word.startswith("--"):
        return ""
    return next((letter for letter in word[1:] if letter in _VALUED + _PROGRAM), "")
