"""What was said in the status row, over the panes, to be read again. Opened by `show-messages`."""

from collections.abc import Sequence
from typing import ClassVar

from termlab.client.message_log import Said
from termlab.model.geometry import Rect
from termlab.ui import message_page
from termlab.ui.boxed import Hints, Text
from termlab.ui.page import Page
from termlab.ui.query import Query


class MessageList(Page):
    """Of the messages there were when it was opened, the oldest first."""

    TITLE: ClassVar[str] = message_page.TITLE
    HINTS: ClassVar[Hints] = Hints(" q closes ", " q closes, / searches, Up and Down scroll ")

    def __init__(self, messages: Sequence[Said]) -> None:
        super().__init__()
        self._messages = messages

    def place(self, cols: int, rows: int) -> Rect:
        return message_page.place(self._messages, cols, rows)

    def text(self, cols: int, query: Query) -> Text:
        return message_page.body(self._messages, cols, query)
