"""The report as one HTML file."""

import base64
import gzip
import hashlib
import json
import re
import sys

import pytest

from termlab.errors import UsageError
from termlab.model.run import Profile
from termlab.runs.reports.html_report import html_report
from termlab.runs.reports.subject import FLAME, HEAP, Subject
from tests.runs.made import MACHINE, profile, run
from tests.runs.reports.hostile import FORMULA, IMAGE, SCRIPT, hostile_profile
from tests.runs.reports.page import Page
from tests.runs.rich import rich_profile

FILES = {FLAME: b"main;draw 3\nmain;idle 1\n", HEAP: b"main;take 4096\n"}


@pytest.fixture(scope="module")
def whole() -> str:
    return html_report(Subject(rich_profile(3), "run 12", 0.0, FILES.get))


def test_it_has_everything_findings_first(whole: str) -> None:
    page = Page(whole)
    assert not page.crossed
    assert not page.left_open
    heads = ["Findings", "Key figures", "How it went", "How long keys took"]
    heads += ["System calls by name", "What the output was worth", "How far the runs lie apart"]
    heads += ["Where CPU time went", "Where memory was taken", "Who wakes the CPU", "All figures"]
    places = [page.words.index(head) for head in heads]
    assert places == sorted(places)
    assert "python -m demo" in page.words
    assert "31 full clears outside synchronised output: this flickers." in page.words
    assert "ebpf: every call is counted" in page.words
    assert "Measuring took 0.310 s of CPU for termlab itself" in page.words


def test_it_needs_nothing_from_anywhere(whole: str) -> None:
    page = Page(whole)
    for tag, found in page.elements:
        assert not {"src", "href", "srcset", "action"} & set(found), tag
    (policy,) = [
        found["content"]
        for tag, found in page.elements
        if found.get("http-equiv") == "Content-Security-Policy"
    ]
    assert policy is not None
    assert policy.startswith("default-src 'none'; script-src 'sha256-")
    assert "http" not in policy


def test_only_its_own_two_scripts_may_run(whole: str) -> None:
    page = Page(whole)
    library = gzip.decompress(base64.b64decode(page.scripts["plotly"])).decode()
    assert library.startswith("/**\n* plotly.js")
    (allowed,) = re.findall(r"script-src ([^;]*);", whole)
    hashes = {
        f"'sha256-{base64.b64encode(hashlib.sha256(code.encode()).digest()).decode()}'"
        for code in (library, page.scripts["code"])
    }
    assert set(allowed.split()) == hashes


def test_the_library_travels_packed(whole: str) -> None:
    assert len(whole) < 2_600_000


def test_each_chart_has_its_place_and_its_data(whole: str) -> None:
    page = Page(whole)
    charts = json.loads(page.scripts["charts"])
    places = {found["id"] for _, found in page.elements if found.get("class") == "chart"}
    assert places == {f"chart-{name}" for name in charts}
    assert set(charts) >= {"timeline", "latency", "calls", "quality", "spread", "flame", "heap"}


def test_nothing_a_program_says_becomes_more_than_text() -> None:
    stacks = f"{SCRIPT};{IMAGE} 3\n".encode()
    text = html_report(Subject(hostile_profile(), IMAGE, 0.0, lambda name: stacks))
    page = Page(text)
    assert not page.crossed
    assert not page.left_open
    assert not {tag for tag, _ in page.elements} & {"img", "iframe", "a", "link"}
    assert sum(tag == "script" for tag, _ in page.elements) == 3
    assert not any(name.startswith("on") for _, found in page.elements for name in found)
    assert IMAGE in page.words
    assert FORMULA in page.words
    assert "<img" not in page.scripts["charts"]


def test_a_profile_with_nothing_but_figures_is_a_page_too() -> None:
    page = Page(html_report(Subject(profile(run()))))
    assert "None: the figures crossed no threshold of any rule." in page.words
    assert not page.crossed


def test_a_profile_without_a_run_says_so() -> None:
    page = Page(html_report(Subject(profile())))
    assert "No run was finished." in page.words
    assert "not available: no run was finished" in page.words
    assert "plotly" not in page.scripts


def test_what_was_not_judged_is_not_called_healthy() -> None:
    made = Profile(("x",), MACHINE, 80, 24, (run(),), notes=("so no fault is looked for",))
    assert "No fault was looked for: see the notes." in Page(html_report(Subject(made))).words


def test_the_same_run_makes_the_same_file(whole: str) -> None:
    assert html_report(Subject(rich_profile(3), "run 12", 0.0, FILES.get)) == whole


def test_without_plotly_it_says_which_extra_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    # What the import system takes for absent.
    monkeypatch.setitem(sys.modules, "plotly.offline", None)
    with pytest.raises(UsageError, match=r"pip install 'termlab\[report\]'"):
        html_report(Subject(rich_profile(1)))
