"""Real programs with a fault get that finding and no other, and without it none."""

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

from termlab.commands.scripted_keys import read_script
from termlab.config.loader import load_defaults
from termlab.model.figure import Missing
from termlab.model.geometry import Size
from termlab.model.profile_asked import ProfileAsked
from termlab.model.run import Run
from termlab.wire.messages import Place
from tests.server.world import PLACE

if sys.platform != "win32":
    from termlab.server.headless import Signals, run_once

assert sys.platform != "win32"

PROGRAMS = Path(__file__).parent / "programs"
SIZE = Size(80, 24)
SETTINGS = load_defaults()
WHERE = Place("/", PLACE.environment | {"TERM": "xterm-256color", "PYTHONDONTWRITEBYTECODE": "1"})
TYPED = 'wait /ready/\ntype "abcdefghij"\ntype "q"'


def once(*argv: str, keys: str = "") -> Run:
    script = read_script(keys.encode(), "typed") if keys else None
    with Signals() as signals:
        asked = ProfileAsked(script=script)
        run = run_once(argv, WHERE, SIZE, signals, SETTINGS, asked).run
    assert run.exit_code == 0, run.ending
    return run


def python(program: str, *words: str, keys: str = "") -> Run:
    return once(sys.executable, "-I", "-S", str(PROGRAMS / program), *words, keys=keys)


def found(run: Run) -> set[str]:
    return {each.rule for each in run.findings}


def pause(ms: int) -> str:
    return f'wait /ready/\npause {ms}ms\ntype "q"'


class Pair(NamedTuple):
    """How to do it wrong, how to do it right, and what the wrong one is told."""

    faulty: str
    healthy: str
    finding: str


@pytest.mark.parametrize(
    "pair",
    [
        Pair("flicker", "over", "flicker"),
        Pair("cleared", "over", "clears-every-frame"),
        Pair("redraw", "differing", "redundant-redraw"),
        Pair("reprint", "append", "scroll-storm"),
        Pair("climb", "append", "scroll-storm"),
        Pair("colours", "spans", "colour-churn"),
        Pair("cells", "placed", "cursor-churn"),
        Pair("pieces", "placed", "frame-in-pieces"),
        Pair("heavy", "large_synced", "huge-frames"),
        Pair("large", "large_synced", "tearing"),
    ],
    ids=lambda pair: str(pair.faulty),
)
def test_what_is_drawn_badly(pair: Pair) -> None:
    assert found(python("drawing.py", pair.faulty)) == {pair.finding}


@pytest.mark.parametrize("way", ["over", "differing", "append", "spans", "placed", "large_synced"])
def test_the_same_drawn_well(way: str) -> None:
    assert found(python("drawing.py", way)) == set()


def test_a_program_that_waits_and_answers_has_no_fault() -> None:
    run = python(
        "waiting.py", "well", keys='wait /ready/\ntype "abcdefghij"\npause 1500ms\ntype "q"'
    )
    assert found(run) == set()


@pytest.mark.parametrize(
    ("way", "keys", "finding"),
    [
        ("timer", pause(2000), "idle-timer"),
        ("flag", pause(3000), "busy-wait"),
        ("menu", TYPED, "flicker"),
        ("leak", pause(3600), "leak"),
    ],
)
def test_what_waits_or_answers_badly(way: str, keys: str, finding: str) -> None:
    assert found(python("waiting.py", way, keys=keys)) == {finding}


@pytest.mark.parametrize(
    ("way", "finding"),
    [("slow", "slow-key"), ("blocked", "blocks-after-key"), ("late", "late-key")],
)
def test_what_answers_slowly(way: str, finding: str) -> None:
    run = python("waiting.py", way, keys=TYPED)
    untold = isinstance(run.figures.answered_p95_ms, Missing)  # only when the output came
    assert found(run) == {finding} or (untold and found(run) == {"late-answer"})


def by_name(run: Run) -> Run:
    """Skips where this machine does not tell system calls by name."""
    if isinstance(run.table, Missing):
        pytest.skip(run.table.reason)
    if not run.table.calls:
        pytest.skip(f"no names of calls: {run.table.accuracy}")
    return run


def test_a_loop_without_rest_is_told_by_its_calls() -> None:
    run = by_name(python("waiting.py", "spin", keys=pause(1100)))
    assert found(run) == {"busy-wait"}
    assert run.findings[0].severity == "bad"


def test_a_thread_that_wakes_is_named() -> None:
    run = python("waiting.py", "thread", keys=pause(2000))
    assert found(run) == {"idle-timer"}
    assert "thread ticker of " in run.findings[0].says


@pytest.mark.parametrize(
    ("way", "findings"),
    [
        ("single_writes", {"small-writes"}),
        ("one_write", set()),
        ("single_reads", {"small-reads"}),
        ("buffered_reads", set()),
    ],
)
def test_bytes_moved_one_by_one(way: str, findings: set[str], tmp_path: Path) -> None:
    file = tmp_path / "bytes"
    file.write_bytes(bytes(150_000))
    assert found(python("calling.py", way, str(file))) == findings


@pytest.mark.parametrize(
    ("way", "findings"),
    [
        ("seek_in_vain", {"failing-calls"}),
        ("seek_once", set()),
        ("start_many", {"fork-storm"}),
        ("start_one", set()),
    ],
)
def test_calls_for_nothing(way: str, findings: set[str]) -> None:
    assert found(by_name(python("calling.py", way))) == findings


def test_pages_that_come_from_disk_one_by_one(tmp_path: Path) -> None:
    file = tmp_path / "pages"
    with file.open("wb") as written:
        written.write(bytes(4096 * 600))
        written.flush()
        os.fsync(written.fileno())
    assert found(python("calling.py", "read_ahead", str(file))) == set()
    run = python("calling.py", "cold_pages", str(file))
    faults = run.figures.major_faults
    if isinstance(faults, Missing) or faults.value < 100:
        pytest.skip("this file system keeps its pages in memory")
    assert found(run) == {"disk-faults"}


@pytest.mark.parametrize(("words", "findings"), [(("-u",), {"small-writes"}), ((), set())])
def test_a_c_program_without_a_buffer(
    words: tuple[str, ...], findings: set[str], tmp_path: Path
) -> None:
    compiler = shutil.which("cc")
    if compiler is None:
        pytest.skip("there is no C compiler")
    program = tmp_path / "unbuffered"
    subprocess.run([compiler, "-O1", "-o", program, PROGRAMS / "unbuffered.c"], check=True)
    assert found(once(str(program), *words)) == findings


@pytest.mark.parametrize(
    "argv", [("true",), ("ls", "-la", "/usr/bin"), ("sh", "-c", "echo a; echo b >&2; stty size")]
)
def test_programs_of_every_day_have_no_fault(argv: tuple[str, ...]) -> None:
    assert found(once(*argv)) == set()
