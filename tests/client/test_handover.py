"""Who has the person's hands, as a dialogue: given, consumed, released, abandoned."""

from termlab.client.handover import (
    MAX_WAITING,
    MAX_WAITING_BYTES,
    STUCK_S,
    Hand,
    Handover,
    NoUi,
)
from termlab.model.keys import Key, Paste
from termlab.wire.messages import ClientOptions, News, VitalsUpdate

A, B, C = Key("a", text="a"), Key("b", text="b"), Key("c", text="c")


class Listening:
    """A ui that takes everything and does nothing."""

    def __init__(self, refusal: str = "") -> None:
        self.opened: list[tuple[int, tuple[str, ...]]] = []
        self.given: list[tuple[int, Hand]] = []
        self._refusal = refusal

    def open(self, number: int, argv: tuple[str, ...]) -> str:
        self.opened.append((number, argv))
        return self._refusal

    def give(self, number: int, event: Hand) -> None:
        self.given.append((number, event))

    def measured(self, update: VitalsUpdate) -> None: ...

    def peeked(self, news: News) -> None: ...

    def reload(self, options: ClientOptions) -> None: ...

    @property
    def available(self) -> bool:
        return True

    @property
    def keeps_up(self) -> bool:
        return True


def test_events_are_numbered_from_the_one_that_opened() -> None:
    ui = Listening()
    hands = Handover(ui)
    assert hands.start(("list-keys",), 0.0) == ""
    hands.give(A, 0.1)
    hands.give(B, 0.2)
    assert ui.opened == [(1, ("list-keys",))]
    assert ui.given == [(2, A), (3, B)]


def test_what_was_not_consumed_comes_back_in_order() -> None:
    hands = Handover(Listening())
    hands.start(("list-keys",), 0.0)
    for key in (A, B, C):
        hands.give(key, 0.0)
    assert hands.release(2, 0.1) == [B, C]
    assert not hands.open


def test_a_ui_that_can_not_open_leaves_the_hands_where_they_are() -> None:
    hands = Handover(Listening("it is starting"))
    assert hands.start(("list-keys",), 0.0) == "it is starting"
    assert not hands.open
    assert "list-keys" in Handover(NoUi()).start(("list-keys",), 0.0)


def test_a_ui_is_stuck_when_it_leaves_an_event_alone() -> None:
    hands = Handover(Listening())
    hands.start(("list-keys",), 0.0)
    assert hands.deadline() is None
    hands.give(A, 1.0)
    assert hands.deadline() == 1.0 + STUCK_S
    hands.give(B, 2.0)
    hands.consumed(2, 2.5)
    assert not hands.stuck(2.5)
    assert hands.stuck(2.5 + STUCK_S)
    hands.consumed(3, 2.6)
    assert hands.deadline() is None


def test_what_is_typed_beyond_the_bound_is_refused_and_counted() -> None:
    ui = Listening()
    hands = Handover(ui)
    hands.start(("list-keys",), 0.0)
    for _ in range(MAX_WAITING + 2):
        hands.give(A, 0.0)
    assert len(ui.given) == MAX_WAITING
    assert hands.refused == 2
    assert len(hands.abandon()) == MAX_WAITING


def test_what_is_open_gets_no_second_one() -> None:
    ui = Listening()
    hands = Handover(ui)
    assert hands.start(("list-keys",), 0.0) == hands.start(("list-keys",), 0.0) == ""
    assert len(ui.opened) == 1


def test_pastes_beyond_their_bound_are_refused_until_some_are_consumed() -> None:
    hands = Handover(Listening())
    hands.start(("list-keys",), 0.0)
    part = Paste(b"x" * (MAX_WAITING_BYTES // 2))
    for _ in range(3):
        hands.give(part, 0.0)
    assert hands.refused == 1
    hands.consumed(2, 0.1)
    hands.give(part, 0.2)
    assert hands.refused == 1
    assert hands.release(3, 0.3) == [part]


def test_a_ui_nobody_listened_to_is_not_stuck() -> None:
    hands = Handover(Listening())
    hands.start(("list-keys",), 0.0)
    hands.give(A, 0.0)
    hands.heard_again(100.0)
    assert not hands.stuck(100.0)
    assert hands.deadline() == 100.0 + STUCK_S


def test_a_number_of_what_was_open_before_is_told_from_one_of_now() -> None:
    hands = Handover(Listening())
    assert not hands.concerns(1)
    hands.start(("list-keys",), 0.0)
    hands.give(A, 0.0)
    hands.give(B, 0.0)
    hands.release(2, 0.0)
    hands.start(("list-keys",), 0.0)
    assert not hands.concerns(3)
    assert hands.concerns(4)


def test_where_no_ui_is_yet_it_says_why_and_that_it_was_asked() -> None:
    nobody = NoUi("it comes")
    hands = Handover(nobody)
    assert hands.start(("list-keys",), 0.0) == "list-keys: it comes"
    assert nobody.asked
    hands.join(Listening())
    assert hands.start(("list-keys",), 0.0) == ""
