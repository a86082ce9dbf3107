"""The driver gives whole pictures away, and nothing when there is nothing."""

import asyncio
import sys

import pytest
from textual.app import App

if sys.platform != "win32":
    from termlab.ui.posix_driver import posix_driver
else:
    pytest.skip("there are no PTYs", allow_module_level=True)

assert sys.platform != "win32"


def test_what_is_written_goes_out_in_one_piece_when_flushed() -> None:
    drawn: list[bytes] = []
    stops: list[bool] = []

    async def scene() -> None:
        app: App[None] = App()
        driver = posix_driver(drawn.append, lambda: stops.append(True))(app, size=(20, 5))
        driver.start_application_mode()
        driver.flush()
        driver.write("ä")
        driver.write("b")
        assert drawn == []
        driver.flush()
        assert drawn == ["äb".encode()]
        driver.write("late")
        driver.disable_input()
        driver.stop_application_mode()
        driver.flush()
        assert drawn == ["äb".encode()]
        assert stops == [True]

    asyncio.run(scene())
