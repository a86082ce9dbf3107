"""Lock files: one holder at a time, let go of by whatever end. The others are real processes."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from termlab.errors import ServerError
from termlab.wire.lockfile import (
    acquire,
    acquire_within,
    is_free,
    life_lock,
    open_lock,
    sign,
    signer,
    try_acquire,
)

HOLD = """
import sys
from termlab.wire.lockfile import acquire, open_lock
acquire(open_lock(sys.argv[1]))
print("held", flush=True)
sys.stdin.read()
"""


class Holder:
    """A process that holds a lock until it is let go or killed."""

    def __init__(self, path: str) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-c", HOLD, path], stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        assert self.process.stdout is not None
        assert self.process.stdout.readline().strip() == b"held"

    def end(self, kill: bool = False) -> None:
        if kill:
            self.process.kill()
        self.process.communicate()


@pytest.fixture
def path() -> Iterator[str]:
    with tempfile.TemporaryDirectory(prefix="tl-") as directory:
        yield life_lock(os.path.join(directory, "s"))


@pytest.fixture
def lock(path: str) -> Iterator[int]:
    lock = open_lock(path)
    yield lock
    os.close(lock)


def test_a_lock_has_one_holder(path: str, lock: int) -> None:
    holder = Holder(path)
    assert not try_acquire(lock)
    assert not is_free(path)
    holder.end()
    assert is_free(path)
    assert try_acquire(lock)
    assert not is_free(path)


def test_a_killed_holder_has_let_go(path: str, lock: int) -> None:
    Holder(path).end(kill=True)
    assert is_free(path)
    acquire(lock)
    assert not is_free(path)


def test_asking_takes_nothing_and_makes_nothing(path: str, lock: int) -> None:
    assert is_free(path)
    assert is_free(path)
    assert try_acquire(lock)
    assert not is_free(f"{path}.none")
    assert not os.path.exists(f"{path}.none")


def test_it_is_waited_for_as_long_as_was_said(path: str, lock: int) -> None:
    holder = Holder(path)
    assert not acquire_within(lock, 0.05)
    holder.process.kill()  # its end comes in a moment, or has come
    assert acquire_within(lock, 20)
    holder.end()


def test_it_says_who_had_it_last_even_while_it_is_held(path: str, lock: int) -> None:
    assert signer(lock) == "?"
    Path(path).write_text("123456789 and more\n")
    assert try_acquire(lock)
    sign(lock)
    other = open_lock(path)
    assert signer(other) == str(os.getpid())
    os.close(other)


def test_a_program_that_is_started_does_not_keep_it(path: str, lock: int) -> None:
    assert not os.get_inheritable(lock)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has rights of another kind")
def test_a_symlink_or_a_directory_of_others_is_refused(path: str) -> None:
    os.symlink("/dev/null", path)
    with pytest.raises(OSError, match="symbolic links"):
        open_lock(path)
    assert not is_free(path)
    os.chmod(os.path.dirname(path), 0o755)
    with pytest.raises(ServerError, match="0700"):
        open_lock(path)
