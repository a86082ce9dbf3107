"""What opens over the panes to be searched and chosen from: typed into, clicked, flooded, resized,
in both placements."""

import os
import re
import signal
import sys
from collections.abc import Callable

import pytest

from termlab.model.geometry import Size

if sys.platform != "win32":
    from termlab.client.handover import STUCK_S
    from tests.e2e.outer import OuterTerminal, Screen
    from tests.e2e.rest import settled, sleeps_on
    from tests.e2e.session import PREFIX, OwnServer, echoes, ended
else:
    pytest.skip("there are no PTYs", allow_module_level=True)

assert sys.platform != "win32"

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("placement")]

HELP = f"{PREFIX}?"
PALETTE = f"{PREFIX}\x10"
MESSAGES = f"{PREFIX}~"
OPEN = (PALETTE, PALETTE + "zzzz", HELP + "/split", MESSAGES)
FOUND = r"─ [0-9]+ of [0-9]+ ─"
# Counted from the row it stands in, what is shown of the palette once it stands.
OPENED = rf"(?s)─ Commands ─.*session .*{FOUND}"
# Once what is typed has left one thing to choose.
ONE = r"─ 1 of [0-9]+ ─"
WIDE = Size(100, 24)
FLOOD = "timeout {} sh -c 'while :; do seq 1000 9999; done'"
# Over each kind of overlay one flood is long.
LONG_S, SHORT_S = 10, 2
SPLIT = r"│\$"


def mouse(outer: OuterTerminal, button: int, x: int, y: int, end: str = "M") -> None:
    """One report, in cells from 1."""
    outer.type(f"\x1b[<{button};{x};{y}{end}")


def click(outer: OuterTerminal, rows: Screen, text: str) -> None:
    """On the first cell of a text."""
    y = next(y for y, row in enumerate(rows) if text in row)
    x = rows[y].index(text)
    mouse(outer, 0, x + 1, y + 1)
    mouse(outer, 0, x + 1, y + 1, "m")


def told(outer: OuterTerminal, text: str) -> None:
    """Wait until a message says this, or has: it goes by itself."""
    outer.wait_for(lambda rows: text in "".join(rows) or text.encode() in outer.raw)


def gone(rows: Screen) -> bool:
    """Whether nothing is left of what was open."""
    return not any(word in row for row in rows for word in ("Keys ─", "Commands ─", "Messages ─"))


def listed(text: str, count: int) -> list[str]:
    rows = text.split("\n")[:count]
    return rows + [""] * (count - len(rows))


# Help


def test_help_is_searched_and_the_search_forgotten(own: OwnServer) -> None:
    with own.shell() as outer:
        outer.type(f"{HELP}/split ri")
        outer.wait_for(r"(?s)split right.*─ /split ri ─+ 1 of [0-9]+ ─┘")
        rows = outer.wait_for(lambda rows: not any("new window" in row for row in rows))
        outer.wait_for(lambda _: outer.cursor().visible)
        cursor = outer.cursor()
        assert cursor.visible
        assert rows[cursor.y][: cursor.x].endswith("/split ri")
        outer.type("zz")
        outer.wait_for("no key does that")
        outer.type("\x1b")
        outer.wait_for("new window")
        outer.type("\x1b")
        outer.wait_for(gone)
        echoes(outer, "on")


def test_a_click_on_a_line_of_help_does_what_the_key_does(own: OwnServer) -> None:
    with own.shell(WIDE) as outer:
        outer.type(f"{HELP}/split right\r")
        outer.wait_for(r"─ /split right ─+ 1 of")
        settled(own, outer)
        click(outer, outer.screen(), "split right  ")
        outer.wait_for(SPLIT)
        outer.wait_for(gone)
        echoes(outer, "here")


def write(own: OwnServer, text: str) -> None:
    path = own.directory / "home" / ".config" / "termlab" / "config.toml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


def test_help_shows_the_keys_as_they_are_by_now(own: OwnServer) -> None:
    with own.shell(WIDE) as outer:
        outer.type(f"{HELP}/new window")
        outer.wait_for(r"(?s)c  +new window.* of ")
        outer.type("\x07\x07")
        outer.wait_for(gone)
        write(
            own, 'reload = "manual"\n[keys.prefix]\n"Y" = { command = "new-window", note = "mine" }'
        )
        own.ok("reload-config")
        told(outer, "the configuration was read again")
        outer.type(f"{HELP}/mine")
        outer.wait_for(r"(?s)Y\* +mine.*/mine ─+ 1 of")
        write(
            own, 'reload = "manual"\n[keys.prefix]\n"U" = { command = "new-window", note = "mine" }'
        )
        own.ok("reload-config")
        outer.wait_for(r"(?s)U\* +mine.*/mine ─+ 1 of")
        outer.type("\x07\x07")
        outer.wait_for(gone)


