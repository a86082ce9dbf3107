"""A program joined to two streams: every byte both ways, sizes, ends, and who may not stop whom.

With `TERMLAB_SOAK_MINUTES` it is 100 MB each way at once, else 20.
"""

import hashlib
import os
import random
import re
import select
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

if sys.platform != "win32":
    from tests.e2e.bridges import LIMIT_S, RAW, READY, Bridge, Bridges

assert sys.platform != "win32"

pytestmark = pytest.mark.slow

MB = 1_000_000
BOTH_WAYS_BYTES = (100 if os.environ.get("TERMLAB_SOAK_MINUTES") else 20) * MB


@pytest.fixture
def bridges() -> Iterator[Bridges]:
    with Bridges() as all_of_them:
        yield all_of_them


def noise(count: int) -> bytes:
    """Every byte value, no two stretches alike."""
    return random.Random(7).randbytes(count)


def exchange(bridge: Bridge, data: bytes, chunk: int = 65536) -> str:
    """Send ``data`` and read as much, both at once: the hash of what came back."""
    into, out = bridge.process.stdin, bridge.process.stdout
    assert into is not None
    assert out is not None
    poll = select.poll()
    poll.register(out, select.POLLIN)
    poll.register(into, select.POLLOUT)
    come, sent, got = hashlib.sha256(bridge.seen), 0, len(bridge.seen)
    while got < len(data):
        ready = poll.poll(LIMIT_S * 1000)
        assert ready, f"stuck: {sent} sent, {got} came back"
        for fd, _ in ready:
            if fd == out.fileno():
                back = os.read(fd, 1 << 18)
                assert back, bridge.complaint()
                come.update(back)
                got += len(back)
            else:
                sent += os.write(fd, data[sent : sent + chunk])
                if sent == len(data):
                    poll.unregister(fd)
    return come.hexdigest()


# Bytes


def test_what_goes_in_comes_out_unchanged_both_ways_at_once(bridges: Bridges) -> None:
    data = noise(BOTH_WAYS_BYTES)
    assert exchange(bridges.echo(), data) == hashlib.sha256(data).hexdigest()


def test_many_small_writes_lose_and_change_nothing(bridges: Bridges) -> None:
    data = noise(20_000)
    assert exchange(bridges.echo(), data, chunk=3) == hashlib.sha256(data).hexdigest()


def test_a_regular_file_is_a_source_and_a_sink(bridges: Bridges) -> None:
    source, target = bridges.directory / "source", bridges.directory / "target"
    source.write_bytes(b"".join(b"line %d\n" % number for number in range(500)))
    with source.open("rb") as stdin, target.open("wb") as stdout:
        bridge = bridges.new("cat", stdin=stdin.fileno(), stdout=stdout.fileno())
        assert bridge.code() == 0
    shown = source.read_bytes().replace(b"\n", b"\r\n")
    # The terminal's echo, and what `cat` says: how they mix is the terminal's affair.
    assert len(target.read_bytes()) == 2 * len(shown)
    assert sorted(target.read_bytes()) == sorted(shown * 2)


def test_a_socket_is_both(bridges: Bridges) -> None:
    ours, theirs = socket.socketpair()
    with ours, theirs, ours.makefile("rb") as back:
        fd = theirs.fileno()
        bridge = bridges.new("sh", "-c", RAW + "exec cat", stdin=fd, stdout=fd)
        theirs.close()
        ours.settimeout(LIMIT_S)
        assert back.read(5) == READY
        data = noise(100_000)
        ours.sendall(data)
        assert back.read(len(data)) == data
        ours.shutdown(socket.SHUT_RDWR)
        assert bridge.code() == 141


