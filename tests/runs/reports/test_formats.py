"""The formats of a report."""

import json

import pytest

from termlab.commands.examples import NOTES
from termlab.errors import TargetError, UsageError
from termlab.runs.reports.formats import FORMATS, format_of
from termlab.runs.reports.subject import FLAME, RECORDING, Subject
from tests.runs.made import profile, run
from tests.runs.reports.test_cast_marks import V3
from tests.runs.rich import rich_profile

FILES = {FLAME: b"main;draw 3\n", RECORDING: V3}


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("r.html", "html"),
        ("R.HTM", "html"),
        ("a/b.md", "md"),
        ("x.json", "json"),
        ("x.csv", "csv"),
        ("x.cast", "cast"),
        ("x.perfetto", "perfetto"),
        ("x.perfetto.json", "perfetto"),
        ("x.speedscope.json", "speedscope"),
        ("x.folded", "folded"),
    ],
)
def test_the_end_of_its_name_says_what_a_file_is(path: str, name: str) -> None:
    assert format_of(path, "").name == name


def test_a_format_that_is_asked_for_stands_above_the_name() -> None:
    assert format_of("x.json", "csv").name == "csv"


@pytest.mark.parametrize(("path", "asked"), [("x.doc", ""), ("", ""), ("x.md", "doc")])
def test_what_is_none_is_told_with_the_list(path: str, asked: str) -> None:
    with pytest.raises(
        UsageError, match="html, md, json, schema, csv, cast, perfetto, speedscope, folded"
    ):
        format_of(path, asked)


@pytest.mark.parametrize("kind", FORMATS, ids=lambda kind: kind.name)
def test_each_is_written_as_text_that_ends_its_last_line(kind: object) -> None:
    written = kind.write(Subject(rich_profile(1), "run 1", 0.0, FILES.get))  # type: ignore[attr-defined]
    assert written.endswith("\n")


@pytest.mark.parametrize("name", ["json", "perfetto", "speedscope"])
def test_what_is_json_can_be_read(name: str) -> None:
    said = json.loads(format_of("", name).write(Subject(rich_profile(1), attachment=FILES.get)))
    assert isinstance(said, dict)


@pytest.mark.parametrize("name", ["speedscope", "folded"])
def test_without_stacks_it_says_how_to_sample_them(name: str) -> None:
    with pytest.raises(TargetError, match="profile --flame"):
        format_of("", name).write(Subject(profile(run())))


def test_the_help_of_the_command_names_the_end_of_every_format() -> None:
    (said,) = NOTES["report"]
    assert all(f" {kind.endings[0]} " in said for kind in FORMATS)
