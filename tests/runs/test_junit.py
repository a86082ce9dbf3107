"""JUnit XML: what readers of it expect, whatever was in a text."""

from xml.etree.ElementTree import fromstring

import pytest

from termlab.runs.check_case import CheckCase
from termlab.runs.junit import junit

CASES = (
    CheckCase("wall <= 5 s", "passed", "wall_s is 4 s"),
    CheckCase("latency.p95 <= 5 ms", "failed", "it is 6 ms", "ci/b.toml", 3),
    CheckCase("syscalls <= 5", "skipped", "not measured"),
)


def test_the_document_has_a_suite_with_its_counts_and_a_case_each() -> None:
    text = junit("budget", "make -j2", CASES)
    assert text.startswith('<?xml version="1.0" encoding="UTF-8"?>\n<testsuites>')
    (suite,) = fromstring(text)
    assert suite.attrib == {
        "name": "budget",
        "tests": "3",
        "failures": "1",
        "errors": "0",
        "skipped": "1",
    }
    passed, failed, skipped = suite
    assert failed.attrib == {
        "classname": "make -j2",
        "name": "latency.p95 <= 5 ms",
        "time": "0",
        "file": "ci/b.toml",
        "line": "3",
    }
    assert [(child.tag, child.get("message")) for child in failed] == [("failure", "it is 6 ms")]
    assert [child.tag for child in skipped] == ["skipped"]
    assert [(child.tag, child.text) for child in passed] == [("system-out", "wall_s is 4 s")]


HOSTILE = "a\x00\x1b[31m</failure>]]>&amp;\"'\ud800\ufffe<!-- \U0001f600"


def test_no_text_breaks_the_document() -> None:
    (suite,) = fromstring(junit(HOSTILE, HOSTILE, [CheckCase(HOSTILE, "failed", HOSTILE)]))
    shown = "a??[31m</failure>]]>&amp;\"'??<!-- \U0001f600"
    assert suite.get("name") == shown
    assert suite[0].get("name") == shown
    assert suite[0][0].text == shown


def test_another_reader_of_the_format_takes_it() -> None:
    junitparser = pytest.importorskip("junitparser")
    (suite,) = junitparser.JUnitXml.fromstring(junit("budget", "make", CASES).encode())
    assert (suite.tests, suite.failures, suite.skipped) == (3, 1, 1)
    assert [case.is_passed for case in suite] == [True, False, False]
