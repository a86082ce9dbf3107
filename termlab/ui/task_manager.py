"""The task manager over the panes: what every pane of all sessions uses, live. Opened by
`task-manager`.

It is told once a second, the next once this stands on the screen (`TasksAsked`, `TasksUpdate`), and
draws the lines that differ. Paused, and closed, it is told nothing, and nothing is measured for it.
"""

import asyncio
import contextlib
from collections.abc import Sequence
from typing import Final

from textual import events
from textual.geometry import Region
from textual.strip import Strip

from termlab.client.style import Line
from termlab.model.keys import LEFT
from termlab.model.screen import Cursor
from termlab.model.tasks import Task, Tasks
from termlab.ui import boxed, private, task_page
from termlab.ui.asker import Asker
from termlab.ui.boxed import Looking, Text
from termlab.ui.looked_for import LEAVING, LOOKING, LookedFor
from termlab.ui.overlay import Overlay
from termlab.ui.query import Query
from termlab.ui.strips import VtStrip
from termlab.ui.task_page import Order, Seen
from termlab.ui.vt_row import line_row
from termlab.wire.messages import News, TasksAsked, TasksSeen, TasksUpdate

# So long it waits for the first look, before it opens without.
PATIENCE_S: Final = 1.0
_STEPS: Final = {"up": -1, "down": 1, "home": -(1 << 30), "end": 1 << 30}
_PAGES: Final = {"pageup": -1, "pagedown": 1}
# What types does so only while nothing is looked for.
_TYPED_STEPS: Final = {"k": -1, "j": 1, "g": -(1 << 30), "G": 1 << 30, "ctrl+p": -1, "ctrl+n": 1}
_SORTS: Final = {
    "c": "cpu",
    "w": "wakeups",
    "m": "memory",
    "o": "output",
    "l": "p95",
    "n": "command",
}


