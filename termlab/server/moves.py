"""Panes that change their place: beside another pane, into a window of their own, for each other's.

What a pane runs does not notice, but for its size. A window or session that its last pane leaves
ends as if that had ended.
"""

from termlab.errors import UsageError
from termlab.model.layout import arrange
from termlab.model.layout_edit import Direction, remove_pane, rename_panes, split_pane
from termlab.server.naming import check_name
from termlab.server.server import Server
from termlab.server.sessions import Window
from termlab.server.targets import Place


def join(server: Server, source: Place, target: Place, side: Direction, percent: int) -> None:
    """Move a pane beside another one. Raises ``UsageError`` where that can't be."""
    window, pane = target.window, source.pane
    if pane is target.pane:
        raise UsageError(f"pane %{pane.id} can't go beside itself: say another one with -s or -t")
    same = source.window is window
    rest = remove_pane(window.tree, pane.id) if same else window.tree
    assert rest is not None, "the other pane is in it"
    rects = arrange(rest, window.cols, window.rows, target.pane.id).panes
    tree = split_pane(rest, target.pane.id, pane.id, side, percent, rects)
    # First there, then away: a pane that is nowhere would miss what it is told of the focus.
    window.place(pane, tree)
    if not same:
        _leave(server, source)
    server.layout_changed(window)


def break_out(server: Server, source: Place, name: str) -> Window:
    """Move a pane to a new window. Raises ``UsageError`` for the only one of its window."""
    session, window, pane = source
    if len(window.panes) == 1:
        raise UsageError(
            f"pane %{pane.id} is alone in window {window.index} already: split it first, or move "
            "it beside another pane with `termlab join-pane`"
        )
    label = check_name(name) if name else ""
    number = server.sessions.next_id("window")
    new = Window(number, session.free_index(), pane, window.cols, window.rows)
    new.name = label
    session.add(new)
    _leave(server, source)
    server.layout_changed(new)
    server.session_changed(session)
    return new


def _leave(server: Server, source: Place) -> None:
    if server.take_out(*source):
        server.layout_changed(source.window)


def swap(server: Server, one: Place, other: Place) -> None:
    """Let two panes have each other's places."""
    a, b = one.pane, other.pane
    if one.window is other.window:
        one.window.tree = rename_panes(one.window.tree, {a.id: b.id, b.id: a.id})
        one.window.zoomed = False
    else:
        one.window.exchange(a.id, b)
        other.window.exchange(b.id, a)
        for attachment in server.attachments:
            attachment.forget(a)
            attachment.forget(b)
        server.layout_changed(other.window)
    server.layout_changed(one.window)