# The palette


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("split right\r", r"│\$"),
        ("split right\recho a''fter\r", r"│after"),
        ("split bel\x1b[A\x1b[B\x10\x0e\r", r"\$\n(\n)*─.*\n\$"),
        ("new-window: n\recho a''fter\r", r"(?s)after.*1:bash\*"),
        ("zoom\x15\x07echo a''fter\r", r"^after"),
        ("send-text\rword\r", r"^\$ word"),
        ("scroll and copy\r", r"0/0"),
        ("scroll and copy\rqecho a''fter\r", r"^after"),
        ("list-keys\r/copy-mode\rqecho a''fter\r", r"^after"),
        ("list-keys\r/scroll and", r"Keys ─"),
    ],
)
def test_the_palette_runs_what_is_found_and_keys_behind_go_there(
    own: OwnServer, typed: str, shown: str
) -> None:
    with own.shell() as outer:
        outer.type(PALETTE + typed)
        outer.wait_for(shown)
        outer.wait_for(lambda rows: not any("Commands ─" in row for row in rows))
        outer.wait_for(shown)


def test_windows_panes_and_sessions_are_chosen_from(own: OwnServer) -> None:
    with own.shell(WIDE) as outer:
        own.ok("new-session", "-d", "-s", "other", "-x", "100", "-y", "23")
        own.ok("rename-window", "-t", "other:0", "far away")
        echoes(outer, "here")
        outer.type(PALETTE)
        outer.wait_for(OPENED)
        outer.wait_for("window other:0 far away")
        outer.type("far aw\r")
        outer.wait_for(r"0:far away\*")
        outer.type(f"{PALETTE}session 0\r")
        outer.wait_for("^here$")
        outer.type(f"{PALETTE}pane %1")
        click(outer, outer.wait_for(rf"(?s)pane %1 bash.*{ONE}"), "pane %1 bash")
        outer.wait_for(r"0:far away\*")


def test_the_palette_is_scrolled_clicked_and_closed_with_the_mouse(own: OwnServer) -> None:
    with own.shell(WIDE) as outer:
        echoes(outer, "before")
        outer.type(PALETTE)
        rows = outer.wait_for(OPENED)
        first = next(y for y, row in enumerate(rows) if "window " in row)
        for _ in range(3):
            mouse(outer, 65, 20, first + 3)
        outer.wait_for(lambda now: "window " not in now[first])
        for _ in range(9):
            mouse(outer, 64, 20, first + 3)
        outer.wait_for(lambda now: "window " in now[first])
        click(outer, outer.screen(), "x  │")
        outer.wait_for(gone)
        outer.wait_for("^before$")
        outer.type(f"{PALETTE}split ri")
        click(outer, outer.wait_for(rf"(?s)split-window -h:.*{ONE}"), "split-window -h:")
        outer.wait_for(SPLIT)


def test_what_ends_something_is_asked_about(own: OwnServer) -> None:
    with own.shell() as outer:
        outer.type(f"{PALETTE}kill-server\r")
        outer.wait_for(r"kill-server\?")
        outer.wait_for(gone)
        outer.type("n")
        echoes(outer, "alive")


# The messages


def test_messages_can_be_read_again(own: OwnServer) -> None:
    with own.shell() as outer:
        outer.type(f"{PREFIX}Q")
        outer.wait_for("Q does nothing after the prefix")
        own.ok("display-message", "said by somebody")
        told(outer, "said by somebody")
        outer.type(MESSAGES)
        rows = outer.wait_for(r"(?s)─ Messages ─.*somebody.*Q does nothing")
        y = next(y for y, row in enumerate(rows) if "Q does nothing" in row)
        x = rows[y].index("Q does")
        assert outer.cells()[y][x].foreground == 1
        assert re.search(r"[0-9]{2}:[0-9]{2}:[0-9]{2}  Q does", rows[y])
        outer.type("/somebody")
        outer.wait_for(lambda now: "Q does nothing" not in "".join(now))
        outer.type("\x07\x07")
        outer.wait_for(gone)


# Over what moves, at other sizes


