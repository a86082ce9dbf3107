"""The report as Markdown, read by a reader of Markdown."""

from markdown_it import MarkdownIt

from termlab.model.calls import CallCount, CallTable
from termlab.model.run import Run
from termlab.runs.reports.markdown_report import code, markdown_report, text
from termlab.runs.reports.subject import Subject
from tests.runs.made import profile, run
from tests.runs.reports.hostile import IMAGE, MARKDOWN, SCRIPT, hostile_profile
from tests.runs.reports.page import Page
from tests.runs.rich import rich_profile


def rendered(markdown: str) -> Page:
    return Page(MarkdownIt("commonmark").enable(["table", "strikethrough"]).render(markdown))


def test_it_has_findings_key_figures_and_the_rest_folded() -> None:
    page = rendered(markdown_report(Subject(rich_profile(3), "run 12")))
    assert "Profile of python -m demo" in page.words
    assert "31 full clears outside synchronised output: this flickers. (in 3 of 3 runs)" in (
        " ".join(page.words.split())
    )
    tags = [tag for tag, _ in page.elements]
    assert tags.count("table") == 4
    assert tags.count("details") == 2
    assert "idle_wakeups_per_s 60.2 > 5" in page.words


def test_every_row_has_as_many_cells_as_its_heading() -> None:
    for line in markdown_report(Subject(hostile_profile())).split("\n\n"):
        rows = [row for row in line.splitlines() if row.startswith("|")]
        bars = {row.replace("\\|", "").count("|") for row in rows}
        assert len(bars) <= 1, rows[0]


def test_nothing_a_program_says_becomes_markup_a_link_or_a_mention() -> None:
    markdown = markdown_report(Subject(hostile_profile()))
    page = rendered(markdown)
    assert not {tag for tag, _ in page.elements} & {"script", "img", "a"}
    assert page.words.count("@everyone") == page.words.count(MARKDOWN) == 1  # the command, as code


def test_any_words_stay_the_words_they_are() -> None:
    for words in (SCRIPT, IMAGE, "a|b", "*x* _y_ ~~z~~", "`", "``a", "a`", "\\", "&lt;", "x\ny"):
        shown = words.replace("\n", "\N{REPLACEMENT CHARACTER}")
        assert rendered(text(words)).words.strip().replace("\u2060", "") == shown
        assert rendered("x " + code(words)).words.strip()[2:].strip() == shown


def test_one_run_has_values_and_no_spans() -> None:
    assert "| figure | value |" in markdown_report(Subject(profile(run())))


def test_the_rarest_names_are_counted_only() -> None:
    calls = tuple(CallCount(f"call{number}", 1) for number in range(23))
    table = CallTable("ebpf", "each", 23, calls)
    made = Run(run().figures, 0, "", "exit code 0", table=table)
    assert "and 3 more names" in markdown_report(Subject(profile(made)))
