"""The ui over the panes: help opened and closed, killed, stopped, resized; panes and keys go on."""

import os
import signal
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

if sys.platform != "win32":
    from termlab.client.handover import STARTING, STUCK_S
    from termlab.model.geometry import Size
    from tests.e2e.outer import OuterTerminal
    from tests.e2e.rest import settled, sleeps_on
    from tests.e2e.session import PREFIX, OwnServer, echoes, ended
else:
    pytest.skip("there are no PTYs", allow_module_level=True)

assert sys.platform != "win32"

pytestmark = pytest.mark.slow

GUEST = "termlab.ui.as_guest"
HELP = r"\A.*─ Keys ─"
STARTED = "the ui has started"
MINUTE_S = 60.0


def guests(own: OwnServer) -> list[int]:
    """The guests of this server's clients, oldest first."""
    return sorted(pid for pid, words in own.processes().items() if GUEST in words)


def helps(outer: OuterTerminal) -> None:
    """Have help shown, as soon as there is a guest."""
    outer.type(PREFIX + "?")
    rows = outer.wait_for(f"{HELP}|{STARTED}")
    if any(STARTED in row for row in rows):
        again(outer)


def again(outer: OuterTerminal) -> None:
    """Have help shown by a guest that has shown it before."""
    outer.type(PREFIX + "?")
    outer.wait_for(HELP)


def covered(own: OwnServer, size: Size | None = None) -> OuterTerminal:
    """A shell that has said something, and help over it."""
    outer = own.shell(size) if size else own.shell()
    echoes(outer, "before")
    helps(outer)
    return outer


def uncovered(rows: Sequence[str]) -> bool:
    return rows[1] == "before" and rows[2] == "$" and not any("─" in row for row in rows)


def test_help_opens_over_a_pane_and_leaves_nothing(own: OwnServer) -> None:
    with own.shell() as outer:
        outer.type("printf '\\e[1;44m漢字 e\\u0301 \\e[31mred\\e[m\\n'\r")
        outer.wait_for("^漢字")
        helps(outer)
        outer.type("q")
        outer.wait_for(r"^漢字.*\n\$$")
        settled(own, outer)
        before, cursor = outer.cells()[:-1], outer.cursor()
        for _ in range(3):
            again(outer)
            outer.type("q")
            outer.wait_for("^漢字")
            outer.wait_for(lambda _: outer.cells()[:-1] == before and outer.cursor() == cursor)
        echoes(outer, "afterwards")


def test_help_over_split_panes_takes_the_lines_between_them_and_gives_them_back(
    own: OwnServer,
) -> None:
    with own.shell() as outer:
        outer.type(PREFIX + "%")
        outer.wait_for(r"│\$")
        outer.type(PREFIX + '"')
        outer.wait_for(r"(?s)│\$.*│\$")
        echoes(outer, "three")
        settled(own, outer)
        before, cursor = outer.cells()[:-1], outer.cursor()
        helps(outer)
        outer.type("q")
        outer.wait_for("three")
        outer.wait_for(lambda _: outer.cells()[:-1] == before and outer.cursor() == cursor)


FLOOD = "seq 300000; sleep 0.1; seq 999990 1000000; echo over"


def test_help_over_a_flood_leaves_the_right_last_screen(own: OwnServer) -> None:
    with own.shell() as outer:
        helps(outer)
        outer.type("q")
        outer.wait_for(r"^\$")
        outer.type(f"{FLOOD}\r")
        outer.wait_for("^[0-9]{4}")
        again(outer)
        own.ok("wait", "--text", "^over$", "--timeout", "60s")
        outer.wait_for(HELP)
        outer.type("q")
        outer.wait_for(r"(?s)^1000000\nover\n\$")
        wanted = lines(own.ok("capture"), outer.size.rows - 1)
        outer.wait_for(lambda rows: rows[:-1] == wanted)


