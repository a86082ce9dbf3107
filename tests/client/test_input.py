from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from termlab.client.input import (
    ANSWERING_S,
    CSI_LIMIT,
    ESCAPE_S,
    PASTE_S,
    SEQUENCE_S,
    STRING_LIMIT,
    InputParser,
)
from termlab.model.keys import (
    ALT,
    CTRL,
    PRESS,
    SHIFT,
    Focus,
    InputEvent,
    Key,
    Mouse,
    Paste,
    TerminalReply,
)

ESCAPE = Key("Escape")


def typed(text: str) -> list[InputEvent]:
    return [Key(char, text=char) for char in text]


STREAMS: dict[str, tuple[bytes, list[InputEvent]]] = {
    "text": ("aß€😀 ".encode(), typed("aß€😀 ")),
    "control letters": (b"\x01\x02\x1a", [Key("a", CTRL), Key("b", CTRL), Key("z", CTRL)]),
    "NUL is C-Space": (b"\x00", [Key(" ", CTRL)]),
    "the other controls": (
        b"\x1c\x1d\x1e\x1f",
        [Key("\\", CTRL), Key("]", CTRL), Key("^", CTRL), Key("_", CTRL)],
    ),
    "named controls": (b"\t\r\x7f", [Key("Tab"), Key("Enter"), Key("Backspace")]),
    "line feed is C-j": (b"\n", [Key("j", CTRL)]),
    "C-h is not Backspace": (b"\x08", [Key("h", CTRL)]),
    "Alt": (b"\x1ba\x1bA", [Key("a", ALT), Key("A", ALT)]),
    "Alt and UTF-8": ("\x1bß".encode(), [Key("ß", ALT)]),
    "Alt and controls": (
        b"\x1b\r\x1b\x02\x1b\x7f\x1b\x00",
        [Key("Enter", ALT), Key("b", CTRL | ALT), Key("Backspace", ALT), Key(" ", CTRL | ALT)],
    ),
    "an arrow": (b"\x1b[A", [Key("Up")]),
    "text around an arrow": (b"a\x1b[Ab", [*typed("a"), Key("Up"), *typed("b")]),
    "SS3": (b"\x1bOP\x1bOA\x1bOa", [Key("F1"), Key("Up"), Key("Up", CTRL)]),
    "Linux console": (b"\x1b[[A\x1b[[E", [Key("F1"), Key("F5")]),
    "rxvt Shift": (b"\x1b[3$x", [Key("Delete", SHIFT), *typed("x")]),
    "Alt by ESC before a sequence": (b"\x1b\x1b[A\x1b\x1bOA", [Key("Up", ALT)] * 2),
    "Escape before a report": (b"\x1b\x1b[I", [ESCAPE, Focus(True)]),
    "Escape before Alt": (b"\x1b\x1ba", [ESCAPE, Key("a", ALT)]),
    "Escape before a paste": (b"\x1b\x1b[200~x\x1b[201~", [ESCAPE, Paste(b"x")]),
    "Alt-[ held down": (b"\x1b[\x1b[\x1b[A", [Key("[", ALT), Key("[", ALT), Key("Up")]),
    "Alt-O held down": (b"\x1bO\x1bO\x1bOA", [Key("O", ALT), Key("O", ALT), Key("Up")]),
    "Alt-] held down": (b"\x1b]\x1b]\r", [Key("]", ALT), Key("]", ALT), Key("Enter")]),
    "Alt-P, then Enter": (b"\x1bP\r", [Key("P", ALT), Key("Enter")]),
    "Alt-O, then a letter that ends no SS3": (b"\x1bOz", [Key("O", ALT), *typed("z")]),
    "kitty": (b"\x1b[98;5u", [Key("b", CTRL, base="b")]),
    "SGR mouse": (b"\x1b[<0;1;2M", [Mouse(0, 1, PRESS, 1)]),
    "X10 mouse": (b"\x1b[M !\xff", [Mouse(0, 222, PRESS, 1)]),
    "X10 mouse cut off": (b"\x1b[M \x1b[A", [Key("Up")]),
    "focus": (b"\x1b[I\x1b[O", [Focus(True), Focus(False)]),
    "OSC 11 with ST": (
        b"\x1b]11;rgb:ffff/8080/0000\x1b\\",
        [TerminalReply("background", (255, 128, 0))],
    ),
    "OSC 10 with BEL": (b"\x1b]10;rgb:ff/80/00\x07", [TerminalReply("foreground", (255, 128, 0))]),
    "DA1": (b"\x1b[?62;22c", [TerminalReply("da1", (62, 22))]),
    "paste": (b"\x1b[200~a\x1b[A\n\x1b[201~b", [Paste(b"a\x1b[A\n"), *typed("b")]),
    "an empty paste": (b"\x1b[200~\x1b[201~", [Paste(b"")]),
    "a paste of parts of the marker": (
        b"\x1b[200~\x1b[20\x1b[201\x1b\x1b[201~",
        [Paste(b"\x1b[20\x1b[201\x1b")],
    ),
    "the end of no paste": (b"\x1b[201~a", typed("a")),
    "an unknown CSI": (b"\x1b[?998;1n\x1b[5;7R\x1b[>1;2ca", typed("a")),
    "an unknown OSC": (b"\x1b]52;c;YWJj\x07a", typed("a")),
    "an unknown DCS": (b"\x1bP0$r\x1b\\\x1bP0+r524742\x1b\\\x1bP1$rq\x1b\\a", typed("a")),
    "answers, and a key": (
        b"\x1b[?997;2n\x1bP>|xterm(370)\x1b\\\x1bP1$r0;4:3m\x1b\\\x1bP1+r436F=323536\x1b\\a",
        [
            TerminalReply("scheme", (2,)),
            TerminalReply("version", text="xterm(370)"),
            TerminalReply("pen", text="0;4:3"),
            TerminalReply("capability", text="Co=256"),
            *typed("a"),
        ],
    ),
    "an unknown APC": ("\x1b_Gi=1;OKß\x1b\\a".encode(), typed("a")),
    "a CSI too long to be known": (b"\x1b[" + b"1;" * CSI_LIMIT + b"Aa", typed("a")),
    "an OSC too long to be known": (
        b"\x1b]11;" + b"x" * 3 * STRING_LIMIT + b"\x1b\\\x1b[A",
        [Key("Up")],
    ),
    "a CSI cut off by a control byte": (b"\x1b[1;5\rA", [Key("Enter"), *typed("A")]),
    "a string cut off by a control byte": (b"\x1b]11;rgb\x03a", [Key("c", CTRL), *typed("a")]),
    "a string cut off by a sequence": (b"\x1bPabc\x1b[A", [Key("Up")]),
    "bytes that are no UTF-8": (b"a\xff\x80\xc3b\xe2\x82c", typed("abc")),
    "a surrogate, an overlong slash": (b"\xed\xa0\x80\xc0\xafa", typed("a")),
    "C1 controls": ("\x85\x9ba".encode(), typed("a")),
    "Alt and a byte that is no UTF-8": (b"\x1b\xffa", [ESCAPE, *typed("a")]),
}


