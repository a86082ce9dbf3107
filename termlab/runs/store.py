"""The runs of a person, kept: each profile whole, its figures in a table of their own for trends,
and what belongs to it (a recording, stacks) beside it. Opening and damage are `database`'s.

Runs that have neither a name nor a tag make room for newer ones beyond ``keep`` of them. What is
larger than one record or attachment may be is left out, and said.
"""

import json
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from statistics import median
from typing import Final

from termlab.errors import StoreError, TargetError
from termlab.model.figure import Amount, Missing
from termlab.model.metrics import FIGURES
from termlab.model.packed import pack, squeeze, titled, unpack, unsqueeze, without_series
from termlab.model.run import Profile
from termlab.runs.database import Connection, Database, to_stderr
from termlab.runs.refs import HOW, MAX_TAGS, check_name, check_tag, parse_ref, shown

KEEP: Final = 200
# Compressed. Hours of samples and keys, and of recordings, stay well under them.
MAX_RECORD_BYTES: Final = 32 << 20
MAX_ATTACHMENT_BYTES: Final = 64 << 20
_COLUMNS: Final = "id, saved_at_s, name, tags, command, host, repeats, tier, findings, ending"
# What a list shows of each run.
_LISTED: Final = ("wall_s", "cpu_s")


@dataclass(frozen=True, slots=True)
class Stored:
    """A run that is kept. ``tier`` is that of its system calls, "" where none were counted;
    ``findings`` how many of the rules found something."""

    id: int
    saved_at_s: float
    name: str
    tags: tuple[str, ...]
    command: tuple[str, ...]
    host: str
    repeats: int
    tier: str
    findings: int
    ending: str
    medians: Mapping[str, float] = field(default_factory=dict)
    load: Callable[[int], Profile] = field(default=lambda number: _nothing(number), repr=False)

    @property
    def profile(self) -> Profile:
        """The whole record, read now. Raises ``StoreError`` if it is damaged or gone."""
        return titled(self.load(self.id), self.name, self.tags)


