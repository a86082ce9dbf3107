"""The tree over the panes: every session, window and pane, and a live look at the one with the
cursor. Opened by `choose-tree`.

What there is and what a pane shows comes as `Peeked`, the next once this stands on the screen; so
nothing here asks again and again, and nothing moves by itself.
"""

import asyncio
import contextlib
from collections.abc import Callable, Sequence
from typing import Final

from textual import events
from textual.app import ComposeResult
from textual.geometry import NULL_OFFSET, NULL_SPACING, Region, Size
from textual.layout import ArrangeResult, Layout, WidgetPlacement
from textual.strip import Strip
from textual.widget import Widget
from textual.widgets import Tree

from termlab.client.replica import Replica
from termlab.model.geometry import Rect
from termlab.model.keys import LEFT
from termlab.model.listing import SessionListing
from termlab.model.screen import Cursor
from termlab.ui import private, tree_page
from termlab.ui.asker import Asker
from termlab.ui.looked_for import LEAVING, LOOKING, LookedFor
from termlab.ui.overlay import Overlay
from termlab.ui.query import Query
from termlab.ui.strips import VtStrip
from termlab.ui.tree_page import Branch, Said
from termlab.ui.tree_preview import Preview
from termlab.ui.tree_widget import SessionTree
from termlab.ui.vt_row import line_row
from termlab.wire.messages import News, Peek, Peeked, PeekSeen

_MOVES: Final[dict[str, Callable[[SessionTree], None]]] = {
    "up": SessionTree.action_cursor_up,
    "down": SessionTree.action_cursor_down,
    "pageup": SessionTree.action_page_up,
    "pagedown": SessionTree.action_page_down,
    "home": SessionTree.action_scroll_home,
    "end": SessionTree.action_scroll_end,
    "left": SessionTree.close_or_leave,
    "right": SessionTree.open_or_enter,
}
# So long it waits for the server to say what there is, before it opens without.
PATIENCE_S: Final = 1.0
# What types does so only while nothing is looked for.
_LETTERS: Final = {
    "k": "up",
    "j": "down",
    "ctrl+p": "up",
    "ctrl+n": "down",
    "ctrl+b": "pageup",
    "ctrl+f": "pagedown",
    "g": "home",
    "G": "end",
    "h": "left",
    "l": "right",
}


class TreeLayout(Layout):
    """Tree and preview where the plan has them; what has no place has no cells."""

    name = "tree"

    def arrange(
        self, parent: Widget, children: list[Widget], size: Size, greedy: bool = True
    ) -> ArrangeResult:
        places = tree_page.plan(size.width, size.height)
        placements: ArrangeResult = []
        for order, child in enumerate(children):
            rect = places.tree if isinstance(child, SessionTree) else places.preview
            rect = rect or Rect(0, 0, 0, 0)
            region = Region(rect.x, rect.y, rect.cols, rect.rows)
            placements.append(WidgetPlacement(region, NULL_OFFSET, NULL_SPACING, child, order))
        return placements


