"""`termlab bridge` beside `script`, `socat` and a plain PTY: throughput, latency, CPU, wake-ups.

``python -m benchmarks.bridging [--quick]``. All of them join two pipes to a program on a terminal;
"plain" is that terminal alone, read and written by this process: what no bridge can be faster than.
Who can't do something says so: "stuck" is one that moves no byte for `STUCK_S`, "lost" one that
brought something else back than it was given.
"""

import hashlib
import os
import select
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import Final

from benchmarks.processes import cpu_s, switches
from benchmarks.report import percentile

if sys.platform != "win32":
    import fcntl
    import termios

assert sys.platform != "win32"

NAMES: Final = ("plain", "script", "socat", "termlab")
READY: Final = b"READY"
RAW: Final = "stty raw -echo; printf READY; "
ROUNDS: Final = 3
OUT_MB: Final = 60
BOTH_MB: Final = 30
KEYS: Final = 400
IDLE_S: Final = 3.0
STUCK_S: Final = 5.0
MB: Final = 1_000_000
CHUNK: Final = 64 * 1024
ROOT: Final = Path(__file__).parent.parent

Value = float | str


class Ends:
    """A program on a terminal, our two descriptors to it, and the process between, if any."""

    def __init__(
        self, into: int, out: int, process: "subprocess.Popen[bytes]", bridge: int
    ) -> None:
        self.into = into
        self.out = out
        self.process = process
        self.bridge = bridge  # 0 for none
        os.set_blocking(into, False)
        os.set_blocking(out, False)

    def until(self, count: int) -> bytes:
        """At least so many bytes."""
        seen = b""
        while len(seen) < count:
            if not ready(self.out, select.POLLIN, STUCK_S):
                raise Stuck
            seen += os.read(self.out, CHUNK)
        return seen


class Stuck(Exception):
    """Nothing has moved for `STUCK_S`."""


def ready(fd: int, events: int, within_s: float) -> bool:
    poll = select.poll()
    poll.register(fd, events)
    return bool(poll.poll(within_s * 1000))


@contextmanager
def joined(name: str, script: str, directory: str) -> Iterator[Ends]:
    """The shell script ``script`` on a terminal, by the way ``name``."""
    file = Path(directory, "script.sh")
    file.write_text(script)
    ends = plain(file, directory) if name == "plain" else bridged(name, file, directory)
    try:
        yield ends
    finally:
        for fd in {ends.into, ends.out}:
            os.close(fd)
        ends.process.kill()
        ends.process.wait()


def plain(file: Path, directory: str) -> Ends:
    ours, theirs = os.openpty()
    process = subprocess.Popen(
        ["sh", str(file)],
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        start_new_session=True,
        preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0),
    )
    os.close(theirs)
    return Ends(ours, ours, process, 0)


def bridged(name: str, file: Path, directory: str) -> Ends:
    argv = {
        "script": ["script", "-qfc", f"sh {file}", "/dev/null"],
        "socat": ["socat", "-", f"EXEC:sh {file},pty,setsid,ctty,stderr"],
        "termlab": [
            *(sys.executable, "-P", "-m", "termlab", "bridge", "new"),
            *("bench", "80", "24", "sh", str(file)),
        ],
    }[name]
    environment = {**os.environ, "XDG_RUNTIME_DIR": directory, "PYTHONPATH": str(ROOT)}
    (theirs, into), (out, back) = os.pipe(), os.pipe()
    process = subprocess.Popen(
        argv, stdin=theirs, stdout=back, stderr=subprocess.DEVNULL, env=environment
    )
    os.close(theirs)
    os.close(back)
    return Ends(into, out, process, process.pid)


# What is measured


def start_ms(name: str, directory: str, size: int) -> Value:
    """Until the program's first output is here."""
    began = time.perf_counter()
    with joined(name, "printf READY; exec cat", directory) as ends:
        ends.until(len(READY))
        return (time.perf_counter() - began) * 1000


def out_mb_s(name: str, directory: str, size: int) -> Value:
    """Output alone, read as fast as it comes."""
    script = f"{RAW}read -r go; exec head -c {size} /dev/zero"
    with joined(name, script, directory) as ends:
        ends.until(len(READY))
        began = time.perf_counter()
        os.write(ends.into, b"\n")
        got = 0
        while got < size:
            if not ready(ends.out, select.POLLIN, STUCK_S):
                return "stuck"
            got += len(os.read(ends.out, 4 * CHUNK))
        return size / MB / (time.perf_counter() - began)


def cpu_ms_per_mb(name: str, directory: str, size: int) -> Value:
    """CPU time of the process between, for output alone."""
    script = f"{RAW}head -c {size} /dev/zero; exec cat"
    with joined(name, script, directory) as ends:
        if not ends.bridge:
            return "-"
        ends.until(len(READY))
        before, got = cpu_s([ends.bridge]), 0
        while got < size - CHUNK:
            if not ready(ends.out, select.POLLIN, STUCK_S):
                return "stuck"
            got += len(os.read(ends.out, 4 * CHUNK))
        return (cpu_s([ends.bridge]) - before) * 1000 / (size / MB)


