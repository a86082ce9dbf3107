"""The way of a key against programs that write down when they read it and answered, by root and by
an ordinary user; the kernel's echo told from theirs."""

import sys
from pathlib import Path
from statistics import median

import pytest

from termlab.model.run import Run

if sys.platform != "win32":
    from tests.truth.one_run import one_run, reason, value
    from tests.truth.programs_made import compiled, open_directory

assert sys.platform != "win32"

pytestmark = [
    pytest.mark.skipif(sys.platform != "linux", reason="measured as Linux tells it"),
    pytest.mark.slow,
]

KEYS = "abcdefghijkl"
TYPED = f'wait /ready/\nquiet 100ms\npace 140ms\ntype "{KEYS}"\ntype "q"'
AMONG = f'wait /ready/\npace 90ms\ntype "{KEYS}"\ntype "q"'
WITHIN_MS = 1.0
ASKED_MS = 20


def log(path: Path, run: Run) -> list[tuple[float, float]]:
    """When each key was read and answered by the program, in ms behind the key as it was typed:
    keys and lines are in the same order. The run's clock is that of its trails."""
    lines = [line.split() for line in path.read_text().splitlines()]
    assert len(lines) == len(KEYS)
    return [(int(read) / 1e6, int(answered) / 1e6) for read, answered in lines]


def delays(path: Path, run: Run) -> list[float]:
    """From read to answer, as the program has it."""
    return [answered - read for read, answered in log(path, run)]


def answers(run: Run, known: list[float]) -> list[tuple[float, float]]:
    """What was measured of each key in quiet, and what the program has written down of it. Keys
    that were typed before the answer came share a trail."""
    found, number = [], 0
    for trail in run.trails:
        if not trail.noisy and trail.output_ms is not None:
            found.append((trail.output_ms, known[number]))
        number += trail.keys
    return found


def usual(errors: list[float]) -> float:
    """The error of most keys: a busy machine may hold a program up between its own stamp and its
    call, which is in one of the two alone."""
    return median(map(abs, errors))


def tier(run: Run) -> str:
    return "" if not hasattr(run.table, "tier") else str(run.table.tier)


def test_beside_a_thread_that_prints_the_delay_is_told_by_the_one_that_answers() -> None:
    with open_directory() as directory:
        program, out = compiled("answering", directory), directory / "log"
        run = one_run(AMONG, program, str(out), "20000", "2000")
        if tier(run) != "ebpf":
            pytest.skip(f"calls are counted by {tier(run) or 'nothing'}, which stamps none")
        known = delays(out, run)
    trails = run.trails[: len(KEYS)]  # the last key is not answered, it ends
    assert all(trail.noisy for trail in trails)
    found = [(trail.answered_ms or 0) - (trail.consumed_ms or 0) for trail in trails]
    assert len(found) == len(known)
    assert usual([a - b for a, b in zip(found, known, strict=True)]) < WITHIN_MS
    assert value(run, "answered_p50_ms") == pytest.approx(median(found))
    # What came next is not its answer: there is no latency.
    assert value(run, "keys") == 0
    assert f"{len(KEYS) + 1} typed within 50 ms" in reason(run, "key_p50_ms")


def test_without_stamps_such_keys_are_left_out_and_counted() -> None:
    with open_directory() as directory:
        program, out = compiled("answering", directory), directory / "log"
        run = one_run(AMONG, program, str(out), "20000", "2000", ordinary=True)
    assert value(run, "keys") == 0
    assert f"{len(KEYS) + 1} typed within 50 ms" in reason(run, "key_p50_ms")
    assert reason(run, "answered_p50_ms")
    assert all(trail.noisy and trail.output_ms is None for trail in run.trails)


@pytest.mark.parametrize("ordinary", [False, True])
def test_in_quiet_the_first_output_is_the_answer(ordinary: bool) -> None:
    with open_directory() as directory:
        program, out = compiled("answering", directory), directory / "log"
        run = one_run(TYPED, program, str(out), str(ASKED_MS * 1000), "0", ordinary=ordinary)
        known = delays(out, run)
    found = answers(run, known)
    # How late who sleeps is woken here, as the program has it: what it does and termlab hears of
    # takes two such wakeups.
    late_ms = median(known) - ASKED_MS
    # A busy machine may hold the program up until the next key.
    assert len(KEYS) // 3 < len(found) == value(run, "keys")
    # The key is on its way to the program and back besides, which a busy machine makes longer and
    # nothing shorter.
    assert 0 <= min(output_ms - delay for output_ms, delay in found) < WITHIN_MS + 2 * late_ms
    assert value(run, "key_p50_ms") == pytest.approx(median(output_ms for output_ms, _ in found))
    assert value(run, "key_max_ms") == max(output_ms for output_ms, _ in found)
    assert value(run, "consumed_p50_ms") < value(run, "key_p50_ms")
    assert value(run, "echoes") == 0
    assert reason(run, "drawn_p50_ms")


@pytest.mark.parametrize("ordinary", [False, True])
def test_what_the_kernel_echoes_is_told_from_what_a_program_does(ordinary: bool) -> None:
    script = f'wait /ready/\nquiet 100ms\npace 90ms\ntype "{KEYS}\\n"'
    kernel = one_run(script, "sh", "-c", f"echo ready; head -c {len(KEYS) + 1}", ordinary=ordinary)
    assert value(kernel, "echoes") == len(KEYS) + 1
    assert value(kernel, "keys") == 0
    assert "echoed by the kernel" in reason(kernel, "key_p50_ms")
    assert all(trail.echo for trail in kernel.trails)
    with open_directory() as directory:
        program = compiled("answering", directory)
        own = one_run(TYPED, program, str(directory / "log"), "0", "0", ordinary=ordinary)
    assert (value(own, "echoes"), value(own, "keys")) == (0, len(KEYS))


def test_a_password_has_no_answers_and_that_is_said() -> None:
    program = "stty -echo; echo ready; read -r secret; stty echo"
    script = 'wait /ready/\nquiet 100ms\npace 1100ms\ntype "a"\npace 90ms\ntype "\\n"'
    run = one_run(script, "sh", "-c", program)
    assert value(run, "keys") == 0
    assert value(run, "echoes") == 0
    assert "without output in 1 s" in reason(run, "key_p50_ms")
    assert reason(run, "consumed_p50_ms")
