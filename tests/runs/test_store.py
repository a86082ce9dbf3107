"""Runs kept and found again: by number and name, with what belongs to them, as long as they may."""

import random
import sqlite3
from pathlib import Path

import msgspec
import pytest

from termlab.errors import StoreError, TargetError, UsageError
from termlab.model.calls import CallTable
from termlab.model.figure import Amount, Missing
from termlab.model.finding import Finding
from termlab.model.packed import titled
from termlab.model.run import Profile
from termlab.model.timeline import Sample
from termlab.runs import store as module
from termlab.runs.store import Store
from tests.runs.made import profile, run

ONE = profile(run(wall_s=Amount(1.0)), run(wall_s=Amount(3.0)), run(1, wall_s=Missing("why")))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "runs.db"


@pytest.fixture
def store(path: Path) -> Store:
    return Store(str(path), clock=iter(range(100, 1000)).__next__)


def named(name: str, *tags: str) -> Profile:
    return titled(ONE, name, tags)


def test_nothing_is_there_before_the_first(store: Store, path: Path) -> None:
    assert store.list() == ()
    assert store.list("base") == ()
    for ref in ("1", "last", "base"):
        with pytest.raises(TargetError, match="no run is kept yet"):
            store.find(ref)
    with pytest.raises(TargetError, match="no run is kept yet"):
        store.remove("1")
    with pytest.raises(TargetError, match="no run is kept yet"):
        store.tag("1", ["x"])
    assert store.values(1, "wall_s") == ()
    assert store.attachment(1, "a") is None
    assert not path.exists()


def test_a_run_comes_back_as_it_was_with_what_a_list_shows(store: Store) -> None:
    assert store.add(named("base", "a", "b")) == 1
    found = store.find("1")
    assert found.profile == named("base", "a", "b")
    assert (found.id, found.saved_at_s, found.name, found.tags) == (1, 100, "base", ("a", "b"))
    assert (found.command, found.host, found.repeats) == (("ls", "-R"), "box", 3)
    assert found.medians == {"wall_s": 2.0, "cpu_s": 2.0}
    assert found.ending == "exit code 1"
    assert store.list() == (found,)


def test_a_list_tells_how_calls_were_counted_and_how_many_rules_found_something(
    store: Store,
) -> None:
    found = (Finding("leak", "bad", "", "", ""), Finding("idle", "warn", "", "", ""))
    table = CallTable("ebpf", "exact", 3)
    each = msgspec.structs.replace(run(), table=table, findings=found)
    store.add(profile(each, each))
    assert (store.list()[0].tier, store.list()[0].findings) == ("ebpf", 2)


def test_runs_are_called_by_number_by_name_and_by_how_many_before(store: Store) -> None:
    for name in ("base", "other", "base", "base", ""):
        store.add(named(name))
    found = {ref: store.find(ref).id for ref in ("2", "base", "base~1", "base~2", "last", "last~4")}
    assert found == {"2": 2, "base": 4, "base~1": 3, "base~2": 1, "last": 5, "last~4": 1}
    assert [each.id for each in store.list("base")] == [1, 3, 4]


@pytest.mark.parametrize("ref", ["7", "0", "bose", "base~3", "last~9"])
def test_a_run_that_is_not_there_is_a_target_error(store: Store, ref: str) -> None:
    for _ in range(3):
        store.add(named("base"))
    with pytest.raises(TargetError, match="see `termlab runs ls`"):
        store.find(ref)


def test_what_is_no_way_to_call_a_run_is_a_usage_error(store: Store) -> None:
    store.add(ONE)
    with pytest.raises(UsageError, match="names no run"):
        store.find("a~b")


def test_numbers_are_never_given_twice(store: Store) -> None:
    store.add(ONE)
    assert store.remove("last") == (1,)
    assert store.add(ONE) == 2


def test_what_was_kept_with_a_run_goes_with_it(store: Store, path: Path) -> None:
    files = {"recording.cast": b"bytes\x00" * 1000, "heap.bin": b""}
    number = store.add(ONE, files)
    assert store.attachments(number) == {"heap.bin": 0, "recording.cast": 6000}
    assert {name: store.attachment(number, name) for name in files} == files
    assert store.attachment(number, "other") is None
    store.remove(str(number))
    assert store.attachments(number) == {}
    with sqlite3.connect(path) as other:
        assert other.execute("SELECT count(*) FROM figures").fetchone() == (0,)
    other.close()


def test_several_are_removed_together_or_none(store: Store) -> None:
    for _ in range(4):
        store.add(ONE)
    with pytest.raises(TargetError, match="'9'"):
        store.remove("1", "9")
    assert len(store.list()) == 4
    assert store.remove("last", "last~1", "1") == (4, 3, 1)
    assert [each.id for each in store.list()] == [2]


