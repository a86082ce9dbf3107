"""What stands in the lab dock on a real terminal: figures of real programs, in both placements."""

import os
import re
import signal
import sys
from pathlib import Path
from typing import Final

import pytest

from termlab.model.dock import place_dock
from termlab.model.geometry import Rect, Size

if sys.platform != "win32":
    from termlab.client.docking import STUCK_S
    from tests.e2e.outer import OuterTerminal, Screen
    from tests.e2e.pictures import wait_for_same
    from tests.e2e.rest import settled, switches
    from tests.e2e.session import PREFIX, OwnServer, echoes, ended
    from tests.e2e.test_mouse import click, mouse
else:
    pytest.skip("there are no PTYs", allow_module_level=True)

assert sys.platform != "win32"

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("placement")]

LARGE: Final = Size(120, 76)
USUAL: Final = Size(80, 24)
ASKED: Final = 36
COST: Final = ("termlab itself", "server .* %")
WHEEL_DOWN: Final = 65
TOGGLE: Final = f"{PREFIX}P"
IN_ORDER: Final = re.compile("(?s)lab %0 bash.*syscalls.*idle CPU.*arenas.*termlab itself")
RECORDINGS: Final = Path(__file__).parent.parent / "recordings"


def area(size: Size) -> Rect:
    """The dock's cells."""
    place = place_dock(ASKED, size.cols, size.rows - 1)
    assert place is not None
    return place.area


def dock(rows: Screen, size: Size) -> str:
    """The text that stands in the dock."""
    its = area(size)
    return "\n".join(row[its.x :] for row in rows[its.y : its.bottom])


def shows(outer: OuterTerminal, size: Size, *words: str, timeout_s: float = 20.0) -> None:
    """Wait until the dock shows each of these, at once and in order."""
    pattern = re.compile("(?s)" + ".*".join(words))
    outer.wait_for(lambda rows: pattern.search(dock(rows, size)) is not None, timeout_s)


def shown(own: OwnServer, size: Size = LARGE) -> OuterTerminal:
    """A shell beside the dock, of which rates are known."""
    outer = own.shell(size)
    outer.type(TOGGLE)
    shows(outer, size, "lab %0 bash", "syscalls", "/s", "idle CPU", *COST)
    return outer


def test_the_panels_show_the_shell_and_follow_what_it_does(own: OwnServer) -> None:
    with shown(own) as outer:
        shows(outer, LARGE, "read", "0/s", "1 process", "sleeps while", "MiB", "no key")
        for count in range(1, 6):
            outer.type("x")
            outer.wait_for(rf"^\$ x{{{count}}} ")
        shows(outer, LARGE, r"input latency .* \d keys?", "p50", "ms +[0-9.]+", "Half of the keys")
        outer.type("\x15dd if=/dev/zero of=/dev/null bs=16\r")
        shows(outer, LARGE, r"top [0-9.]+[kM]/s", r"2 processes +\d+ %")
        outer.type("\x03")
        shows(outer, LARGE, "No calls", "1 process")


def test_the_arenas_move_with_what_the_pane_writes(own: OwnServer) -> None:
    """Names are told to the byte; a shell without integration keeps no lines."""
    with shown(own) as outer:
        outer.type("printf '\\033]2;x\\007'\r")
        shows(outer, LARGE, r"lines, names +1 B", "last frame +[0-9.]+ ", "of 128.0 KiB")
        outer.type(f"printf '\\033]2;{'t' * 201}\\007'\r")
        shows(outer, LARGE, r"lines, names +201 B", "top 201 B of 64.0 KiB")
        outer.type("printf '\\033]2;x\\007'\r")
        shows(outer, LARGE, r"lines, names +1 B", "top 201 B of 64.0 KiB")


def test_the_focused_pane_is_the_one_that_is_looked_at(own: OwnServer) -> None:
    with shown(own) as outer:
        outer.type(f'{PREFIX}"')
        shows(outer, LARGE, "lab %1 bash", "no key")
        outer.type(f"{PREFIX}o")
        shows(outer, LARGE, "lab %0 bash")


def test_the_wheel_scrolls_it_and_the_keys_stay_with_the_shell(own: OwnServer) -> None:
    with shown(own, USUAL) as outer:
        outer.wait_for(lambda rows: "input latency" not in dock(rows, USUAL))
        for _ in range(20):
            mouse(outer, WHEEL_DOWN, 70, 10)
        shows(outer, USUAL, "lab %0 bash", "input latency", "termlab itself")
        echoes(outer, "beside")


