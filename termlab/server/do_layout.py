"""Commands that place panes anew, in their window or in another, and that of the keys for all."""

from termlab.commands.parse import Call
from termlab.errors import UsageError
from termlab.model.layout import Node, panes_of
from termlab.model.layout_edit import Direction, rename_panes, rotation, spread
from termlab.model.layout_string import looks_like_layout, read_layout
from termlab.model.presets import find_preset, preset, step_preset
from termlab.server import moves
from termlab.server.caller import Caller
from termlab.server.do_panes import focus, percent_of
from termlab.server.sessions import Window
from termlab.server.targets import Place, resolve


def select_layout(caller: Caller, call: Call) -> str:
    """By name, as written out by `ls --json`, or as the flag says; without any of these the layout
    chosen last, again."""
    place = caller.window_target(call)
    window = place.window
    flags = [flag for flag in ("spread", "next", "previous", "undo") if call.flag(flag)]
    asked = [*flags, *([call.text("name")] if call.text("name") else [])]
    if len(asked) > 1:
        raise UsageError("select-layout: give one of a layout's name, -E, -n, -p and -o")
    if flags == ["spread"]:
        _set_tree(caller, window, spread(window.tree, window.cols, window.rows, place.pane.id))
    elif flags == ["undo"]:
        _undo(caller, window)
    elif flags:
        _apply(caller, window, step_preset(window.preset, 1 if flags == ["next"] else -1))
    elif asked and looks_like_layout(asked[0]):
        _set_tree(caller, window, read_layout(asked[0], list(panes_of(window.tree))))
    elif asked or window.preset:
        _apply(caller, window, find_preset(asked[0]) if asked else window.preset)
    return ""


def next_layout(caller: Caller, call: Call) -> str:
    window = caller.window_target(call).window
    _apply(caller, window, step_preset(window.preset, 1))
    return ""


def previous_layout(caller: Caller, call: Call) -> str:
    window = caller.window_target(call).window
    _apply(caller, window, step_preset(window.preset, -1))
    return ""


def _apply(caller: Caller, window: Window, name: str) -> None:
    window.preset = name
    panes = list(panes_of(window.tree))
    _set_tree(caller, window, preset(name, panes, window.cols, window.rows))


def _set_tree(caller: Caller, window: Window, tree: Node) -> None:
    window.earlier = window.tree
    window.tree, window.zoomed = tree, False
    caller.server.layout_changed(window)


def _undo(caller: Caller, window: Window) -> None:
    earlier = window.earlier
    if earlier is None or set(panes_of(earlier)) != set(window.panes):
        raise UsageError(
            f"window {window.index} has no layout to go back to: none was selected since its panes "
            "came, left or changed"
        )
    _set_tree(caller, window, earlier)


def swap_pane(caller: Caller, call: Call) -> str:
    """As in tmux the focus goes with the target, or stays in its place with -d."""
    target = caller.target(call)
    source = _source(caller, call)
    up, down = call.flag("up"), call.flag("down")
    if [up, down, bool(call.text("source"))].count(True) > 1:
        raise UsageError("swap-pane: say with which pane by one of -U, -D and -s")
    if up or down:
        panes = target.window.ordered()
        at = panes.index(target.pane) + (1 if down else -1)
        source = target._replace(pane=panes[at % len(panes)])
    if source.pane is target.pane:
        return ""
    had = _focused(caller, target.window)
    moves.swap(caller.server, source, target)
    if source.window is target.window:
        names = {source.pane.id: target.pane.id, target.pane.id: source.pane.id}
        pane = names.get(had, had) if call.flag("stay") else target.pane.id
        _focus_in(caller, target._replace(pane=target.window.panes[pane]))
    elif not call.flag("stay"):
        _focus_in(caller, source._replace(pane=target.pane))
        _focus_in(caller, target._replace(pane=source.pane))
    return ""


def _focused(caller: Caller, window: Window) -> int:
    """The pane of a window that has the asker's focus, or would."""
    attachment = caller.attachment
    if attachment is not None and attachment.window is window:
        return attachment.focused().id
    return window.active


def _focus_in(caller: Caller, place: Place) -> None:
    """Focus a pane in its window, without showing that."""
    for attachment in caller.audience(place):
        attachment.focus_in(place.window, place.pane)
    place.window.focus(place.pane.id)
    caller.server.layout_changed(place.window)


def rotate_window(caller: Caller, call: Call) -> str:
    """The focus stays where it is on the screen."""
    place = caller.window_target(call)
    window = place.window
    if call.flag("up") and call.flag("down"):
        raise UsageError("rotate-window: say one of -U and -D")
    names = rotation(window.tree, -1 if call.flag("down") else 1)
    window.tree, window.zoomed = rename_panes(window.tree, names), False
    _focus_in(caller, place._replace(pane=window.panes[names[place.pane.id]]))
    return ""


def join_pane(caller: Caller, call: Call) -> str:
    target, source = caller.target(call), _source(caller, call)
    percent = percent_of(call.text("size"))
    moves.join(caller.server, source, target, _side(call), percent)
    if not call.flag("stay"):
        focus(caller, target._replace(pane=source.pane))
    return ""


def _side(call: Call) -> Direction:
    if call.flag("horizontal") and call.flag("vertical"):
        raise UsageError("join-pane: say one of -h and -v")
    if call.flag("horizontal"):
        return "left" if call.flag("before") else "right"
    return "up" if call.flag("before") else "down"


def break_pane(caller: Caller, call: Call) -> str:
    source = _source(caller, call)
    window = moves.break_out(caller.server, source, call.text("name"))
    if not call.flag("stay"):
        focus(caller, source._replace(window=window))
    return f"@{window.id}\n"


def _source(caller: Caller, call: Call) -> Place:
    asked_in = caller.place.pane
    return resolve(caller.server.sessions, call.text("source"), caller.attachment, asked_in)


def synchronize_panes(caller: Caller, call: Call) -> str:
    window = caller.window_target(call).window
    state = call.text("state")
    window.synchronised = state == "on" if state else not window.synchronised
    caller.server.layout_changed(window)
    return ""
