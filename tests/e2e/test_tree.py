"""The tree of sessions, windows and panes: looked through, gone to, ended, filtered; panes go on.

Each flow in both placements; what the two show is compared cell for cell.
"""

import os
import signal
import sys
from collections.abc import Sequence

import pytest

if sys.platform != "win32":
    from termlab.client.handover import STUCK_S
    from termlab.model.geometry import Size
    from tests.e2e.outer import OuterTerminal
    from tests.e2e.pictures import wait_for_same, whole
    from tests.e2e.rest import settled, sleeps_on
    from tests.e2e.session import PREFIX, OwnServer, echoes, ended
else:
    pytest.skip("there are no PTYs", allow_module_level=True)

assert sys.platform != "win32"

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("placement")]

TREE = r"\A Sessions, windows, panes"
GUEST_ONLY = pytest.mark.parametrize("placement", ["guest"], indirect=True)
MINUTE_S = 60.0


def opened(own: OwnServer, size: Size | None = None) -> OuterTerminal:
    """A shell that has said something, another session beside it, and the tree over it."""
    outer = own.shell(size) if size else own.shell()
    echoes(outer, "before")
    own.ok("new", "-d", "-s", "other", "-x", "60", "-y", "20")
    own.ok("wait", "-t", "other", "--text", r"\$ *$")
    own.ok("send-text", "-t", "other", "printf '\\e[1;31mred\\e[m over there\\n'\n")
    own.ok("wait", "-t", "other", "--text", "^red over there")
    outer.type(PREFIX + "w")
    outer.wait_for(rf"(?s){TREE}.*other  1 window")
    return outer


def looking(outer: OuterTerminal) -> OuterTerminal:
    """The cursor on the other session's window, its pane in the preview."""
    outer.type("\x1b[F")
    outer.wait_for(r"│red over there")
    return outer


def uncovered(rows: Sequence[str]) -> bool:
    return rows[1] == "before" and rows[2] == "$" and not any("│" in row for row in rows)


def test_it_shows_what_there_is_and_a_live_look_at_it_and_leaves_nothing(own: OwnServer) -> None:
    with opened(own) as outer:
        outer.wait_for(r"(?s)▼ 0  1 window, attached.*0:bash\* .*▼ other  1 window.*0:bash\* ")
        outer.wait_for(r"│before")
        looking(outer)
        own.ok("send-text", "-t", "other", "echo mo''re\n")
        outer.wait_for(r"│more")
        outer.type("q")
        outer.wait_for(uncovered)
        echoes(outer, "afterwards")


def test_enter_goes_there_and_keys_behind_it_too(own: OwnServer) -> None:
    with looking(opened(own)) as outer:
        outer.type("\recho go''ne\r")
        outer.wait_for(r"(?s)\A[^│]*^red over there$.*^gone$")
        outer.wait_for(lambda rows: "other" in rows[-1])
        outer.type(f"{PREFIX}L")
        outer.wait_for(uncovered)
        outer.type(f"{PREFIX}(")
        outer.wait_for("^gone$")
        outer.type(f"{PREFIX})echo a''gain\r")
        outer.wait_for("^again$")
        assert outer.screen()[1] == "before"


def test_the_sessions_closed_open_with_a_key_and_a_window_of_panes_too(own: OwnServer) -> None:
    with own.shell() as outer:
        outer.type(PREFIX + "%")
        outer.wait_for(r"│\$")
        outer.type("echo ri''ght\r")
        outer.wait_for("│right")
        outer.type(PREFIX + "s")
        outer.wait_for(rf"(?s){TREE}.*▶ 0  1 window")
        outer.type("l")
        outer.wait_for(r"▶ 0:bash\*  2 panes")
        outer.type("\x1b[B\x1b[C")
        outer.wait_for(r"(?s)0:bash  .*1:bash\*")
        outer.type("\x1b[C\r")
        outer.wait_for(r"(?s)\A[^▶▼]*│\$")
        outer.type("echo le''ft\r")
        outer.wait_for("^left")


def test_things_are_ended_after_a_question_and_what_goes_goes_from_the_tree(
    own: OwnServer,
) -> None:
    with looking(opened(own)) as outer:
        outer.type("x")
        outer.wait_for(r"end window 0:bash\*\? \(y/n\)")
        outer.type("n")
        outer.wait_for("Enter goes there")
        assert "other" in own.ok("ls")
        outer.type("xy")
        outer.wait_for(lambda rows: not any("other" in row for row in rows))
        assert "other" not in own.ok("ls")
        outer.type("q")
        outer.wait_for(uncovered)


def test_typing_leaves_what_matches(own: OwnServer) -> None:
    with opened(own) as outer:
        outer.type("/oth")
        outer.wait_for(r"(?s)▼ other.*/oth .* 2 found")
        outer.wait_for(lambda rows: not any("attached" in row for row in rows))
        outer.wait_for("│red over there")
        outer.type("\r\r")
        outer.wait_for(r"(?s)\A[^│]*^red over there$")


def test_the_mouse_chooses_and_goes_and_closes(own: OwnServer) -> None:
    with opened(own) as outer:
        settled(own, outer)
        row = next(y for y, text in enumerate(outer.screen()) if "other" in text) + 1
        click = f"\x1b[<0;12;{row + 1}M\x1b[<0;12;{row + 1}m"
        outer.type(click)
        outer.wait_for("│red over there")
        outer.type(click)
        outer.wait_for(r"(?s)\A[^│]*^red over there$")
        outer.type(PREFIX + "w")
        outer.wait_for("│red over there")
        outer.type("\x1b[<0;79;1M\x1b[<0;79;1m")
        outer.wait_for(r"(?s)\A[^│]*^red over there$")


