"""The lab dock of each client as the server keeps it: a session remembers what was done last.

So a client that comes back, or the next one, finds the dock as it was left. Who may only look has
a dock of its own, which nobody else gets.
"""

from termlab.config.settings import Settings
from termlab.errors import UsageError
from termlab.model.dock import MAX_COLS, MIN_COLS, Dock, dock_cols, least_terminal
from termlab.model.lab import Lab, paused
from termlab.server.attachment import Attachment
from termlab.server.server import Server
from termlab.server.sessions import Session
from termlab.server.sizes import STATUS_ROWS, free_area


def dock_of(session: Session | None, settings: Settings) -> Dock:
    """What a client starts with: as the session remembers it, else as the options say."""
    if session is not None and session.dock is not None:
        return session.dock
    options = settings.dock
    return Dock(options.shown, options.cols, Lab(open=options.panels, rate=options.rate))


def toggle(server: Server, attachment: Attachment) -> None:
    """Show the dock, or hide it: shown again it is paused no more. Raises ``UsageError`` where a
    terminal has no room for one."""
    dock = attachment.dock
    visible = bool(_effective(attachment, dock))
    if not visible:
        _check(attachment)
    _set(server, attachment, Dock(not visible, dock.cols, paused(dock.lab, False)))


def resize(server: Server, attachment: Attachment, cols: int) -> None:
    """Give the dock so many columns, as near as there is room; it is shown with that."""
    _check(attachment)
    lab = attachment.dock.lab
    asked = Dock(True, min(max(cols, MIN_COLS), MAX_COLS), lab)
    _set(server, attachment, Dock(True, _effective(attachment, asked), lab))


def change(server: Server, attachment: Attachment, lab: Lab) -> None:
    """Have the dock do this from here on. Raises ``UsageError`` where it is not on the screen: what
    nobody sees change is no answer."""
    if not _effective(attachment, attachment.dock):
        raise UsageError("the lab dock is not shown: toggle-dock shows it")
    _set(server, attachment, attachment.dock._replace(lab=lab))


def width(attachment: Attachment) -> int:
    """The columns it has on the client's terminal, or would have if it were shown."""
    return _effective(attachment, Dock(True, attachment.dock.cols))


def _check(attachment: Attachment) -> None:
    if not width(attachment):
        size = attachment.outer.size
        raise UsageError(
            f"no room for the lab dock: it needs {least_terminal(STATUS_ROWS)}, "
            f"and this terminal has {size.cols}x{size.rows}"
        )


def _effective(attachment: Attachment, dock: Dock) -> int:
    size = attachment.outer.size
    return dock_cols(dock.asked, size.cols, free_area(size, 0).rows)


def _set(server: Server, attachment: Attachment, dock: Dock) -> None:
    if dock == attachment.dock:
        return
    attachment.dock = dock
    if not attachment.read_only:
        attachment.session.dock = dock
    server.sizes_changed()
    attachment.state_changed()
