"""What the outer terminal can do: asked for, never guessed from its name. Sans IO.

`QUESTIONS` goes out at once when the terminal is taken, DA1 last, which every terminal answers in
its turn. Nothing waits for the answers: `assumed` is what is safe until they come, each is taken
whenever it comes, even a second late, and changes what it says alone. An answer is worth more than
what another answer implies, and that more than what the environment hints at.
"""

from collections.abc import Mapping
from enum import IntEnum
from typing import Final, NamedTuple

from termlab.model.keys import TerminalReply

Rgb = tuple[int, int, int]

TRUE_COLOUR: Final = 1 << 24

SYNCHRONISED: Final = 2026
CLUSTERS: Final = 2027
SCHEME_EVENTS: Final = 2031
FOCUS_EVENTS: Final = 1004
_MODES: Final = (SYNCHRONISED, CLUSTERS, SCHEME_EVENTS, FOCUS_EVENTS)
# Of DECRPM's states: what can be set, and what is.
_KNOWN: Final = (1, 2, 3)
_SET: Final = (1, 3)

# A pen that only some terminals can have, asked back by DECRQSS: what is left of it tells. Each
# part is a sequence of its own: one that is not understood must not take the others with it.
_PEN: Final = b"\x1b[4:3m\x1b[58:2::1:2:3m\x1b[48;2;1;2;3m"
_ASK_PEN: Final = b"\x1bP$qm\x1b\\\x1b[m"
_CAPABILITIES: Final = ("RGB", "Smulx", "Setulc", "Ms", "Co")
# Colours of text and of the background, and whether they are dark.
COLOURS: Final = b"\x1b]10;?\x1b\\\x1b]11;?\x1b\\\x1b[?996n"
END: Final = b"\x1b[c"


def _ask_capability(name: str) -> bytes:
    return b"\x1bP+q%b\x1b\\" % name.encode().hex().encode()


# Whoever does not know a string of these may print it: what it printed is wiped by whoever asks.
QUESTIONS: Final = b"".join(
    (
        COLOURS,
        b"\x1b[14t\x1b[16t",  # pixels of the area, and of a cell
        *(b"\x1b[?%d$p" % mode for mode in _MODES),
        b"\x1b[?u\x1b[>q",  # the keyboard protocol, and who it is, for `doctor` alone
        *map(_ask_capability, _CAPABILITIES),
        _PEN,
        _ASK_PEN,
        END,
    )
)

# What is answered by OSC or DCS.
_STRINGS: Final = frozenset({"foreground", "background", "capability", "pen", "version"})
# Hostile or broken terminals may answer anything.
_MAX_NAME_CHARS: Final = 64
_MAX_CELL_PIXELS: Final = 1024
# From here on a background is no dark one: the brightness of half grey.
_DARK_BELOW: Final = 128


class Source(IntEnum):
    """Where a capability is known from, the surest last."""

    ASSUMED = 0
    HINTED = 1  # by the environment
    IMPLIED = 2  # by another answer
    ANSWERED = 3


class Capabilities(NamedTuple):
    """One terminal's, as far as is known: each default is what is safe anywhere.

    ``colours`` is `TRUE_COLOUR`, 256 or 16. ``clipboard``: it says that it takes copies (OSC 52).
    ``clusters``: it measures whole clusters (mode 2027). ``cell`` and ``area`` are width and height
    in pixels. ``strings``: it has answered with one, so it does not print those it is sent.
    ``complete``: no answer is under way any more.
    """

    colours: int = 16
    synchronised: bool = False
    underline_styles: bool = False
    underline_colours: bool = False
    kitty_keyboard: bool = False
    focus_events: bool = False
    clipboard: bool = False
    clusters: bool = False
    scheme_events: bool = False
    dark: bool | None = None
    foreground: Rgb | None = None
    background: Rgb | None = None
    cell: tuple[int, int] | None = None
    area: tuple[int, int] | None = None
    name: str = ""
    strings: bool = False
    complete: bool = False


def assumed(environment: Mapping[str, str]) -> Capabilities:
    """What is safe before the terminal has said anything."""
    term = environment.get("TERM", "")
    if environment.get("COLORTERM") in ("truecolor", "24bit") or term.endswith("-direct"):
        return Capabilities(TRUE_COLOUR)
    return Capabilities(256 if "256color" in term else 16)


