"""Every recording, replayed by a child of a pane: the outer terminal shows what the engine has."""

import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final, NamedTuple

import pytest

if sys.platform != "win32":
    from termlab.model.geometry import Rect, Size
    from termlab.terminal.ghostty import GhosttyEmulator
    from tests.e2e.outer import OuterTerminal
    from tests.e2e.pictures import cut, wait_for_picture
    from tests.e2e.session import OwnServer
    from tests.terminal.cells import feed
    from tests.terminal.cells import screen as read_cells
else:
    pytest.skip("there are no PTYs", allow_module_level=True)

assert sys.platform != "win32"

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("placement")]

FILES: Final = sorted((Path(__file__).parents[1] / "recordings").glob("*.cast"))
# Hard on who draws: of the many that show the same twice, the app by itself draws only these.
HARD: Final = """
    alternate-screen attributes box-drawing clusters-mode-2027 colour-of-blanks curses-menu emoji
    held-frames hyperlinks insert-delete scroll-region tmux true-colours underlines vim-split
    vttest-double-size wide-at-the-edge world wrap-pending
"""
DRAWN_BY_THE_APP: Final = frozenset(HARD.split())
# Fewer would be a loss.
LEAST: Final = 45
PICTURE_S: Final = 10.0
# Between two recordings a terminal as if new; its answers to what was asked before don't matter.
RESET: Final = b"\x18\x1bc"
# A terminal that counts clusters as the recorded program does.
BY_CLUSTER: Final = {"clusters-mode-2027"}
# With autowrap off, as a client has it, Ghostty puts a mark that follows the last column onto the
# column before: of these recordings the last two columns are not compared.
MARKS_AT_THE_EDGE: Final = {"wide-at-the-edge"}

# Writes each file named on its standard input to a raw terminal, whole, in order; answers of the
# terminal come by the same way and are left unread. One line tells that the next may come.
PLAYER: Final = """
import os, sys, termios, tty
tty.setraw(0)
for name in open(sys.argv[1]):
    name = name.strip()
    termios.tcflush(0, termios.TCIFLUSH)
    data = open(name, "rb").read()
    while data:
        data = data[os.write(1, data):]
"""


class Recording(NamedTuple):
    """A recording's bytes, one part for each step."""

    name: str
    size: Size
    parts: tuple[bytes, ...]


def load(path: Path) -> Recording:
    header, *events = (json.loads(line) for line in path.read_text().splitlines())
    parts = tuple(text.encode() for _, kind, text in events if kind == "o")
    return Recording(path.stem, Size(header["width"], header["height"]), parts)


class Stage:
    """A pane of one size in which recordings are replayed one after the other."""

    def __init__(self, own: OwnServer, size: Size) -> None:
        self._directory = own.directory
        self._fifo = own.directory / f"fifo-{size.cols}x{size.rows}"
        os.mkfifo(self._fifo)
        # Both ways, so that opening it waits for no reader.
        self._played = 0
        self._names = os.open(self._fifo, os.O_RDWR)
        words = (sys.executable, "-I", "-c", PLAYER, str(self._fifo))
        self.outer: OuterTerminal = own.open(
            "new", "--", *words, size=Size(size.cols, size.rows + 1)
        )
        self.outer.wait_for("0:")
        own.placed(self.outer)

    def close(self) -> None:
        os.close(self._names)

    def play(self, data: bytes) -> None:
        self._played += 1
        file = self._directory / f"bytes-{self._played}"
        file.write_bytes(data)
        os.write(self._names, f"{file}\n".encode())


def pictures(recording: Recording) -> Iterator[tuple[bytes, "GhosttyEmulator"]]:
    """The bytes half the way and the rest, each with the engine that got them directly."""
    emulator = GhosttyEmulator(recording.size)
    half = len(recording.parts) // 2
    for parts in (recording.parts[:half], recording.parts[half:]):
        data = b"".join(parts)
        feed(emulator, data)
        yield data, emulator


def test_every_recording_looks_on_the_screen_as_in_the_engine(
    own: OwnServer, capsys: pytest.CaptureFixture[str]
) -> None:
    all_of_them = own.placement == "guest"
    recordings = [load(path) for path in FILES if all_of_them or path.stem in DRAWN_BY_THE_APP]
    stages: dict[Size, Stage] = {}
    failed = []
    for recording in recordings:
        if recording.size not in stages:
            stages[recording.size] = Stage(own, recording.size)
        stage = stages[recording.size]
        stage.play(RESET)
        clusters = recording.name in BY_CLUSTER
        feed(stage.outer.emulator, b"\x1b[?2027h" if clusters else b"\x1b[?2027l")
        for step, (data, emulator) in enumerate(pictures(recording)):
            stage.play(data)
            cols = recording.size.cols - 2 * (recording.name in MARKS_AT_THE_EDGE)
            part = Rect(0, 0, cols, recording.size.rows)
            try:
                wait_for_picture(stage.outer, cut(read_cells(emulator), part), part, PICTURE_S)
            except AssertionError as error:
                failed.append(f"{recording.name}, step {step}: {error}")
                break
    for stage in stages.values():
        stage.close()
    with capsys.disabled():
        print(f" {len(recordings)} recordings")
    assert not failed, "\n\n".join(failed)
    assert len(recordings) >= (LEAST if all_of_them else len(DRAWN_BY_THE_APP))
