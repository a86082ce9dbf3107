"""The recordings are what other tests feed to terminals: they must be whole and tell nothing."""

import json
from pathlib import Path

import pytest

from tests.recordings.drawn import DRAWN
from tests.recordings.programs import PROGRAMS

FILES = sorted(Path(__file__).parent.glob("*.cast"))
MAX_BYTES = 60_000


def test_there_are_enough_and_each_has_a_row_in_a_table() -> None:
    assert len(FILES) >= 45
    assert {path.stem for path in FILES} == {*DRAWN, *PROGRAMS}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_recording_is_asciicast_of_its_own_size(path: Path) -> None:
    assert path.stat().st_size <= MAX_BYTES
    header, *events = [json.loads(line) for line in path.read_text().splitlines()]
    assert header["version"] == 2
    assert header["width"] > 0
    assert header["height"] > 0
    assert header["title"] == path.stem
    assert events
    assert [at for at, _, _ in events] == sorted(at for at, _, _ in events)
    assert all(kind == "o" and text for _, kind, text in events)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_recording_tells_nothing_of_the_machine_it_was_made_on(path: Path) -> None:
    text = path.read_text()
    for trace in ("/work", "/root", "/home/", "/Users/"):
        assert trace not in text


@pytest.mark.parametrize("name", sorted(DRAWN))
def test_a_drawn_recording_is_what_the_table_draws(name: str) -> None:
    lines = (Path(__file__).parent / f"{name}.cast").read_text().splitlines()[1:]
    assert [json.loads(line)[2] for line in lines] == list(DRAWN[name]())
