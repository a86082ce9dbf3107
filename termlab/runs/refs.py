"""How a run that is kept is called: its number, ``NAME``, ``NAME~2`` or ``last``.

What names and tags may be: each is told from the others, on a command line and in a list.
"""

from typing import Final, NamedTuple

from termlab.errors import UsageError

LAST: Final = "last"
MAX_CHARS: Final = 80
MAX_TAGS: Final = 32
HOW: Final = "a run is a number, NAME, NAME~2 (two before its newest), or last"


class Ref(NamedTuple):
    """``number`` of a run; or the one that is ``back`` before the newest called ``name``, "" for
    the newest of all."""

    number: int | None
    name: str = ""
    back: int = 0


def parse_ref(text: str) -> Ref:
    """What these words name. Raises ``UsageError``."""
    if text.isascii() and text.isdigit():
        if len(text) > 18:
            raise UsageError(f"there is no run {text[:20]}…: {HOW}")
        return Ref(int(text))
    name, tilde, back = text.partition("~")
    if tilde and not (back.isascii() and back.isdigit() and len(back) < 10):
        raise UsageError(f"{shown(text)} names no run: {HOW}")
    if not name:
        raise UsageError(f"{shown(text)} names no run: {HOW}")
    return Ref(None, "" if name == LAST else check_name(name), int(back or 0))


def check_name(name: str) -> str:
    """``name``, if runs can have it. Raises ``UsageError`` that says why not."""
    why = _unfit(name)
    if not why and (name.isdigit() or name == LAST):
        why = "it is how a run is called anyway"
    if why:
        raise UsageError(f"{shown(name)} can't be the name of runs: {why}")
    return name


def check_tag(tag: str) -> str:
    """``tag``, if runs can have it. Raises ``UsageError`` that says why not."""
    if why := _unfit(tag):
        raise UsageError(f"{shown(tag)} can't be a tag: {why}")
    return tag


def _unfit(word: str) -> str:
    if not word:
        return "it is empty"
    if len(word) > MAX_CHARS:
        return f"it is longer than {MAX_CHARS} characters"
    if not word.isprintable() or " " in word:
        return "leave out blanks and control characters"
    if word[0] in "-+" or "~" in word or "," in word:
        return "leave out ~ and the comma, and - or + in front"
    return ""


def shown(text: str) -> str:
    """A word of somebody's in a message: short, and without what acts on a terminal."""
    return repr(text if len(text) <= MAX_CHARS else text[:MAX_CHARS] + "…")
