"""The file: made whole and private, stepped up, put aside when damaged, left alone if another's."""

import contextlib
import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from termlab.errors import StoreError
from termlab.runs.database import Connection, Database
from termlab.runs.migrations import APPLICATION, STEPS

assert sys.platform != "win32"

ADD = (
    "INSERT INTO runs (saved_at_s, command, host, repeats, record) VALUES (1, '[]', 'h', 1, x'00')"
)
COUNT = "SELECT count(*) FROM runs"


@contextlib.contextmanager
def plain(path: Path) -> Iterator[sqlite3.Connection]:
    """The file as any other program opens it."""
    connection = sqlite3.connect(path, isolation_level=None)
    try:
        yield connection
    finally:
        connection.close()


def add(connection: Connection) -> None:
    connection.execute(ADD)


def count(connection: Connection) -> int:
    (found,) = connection.execute(COUNT).fetchone()
    return int(found)


def database(path: Path) -> tuple[Database, list[str]]:
    told: list[str] = []
    return Database(str(path), told.append), told


def test_reading_makes_no_file(tmp_path: Path) -> None:
    found, _ = database(tmp_path / "runs.db")
    assert found.read(count) is None
    assert list(tmp_path.iterdir()) == []


def test_a_new_file_is_private_and_alone_behind_each_work(tmp_path: Path) -> None:
    path = tmp_path / "own" / "runs.db"
    found, told = database(path)
    found.write(add)
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700
    assert [each.name for each in path.parent.iterdir()] == ["runs.db"]
    assert found.read(count) == 1
    with plain(path) as other:
        assert other.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        assert other.execute("PRAGMA user_version").fetchone() == (len(STEPS),)
        assert other.execute("PRAGMA application_id").fetchone() == (APPLICATION,)
    assert told == []


def test_a_path_may_have_any_character(tmp_path: Path) -> None:
    path = tmp_path / "100% ? really #1 & more" / "runs.db"
    found, _ = database(path)
    found.write(add)
    assert found.read(count) == 1
    assert path.exists()


def test_work_that_fails_leaves_nothing(tmp_path: Path) -> None:
    found, _ = database(tmp_path / "runs.db")

    def work(connection: Connection) -> None:
        connection.execute(ADD)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        found.write(work)
    assert found.read(count) == 0


def test_a_file_of_the_first_version_gets_all_later_steps_and_keeps_its_rows(
    tmp_path: Path,
) -> None:
    path = tmp_path / "runs.db"
    with plain(path) as first:
        for statement in STEPS[0]:
            first.execute(statement)
        first.execute(f"PRAGMA application_id = {APPLICATION}")
        first.execute("PRAGMA user_version = 1")
        first.execute(ADD)
    found, _ = database(path)
    assert found.read(count) == 1
    with plain(path) as other:
        assert other.execute("PRAGMA user_version").fetchone() == (len(STEPS),)
        names = other.execute("SELECT name FROM sqlite_master WHERE type = 'index'").fetchall()
        assert ("runs_by_name",) in names


def test_a_step_that_fails_leaves_the_file_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "runs.db"
    found, _ = database(path)
    found.write(add)
    broken = (*STEPS, ("CREATE TABLE later (a)", "CREATE TABLE nonsense ("))
    with monkeypatch.context() as patched:
        patched.setattr("termlab.runs.database.STEPS", broken)
        with pytest.raises(StoreError, match="can't be read"):
            found.read(count)
    assert found.read(count) == 1


def test_a_file_of_a_newer_version_is_refused_and_not_a_byte_of_it_changes(tmp_path: Path) -> None:
    path = tmp_path / "runs.db"
    found, told = database(path)
    found.write(add)
    with plain(path) as newer:
        newer.execute("PRAGMA user_version = 99")
    before = path.read_bytes()
    why = r"written by a newer termlab \(schema 99"
    with pytest.raises(StoreError, match=why):
        found.read(count)
    with pytest.raises(StoreError, match=why):
        found.write(add)
    assert path.read_bytes() == before
    assert told == []


def test_the_file_of_another_program_is_refused_and_not_touched(tmp_path: Path) -> None:
    path = tmp_path / "runs.db"
    with plain(path) as other:
        other.execute("CREATE TABLE bookmarks (url)")
    before = path.read_bytes()
    found, _ = database(path)
    with pytest.raises(StoreError, match="is another program's"):
        found.write(add)
    assert path.read_bytes() == before


def test_an_empty_file_becomes_one(tmp_path: Path) -> None:
    (tmp_path / "runs.db").touch()
    found, told = database(tmp_path / "runs.db")
    found.write(add)
    assert found.read(count) == 1
    assert told == []


