"""Words of others in a list for a person: nothing in them acts on a terminal; columns of words."""

import shlex
from collections.abc import Iterable, Sequence
from typing import Final

COMMAND_CHARS: Final = 60
_LINE_CHARS: Final = 2000


def plain(text: str, chars: int = COMMAND_CHARS) -> str:
    """``text`` cut to ``chars``, a question mark for what a terminal would not show as it is."""
    shown = "".join(char if char.isprintable() else "?" for char in text[: chars + 1])
    return shown if len(shown) <= chars else f"{shown[: chars - 1]}…"


def text_of(lines: Iterable[str]) -> str:
    """These lines, each ended, as a terminal may have them: reasons, notes and names in them are
    others' words, in a file of runs as well."""
    return "".join(f"{plain(line, _LINE_CHARS)}\n" for line in lines)


def command_line(words: Sequence[str], chars: int = COMMAND_CHARS) -> str:
    """A command as it would be typed, on one line."""
    return plain(shlex.join(words), chars)


def columns(rows: Sequence[Sequence[str]], right: Sequence[bool]) -> list[str]:
    """Lines of these cells, columns as wide as their widest, ``right``: which end at the right."""
    if not rows:
        return []
    widths = [max(len(row[place]) for row in rows) for place in range(len(right))]
    return [
        "  ".join(
            cell.rjust(width) if ends else cell.ljust(width)
            for cell, width, ends in zip(row, widths, right, strict=True)
        ).rstrip()
        for row in rows
    ]
