"""Every cell of a ghostty terminal, read one by one through the engine's cell interface.

Independent of how rows are extracted, so that tests can hold the rows against it. Also the
painter's rules in a few lines: rows of one terminal written into another.
"""

from typing import Any, NamedTuple

from termlab.terminal.ghostty import GhosttyEmulator
from termlab.terminal.ghostty_lib import load, sized

Colour = int | tuple[int, int, int] | None

FLAGS = (
    "bold",
    "italic",
    "faint",
    "blink",
    "inverse",
    "invisible",
    "strikethrough",
    "overline",
)


# By the engine's number: narrow, wide, the second half of a wide one.
WIDTHS = (1, 2, 0)
SPACER_HEAD = 3  # the place left free at the end of a row where a wide one did not fit


class Cell(NamedTuple):
    """What a cell shows. ``width`` is 0 for the second half of a wide character."""

    text: str = " "
    width: int = 1
    foreground: Colour = None
    background: Colour = None
    underline_colour: Colour = None
    underline: int = 0
    flags: frozenset[str] = frozenset()
    link: str = ""


def feed(emulator: GhosttyEmulator, data: bytes) -> None:
    emulator.feed(memoryview(data))


def screen(emulator: GhosttyEmulator) -> list[list[Cell]]:
    """The cells of the screen, row by row."""
    reader = _Reader(emulator)
    size = emulator.size
    return [[reader.cell(x, y) for x in range(size.cols)] for y in range(size.rows)]


def differences(expected: GhosttyEmulator, shown: GhosttyEmulator) -> list[str]:
    """The cells in which ``shown`` differs, in words; columns to the right don't count."""
    return [
        f"{x},{y}: expected {wanted} shown {got}"
        for y, rows in enumerate(zip(screen(expected), screen(shown), strict=True))
        for x, (wanted, got) in enumerate(zip(*rows, strict=False))
        if wanted != got
    ]


def paint(painter: GhosttyEmulator, rows: dict[int, bytes]) -> None:
    """Write rows as a client does: erase with a plain pen, autowrap off, plain pen again."""
    for y, row in rows.items():
        erase = b"\x1b[%d;1H\x1b[%dX" % (y + 1, painter.size.cols)
        feed(painter, b"\x1b[?7l\x1b[m" + erase + row + b"\x1b[m")


class _Reader:
    def __init__(self, emulator: GhosttyEmulator) -> None:
        library = load()
        self.ffi, self.lib, self.grid_ref = library.ffi, library.lib, library.grid_ref
        self.terminal: Any = emulator._terminal
        self.ref = sized(self.ffi, "GhosttyGridRef")
        self.style = sized(self.ffi, "GhosttyStyle")
        self.raw = self.ffi.new("GhosttyCell *")
        self.points = self.ffi.new("uint32_t[64]")
        self.uri = self.ffi.new("uint8_t[]", 8192)
        self.length = self.ffi.new("size_t *")

    def cell(self, x: int, y: int) -> Cell:
        point = self.ffi.new("GhosttyPointS *")
        point.tag = self.lib.GHOSTTY_POINT_TAG_ACTIVE
        point.value.x, point.value.y = x, y
        assert self.grid_ref(self.terminal, point[0], self.ref) == 0
        assert self.lib.ghostty_grid_ref_cell(self.ref, self.raw) == 0
        wide = self.of_cell("WIDE", "GhosttyCellWide *")
        if wide == SPACER_HEAD:
            return Cell()
        own = self.own_background()
        if own is not None:
            return Cell(background=own)
        if wide == 0 and self.of_cell("CODEPOINT", "uint32_t *") == 0:
            return Cell()  # never written, or written over in half
        return self.styled(WIDTHS[wide])

    def styled(self, width: int) -> Cell:
        self.lib.ghostty_grid_ref_style(self.ref, self.style)
        style = self.style
        return Cell(
            text=self.text() if width else "",
            width=width,
            foreground=self.colour(style.fg_color),
            background=self.colour(style.bg_color),
            underline_colour=self.colour(style.underline_color),
            underline=style.underline,
            flags=frozenset(flag for flag in FLAGS if getattr(style, flag)),
            link=self.link(),
        )

    def of_cell(self, key: str, ctype: str) -> Any:
        out = self.ffi.new(ctype)
        number = getattr(self.lib, f"GHOSTTY_CELL_DATA_{key}")
        assert self.lib.ghostty_cell_get(self.raw[0], number, out) == 0
        return out[0]

    def own_background(self) -> Colour:
        tag = self.of_cell("CONTENT_TAG", "GhosttyCellContentTag *")
        if tag == self.lib.GHOSTTY_CELL_CONTENT_BG_COLOR_PALETTE:
            return int(self.of_cell("COLOR_PALETTE", "uint8_t *"))
        if tag == self.lib.GHOSTTY_CELL_CONTENT_BG_COLOR_RGB:
            colour = self.of_cell("COLOR_RGB", "GhosttyColorRgb *")
            return colour.r, colour.g, colour.b
        return None

    def text(self) -> str:
        assert self.lib.ghostty_grid_ref_graphemes(self.ref, self.points, 64, self.length) == 0
        return "".join(chr(point) for point in self.points[0 : self.length[0]]) or " "

    def colour(self, colour: Any) -> Colour:
        if colour.tag == self.lib.GHOSTTY_STYLE_COLOR_PALETTE:
            return int(colour.value.palette)
        if colour.tag == self.lib.GHOSTTY_STYLE_COLOR_RGB:
            return colour.value.rgb.r, colour.value.rgb.g, colour.value.rgb.b
        return None

    def link(self) -> str:
        if self.lib.ghostty_grid_ref_hyperlink_uri(self.ref, self.uri, 8192, self.length):
            return ""
        return bytes(self.ffi.buffer(self.uri, self.length[0])).decode()
