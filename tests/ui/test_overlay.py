"""What opens over the panes has, by itself, the whole area above the status row."""

import asyncio
from pathlib import Path

import termlab.ui.app
from termlab.client.bottom import Bottom
from termlab.model.geometry import Rect, Size
from termlab.model.layout import Leaf
from termlab.ui.app import TermlabApp
from termlab.ui.host import Painted
from termlab.ui.overlay import Overlay
from termlab.ui.scene import Scene
from tests.ui.guest_client import options, state


def test_it_has_all_there_is_and_closes_the_app_s_overlay() -> None:
    class Plain(TermlabApp):
        CSS_PATH = str(Path(termlab.ui.app.__file__).with_name("app.tcss"))

        def _made(self, argv: tuple[str, ...]) -> Overlay:
            return Overlay()

    async def play() -> None:
        known = Scene()
        known.take(state(Leaf(1), Size(30, 8)), 1, ())
        app = Plain(known, Painted(), Bottom(), options())
        async with app.run_test(size=(30, 8)) as pilot:
            await app.open_overlay(("list-keys",))
            overlay = app.query_one(Overlay)
            assert overlay.place(30, 7) == Rect(0, 0, 30, 7)
            assert tuple(overlay.region) == (0, 0, 30, 7)
            assert overlay.has_focus
            overlay.post_message(Overlay.Closed())
            await pilot.pause()
            assert not app.overlay_open

    asyncio.run(play())