def garbled(data: bytes) -> bytes:
    return b"not SQLite at all" + data[17:]


def cut(data: bytes) -> bytes:
    return data[: len(data) // 2]


def holed(data: bytes) -> bytes:
    """The pages behind the first, the tables' roots, are noise."""
    return data[:4096] + bytes(range(256)) * ((len(data) - 4096) // 256)


@pytest.mark.parametrize("damage", [garbled, cut, holed])
@pytest.mark.parametrize("writing", [False, True])
def test_a_damaged_file_is_kept_aside_and_said_and_a_new_one_begun(
    tmp_path: Path, damage: Callable[[bytes], bytes], writing: bool
) -> None:
    path = tmp_path / "runs.db"
    found, told = database(path)
    found.write(lambda connection: [connection.execute(ADD) for _ in range(200)])
    bad = damage(path.read_bytes())
    path.write_bytes(bad)
    if writing:
        found.write(add)
    else:
        assert found.read(count) == 0
    (aside,) = tmp_path.glob("runs.db.corrupt-*")
    assert aside.read_bytes() == bad
    (said,) = told
    assert "was damaged" in said
    assert str(aside) in said
    assert found.read(count) == int(writing)
    assert path.stat().st_mode & 0o777 == 0o600


def test_two_that_are_damaged_in_one_second_are_both_kept(tmp_path: Path) -> None:
    path = tmp_path / "runs.db"
    found, _ = database(path)
    for text in ("one", "two", "three"):
        path.write_text(f"damaged file number {text}" * 10)
        assert found.read(count) == 0
    assert len(list(tmp_path.glob("runs.db.corrupt-*"))) == 3


def test_a_link_is_never_followed(tmp_path: Path) -> None:
    target = tmp_path / "precious"
    target.write_text("precious")
    (tmp_path / "runs.db").symlink_to(target)
    found, _ = database(tmp_path / "runs.db")
    with pytest.raises(StoreError, match="symbolic link"):
        found.write(add)
    assert target.read_text() == "precious"


def test_a_full_disk_is_told_and_what_was_there_stays(tmp_path: Path) -> None:
    found, _ = database(tmp_path / "runs.db")
    found.write(add)

    def work(connection: Connection) -> None:
        (pages,) = connection.execute("PRAGMA page_count").fetchone()
        connection.execute(f"PRAGMA max_page_count = {pages}").fetchall()  # SQLite's own full disk
        connection.execute(ADD.replace("x'00'", "zeroblob(100000)"))

    with pytest.raises(StoreError, match="can't be written: the disk is full: make room"):
        found.write(work)
    assert found.read(count) == 1


TOO_LARGE = """
import resource, signal, sys
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (65536, 65536))
from termlab.errors import StoreError
from termlab.runs.database import Database
try:
    Database(sys.argv[1]).write(lambda c: c.execute(sys.argv[2]))
except StoreError as error:
    print(error)
"""


def test_a_write_the_kernel_refuses_is_told_and_what_was_there_stays(tmp_path: Path) -> None:
    path = tmp_path / "runs.db"
    found, _ = database(path)
    found.write(add)
    large = ADD.replace("x'00'", "zeroblob(1000000)")
    words = [sys.executable, "-c", TOO_LARGE, str(path), large]
    said = subprocess.run(words, capture_output=True, text=True, check=True).stdout
    assert said.startswith(f"{path} can't be written: ")
    assert found.read(count) == 1


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_what_may_only_be_read_is_read_and_a_write_is_told(tmp_path: Path) -> None:
    found, _ = database(tmp_path / "runs.db")
    found.write(add)
    tmp_path.chmod(0o500)
    try:
        assert found.read(count) == 1
        with pytest.raises(StoreError, match="can't be written: no permission"):
            found.write(add)
    finally:
        tmp_path.chmod(0o700)


WRITER = """
import sys
from termlab.runs.database import Database
for _ in range(int(sys.argv[3])):
    Database(sys.argv[1]).write(lambda c: c.execute(sys.argv[2]))
"""


@pytest.mark.slow
def test_processes_that_begin_and_write_at_once_all_succeed(tmp_path: Path) -> None:
    path, each = tmp_path / "runs.db", 25
    words = [sys.executable, "-c", WRITER, str(path), ADD, str(each)]
    writers = [subprocess.Popen(words) for _ in range(3)]
    assert [writer.wait(60) for writer in writers] == [0, 0, 0]
    found, _ = database(path)
    assert found.read(count) == 3 * each
    assert [left.name for left in tmp_path.iterdir()] == ["runs.db"]
