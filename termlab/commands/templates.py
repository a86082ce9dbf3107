"""Commands with places for answers and for names of what is on the screen, as in tmux.

``%%`` is the answer to the first question, ``%1`` to ``%9`` those to all of them; ``#W`` and
``#{window_name}`` are names. What is put in is never read as a command again: a template is cut
into its words first, and an answer, whatever is in it, stays within its word.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Final

# tmux's short names of formats and the long ones they stand for.
SHORT: Final = {
    "S": "session_name",
    "W": "window_name",
    "I": "window_index",
    "P": "pane_index",
    "D": "pane_id",
    "T": "pane_title",
}
_NAMES: Final = re.compile(r"#(?:\{(\w+)\}|([A-Z#]))")
_PLACES: Final = re.compile(r"#(?:\{(\w+)\}|([A-Z#]))|%([1-9%])")


def expand(text: str, names: Mapping[str, str]) -> str:
    """``text`` with names put in; a name that is none stays as it is written, ``##`` is a ``#``."""
    return _NAMES.sub(lambda found: _name(found, names), text)


def fill(words: Sequence[str], answers: Sequence[str], names: Mapping[str, str]) -> tuple[str, ...]:
    """The words of a command whose template is ``words``."""

    def place(found: re.Match[str]) -> str:
        which = found[3]
        if which is None:
            return _name(found, names)
        index = 0 if which == "%" else int(which) - 1
        return answers[index] if index < len(answers) else ""

    return tuple(_PLACES.sub(place, word) for word in words)


def _name(found: re.Match[str], names: Mapping[str, str]) -> str:
    if found[2] == "#":
        return "#"
    long = found[1] or SHORT.get(found[2], "")
    return names.get(long, found[0])