class Store:
    """The runs in the file ``path``. Raises ``StoreError`` where that can't be read or written,
    ``TargetError`` where there is no such run."""

    def __init__(
        self,
        path: str,
        keep: int = KEEP,
        tell: Callable[[str], None] = to_stderr,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._database = Database(path, tell)
        self._keep = keep
        self._tell = tell
        self._clock = clock

    def add(self, profile: Profile, attachments: Mapping[str, bytes] | None = None) -> int:
        """Keep it: its number. Its name and tags are those of the record."""
        name = check_name(profile.name) if profile.name else ""
        tags = _tags(profile.tags)
        record = self._record(profile)
        files = self._files(attachments or {})
        head = (self._clock(), name, " ".join(tags), *_head(profile), record)

        def work(connection: Connection) -> int:
            marks = ", ".join("?" * len(head))
            number = connection.execute(
                "INSERT INTO runs (saved_at_s, name, tags, command, host, repeats, tier, findings, "
                f"ending, record) VALUES ({marks})",
                head,
            ).lastrowid
            assert number is not None
            connection.executemany(
                "INSERT INTO figures VALUES (?, ?, ?, ?)",
                [(number, *figure) for figure in _figures(profile)],
            )
            connection.executemany(
                "INSERT INTO attachments VALUES (?, ?, ?, ?)", [(number, *file) for file in files]
            )
            self._make_room(connection)
            return number

        return self._database.write(work)

    def find(self, ref: str) -> Stored:
        """The run that is called so."""
        return self._rows(lambda connection: [_sought(connection, ref)], ref)[0]

    def list(self, name: str = "") -> tuple[Stored, ...]:
        """All of them, or those of a name, the oldest first; their records are not read."""
        where, values = (" WHERE name = ?", (name,)) if name else ("", ())
        sql = f"SELECT {_COLUMNS} FROM runs{where} ORDER BY id"
        return self._rows(lambda connection: connection.execute(sql, values).fetchall())

    def values(self, number: int, figure: str) -> tuple[float, ...]:
        """One figure of each of its repeats that has it, in their order."""
        sql = "SELECT value FROM figures WHERE run_id = ? AND name = ? ORDER BY repeat"
        found = self._database.read(lambda c: c.execute(sql, (number, figure)).fetchall())
        return tuple(value for (value,) in found or ())

    def remove(self, *refs: str) -> tuple[int, ...]:
        """Forget these, all or none: their numbers."""

        def work(connection: Connection) -> tuple[int, ...]:
            numbers = tuple(int(_sought(connection, ref)[0]) for ref in refs)
            _forget(connection, numbers)
            return numbers

        self.find(refs[0])  # no file is made to find nothing in
        return self._database.write(work)

    def tag(self, ref: str, add: Iterable[str] = (), remove: Iterable[str] = ()) -> Stored:
        """Give it tags and take others away."""
        more, less = _tags(tuple(add)), set(remove)

        def change(before: Stored) -> tuple[str, str]:
            kept = [tag for tag in before.tags if tag not in less]
            return before.name, " ".join(_tags((*kept, *more)))

        return self._change(ref, change)

    def rename(self, ref: str, name: str) -> Stored:
        """Have it called ``name``; "" takes its name away."""
        new = check_name(name) if name else ""
        return self._change(ref, lambda before: (new, " ".join(before.tags)))

    def attachment(self, number: int, name: str) -> bytes | None:
        """What was kept with a run under that name; None if nothing was."""
        sql = "SELECT data FROM attachments WHERE run_id = ? AND name = ?"
        found = self._database.read(lambda c: c.execute(sql, (number, name)).fetchone())
        if found is None:
            return None
        try:
            return unsqueeze(found[0])
        except ValueError as error:
            raise StoreError(f"{name} of run {number} is damaged: {error}") from error

    def attachments(self, number: int) -> dict[str, int]:
        """What was kept with a run: names and bytes."""
        sql = "SELECT name, bytes FROM attachments WHERE run_id = ? ORDER BY name"
        return dict(self._database.read(lambda c: c.execute(sql, (number,)).fetchall()) or ())

    def _rows(
        self, work: "Callable[[Connection], Sequence[Row]]", ref: str = ""
    ) -> tuple[Stored, ...]:
        def whole(connection: Connection) -> tuple[Stored, ...]:
            rows = work(connection)
            return tuple(self._stored(row, _medians(connection, row[0])) for row in rows)

        found = self._database.read(whole)
        if not found and ref:
            raise TargetError(f"there is no run {shown(ref)}: no run is kept yet")
        return found or ()

    def _stored(self, row: "Row", medians: Mapping[str, float]) -> Stored:
        number, saved, name, tags, command, host, repeats, tier, findings, ending = row
        words = tuple(json.loads(command))
        head = (number, saved, name, tuple(tags.split()), words, host, repeats, tier)
        return Stored(*head, findings, ending, medians, self._load)

    def _load(self, number: int) -> Profile:
        sql = "SELECT record FROM runs WHERE id = ?"
        found = self._database.read(lambda c: c.execute(sql, (number,)).fetchone())
        if found is None:
            raise TargetError(f"there is no run {number} any more")
        try:
            return unpack(found[0])
        except ValueError as error:
            raise StoreError(
                f"run {number} is damaged ({error}): forget it with `termlab runs rm {number}`"
            ) from error

    def _change(self, ref: str, change: Callable[[Stored], tuple[str, str]]) -> Stored:
        def work(connection: Connection) -> Stored:
            row = _sought(connection, ref)
            name, tags = change(self._stored(row, {}))
            sql = "UPDATE runs SET name = ?, tags = ? WHERE id = ?"
            connection.execute(sql, (name, tags, row[0]))
            return self._stored(_sought(connection, str(row[0])), _medians(connection, row[0]))

        self.find(ref)  # no file is made to find nothing in
        return self._database.write(work)

    def _make_room(self, connection: Connection) -> None:
        unnamed = "SELECT id FROM runs WHERE name = '' AND tags = '' ORDER BY id DESC"
        rows = connection.execute(f"{unnamed} LIMIT -1 OFFSET ?", (self._keep,)).fetchall()
        _forget(connection, tuple(number for (number,) in rows))

    def _record(self, profile: Profile) -> bytes:
        record = pack(profile)
        if len(record) <= MAX_RECORD_BYTES:
            return record
        self._tell("the run is kept without its samples and keys one by one: they are too many")
        record = pack(without_series(profile))
        if len(record) > MAX_RECORD_BYTES:
            raise StoreError(f"the run is not kept: {len(record)} bytes are more than a record has")
        return record

    def _files(self, attachments: Mapping[str, bytes]) -> Sequence[tuple[str, int, bytes]]:
        kept = []
        for name, data in attachments.items():
            packed = squeeze(data)
            if len(packed) > MAX_ATTACHMENT_BYTES:
                self._tell(f"the run is kept without {name}: it has {len(data)} bytes, too many")
            else:
                kept.append((name, len(data), packed))
        return kept


Row = tuple[int, float, str, str, str, str, int, str, int, str]


def _sought(connection: Connection, text: str) -> Row:
    ref = parse_ref(text)
    where = "id = ?" if ref.number is not None else "name = ?" if ref.name else "1"
    values = [each for each in (ref.number, ref.name) if each not in (None, "")]
    sql = f"SELECT {_COLUMNS} FROM runs WHERE {where} ORDER BY id DESC LIMIT 1 OFFSET ?"
    row: Row | None = connection.execute(sql, (*values, ref.back)).fetchone()
    if row is None:
        there = f"SELECT count(*) FROM runs WHERE {where}"
        (count,) = connection.execute(there, values).fetchone()
        many = f" (there are {count} of that name)" if ref.back and count else ""
        raise TargetError(f"there is no run {shown(text)}{many}: see `termlab runs ls`; {HOW}")
    return row


def _forget(connection: Connection, numbers: tuple[int, ...]) -> None:
    connection.executemany("DELETE FROM runs WHERE id = ?", [(number,) for number in numbers])


def _medians(connection: Connection, number: int) -> dict[str, float]:
    sql = "SELECT value FROM figures WHERE run_id = ? AND name = ?"
    found = {name: connection.execute(sql, (number, name)).fetchall() for name in _LISTED}
    return {name: median(v for (v,) in values) for name, values in found.items() if values}


def _head(profile: Profile) -> tuple[str, str, int, str, int, str]:
    tiers = [run.table.tier for run in profile.runs if not isinstance(run.table, Missing)]
    findings = {finding.rule for run in profile.runs for finding in run.findings}
    ending = profile.runs[-1].ending if profile.runs else "no run was finished"
    command = json.dumps(profile.command)
    tier = tiers[-1] if tiers else ""
    return command, profile.machine.host, len(profile.runs), tier, len(findings), ending


def _figures(profile: Profile) -> Iterable[tuple[int, str, float]]:
    for repeat, run in enumerate(profile.runs):
        for row in FIGURES:
            figure = getattr(run.figures, row.name)
            if isinstance(figure, Amount):
                yield repeat, row.name, figure.value


def _tags(tags: tuple[str, ...]) -> tuple[str, ...]:
    """Each once, in the order given."""
    kept = tuple(dict.fromkeys(check_tag(tag) for tag in tags))
    if len(kept) > MAX_TAGS:
        raise TargetError(f"{len(kept)} tags are too many: {MAX_TAGS} at most")
    return kept


def _nothing(number: int) -> Profile:
    raise TargetError(f"there is no run {number}")
