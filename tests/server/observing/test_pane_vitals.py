"""What a look at a real pane tells: a known load, silence, memory, an end; each missing figure."""

import sys

import pytest

from termlab.model.figure import Amount, Figure, Missing
from termlab.server.observing.pane_processes import RECORDING
from termlab.server.observing.pane_vitals import PaneVitals
from termlab.server.observing.rates import FIRST
from termlab.server.observing.seen_activity import NOT_SILENT
from termlab.server.observing.seen_memory import NO_ARENAS
from termlab.server.observing.silence import SILENCE_S
from termlab.server.pane import Pane
from tests.server.world import Client, Stage, World

linux = pytest.mark.skipif(sys.platform != "linux", reason="/proc is Linux's")


def amount(figure: Figure) -> float:
    assert isinstance(figure, Amount), figure
    return figure.value


def reason(figure: Figure) -> str:
    assert isinstance(figure, Missing)
    return figure.reason


def running(world: World, *argv: str) -> tuple[Client, Pane]:
    client = world.attach(argv=argv)
    world.until(lambda: bool(world.server.attachments))
    return client, world.server.attachments[0].focused()


def wait(world: World, seconds: float) -> None:
    """Let the loop run for a while."""
    over: list[bool] = []
    world.loop.call_at(world.loop.clock() + seconds, lambda: over.append(True))
    world.until(lambda: bool(over))


LOAD = """
echo ready; read line
i=0
while [ $i -lt 20 ]; do dd if=/dev/zero of=/dev/null bs=100 count=50 2>/dev/null; i=$((i+1)); done
echo done; read line
"""


@linux
def test_a_known_load_is_measured_right(world: World) -> None:
    client, pane = running(world, "sh", "-c", LOAD)
    world.until(lambda: client.shows("ready"))
    vitals = PaneVitals(pane, world.loop)
    first = vitals.look()
    assert first.syscalls.reads_per_s == FIRST
    assert first.activity.cpu_percent == FIRST
    assert first.server_cpu_percent == FIRST
    vitals.look()  # the first one imports what it needs, and takes its time
    client.type("x")
    client.press("Enter")
    world.until(lambda: client.shows("done"))
    second = vitals.look()
    vitals.close()
    assert second.interval_s > 0
    reads = amount(second.syscalls.reads_per_s) * second.interval_s
    writes = amount(second.syscalls.writes_per_s) * second.interval_s
    # The interval is the look's, a rate is over the time between its readings of the processes.
    assert 980 <= round(reads) < 1000 + 20 * 20
    assert 980 <= round(writes) < 1000 + 20 * 10
    written = amount(second.syscalls.written_bytes_per_s) * second.interval_s
    assert 98_000 <= round(written) < 120_000
    assert amount(second.activity.cpu_percent) > 0
    assert amount(second.activity.wakeups_per_s) > 0
    assert amount(second.server_cpu_percent) >= 0
    assert amount(second.sampling_ms) > 0


SLEEPER = "import time, sys\nprint('up', flush=True)\nwhile True: time.sleep(0.02)"


@linux
def test_what_a_silent_program_does_is_told_as_idle_work(world: World) -> None:
    client, pane = running(world, sys.executable, "-c", SLEEPER)
    world.until(lambda: client.shows("up"))
    vitals = PaneVitals(pane, world.loop)
    vitals.look()
    wait(world, SILENCE_S + 0.05)
    vitals.look()
    wait(world, 0.5)
    found = vitals.look()
    vitals.close()
    # 50 a second, where the machine is not too busy for that.
    assert 2 < amount(found.activity.idle_wakeups_per_s) < 60
    assert amount(found.activity.idle_cpu_percent) < 50
    assert found.activity.idle_wakeups_per_s == found.activity.wakeups_per_s
    assert amount(found.activity.processes) == 1


def test_while_it_speaks_there_are_no_idle_figures(stage: Stage) -> None:
    stage.attach()
    stage.turn()
    pane = stage.server.attachments[0].focused()
    stage.children[0].pid = 1  # somebody who is there
    vitals = PaneVitals(pane, stage.loop)
    vitals.look()
    for _ in range(20):
        stage.children[0].says(b"x")
        stage.pass_time(0.05)
    found = vitals.look()
    assert found.activity.idle_cpu_percent == NOT_SILENT
    assert found.activity.idle_wakeups_per_s == NOT_SILENT
    vitals.close()


def test_the_panes_own_memory_is_told(stage: Stage) -> None:
    stage.attach()
    stage.turn()
    stage.child_says(b"hello\r\n" * 100)
    pane = stage.server.attachments[0].focused()
    vitals = PaneVitals(pane, stage.loop)
    storage = vitals.look().storage
    vitals.close()
    assert amount(storage.ring_peak_bytes) == 700
    assert amount(storage.ring_capacity_bytes) == stage.server.settings.ring_bytes
    assert amount(storage.history_rows) == 77
    assert amount(storage.rows_bytes) == 23 * len("hello")
    assert amount(storage.emulator_bytes) >= 101 * 80 * 8
    assert isinstance(storage.emulator_bytes, Amount)
    assert "reckons" in storage.emulator_bytes.note


