"""Real changes of a real file, told by the kernel: nothing here looks by itself."""

import os
import select
import signal
import socket
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from termlab.server.config_watch import QUIET_S, ConfigWatch, Spot, spots
from termlab.server.loop import Loop

if sys.platform != "linux":
    pytest.skip("the signal is Linux'", allow_module_level=True)

LIMIT_S = 20.0


class Watched:
    """A file under watch, in a loop that has the signals as the server has them."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.heard = 0
        self.loop = Loop(self._failed)
        self._reader, self._writer = socket.socketpair()
        for end in (self._reader, self._writer):
            end.setblocking(False)
        self._handler = signal.signal(signal.SIGIO, lambda number, frame: None)
        self._old = signal.set_wakeup_fd(self._writer.fileno(), warn_on_full_buffer=False)
        self.watch = ConfigWatch(str(path), self.loop, self._changed)
        self.loop.watch(self._reader.fileno(), self._signalled)

    def _failed(self, error: Exception) -> None:
        raise error

    def _changed(self) -> None:
        self.heard += 1

    def _signalled(self, events: int) -> None:
        assert signal.SIGIO in self._reader.recv(4096)
        self.watch.poked()

    @property
    def told(self) -> bool:
        """Whether the kernel says anything now."""
        return bool(select.select([self._reader], [], [], 0)[0])

    def until_heard(self, count: int) -> None:
        end = self.loop.clock() + LIMIT_S
        guard = self.loop.call_at(end, self.loop.stop)
        while self.heard < count:
            self.loop.turn()
            assert self.loop.clock() < end, f"heard {self.heard} of {count}"
        guard.cancel()

    def settle(self) -> None:
        """Until a burst that is told by now is over and looked at."""
        done: list[bool] = []
        while self.told:
            self.loop.turn(wait=False)
        self.loop.call_at(self.loop.clock() + QUIET_S + 0.001, lambda: done.append(True))
        while not done:
            self.loop.turn()

    def close(self) -> None:
        self.watch.close()
        signal.set_wakeup_fd(self._old)
        signal.signal(signal.SIGIO, self._handler)
        self._reader.close()
        self._writer.close()


@pytest.fixture
def watched(tmp_path: Path) -> Iterator[Callable[[Path], Watched]]:
    made: list[Watched] = []

    def watching(path: Path) -> Watched:
        made.append(Watched(path))
        return made[-1]

    yield watching
    for each in made:
        each.close()


Watching = Callable[[Path], Watched]


def in_place(path: Path, text: str) -> None:
    path.write_text(text)


def by_rename(path: Path, text: str) -> None:
    """As vim, Emacs and most others do."""
    beside = path.with_name(".c.toml.swp")
    beside.write_text(text)
    os.replace(beside, path)


def by_moving_away(path: Path, text: str) -> None:
    """With the old one kept as a backup."""
    if path.exists():
        path.rename(path.with_name("c.toml~"))
    path.write_text(text)


@pytest.mark.parametrize("write", [in_place, by_rename, by_moving_away])
def test_each_way_to_write_is_heard_once(
    watched: Watching, tmp_path: Path, write: Callable[[Path, str], None]
) -> None:
    path = tmp_path / "c.toml"
    write(path, "a = 1\n")
    it = watched(path)
    assert it.watch.armed
    for count in (1, 2, 3):
        write(path, f"a = {count + 1}\n")
        it.until_heard(count)
    it.settle()
    assert it.heard == 3


def test_nothing_is_told_while_nothing_changes(watched: Watching, tmp_path: Path) -> None:
    path = tmp_path / "c.toml"
    path.write_text("a = 1\n")
    it = watched(path)
    assert path.read_text() == "a = 1\n"
    assert not it.told
    assert it.loop._timeout() is None


def test_a_burst_is_heard_once_and_the_same_text_not_at_all(
    watched: Watching, tmp_path: Path
) -> None:
    path = tmp_path / "c.toml"
    path.write_text("a = 1\n")
    it = watched(path)
    for number in range(20):
        by_rename(path, f"a = {number}\n")
    it.until_heard(1)
    it.settle()
    assert it.heard == 1
    by_rename(path, "a = 19\n")
    os.utime(path)
    (tmp_path / "other").touch()
    assert it.told
    it.settle()
    assert it.heard == 1


def test_a_file_that_goes_and_comes_is_heard(watched: Watching, tmp_path: Path) -> None:
    path = tmp_path / "c.toml"
    path.write_text("a = 1\n")
    it = watched(path)
    path.unlink()
    it.until_heard(1)
    path.write_text("a = 1\n")
    it.until_heard(2)


def test_a_file_whose_directory_is_not_there_yet_is_heard(
    watched: Watching, tmp_path: Path
) -> None:
    path = tmp_path / "config" / "termlab" / "c.toml"
    it = watched(path)
    path.parent.parent.mkdir()
    it.settle()
    path.parent.mkdir()
    it.settle()
    path.write_text("a = 1\n")
    it.until_heard(1)
    path.write_text("a = 2\n")
    it.until_heard(2)


def test_what_a_link_means_is_heard(watched: Watching, tmp_path: Path) -> None:
    kept = tmp_path / "dotfiles" / "c.toml"
    kept.parent.mkdir()
    kept.write_text("a = 1\n")
    path = tmp_path / "c.toml"
    path.symlink_to(kept)
    it = watched(path)
    by_rename(kept, "a = 2\n")
    it.until_heard(1)


def test_one_that_never_is_quiet_is_not_waited_for(watched: Watching, tmp_path: Path) -> None:
    path = tmp_path / "c.toml"
    it = watched(path)
    path.write_text("a = 1\n")
    end = it.loop.clock() + LIMIT_S
    while not it.heard and it.loop.clock() < end:
        it.watch.poked()  # an event at each turn
        it.loop.turn(wait=False)
    assert it.heard == 1


def test_closed_nothing_is_heard(watched: Watching, tmp_path: Path) -> None:
    path = tmp_path / "c.toml"
    it = watched(path)
    it.watch.poked()
    it.watch.close()
    path.write_text("a = 1\n")
    assert not it.told
    assert not it.watch.armed
    assert it.loop._timeout() is None


def test_a_directory_not_to_be_read_is_done_without(watched: Watching, tmp_path: Path) -> None:
    assert spots(str(tmp_path / "a" / "b.toml")) == [Spot(str(tmp_path), False)]
    assert spots(str(tmp_path / "b.toml")) == [Spot(str(tmp_path), True)]
    assert watched(Path("/proc/self/root/none/c.toml")).heard == 0