def test_names_and_tags_change_and_the_record_has_them(store: Store) -> None:
    store.add(named("", "a"))
    assert store.tag("1", ["b", "a", "c"], ["a"]).tags == ("b", "a", "c")
    assert store.tag("1", (), ["b", "never there"]).tags == ("a", "c")
    assert store.rename("1", "base").name == "base"
    assert store.find("base").profile == named("base", "a", "c")
    assert store.rename("1", "").name == ""
    with pytest.raises(UsageError, match="can't be the name"):
        store.rename("1", "12")
    with pytest.raises(UsageError, match="can't be a tag"):
        store.tag("1", ["a b"])
    with pytest.raises(TargetError, match="33 tags are too many"):
        store.tag("1", [f"t{number}" for number in range(31)])


def test_the_values_of_a_figure_are_those_of_the_repeats_that_have_it(store: Store) -> None:
    store.add(ONE)
    assert store.values(1, "wall_s") == (1.0, 3.0)
    assert store.values(1, "cpu_s") == (2.0, 2.0, 2.0)
    assert store.values(1, "nonsense") == ()


def test_beyond_the_limit_the_oldest_without_name_and_tag_goes(path: Path) -> None:
    store = Store(str(path), keep=2)
    for one in (named(""), named("base"), named("", "tag"), named(""), named(""), named("base")):
        store.add(one)
    assert [each.id for each in store.list()] == [2, 3, 4, 5, 6]
    store.rename("2", "")  # the oldest without a name now
    assert store.find("2").name == ""
    store.add(named("base"))
    assert [each.id for each in store.list()] == [3, 4, 5, 6, 7]


def test_the_file_shrinks_when_runs_go(store: Store, path: Path) -> None:
    noise = random.Random(1).randbytes(300_000)
    store.add(ONE)
    small = path.stat().st_size
    for _ in range(5):
        store.add(ONE, {"noise": noise})
    assert path.stat().st_size > 5 * len(noise)
    store.remove("2", "3", "4", "5", "6")
    assert path.stat().st_size < small + 20_000


def test_nothing_of_a_removed_run_stays_in_the_file(store: Store, path: Path) -> None:
    secret = b"correct horse battery staple"
    store.add(profile(run(), command=("login", secret.decode())))
    store.add(ONE)
    assert secret in path.read_bytes()
    store.remove("1")
    assert secret not in path.read_bytes()


def test_what_is_too_large_is_left_out_and_said(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    store = Store(str(path), tell=told.append)
    noise = random.Random(1)
    samples = tuple(Sample(noise.random(), noise.random()) for _ in range(2000))
    long = profile(msgspec.structs.replace(run(), samples=samples))
    monkeypatch.setattr(module, "MAX_RECORD_BYTES", 10_000)
    monkeypatch.setattr(module, "MAX_ATTACHMENT_BYTES", 10_000)
    store.add(long, {"noise": noise.randbytes(20_000), "small": b"small"})
    assert store.find("1").profile == profile(run())
    assert store.attachments(1) == {"small": 5}
    assert [line.partition(":")[0] for line in told] == [
        "the run is kept without its samples and keys one by one",
        "the run is kept without noise",
    ]
    monkeypatch.setattr(module, "MAX_RECORD_BYTES", 10)
    with pytest.raises(StoreError, match="the run is not kept"):
        store.add(long)


def test_a_damaged_record_is_told_and_the_others_are_read(store: Store, path: Path) -> None:
    store.add(ONE, {"a": b"x" * 100})
    store.add(ONE)
    with sqlite3.connect(path) as other:
        other.execute("UPDATE runs SET record = x'0102' WHERE id = 1")
        other.execute("UPDATE attachments SET data = x'0102'")
    other.close()
    assert [each.id for each in store.list()] == [1, 2]
    with pytest.raises(StoreError, match=r"run 1 is damaged .*termlab runs rm 1"):
        _ = store.find("1").profile
    with pytest.raises(StoreError, match="a of run 1 is damaged"):
        store.attachment(1, "a")
    assert store.find("2").profile == ONE


def test_a_run_that_went_meanwhile_is_told(store: Store) -> None:
    store.add(ONE)
    store.add(ONE)
    found = store.find("1")
    store.remove("1")
    with pytest.raises(TargetError, match="no run 1 any more"):
        _ = found.profile


def test_a_name_that_can_t_be_is_refused_before_anything_is_written(
    store: Store, path: Path
) -> None:
    with pytest.raises(UsageError, match="can't be the name"):
        store.add(named("a b"))
    assert not path.exists()
