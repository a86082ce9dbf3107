"""The programs whose behaviour is known: compiled, and run by who is to measure them."""

import os
import shutil
import struct
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path
from typing import Final, NamedTuple

import msgspec
import pytest

from tests.truth.ordinary import ROOT, as_ordinary

if sys.platform != "win32":
    from tests.truth.watched import Watched

assert sys.platform != "win32"

PROGRAMS: Final = Path(__file__).parent / "programs"
_RECORD: Final = struct.Struct("qqq")


class Record(NamedTuple):
    """What a program wrote down at one moment."""

    at_s: float
    done: float  # CPU seconds, or bytes
    wakeups: float


def compiled(name: str, directory: Path) -> str:
    """The program ``name`` of `PROGRAMS`; the test is skipped where nothing compiles it."""
    compiler = shutil.which("cc") or shutil.which("gcc")
    if compiler is None:
        pytest.skip("there is no C compiler (cc)")
    target = directory / name
    source = PROGRAMS / f"{name}.c"
    words = [compiler, "-O1", "-Wall", "-Werror", "-o", str(target), str(source), "-lpthread"]
    subprocess.run(words, check=True)
    return str(target)


@contextmanager
def open_directory() -> Iterator[Path]:
    """Where everybody may write."""
    with tempfile.TemporaryDirectory() as directory:
        os.chmod(directory, 0o777)
        yield Path(directory)


def measured(parts: str, *argv: str, ordinary: bool = False) -> Watched:
    """What is measured of a program, by this user or by an ``ordinary`` one."""
    by = as_ordinary() if ordinary else ()
    words = [*by, sys.executable, "-m", "tests.truth.watched", parts, *argv]
    done = subprocess.run(words, cwd=ROOT, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()
    return msgspec.json.decode(done.stdout.splitlines()[-1], type=Watched)


class Records:
    """What `steady` or `leak` wrote to ``path``."""

    def __init__(self, path: Path, unit: float = 1e9) -> None:
        data = path.read_bytes()
        count, _, self.last_word = _RECORD.unpack_from(data)
        self.all = [
            Record(at / 1e9, done / unit, wakeups)
            for at, done, wakeups in (
                _RECORD.unpack_from(data, i * _RECORD.size) for i in range(1, count + 1)
            )
        ]

    def at(self, at_s: float) -> Record:
        """By then, between two records by time."""
        for before, after in pairwise(self.all):
            if before.at_s <= at_s < after.at_s:
                share = (at_s - before.at_s) / (after.at_s - before.at_s)
                return Record(
                    at_s,
                    before.done + (after.done - before.done) * share,
                    before.wakeups + (after.wakeups - before.wakeups) * share,
                )
        return self.all[-1] if at_s >= self.all[-1].at_s else self.all[0]

    def work_at(self, at_s: float) -> float:
        """What was done from the last record before then to the first behind it."""
        return sum(
            after.done - before.done
            for before, after in pairwise(self.all)
            if before.at_s <= at_s < after.at_s
        )
