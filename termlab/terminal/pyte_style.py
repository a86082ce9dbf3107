"""How characters look: the pen a program sets with SGR, and its look as bytes of a row.

pyte's own pen turns indexed colours into fixed ones and knows neither faint, invisible, overlined
nor other underlines, so cells carry a *look* instead: the sequences that a plain pen must be given.
Pure.
"""

import functools
from typing import Final, NamedTuple

from termlab.terminal.pyte_filter import number

# SGR number: the flags it sets, the flags it clears first.
_FLAGS: Final = {
    1: (1, 0), 2: (2, 0), 3: (3, 0), 5: (5, 0), 6: (5, 0), 7: (7, 0), 8: (8, 0), 9: (9, 0),
    53: (53, 0), 22: (0, 1), 23: (0, 3), 25: (0, 5), 27: (0, 7), 28: (0, 8), 29: (0, 9),
    55: (0, 53),
}  # fmt: skip
_COLOURS: Final = (38, 48, 58)
_DEFAULTS: Final = (39, 49, 59)
UNDERLINES: Final = 5


class Pen(NamedTuple):
    """What SGR has set. Colours are SGR's parameters behind 38, 48 or 58: ``5;12``."""

    flags: frozenset[int] = frozenset()
    underline: int = 0
    foreground: str = ""
    background: str = ""
    underline_colour: str = ""


PLAIN_PEN: Final = Pen()


@functools.lru_cache(maxsize=1024)
def apply_sgr(pen: Pen, parameters: str) -> Pen:
    """The pen after ``CSI parameters m``. Unknown numbers are passed over."""
    groups = parameters.split(";")[::-1]
    while groups:
        head, *sub = groups.pop().split(":")
        code = number(head)
        if code == 0:
            pen = PLAIN_PEN
        elif code in _FLAGS:
            pen = pen._replace(flags=_flagged(pen.flags, *_FLAGS[code]))
        elif code in (4, 21, 24):
            style = {21: 2, 24: 0}.get(code, number(sub[0]) if sub else 1)
            pen = pen._replace(underline=style) if style <= UNDERLINES else pen
        elif code in _COLOURS:
            colour = _colour_in_colons(sub) if sub else _colour(groups)
            pen = _coloured(pen, code, colour) if colour else pen
        elif code in _DEFAULTS:
            pen = _coloured(pen, code - 1, "")
        else:
            pen = _sixteen(pen, code)
    return pen


@functools.lru_cache(maxsize=1024)
def look_of(pen: Pen) -> str:
    """The sequences before a run of this look; "" if it is plain."""
    if pen == PLAIN_PEN:
        return ""
    parts = [str(flag) for flag in sorted(pen.flags)]
    if pen.underline:
        parts.append("4" if pen.underline == 1 else f"4:{pen.underline}")
    colours = (pen.foreground, pen.background, pen.underline_colour)
    parts += [f"{code};{colour}" for code, colour in zip(_COLOURS, colours, strict=True) if colour]
    return "".join(f"\x1b[{part}m" for part in ["0", *parts])


def background_of(pen: Pen) -> str:
    """The look of what this pen erases: its background alone."""
    return f"\x1b[0m\x1b[48;{pen.background}m" if pen.background else ""


def _flagged(flags: frozenset[int], on: int, off: int) -> frozenset[int]:
    if on:
        return flags | {on}
    return flags - ({1, 2} if off == 1 else {off})


def _coloured(pen: Pen, code: int, colour: str) -> Pen:
    if code == 38:
        return pen._replace(foreground=colour)
    return pen._replace(background=colour) if code == 48 else pen._replace(underline_colour=colour)


def _sixteen(pen: Pen, code: int) -> Pen:
    """The colours that have a number of their own."""
    for first, base in ((30, 0), (90, 8)):
        if first <= code < first + 8:
            return pen._replace(foreground=f"5;{code - first + base}")
        if first + 10 <= code < first + 18:
            return pen._replace(background=f"5;{code - first - 10 + base}")
    return pen


def _colour(groups: list[str]) -> str:
    """Takes a colour spelled with semicolons off the (reversed) parameters; "" if it is none."""
    kind = number(groups.pop().partition(":")[0]) if groups else 0
    count = {5: 1, 2: 3}.get(kind, 0)
    taken = [groups.pop().partition(":")[0] for _ in range(min(count, len(groups)))]
    return _checked(kind, taken) if count and len(taken) == count else ""


def _colour_in_colons(sub: list[str]) -> str:
    """``5:n``, ``2:r:g:b`` or ``2:space:r:g:b``."""
    kind = number(sub[0])
    if kind == 5:
        return _checked(5, sub[1:2]) if len(sub) > 1 else ""
    parts = sub[2:5] if len(sub) > 4 else sub[1:4]
    return _checked(2, parts) if kind == 2 and len(parts) == 3 else ""


def _checked(kind: int, parts: list[str]) -> str:
    values = [number(part) for part in parts]
    return ";".join(map(str, [kind, *values])) if max(values) < 256 else ""
