"""The line in which a person looks for something in what is open: typed, kept, or forgotten.

It takes keys and says whether there is another text now; what `page` and `tree` make of that is
theirs.
"""

from typing import Final

from textual import events

from termlab.client.line_editor import LineEditor
from termlab.model.keyname import spell
from termlab.ui.events import from_textual_key

LOOKING: Final = frozenset({"slash", "ctrl+s"})
# They forget what was looked for, if anything was.
LEAVING: Final = frozenset({"escape", "ctrl+c", "ctrl+g"})
MAX_CHARS: Final = 200


class LookedFor:
    """True while something is, or is about to be. ``types`` says whether keys go into it."""

    def __init__(self) -> None:
        self.types = False
        self._line = LineEditor(max_chars=MAX_CHARS)

    def __bool__(self) -> bool:
        return self.types or bool(self.text)

    @property
    def text(self) -> str:
        return self._line.text

    @property
    def cursor(self) -> int:
        """An index into the text; -1 where nobody types any more."""
        return self._line.cursor if self.types else -1

    def begin(self) -> None:
        """Keys go into it from now on."""
        self.types = True

    def forget(self) -> None:
        """Nothing is looked for."""
        self.types = False
        self._line.set("")

    def press(self, event: events.Key) -> bool:
        """Take a key of who types; whether it is another text, or is left as it is."""
        key = from_textual_key(event)
        if key is None:
            return False
        erases = spell(key) in ("Backspace", "C-h")
        if event.key == "enter" or (erases and not self.text):
            self.types = False
            return True
        return self._line.press(key)

    def paste(self, text: str) -> bool:
        """Type a text, while keys go here: whether they do."""
        if self.types:
            self._line.insert(text)
        return self.types
