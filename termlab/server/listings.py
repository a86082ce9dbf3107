"""Sessions, windows and panes as records, for programs and for whoever looks at all of them."""

from termlab.model.layout_string import write_layout
from termlab.model.listing import PaneListing, SessionListing, WindowListing
from termlab.server.pane import Pane
from termlab.server.sessions import Session, Window


def listing(session: Session, clients: int) -> SessionListing:
    """A session; ``clients`` is how many terminals show it."""
    windows = tuple(_window(session, window) for window in session.windows)
    return SessionListing(f"${session.id}", session.name, clients, windows)


def _window(session: Session, window: Window) -> WindowListing:
    return WindowListing(
        f"@{window.id}",
        window.index,
        window.label(),
        window is session.current,
        window.zoomed,
        tuple(_pane(window, pane) for pane in window.ordered()),
        window.bell,
        window is session.last,
        write_layout(window.tree, window.cols, window.rows),
        window.synchronised,
    )


def _pane(window: Window, pane: Pane) -> PaneListing:
    size = pane.emulator.size
    return PaneListing(
        f"%{pane.id}",
        pane.id == window.active,
        size.cols,
        size.rows,
        pane.pty.pid,
        pane.command,
        pane.title,
        pane.directory,
        pane.emulator.history_rows(),
        pane.ended,
        pane.exit_status,
    )
