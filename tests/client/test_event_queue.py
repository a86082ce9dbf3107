"""A ring of events: what goes in comes out, in order, but for motion that newer motion replaced."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from termlab.client.event_queue import SLACK_EVENTS, EventQueue
from termlab.model.keys import (
    LEFT,
    MOTION,
    PRESS,
    RELEASE,
    REPEAT,
    Focus,
    InputEvent,
    Key,
    Mouse,
    Paste,
)

A = Key("a")


def pushed(queue: EventQueue, *events: InputEvent) -> list[bool]:
    return [queue.push(event, float(number)) for number, event in enumerate(events)]


def test_a_view_shows_what_waits_with_its_time_until_it_is_consumed() -> None:
    queue = EventQueue(16)
    pushed(queue, A, Focus(True), Paste(b"x"))
    view = queue.view(2)
    assert list(view) == [A, Focus(True)]
    assert (view[-1], view[0:5:2], view.stamps()) == (Focus(True), [A], [0.0, 1.0])
    with pytest.raises(IndexError, match="event 2 of a view of 2"):
        view[2]
    assert len(queue) == 3
    queue.consume(2)
    assert (queue.view()[:], queue.high_water) == ([Paste(b"x")], 3)
    with pytest.raises(ValueError, match="2 events of 1"):
        queue.consume(2)


def test_it_is_full_at_its_size_and_takes_what_one_sequence_may_become() -> None:
    queue = EventQueue(4)
    pushed(queue, *[A] * 4)
    assert queue.room == 0
    pushed(queue, *[A] * SLACK_EVENTS)
    assert queue.room == 0
    with pytest.raises(AssertionError, match="without a look"):
        queue.push(A, 1.0)
    queue.consume(SLACK_EVENTS + 1)
    assert queue.room == 1


def test_of_motion_the_newest_place_goes_on_with_the_time_of_the_oldest() -> None:
    queue = EventQueue()
    moves = [Mouse(x, 0, MOTION) for x in range(5)]
    assert pushed(queue, *moves) == [True, False, False, False, False]
    view = queue.view()
    assert (view[:], view.stamps(), queue.merged) == ([moves[4]], [0.0], 4)


def test_repeats_give_way_only_where_that_is_asked() -> None:
    held = Key("a", action=REPEAT)
    queue = EventQueue()
    assert pushed(queue, held, held) == [True, True]
    queue.merge_repeats = True
    assert pushed(queue, held, A, A, held, Key("b", action=REPEAT)) == [
        False,
        True,
        True,
        True,
        True,
    ]


def test_with_the_flag_off_no_motion_is_lost() -> None:
    queue = EventQueue()
    queue.merge_motion = False
    assert pushed(queue, Mouse(1, 1, MOTION), Mouse(2, 1, MOTION)) == [True, True]


@given(st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40), st.booleans()), max_size=40))
def test_round_and_round_nothing_changes_places(turns: list[tuple[int, int, bool]]) -> None:
    queue = EventQueue(16)
    came: list[InputEvent] = []
    stamps: list[float] = []
    count = 0
    for more, fewer, at_once in turns:
        keys = [Key(str(count + number)) for number in range(more)]
        if len(queue) + more > 16 + SLACK_EVENTS:
            continue
        if at_once:
            queue.extend(keys, float(count))
        else:
            for key in keys:
                queue.push(key, float(count))
        count += more
        view = queue.view(min(fewer, len(queue)))
        assert [view[index] for index in range(len(view))] == list(view) == view[:]
        assert [view.stamp(index) for index in range(len(view))] == view.stamps()
        came += view
        stamps += view.stamps()
        queue.consume(len(view))
    came += queue.view()
    stamps += queue.view().stamps()
    assert came == [Key(str(number)) for number in range(count)]
    assert stamps == sorted(stamps)


def test_another_size_keeps_what_waits() -> None:
    queue = EventQueue(16)
    for turn in range(3):  # until it begins in the middle of the ring
        pushed(queue, *[Key(str(turn))] * 60)
        queue.consume(59 + (turn > 0))
    queue.extend([A, A], 1.0)
    queue.consume(1)
    assert queue.view()[:] == [A, A]
    queue.consume(1)
    keys = [Key(str(number)) for number in range(12)]
    pushed(queue, *keys)
    queue.resize(8)
    assert (queue.room, queue.view()[:]) == (0, [A, *keys])
    queue.resize(32)
    assert (queue.room, queue.view()[:], queue.view().stamps()) == (
        19,
        [A, *keys],
        [1.0, *map(float, range(12))],
    )


moves = st.builds(
    Mouse,
    st.integers(0, 3),
    st.just(0),
    st.sampled_from([PRESS, RELEASE, MOTION, MOTION, MOTION]),
    st.sampled_from([0, LEFT]),
)
anything = st.one_of(
    moves, moves, st.builds(Key, st.sampled_from("ab")), st.builds(Focus, st.booleans())
)


def motionless(events: list[InputEvent]) -> list[InputEvent]:
    return [e for e in events if not (isinstance(e, Mouse) and e.action == MOTION)]


def ends_of_motion(events: list[InputEvent]) -> list[InputEvent]:
    """``events`` with each run of motion with one button made its last."""
    kept: list[InputEvent] = []
    for event in events:
        last = kept[-1] if kept else None
        same = isinstance(event, Mouse) and isinstance(last, Mouse) and event.action == MOTION
        if same and (last.action, last.button) == (MOTION, event.button):  # type: ignore[union-attr]
            kept.pop()
        kept.append(event)
    return kept


@given(st.lists(st.lists(anything, max_size=12), max_size=12), st.integers(1, 7))
def test_merging_crosses_nothing_and_changes_no_order(
    bursts: list[list[InputEvent]], batch: int
) -> None:
    queue = EventQueue(16)
    came: list[InputEvent] = []
    wanted: list[InputEvent] = []
    for burst in bursts:
        pushed(queue, *burst)
        wanted += ends_of_motion(burst)
        while len(queue):
            view = queue.view(batch)
            came += view[:]
            queue.consume(len(view))
    assert came == wanted
    every = [event for burst in bursts for event in burst]
    assert motionless(came) == motionless(every)
    assert len(came) + queue.merged == len(every)
