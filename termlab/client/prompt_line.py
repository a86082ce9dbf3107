"""A prompt or a question drawn into the status row: it covers nothing, so one row is all it has.

Pure: a view and a width go in, a line of runs comes out, and the cell of the cursor. The text comes
first and scrolls in what it is left; what helps with it (how the command is written, candidates, or
what was wrong) stands at the end, clipped.
"""

from typing import Final, NamedTuple

from termlab.client.chrome import ALERT, CURRENT, FAILURE
from termlab.client.line_editor import MORE, Shown, index_at, window
from termlab.client.style import DIM, PLAIN, Line, Run, Style, clip_line, fit, line_width
from termlab.client.width import clip_text, printable, text_width

CHOSEN: Final = Style(reverse=True)
# The press of a run that shows text of the line: the index of its first character follows.
TEXT: Final = "text:"
# The presses of the buttons, which are the keys they stand for.
YES: Final = "y"
NO: Final = "n"
# Less than this helps nobody.
MIN_HELP_COLS: Final = 6
# So much of the text is shown before help may take room from it.
MIN_TEXT_COLS: Final = 8


class Hint(NamedTuple):
    """A piece of help; ``press`` is what a press on it means to the prompt."""

    text: str
    press: str = ""
    chosen: bool = False


class PromptView(NamedTuple):
    """What a prompt has to show: ``lead`` before the text, hints behind it or an error."""

    lead: str
    text: str
    cursor: int
    hints: tuple[Hint, ...] = ()
    error: str = ""


class _Places(NamedTuple):
    lead: str
    part: Shown
    text_cols: int
    help_cols: int


def prompt_line(view: PromptView, cols: int) -> Line:
    """The row, ``cols`` cells wide."""
    places = _places(view, cols)
    body = places.part.text.ljust(len(places.part.text) + places.text_cols - _width(places.part))
    left = (
        Run(places.lead, ALERT),
        Run(body, ALERT, press=f"{TEXT}{places.part.start}"),
    )
    return fit(clip_line(left, cols), _help(view, places.help_cols), cols)


def prompt_cursor(view: PromptView, cols: int) -> int:
    """The cell of the cursor in that row."""
    places = _places(view, cols)
    return min(text_width(places.lead) + places.part.cursor, cols - 1)


def question_line(question: str, cols: int) -> Line:
    """A question, with buttons for its answers."""
    words = printable(question).removesuffix("(y/n)").rstrip()
    wide = (Run(" [y]es ", CURRENT, press=YES), Run(" [n]o ", CURRENT, press=NO))
    small = (Run(" [y]", CURRENT, press=YES), Run("[n]", CURRENT, press=NO))
    buttons = wide if cols - line_width(wide) >= min(text_width(words) + 2, 20) else small
    room = max(cols - line_width(buttons), 0)
    shown = f" {words} "
    if text_width(shown) > room:
        shown = f"{clip_text(shown, room - 1)}{MORE}" if room else ""
    return fit(clip_line((Run(shown, ALERT), *buttons), cols), (), cols)


def text_index(press: str, text: str, cell: int) -> int | None:
    """Which character of a prompt's text was pressed; None if something else was."""
    if not press.startswith(TEXT):
        return None
    return index_at(text, int(press.removeprefix(TEXT)), cell)


def _width(part: Shown) -> int:
    return text_width(part.text)


def _places(view: PromptView, cols: int) -> _Places:
    """How the row is shared out."""
    lead = clip_text(f" {printable(view.lead)}", cols // 2)
    room = max(cols - text_width(lead), 0)
    wanted = text_width(view.text) + 1
    helping = line_width(_whole_help(view))
    text_cols = min(wanted, room)
    if helping:
        # What is wrong, and what can be chosen, is worth half the row; other help is not.
        due = view.error or any(hint.press for hint in view.hints)
        least = min(wanted, max(room // 2, min(MIN_TEXT_COLS, room)) if due else room)
        text_cols = max(least, min(wanted, room - helping - 1))
    help_cols = room - text_cols - 1
    if not helping or help_cols < min(MIN_HELP_COLS, helping):
        text_cols, help_cols = min(wanted, room), 0
    return _Places(lead, window(view.text, view.cursor, text_cols), text_cols, help_cols)


def _whole_help(view: PromptView) -> Line:
    """All of it, however long."""
    if view.error:
        return (Run(f" {printable(view.error)} ", FAILURE),)
    runs = []
    for hint in view.hints:
        style = CHOSEN if hint.chosen else PLAIN if hint.press else DIM
        runs.append(Run(f" {printable(hint.text)} ", style, press=hint.press))
    return tuple(runs)


def _help(view: PromptView, cols: int) -> Line:
    """As much of it as ``cols`` cells show: of an error its beginning, of candidates those around
    the chosen one."""
    runs = list(_whole_help(view))
    if cols <= 0 or not runs:
        return ()
    chosen = next((at for at, run in enumerate(runs) if run.style == CHOSEN), -1)
    while chosen > 0 and line_width(tuple(runs[: chosen + 1])) > cols - 1:
        del runs[0]
        chosen -= 1
    if line_width(tuple(runs)) <= cols:
        return tuple(runs)
    kept = clip_line(tuple(runs), cols - 1)
    return (*kept, Run(MORE, FAILURE if view.error else DIM))
