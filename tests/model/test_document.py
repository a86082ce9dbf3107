"""The document of a profile, and its schema."""

import json
from importlib.resources import files
from typing import Any

import jsonschema
import pytest

from termlab.model.document import decode, encode, from_columns, schema, to_columns
from termlab.model.metrics import FIGURES
from termlab.model.timeline import Sample
from termlab.runs.export import document
from tests.runs.made import profile, run
from tests.runs.reports.hostile import hostile_profile
from tests.runs.rich import rich_profile


def test_the_published_schema_is_that_of_the_records() -> None:
    """`termlab report --format schema -o termlab/runs/run.schema.json` writes it anew."""
    path = files("termlab.runs").joinpath("run.schema.json")
    assert json.loads(path.read_text(encoding="utf-8")) == json.loads(json.dumps(schema()))


@pytest.mark.parametrize(
    "made", [rich_profile(3), profile(run(None, "SIGKILL")), profile(), hostile_profile()]
)
def test_every_document_is_as_the_schema_says(made: Any) -> None:
    jsonschema.Draft202012Validator.check_schema(schema())
    jsonschema.validate(json.loads(encode(document(made))), schema())


def test_the_schema_says_what_each_figure_is() -> None:
    properties = schema()["$defs"]["RunSaid"]["properties"]["figures"]["properties"]
    assert list(properties) == [row.name for row in FIGURES]
    assert properties["wall_s"]["description"].endswith("wall time (s)")


def test_another_thing_does_not_pass() -> None:
    good = json.loads(encode(document(rich_profile(1))))
    for change in ({"version": 1}, {"runs": "x"}, {"command": None}):
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate(good | change, schema())


@pytest.mark.parametrize("data", [b"", b"[]", b"{}", b"\xff", b'{"version": 2}'])
def test_bytes_that_are_none_are_told(data: bytes) -> None:
    with pytest.raises(ValueError):  # noqa: PT011  # whichever sentence msgspec has for it
        decode(data)


def test_another_version_is_told() -> None:
    later = json.loads(encode(document(profile(run())))) | {"version": 3}
    with pytest.raises(ValueError, match="it has version 3, and this termlab reads 2"):
        decode(json.dumps(later).encode())


def test_columns_are_records_again() -> None:
    samples = (Sample(0.0, 1.5), Sample(1.0, None, 7, idle=True))
    columns = to_columns(Sample, samples)
    assert columns == {
        "at_s": (0.0, 1.0),
        "cpu_percent": (1.5, None),
        "rss_bytes": (None, 7),
        "idle": (False, True),
    }
    assert from_columns(Sample, columns) == samples
    assert from_columns(Sample, columns | {"later": (1, 2)}) == samples
    assert from_columns(Sample, {}) == ()


@pytest.mark.parametrize("columns", [{"at_s": (None,)}, {"at_s": (1.0, 2.0), "idle": (True,)}])
def test_columns_that_make_no_records_are_told(columns: Any) -> None:
    with pytest.raises(ValueError):  # noqa: PT011  # whichever sentence msgspec has for it
        from_columns(Sample, columns)
