"""Annotations for GitHub: one line each, whatever was in a text."""

import pytest

from termlab.runs.annotations import MAX_EACH, annotations
from termlab.runs.check_case import CheckCase


def test_what_failed_is_an_error_where_it_stands_and_what_was_skipped_a_notice() -> None:
    text = annotations(
        "budget",
        [
            CheckCase("a", "passed", "fine"),
            CheckCase("b", "skipped", "not measured"),
            CheckCase("c", "failed", "it is 6 ms", "ci/b.toml", 3),
        ],
    )
    assert text == (
        "::error file=ci/b.toml,line=3,title=budget::c: it is 6 ms\n"
        "::notice title=budget::b: not measured\n"
    )


@pytest.mark.parametrize("hostile", ["\n::error::forged", "\r\n::set-output name=x::y", "a%0Ab"])
def test_no_text_becomes_a_command_of_its_own(hostile: str) -> None:
    text = annotations(hostile, [CheckCase(hostile, "failed", hostile, hostile, 1)])
    assert text.count("\n") == 1
    assert text.endswith("\n")
    assert "\r" not in text
    assert text.startswith("::error file=")
    properties, _, message = text[2:].partition("::")
    assert message.count("%25" if "%" in hostile else "%0A") == 2
    assert properties.count("=") - properties.count("name=") == 3


def test_in_a_property_colons_and_commas_are_escaped_too() -> None:
    case = CheckCase("n", "failed", "a: b, c", "c:\\b,toml", 2)
    assert annotations("a: b, 5%", [case]) == (
        "::error file=c%3A\\b%2Ctoml,line=2,title=a%3A b%2C 5%25::n: a: b, c\n"
    )


def test_more_than_github_shows_are_counted_in_the_last_line() -> None:
    lines = annotations("t", [CheckCase(str(n), "failed", "x") for n in range(25)]).splitlines()
    assert len(lines) == MAX_EACH
    assert lines[-1] == "::error title=t::t: 15 more failed"