def joined(events: list[InputEvent]) -> list[InputEvent]:
    """``events`` with the parts of each paste put together: where a paste is cut is free."""
    result: list[InputEvent] = []
    for event in events:
        if isinstance(event, Paste) and not event.first:
            before = result.pop()
            assert isinstance(before, Paste)
            assert not before.last
            event = Paste(before.data + event.data, True, event.last)
        result.append(event)
    return result


def fed(pieces: list[bytes]) -> list[InputEvent]:
    parser = InputParser()
    return joined([event for piece in pieces for event in parser.feed(piece, 0.0)])


@pytest.mark.parametrize(("data", "events"), STREAMS.values(), ids=STREAMS)
def test_bytes_mean_events_in_one_read_and_in_reads_of_one_byte(
    data: bytes, events: list[InputEvent]
) -> None:
    assert fed([data]) == events
    assert fed([bytes([byte]) for byte in data]) == events


def test_erase_says_which_byte_is_backspace() -> None:
    assert InputParser(erase=8).feed(b"\x08\x7f", 0.0) == [Key("Backspace")] * 2


def test_text_is_never_held_back() -> None:
    parser = InputParser()
    assert parser.feed(b"ab\x1b", 0.0) == typed("ab")
    assert parser.feed(b"[Acd\x1b[1", 0.0) == [Key("Up"), *typed("cd")]
    assert parser.feed(b";5B\xc3", 0.0) == [Key("Down", CTRL)]
    assert parser.feed(b"\x9fe\x1b]11;", 0.0) == typed("ße")


