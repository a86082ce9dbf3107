"""Help in a real app: what it shows and how it is moved and closed."""

import asyncio
from collections.abc import Awaitable, Callable

import pytest
from textual import events
from textual.pilot import Pilot

from termlab.client.bottom import Bottom
from termlab.model.bindings import Binding
from termlab.model.geometry import Size
from termlab.model.layout import Leaf
from termlab.ui.app import TermlabApp
from termlab.ui.help import Help
from termlab.ui.host import Painted
from termlab.ui.scene import Scene
from termlab.wire.messages import ClientOptions
from tests.ui.guest_client import options, state


def played(
    scene: Callable[[Pilot[int], TermlabApp, Help], Awaitable[None]],
    size: tuple[int, int] = (80, 24),
) -> None:
    """Run a scene in an app where help has just been opened."""

    async def play() -> None:
        known = Scene()
        known.take(state(Leaf(1), Size(*size)), 1, ())
        app = TermlabApp(known, Painted(), Bottom(), options())
        async with app.run_test(size=size) as pilot:
            await app.open_overlay(("list-keys",))
            await scene(pilot, app, app.query_one(Help))

    asyncio.run(play())


def shown(help: Help) -> list[str]:
    """What the widget gives the compositor."""
    size = help.size
    return [strip.text for strip in help.render_lines(size.region)]


def first(help: Help) -> int:
    """The number of the first line that is shown."""
    return int(shown(help)[-1].split("─")[-2].split("-")[0])


@pytest.mark.parametrize("key", ["q", "escape", "enter", "question_mark", "ctrl+c"])
def test_a_key_closes_it(key: str) -> None:
    async def scene(pilot: Pilot[int], app: TermlabApp, help: Help) -> None:
        await pilot.press(key)
        assert not app.overlay_open
        assert not app.query(Help)

    played(scene)


@pytest.mark.parametrize(
    ("keys", "line"),
    [
        ("down", 2),
        ("j j", 3),
        ("j j up", 2),
        ("j k k", 1),
        ("pagedown", 21),
        ("space", 21),
        ("pagedown pageup", 1),
        ("G", -1),
        ("end", -1),
        ("end home", 1),
        ("G g", 1),
        ("G pagedown j", -1),
        ("x tab f5 left ctrl+z", 1),
    ],
)
def test_keys_scroll_it_and_others_do_nothing(keys: str, line: int) -> None:
    async def scene(pilot: Pilot[int], app: TermlabApp, help: Help) -> None:
        await pilot.press(*keys.split())
        last = int(shown(help)[-1].split(" of ")[1].split()[0])
        assert first(help) == (last - help.size.height + 3 if line < 0 else line)
        assert app.overlay_open

    played(scene)


def test_the_wheel_scrolls_it() -> None:
    async def scene(pilot: Pilot[int], app: TermlabApp, help: Help) -> None:
        for kind, line in (
            (events.MouseScrollDown, 4),
            (events.MouseScrollDown, 7),
            (events.MouseScrollUp, 4),
        ):
            app.post_message(kind(None, 5, 5, 0, 0, 0, False, False, False))
            await pilot.pause()
            assert first(help) == line

    played(scene)


def test_a_click_on_its_mark_closes_it_and_one_elsewhere_does_not() -> None:
    async def scene(pilot: Pilot[int], app: TermlabApp, help: Help) -> None:
        mark = shown(help)[0].rindex("x")
        await pilot.click(offset=(mark, help.size.height - 1))
        await pilot.click(offset=(3, 0))
        await pilot.click(offset=(mark, 0), button=3)
        assert app.overlay_open
        await pilot.click(offset=(mark, 0))
        assert not app.overlay_open

    played(scene)


@pytest.mark.parametrize("size", [(200, 50), (80, 24), (40, 10), (20, 4), (3, 2)])
def test_it_fills_the_place_it_has(size: tuple[int, int]) -> None:
    async def scene(pilot: Pilot[int], app: TermlabApp, help: Help) -> None:
        lines = shown(help)
        assert len(lines) == help.size.height
        assert {len(line) for line in lines} == {help.size.width}
        assert help.region.bottom <= size[1] - 1

    played(scene, size)


def test_a_new_size_is_followed_and_the_place_in_the_text_kept_in_range() -> None:
    async def scene(pilot: Pilot[int], app: TermlabApp, help: Help) -> None:
        await pilot.press("end")
        await pilot.resize_terminal(200, 74)
        await pilot.pause()
        assert "scroll" not in shown(help)[-1]
        assert "After the prefix" in shown(help)[1]

    played(scene)


def test_nothing_of_it_moves_by_itself() -> None:
    async def scene(pilot: Pilot[int], app: TermlabApp, help: Help) -> None:
        assert not help._timers

    played(scene)


def test_a_click_on_a_key_closes_it_with_what_the_key_does() -> None:
    async def scene(pilot: Pilot[int], app: TermlabApp, help: Help) -> None:
        row = next(y for y, line in enumerate(shown(help)) if "split right" in line)
        await pilot.click(offset=(5, row))
        assert not app.overlay_open
        assert app.closed_with == ("split-window", "-h")

    played(scene)


def test_keys_of_copy_mode_are_not_run_from_here() -> None:
    async def scene(pilot: Pilot[int], app: TermlabApp, help: Help) -> None:
        await pilot.press("slash", *"the oldest line")
        row = next(y for y, line in enumerate(shown(help)) if "the oldest line" in line)
        await pilot.click(offset=(5, row))
        assert app.overlay_open

    played(scene)


def test_new_options_are_shown_at_once() -> None:
    async def scene(pilot: Pilot[int], app: TermlabApp, help: Help) -> None:
        mine = Binding("u", "new-window", "mine", own=True)
        app.reload(ClientOptions("C-a", 25, 500, 400, 2000, True, {"prefix": (mine,)}))
        said = "\n".join(shown(help))
        assert "After the prefix, C-a" in said
        assert "u*" in said

    played(scene)