def test_flags_of_the_streams_it_was_given_stay_as_they_were(bridges: Bridges) -> None:
    ours, theirs = os.pipe()
    back, out = os.pipe()
    bridge = bridges.new("sh", "-c", RAW + "read -r x", stdin=ours, stdout=out)
    try:
        assert os.read(back, 5) == READY  # it is at work by now
        assert os.get_blocking(ours)
        assert os.get_blocking(out)
        os.write(theirs, b"x\n")
        assert bridge.code() == 0
        assert os.get_blocking(ours)
        assert os.get_blocking(out)
    finally:
        for fd in (ours, theirs, back, out):
            os.close(fd)


# Ends


@pytest.mark.parametrize(
    ("script", "code"), [("exit 0", 0), ("exit 3", 3), ("kill -9 $$", 137), ("kill -15 $$", 143)]
)
def test_the_programs_end_is_the_bridges(bridges: Bridges, script: str, code: int) -> None:
    bridge = bridges.new("sh", "-c", f"echo last words; {script}")
    assert bridge.read_to_end() == b"last words\r\n"
    assert (bridge.code(), bridge.complaint()) == (code, "")
    assert bridges.files() == []


def test_its_last_output_is_whole_however_much_it_is(bridges: Bridges) -> None:
    bridge = bridges.new("sh", "-c", "stty -opost; head -c 3000000 /dev/zero; printf END")
    shown = bridge.read_to_end()
    assert len(shown) == 3_000_003
    assert shown.endswith(b"\0END")
    assert bridge.code() == 0


def test_who_stays_on_the_terminal_does_not_keep_the_bridge(bridges: Bridges) -> None:
    bridge = bridges.new("sh", "-c", "trap '' HUP; sleep 1000 & echo $!; exit 4")
    shown = bridge.read_to_end()
    assert bridge.code() == 4
    os.kill(int(shown), 9)


@pytest.mark.parametrize("text", [b"", b"one\ntwo\n", b"no newline"])
def test_the_end_of_input_reaches_a_program_that_reads_lines(bridges: Bridges, text: bytes) -> None:
    bridge = bridges.new("sh", "-c", "stty -echo; printf READY; cat; echo END")
    bridge.read_until(READY)
    bridge.send(text)
    bridge.end_input()
    assert bridge.read_to_end() == text.replace(b"\n", b"\r\n") + b"END\r\n"
    assert bridge.code() == 0


def test_a_busy_shell_hears_of_the_end_after_its_last_command(bridges: Bridges) -> None:
    bridge = bridges.new("bash", "--norc", "--noprofile", "-i")
    bridge.send(b"sleep 0.2; echo do''ne\nsleep 0.2; cat; (exit 7)\n")
    bridge.end_input()
    assert b"done\r\n" in bridge.read_to_end()
    assert bridge.code() == 7


def test_the_end_stays_for_whoever_reads_next(bridges: Bridges) -> None:
    bridge = bridges.new("sh", "-c", "stty -echo; printf READY; cat; cat; sleep 0.2; cat; echo END")
    bridge.read_until(READY)
    bridge.send(b"one\n")
    bridge.end_input()
    assert bridge.read_to_end() == b"one\r\nEND\r\n"
    assert bridge.code() == 0


def test_a_raw_program_gets_no_byte_for_the_end(bridges: Bridges) -> None:
    script = "stty raw -echo; printf READY; head -c 3 | od -An -c; printf OVER; exec sleep 1000"
    bridge = bridges.new("sh", "-c", script)
    bridge.read_until(READY)
    bridge.send(b"ab")
    bridge.end_input()
    # Were the end a byte, `head` had its three and said so.
    assert not bridge._ready(bridge._out, select.POLLIN, 0.3)
    bridge.process.terminate()
    assert bridge.code() == 143


# Nobody stops anybody