def test_a_click_in_it_reaches_no_program_that_asks_for_the_mouse(own: OwnServer) -> None:
    with shown(own) as outer:
        outer.type("clear; printf '\\033[?1000h\\033[?1006h'; echo as''ked; cat -v\r")
        outer.wait_for("^asked")
        click(outer, 100, 10)
        mouse(outer, WHEEL_DOWN, 100, 10)
        click(outer, 10, 10)
        rows = outer.wait_for(r"\^\[\[<0;10;10m")
        assert "<0;100" not in "".join(rows)
        assert f"<{WHEEL_DOWN}" not in "".join(rows)


def test_help_opens_over_it_while_a_pane_floods_and_leaves_nothing(own: OwnServer) -> None:
    with shown(own) as outer:
        outer.type("seq 300000; echo do''ne\r")
        outer.type(f"{PREFIX}?")
        outer.wait_for("─ Keys ─")
        outer.type("jjq")
        outer.wait_for(r"(?m)^done", 60)
        line = area(LARGE).x - 1
        outer.wait_for(
            lambda rows: (
                all(row[line] in "│┤" for row in rows[:-1])
                and not any("─ Keys ─" in row for row in rows)
                and IN_ORDER.search(dock(rows, LARGE)) is not None
            )
        )


def test_it_follows_the_terminal_and_its_border(own: OwnServer) -> None:
    with shown(own) as outer:
        for size in (Size(100, 30), USUAL, Size(60, 20), Size(130, 30)):
            outer.resize(size)
            if place_dock(ASKED, size.cols, size.rows - 1) is None:
                outer.wait_for(lambda rows: not any("syscalls" in row for row in rows))
            else:
                shows(outer, size, r"\A lab %0 bash", "syscalls", *COST)
        echoes(outer, "after")


@pytest.mark.parametrize("placement", ["guest"], indirect=True)
def test_a_guest_that_is_killed_has_it_drawn_by_the_next(own: OwnServer) -> None:
    with shown(own) as outer:
        (guest,) = own.guests(outer.pid)
        os.kill(guest, signal.SIGKILL)
        shows(outer, LARGE, r"\A the lab dock is starting")
        echoes(outer, "meanwhile")
        shows(outer, LARGE, "lab %0 bash", "syscalls", *COST)


@pytest.mark.parametrize("placement", ["guest"], indirect=True)
def test_a_guest_that_is_stopped_holds_nothing_up_and_is_replaced(own: OwnServer) -> None:
    with shown(own) as outer:
        (guest,) = own.guests(outer.pid)
        os.kill(guest, signal.SIGSTOP)
        echoes(outer, "meanwhile")
        outer.type("seq 100000; echo do''ne\r")
        outer.wait_for(r"(?m)^done", 60)
        assert ended(guest, STUCK_S * 4)
        shows(outer, LARGE, "lab %0 bash", "syscalls", *COST)
        echoes(outer, "after")


def test_hidden_again_nothing_wakes(own: OwnServer) -> None:
    with shown(own) as outer:
        outer.type(TOGGLE)
        outer.wait_for(lambda rows: not any("syscalls" in row for row in rows))
        outer.wait_quiet(2500)  # what was put off, and a look that was due
        settled(own, outer)
        ours = [pid for pid, words in own.processes().items() if "termlab" in words]
        assert len(ours) >= 2
        before = switches(ours)
        outer.wait_quiet(2500)
        assert switches(ours) == before


@pytest.mark.parametrize("placement", [""], indirect=True)
@pytest.mark.parametrize("size", [LARGE, USUAL], ids=str)
def test_both_placements_show_the_same_cells(own: OwnServer, size: Size) -> None:
    """Beside a recording that has been played nothing moves but the last row: what a look costs;
    and with each look of its own, what a dock shows over time, which is of the output alone."""
    cast = str(RECORDINGS / "world.cast")
    plain = own.open("replay", "--speed", "0", cast, size=size, TERMLAB_UI="guest")
    plain.wait_for("exit 0")
    app = own.open("attach", size=size, TERMLAB_UI="standalone")
    app.wait_for("exit 0")
    for outer in (plain, app):  # each has its own, and looks for itself
        outer.type(TOGGLE)
        shows(outer, size, "syscalls", "a recording", *COST)
        outer.type(f"{PREFIX}D5")
    shows(plain, size, "syscalls", "a recording", *COST)
    shows(app, size, "syscalls", "a recording", *COST)
    alike = Rect(0, 0, size.cols, size.rows - 2)
    wait_for_same(app, alike, plain, alike, cursor=True)
    for outer in (plain, app):
        outer.type(f"{PREFIX}?")
        outer.wait_for("─ Keys ─")
        outer.type("q")
        shows(outer, size, "syscalls", "a recording", *COST)
    wait_for_same(app, alike, plain, alike, cursor=True)
