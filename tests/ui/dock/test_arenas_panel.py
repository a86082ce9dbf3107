"""*arenas*, as rows."""

import msgspec

from termlab.model.figure import Amount
from termlab.model.vitals import ArenaUse, Storage
from termlab.ui.dock.arenas_panel import arenas_rows, meant, ring_share
from termlab.ui.dock.ink import Part, Row, width
from tests.ui.dock.figures import FIRST_LOOK, NO_ARENAS, OFF, everything, unknown, vitals

TRAIL: Row = (Part(" ▁▂▃", "good"),)
BUSY = vitals().storage


def texts(seen: Storage, cols: int = 35) -> list[str]:
    return ["".join(part.text for part in row) for row in arenas_rows(seen, TRAIL, cols)]


def test_the_processes_and_what_termlab_keeps() -> None:
    assert texts(BUSY) == [
        " processes      40.1 MiB",
        " ▁▂▃",
        " emulator        3.1 MiB",
        " rows          195.3 KiB",
        " lines, names    4.2 KiB",
        " ▋░░░░░░░░ top 8.8 KiB of 64.0 KiB",
        " last frame     10.7 KiB",
        " ▋░░░░░░ top 46.9 KiB of 128.0 KiB",
        " ring, peak     62.5 KiB",
        " █████████▊░░░░░░░░░░ of 128.0 KiB",
        " termlab keeps 3.7 MiB for this",
        " pane, 1,204 lines above.",
    ]


def test_of_the_processes_all_that_is_known() -> None:
    rows = texts(everything().storage)
    assert rows[:6] == [
        " processes          40.1 MiB",
        " own share          28.0 MiB",
        " growth           +4.0 KiB/s",
        " page faults           120/s",
        " ███████████▊░░░░░ of top 58.2 MiB",
        " ▁▂▃",
    ]
    assert " pool, all panes     3.0 MiB" in rows


def test_memory_that_grows_without_end_is_said() -> None:
    seen = msgspec.structs.replace(everything().storage, growth_bytes_per_s=Amount(3e5))
    assert meant(seen) == "Its memory grows by 1.0 GiB an hour if that goes on."
    growth = arenas_rows(seen, TRAIL, 35)[2]
    assert growth[-1].role == "warn"


def test_where_there_is_little_room_the_bars_keep_theirs() -> None:
    bars = [text for text in texts(BUSY, 24) if "░" in text]
    assert bars == [
        " ▋░░░░░░░░░ of 64.0 KiB",
        " ▊░░░░░░░░ of 128.0 KiB",
        " ████▍░░░░ of 128.0 KiB",
    ]


def test_what_the_heap_had_to_give_is_said() -> None:
    seen = vitals(fallbacks=3).storage
    assert meant(seen) == "An arena was full 3 times: the heap gave the memory."
    assert arenas_rows(seen, TRAIL, 35)[7][1].role == "bad"
    assert arenas_rows(seen, TRAIL, 35)[5][1].role == "good"
    assert "full once" in meant(vitals(fallbacks=1).storage)


def test_the_last_resize_is_said() -> None:
    arena = ArenaUse(*(Amount(5.0),) * 3, Amount(0.0), "64 to 128 KiB, more rows")
    rows = texts(msgspec.structs.replace(BUSY, persistent=arena))
    assert " lines, names: 64 to 128 KiB, more" in rows


def test_without_arenas_the_reason_is_said_once() -> None:
    rows = texts(msgspec.structs.replace(BUSY, persistent=OFF, temporary=OFF))
    assert " lines, names          -" in rows
    assert " lines, names, last frame: arenas =" in rows
    assert len([row for row in rows if "░" in row]) == 1


def test_a_record_that_knows_no_arenas_has_no_rows_of_them() -> None:
    rows = texts(msgspec.structs.replace(BUSY, persistent=None, temporary=None))
    assert not [row for row in rows if "lines, names" in row or "last frame" in row]


def test_a_ring_that_was_full_held_the_program_up() -> None:
    full = vitals(ring_peak=131_072).storage
    assert meant(full).startswith("The ring was full")
    assert ring_share(full) == 1.0
    bar = arenas_rows(full, TRAIL, 35)[9]
    assert bar[1].role == "bad"


def test_a_ring_of_which_nothing_is_known_has_no_bar() -> None:
    seen = msgspec.structs.replace(BUSY, ring_peak_bytes=FIRST_LOOK)
    assert ring_share(seen) is None
    assert len([text for text in texts(seen) if "░" in text]) == 2


def test_a_pane_without_history_does_not_speak_of_it() -> None:
    seen = msgspec.structs.replace(BUSY, history_rows=Amount(0.0))
    assert meant(seen) == "termlab keeps 3.7 MiB for this pane."


def test_nothing_known_is_its_reasons_alone() -> None:
    assert texts(Storage(*(NO_ARENAS,) * 7)) == [
        ' arenas = "off" in the',
        " configuration: the heap has what",
        " they would",
    ]


def test_it_can_be_of_any_width() -> None:
    for cols in range(40):
        for seen in (BUSY, unknown().storage, everything().storage):
            assert max(map(width, arenas_rows(seen, (), cols))) <= cols