def test_a_reader_that_stalls_holds_the_program_and_loses_nothing(bridges: Bridges) -> None:
    """Its stdin flows all the while: the program hears what is typed."""
    heard = bridges.directory / "heard"
    script = f"{RAW}(head -c 4000000 /dev/zero; printf END) & head -c 100 >{heard}; wait"
    bridge = bridges.new("sh", "-c", script)
    bridge.read_until(READY)
    assert bridge.process.stdout is not None
    quiet_at = waiting_bytes(bridge.process.stdout.fileno())
    while True:  # until the kernel's pipe, the ring and the terminal are full
        assert not exits(bridge.pid, 0.3)
        if (now := waiting_bytes(bridge.process.stdout.fileno())) == quiet_at and now:
            break
        quiet_at = now
    bridge.send(b"x" * 100)
    deadline = time.monotonic() + LIMIT_S
    while not (heard.exists() and heard.read_bytes() == b"x" * 100):
        assert not exits(bridge.pid, 0.02)
        assert time.monotonic() < deadline, "input is stuck behind output"
    shown = bridge.read_to_end()
    assert len(shown) == 4_000_003
    assert shown.endswith(b"\0END")
    assert bridge.code() == 0


def test_a_program_that_does_not_read_bounds_what_is_taken(bridges: Bridges) -> None:
    """The bridge holds one ring of input, the kernel its pipe and terminal; output goes on."""
    script = f"{RAW}read -r x <{bridges.directory}/go; echo $x; exec sleep 1000"
    os.mkfifo(bridges.directory / "go")
    bridge = bridges.new("sh", "-c", script)
    bridge.read_until(READY)
    assert bridge.send_some(bytes(4 * MB)) < MB
    rss = memory_kib(bridge.pid)
    (bridges.directory / "go").write_text("still there\n")
    bridge.read_until(b"still there")
    assert memory_kib(bridge.pid) < rss + 1024
    bridge.process.terminate()
    assert bridge.code() == 143


def test_keys_are_answered_while_output_floods(bridges: Bridges) -> None:
    """And at once: a flood delays an answer by what is under way, not by what is to come."""
    answering = (
        "import os, sys, threading\n"
        "def flood():\n"
        "    while True: os.write(1, b'.' * 4000)\n"
        "threading.Thread(target=flood, daemon=True).start()\n"
        "while (key := os.read(0, 1)) != b'q': os.write(1, b'<' + key + b'>')\n"
        "os._exit(0)\n"
    )
    bridge = bridges.new("sh", "-c", f'{RAW}exec "$0" -c "$1"', sys.executable, answering)
    bridge.read_until(READY)
    for key in "abcdefghij":
        asked_at = time.monotonic()
        bridge.send(key.encode())
        shown = bridge.read_until(f"<{key}>".encode())
        # What the kernel holds between the two, and the ring: nothing queues without a bound.
        assert len(shown) < 64 * MB
        assert time.monotonic() - asked_at < LIMIT_S / 2
        bridge.seen = b""
    bridge.send(b"q")
    while bridge.read():
        pass
    assert bridge.code() == 0


def test_with_nothing_to_do_it_does_not_wake(bridges: Bridges) -> None:
    bridge = bridges.echo()
    bridge.send(b"key")
    bridge.read_until(b"key")
    # Its last turn for the key may come late on a busy machine; a timer would wake it each time.
    woken = True
    for _ in range(5):
        before = switches(bridge.pid)
        assert not exits(bridge.pid, 1.5)
        if not (woken := switches(bridge.pid) != before):
            break
    assert not woken


# Sizes, IDs


def test_another_process_resizes_it(bridges: Bridges) -> None:
    script = "trap 'stty size' WINCH; stty size; printf READY; while :; do read -r x || :; done"
    bridge = bridges.new("sh", "-c", script, cols=100, rows=30)
    assert bridge.read_until(READY) == b"30 100\r\nREADY"
    assert bridges.ask("resize", "b", "132", "43") == (0, "")
    bridge.read_until(b"43 132\r\n")