def test_an_incomplete_character_needs_no_timer() -> None:
    parser = InputParser()
    assert parser.feed(b"\xe2\x82", 0.0) == []
    assert parser.deadline() is None
    assert parser.expire(100.0) == []
    assert parser.feed(b"\xac", 100.0) == typed("€")


@pytest.mark.parametrize(
    ("data", "events"),
    [
        (b"\x1b", [ESCAPE]),
        (b"\x1b\x1b", [Key("Escape", ALT)]),
        (b"\x1b[", [Key("[", ALT)]),
        (b"\x1bO", [Key("O", ALT)]),
        (b"\x1b]", [Key("]", ALT)]),
        (b"\x1bP", [Key("P", ALT)]),
        (b"\x1b_", [Key("_", ALT)]),
        (b"\x1b\x1b[", [ESCAPE, Key("[", ALT)]),
    ],
)
def test_what_may_be_a_key_is_one_after_25_ms(data: bytes, events: list[InputEvent]) -> None:
    parser = InputParser()
    assert parser.feed(data, 10.0) == []
    assert parser.deadline() == 10.0 + ESCAPE_S
    assert parser.expire(10.0 + ESCAPE_S / 2) == []
    assert parser.expire(10.0 + ESCAPE_S) == events
    assert parser.deadline() is None
    assert parser.feed(b"[A", 11.0) == typed("[A")


def test_only_expire_takes_a_late_sequence_apart() -> None:
    parser = InputParser()
    parser.feed(b"\x1b", 0.0)
    assert parser.feed(b"[A", 9.0) == [Key("Up")]
    assert parser.deadline() is None


@pytest.mark.parametrize(
    "data", [b"\x1b[1;", b"\x1b]11;rgb", b"\x1bPabc", b"\x1b_G", b"\x1bO5", b"\x1b[M!", b"\x1b[["]
)
def test_a_sequence_that_never_ends_is_dropped_a_second_after_it_began(data: bytes) -> None:
    parser = InputParser()
    assert parser.feed(data[:2], 0.0) == []
    assert parser.feed(data[2:], 0.01) == []
    assert parser.feed(b"", 0.5) == []
    assert parser.deadline() == pytest.approx(0.01 + SEQUENCE_S)
    assert parser.expire(0.01 + SEQUENCE_S) == []
    assert parser.feed(b"a", 3.0) == typed("a")


def test_half_a_character_after_escape_is_no_key() -> None:
    parser = InputParser()
    assert parser.feed(b"\x1b\xc3", 0.0) == []
    assert parser.deadline() == SEQUENCE_S
    assert parser.expire(SEQUENCE_S) == []


def test_typing_into_an_unfinished_string_does_not_move_its_deadline() -> None:
    parser = InputParser()
    parser.feed(b"\x1b]52;", 0.0)
    for tenth in range(1, 10):
        assert parser.feed(b"x" * 100, tenth / 10) == []
    assert parser.deadline() == SEQUENCE_S
    parser.expire(SEQUENCE_S)
    assert parser.feed(b"a", SEQUENCE_S) == typed("a")


