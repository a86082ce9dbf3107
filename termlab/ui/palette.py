"""The command palette over the panes: commands, sessions, windows and panes, found as one types.

Textual's own input, list and command providers, on an overlay of ours: its palette is a screen,
which shows what is beneath it in other colours, wakes sixteen times a second for its spinner, and
looks for things behind the keys that follow. Here each key is done when its hits stand there, and
nothing moves by itself.
"""

from typing import ClassVar, Final

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.command import Command, CommandInput, CommandList, DiscoveryHit, Hit
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from termlab.client.width import text_width
from termlab.model.geometry import Rect
from termlab.model.keys import LEFT
from termlab.model.listing import read_sessions
from termlab.model.screen import Cursor
from termlab.ui.asker import Asker
from termlab.ui.choices import (
    Choice,
    command_choices,
    pane_choices,
    session_choices,
    window_choices,
)
from termlab.ui.overlay import Overlay
from termlab.ui.providers import ChoiceProvider
from termlab.wire.messages import ClientOptions

CLOSE: Final = " x "
NOTHING: Final = "nothing is called that"
_COLS: Final = 84
_ROWS: Final = 20
# With less there is no border, and the whole area is taken.
_MIN_BOXED: Final = (30, 8)
_BARE: Final = "-bare"


class Close(Static):
    """The mark that closes it."""

    def __init__(self) -> None:
        super().__init__(CLOSE, markup=False)


class Palette(Overlay):
    """Closes with the command of what was chosen; without one on Escape, C-c, C-g or its mark."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"palette--lit", "palette--help"}
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,ctrl+c,ctrl+g", "leave", priority=True),
        Binding("down,ctrl+n", "go('cursor_down')", priority=True),
        Binding("up,ctrl+p", "go('cursor_up')", priority=True),
        Binding("pagedown", "go('page_down')", priority=True),
        Binding("pageup", "go('page_up')", priority=True),
    ]

    def __init__(self, options: ClientOptions, asker: Asker, session: str) -> None:
        """``session`` is the name of the one that is shown."""
        super().__init__()
        self._options = options
        self._asker = asker
        self._session = session
        self._places: list[list[Choice]] = []
        self._providers: list[ChoiceProvider] = []
        self._total = 0
        self.border_title = "Commands"

    def place(self, cols: int, rows: int) -> Rect:
        if not _boxed(cols, rows):
            return Rect(0, 0, cols, rows)
        wide, tall = min(_COLS, cols), min(_ROWS, rows)
        return Rect((cols - wide) // 2, (rows - tall) // 2, wide, tall)

    @property
    def cursor(self) -> Cursor | None:
        entry = self.query_one(CommandInput)
        seen = entry.content_region
        at = text_width(entry.value[: entry.cursor_position]) - round(entry.scroll_offset.x)
        return Cursor(seen.x + max(min(at, seen.width - 1), 0), seen.y)

    async def prepare(self) -> None:
        """Ask what there is to be shown."""
        reply = await self._asker.ask("list-sessions", "--json")
        if reply.code == 0:
            listed = read_sessions(reply.text)
            for choices in (window_choices, pane_choices, session_choices):
                self._places.append(choices(listed, self._session))

    def compose(self) -> ComposeResult:
        entry = CommandInput(placeholder="a command, window, pane or session")
        entry.cursor_blink = False
        with Horizontal():
            yield entry
            yield Close()
        yield CommandList()

    async def on_mount(self) -> None:
        self._provide()
        await self._find("")

    def _provide(self) -> None:
        lit = self.get_visual_style("palette--lit", partial=True)
        kinds = [*self._places, command_choices(self._options)]
        self._total = sum(map(len, kinds))
        self._providers = [
            ChoiceProvider(self.screen, lit, choices, self._chosen) for choices in kinds
        ]

    async def _find(self, text: str) -> None:
        """List what has what is typed, the best first."""
        hits: list[Hit | DiscoveryHit] = []
        for provider in self._providers:
            async for hit in provider.search(text) if text else provider.discover():
                hits.append(hit)
        hits.sort(key=lambda hit: hit.score, reverse=True)
        help_style = self.get_visual_style("palette--help", partial=True)
        listed = self.query_one(CommandList)
        listed.clear_options()
        for number, hit in enumerate(hits):
            assert isinstance(hit.prompt, Content)
            shown = Content.assemble(hit.prompt, "  ", (hit.help or "", help_style))
            listed.add_option(Command(shown, hit, id=str(number)))
        if hits:
            listed.highlighted = 0
        else:
            listed.add_option(Option(NOTHING, disabled=True))
        self.border_subtitle = f"{len(hits)} of {self._total}"

    def reload(self, options: ClientOptions) -> None:
        self._options = options
        self._provide()
        self.call_later(self._find, self.query_one(CommandInput).value.strip())

    # What the person does

    def on_focus(self) -> None:
        self.query_one(CommandInput).focus(scroll_visible=False)

    def on_resize(self, event: events.Resize) -> None:
        above = self.screen.size.height - 1
        self.set_class(not _boxed(self.screen.size.width, above), _BARE)

    async def on_input_changed(self, event: Input.Changed) -> None:
        event.stop()
        await self._find(event.value.strip())

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.query_one(CommandList).action_select()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        if isinstance(event.option, Command):
            event.option.hit.command()

    def on_click(self, event: events.Click) -> None:
        event.stop()
        if event.button == LEFT and isinstance(event.widget, Close):
            self.action_leave()

    def action_go(self, how: str) -> None:
        getattr(self.query_one(CommandList), f"action_{how}")()

    def action_leave(self) -> None:
        self.post_message(self.Closed())

    def _chosen(self, choice: Choice) -> None:
        self.post_message(self.Closed(choice.run))


def _boxed(cols: int, rows: int) -> bool:
    return cols >= _MIN_BOXED[0] and rows >= _MIN_BOXED[1]
