"""Counters as JSON: numbers where there are some, null and a reason where there are none."""

from termlab.model.counted import Counted, Counter, PartCounters, Snapshot, document
from termlab.model.figure import Missing

PANE = Counted(
    "%3",
    "bash",
    (
        PartCounters("ring", (Counter("full", 2), Counter("capacity_bytes", 4096, True))),
        PartCounters("process", (Counter("rss_bytes", Missing("no /proc here")),)),
        PartCounters("arena", (), "arenas are off"),
    ),
)


def test_a_part_is_an_object_of_its_numbers() -> None:
    told = document(Snapshot(1.0, 2.0, 0, None, (PANE,), ()))
    assert told["panes"] == [
        {
            "id": "%3",
            "about": "bash",
            "ring": {"full": 2, "capacity_bytes": 4096},
            "process": {"rss_bytes": None},
            "arena": None,
            "missing": {"process.rss_bytes": "no /proc here", "arena": "arenas are off"},
        }
    ]


def test_the_server_is_there_only_where_it_was_asked_for() -> None:
    assert "server" not in document(Snapshot(1.0, 2.0, 0, None, (), ()))
    server = Counted("server", "process 7", ())
    told = document(Snapshot(1.0, 2.0, 3, server, (), ()))
    assert told["server"] == {"id": "server", "about": "process 7", "missing": {}}
    assert (told["version"], told["at_s"], told["counted_s"], told["resets"]) == (1, 1.0, 2.0, 3)