def test_two_bridges_know_nothing_of_each_other(bridges: Bridges) -> None:
    one = bridges.new("sh", "-c", "printf READY; read -r x; stty size", bridge_id="one")
    two = bridges.new("sh", "-c", "printf READY; read -r x; stty size", bridge_id="two")
    one.read_until(READY)
    two.read_until(READY)
    assert bridges.ask("resize", "two", "20", "10") == (0, "")
    one.send(b"\n")
    two.send(b"\n")
    assert b"24 80" in one.read_to_end()
    assert b"10 20" in two.read_to_end()


def test_an_id_in_use_is_refused(bridges: Bridges) -> None:
    bridge = bridges.echo()
    code, complaint = bridges.ask("new", "b", "80", "24", "true")
    assert code == 2
    assert f"the ID 'b' is in use by process {bridge.pid}: give another" in complaint
    assert exchange(bridge, b"unharmed") == hashlib.sha256(b"unharmed").hexdigest()


def test_the_id_of_a_killed_bridge_is_free_at_once(bridges: Bridges) -> None:
    killed = bridges.echo()
    killed.process.kill()
    assert killed.code() == 137
    assert bridges.ask("resize", "b", "80", "24")[0] == 3
    bridge = bridges.echo()
    assert bridges.ask("resize", "b", "90", "20") == (0, "")
    bridge.process.terminate()
    assert bridge.code() == 143
    assert bridges.files() == []


def test_there_is_nothing_to_resize_without_a_bridge(bridges: Bridges) -> None:
    code, complaint = bridges.ask("resize", "none", "80", "24")
    assert code == 3
    assert "there is no bridge 'none': start it with `termlab bridge new none" in complaint


@pytest.mark.parametrize("bad", ["../b", "a/b", "", ".", "..", "-b", "b" * 33, "ä", "a b", "b\n"])
def test_an_id_is_never_a_path(bridges: Bridges, bad: str) -> None:
    for what in (("new", bad, "80", "24", "true"), ("resize", bad, "80", "24")):
        code, complaint = bridges.ask(*what)
        assert (code, "can't be an ID" in complaint or "No such option" in complaint) == (2, True)
    assert bridges.files() == []


def test_a_program_that_is_not_there_is_5(bridges: Bridges) -> None:
    code, complaint = bridges.ask("new", "b", "80", "24", "no-such-program")
    assert code == 5
    assert complaint.startswith("termlab: can't run 'no-such-program'")
    assert bridges.files() == []


def test_it_starts_without_what_it_does_not_need(bridges: Bridges) -> None:
    """An editor waits for it: no engine, no click, no asyncio, no Textual."""
    code = (
        "import sys; from termlab.cli.main import main; "
        "main(['bridge', 'new', 'b', '80', '24', 'true']); "
        "print(*(set(sys.modules) & {'asyncio', 'click', 'textual', 'pyghostty', 'pyte', "
        "'socket', 'tomllib', 'subprocess', 'termlab.wire.codec', 'termlab.terminal.ghostty'}))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "XDG_RUNTIME_DIR": str(bridges.directory)},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=LIMIT_S,
    )
    assert (done.stdout.strip(), done.stderr) == ("", "")


def exits(pid: int, within_s: float) -> bool:
    """Whether a process ends in that time."""
    from tests.backends.exit_watch import exited

    return exited(pid, within_s)


def waiting_bytes(fd: int) -> int:
    """What the kernel holds for the reader of a pipe."""
    import fcntl
    import struct
    import termios

    return int(struct.unpack("i", fcntl.ioctl(fd, termios.FIONREAD, bytes(4)))[0])


def switches(pid: int) -> int:
    """How often it was woken or interrupted so far."""
    status = Path(f"/proc/{pid}/status").read_text()
    return sum(map(int, re.findall(r"ctxt_switches:\s+(\d+)", status)))


def memory_kib(pid: int) -> int:
    """Without what is mapped from files, of which the kernel loads as it likes."""
    found = re.search(r"RssAnon:\s+(\d+)", Path(f"/proc/{pid}/status").read_text())
    assert found
    return int(found[1])
