"""Keys and the output behind them, of a scripted child; time is driven."""

import pytest

from termlab.backends.pty import LineModes
from termlab.model.trails import KeyTrail
from termlab.server.observing import key_watch
from termlab.server.observing.key_watch import ANSWER_S, KEY_BYTES, NOISE_S, KeyWatch
from termlab.server.observing.observation import observe
from termlab.wire.messages import Seen
from tests.server.fakes import ScriptedPty
from tests.server.world import Stage

RAW = LineModes(echo=False, canonical=False)


class Stamped:
    """What a tracer has seen of the terminal."""

    def __init__(self) -> None:
        self.all: list[tuple[int, int, int]] = []

    def __call__(self, since: int) -> tuple[int, list[tuple[int, int, int]]]:
        return len(self.all), self.all[since:]


class Bench:
    """A pane of which the keys are watched; the test speaks for the pane."""

    def __init__(self, stage: Stage) -> None:
        stage.attach()
        stage.turn()
        self.stage = stage
        self.pane = stage.server.attachments[0].focused()
        self.stamps: Stamped | None = None
        self.watch = KeyWatch(self.pane, stage.loop, lambda: self.stamps)
        stage.pass_time(1.0)

    @property
    def child(self) -> ScriptedPty:
        return self.stage.children[0]

    def type(self, count: int = 1) -> None:
        """A key is written."""
        self.watch.typed(count)
        self.pane.stdin.write(b"x" * count)

    def says(self, seconds: float) -> None:
        """Output comes so long afterwards."""
        self.stage.pass_time(seconds)
        self.watch.arrived(1)

    def key(self, answer_s: float, quiet_s: float = 1.0) -> None:
        self.stage.pass_time(quiet_s)
        self.type()
        self.says(answer_s)

    def latencies(self) -> list[float | None]:
        return [trail.output_ms for trail in self.watch.trails]


@pytest.fixture
def bench(stage: Stage) -> Bench:
    return Bench(stage)


def test_a_key_is_measured_to_the_first_output_behind_it(bench: Bench) -> None:
    bench.key(0.003)
    bench.says(0.1)
    bench.key(0.005)
    assert bench.latencies() == pytest.approx([3, 5])


def test_a_key_typed_while_one_waits_belongs_to_that_one(bench: Bench) -> None:
    bench.type()
    bench.key(0.01, quiet_s=0.01)
    assert bench.latencies() == pytest.approx([20])
    assert bench.watch.trails[0].keys == 2


def test_keys_among_output_are_counted_but_measure_nothing(bench: Bench) -> None:
    bench.key(0.003)
    bench.key(0.003, quiet_s=NOISE_S - 0.01)
    assert (len(bench.watch.trails), bench.watch.read().noisy) == (1, 1)


def test_output_that_comes_too_late_answers_nothing(bench: Bench) -> None:
    bench.key(ANSWER_S + 0.01)
    assert (bench.watch.trails, bench.watch.read().unanswered) == ([], 1)


def test_a_key_after_one_without_answer_is_measured_anew(bench: Bench) -> None:
    bench.type()
    bench.key(0.004, quiet_s=ANSWER_S + 0.01)
    assert bench.latencies() == pytest.approx([4])
    assert bench.watch.read().unanswered == 1


def test_a_key_that_waits_at_the_end_has_no_answer(bench: Bench) -> None:
    bench.type()
    bench.watch.finish()
    bench.watch.finish()
    assert bench.watch.read().unanswered == 1


@pytest.mark.parametrize("count", [0, KEY_BYTES + 1])
def test_a_paste_and_nothing_are_no_keys(bench: Bench, count: int) -> None:
    bench.type(count)
    bench.says(0.01)
    sums = bench.watch.read()
    assert bench.watch.trails == []
    assert (sums.noisy, sums.unanswered, sums.pastes) == (0, 0, count > 0)