def test_the_arenas_are_told_each_for_itself(stage: Stage) -> None:
    stage.attach()
    stage.turn()
    stage.child_says(b"\x1b]2;a title\x07" + b"hello\r\n" * 100)
    pane = stage.server.attachments[0].focused()
    vitals = PaneVitals(pane, stage.loop)
    storage = vitals.look().storage
    assert storage.persistent is not None
    assert storage.temporary is not None
    assert amount(storage.persistent.used_bytes) >= len("a title")
    assert amount(storage.temporary.used_bytes) >= 23 * len("hello")
    assert amount(storage.temporary.fallbacks) == 0
    room = amount(storage.persistent.capacity_bytes) + amount(storage.temporary.capacity_bytes)
    assert amount(storage.arena_bytes) == room
    assert storage.temporary.resize == ""
    pane.arenas.temporary.alloc(9 << 20)
    pane.arenas.temporary.alloc(1 << 20)
    found = vitals.look().storage.temporary
    vitals.close()
    assert found is not None
    assert amount(found.fallbacks) == 1
    assert isinstance(found.fallbacks, Amount)
    assert found.fallbacks.note == f"{9 << 20} bytes on the heap"
    assert found.resize == "128 to 1152 KiB, a frame did not fit"


def test_with_arenas_off_that_is_the_reason(stage: Stage) -> None:
    stage.server.spawner.arenas.on = False
    stage.attach()
    stage.turn()
    vitals = PaneVitals(stage.server.attachments[0].focused(), stage.loop)
    storage = vitals.look().storage
    vitals.close()
    assert storage.persistent is not None
    assert storage.arena_bytes == storage.persistent.used_bytes == NO_ARENAS


def test_a_recording_is_no_process_and_says_so(stage: Stage) -> None:
    stage.attach()
    stage.turn()
    stage.children[0].pid = 0
    vitals = PaneVitals(stage.server.attachments[0].focused(), stage.loop)
    found = vitals.look()
    vitals.close()
    for figure in (found.syscalls.reads_per_s, found.activity.processes, found.storage.rss_bytes):
        assert figure == RECORDING


@linux
def test_a_program_that_has_ended_has_no_figures_but_the_reason(world: World) -> None:
    client, _ = running(world, "sleep", "1000")
    client.run("split-window", "--remain", "--", "true")
    attachment = world.server.attachments[0]
    world.until(lambda: bool(attachment.focused().ended))
    vitals = PaneVitals(attachment.focused(), world.loop)
    for found in (vitals.look(), vitals.look()):
        assert "has ended" in reason(found.syscalls.writes_per_s)
        assert "has ended" in reason(found.activity.cpu_percent)
        assert "has ended" in reason(found.storage.rss_bytes)
        assert amount(found.storage.ring_capacity_bytes) > 0
    vitals.close()


def test_keys_that_can_not_be_measured_are_told_with_the_reason(stage: Stage) -> None:
    client = stage.attach()
    stage.turn()
    vitals = PaneVitals(stage.server.attachments[0].focused(), stage.loop)
    assert "no key was typed" in reason(vitals.look().latency.p50_ms)
    stage.children[0].says(b"x")
    stage.pass_time(0.01)
    client.type("a")
    stage.turn()
    found = vitals.look().latency
    vitals.close()
    assert "1 typed within 50 ms of output" in reason(found.p99_ms)
    assert found.bins == ()


def test_who_wanted_nothing_for_a_while_is_told_of_what_comes_behind(stage: Stage) -> None:
    """A dock whose panels are all folded, while another one's end ends what is observed."""
    client = stage.attach()
    stage.turn()
    pane = stage.server.attachments[0].focused()
    other = PaneVitals(pane, stage.loop)
    vitals = PaneVitals(pane, stage.loop, frozenset(("latency",)))
    assert not vitals.want(frozenset())
    other.close()
    assert pane.observation is None
    assert vitals.want(frozenset(("latency",)))
    stage.pass_time(1.0)
    client.type("x")
    stage.turn()
    stage.pass_time(0.004)
    stage.child_says(b"x")
    stage.turn()
    assert amount(vitals.look().latency.keys) + amount(vitals.look().latency.echoes) == 1
    vitals.close()
    assert pane.observation is None


@linux
def test_a_part_that_comes_in_the_midst_of_silence_knows_of_it(world: World) -> None:
    client, pane = running(world, sys.executable, "-c", SLEEPER)
    world.until(lambda: client.shows("up"))
    vitals = PaneVitals(pane, world.loop, frozenset(("latency",)))
    observation = pane.observation
    assert observation is not None
    world.until(lambda: observation.silent)
    assert vitals.want(frozenset(("latency", "activity", "syscalls")))
    wait(world, 0.4)
    found = observation.read()
    vitals.close()
    assert found.idle.s + found.idle.unseen_s > 0.3
    assert found.calls is not None
