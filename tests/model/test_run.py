"""A profile with all it can hold is the same once it was written and read, in both notations."""

import msgspec
import pytest

from termlab.model.calls import CallCount, CallTable
from termlab.model.figure import Missing
from termlab.model.finding import Finding
from termlab.model.run import Profile, Run
from termlab.model.timeline import Sample
from termlab.model.trails import KeyTrail
from termlab.model.wakers import Waker
from tests.runs.made import MACHINE, NO_KEYS, run


def whole() -> Run:
    return msgspec.structs.replace(
        run(key_p50_ms=NO_KEYS),
        table=CallTable("ebpf", "exact", 3, (CallCount("read", 3, 1200, 1, 2),), 1, None),
        wakers=(Waker("python3", "timer", 41, 42, 60, 59),),
        trails=(KeyTrail(0.5, 2.0, 0.1, 1.5, 3.0), KeyTrail(1.0, 0.2, echo=True, keys=3)),
        samples=(Sample(0.1, 12.5, 4096, None, 100.0, 3.0, 20.5, True),),
        findings=(Finding("idle-timer", "warn", "wakes", "60 > 2", "sleep"),),
    )


@pytest.mark.parametrize(
    ("write", "read"),
    [
        (msgspec.json.encode, msgspec.json.decode),
        (msgspec.msgpack.encode, msgspec.msgpack.decode),
    ],
    ids=["json", "msgpack"],
)
def test_a_profile_is_what_was_written(write, read) -> None:  # type: ignore[no-untyped-def]
    profile = Profile(("ls",), MACHINE, 80, 24, (whole(),), name="base", tags=("a",), keys="k")
    assert read(write(profile), type=Profile) == profile


def test_a_run_without_a_table_says_why() -> None:
    assert isinstance(run().table, Missing)


def test_what_an_older_version_wrote_is_read() -> None:
    text = msgspec.json.encode(Profile(("ls",), MACHINE, 80, 24, (run(),)))
    old = msgspec.json.decode(text)
    for field in ("table", "wakers", "trails", "samples", "findings", "cut_short"):
        del old["runs"][0][field]
    for field in ("name", "tags", "warmup", "keys", "notes"):
        del old[field]
    assert msgspec.convert(old, Profile).runs[0].samples == ()
