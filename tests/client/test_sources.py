"""Callbacks by source: runs in order, for all panes or for one."""

from collections.abc import Sequence

from termlab.client.sources import (
    FOCUS,
    KEYBOARD,
    MOUSE,
    NAMES,
    PASTE,
    RESIZE,
    SOURCE_OF,
    Given,
    Sources,
    runs,
)
from termlab.model.geometry import Size
from termlab.model.keys import MOTION, Focus, InputEvent, Key, Mouse, Paste, TerminalReply

A, B = Key("a"), Key("b")
MOVE = Mouse(1, 2, MOTION)


class Hands:
    """Keeps what it was called with."""

    def __init__(self, takes: bool = False) -> None:
        self.given: list[list[Given]] = []
        self._takes = takes

    def __call__(self, events: Sequence[Given], now: float) -> bool:
        self.given.append(list(events))
        return self._takes


def test_every_event_has_one_source_by_its_type_and_an_answer_has_none() -> None:
    assert {SOURCE_OF[type(event)] for event in (A, MOVE, Paste(b""), Focus(True))} == {
        KEYBOARD,
        MOUSE,
        PASTE,
        FOCUS,
    }
    assert SOURCE_OF[Size] == RESIZE
    assert TerminalReply not in SOURCE_OF
    assert len(NAMES) == len(SOURCE_OF)


def test_what_came_together_is_cut_where_the_source_changes() -> None:
    events: list[InputEvent] = [A, B, MOVE, MOVE, A, TerminalReply("da1"), TerminalReply("da1"), B]
    assert [(source, list(run)) for source, run in runs(events)] == [
        (KEYBOARD, [A, B]),
        (MOUSE, [MOVE, MOVE]),
        (KEYBOARD, [A]),
        (KEYBOARD, [B]),
    ]
    assert list(runs([])) == []


def test_callbacks_come_in_the_order_of_their_registration_until_they_are_gone() -> None:
    sources, first, second = Sources(), Hands(), Hands()
    sources.register(KEYBOARD, first)
    sources.register(KEYBOARD, second)
    assert list(sources.handlers[KEYBOARD]) == [first, second]
    assert not sources.handlers[MOUSE]
    sources.unregister(KEYBOARD, first)
    sources.unregister(KEYBOARD, first)
    assert list(sources.handlers[KEYBOARD]) == [second]


def test_a_pane_has_its_own_and_what_nobody_takes_goes_the_usual_way() -> None:
    sources, takes, looks = Sources(), Hands(takes=True), Hands()
    sources.register(KEYBOARD, looks, 3)
    assert not sources.deliver(KEYBOARD, 3, [A], 1.0)
    sources.register(KEYBOARD, takes, 3)
    assert sources.deliver(KEYBOARD, 3, [B], 1.0)
    assert not sources.deliver(KEYBOARD, 4, [A], 1.0)
    assert not sources.deliver(MOUSE, 3, [MOVE], 1.0)
    assert (looks.given, takes.given) == ([[A], [B]], [[B]])
    sources.unregister(KEYBOARD, takes, 3)
    sources.unregister(KEYBOARD, looks, 3)
    sources.unregister(KEYBOARD, looks, 3)
    assert not sources.deliver(KEYBOARD, 3, [A], 1.0)


def test_one_that_unregisters_itself_holds_up_nobody() -> None:
    sources, behind = Sources(), Hands()

    def once(events: Sequence[Given], now: float) -> None:
        sources.unregister(KEYBOARD, once)

    sources.register(KEYBOARD, once)
    sources.register(KEYBOARD, behind)
    for callback in sources.handlers[KEYBOARD]:
        callback([A], 1.0)
    assert behind.given == [[A]]
    assert sources.handlers[KEYBOARD] == (behind,)
