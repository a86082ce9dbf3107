"""Colours and underlines that the outer terminal can't show, made into what it can. Pure.

Works on bytes as they are written, rows of panes and what the ui draws alike: only pens (SGR) are
looked at, and each run of them once, since the same ones come again and again. Two colours that
are told apart in the pane stay apart here: text never takes the colour of its background.
"""

import re
from collections.abc import Iterator
from functools import cache
from typing import Final

from termlab.client.capabilities import TRUE_COLOUR, Rgb

# Pens that follow each other are one: text and background are set by two sequences.
_PENS: Final = re.compile(rb"(?:\x1b\[[0-9;:]*m)+")
_PEN: Final = re.compile(rb"\x1b\[([0-9;:]*)m")
# Those in which an underline has a shape or a colour, and what they can be told by at a glance.
_UNDERLINES: Final = re.compile(rb"\x1b\[(?:[0-9;:]*;)?(?:58[;:]|4:)[0-9;:]*m")
_UNDERLINE_MARKS: Final = (b"[4:", b";4:", b"[58", b";58")
# What a picture is made of, in the words of the engine.
_CELL: Final = re.compile(
    rb"(\x1b\[0m)?\x1b\[38;2;(\d{1,3});(\d{1,3});(\d{1,3})m"
    rb"(?:\x1b\[48;2;(\d{1,3});(\d{1,3});(\d{1,3})m)?"
)
# A screen has a few dozen; a picture in true colours has thousands, each seen once.
MAX_KNOWN: Final = 4096
# A longer one is nobody's pen: it is left as it is.
MAX_PEN_BYTES: Final = 512

_LEVELS: Final = (0, 95, 135, 175, 215, 255)
# xterm's, as most have them: a person's own are not far, or they have chosen to have them so.
STANDARD: Final[tuple[Rgb, ...]] = (
    *((0, 0, 0), (205, 0, 0), (0, 205, 0), (205, 205, 0)),
    *((0, 0, 238), (205, 0, 205), (0, 205, 205), (229, 229, 229)),
    *((127, 127, 127), (255, 0, 0), (0, 255, 0), (255, 255, 0)),
    *((92, 92, 255), (255, 0, 255), (0, 255, 255), (255, 255, 255)),
)
_TEXT: Final = 38
_BACKGROUND: Final = 48
_UNDERLINE: Final = 58
_KINDS: Final = {b"38": _TEXT, b"48": _BACKGROUND, b"58": _UNDERLINE}


class Reducer:
    """For one terminal. ``used`` is whether anything was shown otherwise than it was meant."""

    def __init__(self, colours: int, styles: bool, underline_colours: bool) -> None:
        self.used = False
        self._colours = colours
        self._styles = styles
        self._underline_colours = underline_colours
        self._known: dict[bytes, bytes] = {}
        self._rare = colours >= TRUE_COLOUR  # little of what comes is to be changed

    def __call__(self, data: bytes) -> bytes:
        """``data`` as this terminal can show it."""
        if not self._rare:
            return _PENS.sub(self._pens, data)
        if any(mark in data for mark in _UNDERLINE_MARKS):
            return _UNDERLINES.sub(self._pens, data)
        return data

    def _pens(self, found: re.Match[bytes]) -> bytes:
        pens = found[0]
        known = self._known.get(pens)
        if known is None:
            cell = None if self._rare else _CELL.fullmatch(pens)
            if cell is not None:
                known = self._of_cell(cell)
            else:
                known = self._reduced(pens) if len(pens) <= MAX_PEN_BYTES else pens
            if len(self._known) >= MAX_KNOWN:
                self._known.clear()
            self._known[pens] = known
            self.used = self.used or known != pens
        return known

    def _of_cell(self, pens: re.Match[bytes]) -> bytes:
        """What `_reduced` makes of the same, sooner: a picture has thousands of them."""
        plain, *values = pens.groups()
        numbers = [min(int(value), 255) for value in values if value is not None]
        text = (numbers[0], numbers[1], numbers[2])
        out = (plain or b"") + self._pen(_TEXT, index := self._index(text))
        if len(numbers) == 3:
            return out
        ground = (numbers[3], numbers[4], numbers[5])
        under = self._index(ground)
        out += self._pen(_BACKGROUND, under)
        if index == under and text != ground:
            out += self._pen(_TEXT, _apart(text, under, self._colours))
        return out

    def _reduced(self, pens: bytes) -> bytes:
        """The same pens; those of which nothing is left are left out."""
        out: list[bytes] = []
        ground: int | None = None  # what the text must not be, once a background is set
        text = -1  # where in ``out`` the text's colour is, and what it was
        meant: tuple[Rgb, Rgb | None] = ((0, 0, 0), None)
        for pen in _PEN.findall(pens):
            parts: list[bytes] = []
            for kind, rgb, part in _parts(pen):
                shown = self._part(kind, rgb, part)
                if shown is None:
                    continue
                if kind == _TEXT and rgb is not None:
                    text, meant = len(out), (rgb, meant[1])
                elif kind == _BACKGROUND and rgb is not None:
                    ground, meant = self._index(rgb), (meant[0], rgb)
                parts.append(shown)
            if parts:
                out.append(b"\x1b[%bm" % b";".join(parts))
        if text >= 0 and ground is not None and self._clash(meant, ground):
            out.append(self._pen(_TEXT, _apart(meant[0], ground, self._colours)))
        return b"".join(out)

    def _clash(self, meant: tuple[Rgb, Rgb | None], ground: int) -> bool:
        return meant[0] != meant[1] and self._index(meant[0]) == ground

    def _part(self, kind: int, rgb: Rgb | None, part: bytes) -> bytes | None:
        """One part of a pen as it can be shown; None if it can't be."""
        if kind == _UNDERLINE and not self._underline_colours:
            return None
        if part.startswith(b"4:") and not self._styles:
            return b"24" if part == b"4:0" else b"4"
        if rgb is None or self._colours >= TRUE_COLOUR:
            return part
        if self._colours == 256 and part[3:4] == b"5":
            return part.replace(b":", b";")
        return self._colour(kind, self._index(rgb))

    def _index(self, rgb: Rgb) -> int:
        if self._colours >= TRUE_COLOUR:
            return -1
        return nearest_256(rgb) if self._colours == 256 else nearest_16(rgb)

    def _pen(self, kind: int, index: int) -> bytes:
        return b"\x1b[%bm" % self._colour(kind, index)

    def _colour(self, kind: int, index: int) -> bytes:
        if kind == _UNDERLINE or self._colours == 256:
            return b"%d;5;%d" % (kind, index)
        first = kind - 8 if index < 8 else kind + 52 - 8  # 30 and 90, 40 and 100
        return b"%d" % (first + index)


