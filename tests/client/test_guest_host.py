"""A client and its guest, a scripted one in a process of its own: opened, typed into, killed."""

import os
import select
import signal
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec
import pytest

from termlab.client.handover import STUCK_S
from termlab.model.geometry import Size
from termlab.model.keys import PRESS, RELEASE, Mouse, Paste
from termlab.model.layout import Leaf
from termlab.model.screen import Cursor
from termlab.wire.messages import Frame, PaneRows, Peek, Peeked, PeekSeen, Reply, Request
from tests.backends.exit_watch import exited
from tests.client.recorder import OPTIONS
from tests.terminal.cells import screen

if sys.platform != "win32":
    from termlab.client.guest_host import ENDS_S, MAX_ENDS, STARTED, GuestHost
    from tests.client.guest_desk import STATUS, TIMEOUT_S, Desk
    from tests.client.test_display import PICTURE, rows_of, state_of
else:
    pytest.skip("there are no guests", allow_module_level=True)

assert sys.platform != "win32"

Desks = Callable[..., Desk]


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desks]:
    """Makes desks; the guest of each ends with the test."""
    made: list[Desk] = []

    def make(*words: str) -> Desk:
        made.append(Desk(tmp_path / "state" / "ui.log", *words))
        return made[-1]

    yield make
    for each in made:
        each.close()


def test_help_covers_the_panes_and_leaves_nothing(desk: Desks) -> None:
    its = desk().start()
    before = screen(its.paper.engine)
    its.open()
    its.shows("under $ left")
    assert its.paper.rows()[-1] == STATUS
    assert its.paper.engine.cursor() == Cursor(6, 0)
    assert its.type("a b") == []
    its.shows("GUEST ab")
    assert its.paper.engine.cursor() == Cursor(8, 0)
    its.type("q")
    its.uncovered()
    assert screen(its.paper.engine) == before
    assert its.type("a") == ["keys a"]


def test_keys_behind_the_one_that_opens_and_the_one_that_closes_arrive_in_order(
    desk: Desks,
) -> None:
    its = desk().start()
    assert its.type("x C-b ? a q h i Enter C-b c j") == ["keys x"]
    its.until(lambda: not its.hands.open)
    assert its.sent() == ["keys h i Enter", "new-window", "keys j"]
    its.uncovered()


def test_it_closes_with_a_command_and_keys_behind_go_where_that_leads(desk: Desks) -> None:
    its = desk().start()
    its.type("C-b ? R k q")
    its.until(lambda: not its.hands.open)
    assert its.sent() == ["copy-mode", "cursor-up", "cancel"]
    its.uncovered()


def test_what_it_asks_is_the_servers_and_the_reply_its_own(desk: Desks) -> None:
    its = desk().start().open()
    its.type("A")
    its.until(lambda: any(isinstance(each, Request) for each in its.connection.sent))
    (asked,) = [each for each in its.connection.take() if isinstance(each, Request)]
    assert asked.argv == ("ls",)
    its.dialogue.heard(Reply(asked.id, 3, "nothing there"), its.now())
    its.shows("GUEST 7 nothing there")
    assert its.said == []


def looks(its: Desk) -> None:
    """Have the guest look at a pane."""
    its.connection.take()
    its.type("p")
    its.until(lambda: Peek(3) in its.connection.sent)


def test_what_it_looks_at_goes_to_and_fro_and_ends_with_what_it_has_open(desk: Desks) -> None:
    its = desk().start().open()
    looks(its)
    its.dialogue.heard(Peeked(5, (), 3, None, 40, 9), its.now())
    its.shows("GUEST 3 40x9")
    its.until(lambda: PeekSeen(5) in its.connection.sent)
    its.type("q")
    its.until(lambda: not its.hands.open)
    assert Peek(open=False) in its.connection.take()
    its.dialogue.heard(Peeked(6, (), 3, None, 40, 9), its.now())
    its.open()
    assert not any("40x9" in row for row in its.paper.rows())


def test_a_guest_that_dies_looks_no_more(desk: Desks) -> None:
    its = desk().start().open()
    looks(its)
    its.type("k")
    its.until(lambda: any("starts again" in text for text in its.said))
    assert its.connection.take()[-1] == Peek(open=False)


def test_what_a_guest_that_died_has_asked_is_told_nobody(desk: Desks) -> None:
    its = desk().start().open()
    its.type("A")
    its.until(lambda: any(isinstance(each, Request) for each in its.connection.sent))
    (asked,) = [each for each in its.connection.take() if isinstance(each, Request)]
    its.type("x")
    its.until(lambda: any("starts again" in text for text in its.said))
    its.until(its.answers)
    its.dialogue.heard(Reply(asked.id, 3, "nothing there"), its.now())
    its.open()
    assert not any("nothing there" in text for text in (*its.said, *its.paper.rows()))


