"""Folded stacks: one line a stack, ``outermost;…;innermost COUNT``. What flame graphs are made of.

Diffable, small, and read by every tool for flame graphs. Pure.
"""

from collections import Counter
from collections.abc import Iterable
from typing import Final

Stacks = Counter[tuple[str, ...]]

_MAX_STACKS: Final = 200_000
_SEPARATOR: Final = ";"


def read_folded(data: bytes) -> Stacks:
    """What can be read of them; a line that is no stack is left out."""
    stacks: Stacks = Counter()
    for line in data.decode("utf-8", "replace").splitlines():
        stack, _, count = line.rpartition(" ")
        if stack and count.isdecimal():
            stacks[tuple(filter(None, stack.split(_SEPARATOR)))] += int(count)
            if len(stacks) >= _MAX_STACKS:
                break
    return stacks


def write_folded(stacks: Iterable[tuple[tuple[str, ...], int]]) -> str:
    """The lines, in the order of the stacks' names, so that two files can be compared."""
    return "".join(
        f"{_SEPARATOR.join(map(_frame, stack))} {count}\n" for stack, count in sorted(stacks)
    )


def _frame(name: str) -> str:
    """A name that separates nothing: some of C++ have such characters."""
    return "".join(
        ":" if char == _SEPARATOR else char if char.isprintable() else "?" for char in name
    )