def lines(text: str, count: int) -> list[str]:
    rows = text.split("\n")[:count]
    return rows + [""] * (count - len(rows))


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        (b"\x02?qecho hi\r", "^hi"),
        (b"echo a\x02?\x02\x1b[Bjjqb\r", "^ab"),
        (b"echo c\x02?q\x02?q\x02?qd\r", "^cd"),
        (b"\x02?qecho e''\x02%", r"^\$ echo e''.*│"),
    ],
)
def test_keys_behind_those_that_open_and_close_help_arrive_where_they_belong(
    own: OwnServer, typed: bytes, shown: str
) -> None:
    with own.shell() as outer:
        helps(outer)
        outer.type("q")
        outer.wait_for(r"\A\$")
        outer.type(typed)
        outer.wait_for(shown)
        outer.wait_for(lambda rows: not any("Keys" in row for row in rows))


def test_a_long_burst_around_help_loses_nothing(own: OwnServer) -> None:
    with own.shell(Size(120, 10)) as outer:
        helps(outer)
        outer.type("q")
        outer.wait_for(r"\A\$")
        outer.type("".join(f"echo {n}{PREFIX}?jkq;" for n in range(20)) + "\r")
        outer.wait_for("^19$")
        outer.wait_for(lambda rows: [r for r in rows if r.isdigit()][-3:] == ["17", "18", "19"])


def test_a_command_before_the_guest_is_there_is_answered_and_keys_go_on(own: OwnServer) -> None:
    with own.shell() as outer:
        outer.type(f"{PREFIX}?echo o''n\r")
        outer.wait_for(f"{STARTING}|{STARTED}")
        outer.wait_for("^on$")


def test_without_a_ui_a_command_says_why(own: OwnServer) -> None:
    with own.open(TERMLAB_UI="none") as outer:
        outer.wait_for(r"^\$")
        outer.type(PREFIX + "?")
        outer.wait_for("list-keys: TERMLAB_UI=none keeps the ui away")
        assert not guests(own)
        echoes(outer, "alone")


def test_a_guest_killed_while_a_person_types_is_replaced_unnoticed_by_the_panes(
    own: OwnServer,
) -> None:
    with covered(own) as outer:
        outer.type("q")
        outer.wait_for(uncovered)
        (first,) = guests(own)
        outer.type("echo kil")
        os.kill(first, signal.SIGKILL)
        outer.type("led\r")
        outer.wait_for("^killed$")
        outer.wait_for(r"the ui ended \(signal 9\) and starts again")
        helps(outer)
        assert guests(own) != [first]
        assert ended(first)


def test_a_guest_killed_with_help_open_gives_the_screen_back(own: OwnServer) -> None:
    with own.shell() as outer:
        echoes(outer, "before")
        outer.wait_for(uncovered)
        settled(own, outer)
        before, cursor = outer.cells()[:-1], outer.cursor()
        helps(outer)
        (first,) = guests(own)
        os.kill(first, signal.SIGKILL)
        outer.wait_for(r"the ui ended \(signal 9\) and starts again")
        outer.wait_for(lambda _: outer.cells()[:-1] == before and outer.cursor() == cursor)
        echoes(outer, "afterwards")


def test_a_guest_killed_three_times_stays_away_until_its_key(own: OwnServer) -> None:
    with covered(own) as outer:
        for number in range(3):
            (guest,) = guests(own)
            os.kill(guest, signal.SIGKILL)
            outer.wait_for("starts again" if number < 2 else "3 times in 30 s")
            assert ended(guest)
            echoes(outer, f"alive{number}")
        assert not guests(own)
        assert "the ui ended (signal 9)" in log(own)
        outer.type(PREFIX + "R")
        outer.wait_for("the ui starts again")
        helps(outer)
        outer.type("q")
        echoes(outer, "back")


def log(own: OwnServer) -> str:
    return (Path(own.env["XDG_STATE_HOME"]) / "termlab" / "s-ui.log").read_text()


def test_a_guest_stopped_while_nothing_is_open_is_not_noticed(own: OwnServer) -> None:
    with covered(own) as outer:
        outer.type("q")
        outer.wait_for(uncovered)
        (guest,) = guests(own)
        os.kill(guest, signal.SIGSTOP)
        outer.type("seq 200000\r")
        outer.wait_for("^200000$", timeout_s=MINUTE_S)
        echoes(outer, "on")
        os.kill(guest, signal.SIGCONT)
        again(outer)
        assert guests(own) == [guest]


