"""What an attached client is told of the configuration: with `Attached`, and again when it changes.

New fields come at the end with a default, as in any message.
"""

from termlab.model.bindings import Binding
from termlab.model.records import msgspec
from termlab.model.schedule import NOTHING, Schedule
from termlab.model.status_row import LEFT, RIGHT
from termlab.model.theme import Theme, choose_theme


class ClientOptions(msgspec.Struct, frozen=True, array_like=True):
    """The part of the configuration a client acts on; times in milliseconds. A theme that is None
    is the terminal's own 16 colours; ``theme_light`` holds where the terminal's ground is light."""

    prefix: str
    escape_ms: int
    repeat_ms: int
    hint_ms: int
    message_ms: int
    mouse: bool
    tables: dict[str, tuple[Binding, ...]]
    theme: Theme | None = None
    theme_light: Theme | None = None
    status_left: tuple[str, ...] = LEFT
    status_right: tuple[str, ...] = RIGHT
    set_titles: bool = True
    schedule: Schedule = NOTHING
    merge_motion: bool = True
    merge_repeats: bool = False
    queue_events: int = 4096

    def worn(self, dark: bool | None) -> "ClientOptions":
        """These with one theme, that for a terminal whose ground is ``dark``, is not, or that did
        not say."""
        theme = choose_theme(self.theme, self.theme_light, dark)
        return msgspec.structs.replace(self, theme=theme, theme_light=theme)
