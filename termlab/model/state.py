"""What a client knows of its session: the frozen picture the server sends and a screen is made of.

Sessions hold windows, windows hold panes; ids never come back during a server's life. They are
written ``$3``, ``@5`` and ``%8``.
"""

from termlab.model.lab import Lab
from termlab.model.layout import Node
from termlab.model.records import msgspec


class PaneInfo(msgspec.Struct, frozen=True, array_like=True):
    """A pane of the window on the screen. ``title`` is the child's, bounded and printable;
    ``ended`` how its command ended ("exit 3", "killed by SIGKILL"), "" while it runs."""

    id: int
    title: str
    command: str
    ended: str = ""


class WindowTab(msgspec.Struct, frozen=True, array_like=True):
    """One window as the status line lists it."""

    id: int
    index: int
    name: str
    current: bool = False
    last: bool = False
    zoomed: bool = False
    bell: bool = False


class WindowView(msgspec.Struct, frozen=True, array_like=True):
    """The inputs of geometry: `layout.arrange` of these is where everything stands. Keys go to all
    panes of a ``synchronised`` window."""

    id: int
    cols: int
    rows: int
    layout: Node
    active: int
    zoomed: bool
    panes: tuple[PaneInfo, ...]
    synchronised: bool = False


class State(msgspec.Struct, frozen=True, array_like=True):
    """A client's session at one moment. ``epoch`` changes with every change of geometry;
    ``engine`` is the emulator's name if it lacks anything (degraded mode), else ""; ``dock`` the
    columns this client asks for its lab dock (`model.dock`), 0 where it is hidden, and ``lab`` what
    that does while it is shown."""

    epoch: int
    session: str
    tabs: tuple[WindowTab, ...]
    view: WindowView
    read_only: bool = False
    engine: str = ""
    dock: int = 0
    lab: Lab = Lab()