@pytest.mark.parametrize(
    ("opened", "long_in"),
    [(HELP + "/split", "guest"), (PALETTE + "split", "standalone"), (MESSAGES, "guest")],
    ids=["help", "palette", "messages"],
)
def test_over_a_flood_it_leaves_no_trace(own: OwnServer, opened: str, long_in: str) -> None:
    with own.shell() as outer:
        seconds = LONG_S if own.placement == long_in else SHORT_S
        outer.type(f"{FLOOD.format(seconds)}; sleep 0.1; seq 999990 1000000; echo over\r")
        outer.wait_for("^[0-9]{4}")
        outer.type(opened)
        outer.wait_for(lambda rows: not gone(rows))
        own.ok("wait", "--text", "^over$", "--timeout", "60s")
        settled(own, outer)
        assert not gone(outer.screen())
        outer.type("\x07\x07" if opened.startswith(HELP) else "\x07")
        outer.wait_for(r"(?s)^1000000\nover\n\$")
        wanted = listed(own.ok("capture"), outer.size.rows - 1)
        outer.wait_for(lambda rows: rows[:-1] == wanted and outer.cursor().visible)


@pytest.mark.parametrize(
    ("opened", "word"),
    [(HELP + "/split", "split"), (PALETTE + "split", "split"), (MESSAGES, "said")],
    ids=["help", "palette", "messages"],
)
def test_it_follows_the_terminals_size(own: OwnServer, opened: str, word: str) -> None:
    with own.shell() as outer:
        echoes(outer, "before")
        own.ok("display-message", "said")
        told(outer, "said")
        outer.type(opened)
        for size in (Size(60, 12), Size(20, 5), Size(100, 30), Size(20, 2), Size(80, 24)):
            outer.resize(size)
            if size.rows > 2:
                outer.wait_for(shown_at(size, word))
        outer.type("\x07\x07" if opened.startswith(HELP) else "\x07")
        outer.wait_for(lambda rows: gone(rows) and "before" in "".join(rows))
        echoes(outer, "on")


def shown_at(size: Size, word: str) -> Callable[[Screen], bool]:
    """Whether what is open stands on a terminal of that size, with its mark and what it found."""

    def shown(rows: Screen) -> bool:
        head = "\n".join(rows[:-1])
        return len(rows) == size.rows and " x" in head and word in head

    return shown


def test_twenty_columns_and_five_rows_can_be_used(own: OwnServer) -> None:
    with own.shell(Size(20, 5)) as outer:
        outer.type(PALETTE)
        outer.wait_for("window")
        outer.type("split below")
        outer.wait_for("^split-window -v")
        outer.type("\x1b")
        outer.wait_for(r"\A\$")
        outer.type(f"{HELP}/below")
        outer.wait_for("split bel…")
        outer.type("\x07\x07")
        outer.wait_for(r"\A\$")
        echoes(outer, "on")


# Its process


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux counts them for everybody")
def test_nothing_wakes_while_it_is_open_and_nobody_types(own: OwnServer) -> None:
    """In four terminals of one server, each with something else open."""
    outers = [own.shell()]
    outers += [own.open("attach") for _ in range(3)]
    for outer in outers[1:]:
        outer.wait_for(r"^\$")
        own.placed(outer)
    for outer, opened in zip(outers, OPEN, strict=True):
        outer.type(opened)
        outer.wait_for(lambda rows: not gone(rows))
    sleeps_on(own, *outers)
    assert not any(gone(outer.screen()) for outer in outers)


@pytest.mark.parametrize("placement", ["guest"], indirect=True)
def test_a_guest_killed_with_the_palette_open_gives_the_screen_back(own: OwnServer) -> None:
    with own.shell() as outer:
        echoes(outer, "before")
        settled(own, outer)
        before, cursor = outer.cells()[:-1], outer.cursor()
        outer.type(f"{PALETTE}split")
        outer.wait_for(OPENED.replace("session", "split"))
        (guest,) = own.guests(outer.pid)
        os.kill(guest, signal.SIGKILL)
        outer.wait_for(r"the ui ended \(signal 9\) and starts again")
        outer.wait_for(lambda _: outer.cells()[:-1] == before and outer.cursor() == cursor)
        echoes(outer, "afterwards")


@pytest.mark.parametrize("placement", ["guest"], indirect=True)
def test_a_guest_stopped_with_the_palette_open_is_replaced_once_it_leaves_a_key_alone(
    own: OwnServer,
) -> None:
    with own.shell() as outer:
        echoes(outer, "before")
        outer.type(PALETTE)
        outer.wait_for(OPENED)
        settled(own, outer)  # no key waits for its answer
        (guest,) = own.guests(outer.pid)
        os.kill(guest, signal.SIGSTOP)
        outer.type("sp")
        outer.wait_for(r"did not answer for 2 s and starts again; 2 keys", timeout_s=10 * STUCK_S)
        outer.wait_for(gone)
        assert ended(guest)
        echoes(outer, "on")
        own.placed(outer)
        outer.type(PALETTE)
        outer.wait_for(OPENED)
