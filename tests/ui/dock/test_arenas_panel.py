"""*arenas*, as rows."""

import msgspec

from termlab.model.metrics import Amount
from termlab.model.vitals import Storage
from termlab.ui.dock.arenas_panel import arenas_rows, meant, ring_share
from termlab.ui.dock.ink import Part, Row, width
from tests.ui.dock.figures import FIRST_LOOK, NO_ARENAS, unknown, vitals

TRAIL: Row = (Part(" ▁▂▃", "good"),)
BUSY = vitals().storage


def texts(seen: Storage, cols: int = 35) -> list[str]:
    return ["".join(part.text for part in row) for row in arenas_rows(seen, TRAIL, cols)]


def test_the_processes_and_what_termlab_keeps() -> None:
    assert texts(BUSY) == [
        " ▁▂▃",
        " processes    40.1 MiB",
        " emulator      3.1 MiB",
        " rows        195.3 KiB",
        " arena               -",
        " ring, peak   62.5 KiB",
        " █████████▊░░░░░░░░░░ of 128.0 KiB",
        " arena: nothing here allocates from",
        " arenas yet",
        " termlab keeps 3.5 MiB for this",
        " pane, 1,204 lines above.",
    ]


def test_a_ring_that_was_full_held_the_program_up() -> None:
    full = vitals(ring_peak=131_072).storage
    assert meant(full).startswith("The ring was full")
    assert ring_share(full) == 1.0
    bar = arenas_rows(full, TRAIL, 35)[6]
    assert bar[1].role == "bad"


def test_a_ring_of_which_nothing_is_known_has_no_bar() -> None:
    seen = msgspec.structs.replace(BUSY, ring_peak_bytes=FIRST_LOOK)
    assert ring_share(seen) is None
    assert not [text for text in texts(seen) if "░" in text]


def test_a_pane_without_history_does_not_speak_of_it() -> None:
    seen = msgspec.structs.replace(BUSY, history_rows=Amount(0.0))
    assert meant(seen) == "termlab keeps 3.5 MiB for this pane."


def test_nothing_known_is_its_reasons_alone() -> None:
    assert texts(Storage(*(NO_ARENAS,) * 7)) == [
        " nothing here allocates from arenas",
        " yet",
    ]


def test_it_can_be_of_any_width() -> None:
    for cols in range(40):
        for seen in (BUSY, unknown().storage):
            assert max(map(width, arenas_rows(seen, (), cols))) <= cols
