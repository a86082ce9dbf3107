"""Ten megabytes pasted: whole, while nothing else waits for them; ended by C-c, and by a client
that leaves, with the bracket closed."""

import hashlib
import json
import os
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

import pytest

if sys.platform != "win32":
    from tests.e2e.outer import OuterTerminal
    from tests.e2e.session import ECHO_S, PREFIX, OwnServer, echoes
else:
    pytest.skip("there are no PTYs", allow_module_level=True)

assert sys.platform != "win32"

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("placement")]

LEFT: Final = PREFIX + "\x1b[D"
RIGHT: Final = PREFIX + "\x1b[C"
TEXT: Final = "".join(f"{number:08} line\r" for number in range(10 * 1024 * 1024 // 14 + 1))
# What a terminal writes at once.
WRITE_CHARS: Final = 256 * 1024
# So much through two terminals and three processes, on a busy machine.
WHOLE_S: Final = 30.0

# Reads a bracketed paste and so many bytes behind it, once it is told to. One that rests does so in
# the middle, until it is told again.
READER: Final = """
import hashlib, os, sys, tty
tty.setraw(0)
os.write(1, b"\\033[?2004hready\\r\\n")
open(sys.argv[1]).read(1)
behind, rests = int(sys.argv[2]), int(sys.argv[3])
data, count, end = hashlib.sha256(), -6, b""
while True:
    read = os.read(0, 65536)
    if rests and count > 1000000:
        os.write(1, b"resting\\r\\n")
        open(sys.argv[1]).read(1)
        rests = 0
    at = (end + read).find(b"\\033[201~")
    if at >= 0:
        break
    known = (end + read)[:-6]
    data.update(known[6:] if count < 0 and known else known)
    count, end = count + len(known), (end + read)[-6:]
last = (end + read)[:at]
data.update(last[6:] if count < 0 else last)
count, keys = count + at, (end + read)[at + 6:]
while len(keys) < behind:
    keys += os.read(0, 64)
text = "%d %s %s.\\r\\n" % (count, data.hexdigest()[:20], keys.hex())
os.write(1, text.encode())
os.read(0, 1)
"""


class Reader:
    """The program in the right one of two panes, which reads once it is told to."""

    def __init__(self, own: OwnServer, behind: int = 0, rests: bool = False) -> None:
        self._fifo = own.directory / "go"
        os.mkfifo(self._fifo)
        script = own.directory / "reader.py"
        script.write_text(READER)
        self.outer = own.shell()
        self.outer.type(PREFIX + "%")
        self.outer.wait_for(r"│\$")
        self.outer.type(f"clear; {sys.executable} -I {script} {self._fifo} {behind} {rests:d}\r")
        self.outer.wait_for("│ready")

    def paste(self) -> None:
        pasted = f"\x1b[200~{TEXT}\x1b[201~"
        for begin in range(0, len(pasted), WRITE_CHARS):
            self.outer.type(pasted[begin : begin + WRITE_CHARS])

    @contextmanager
    def reading(self) -> Iterator[None]:
        """It is told to read; until it has heard that, the block must not be left."""
        with open(os.open(self._fifo, os.O_RDWR), "w") as go:
            go.write("g")
            go.flush()
            yield


REPORT: Final = re.compile(r"│(\d+) ([0-9a-f]{20}) ([0-9a-f]*)\. *$", re.MULTILINE)


def told(outer: OuterTerminal) -> tuple[int, str, str]:
    """How much the reader got, of what, and what came behind it."""
    rows = outer.wait_for(REPORT.pattern, WHOLE_S)
    report = REPORT.search("\n".join(rows))
    assert report is not None
    return int(report[1]), report[2], report[3]


def digest_of(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:20]


def test_all_of_it_arrives_though_the_program_rests_and_other_panes_don_t_wait(
    own: OwnServer,
) -> None:
    reader = Reader(own, rests=True)
    outer = reader.outer
    reader.paste()
    outer.type(LEFT)
    outer.wait_for(lambda rows: outer.cursor().x < rows[1].index("│"))
    for number in range(5):
        echoes(outer, f"beside{number}", ECHO_S)
    with reader.reading():
        outer.wait_for("│resting", WHOLE_S)
    echoes(outer, "during", ECHO_S)
    with reader.reading():
        assert told(outer) == (len(TEXT), digest_of(TEXT), "")
    assert b"C-c in its pane ends it" in outer.raw
    outer.type(RIGHT + "\r")
    outer.wait_for(r"│\$")


def test_ctrl_c_ends_it_and_arrives_behind_the_bracket(own: OwnServer) -> None:
    reader = Reader(own, behind=2)
    reader.paste()
    reader.outer.type("\x03x")
    reader.outer.wait_for("C-c ended the paste")
    with reader.reading():
        count, digest, keys = told(reader.outer)
    assert 0 < count < 1_000_000
    assert (digest, keys) == (digest_of(TEXT[:count]), b"\x03x".hex())
    reader.outer.type("\r")
    reader.outer.wait_for(r"│\$")


def test_who_detaches_leaves_a_closed_bracket(own: OwnServer) -> None:
    reader = Reader(own)
    reader.paste()
    reader.outer.type(PREFIX + "d")
    assert reader.outer.wait_exit() == 0
    with own.open("attach") as other, reader.reading():
        count, digest, keys = told(other)
        assert 0 < count < 1_000_000
        assert (digest, keys) == (digest_of(TEXT[:count]), "")
        other.type("\r")
        other.wait_for(r"│\$")


def test_the_clients_input_is_told_and_set_to_zero(own: OwnServer) -> None:
    outer = own.shell()
    for number in range(3):
        echoes(outer, f"word{number}")
    outer.type("\x1b[200~true\x1b[201~\x1b[I\x1b[<0;2;2M\x1b[<0;2;2m\r")
    outer.wait_for(lambda rows: sum(row.startswith("$ true") for row in rows) == 1)
    before = counted(own)
    assert before["events"] > 20
    assert min(before[f"{source}_events"] for source in ("keyboard", "mouse", "paste", "focus")) > 0
    assert 0 < before["mean_us"] <= before["max_us"]
    own.ok("stats", "--reset")
    after = counted(own)
    assert (after["events"], after["keyboard_events"], after["overruns"]) == (0, 0, 0)
    echoes(outer, "more")
    assert counted(own)["keyboard_events"] > 4


def counted(own: OwnServer) -> dict[str, float]:
    """What the only attached client says of its input."""
    told = json.loads(own.ok("stats", "--json"))
    (found,) = [each["input"] for each in told["connections"] if each["input"] is not None]
    values: dict[str, float] = found
    return values
