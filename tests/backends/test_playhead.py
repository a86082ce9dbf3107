"""What of a recording is due when; time is a number here."""

import math

import pytest

from termlab.backends.playhead import Playhead
from termlab.model.recording import MAX_SPEED, MIN_SPEED, Event, Playing


def out(at_s: float) -> Event:
    return Event(at_s, "o", "x")


def started(playing: Playing = Playing(), now: float = 100.0) -> Playhead:  # noqa: B008
    """One whose first event, at 0 s, has passed."""
    head = Playhead(playing)
    assert head.wait_s(out(0), now) == 0
    head.passed(out(0))
    return head


def test_an_event_is_due_at_its_time_since_the_start() -> None:
    head = started(now=100)
    assert head.wait_s(out(2), 100.5) == 1.5
    assert head.wait_s(out(2), 102) == 0
    assert head.wait_s(out(2), 110) == 0


def test_what_is_late_makes_nothing_after_it_late() -> None:
    head = started(now=100)
    assert head.wait_s(out(1), 105) == 0
    head.passed(out(1))
    assert head.wait_s(out(6), 105) == 1


def test_speed_is_a_factor() -> None:
    assert started(Playing(4.0)).wait_s(out(2), 100) == 0.5
    assert started(Playing(0.5)).wait_s(out(2), 100) == 4


@pytest.mark.parametrize("speed", [0.0, math.inf])
def test_no_speed_or_an_endless_one_is_all_at_once_but_for_a_pause(speed: float) -> None:
    head = started(Playing(speed))
    assert head.wait_s(out(1e6), 100) == 0
    head.toggle(100)
    assert head.wait_s(out(1e6), 100) is None
    head.toggle(200)
    assert head.wait_s(out(1e6), 200) == 0


def test_pauses_are_cut_to_the_limit() -> None:
    head = started(Playing(1.0, 2.0))
    assert head.wait_s(out(100), 100) == 2
    head.passed(out(100))
    assert head.wait_s(out(101), 102) == 1
    head.passed(out(101))
    assert head.wait_s(out(200), 103) == 2


def test_no_pauses_at_all_is_a_limit_too() -> None:
    assert started(Playing(1.0, 0.0)).wait_s(out(100), 100) == 0


def test_while_paused_nothing_is_due_and_no_time_passes() -> None:
    head = started(now=100)
    head.toggle(101)
    assert head.paused
    assert head.wait_s(out(2), 150) is None
    head.toggle(200)
    assert head.wait_s(out(2), 200) == 1


def test_a_step_is_all_up_to_the_next_output() -> None:
    head = started(now=100)
    head.toggle(100)
    head.step()
    marker = Event(1, "m", "")
    assert head.wait_s(marker, 101) == 0
    head.passed(marker)
    assert head.wait_s(out(5), 101) == 0
    head.passed(out(5))
    assert head.wait_s(out(7), 101) is None


def test_playing_goes_on_from_what_was_stepped_to() -> None:
    head = started(now=100)
    head.toggle(100)
    head.step()
    head.passed(out(5))
    head.toggle(300)
    assert head.wait_s(out(7), 300) == 2


def test_steps_are_for_pauses_and_end_with_them() -> None:
    head = started(now=100)
    head.step()
    assert head.wait_s(out(9), 100) == 9
    head.toggle(100)
    head.step()
    head.step()
    head.toggle(100)
    assert head.wait_s(out(9), 100) == 9


def test_another_speed_counts_from_now_on() -> None:
    head = started(now=100)
    head.change_speed(2, 101)
    assert head.wait_s(out(5), 101) == 2
    head.change_speed(0.5, 102)
    assert head.wait_s(out(5), 102) == 2


def test_speed_stays_within_its_bounds() -> None:
    head = started(now=100)
    for _ in range(99):
        head.change_speed(2, 100)
    assert head.wait_s(out(MAX_SPEED), 100) == 1
    for _ in range(99):
        head.change_speed(0.5, 100)
    assert head.wait_s(out(MIN_SPEED), 100) == 1


def test_keys_before_the_first_event_are_heard() -> None:
    head = Playhead(Playing())
    head.toggle(50)
    assert head.wait_s(out(1), 100) is None
    head.toggle(200)
    assert head.wait_s(out(1), 200) == 1