def _parts(pen: bytes) -> Iterator[tuple[int, Rgb | None, bytes]]:
    """What a pen sets, one by one: of a colour its kind and value, of all else 0 and None."""
    words = iter(pen.split(b";"))
    for word in words:
        kind = _KINDS.get(word, 0)
        if kind:
            model = next(words, b"")
            count = {b"5": 1, b"2": 3}.get(model, 0)
            values = [next(words, b"") for _ in range(count)]
            yield kind, _rgb(values), b";".join((word, model, *values))
        elif b":" in word:
            head, model, *rest = word.split(b":")
            kind = _KINDS.get(head, 0)
            if kind == 0:
                yield 0, None, word
                continue
            # Between the model and the values may stand a colour space, mostly left empty.
            values = rest[1:4] if model == b"2" and len(rest) > 3 else rest
            yield kind, _rgb(values), word
        else:
            yield (_UNDERLINE if word == b"59" else 0), None, word


def _rgb(values: list[bytes]) -> Rgb | None:
    """The colour of an index or of three values; None if it is neither."""
    if not all(value.isdigit() and len(value) <= 3 for value in values):
        return None
    numbers = [min(int(value), 255) for value in values]
    if len(numbers) == 1:
        return of_256(numbers[0])
    return (numbers[0], numbers[1], numbers[2]) if len(numbers) == 3 else None


def of_256(index: int) -> Rgb:
    """The colour of an index of the 256, its first 16 as they are by default."""
    if index < 16:
        return STANDARD[index]
    if index >= 232:
        grey = 8 + 10 * (index - 232)
        return (grey, grey, grey)
    cube = index - 16
    return (_LEVELS[cube // 36], _LEVELS[cube // 6 % 6], _LEVELS[cube % 6])


_STEPS: Final = [
    0 if value < 48 else 1 if value < 115 else (value - 35) // 40 for value in range(256)
]


def nearest_256(rgb: Rgb) -> int:
    """The nearest of the colour cube and the greys; the first 16 are the person's to change."""
    red, green, blue = _STEPS[rgb[0]], _STEPS[rgb[1]], _STEPS[rgb[2]]
    shade = min(max((sum(rgb) // 3 - 3) // 10, 0), 23)
    grey = 8 + 10 * shade
    cube = (_LEVELS[red], _LEVELS[green], _LEVELS[blue])
    if _distance((grey, grey, grey), rgb) < _distance(cube, rgb):
        return 232 + shade
    return 16 + 36 * red + 6 * green + blue


def nearest_16(rgb: Rgb) -> int:
    """The nearest of the 16; one of those themselves stays. Others are told apart by 16 shades of
    red, green and blue each: more would be wasted on so few."""
    exact = _EXACT.get(rgb)
    red, green, blue = rgb
    return _coarse(red >> 4, green >> 4, blue >> 4) if exact is None else exact


_EXACT: Final = {colour: index for index, colour in enumerate(STANDARD)}


@cache
def _coarse(red: int, green: int, blue: int) -> int:
    shade = (red * 17, green * 17, blue * 17)
    return min(range(16), key=lambda index: _distance(STANDARD[index], shade))


def _apart(rgb: Rgb, taken: int, colours: int) -> int:
    """The nearest that is not ``taken``."""
    choice = range(16) if colours == 16 else range(16, 256)
    return min(
        (index for index in choice if index != taken),
        key=lambda index: _distance(of_256(index), rgb),
    )


def _distance(a: Rgb, b: Rgb) -> int:
    """How different two colours look, weighted as eyes see them."""
    return 2 * (a[0] - b[0]) ** 2 + 4 * (a[1] - b[1]) ** 2 + 3 * (a[2] - b[2]) ** 2
