"""Help over the panes: every key and what it does. Opened by `list-keys`."""

from typing import ClassVar, Final

from termlab.model.geometry import Rect
from termlab.ui import help_page
from termlab.ui.boxed import Hints, Text
from termlab.ui.page import Page
from termlab.ui.query import Query
from termlab.wire.messages import ClientOptions

_HINTS: Final = Hints(" q closes ", " q closes, / searches, Up and Down scroll ")
_OWN_HINTS: Final = Hints(_HINTS.short, f"{_HINTS.long}· * is yours ")


class Help(Page):
    """A click on a key's line closes it and does what the key does."""

    TITLE: ClassVar[str] = help_page.TITLE
    HINTS: ClassVar[Hints] = _HINTS

    def __init__(self, options: ClientOptions) -> None:
        super().__init__()
        self._parts = help_page.sections(options)

    def reload(self, options: ClientOptions) -> None:
        self._parts = help_page.sections(options)
        self.changed()

    def place(self, cols: int, rows: int) -> Rect:
        return help_page.place(self._parts, cols, rows)

    def text(self, cols: int, query: Query) -> Text:
        return help_page.body(self._parts, cols, query)

    def hints(self) -> Hints:
        return _OWN_HINTS if help_page.has_own(self._parts) else self.HINTS
