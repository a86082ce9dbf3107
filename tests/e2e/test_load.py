"""What one pane, client or program does never reaches another: floods, pastes, hostile bytes."""

import hashlib
import os
import sys
from pathlib import Path
from typing import Final

import pytest

if sys.platform != "win32":
    from termlab.model.geometry import Rect
    from tests.e2e.outer import OuterTerminal
    from tests.e2e.pictures import cut, wait_for_same
    from tests.e2e.rest import settled
    from tests.e2e.session import ECHO_S, PREFIX, OwnServer, echoes
else:
    pytest.skip("there are no PTYs", allow_module_level=True)

assert sys.platform != "win32"

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("placement")]

LEFT: Final = PREFIX + "\x1b[D"
FLOOD_LINES: Final = 6_250_000  # of 8 bytes: 50 MB
# What a flood may cost: the scroll-back of one pane (16 MiB of cells), rows and buffers.
GROWTH_BYTES: Final = 96 * 1024 * 1024


def two_panes(own: OwnServer) -> OuterTerminal:
    """A terminal with a pane on each side, the right one focused."""
    outer = own.shell()
    outer.type(PREFIX + "%")
    outer.wait_for(r"│\$")
    return outer


def rss_bytes(pid: int) -> int:
    pages = Path(f"/proc/{pid}/statm").read_text().split()[1]
    return int(pages) * os.sysconf("SC_PAGE_SIZE")


def test_a_flood_ends_with_the_right_screen_and_delays_no_other_pane(own: OwnServer) -> None:
    file = own.directory / "flood"
    with file.open("w") as lines:
        lines.writelines(f"{number:07}\n" for number in range(FLOOD_LINES))
    assert file.stat().st_size == 50_000_000
    with two_panes(own) as outer:
        outer.type(f"{LEFT}clear; cat {file}; echo over\r")
        outer.wait_for(r"^\d{7} *│")
        outer.type(PREFIX + "\x1b[C")
        during = 0
        while not any(row.startswith("over") for row in outer.screen()):
            echoes(outer, f"word{during}", ECHO_S)
            during += 1
        screen = outer.wait_for(r"^\$ *│")
        assert during > 1
        last = next(y for y, row in enumerate(screen) if row.startswith("over"))
        wanted = [f"{number:07}" for number in range(FLOOD_LINES - last + 1, FLOOD_LINES)]
        assert [row[:7] for row in screen[1:last]] == wanted


def test_a_client_that_stops_reading_stops_nobody_else(own: OwnServer) -> None:
    with two_panes(own) as stuck, own.open("attach") as other:
        other.wait_for(r"│\$")
        other.type(LEFT)
        echoes(other, "before")
        before = rss_bytes(own.server_pid())
        stuck.pause()
        stuck.type("clear; seq 3000000; echo over\r")
        for number in range(20):
            echoes(other, f"during{number}", ECHO_S)
        other.wait_for(r"│over", timeout_s=60)
        assert rss_bytes(own.server_pid()) - before < GROWTH_BYTES
        stuck.resume()
        stuck.wait_for(r"│over")
        edge, rows = other.screen()[1].index("│"), other.size.rows - 2
        # The frame around the panes tells each client's own focus.
        for part in (Rect(0, 1, edge, rows), Rect(edge + 1, 1, 79 - edge, rows)):
            wait_for_same(stuck, part, other, part)


READER: Final = """
import hashlib, os, sys, tty
tty.setraw(0)
os.write(1, b"\\033[?2004hready\\r\\n")
open(sys.argv[1]).read(1)
data = b""
while not data.endswith(b"\\033[201~"):
    data += os.read(0, 65536)
begin = data.index(b"\\033[200~") + 6
text = data[begin:-6]
os.write(1, b"%d %s\\r\\n" % (len(text), hashlib.sha256(text).hexdigest()[:24].encode()))
os.read(0, 1)
"""


def test_a_large_paste_arrives_whole_and_holds_up_no_other_pane(own: OwnServer) -> None:
    text = "".join(f"{number:06} line of the paste\r" for number in range(8000))
    fifo = own.directory / "go"
    os.mkfifo(fifo)
    script = own.directory / "reader.py"
    script.write_text(READER)
    with two_panes(own) as outer, own.open("attach") as other:
        other.wait_for(r"│\$")
        other.type(LEFT)
        outer.type(f"clear; {sys.executable} -I {script} {fifo}\r")
        outer.wait_for("│ready")
        outer.type(f"\x1b[200~{text}\x1b[201~")
        # The program does not read yet: the paste waits, others don't.
        for number in range(5):
            echoes(other, f"beside{number}", ECHO_S)
        # Nor does it follow its owner into another pane, where it would be run.
        outer.type(LEFT)
        outer.wait_for(lambda rows: outer.cursor().x < rows[1].index("│"))
        with open(os.open(fifo, os.O_RDWR), "w") as go:
            go.write("g")
            go.flush()
            digest = hashlib.sha256(text.encode()).hexdigest()[:24]
            outer.wait_for(f"│{len(text)} {digest}"[:39])
        echoes(other, "after")
        outer.type(PREFIX + "\x1b[C\r")
        outer.wait_for(r"│\$")


def test_keys_for_another_pane_pass_a_paste_that_waits(own: OwnServer) -> None:
    with two_panes(own) as outer:
        outer.type("clear; stty raw -echo; printf '\\033[?2004hready'; sleep 1000\r")
        outer.wait_for("│ready")
        outer.type("\x1b[200~" + "pasted line\r" * 20_000 + "\x1b[201~")
        outer.type(LEFT)
        outer.wait_for(lambda rows: outer.cursor().x < rows[1].index("│"))
        echoes(outer, "beside")


HOSTILE: Final = """
import os, random, sys, tty
tty.setraw(0)
noise = random.Random(7)
queries = (b"\\033[c", b"\\033[6n", b"\\033]11;?\\007", b"\\033P$qm\\033\\\\", b"\\033[>q")
for turn in range(256):
    data = noise.randbytes(4096) + queries[turn % len(queries)]
    while data:
        data = data[os.write(1, data):]
data = b"\\030\\033\\\\\\033c\\033[mfinished"
os.write(1, data)
os.read(0, 1)
sys.stdin.read()
"""


def test_hostile_output_stays_in_its_pane(own: OwnServer) -> None:
    script = own.directory / "hostile.py"
    script.write_text(HOSTILE)
    with two_panes(own) as outer:
        edge = outer.screen()[1].index("│")
        # The pane, and the line beside it.
        left = Rect(0, 1, edge + 1, outer.size.rows - 2)
        outer.type(LEFT)
        echoes(outer, "safe")
        settled(own, outer)
        before = cut(outer.cells(), left)
        own.ok("send-keys", "-t", ":0.1", f"clear; {sys.executable} -I {script}", "Enter")
        outer.wait_for("finished", timeout_s=60)
        settled(own, outer)
        assert cut(outer.cells(), left) == before
        echoes(outer, "still")
