"""The lab dock's keys and clicks on a real terminal, and the task manager: in both placements."""

import re
import sys
from typing import Final

import pytest

from termlab.model.geometry import Size

if sys.platform != "win32":
    from tests.e2e.outer import OuterTerminal
    from tests.e2e.rest import settled, switches
    from tests.e2e.session import PREFIX, OwnServer, echoes
    from tests.e2e.test_dock_drawn import LARGE, TOGGLE, area, dock, shown, shows
    from tests.e2e.test_mouse import click
else:
    pytest.skip("there are no PTYs", allow_module_level=True)

assert sys.platform != "win32"

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("placement")]

KEYS: Final = f"{PREFIX}D"
TASKS: Final = f"{PREFIX}T"
WIDE: Final = Size(120, 30)


def row_of(outer: OuterTerminal, words: str) -> int:
    """The row, from 1, in which something stands in the dock."""
    found: list[int] = []

    def there(rows: list[str]) -> bool:
        found[:] = [y for y, row in enumerate(rows) if words in row[area(LARGE).x :]]
        return bool(found)

    outer.wait_for(there)
    return found[0] + 1


def still(own: OwnServer, outer: OuterTerminal) -> bool:
    """Whether nothing of termlab's wakes up any more."""
    outer.wait_quiet(1500)  # what was put off, and a look that was due
    settled(own, outer)
    ours = [pid for pid, words in own.processes().items() if "termlab" in words]
    before = switches(ours)
    outer.wait_quiet(1500)  # looks are a second apart
    return len(ours) >= 2 and switches(ours) == before


def test_its_keys_are_hinted_at_and_escape_takes_them_back(own: OwnServer) -> None:
    with shown(own) as outer:
        outer.type(KEYS)
        outer.wait_for(r"p pause, or go on +s sort the calls")
        outer.type("\x1b")
        outer.wait_for(lambda rows: "pause, or go on" not in rows[-1])
        echoes(outer, "back")


def test_paused_nothing_wakes_and_it_goes_on_with_the_same_key(own: OwnServer) -> None:
    with shown(own) as outer:
        outer.type(f"{KEYS}p")
        shows(outer, LARGE, "lab %0 bash", "PAUSED")
        assert still(own, outer)
        outer.type(f"{KEYS}p")
        shows(outer, LARGE, r"lab %0 bash +\d\.\d s", "syscalls", "/s")


def test_a_panel_folds_by_key_and_by_click_and_opens_again(own: OwnServer) -> None:
    with shown(own) as outer:
        outer.type(f"{KEYS}3")
        shows(outer, LARGE, "▸ memory and arenas .*folded")
        outer.wait_for(lambda rows: "emulator" not in dock(rows, LARGE))
        click(outer, area(LARGE).x + 4, row_of(outer, "idle CPU"))
        shows(outer, LARGE, r"▸ idle CPU [^\n]*folded[^\n]*\n▸ memory and arenas [^\n]*\n▾")
        click(outer, area(LARGE).x + 4, row_of(outer, "memory and arenas"))
        shows(outer, LARGE, "▸ idle CPU", "▾ memory and arenas", "emulator")
        echoes(outer, "beside")


def test_with_all_of_it_folded_nothing_wakes(own: OwnServer) -> None:
    with shown(own) as outer:
        outer.type(f"{KEYS}12345")
        shows(outer, LARGE, "all folded", "▸ syscalls", "▸ output quality")
        assert still(own, outer)


def test_a_click_on_its_first_row_pauses_it(own: OwnServer) -> None:
    with shown(own) as outer:
        click(outer, area(LARGE).x + 4, 1)
        shows(outer, LARGE, "lab %0 bash", "PAUSED")
        click(outer, area(LARGE).x + 4, 1)
        shows(outer, LARGE, r"lab %0 bash +\d\.\d s")


def test_keys_scroll_it(own: OwnServer) -> None:
    with own.shell(WIDE) as outer:
        outer.type(TOGGLE)
        shows(outer, WIDE, "lab %0 bash", "syscalls", "/s")
        outer.type(f"{KEYS}\x1b[6~")
        outer.wait_for(lambda rows: "▾ syscalls" not in dock(rows, WIDE))
        outer.type(f"{KEYS}\x1b[5~")
        shows(outer, WIDE, "lab %0 bash", "▾ syscalls")
        echoes(outer, "beside")


def test_the_task_manager_shows_all_panes_sorts_them_and_goes_to_one(own: OwnServer) -> None:
    with own.shell(WIDE) as outer:
        outer.type("while :; do :; done\r")
        outer.type(f"{PREFIX}%")
        outer.wait_for(r"│\$")
        outer.type(TASKS)
        outer.wait_for(r"%0 .* \d+ % .*runs")
        rows = outer.wait_for(r"(?s)%0 .*%1 .* 0\.\d+ %")
        assert re.search("pane +session, window +command +CPU▾", "\n".join(rows))
        outer.type("r")
        outer.wait_for(r"(?s)CPU▴.*%1 .*%0 ")
        outer.type("G\r")
        outer.wait_for(lambda rows: not any("Tasks" in row for row in rows))
        outer.type("\x03")
        outer.wait_for(r"(?m)^\$ *│")
        echoes(outer, "there")


def test_closed_the_task_manager_leaves_nothing_that_wakes(own: OwnServer) -> None:
    with own.shell(WIDE) as outer:
        outer.type(TASKS)
        outer.wait_for(r"%0 .* 0\.0 % .*runs")
        outer.type("p")
        outer.wait_for("Tasks: PAUSED")
        assert still(own, outer)
        outer.type("pq")
        outer.wait_for(lambda rows: not any("Tasks" in row for row in rows))
        assert still(own, outer)
        echoes(outer, "after")
