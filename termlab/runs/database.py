"""The door to SQLite: one private file, opened for one piece of work at a time and closed again.

Nothing is held between: no descriptor, no lock, and behind the last one at work there is a single
file, its log gone. Several processes may work at once: readers never wait, writers take turns,
`BUSY_S` at most. A file is made whole beside its place and linked there, so that nobody ever sees
half of one. A damaged one is put aside and said, a file of a newer version or of another program is
left alone.
"""

import contextlib
import os
import sqlite3
import sys
import time
from collections.abc import Callable, Iterator
from typing import Final, TypeVar

from termlab.errors import StoreError
from termlab.runs.migrations import APPLICATION, STEPS
from termlab.runs.place import check_own_file, make_private

Connection = sqlite3.Connection
T = TypeVar("T")

# A writer's turn takes a moment; who waits longer waits for something that hangs.
BUSY_S: Final = 10.0
_DAMAGED: Final = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)
_READ_ONLY: Final = (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM)
# What means something in the name of a file as SQLite's URIs have it.
_QUOTED: Final = str.maketrans({"%": "%25", "?": "%3f", "#": "%23"})
_BESIDE: Final = ("-wal", "-shm", "-journal")


def to_stderr(text: str) -> None:
    """What a person should know, where nobody else takes it."""
    if sys.stderr is not None:
        sys.stderr.write(f"termlab: {text}\n")


class Database:
    """The file at ``path``. ``tell`` gets what a person should know though the work goes on."""

    def __init__(self, path: str, tell: Callable[[str], None] = to_stderr) -> None:
        self.path = path
        self.tell = tell

    def read(self, work: Callable[[Connection], T]) -> T | None:
        """What ``work`` finds; None where there is no file. Raises ``StoreError``."""
        if not check_own_file(self.path):
            return None
        return self._done(work, writing=False)

    def write(self, work: Callable[[Connection], T]) -> T:
        """Have ``work`` done as one transaction, the file made if there is none, and given back
        what it no longer needs. Raises ``StoreError``."""
        make_private(os.path.dirname(self.path))
        if not check_own_file(self.path):
            self._make()
        return self._done(work, writing=True)

    def _done(self, work: Callable[[Connection], T], writing: bool) -> T:
        try:
            return self._once(work, writing)
        except sqlite3.DatabaseError as error:
            if _code(error) not in _DAMAGED:
                raise self._said(error, writing) from error
            self._put_aside(error)
        try:
            return self._once(work, writing)
        except sqlite3.DatabaseError as error:
            raise self._said(error, writing) from error

    def _once(self, work: Callable[[Connection], T], writing: bool) -> T:
        with _opened(self.path, writing) as connection:
            self._check_version(connection)
            if not writing:
                return work(connection)
            with _transaction(connection):
                found = work(connection)
            # A step a page: `execute` does one, for the pragma has no rows.
            connection.executescript("PRAGMA incremental_vacuum")
            return found

    def _check_version(self, connection: Connection) -> None:
        version = _pragma(connection, "user_version")
        known = _pragma(connection, "application_id") in (0, APPLICATION)
        if not known or (version == 0 and _tables(connection)):
            raise StoreError(f"{self.path} is another program's: name a directory in TERMLAB_DATA")
        if version > len(STEPS):
            raise StoreError(
                f"{self.path} was written by a newer termlab (schema {version}, this one knows "
                f"{len(STEPS)}): use that one, or name another directory in TERMLAB_DATA"
            )
        if version < len(STEPS):
            with _transaction(connection):
                _step_up(connection)

    def _make(self) -> None:
        """A new file, of its whole schema at once."""
        import tempfile  # with what it brings along, for the one time it is needed

        try:
            fd, made = tempfile.mkstemp(dir=os.path.dirname(self.path), prefix=".runs-")
            os.close(fd)
        except OSError as error:
            raise StoreError(f"{self.path} can't be made: {error.strerror}") from error
        try:
            with _opened(made, writing=True) as connection:
                connection.execute("PRAGMA auto_vacuum = INCREMENTAL")
                connection.execute("PRAGMA journal_mode = WAL").fetchall()
                with _transaction(connection):
                    _step_up(connection)
            with contextlib.suppress(FileExistsError):  # somebody else's was sooner
                os.link(made, self.path)
        except sqlite3.DatabaseError as error:
            raise self._said(error, writing=True) from error
        except OSError as error:
            raise StoreError(f"{self.path} can't be made: {error.strerror}") from error
        finally:
            for name in (made, *(made + end for end in _BESIDE)):
                with contextlib.suppress(OSError):
                    os.unlink(name)

    def _put_aside(self, error: sqlite3.DatabaseError) -> None:
        """The damaged file, its log with it, under another name; a new one in its place."""
        aside = f"{self.path}.corrupt-{time.strftime('%Y%m%d-%H%M%S')}"
        with _alone(self.path):
            if not _damaged(self.path):
                return  # another process has put it aside, and made the new one, meanwhile
            number = 2
            while os.path.lexists(aside):
                aside = f"{aside.partition('~')[0]}~{number}"
                number += 1
            try:
                os.rename(self.path, aside)
                for end in _BESIDE:
                    with contextlib.suppress(FileNotFoundError):
                        os.rename(self.path + end, aside + end)
            except OSError as failed:
                raise StoreError(
                    f"{self.path} is damaged ({error}) and can't be moved away: {failed.strerror}"
                ) from error
            self._make()
        self.tell(
            f"the file of runs was damaged ({error}): it is kept as {aside}, and a new one is "
            f"begun. What can be saved of it: sqlite3 {aside} .recover"
        )

    def _said(self, error: sqlite3.DatabaseError, writing: bool) -> StoreError:
        what = f"{self.path} can't be {'written' if writing else 'read'}"
        code = _code(error)
        if code == sqlite3.SQLITE_FULL:
            why = "the disk is full: make room, or name another directory in TERMLAB_DATA"
        elif code == sqlite3.SQLITE_BUSY:
            why = f"another process has been writing to it for {BUSY_S:.0f} s: try again"
        elif code in _READ_ONLY:
            why = f"no permission ({error}): name another directory in TERMLAB_DATA"
        else:
            why = f"{error}: see that the disk is well, or name another directory in TERMLAB_DATA"
        return StoreError(f"{what}: {why}")