def test_options_that_change_reach_it(desk: Desks) -> None:
    its = desk().start().open()
    its.host.reload(msgspec.structs.replace(OPTIONS, prefix="C-a"))
    its.type("O")
    its.until(lambda: "the prefix is C-a" in its.said)


def test_help_opens_again_from_the_keys_behind_the_one_that_closed_it(desk: Desks) -> None:
    its = desk().start()
    its.type("C-b ? q a C-b ? b q c")
    its.until(lambda: len(its.connection.sent) == 2)
    assert its.sent() == ["keys a", "keys c"]


def test_before_the_guest_is_there_a_command_says_so_and_keys_go_on(desk: Desks) -> None:
    its = desk("silent")
    assert its.type("C-b ? a") == ["keys a"]
    assert its.paper.rows()[-1].startswith(" the ui is starting: press th")
    assert its.host.process is not None  # asking started it


def test_whoever_asked_too_early_is_told_when_the_guest_is_there(desk: Desks) -> None:
    its = desk()
    its.type("C-b ?")
    its.until(its.answers)
    assert its.said == [STARTED]
    its.open()


def test_what_panes_show_meanwhile_is_kept_and_given_to_the_guest(desk: Desks) -> None:
    its = desk().start().open()
    its.frame(
        Frame(2, 1, (PaneRows(1, ((0, b"$ new"), (3, b"\x1b[32mgreen\x1b[m")), Cursor(5, 0)),))
    )
    its.shows("under $ new")
    assert "green" not in "".join(its.paper.rows())
    its.type("q")
    its.until(lambda: "green          │" in its.paper.rows()[4])
    assert its.paper.rows()[1].startswith("$ new          │")
    assert its.paper.engine.cursor() == Cursor(5, 1)


def test_a_new_geometry_is_painted_whole_and_then_covered_anew(desk: Desks) -> None:
    its = desk().start().open()
    whole = rows_of(1, b"$ alone", b"", b"", b"", b"", cursor=Cursor(7, 0))
    its.frame(Frame(2, 2, (whole,), state_of(2, tree=Leaf(1))))
    assert its.paper.rows() == ["$ alone", "", "", "", "", STATUS]
    its.shows("under $ alone")
    its.type("q")
    its.until(lambda: its.paper.rows() == ["$ alone", "", "", "", "", STATUS])


def test_a_new_size_is_told_and_the_cover_comes_back(desk: Desks) -> None:
    its = desk().start().open()
    size = Size(25, 5)
    its.paper.engine.resize(size)
    its.display.resize(size)
    its.host.resized()
    whole = rows_of(1, b"$ small", b"", b"", b"", cursor=Cursor(7, 0))
    its.frame(Frame(2, 2, (whole,), state_of(2, size, tree=Leaf(1))))
    its.shows("GUEST  25x5")


def test_a_guest_that_ends_while_nothing_is_open_is_replaced(desk: Desks) -> None:
    its = desk().start()
    first = its.pid()
    its.kill(signal.SIGKILL)
    its.shows("the ui ended (signal 9) and s")
    assert its.type("a b") == ["keys a b"]
    its.until(its.answers)
    assert its.pid() != first
    its.open()
    with pytest.raises(ProcessLookupError):
        os.kill(first, 0)  # it is no zombie either
    assert "the ui ended (signal 9)" in its.log.read_text()


def test_what_was_typed_into_a_guest_that_ends_is_dropped_and_counted(desk: Desks) -> None:
    its = desk().start().open()
    assert its.type("x l s Enter") == []
    its.uncovered()
    its.until(lambda: bool(its.said))
    assert its.said == [
        "the ui ended (exit code 3) and starts again; 4 keys typed into it were dropped"
    ]
    assert its.sent() == []
    assert its.type("a") == ["keys a"]


def test_what_it_said_last_still_counts(desk: Desks) -> None:
    its = desk().start().open()
    its.type("c l s")
    its.until(lambda: bool(its.said))
    assert its.sent() == ["keys l s"]
    assert its.said == ["the ui ended (exit code 3) and starts again"]


def test_a_guest_that_ends_again_and_again_stays_away_until_it_is_asked_for(desk: Desks) -> None:
    its = desk("broken")
    its.host.start(0.0)
    its.until(lambda: len(its.said) == MAX_ENDS)
    assert its.host.process is None
    assert its.said[-1] == (
        f"the ui ended (exit code 1), 3 times in 30 s: C-b R tries again; its log is {its.log}"
    )
    assert its.log.read_text().count("it does not start") == MAX_ENDS
    its.type("C-b R")
    assert its.host.process is not None
    its.until(lambda: len(its.said) == MAX_ENDS + 1)
    assert its.said[-1] == "the ui ended (exit code 1) and starts again"


def test_a_guest_that_ends_now_and_then_is_always_replaced(desk: Desks) -> None:
    its = desk().start()
    for turn in range(MAX_ENDS + 1):
        its.kill(signal.SIGKILL)
        its.until(lambda turn=turn: len(its.said) == turn + 1)  # type: ignore[misc]
        its.skew_s += ENDS_S
        its.until(its.answers)