def both_mb_s(name: str, directory: str, size: int) -> Value:
    """An echo of noise, written and read at once: MB/s each way."""
    data = (os.urandom(1 << 20) * (size // (1 << 20) + 1))[:size]
    come, sent, got = hashlib.sha256(), 0, 0
    with joined(name, f"{RAW}exec cat", directory) as ends:
        ends.until(len(READY))
        began = time.perf_counter()
        poll = select.poll()
        poll.register(ends.out, select.POLLIN)
        poll.register(ends.into, select.POLLOUT | (select.POLLIN if ends.into == ends.out else 0))
        while got < size:
            happened = poll.poll(STUCK_S * 1000)
            if not happened:
                return "stuck"
            for fd, events in happened:
                if events & select.POLLIN:
                    back = os.read(fd, 4 * CHUNK)
                    come.update(back)
                    got += len(back)
                if events & select.POLLOUT:
                    sent += os.write(fd, data[sent : sent + CHUNK])
                    if sent == size:
                        poll.unregister(ends.into)
                        poll.register(ends.out, select.POLLIN)
        took = time.perf_counter() - began
    return size / MB / took if come.digest() == hashlib.sha256(data).digest() else "lost"


def key_us(percent: int) -> Callable[[str, str, int], Value]:
    """From a key to its echo."""

    def measure(name: str, directory: str, size: int) -> Value:
        took = []
        with joined(name, f"{RAW}exec cat", directory) as ends:
            ends.until(len(READY))
            for _ in range(size):
                began = time.perf_counter()
                os.write(ends.into, b"k")
                ends.until(1)
                took.append((time.perf_counter() - began) * 1e6)
        return percentile(took, percent)

    return measure


def idle_wakeups(name: str, directory: str, size: int) -> Value:
    """How often the process between is woken in `IDLE_S`, with nothing to do."""
    with joined(name, f"{RAW}exec cat", directory) as ends:
        if not ends.bridge:
            return "-"
        ends.until(len(READY))
        ready(ends.out, select.POLLIN, 0.5)
        before = switches([ends.bridge])
        ready(ends.out, select.POLLIN, IDLE_S)
        return float(switches([ends.bridge]) - before)


Measure = Callable[[str, str, int], Value]
# Name, how, at what size, at what size to show that it works, digits.
FIGURES: Final[tuple[tuple[str, Measure, int, int, int], ...]] = (
    ("start to first output, ms", start_ms, 0, 0, 0),
    (f"output, {OUT_MB} MB, MB/s", out_mb_s, OUT_MB * MB, MB, 0),
    ("CPU of it per MB of output, ms", cpu_ms_per_mb, OUT_MB * MB, MB, 1),
    (f"both ways at once, {BOTH_MB} MB, MB/s each", both_mb_s, BOTH_MB * MB, MB, 0),
    ("key to echo, p50, µs", key_us(50), KEYS, 10, 0),
    ("key to echo, p95, µs", key_us(95), KEYS, 10, 0),
    (f"wake-ups in {IDLE_S:g} s of nothing", idle_wakeups, 0, 0, 0),
)


def combined(values: Sequence[Value]) -> Value:
    """The median; a word if any of them was one."""
    words = [value for value in values if isinstance(value, str)]
    return words[0] if words else median(value for value in values if not isinstance(value, str))


def shown(value: Value, digits: int) -> str:
    return value if isinstance(value, str) else f"{value:.{digits}f}"


def ratio(values: dict[str, Value], other: str) -> str:
    ours, theirs = values["termlab"], values.get(other, "-")
    if isinstance(ours, str) or isinstance(theirs, str) or not theirs:
        return "-"
    return f"{ours / theirs:.2f}x"


def note(results: dict[str, dict[str, Value]]) -> str:
    """What the figures say."""
    echo = {name: values["termlab"] for name, values in results.items()}
    fast = results[FIGURES[4][0]]
    added = [
        f"{name} {value - fast['plain']:.0f} µs"
        for name, value in fast.items()
        if name != "plain" and not isinstance(value, str) and not isinstance(fast["plain"], str)
    ]
    failing = sorted(
        {
            f"{name} was {value} in “{figure}”"
            for figure, values in results.items()
            for name, value in values.items()
            if isinstance(value, str) and value != "-"
        }
    )
    silent = echo[FIGURES[6][0]] == 0
    return " ".join(
        [
            f"What a key and its echo take more than on the plain terminal: {', '.join(added)}.",
            f"{'. '.join(failing)}." if failing else "All brought back every byte.",
            "With nothing to do the bridge is not woken once."
            if silent
            else "The bridge is woken with nothing to do: a defect.",
        ]
    )


def main(quick: bool = False) -> str:
    """The table."""
    present = [name for name in NAMES if name in ("plain", "termlab") or shutil.which(name)]
    results: dict[str, dict[str, Value]] = {}
    with tempfile.TemporaryDirectory(prefix="tl-") as directory:
        for figure, measure, size, small, _ in FIGURES:
            tries: dict[str, list[Value]] = {name: [] for name in present}
            for _ in range(1 if quick or measure is idle_wakeups else ROUNDS):
                for name in present:
                    if "stuck" in tries[name]:
                        continue  # once is enough
                    try:
                        tries[name].append(measure(name, directory, small if quick else size))
                    except Stuck:
                        tries[name].append("stuck")
            results[figure] = {name: combined(values) for name, values in tries.items()}
    head = ["figure", *NAMES, "termlab / script", "termlab / socat"]
    lines = [head]
    for figure, *_, digits in FIGURES:
        values = results[figure]
        cells = [shown(values.get(name, "-"), digits) for name in NAMES]
        lines.append([figure, *cells, ratio(values, "script"), ratio(values, "socat")])
    body = [f"| {' | '.join(line)} |" for line in lines]
    body.insert(1, "|---|" + "--:|" * (len(head) - 1))
    title = "## A program joined to two pipes: `termlab bridge`, `script -qfc`, `socat`"
    return "\n".join([title, "", *body, "", note(results), ""])


if __name__ == "__main__":
    print(main("--quick" in sys.argv))
