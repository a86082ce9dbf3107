"""The messages as lines of styled runs, the newest first, with the time of each. Pure."""

from collections.abc import Iterable, Sequence
from typing import Final

from termlab.client.message_log import Said
from termlab.client.style import DIM, PLAIN, Line, Run, Style, clip_line, fit
from termlab.client.width import clip_text, text_width
from termlab.model.geometry import Rect
from termlab.ui.boxed import Text, is_boxed
from termlab.ui.query import Query

TITLE: Final = " Messages "
FAILED: Final = Style(1)
_GAP: Final = 2
# With less room the words need the place of the time.
_MIN_TIMED: Final = 30
_COLS: Final = 100
# Fewer would have no border.
_MIN_ROWS: Final = 6
# A break behind a space is taken from here on.
_MIN_FILLED: Final = 0.6


def place(messages: Sequence[Said], cols: int, rows: int) -> Rect:
    """The box in the middle of an area of ``cols`` x ``rows``; all of it where that is small."""
    if not is_boxed(cols, rows):
        return Rect(0, 0, cols, rows)
    wide = min(_COLS, cols)
    tall = min(rows, max(len(body(messages, wide - 4).lines) + 2, _MIN_ROWS))
    return Rect((cols - wide) // 2, (rows - tall) // 2, wide, tall)


def body(messages: Iterable[Said], cols: int, query: Query | None = None) -> Text:
    """What was said, or what of it has what is looked for, in lines of ``cols`` cells."""
    query = query or Query()
    newest = list(messages)[::-1]
    found = [each for each in newest if query.matches((each.text, each.time_of_day()))]
    lines = [line for each in found for line in _message(each, cols, query)]
    if not lines:
        lines = [(Run("nothing that was said has that" if newest else "nothing was said", DIM),)]
    whole = [fit(clip_line(line, cols), (), cols) for line in lines]
    return Text(whole, len(found), len(newest), {})


def _message(said: Said, cols: int, query: Query) -> list[Line]:
    """One message's lines: more than one where it is long."""
    time = said.time_of_day()
    lead = text_width(time) + _GAP if cols >= _MIN_TIMED else 0
    style = FAILED if said.error else PLAIN
    lines: list[Line] = []
    for part in wrapped(said.text, max(cols - lead, 1)):
        line = query.lit(part, style)
        if lead and not lines:
            line = (*query.lit(time, DIM), Run(" " * _GAP, PLAIN), *line)
        elif lead:
            line = (Run(" " * lead, PLAIN), *line)
        lines.append(line)
    return lines


def wrapped(text: str, cols: int) -> list[str]:
    """``text`` in parts of ``cols`` cells, between words where those are not too far from there."""
    parts: list[str] = []
    while text_width(text) > cols:
        part = clip_text(text, cols) or text[:1]
        space = part.rfind(" ")
        if text[len(part) : len(part) + 1] != " " and space > len(part) * _MIN_FILLED:
            part = part[:space]
        parts.append(part.rstrip())
        text = text[len(part) :].lstrip()
    return [*parts, text] if text or not parts else parts