def test_what_is_kept_is_bounded_and_the_rest_counted(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(key_watch, "MAX_TRAILS", 3)
    for _ in range(5):
        bench.key(0.001)
    assert (len(bench.watch.trails), bench.watch.read().overflow) == (3, 2)


def test_what_the_kernel_echoes_is_no_answer_of_the_program(bench: Bench) -> None:
    bench.child.modes = LineModes(echo=True, canonical=True)
    bench.key(0.0002)
    bench.child.modes = RAW
    bench.key(0.02)
    assert [trail.echo for trail in bench.watch.trails] == [True, False]
    assert bench.watch.read().echoes == 1


# When the program took it


def test_a_key_that_is_taken_before_its_answer_has_the_time_of_the_look(bench: Bench) -> None:
    bench.child.modes = RAW
    bench.type()
    bench.stage.pass_time(0.001)
    assert not bench.child.unread[0].closed
    bench.child.takes()
    bench.stage.pass_time(0.002)
    assert bench.child.unread[0].closed
    bench.says(0.017)
    (trail,) = bench.watch.trails
    assert trail.consumed_ms == pytest.approx(3)
    assert trail.output_ms == pytest.approx(20)
    assert bench.stage.loop.stats().timers_armed == 0


def test_a_key_that_is_answered_at_once_is_not_looked_for(bench: Bench) -> None:
    bench.child.modes = RAW
    bench.key(0.0005)
    assert bench.child.unread == []
    assert bench.watch.trails[0].consumed_ms is None
    assert bench.watch.read().unlooked == 1


def test_a_line_that_is_not_ended_tells_nothing(bench: Bench) -> None:
    bench.child.modes = LineModes(echo=False, canonical=True)
    bench.type()
    bench.stage.pass_time(0.01)
    assert bench.child.unread == []
    assert bench.watch.read().canonical == 1


def test_a_key_nobody_takes_is_looked_for_ever_more_rarely_and_then_given_up(bench: Bench) -> None:
    bench.child.modes = RAW
    bench.type()
    armed = 0
    for _ in range(2000):
        bench.stage.pass_time(0.001)
        armed += bench.stage.loop.stats().timers_armed
    assert bench.child.unread[0].closed
    assert len(bench.child.unread) == 1
    assert bench.watch.read().unanswered == 1
    assert bench.stage.loop.stats().timers_armed == 0


def test_among_output_there_is_only_when_it_was_taken(bench: Bench) -> None:
    bench.child.modes = RAW
    bench.watch.arrived(1)
    bench.type()
    bench.says(0.0005)
    bench.child.takes()
    bench.stage.pass_time(0.0005)
    (trail,) = bench.watch.trails
    assert (trail.output_ms, trail.noisy) == (None, True)
    assert trail.consumed_ms == pytest.approx(1)


def test_who_closes_in_the_middle_of_a_look_leaves_nothing_open(bench: Bench) -> None:
    bench.child.modes = RAW
    bench.type()
    bench.stage.pass_time(0.001)
    bench.watch.close()
    assert bench.child.unread[0].closed
    assert bench.stage.loop.stats().timers_armed == 0


# Stamps of the kernel's


def test_beside_a_thread_that_prints_the_stamps_tell_the_answer(bench: Bench) -> None:
    stamps = bench.stamps = Stamped()
    clock = bench.stage.clock
    stamps.all.append((0, round(clock.now * 1e9), 0))  # an older key's
    bench.watch.arrived(1)
    bench.type()
    stamps.all.append((1, round((clock.now + 0.0001) * 1e9), 0))
    for _ in range(9):
        bench.says(0.002)
    assert bench.watch.trails == []
    stamps.all[1] = (1, stamps.all[1][1], round((clock.now + 0.002) * 1e9))
    bench.says(0.0021)
    (trail,) = bench.watch.trails
    assert trail.noisy
    assert trail.consumed_ms == pytest.approx(0.1, abs=1e-3)
    assert trail.answered_ms == trail.output_ms == pytest.approx(20, abs=1e-3)


def test_with_stamps_nothing_is_looked_for(bench: Bench) -> None:
    bench.child.modes = RAW
    stamps = bench.stamps = Stamped()
    bench.type()
    now = bench.stage.clock.now
    stamps.all.append((0, round((now + 0.001) * 1e9), round((now + 0.004) * 1e9)))
    bench.says(0.005)
    assert bench.child.unread == []
    (trail,) = bench.watch.trails
    assert (trail.consumed_ms, trail.answered_ms) == pytest.approx((1, 4), abs=1e-3)
    assert trail.output_ms == pytest.approx(5)
    assert not trail.noisy


def test_a_key_of_several_bytes_is_taken_by_the_first_read_and_answered_behind_the_last(
    bench: Bench,
) -> None:
    stamps = bench.stamps = Stamped()
    bench.type(3)
    now = bench.stage.clock.now
    for number, answered in enumerate((0, 0, 0.004)):
        taken = round((now + 0.001 * (number + 1)) * 1e9)
        stamps.all.append((number, taken, round((now + answered) * 1e9) if answered else 0))
    bench.says(0.005)
    (trail,) = bench.watch.trails
    assert (trail.consumed_ms, trail.answered_ms) == pytest.approx((1, 4), abs=1e-3)


# Drawn


def test_an_answer_is_drawn_when_the_client_says_so(bench: Bench) -> None:
    bench.key(0.003)
    assert bench.watch.framed(1, 7)
    trail: KeyTrail = bench.watch.trails[0]
    assert trail.drawn_ms is None
    bench.stage.clock.advance(0.002)
    bench.watch.seen(1, 7, bench.stage.clock.now - 0.001)
    assert bench.watch.trails[0].drawn_ms == pytest.approx(4)


def test_who_draws_nowhere_is_counted(bench: Bench) -> None:
    bench.key(0.003)
    assert bench.watch.framed(1, 7)
    bench.watch.seen(1, 7, None)
    assert bench.watch.trails[0].drawn_ms is None
    assert bench.watch.read().untold == 1


def test_the_word_on_a_frame_comes_from_its_client(stage: Stage) -> None:
    client = stage.attach()
    stage.turn()
    pane = stage.server.attachments[0].focused()
    observation = observe(pane, stage.loop, frozenset(("latency",)))
    stage.pass_time(1.0)
    client.acks = False
    client.type("a")
    stage.turn()
    stage.clock.advance(0.003)
    stage.children[0].says(b"answer")
    stage.turn()
    stage.clock.advance(0.002)
    client.send(Seen(client.frames[-1].serial, stage.clock.now))
    stage.turn()
    assert observation.keys is not None
    (trail,) = observation.keys.trails
    assert trail.output_ms == pytest.approx(3)
    assert trail.drawn_ms == pytest.approx(5)
