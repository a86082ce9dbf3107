"""Facts of a run's samples over time and of the ways of its keys."""

import msgspec
import pytest

from termlab.model.figure import Amount, Missing
from termlab.model.run import Run
from termlab.model.timeline import Sample
from termlab.model.trails import KeyTrail
from termlab.runs.facts import FACTS
from tests.runs.judged import MIB, answered, run, samples, silence, unread


def of(name: str, seen: Run) -> float:
    figure = FACTS[name].of(seen)
    assert isinstance(figure, Amount)
    return figure.value


def grown(*rss_mib: float) -> Run:
    """A sample a second."""
    points = tuple(Sample(float(at), 1.0, int(rss * MIB)) for at, rss in enumerate(rss_mib))
    return msgspec.structs.replace(run(), samples=points)


def test_even_growth_has_a_third_in_each_third() -> None:
    seen = msgspec.structs.replace(run(), samples=samples(20 * MIB, 2 * MIB, 8))
    assert of("grown_bytes", seen) == pytest.approx(12 * MIB)
    assert of("grown_bytes_per_s", seen) == pytest.approx(2 * MIB)
    assert of("growth_evenness_percent", seen) == pytest.approx(33, abs=3)


def test_the_start_is_left_out() -> None:
    assert of("grown_bytes", grown(1, 20, 40, *[40] * 9)) == 0


def test_one_step_is_no_even_growth() -> None:
    seen = grown(10, 10, 10, 10, 10, 10, 30, 30, 30, 30, 30, 30)
    assert of("grown_bytes", seen) == 20 * MIB
    assert of("growth_evenness_percent", seen) == 0


def test_what_shrinks_has_no_growth_to_be_even() -> None:
    seen = grown(*range(30, 10, -1))
    assert of("growth_evenness_percent", seen) == 0


def test_a_few_samples_tell_nothing() -> None:
    assert isinstance(FACTS["grown_bytes"].of(grown(1, 2, 3)), Missing)
    assert of("grown_s", grown(1, 2, 3)) == 0


def test_an_answer_s_cpu_is_a_share_of_its_time() -> None:
    slow = msgspec.structs.replace(run(cpu_per_key_ms=9.0), trails=answered(90))
    assert of("answer_mean_ms", slow) == 90
    assert of("answer_cpu_percent", slow) == 10


def test_without_the_way_through_the_program_there_is_no_mean() -> None:
    untold = msgspec.structs.replace(run(), trails=())
    assert isinstance(FACTS["answer_mean_ms"].of(untold), Missing)


def test_what_goes_on_in_silence_is_the_median_of_it() -> None:
    seen = msgspec.structs.replace(run(), samples=silence(60, 2))
    assert (of("steady_wakeups_per_s", seen), of("steady_cpu_percent", seen)) == (60, 2)


def test_a_moment_of_silence_has_nothing_steady() -> None:
    seen = msgspec.structs.replace(run(), samples=silence(60, 2)[:6])
    assert of("steady_wakeups_per_s", seen) == 0


def test_what_samples_don_t_tell_is_missing() -> None:
    seen = msgspec.structs.replace(run(), samples=silence(None, 2))
    assert isinstance(FACTS["steady_wakeups_per_s"].of(seen), Missing)


def test_slow_keys_are_counted_from_the_moment_at_which_the_program_had_them() -> None:
    seen = msgspec.structs.replace(run(), trails=unread(60, 5) + answered(60, 4))
    assert (of("unread_keys", seen), of("slow_keys", seen), of("late_keys", seen)) == (5, 4, 0)


def test_echoes_are_no_answers() -> None:
    seen = msgspec.structs.replace(run(), trails=(KeyTrail(0.1, 500.0, echo=True), *answered(1)))
    assert of("late_keys", seen) == 0