def test_a_new_sequence_gets_a_new_deadline() -> None:
    parser = InputParser()
    parser.feed(b"\x1b[1", 0.0)
    parser.feed(b"A\x1b[1", 0.9)
    assert parser.deadline() == 0.9 + SEQUENCE_S


def test_a_paste_streams() -> None:
    parser = InputParser()
    assert parser.feed(b"\x1b[200~ab\x1b[20", 0.0) == [Paste(b"ab", True, False)]
    assert parser.feed(b"cd", 0.0) == [Paste(b"\x1b[20cd", False, False)]
    assert parser.feed(b"\x1b[201~", 0.0) == [Paste(b"", False, True)]
    assert parser.deadline() is None


def test_a_paste_that_never_ends_is_over_five_seconds_after_its_last_byte() -> None:
    parser = InputParser()
    parser.feed(b"\x1b[200~a", 0.0)
    parser.feed(b"b\x1b[2", 4.0)
    assert parser.deadline() == 4.0 + PASTE_S
    assert parser.expire(4.0 + PASTE_S) == [Paste(b"\x1b[2", False, True)]
    assert parser.feed(b"c", 9.0) == typed("c")


def test_a_second_paste_begins_with_first() -> None:
    assert fed([b"\x1b[200~a\x1b[201~\x1b[200~b\x1b[201~"]) == [Paste(b"a"), Paste(b"b")]


# Streams of pieces that begin, continue and end sequences, more telling than random bytes.
fragments = st.sampled_from(
    [
        *(data for data, _ in STREAMS.values()),
        *(
            b"\x1b",
            b"\x1b[",
            b"\x1bO",
            b"\x1b]",
            b"\x1bP",
            b"[",
            b"M",
            b"$",
            b";",
            b":",
            b"1",
            b"u",
        ),
        *(b"~", b"\\", b"\x07", b"\r", b"\xe2", b"\x82", b"200~", b"\x1b[200~", b"\x1b[201~"),
    ]
)
streams = st.lists(fragments | st.binary(max_size=6), max_size=12).map(b"".join)


@given(streams, st.data())
@example(b"\x1b\x1b[1", None)
def test_where_reads_cut_the_stream_changes_nothing(
    data: bytes, draw: st.DataObject | None
) -> None:
    cuts = draw.draw(st.lists(st.integers(0, len(data)))) if draw else range(len(data))
    edges = [0, *sorted(cuts), len(data)]
    assert fed([data[start:end] for start, end in pairwise(edges)]) == fed([data])


@given(st.lists(streams | st.binary(max_size=2000), max_size=8))
def test_garbage_neither_raises_nor_stays(reads: list[bytes]) -> None:
    parser = InputParser()
    now = 0.0
    for data in reads:
        parser.feed(data, now)
        assert len(parser._held) <= STRING_LIMIT + 2
        now += 0.1
    due = parser.deadline()
    if due is not None:
        parser.expire(due)
        assert parser.deadline() is None
        assert parser._held == b""
    assert parser.feed(b"\x00z", now)[-1] == Key("z", text="z")


def test_an_escape_behind_an_answer_waits_for_the_rest_of_the_next() -> None:
    parser = InputParser()
    (answer,) = parser.feed(b"\x1b[?2026;2$y\x1b", 0.0)
    assert isinstance(answer, TerminalReply)
    assert parser.deadline() == ANSWERING_S
    assert parser.expire(ESCAPE_S) == []
    assert parser.feed(b"[?62c", 0.1) == [TerminalReply("da1", (62,))]
    parser.feed(b"\x1b[?62c\x1b", 1.0)
    assert parser.expire(1.0 + ANSWERING_S) == [Key("Escape")]
    parser.feed(b"\x1b", 2.0)
    assert parser.deadline() == 2.0 + ESCAPE_S