class ChooseTree(Overlay):
    """Goes to what is chosen when it closes on Enter or a click on what has the cursor."""

    def __init__(self, argv: Sequence[str], replica: Replica, asker: Asker) -> None:
        super().__init__()
        self._closed_at_first = {"$", "@"} if "-s" in argv[1:] else {"@"}
        self._asker = asker
        state = replica.state
        self._here = f"@{state.view.id}" if state is not None else ""
        self._tree = SessionTree()
        self._preview = Preview()
        self._preview.look(replica.active)
        self._layout = TreeLayout()
        self._sessions: tuple[SessionListing, ...] = ()
        self._branches: tuple[Branch, ...] = ()
        self._toggled: dict[str, bool] = {}  # by targets: what was opened or closed by hand
        self._looked_for = LookedFor()
        self._ending: Branch | None = None  # it is asked whether that is to be ended
        self._failure = ""
        self._drawn: Said | None = None  # what the lines around say
        self._asking: set[asyncio.Task[None]] = set()
        self._early: Peeked | None = None  # what came before it was mounted
        self._heard = asyncio.Event()

    @property
    def layout(self) -> Layout:
        return self._layout

    def compose(self) -> ComposeResult:
        yield self._tree
        yield self._preview

    async def prepare(self) -> None:
        """Keys typed ahead are for what there is, so that is asked first."""
        self._asker.look(Peek(self._preview.pane))
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._heard.wait(), PATIENCE_S)

    def on_mount(self) -> None:
        if self._early is not None:
            self.peeked(self._early)

    def on_unmount(self) -> None:
        for task in self._asking:
            task.cancel()

    # What comes

    def peeked(self, news: News) -> None:
        if not isinstance(news, Peeked):
            return
        self._heard.set()
        if not self._tree.is_mounted:  # the next one comes once this was answered
            self._early = news
            return
        if news.sessions is not None:
            self._sessions = news.sessions
            self._fill()
        self._preview.take(news)
        self._say()
        self.call_after_refresh(self._asker.look, PeekSeen(news.serial))

    def _fill(self) -> None:
        """The tree of what there is by now, as far as it has what is looked for."""
        query = Query(self._looked_for.text)
        new = tree_page.branches(self._sessions, query)
        if self._ending is not None:
            self._ending = tree_page.found(new, self._ending.id)
        self._branches = new
        self._tree.fill(new, self._opened, self._at())
        self._follow()

    def _at(self) -> str:
        """The target the cursor belongs on."""
        branch = self._tree.branch
        return branch.id if branch is not None else self._here

    def _opened(self, branch: Branch) -> bool:
        if self._looked_for.text:
            return True
        return self._toggled.get(branch.id, branch.id[0] not in self._closed_at_first)

    def _follow(self) -> None:
        """Look at what has the cursor now."""
        branch = self._tree.branch
        pane = branch.pane if branch is not None else -1
        if pane != self._preview.pane:
            self._preview.look(pane)
            self._asker.look(Peek(pane))
        self._say()

    # How it looks

    def _said(self) -> Said:
        branch = self._tree.branch
        asked = self._failure
        if self._ending is not None:
            cols, rows = self.size
            room = tree_page.foot_cols(tree_page.plan(cols, rows), cols)
            asked = tree_page.question(self._ending, room)
        title = branch.shows if branch is not None else ""
        count = tree_page.count(self._branches)
        return Said(count, title, asked, self._looked_for.text, self._looked_for.cursor)

    def render_lines(self, crop: Region) -> list[Strip]:
        """What is beneath tree and preview; each line is ready-made."""
        cols, rows = self.size
        lines = tree_page.draw(tree_page.plan(cols, rows), cols, rows, self._said())
        left, right = crop.column_span
        x = self.region.x
        strips = [VtStrip(line_row(self.look.line(line), 0), x, cols) for line in lines]
        return [strips[y].crop(left, right) for y in crop.line_range]

    @property
    def cursor(self) -> Cursor | None:
        cols, rows = self.size
        at = tree_page.cursor_at(tree_page.plan(cols, rows), cols, self._said())
        return Cursor(self.region.x + at[0], self.region.y + at[1]) if at else None

    def _say(self) -> None:
        """Draw the lines around, where they say something else: with them goes all they hold."""
        said = self._said() if self.is_mounted and self.visible else None
        if said is not None and said != self._drawn:
            private.paint([(self, [])], self.screen)
        self._drawn = said

    # Keys

    def on_key(self, event: events.Key) -> None:
        """Every key is for it."""
        event.stop()
        key = event.key
        self._failure = ""
        if self._ending is not None:
            self._answer(key in ("y", "Y"))
        elif key in _MOVES:
            self._move(key)
        elif key == "enter" and not self._looked_for.types:
            self._go()
        elif key in LEAVING:
            self._leave()
        elif self._looked_for.types:
            if self._looked_for.press(event):
                self._fill()
        elif key in _LETTERS:
            self._move(_LETTERS[key])
        elif key == "q":
            self.post_message(self.Closed())
        elif key == "x":
            self._ending = self._tree.branch
            self._say()
        elif key in LOOKING:
            self._looked_for.begin()
            self._fill()

    def _move(self, key: str) -> None:
        _MOVES[key](self._tree)
        self._follow()

    def _go(self) -> None:
        """Close, and show what has the cursor."""
        branch = self._tree.branch
        if branch is not None:
            self.post_message(self.Closed(("switch-client", "-t", branch.id)))

    def on_paste(self, event: events.Paste) -> None:
        event.stop()
        if self._looked_for.paste(event.text):
            self._fill()

    def _leave(self) -> None:
        """Forget what is looked for; else close."""
        if not self._looked_for:
            self.post_message(self.Closed())
            return
        self._looked_for.forget()
        self._fill()

    # Ending things

    def _answer(self, yes: bool) -> None:
        branch, self._ending = self._ending, None
        if yes and branch is not None:
            task = asyncio.get_running_loop().create_task(self._end(branch))
            self._asking.add(task)
            task.add_done_callback(self._asking.discard)
        self._say()

    async def _end(self, branch: Branch) -> None:
        """What is ended goes from the tree once the server says so; a failure is said here."""
        reply = await self._asker.ask(f"kill-{tree_page.kind(branch)}", "-t", branch.id)
        if reply.code:
            self._failure = f" {reply.text} "
            self._say()

    # The mouse, and what the tree says

    def on_click(self, event: events.Click) -> None:
        event.stop()
        if event.button == LEFT and tree_page.closes(event.x, event.y, self.size.width):
            self.post_message(self.Closed())

    def on_tree_node_highlighted(self, event: Tree.NodeHighlighted[Branch]) -> None:
        event.stop()
        self._follow()

    def on_tree_node_selected(self, event: Tree.NodeSelected[Branch]) -> None:
        event.stop()
        self._go()

    def on_tree_node_expanded(self, event: Tree.NodeExpanded[Branch]) -> None:
        self._note(event, True)

    def on_tree_node_collapsed(self, event: Tree.NodeCollapsed[Branch]) -> None:
        self._note(event, False)

    def _note(
        self, event: Tree.NodeExpanded[Branch] | Tree.NodeCollapsed[Branch], opened: bool
    ) -> None:
        """Keep what was opened and closed by hand, for when the tree is filled anew."""
        event.stop()
        branch = event.node.data
        if branch is not None and not self._looked_for.text:
            self._toggled[branch.id] = opened
        self._follow()
