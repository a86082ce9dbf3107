"""What the terminal `doctor` runs on says that it can do: each line with where it is from."""

import os
import sys
import time
from collections.abc import Callable, Mapping
from typing import Final

from termlab.client.capabilities import TRUE_COLOUR, Asker, Capabilities, Source, assumed
from termlab.client.input import InputParser
from termlab.errors import UsageError
from termlab.model.keys import TerminalReply
from termlab.model.listing import Finding

if sys.platform != "win32":
    from termlab.client.outer import OuterTerminal

# One over a slow link has answered by then; later answers would be typed into the shell.
_ANSWER_S: Final = 0.5

_FROM: Final = {
    Source.ASSUMED: "assumed, it did not say",
    Source.HINTED: "its environment says so",
    Source.IMPLIED: "another answer implies it",
    Source.ANSWERED: "it says so",
}

Words = Callable[[Capabilities], str]


def _yes(known: str, unknown: str, field: str) -> tuple[str, Words]:
    return field, lambda found: known if getattr(found, field) else unknown


_GROUNDS: Final = {True: "dark", False: "light", None: "unknown"}
# A line each: its name, the field that decides about where it is from, and what it says.
_LINES: Final[dict[str, tuple[str, Words]]] = {
    "colours": ("colours", lambda found: _colours(found.colours)),
    "underlines": _yes("curly, dotted, double", "plain ones in their place", "underline_styles"),
    "underline-colours": _yes(
        "underlines have colours", "underlines have none", "underline_colours"
    ),
    "pictures": _yes("shown whole (mode 2026)", "shown as they come", "synchronised"),
    "keys": _yes("all told apart (kitty)", "xterm's way, where it has that", "kitty_keyboard"),
    "focus": _yes("reported", "perhaps not reported", "focus_events"),
    "clipboard": _yes("takes copies (OSC 52)", "may not take copies", "clipboard"),
    "widths": _yes("of clusters (mode 2027)", "of characters", "clusters"),
    "ground": ("dark", lambda found: _GROUNDS[found.dark]),
}


def outer_answers(environment: Mapping[str, str]) -> list[Finding]:
    """A line for each thing asked; none where no terminal is here to be asked."""
    asker = _ask(environment)
    return [] if asker is None else findings(asker)


def findings(asker: Asker) -> list[Finding]:
    """What the terminal has answered, as lines of `doctor`."""
    found = asker.found
    lines = [
        Finding(name, True, f"{words(found)}; {_FROM[asker.source(field)]}")
        for name, (field, words) in _LINES.items()
    ]
    said = found.name or "it does not say who it is"
    late = "" if found.complete else "it did not answer in time: what is safe is assumed"
    return [Finding("outer", True, said, late), *lines]


def _ask(environment: Mapping[str, str]) -> Asker | None:
    """The answers that come at once; None without a terminal."""
    if sys.platform != "win32" and os.isatty(0) and os.isatty(1):
        asker = Asker(assumed(environment))
        try:
            _listen(OuterTerminal(), asker)
        except UsageError:
            return None
        return asker
    return None


if sys.platform != "win32":

    def _listen(terminal: OuterTerminal, asker: Asker) -> None:
        """Ask ``terminal``, and leave it as it was."""
        parser = InputParser()
        try:
            terminal.raw()
            terminal.ask()
            for data in terminal.answers(_ANSWER_S):
                for event in parser.feed(data, time.monotonic()):
                    if isinstance(event, TerminalReply):
                        asker.hear(event)
                terminal.answered = asker.found.complete
        finally:
            terminal.leave()
            terminal.close()


def _colours(count: int) -> str:
    return "true colour" if count >= TRUE_COLOUR else f"{count}, others are shown as the nearest"