@contextlib.contextmanager
def _opened(path: str, writing: bool) -> Iterator[Connection]:
    mode = "rw"
    if not writing and not os.access(os.path.dirname(path), os.W_OK):
        mode = "ro&immutable=1"  # a reader, too, would have to write beside it
    quoted = path.translate(_QUOTED)
    connection = sqlite3.connect(
        f"file:{quoted}?mode={mode}", timeout=BUSY_S, isolation_level=None, uri=True
    )
    try:
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA secure_delete = ON").fetchall()
        yield connection
    finally:
        connection.close()


@contextlib.contextmanager
def _transaction(connection: Connection) -> Iterator[None]:
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        # The kernel's refusal may have ended it already.
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")


@contextlib.contextmanager
def _alone(path: str) -> Iterator[None]:
    """Nobody else does the same to ``path`` meanwhile; the kernel lets go for who is killed."""
    if sys.platform == "win32":
        yield  # a file that another one has open can't be renamed there anyway
        return
    import fcntl

    directory = os.open(os.path.dirname(path), os.O_RDONLY | os.O_CLOEXEC)
    try:
        fcntl.flock(directory, fcntl.LOCK_EX)
        yield
    finally:
        os.close(directory)


def _damaged(path: str) -> bool:
    """Whether all of the file can't be read."""
    if not os.path.lexists(path):
        return True
    try:
        with _opened(path, writing=False) as connection:
            found = connection.execute("PRAGMA quick_check(1)").fetchall()
            return found != [("ok",)]
    except sqlite3.DatabaseError as error:
        return _code(error) in _DAMAGED


def _step_up(connection: Connection) -> None:
    """Every step the file has not had, by whoever is first."""
    for step in STEPS[_pragma(connection, "user_version") :]:
        for statement in step:
            connection.execute(statement)
    connection.execute(f"PRAGMA application_id = {APPLICATION}")
    connection.execute(f"PRAGMA user_version = {len(STEPS)}")


def _tables(connection: Connection) -> int:
    (found,) = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    return int(found)


def _pragma(connection: Connection, name: str) -> int:
    (found,) = connection.execute(f"PRAGMA {name}").fetchone()
    return int(found)


def _code(error: sqlite3.DatabaseError) -> int:
    """Its kind: the low byte of what SQLite says in full."""
    return getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF
