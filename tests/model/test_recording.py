"""asciicast v2 and v3 to events; every line that can't be is named."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from termlab.errors import RecordingError
from termlab.model import recording
from termlab.model.geometry import Size
from termlab.model.recording import (
    Event,
    Header,
    decode,
    exit_code,
    read_events,
    read_header,
)

FILES = sorted((Path(__file__).parent.parent / "recordings").glob("*.cast"))
V2 = b'{"version": 2, "width": 80, "height": 24}\n'
V3 = b'{"version": 3, "term": {"cols": 80, "rows": 24}}\n'


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.stem))
def test_a_real_recording_is_read_whole(path: Path) -> None:
    found = decode(path.read_bytes(), path.name)
    header, *lines = path.read_text().split("\n")
    assert found.header.size == Size(json.loads(header)["width"], json.loads(header)["height"])
    assert found.header.title == path.stem
    assert [list(event) for event in found.events] == [json.loads(line) for line in lines if line]


def test_v2_tells_the_time_since_the_start() -> None:
    found = decode(V2 + b'[1, "o", "a"]\n[2.5, "i", "b"]\n[2.5, "m", ""]\n', "x")
    assert found.events == (Event(1, "o", "a"), Event(2.5, "i", "b"), Event(2.5, "m", ""))


def test_v3_tells_the_time_since_the_event_before_and_has_comments() -> None:
    data = V3 + b'[1, "o", "a"]\n# a note\n[0.5, "r", "100x50"]\n[0.25, "x", "3"]\n'
    found = decode(data, "x")
    assert found.events == (Event(1, "o", "a"), Event(1.5, "r", "100x50"), Event(1.75, "x", "3"))
    assert exit_code(found.events[2]) == 3


def test_what_was_written_out_of_order_keeps_its_order() -> None:
    found = decode(V2 + b'[2, "o", "a"]\n[1, "o", "b"]\n', "x")
    assert [event.at_s for event in found.events] == [2, 2]


def test_an_event_of_an_unknown_code_is_left_out_but_its_time_passes() -> None:
    found = decode(V3 + b'[1, "z", {"any": 1}]\n[1, "o", "a"]\n', "x")
    assert found.events == (Event(2, "o", "a"),)


def test_empty_lines_and_a_missing_last_line_break_mean_nothing() -> None:
    assert decode(V2 + b'\n[1, "o", "a"]\r\n\n[2, "o", "b"]', "x").events[1].data == "b"


def test_what_a_recording_says_of_itself_is_kept_within_bounds() -> None:
    line = json.dumps(
        {"version": 2, "width": 100, "height": 30, "title": "t" * 999, "idle_time_limit": 2.5,
         "env": {"SHELL": "/bin/sh"}, "timestamp": 1}
    )  # fmt: skip
    assert read_header(line.encode(), "x") == Header(2, Size(100, 30), "t" * 256, 2.5)


def test_events_are_read_line_by_line() -> None:
    def lines() -> list[bytes]:
        return [b'[1, "o", "a"]\n', b"broken"]

    events = read_events(iter(lines()), Header(2, Size(80, 24)), "x")
    assert next(events).data == "a"
    with pytest.raises(RecordingError, match="line 3"):
        next(events)


@pytest.mark.parametrize(
    ("data", "line", "why"),
    [
        (b"", 1, "it is empty"),
        (b"\n" + V2, 1, "it is empty"),
        (b"hello", 1, "no header"),
        (b"[]", 1, "no header"),
        (b"\xff\xfe", 1, "no header"),
        (b'{"version": 1, "stdout": []}', 1, "v1"),
        (b'{"version": 4}', 1, "v4"),
        (b'{"version": 2, "width": 0, "height": 24}', 1, "0x24"),
        (b'{"version": 2, "width": 80}', 1, "80x0"),
        (b'{"version": 3, "width": 80, "height": 24}', 1, "0x0"),
        (b'{"version": 2, "width": 80, "height": 99999}', 1, "99999"),
        (b'{"version": 2, "width": 80, "height": 24, "idle_time_limit": -1}', 1, "-1"),
        (V2 + b'[1, "o"]', 2, "no event"),
        (V2 + b'[1, "o", 7]', 2, "must be a text"),
        (V2 + b'["1", "o", "a"]', 2, "no event"),
        (V2 + b'[1, "o", "a"]\n{}', 3, "no event"),
        (V2 + b'[1, "o", "\\ud800"]', 2, "no event"),
        (V2 + b'[-1, "o", "a"]', 2, "the time -1"),
        (V2 + b'[1e300, "o", "a"]', 2, "the time 1e"),
        (V3 + b'[3e7, "o", "a"]\n[3e7, "o", "a"]', 3, "the time"),
        (V2 + b'[1, "r", "80"]', 2, "'80' can't be a size"),
        (V2 + b'[1, "r", "80x0"]', 2, "'80x0' can't be a size"),
        (V2 + b'[1, "r", "1x2x3"]', 2, "can't be a size"),
        (V2 + b'[1, "r", "ax3"]', 2, "can't be the data of 'r'"),
        (V3 + b'[1, "x", "256"]', 2, "exit code"),
        (V3 + b'[1, "x", "-1"]', 2, "can't be the data of 'x'"),
    ],
)
def test_what_can_not_be_is_told_with_file_line_and_what_to_do(
    data: bytes, line: int, why: str
) -> None:
    with pytest.raises(RecordingError) as caught:
        decode(data, "'x.cast'")
    told = str(caught.value)
    assert told.startswith(f"can't play 'x.cast', line {line}: ")
    assert why in told
    assert "asciinema rec" in told
    assert caught.value.exit_code == 5


def test_lines_and_files_beyond_the_bounds_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recording, "MAX_LINE_BYTES", 64)
    with pytest.raises(RecordingError, match="line 2: it is longer than"):
        decode(V2 + b'[1, "o", "' + b"a" * 64 + b'"]', "x")
    monkeypatch.setattr(recording, "MAX_FILE_BYTES", 64)
    with pytest.raises(RecordingError, match=r"longer than .* MiB: cut it"):
        decode(V2 + b"\n" * 64, "x")


@given(st.binary(max_size=200))
def test_any_bytes_are_a_recording_or_a_recording_error(data: bytes) -> None:
    for head in (b"", V2, V3):
        try:
            decode(head + data, "x")
        except RecordingError:
            continue