def test_a_guest_stopped_with_help_open_is_replaced_once_it_leaves_a_key_alone(
    own: OwnServer,
) -> None:
    with covered(own) as outer:
        settled(own, outer)  # no key waits for its answer
        (guest,) = guests(own)
        os.kill(guest, signal.SIGSTOP)
        outer.type("jj")
        outer.wait_for(r"did not answer for 2 s and starts again; 2 keys", timeout_s=10 * STUCK_S)
        outer.wait_for(lambda rows: uncovered(rows[:-1]))
        assert ended(guest)
        echoes(outer, "on")
        helps(outer)


def centred(rows: Sequence[str], size: Size) -> bool:
    """Whether help stands in the middle of a terminal of this size, down to the status row."""
    if "─ Keys ─" not in rows[0] or not rows[0].endswith("─┐"):
        return False
    left, right = rows[0].index("┌"), size.cols - len(rows[0])
    return abs(left - right) <= 1 and rows[size.rows - 2].endswith("─┘")


def test_help_comes_back_after_another_size(own: OwnServer) -> None:
    with covered(own) as outer:
        for size in (Size(60, 12), Size(100, 30), Size(44, 8), Size(80, 24)):
            outer.resize(size)
            outer.wait_for(lambda rows, size=size: centred(rows, size))  # type: ignore[misc]
        outer.type("q")
        outer.wait_for(uncovered)
        echoes(outer, "on")


def test_another_client_sees_no_help_and_what_it_does_shows_behind_it(own: OwnServer) -> None:
    with covered(own) as outer, own.open("attach") as other:
        other.wait_for(uncovered)
        echoes(other, "more")
        settled(own, outer, other)
        assert "Keys" in outer.screen()[0]
        other.type(PREFIX + "%")
        other.wait_for(r"│\$")
        outer.wait_for(HELP)
        outer.type("q")
        outer.wait_for(r"│\$")
        settled(own, outer, other)
        assert outer.screen()[:-1] == other.screen()[:-1]
        other.type(PREFIX + "d")
        other.wait_exit()
        echoes(outer, "on")


def test_the_end_of_the_server_with_help_open_gives_the_terminal_back(own: OwnServer) -> None:
    with covered(own) as outer:
        (guest,) = guests(own)
        os.kill(own.server_pid(), signal.SIGKILL)
        outer.wait_for("the server at .* has gone")
        assert outer.wait_exit() == 4
        assert not outer.emulator.modes().alternate
        assert outer.cursor().visible
        assert ended(guest)
    own.ok("new", "-d")  # the dead one's socket is in the way of nobody
    own.ok("kill-server")


def test_a_guest_ends_with_its_client_however_that_ends(own: OwnServer) -> None:
    with covered(own) as outer:
        (guest,) = guests(own)
        os.kill(outer.pid, signal.SIGKILL)
        assert ended(guest)
    with own.open("attach") as outer:
        helps(outer)
        (guest,) = guests(own)
        os.kill(guest, signal.SIGSTOP)
        own.ok("kill-server")
        outer.wait_exit()
        assert ended(guest)


def test_a_client_continued_with_help_open_paints_all_anew(own: OwnServer) -> None:
    with covered(own) as outer:
        settled(own, outer)
        os.kill(outer.pid, signal.SIGSTOP)
        outer.emulator.feed(memoryview(b"\x1b[?1049l\x1b[?7h\x1b[H\x1b[2Jlost"))
        os.kill(outer.pid, signal.SIGCONT)
        outer.wait_for(HELP)
        outer.type("q")
        outer.wait_for(uncovered)


def test_a_terminal_that_stops_reading_with_help_open_gets_the_newest_screen(
    own: OwnServer,
) -> None:
    with covered(own) as outer:
        (guest,) = guests(own)
        outer.pause()
        own.ok("send-keys", "seq 100000; clear; echo newest", "Enter")
        outer.type("j" * 300)
        own.ok("wait", "--text", "^newest$", "--timeout", "60s")
        outer.resume()
        outer.wait_for(HELP)
        outer.type("q")
        outer.wait_for(r"\Anewest\n\$")
        assert guests(own) == [guest]
        echoes(outer, "on")


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux counts them for everybody")
@pytest.mark.parametrize("is_open", [False, True])
def test_client_and_guest_sleep_while_nothing_happens(own: OwnServer, is_open: bool) -> None:
    with covered(own) as outer:
        if not is_open:
            outer.type("q")
            outer.wait_for(uncovered)
        sleeps_on(own, outer)