class Asker:
    """Takes one terminal's answers. ``found`` is what is known by now, ``sources`` from where."""

    def __init__(self, known: Capabilities | None = None) -> None:
        self.found = known or Capabilities()
        hinted = self.found.colours > Capabilities().colours
        self.sources = {"colours": Source.HINTED} if hinted else {}

    def source(self, field: str) -> Source:
        """Where the value of a field of ``found`` is from."""
        return self.sources.get(field, Source.ASSUMED)

    def hear(self, reply: TerminalReply) -> bool:
        """An answer, in any order, at any time; whether it says something new."""
        before = self.found
        kind, value = reply.kind, reply.value
        if kind in _STRINGS:
            self._told(strings=True)
        if kind == "da1":
            if 52 in value[1:]:
                self._told(clipboard=True)
            self._told(complete=True)
        elif kind == "mode" and len(value) == 2:
            self._mode(*value)
        elif kind == "kitty":
            # Whoever speaks it is young enough for all of these.
            self._told(kitty_keyboard=True)
            self._implied(colours=TRUE_COLOUR, underline_styles=True, underline_colours=True)
        elif kind == "capability":
            self._capability(*reply.text.partition("=")[::2])
        elif kind == "pen":
            self._pen(reply.text)
        elif kind == "version":
            self._told(name=reply.text[:_MAX_NAME_CHARS])
        elif kind == "scheme":
            self._told(dark=value == (1,))
        else:
            self._measured(kind, value)
        return self.found != before

    def _mode(self, number: int, state: int) -> None:
        if number == SYNCHRONISED:
            self._told(synchronised=state in (1, 2))
            if state in _KNOWN:
                self._implied(colours=TRUE_COLOUR)
        elif number == CLUSTERS:
            self._told(clusters=state in _SET)
        elif number == SCHEME_EVENTS:
            self._told(scheme_events=state in _KNOWN)
        elif number == FOCUS_EVENTS:
            self._told(focus_events=state in _KNOWN)

    def _capability(self, name: str, value: str) -> None:
        """A capability it has, and what it says about it."""
        if name == "RGB":
            self._told(colours=TRUE_COLOUR)
        elif name == "Smulx":
            self._told(underline_styles=True)
        elif name == "Setulc":
            self._told(underline_colours=True)
        elif name == "Ms":
            self._told(clipboard=True)
        elif name == "Co" and value.isdecimal() and len(value) < 10 and int(value) >= 256:
            self._implied(colours=TRUE_COLOUR if int(value) >= TRUE_COLOUR else 256)

    def _pen(self, pen: str) -> None:
        """What became of our pen. One that is not told at all says nothing."""
        parts = pen.split(";")
        if "48:2" in pen or "48;2;1;2;3" in pen:
            self._told(colours=TRUE_COLOUR)
        elif "48:5" in pen or "48;5" in pen:
            self._told(colours=256)
        if any(part.startswith("58") for part in parts):
            self._told(underline_colours=True)
        if "4:3" in parts:
            self._told(underline_styles=True)
        elif "4" in parts:
            self._told(underline_styles=False)

    def _measured(self, kind: str, value: tuple[int, ...]) -> None:
        """Its colours and its pixels."""
        if kind == "foreground":
            self._told(foreground=(value[0], value[1], value[2]))
        elif kind == "background":
            shade = (value[0], value[1], value[2])
            self._told(background=shade)
            self._implied(dark=is_dark(shade))
        elif kind == "cell" and all(0 < pixels <= _MAX_CELL_PIXELS for pixels in value):
            self._told(cell=(value[1], value[0]))
        elif kind == "area" and all(pixels > 0 for pixels in value):
            self._told(area=(value[1], value[0]))

    def _told(self, **fields: object) -> None:
        self._learn(Source.ANSWERED, fields)

    def _implied(self, **fields: object) -> None:
        self._learn(Source.IMPLIED, fields)

    def _learn(self, source: Source, fields: dict[str, object]) -> None:
        """What is known more surely stays. Of two answers about colours the better one is right: a
        terminal may have a mode that tells less."""
        for field, value in fields.items():
            known = self.source(field)
            if known > source:
                continue
            if field == "colours" and known == source:
                value = max(value, self.found.colours)  # type: ignore[call-overload]
            self.sources[field] = source
            self.found = self.found._replace(**{field: value})  # type: ignore[arg-type]


def is_dark(colour: Rgb) -> bool:
    """Whether light text is read well on it (ITU-R BT.601)."""
    red, green, blue = colour
    return (299 * red + 587 * green + 114 * blue) / 1000 < _DARK_BELOW
