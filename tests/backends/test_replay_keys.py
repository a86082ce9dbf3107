"""What is typed at a recording, among all else a terminal writes to a program."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from termlab.backends.replay_keys import CONTROLS, ReplayKeys


def test_each_key_has_its_meaning() -> None:
    assert ReplayKeys().read(b" .+-q\x03") == [
        "toggle", "step", "faster", "slower", "quit", "interrupt",
    ]  # fmt: skip


def test_other_keys_mean_nothing() -> None:
    assert ReplayKeys().read("aQ\r\x1bq\t\x04é漢".encode()) == []


@pytest.mark.parametrize(
    "data",
    [
        b"\x1b[A\x1bOq\x1b[1;5C\x1b[3~",  # arrows, F-keys
        b"\x1b[M q.",  # an X10 mouse report is any three bytes
        b"\x1b[<0;10;5M\x1b[<35;1;1m",
        b"\x1b[I\x1b[O",
        b"\x1b[?62;1;6c\x1b[24;80R",
        b"\x1bP>|termlab 0.1 +q.-\x1b\\",
        b"\x1b]11;rgb:0/0/0 q\x07",
        b"\x1b q-"[:2],  # Alt and a key
        b"\x1b",
        b"\x1bP cut off q",
    ],
)
def test_reports_answers_and_other_sequences_mean_nothing(data: bytes) -> None:
    keys = ReplayKeys()
    assert keys.read(data) == []
    assert keys.read(b"q") == ["quit"]


def test_keys_as_a_kitty_keyboard_reports_them_are_keys() -> None:
    keys = ReplayKeys()
    assert keys.read(b"\x1b[99;5u\x1b[113u\x1b[32;1:1u\x1b[46;1;46u") == [
        "interrupt", "quit", "toggle", "step",
    ]  # fmt: skip
    assert keys.read(b"\x1b[113;1:3u\x1b[57441;5u\x1b[99999999999;5u\x1b[113;3u") == []


def test_a_paste_is_no_typing_however_it_is_cut() -> None:
    keys = ReplayKeys()
    assert keys.read(b".\x1b[200~ q") == ["step"]
    assert keys.read(b"q\x03") == []
    assert keys.read(b"q\x1b[201~+") == ["faster"]


@given(st.lists(st.sampled_from([*CONTROLS, "\x1b[", "\x1bP", "M", "u", "5;", "\x1b", "~"])))
def test_anything_can_be_typed(parts: list[str]) -> None:
    ReplayKeys().read("".join(parts).encode())
