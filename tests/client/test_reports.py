import pytest

from termlab.client.reports import decode_dcs, decode_osc, decode_x10_mouse
from termlab.client.sequences import decode_csi
from termlab.model.keys import (
    ALT,
    CTRL,
    LEFT,
    MIDDLE,
    MOTION,
    PRESS,
    RELEASE,
    RIGHT,
    SHIFT,
    WHEEL_DOWN,
    WHEEL_LEFT,
    WHEEL_RIGHT,
    WHEEL_UP,
    Focus,
    InputEvent,
    Mouse,
    TerminalReply,
)

REPORTS: list[tuple[str, InputEvent]] = [
    ("<0;10;5M", Mouse(9, 4, PRESS, LEFT)),
    ("<1;1;1M", Mouse(0, 0, PRESS, MIDDLE)),
    ("<2;1;1m", Mouse(0, 0, RELEASE, RIGHT)),
    ("<32;3;4M", Mouse(2, 3, MOTION, LEFT)),
    ("<35;3;4M", Mouse(2, 3, MOTION)),
    ("<64;1;1M", Mouse(0, 0, PRESS, WHEEL_UP)),
    ("<65;1;1M", Mouse(0, 0, PRESS, WHEEL_DOWN)),
    ("<66;1;1M", Mouse(0, 0, PRESS, WHEEL_LEFT)),
    ("<67;1;1M", Mouse(0, 0, PRESS, WHEEL_RIGHT)),
    ("<128;1;1M", Mouse(0, 0, PRESS, 8)),
    ("<131;1;1m", Mouse(0, 0, RELEASE, 11)),
    ("<28;1;1M", Mouse(0, 0, PRESS, LEFT, SHIFT | ALT | CTRL)),
    ("<0;0;0M", Mouse(0, 0, PRESS, LEFT)),
    ("I", Focus(True)),
    ("O", Focus(False)),
    ("?62;4;22c", TerminalReply("da1", (62, 4, 22))),
    ("?31u", TerminalReply("kitty", (31,))),
    ("?2026;2$y", TerminalReply("mode", (2026, 2))),
    ("?997;1n", TerminalReply("scheme", (1,))),
    ("?997;2n", TerminalReply("scheme", (2,))),
    ("6;20;10t", TerminalReply("cell", (20, 10))),
    ("4;800;1200t", TerminalReply("area", (800, 1200))),
]


@pytest.mark.parametrize(("body", "event"), REPORTS, ids=[row[0] for row in REPORTS])
def test_a_report_is_an_event(body: str, event: InputEvent) -> None:
    assert decode_csi(body) == [event]


@pytest.mark.parametrize(
    "body",
    [
        *("<0;1M", "<64;1;1m", "<0;1;1x", "<0;1;99999999999M", "8;24;80t", "6;20t", "1;2I"),
        *("?1;2;3u", "?2026$y", "?2026;2;3$y", "?99999999999;1$y", "?1;2n", ">1;2c", "?x"),
        *("?997;3n", "?997n"),
    ],
)
def test_any_other_report_is_nothing(body: str) -> None:
    assert decode_csi(body) == []


def test_an_x10_mouse_counts_from_33() -> None:
    assert decode_x10_mouse(32, 33, 34) == Mouse(0, 1, PRESS, LEFT)
    assert decode_x10_mouse(35, 33, 34) == Mouse(0, 1, RELEASE, 0)
    assert decode_x10_mouse(32 + 35, 33, 33) == Mouse(0, 0, MOTION, 0)
    assert decode_x10_mouse(32 + 64, 33, 33) == Mouse(0, 0, PRESS, WHEEL_UP)


@pytest.mark.parametrize(
    ("payload", "kind", "colour"),
    [
        ("10;rgb:ffff/8080/0000", "foreground", (255, 128, 0)),
        ("11;rgb:1e1e/1e1e/2e2e", "background", (30, 30, 46)),
        ("11;rgb:1e/1E/2e", "background", (30, 30, 46)),
        ("11;rgb:f/0/8", "background", (255, 0, 136)),
        ("11;rgba:0000/0000/0000/cccc", "background", (0, 0, 0)),
    ],
)
def test_a_colour_is_three_bytes(payload: str, kind: str, colour: tuple[int, ...]) -> None:
    assert decode_osc(payload) == [TerminalReply(kind, colour)]


@pytest.mark.parametrize(
    "payload",
    [
        *("", "11", "11;?", "12;rgb:0/0/0", "11;rgb:0/0", "11;rgb:00000/0/0", "11;rgb:g/0/0"),
        *("11;rgb:0/0/0/0", "11;rgb:/0/0", "11;rgb:-1/0/0", "11;rgb:0_0/0/0", "11;#000000"),
    ],
)
def test_what_is_no_colour_is_nothing(payload: str) -> None:
    assert decode_osc(payload) == []


@pytest.mark.parametrize(
    ("payload", "reply"),
    [
        ("1$r0;4:3;48:2::1:2:3m", TerminalReply("pen", text="0;4:3;48:2::1:2:3")),
        ("1$rm", TerminalReply("pen")),
        ("1+r524742=38", TerminalReply("capability", text="RGB=8")),
        ("1+r5463", TerminalReply("capability", text="Tc")),
        (">|foot(1.16)", TerminalReply("version", text="foot(1.16)")),
    ],
)
def test_a_string_of_the_terminal_is_its_answer(payload: str, reply: TerminalReply) -> None:
    assert decode_dcs(payload) == [reply]


def test_capabilities_may_come_together_and_those_that_are_none_are_left_out() -> None:
    told = decode_dcs("1+r436F=323536;zz=00;;4D73")
    assert [reply.text for reply in told if isinstance(reply, TerminalReply)] == ["Co=256", "Ms"]


@pytest.mark.parametrize(
    "payload",
    ["", "0$r", "1$r0;4:3", "1$rxm", "1$r1 q", "0+r524742", "1+r", "1+r5", ">|", ">| \x80", "q"],
)
def test_any_other_string_is_nothing(payload: str) -> None:
    assert decode_dcs(payload) == []
