"""Sizes and rectangles, in cells. Knows no terminal; everything that has a place uses these."""

from termlab.errors import PtyError
from termlab.model.records import msgspec

MIN_SIDE = 1
# Wider than any screen with a readable font; bounds the memory a size alone can ask for.
MAX_SIDE = 4096


class Size(msgspec.Struct, frozen=True, array_like=True):
    """Columns and rows in cells; the whole area in pixels where it is known, else 0."""

    cols: int
    rows: int
    xpixel: int = 0
    ypixel: int = 0


class Rect(msgspec.Struct, frozen=True, array_like=True):
    """A rectangle of cells; ``x`` and ``y`` count from 0 at the top left."""

    x: int
    y: int
    cols: int
    rows: int

    @property
    def right(self) -> int:
        return self.x + self.cols

    @property
    def bottom(self) -> int:
        return self.y + self.rows

    def contains(self, x: int, y: int) -> bool:
        return self.x <= x < self.right and self.y <= y < self.bottom


def check_size(size: Size) -> Size:
    """``size`` itself if a terminal can have it, else ``PtyError``."""
    if MIN_SIDE <= size.cols <= MAX_SIDE and MIN_SIDE <= size.rows <= MAX_SIDE:
        return size
    raise PtyError(
        f"a terminal can't be {size.cols}x{size.rows} cells: "
        f"give columns and rows from {MIN_SIDE} to {MAX_SIDE}"
    )


def clamp_size(size: Size) -> Size:
    """The nearest size a terminal can have: what an outer terminal reports may be 0x0."""
    return Size(
        min(max(size.cols, MIN_SIDE), MAX_SIDE),
        min(max(size.rows, MIN_SIDE), MAX_SIDE),
        max(size.xpixel, 0),
        max(size.ypixel, 0),
    )
