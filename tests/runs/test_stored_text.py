"""The list of runs: a line each that can be read, whatever a command was called."""

from pathlib import Path

from termlab.model.figure import Amount, Missing
from termlab.model.packed import titled
from termlab.runs.store import Store
from termlab.runs.stored_text import listed, stored_documents
from tests.runs.made import profile, run

EVIL = ("printf", "\x1b]0;owned\x07\x1b[2J\n", "\u202egnp.exe", "x" * 500)


def store(directory: Path) -> Store:
    kept = Store(str(directory / "data" / "runs.db"), clock=lambda: 1_700_000_000.0)
    kept.add(titled(profile(run(wall_s=Amount(1.5)), run(wall_s=Amount(2.5))), "base", ("slow",)))
    kept.add(profile(run(wall_s=Missing("why"), cpu_s=Missing("why")), command=EVIL))
    return kept


def test_a_line_each_with_titles(tmp_path: Path) -> None:
    titles, first, second = listed(store(tmp_path).list()).splitlines()
    words = titles.split()
    assert words == [
        "RUN",
        "WHEN",
        "NAME",
        "RUNS",
        "WALL",
        "CPU",
        "CALLS",
        "BY",
        "FOUND",
        "COMMAND",
    ]
    assert "base +slow" in first
    assert " 2.000 s " in first
    assert first.endswith("ls -R")
    assert second.split()[0] == "2"
    assert titles.index("COMMAND") == first.index("ls -R")


def test_no_command_acts_on_the_terminal_or_makes_a_line_longer_than_others(tmp_path: Path) -> None:
    text = listed(store(tmp_path).list())
    assert all(char.isprintable() for char in text.replace("\n", ""))
    assert len(text.splitlines()) == 3
    assert max(map(len, text.splitlines())) < 160


def test_on_a_terminal_a_line_has_no_more_than_its_columns(tmp_path: Path) -> None:
    lines = listed(store(tmp_path).list(), 80).splitlines()
    assert max(map(len, lines)) == 80
    assert lines[2].endswith("…")
    assert len(lines) == 3


def test_where_there_is_none_it_says_how_to_get_one() -> None:
    assert listed(()) == "no run is kept: `termlab profile CMD` measures one\n"


def test_programs_get_all_of_it(tmp_path: Path) -> None:
    first, second = stored_documents(store(tmp_path).list())
    assert first["wall_s"] == 2.0
    assert (first["name"], first["tags"], first["runs"]) == ("base", ("slow",), 2)
    assert second["command"] == EVIL
    assert (second["wall_s"], second["name"], second["calls_by"]) == (None, None, None)