def test_a_guest_that_can_not_be_started_is_told_of(desk: Desks, tmp_path: Path) -> None:
    its = desk()
    missing = str(tmp_path / "python")
    host = GuestHost(its.display, its.dialogue, OPTIONS, str(its.log), argv=(missing,))
    host.start(0.0)
    assert f"the ui can't be started with {missing}" in its.said[0]
    assert "C-b R tries again" in its.said[0]


def test_a_guest_that_is_asked_to_start_again_does(desk: Desks) -> None:
    its = desk().start()
    first = its.pid()
    its.type("C-b R")
    assert its.pid() != first
    its.until(its.answers)
    its.open()
    assert its.said == []


def test_a_guest_that_leaves_a_key_alone_is_replaced_and_the_screen_given_back(desk: Desks) -> None:
    its = desk().start().open()
    first = its.pid()
    its.type("s a b")
    due = its.host.deadline()
    assert due is not None
    its.host.expire(due - 0.01)
    assert its.pid() == first
    its.host.expire(due + 0.01)
    assert its.paper.rows()[:-1] == PICTURE
    assert its.said == [
        f"the ui did not answer for {STUCK_S:g} s and starts again; "
        "3 keys typed into it were dropped"
    ]
    assert its.type("c") == ["keys c"]
    its.until(its.answers)
    its.until(lambda: gone(first))
    assert its.host.deadline() is None


def gone(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    return False


def test_a_stopped_guest_costs_nothing_while_nothing_is_open(desk: Desks) -> None:
    its = desk().start()
    its.kill(signal.SIGSTOP)
    for serial in range(2, 50):
        its.frame(Frame(serial, 1, (rows_of(1, b"%d" % serial),), state_of(1, name=str(serial))))
    assert its.type("a") == ["keys a"]
    assert its.host.deadline() is None
    assert its.host.wanted(False)[1] == select.POLLIN
    its.kill(signal.SIGCONT)


def test_a_stopped_guest_that_covers_panes_gets_no_more_than_one_message(desk: Desks) -> None:
    its = desk().start().open()
    its.kill(signal.SIGSTOP)
    for serial in range(2, 400):
        row = b"%d " % serial + b"x" * 4000
        its.frame(Frame(serial, 1, (rows_of(1, row),), state_of(1, name=str(serial))))
    assert its.host.wanted(False)[1] == select.POLLIN  # nothing waits for room
    its.kill(signal.SIGCONT)
    its.shows("under 399 x")


def test_a_terminal_that_is_blocked_makes_no_guest_stuck(desk: Desks) -> None:
    its = desk().start().open()
    its.blocked = True
    its.turn(0)
    its.type("a")
    assert its.host.wanted(True)[1] == 0
    assert its.host.deadline() is None
    its.host.expire(its.now() + 10 * STUCK_S)
    assert its.hands.open
    its.blocked = False
    its.shows("GUEST a")


def test_a_guest_that_talks_nonsense_is_replaced(desk: Desks) -> None:
    its = desk().start().open()
    its.type("g a")
    its.until(lambda: bool(its.said))
    assert its.said[0].startswith("the ui can't be understood (")
    its.uncovered()


def test_a_guest_that_closes_its_stream_and_stays_is_ended(desk: Desks) -> None:
    its = desk().start().open()
    first = its.pid()
    its.type("e")
    its.uncovered()
    assert its.type("a") == ["keys a"]
    due = its.host.deadline()
    assert due is not None
    its.host.expire(due)
    its.until(lambda: bool(its.said))
    assert its.said == ["the ui ended (signal 9) and starts again; 1 key typed into it was dropped"]
    assert gone(first)


def test_what_the_guest_tells_stands_in_the_status_row(desk: Desks) -> None:
    its = desk().start().open()
    its.type("t")
    its.until(lambda: its.said == ["told so"])
    assert its.paper.rows()[-1] == " told so"


def test_a_click_and_a_paste_are_the_guests_while_it_is_open(desk: Desks) -> None:
    its = desk().start().open()
    assert its.do(Mouse(1, 1, PRESS, 1), Mouse(1, 1, RELEASE, 1), Paste(b"text")) == []
    its.shows("GUEST ???")


def test_what_output_was_meant_for_another_claim_is_not_written(desk: Desks) -> None:
    its = desk().start().open()
    its.type("q")
    its.uncovered()
    its.type("C-b ?")
    its.shows("GUEST  31x6")
    its.type("a")
    its.shows("GUEST a")


def test_the_guest_ends_with_its_client_even_if_it_is_stopped(desk: Desks) -> None:
    its = desk().start()
    pid = its.pid()
    its.kill(signal.SIGSTOP)
    its.host.close()
    assert exited(pid, TIMEOUT_S)
