"""*output quality*, as rows."""

import msgspec
import pytest

from termlab.model.figure import Amount, Missing
from termlab.model.vitals import Output
from termlab.ui.dock.ink import Part, Row, width
from termlab.ui.dock.output_panel import UNKNOWN, OutputPanel, meant, output_rows
from tests.ui.dock.figures import ENDED, QUALITY, everything, unknown, vitals

TRAIL: Row = (Part(" ▁▂▃", "good"),)
NOTHING = Output(*(ENDED,) * 11)


def texts(seen: Output, cols: int = 35) -> list[str]:
    return ["".join(part.text for part in row).rstrip() for row in output_rows(seen, TRAIL, cols)]


def but(**figures: float) -> Output:
    return msgspec.structs.replace(QUALITY, **{k: Amount(v) for k, v in figures.items()})


def test_how_much_and_how_much_of_it_for_nothing() -> None:
    assert texts(QUALITY) == [
        " output       12.1 KiB/s",
        " bursts             31/s  of 400 B",
        " same rows          12 %",
        " same colour        18 %",
        " full clears       0.2/s  0/s seen",
        " in sync            24/s",
        " scrolls             3/s",
        " cursor            140/s",
        " ▁▂▃",
        " What it writes changes what is",
        " seen.",
    ]


def test_nothing_known_is_its_reasons_alone() -> None:
    assert texts(NOTHING) == [f" {ENDED.reason}"]


def test_one_that_is_missing_has_its_reason() -> None:
    seen = msgspec.structs.replace(QUALITY, redundant_colours_percent=Missing("none was set"))
    assert " same colour           -" in texts(seen)
    assert " same colour: none was set" in texts(seen)


@pytest.mark.parametrize(
    ("seen", "words"),
    [
        (but(bytes_per_s=0), "It writes nothing."),
        (but(unsynced_clears_per_s=3), "It clears the screen where that is seen: it flickers."),
        (but(rows_unchanged_percent=81), "81 of 100 rows are written as they were."),
        (but(redundant_colours_percent=44), "44 of 100 colours are set while they hold."),
        (but(bursts_per_s=900), "It writes in more pieces than a display can show."),
    ],
)
def test_what_the_figures_mean(seen: Output, words: str) -> None:
    assert meant(seen) == words


def test_what_is_for_nothing_is_coloured() -> None:
    rows = output_rows(but(rows_unchanged_percent=90, unsynced_clears_per_s=9), TRAIL, 35)
    assert rows[2][-1] == Part("90 %", "bad")
    assert rows[4][-1] == Part("9/s seen", "bad")


def test_a_record_without_it_says_so() -> None:
    rows = OutputPanel().draw(vitals(), (), 35)
    assert "".join(part.text for row in rows for part in row).strip() == UNKNOWN
    assert OutputPanel().sample(vitals()) is None
    assert OutputPanel().sample(everything()) == QUALITY.bytes_per_s


def test_it_can_be_of_any_width() -> None:
    for cols in range(40):
        for seen in (QUALITY, unknown().output or NOTHING):
            assert max(map(width, output_rows(seen, TRAIL[:0], cols))) <= cols
