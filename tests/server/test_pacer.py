"""Frames by credit and by the clock: the pure rules."""

from termlab.server.pacer import COST_FACTOR, FRAME_S, SMALL_BYTES, Pacer

NOW = 100.0
AT_ONCE = float("-inf")


def sent_at(pacer: Pacer, now: float, cost_s: float = 0.0) -> None:
    pacer.changed(1)
    pacer.sent(now, cost_s)


def test_nothing_is_wanted_until_something_changed() -> None:
    pacer = Pacer()
    assert not pacer.wanted
    pacer.changed(1)
    assert pacer.wanted


def test_the_first_frame_goes_at_once() -> None:
    pacer = Pacer()
    pacer.changed(1 << 20)
    assert pacer.earliest() == AT_ONCE


def test_a_second_frame_waits_until_the_first_was_seen() -> None:
    pacer = Pacer()
    sent_at(pacer, NOW)
    pacer.changed(1)
    assert pacer.earliest() is None
    pacer.seen()
    assert pacer.earliest() is not None


def test_a_key_has_one_more_frame_and_no_more_than_one() -> None:
    pacer = Pacer()
    sent_at(pacer, NOW)
    pacer.key()
    pacer.changed(1)
    assert pacer.earliest() == AT_ONCE
    pacer.sent(NOW, 0.0)
    pacer.key()
    pacer.changed(1)
    assert pacer.earliest() is None


def test_a_key_alone_wants_no_frame() -> None:
    pacer = Pacer()
    pacer.key()
    assert not pacer.wanted


def test_small_changes_go_as_soon_as_there_is_credit() -> None:
    pacer = Pacer()
    sent_at(pacer, NOW)
    pacer.seen()
    pacer.changed(SMALL_BYTES)
    assert pacer.earliest() == NOW


def test_large_changes_come_sixty_times_a_second() -> None:
    pacer = Pacer()
    sent_at(pacer, NOW)
    pacer.seen()
    pacer.changed(SMALL_BYTES)
    pacer.changed(1)
    assert pacer.earliest() == NOW + FRAME_S


def test_costly_frames_come_less_often() -> None:
    pacer = Pacer()
    sent_at(pacer, NOW, cost_s=0.1)
    pacer.seen()
    pacer.changed(1)
    assert pacer.earliest() == NOW + COST_FACTOR * 0.1


def test_a_frame_that_had_nothing_takes_no_credit() -> None:
    pacer = Pacer()
    pacer.changed(1)
    pacer.nothing_new()
    assert not pacer.wanted
    pacer.changed(1)
    assert pacer.earliest() == AT_ONCE


def test_a_client_that_acks_too_much_gains_nothing() -> None:
    pacer = Pacer()
    for _ in range(5):
        pacer.seen()
    sent_at(pacer, NOW)
    pacer.changed(1)
    assert pacer.earliest() is None


def test_an_answer_leaves_what_else_changed_wanted_and_paced() -> None:
    pacer = Pacer()
    sent_at(pacer, NOW)
    pacer.seen()
    pacer.changed(2 * SMALL_BYTES, focused=False)
    pacer.key()
    pacer.changed(1)
    assert pacer.answering
    pacer.answered()
    assert not pacer.answering
    assert pacer.wanted
    pacer.seen()
    assert pacer.earliest() == NOW + FRAME_S


def test_a_change_that_cannot_be_seen_is_no_answer() -> None:
    pacer = Pacer()
    pacer.key()
    pacer.changed(1)
    pacer.unanswered()
    assert not pacer.answering
    pacer.changed(1)
    assert pacer.answering