FLOOD = "timeout {} seq 1000000000; sleep 0.1; seq 999990 1000000; echo over"


def test_a_flood_under_preview_and_under_the_tree_leaves_the_right_last_screen(
    own: OwnServer,
) -> None:
    with looking(opened(own)) as outer:
        flood = FLOOD.format(10 if own.placement == "guest" else 2)
        own.ok("send-text", "-t", "other", f"{flood}\n")
        own.ok("send-text", "-t", "0:", f"{flood}\n")
        outer.wait_for("│[0-9]{4}")
        for target in ("other", "0:"):
            own.ok("wait", "-t", target, "--text", "^over$", "--timeout", "60s")
        outer.wait_for(r"(?s)│1000000.*│over")
        outer.type("\x1b[H")
        outer.wait_for("│over")
        outer.type("q")
        outer.wait_for(r"(?s)\A[^│]*^1000000\nover\n\$")
        captured = [row for row in own.ok("capture", "-t", "0:").split("\n") if row]
        outer.wait_for(lambda rows: [row for row in rows[:-1] if row] == captured)
        echoes(outer, "on")


def test_it_follows_the_size_of_the_terminal(own: OwnServer) -> None:
    with looking(opened(own)) as outer:
        for size, shown in (
            (Size(120, 40), "│red over there"),
            (Size(40, 20), r"(?s)── other:0.0 .*^red over there"),
            (Size(20, 5), r"(?s)\A Tree .*0:bash"),
            (Size(80, 24), "│red over there"),
        ):
            outer.resize(size)
            outer.wait_for(shown)
        outer.type("q")
        outer.wait_for(uncovered)


def test_a_session_that_ends_while_it_is_looked_at_goes_and_its_end_is_no_trouble(
    own: OwnServer,
) -> None:
    with looking(opened(own)) as outer:
        own.ok("kill-session", "-t", "other")
        outer.wait_for(lambda rows: not any("other" in row for row in rows))
        own.ok("new", "-d", "-s", "third")
        outer.wait_for("third  1 window")
        own.ok("rename-session", "-t", "third", "fourth")
        outer.wait_for("fourth  1 window")
        outer.type("q")
        outer.wait_for(uncovered)
        echoes(outer, "on")


def test_the_end_of_the_own_session_ends_the_client(own: OwnServer) -> None:
    with opened(own) as outer:
        own.ok("kill-session", "-t", "0")
        assert outer.wait_exit() == 0


def test_who_may_only_look_may_look_and_go(own: OwnServer) -> None:
    with opened(own), own.open("attach", "-t", "0", "--read-only") as reader:
        own.placed(reader)
        reader.type(PREFIX + "w")
        reader.wait_for(rf"(?s){TREE}.*other  1 window")
        looking(reader)
        reader.type("xy")
        reader.wait_for("this client is attached read-only")
        reader.type("\r")
        reader.wait_for(r"(?s)\A[^│]*^red over there +·")


def test_both_placements_show_the_same(own: OwnServer) -> None:
    other = "standalone" if own.placement == "guest" else "guest"
    with opened(own) as outer, own.open("attach", "-t", "0", TERMLAB_UI=other) as twin:
        twin.wait_for(uncovered)
        own.placement = other
        own.placed(twin)
        twin.type(PREFIX + "w")
        for keys, shown in (
            ("", r"(?s)other  1 window.*Enter goes there"),
            ("\x1b[F", "│red over there"),
            ("x", r"end window 0:bash\*\? \(y/n\)"),
            ("n", "Enter goes there"),
            ("/oth", r"/oth .* 2 found"),
            ("\x1b", "0  1 window, attached"),
            ("hh", "▶ other  1 window"),
        ):
            for each in (outer, twin):
                each.type(keys)
            for each in (outer, twin):
                each.wait_for(shown)
            wait_for_same(twin, whole(twin), outer, whole(outer), cursor=True)


@GUEST_ONLY
def test_a_guest_killed_with_it_open_gives_the_screen_back_and_looks_no_more(
    own: OwnServer,
) -> None:
    with looking(opened(own)) as outer:
        (guest,) = own.guests(outer.pid)
        os.kill(guest, signal.SIGKILL)
        outer.wait_for(r"the ui ended \(signal 9\) and starts again")
        outer.wait_for(uncovered)
        assert ended(guest)
        own.placed(outer)
        outer.type(PREFIX + "w")
        outer.wait_for(rf"(?s){TREE}.*other  1 window")
        looking(outer)


@GUEST_ONLY
def test_a_guest_stopped_with_it_open_is_replaced_once_it_leaves_a_key_alone(
    own: OwnServer,
) -> None:
    with looking(opened(own)) as outer:
        settled(own, outer)  # it is done with all that was typed
        (guest,) = own.guests(outer.pid)
        os.kill(guest, signal.SIGSTOP)
        own.ok("send-text", "-t", "other", "seq 100000; echo ov''er\n")
        own.ok("wait", "-t", "other", "--text", "^over$", "--timeout", "60s")
        outer.type("jj")
        outer.wait_for(r"did not answer for 2 s and starts again; 2 keys", timeout_s=10 * STUCK_S)
        outer.wait_for(lambda rows: uncovered(rows[:-1]))
        assert ended(guest)
        echoes(outer, "on")


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux counts them for everybody")
def test_all_sleep_while_it_is_open_over_quiet_panes(own: OwnServer) -> None:
    with looking(opened(own)) as outer:
        sleeps_on(own, outer)
