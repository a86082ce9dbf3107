"""The words of `replay`, as numbers."""

import math

import pytest

from termlab.commands.parse import parse
from termlab.commands.playing import read_playing
from termlab.errors import UsageError
from termlab.model.recording import Playing


@pytest.mark.parametrize(
    ("words", "playing"),
    [
        ([], Playing(1.0, None)),
        (["--speed", "2.5"], Playing(2.5, None)),
        (["--speed", "0"], Playing(0.0, None)),
        (["--speed", "inf"], Playing(math.inf, None)),
        (["--idle-limit", "2"], Playing(1.0, 2.0)),
        (["--idle-limit", "0"], Playing(1.0, 0.0)),
    ],
)
def test_how_to_play_is_read(words: list[str], playing: Playing) -> None:
    assert read_playing(parse(["replay", *words, "x.cast"])) == playing
    assert read_playing(parse(["replay", "x.cast", *words])) == playing


@pytest.mark.parametrize(
    "words",
    [
        ["--speed", "fast"],
        ["--speed", "-1"],
        ["--speed", "nan"],
        ["--speed", "0.0001"],
        ["--speed", "5000"],
        ["--idle-limit", "2s"],
        ["--idle-limit", "-1"],
        ["--idle-limit", "inf"],
        ["--idle-limit", "nan"],
    ],
)
def test_what_can_not_be_is_refused_with_what_can(words: list[str]) -> None:
    with pytest.raises(UsageError, match=r"replay: the .* can't be: give"):
        read_playing(parse(["replay", *words, "x.cast"]))
