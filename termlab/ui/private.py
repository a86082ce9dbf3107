"""Every private name of Textual that termlab uses: one function for each thing done with them.

textual is pinned to the minor version whose names these are; `tests/ui/test_private.py` checks
each, so that an upgrade fails there and not on somebody's screen.
"""

from collections.abc import Callable, Iterable
from typing import Any

from textual.app import App
from textual.geometry import Region, Size
from textual.screen import Screen
from textual.widget import Widget


def quiet(app: App[Any]) -> None:
    """No tooltips and no notifications: two widgets less, and nothing that appears by itself. No
    shapes of the mouse's pointer: they are the terminal's."""
    app._disable_tooltips = True
    app._disable_notifications = True
    app._set_pointer_shape = _leave  # type: ignore[method-assign]


def _leave(shape: str) -> None: ...


def paint(changes: Iterable[tuple[Widget, list[Region]]], screen: Screen[Any]) -> None:
    """Draw these regions of these widgets now, not at the next sixtieth of a second.

    Where Textual holds its output back, it draws them when it goes on.
    """
    held = bool(screen.app._batch_count) or not screen.is_current
    dirty = set()
    for widget, regions in changes:
        if held:
            widget.refresh(*regions)
        else:
            widget._set_dirty(*regions)
            dirty.add(widget)
    if dirty:
        # What Textual has put off until then is drawn along: the refresh forgets it.
        screen._compositor.update_widgets(dirty | screen._dirty_widgets)
        screen._compositor_refresh()


def lay_out(screen: Screen[Any], container: Widget, whole: bool = False) -> None:
    """Arrange the children of ``container`` anew, now, and draw what that changed, or all."""
    container._clear_arrangement_cache()
    if screen.app._batch_count:
        screen.refresh(layout=True)
        return
    if whole:
        screen._compositor._dirty_regions.add(screen.size.region)
    screen._refresh_layout()
    if whole:
        # A widget that got another size asks to be drawn: it has been.
        for widget in container.children:
            widget._exchange_repaint_regions()


def repaint(screen: Screen[Any]) -> None:
    """Draw every cell of the screen now."""
    paint([(screen, [])], screen)


def resize(app: App[Any], size: Size) -> None:
    """The terminal has this size, from now on."""
    app._size = size
    if app._driver is not None:
        app._driver._size = (size.width, size.height)
    if app._dom_ready and not app._batch_count:
        app.screen._refresh_layout(size)


def errors(app: App[Any], tell: Callable[[Exception], None]) -> None:
    """Have ``tell`` hear of errors nobody caught, in place of Textual's report, which says the
    values of all variables: what stands on the panes among them."""
    app._handle_exception = tell  # type: ignore[assignment, method-assign]


def all_colours(app: App[Any]) -> None:
    """Draw every colour as it is, whatever the environment of this process says of the terminal."""
    from rich.color import ColorSystem

    app.console._color_system = ColorSystem.TRUECOLOR
