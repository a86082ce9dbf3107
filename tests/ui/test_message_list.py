"""The messages in a real app: those of the status row, searched as help is."""

import asyncio

import pytest

from termlab.client.bottom import Bottom
from termlab.model.geometry import Size
from termlab.model.layout import Leaf
from termlab.ui.app import TermlabApp
from termlab.ui.host import Painted
from termlab.ui.message_list import MessageList
from termlab.ui.scene import Scene
from tests.ui.guest_client import options, state


@pytest.mark.parametrize("size", [(80, 24), (20, 5), (5, 2)])
def test_what_was_said_can_be_read_and_searched(size: tuple[int, int]) -> None:
    async def play() -> None:
        scene, bottom = Scene(), Bottom()
        scene.take(state(Leaf(1), Size(*size)), 1, ())
        bottom.say("a message", 0.0)
        bottom.say("no such pane", 1.0, error=True)
        app = TermlabApp(scene, Painted(), bottom, options())
        async with app.run_test(size=size) as pilot:
            await app.open_overlay(("show-messages",))
            shown = app.query_one(MessageList)

            def text() -> str:
                lines = shown.render_lines(shown.size.region)
                return "\n".join(strip.text for strip in lines)

            if size[0] > 10:
                assert text().index("no such pane") < text().index("a message")
            await pilot.press("slash", *"such")
            assert "a message" not in text()
            await pilot.press("escape")
            assert size[0] < 10 or "a message" in text()
            await pilot.press("escape")
            assert not app.overlay_open

    asyncio.run(play())