class TaskManager(Overlay):
    """Goes to the pane with the cursor when it closes on Enter or a click on that. ``active`` is
    the pane that has the cursor first."""

    def __init__(self, active: int, asker: Asker) -> None:
        super().__init__()
        self._asker = asker
        self._tasks: Tasks | None = None
        self._order = Order()
        self._at, self._top = active, 0
        self._paused = False
        self._looked_for = LookedFor()
        self._lines: list[Line] = []  # as they stand on the screen
        self._heard = asyncio.Event()
        self._unseen = 0  # what came before it was mounted

    async def prepare(self) -> None:
        """Keys typed ahead are for what there is, so that is asked first."""
        self._asker.look(TasksAsked())
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._heard.wait(), PATIENCE_S)

    def on_mount(self) -> None:
        if self._unseen:
            self.call_after_refresh(self._asker.look, TasksSeen(self._unseen))

    # What comes

    def peeked(self, news: News) -> None:
        if not isinstance(news, TasksUpdate) or self._paused:
            return
        self._tasks = news.tasks
        self._heard.set()
        if not self.is_mounted:
            self._unseen = news.number
            return
        self._say()
        self.call_after_refresh(self._asker.look, TasksSeen(news.number))

    # How it looks

    def _listed(self) -> list[Task]:
        return task_page.shown(self._tasks, self._order, Query(self._looked_for.text))

    def _drawn(self) -> list[Line]:
        """The lines by now, with the pane that has the cursor among them."""
        cols, rows = self.size
        listed = self._listed()
        panes = [task.pane for task in listed]
        if panes and self._at not in panes:
            self._at = panes[0]
        index = panes.index(self._at) if panes else 0
        room = task_page.list_rows(cols, rows)
        self._top = task_page.first_row(index, self._top, room, len(panes))
        seen = Seen(self._tasks, self._order, self._at, self._top, self._paused, self._looking())
        return task_page.draw(seen, cols, rows)

    def _looking(self) -> Looking | None:
        sought = self._looked_for
        return Looking(sought.text, sought.cursor) if sought else None

    def render_lines(self, crop: Region) -> list[Strip]:
        """Each line is ready-made, as those of panes and frame are."""
        self._lines = self._drawn()
        x, cols = self.region.x, self.size.width
        strips = [VtStrip(line_row(self.look.line(line), 0), x, cols) for line in self._lines]
        left, right = crop.column_span
        return [strips[y].crop(left, right) for y in crop.line_range]

    def _say(self) -> None:
        """Draw the lines that say something else."""
        if not (self.is_mounted and self.visible):
            return
        before, lines = self._lines, self._drawn()
        cols = self.size.width
        differ = [y for y, line in enumerate(lines) if before[y : y + 1] != [line]]
        if differ:
            private.paint([(self, [Region(0, y, cols, 1) for y in differ])], self.screen)

    @property
    def cursor(self) -> Cursor | None:
        looking = self._looking()
        if looking is None:
            return None
        total = len(self._tasks.tasks) if self._tasks is not None else 0
        text = Text((), len(self._listed()), total, {})
        at = boxed.cursor_at(text, *self.size, looking)
        return Cursor(self.region.x + at[0], self.region.y + at[1]) if at else None

    # Keys

    def on_key(self, event: events.Key) -> None:
        """Every key is for it."""
        event.stop()
        key = event.key
        page = max(task_page.list_rows(*self.size) - 1, 1)
        if key in _STEPS or key in _PAGES:
            self._move(_STEPS.get(key, 0) + _PAGES.get(key, 0) * page)
        elif key in LEAVING:
            self._leave()
        elif self._looked_for.types:
            self._looked_for.press(event)
        elif key == "enter":
            self._go()
        elif key == "q":
            self.post_message(self.Closed())
        elif key in _TYPED_STEPS:
            self._move(_TYPED_STEPS[key])
        elif key in LOOKING:
            self._looked_for.begin()
        elif key == "p":
            self._pause()
        else:
            self._sort(key)
        self._say()

    def _sort(self, key: str) -> None:
        if key == "s":
            self._order = task_page.next_column(self._order, self.size.width)
        elif key == "r":
            self._order = self._order._replace(down=not self._order.down)
        elif key in _SORTS:
            self._order = task_page.turned(self._order, _SORTS[key])

    def _pause(self) -> None:
        """Look no more, or again from now on."""
        self._paused = not self._paused
        self._asker.look(TasksAsked(not self._paused))

    def _move(self, by: int) -> None:
        panes = [task.pane for task in self._listed()]
        if panes:
            index = panes.index(self._at) if self._at in panes else 0
            self._at = panes[min(max(index + by, 0), len(panes) - 1)]

    def _go(self) -> None:
        """Close, and show the pane with the cursor."""
        if self._at in (task.pane for task in self._listed()):
            self.post_message(self.Closed(("switch-client", "-t", f"%{self._at}")))

    def _leave(self) -> None:
        """Forget what is looked for; else close."""
        if not self._looked_for:
            self.post_message(self.Closed())
        self._looked_for.forget()

    def on_paste(self, event: events.Paste) -> None:
        event.stop()
        if self._looked_for.paste(event.text):
            self._say()

    # The mouse

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        event.stop()
        self._move(1)
        self._say()

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        event.stop()
        self._move(-1)
        self._say()

    def on_click(self, event: events.Click) -> None:
        """On the head it sorts; on a pane it moves the cursor there, and goes where that was."""
        event.stop()
        cols, rows = self.size
        at = boxed.line_at(event.x, event.y, cols, rows, 0)
        if event.button != LEFT:
            return
        if boxed.closes(event.x, event.y, cols):
            self.post_message(self.Closed())
        elif at is not None and at[0] == 0:
            if column := task_page.column_at(at[1], boxed.room(cols, rows)[0]):
                self._order = task_page.turned(self._order, column)
        elif at is not None:
            self._choose(self._listed(), at[0] - 1)
        self._say()

    def _choose(self, listed: Sequence[Task], row: int) -> None:
        if row < task_page.list_rows(*self.size) and self._top + row < len(listed):
            chosen = listed[self._top + row].pane
            if chosen == self._at:
                self._go()
            self._at = chosen
