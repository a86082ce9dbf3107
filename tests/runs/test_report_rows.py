"""The figures of a report as lines."""

from termlab.model.figure import Missing
from termlab.model.metrics import FIGURES, FigureRow
from termlab.runs.report_rows import MORE, Line, labelled, lines_of

ROWS = {row.name: row for row in FIGURES}


def line(name: str, zero: bool = False, missing: str = "", said: str = "") -> Line:
    return Line(ROWS[name], "5", said, zero, Missing(missing) if missing else None)


def test_a_group_has_its_name_above_it_once() -> None:
    lines = lines_of([line("wall_s"), line("cpu_s"), line("pty_bytes")], everything=False)
    assert lines == [
        "",
        ROWS["wall_s"].group,
        labelled("wall time", "5"),
        labelled("CPU time", "5"),
        "",
        ROWS["pty_bytes"].group,
        labelled("bytes from the terminal", "5"),
    ]


def test_counts_of_nothing_and_termlabs_own_are_left_out_unless_asked_for() -> None:
    found = [line("full_clears", zero=True), line("flushes"), line("keys", zero=True)]
    text = "\n".join(lines_of(found, everything=False))
    assert "full clears" not in text
    assert "flushes" not in text
    assert "keys measured" in text
    assert text.endswith(f"2 figures without news are left out: {MORE}")
    text = "\n".join(lines_of(found, everything=True))
    assert "full clears" in text
    assert "flushes" in text
    assert MORE not in text


def test_a_note_is_not_said_again_by_the_next_line() -> None:
    lines = lines_of(
        [line("key_p50_ms", said="echo too"), line("key_p95_ms", said="echo too")], True
    )
    assert [text.endswith("echo too") for text in lines[2:]] == [True, False]


def test_a_whole_group_is_missing_by_its_name_and_parts_by_the_figure_they_are_of() -> None:
    whole = [
        line(row.name, missing="not typed") for row in FIGURES if row.group == "the way of a key"
    ]
    parts = [line("cpu_s", missing="no account"), line("cpu_user_s", missing="no account")]
    lone = [line("call_errors", missing="not told")]
    text = "\n".join(lines_of([line("calls"), *whole, *parts, *lone], everything=False))
    assert "  the way of a key: not typed" in text
    assert "  CPU time: no account" in text
    assert "(that failed): not told" in text


def test_a_row_that_is_all_there_is_has_no_empty_section() -> None:
    row = FigureRow("wall_s", "s", "a group", "wall time")
    assert lines_of([Line(row, "1 s")], everything=False) == [
        "",
        "a group",
        labelled("wall time", "1 s"),
    ]
