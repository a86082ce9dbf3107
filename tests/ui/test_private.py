"""Each private name of Textual that termlab uses is there and does what it is used for.

When an upgrade of textual fails here: look at the name in its new source, change `ui.private` (and
`ui.strips`, which replaces a strip's slots), then the pin in pyproject.toml.
"""

import asyncio
import inspect
import sys
import tomllib
from pathlib import Path

import pytest
import textual
from textual._compositor import Compositor
from textual.app import App, ComposeResult
from textual.geometry import Region, Size
from textual.screen import Screen
from textual.strip import Strip
from textual.widget import Widget

from termlab.model import geometry
from termlab.model.layout import Leaf, Split
from termlab.ui import private
from termlab.wire.messages import PaneRows
from tests.ui.guest_client import state

if sys.platform != "win32":
    from tests.ui.pictured import Pictured, play
else:
    pytest.skip("there are no PTYs", allow_module_level=True)

assert sys.platform != "win32"

SIZE = geometry.Size(30, 6)
TWO = Split("row", (Leaf(1), Leaf(2)), (1, 1))


def pictured() -> Pictured:
    return Pictured(SIZE)


def test_textual_is_of_the_minor_version_that_is_pinned() -> None:
    project = tomllib.loads((Path(__file__).parents[2] / "pyproject.toml").read_text())
    (pin,) = [each for each in project["project"]["dependencies"] if each.startswith("textual")]
    major, minor, _ = textual.__version__.split(".", 2)
    assert pin == f"textual>={major}.{minor},<{major}.{int(minor) + 1}"


def test_the_private_names_are_there() -> None:
    for owner, name in (
        (App, "_handle_exception"),
        (App, "_set_pointer_shape"),
        (Screen, "_compositor_refresh"),
        (Screen, "_refresh_layout"),
        (Widget, "_set_dirty"),
        (Widget, "_exchange_repaint_regions"),
        (Widget, "_clear_arrangement_cache"),
        (Compositor, "update_widgets"),
    ):
        assert inspect.isfunction(getattr(owner, name)), name
    assert {"_segments", "_cell_length", "_render_cache"} <= set(Strip.__slots__)
    app: App[None] = App()
    for name in ("_batch_count", "_dom_ready", "_driver", "_size"):
        assert hasattr(app, name), name
    assert app._disable_tooltips is False
    assert app._disable_notifications is False
    assert hasattr(app.console, "_color_system")


def test_a_quiet_screen_has_only_what_was_composed() -> None:
    async def scene(pictured: Pictured) -> None:
        assert [type(child).__name__ for child in pictured.app.screen.children] == ["Workspace"]
        assert not any(b"\x1b]" in write for write in pictured.writes)

    play(scene, pictured)


def test_paint_draws_now_and_only_the_region() -> None:
    async def scene(pictured: Pictured) -> None:
        pictured.take(state(TWO, SIZE), PaneRows(1, ((0, b"one"),), None))
        await pictured.right()
        view = next(iter(pictured.app.query("PaneView")))
        private.paint([(view, [Region(0, 0, 3, 1)])], pictured.app.screen)
        pictured.writes.clear()
        private.paint([(view, [Region(0, 1, 15, 1)])], pictured.app.screen)
        assert len(pictured.writes) == 1
        assert b"\x1b[3;1H" in pictured.writes[0]
        assert b"\n" not in pictured.writes[0]

    play(scene, pictured)


def test_what_is_painted_while_output_is_held_back_is_drawn_later() -> None:
    async def scene(pictured: Pictured) -> None:
        pictured.take(state(TWO, SIZE), PaneRows(1, ((0, b"one"),), None))
        await pictured.right()
        with pictured.app.batch_update():
            pictured.writes.clear()
            pictured.take(None, PaneRows(1, ((0, b"two"),), None))
            assert pictured.writes == []
        await pictured.right()

    play(scene, pictured)


def test_lay_out_and_repaint_draw_now() -> None:
    async def scene(pictured: Pictured) -> None:
        pictured.take(state(TWO, SIZE), PaneRows(1, ((0, b"one"),), None))
        await pictured.right()
        (workspace,) = pictured.app.query("Workspace")
        pictured.writes.clear()
        private.lay_out(pictured.app.screen, workspace)
        assert pictured.writes == []
        private.lay_out(pictured.app.screen, workspace, whole=True)
        private.repaint(pictured.app.screen)
        assert [write.count(b"H") for write in pictured.writes] == [7, 7]

    play(scene, pictured)


def test_resize_takes_effect_now() -> None:
    async def scene(pictured: Pictured) -> None:
        private.resize(pictured.app, Size(12, 3))
        assert pictured.app.size == pictured.app.screen.size == Size(12, 3)
        (workspace,) = pictured.app.query("Workspace")
        assert workspace.region == Region(0, 0, 12, 3)

    play(scene, pictured)


@pytest.mark.parametrize("told", ["", "256color"])
def test_all_colours_are_drawn_whatever_the_environment_says(
    monkeypatch: pytest.MonkeyPatch, told: str
) -> None:
    monkeypatch.setenv("TERM", f"xterm-{told}")
    monkeypatch.setenv("COLORTERM", "")
    app: App[None] = App()
    assert app.console.color_system != "truecolor"
    private.all_colours(app)
    assert app.console.color_system == "truecolor"


class Letter(Widget):
    """One letter, which may change."""

    DEFAULT_CSS = "Letter { height: 1; }"
    text = "a"

    def render(self) -> str:
        return self.text


def test_what_textual_had_put_off_is_drawn_along_with_what_is_drawn_now() -> None:
    class Two(App[None]):
        def compose(self) -> ComposeResult:
            yield Letter()
            yield Letter()

    async def play_it() -> None:
        async with Two().run_test(size=(10, 2)) as pilot:
            app, shown = pilot.app, list[str]()
            first, second = app.query(Letter)
            first.text, second.text = "x", "y"
            first._set_dirty()
            app.screen._dirty_widgets.add(first)  # as `refresh` does, until the next sixtieth
            app._display = lambda screen, renderable: shown.append(  # type: ignore[method-assign]
                renderable.render_segments(app.console)  # type: ignore[union-attr]
            )
            private.paint([(second, [])], app.screen)
            assert "x" in shown[0]
            assert "y" in shown[0]

    asyncio.run(play_it())
