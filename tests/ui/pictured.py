"""An app that draws on a terminal of the test's own, and what it should look like there: the same
scene painted by the poll client's painter."""

import asyncio
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path

from termlab.client.bottom import Bottom
from termlab.client.painter import Painter
from termlab.model.geometry import Size
from termlab.model.recording import decode
from termlab.model.screen import Cursor
from termlab.model.state import State
from termlab.terminal.ghostty import GhosttyEmulator
from termlab.ui.app import TermlabApp
from termlab.ui.host import Painted, PaneHost
from termlab.ui.scene import Scene
from termlab.ui.workspace import rows_above
from termlab.wire.messages import PaneRows
from tests.terminal.cells import differences, feed
from tests.ui.guest_client import options

if sys.platform != "win32":
    from termlab.ui.posix_driver import posix_driver

assert sys.platform != "win32"

PATIENCE_S = 20.0
RECORDINGS = Path(__file__).parent.parent / "recordings"


def recorded_rows(name: str, size: Size) -> tuple[tuple[int, bytes], ...]:
    """The rows of the engine once it was fed a recording."""
    engine = GhosttyEmulator(size)
    for event in decode((RECORDINGS / f"{name}.cast").read_bytes(), name).events:
        if event.code == "o":
            feed(engine, event.data.encode())
    rows = tuple(sorted(engine.changed_rows().items()))
    engine.close()
    return rows


class Pictured:
    """``shown`` is its terminal; ``writes`` what was written there, a picture each."""

    def __init__(self, size: Size, host: PaneHost | None = None) -> None:
        self.size = size
        self.scene = Scene()
        self.bottom = Bottom()
        self.shown = blank(size)
        self.writes: list[bytes] = []
        self.stopped = False
        self._standing = asyncio.Event()
        self.app = TermlabApp(
            self.scene,
            host or Painted(),
            self.bottom,
            options(),
            driver_class=posix_driver(self._draw, self._stop),
            ready=self._standing.set,
        )

    @asynccontextmanager
    async def running(self) -> AsyncIterator["Pictured"]:
        """From the first picture on."""
        task = asyncio.create_task(self.app.run_async(size=(self.size.cols, self.size.rows)))
        try:
            await asyncio.wait_for(self._standing.wait(), PATIENCE_S)
            yield self
        finally:
            self.app.exit()
            await asyncio.wait_for(task, PATIENCE_S)

    def take(self, state: State | None, *panes: PaneRows) -> None:
        """What a server's frame says."""
        epoch = state.epoch if state is not None else self.epoch
        self.app.refresh_scene(self.scene.take(state, epoch, panes))

    @property
    def epoch(self) -> int:
        assert self.scene.replica.state is not None
        return self.scene.replica.state.epoch

    async def until(self, true: Callable[[], bool]) -> None:
        """Let the app go on until something is true."""
        async with asyncio.timeout(PATIENCE_S):
            while not true():  # noqa: ASYNC110 - nobody tells when a widget has drawn
                await asyncio.sleep(0)

    def wrong(self) -> list[str]:
        """The cells that are not as the painter has them."""
        expected = painted(self.scene, self.bottom, self.size)
        found = differences(expected, self.shown)
        expected.close()
        return found

    async def right(self) -> None:
        """Until every cell is right; says which are not when that takes too long."""
        try:
            await self.until(lambda: not self.wrong())
        except TimeoutError:
            raise AssertionError(self.wrong()[:10]) from None

    def _draw(self, data: bytes) -> None:
        self.writes.append(data)
        feed(self.shown, data)

    def _stop(self) -> None:
        self.stopped = True


def blank(size: Size) -> GhosttyEmulator:
    """A terminal as a client leaves it."""
    terminal = GhosttyEmulator(size)
    feed(terminal, b"\x1b[?7l\x1b[?25l\x1b[m")
    return terminal


def painted(scene: Scene, bottom: Bottom, size: Size) -> GhosttyEmulator:
    """The scene as the poll client paints it."""
    painter = Painter()
    replica = scene.replica
    above = rows_above(size.rows)
    painter.place(replica.placed.panes, size.cols, above)
    parts = []
    for pane, rect in replica.placed.panes.items():
        rows = tuple((y, scene.row(pane, y)) for y in range(rect.rows))
        parts += painter.pane(PaneRows(pane, rows, Cursor(0, 0)))
    parts += painter.lines(replica.frame_lines(size.cols, above))
    if size.rows > 1 and replica.state is not None:
        line = bottom.line(replica.state, replica.placed, size.cols, replica.scroll)
        parts.append(painter.line(0, size.rows - 1, line))
    terminal = blank(size)
    feed(terminal, b"".join(parts))
    return terminal


def play(scene: Callable[[Pictured], Awaitable[None]], made: Callable[[], Pictured]) -> None:
    """A test's scene on an app that stands."""

    async def run() -> None:
        async with made().running() as pictured:
            await scene(pictured)

    asyncio.run(run())
