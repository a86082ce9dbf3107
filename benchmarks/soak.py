"""Hours in panes: the same work again and again, each last screen right, memory flat, nothing kept.

``python -m benchmarks.soak [--minutes N] [--quick]``. One server, one connection, real programs. A
round is every workload once; rounds go on until the time is over, two at least. What a round leaves
behind (descriptors, processes, memory) is looked at when all of its panes are closed.
"""

import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final, NamedTuple

if sys.platform != "win32":
    from benchmarks.own_server import OwnServer

assert sys.platform != "win32"

MIB: Final = 1 << 20
# Rounds beyond the second may not take more, all together: caches are full by then.
GROWTH_BYTES: Final = 8 * MIB
COLS, ROWS = 100, 30
TICK_S: Final = 0.1


class Scale(NamedTuple):
    """How much each workload is."""

    files: int = 10_000
    megabytes: int = 100
    ticks: int = 600  # a line each 100 ms
    marked_rows: int = 100_000
    resizes: int = 1_000
    panes: int = 1_000


QUICK: Final = Scale(2_000, 4, 20, 4_000, 100, 20)


class Wrong(Exception):
    """A screen that is not what was printed, or something that stayed."""


def in_pane(server: OwnServer, script: str, name: str) -> Sequence[str]:
    """Run a shell script to its end in a pane that remains: its last screen."""
    file = server.directory / name
    file.write_text(script)
    session = server.ok(
        *("new-session", "-d", "-x", str(COLS), "-y", str(ROWS), "--remain"),
        *("sh", str(file)),
    ).strip()
    target = f"{session}:0.0"
    server.ok("wait", "-t", target, "--exit", "--timeout", "24h")
    screen = server.ok("capture-pane", "-t", target).splitlines()
    server.ok("kill-session", "-t", session)
    return [row.rstrip() for row in screen]


def same_end(screen: Sequence[str], printed: Path) -> None:
    """The screen shows the end of what was printed, line by line, long ones wrapped."""
    wanted: list[str] = []
    for line in printed.read_text(errors="replace").splitlines()[-ROWS:]:
        wanted += [line[at : at + COLS] for at in range(0, len(line), COLS)] or [""]
    shown = list(screen)
    while shown and not shown[-1]:
        shown.pop()
    wanted = [row.rstrip() for row in wanted][-len(shown) :]
    if not shown or shown != wanted:
        raise Wrong(f"the screen ends with {shown[-3:]}, printed was {wanted[-3:]}")


def find(server: OwnServer, scale: Scale) -> None:
    """``find / | head``: short lines, as fast as they come."""
    kept = server.directory / "found"
    # Names of another alphabet are wider than they are long.
    script = (
        f"find / -xdev 2>/dev/null | LC_ALL=C grep -v '[^ -~]' | head -{scale.files} | tee {kept}"
    )
    same_end(in_pane(server, script, "find.sh"), kept)


def random_text(server: OwnServer, scale: Scale) -> None:
    """``base64 /dev/urandom | head -c``: a flood without a pattern."""
    kept = server.directory / "end"
    size = scale.megabytes * 1_000_000
    script = f"""mkfifo {kept}.fifo
tail -c 8192 < {kept}.fifo > {kept} & tail=$!
base64 /dev/urandom | head -c {size} | tee {kept}.fifo
wait $tail
rm {kept}.fifo"""
    same_end(in_pane(server, script, "base64.sh"), kept)


def ticking(server: OwnServer, scale: Scale) -> None:
    """A line each 100 ms: mostly silence."""
    script = f"""i=0
while [ $i -lt {scale.ticks} ]; do i=$((i + 1)); echo "tick $i"; sleep {TICK_S}; done"""
    screen = in_pane(server, script, "tick.sh")
    if f"tick {scale.ticks}" not in screen:
        raise Wrong(f"the last tick is not on the screen: {screen[-3:]}")


def marked_rows(server: OwnServer, scale: Scale) -> None:
    """Prompts and commands with their marks and directories: line information for each row."""
    directory, marks = "]7;file:///tmp/%d", ("]133;A", "]133;B", "]133;C", "]133;D;%d")
    at, prompt, typed, runs, done = (f"\\033{each}\\007" for each in (directory, *marks))
    line = rf"{at}{prompt}$ {typed}true %d{runs}\r\n{done}"
    loop = f"for (i = 1; i <= {scale.marked_rows}; i++)"
    script = f"""awk 'BEGIN {{ {loop} printf "{line}", i % 100, i, i % 3 }}'"""
    screen = in_pane(server, script, "marks.sh")
    if f"$ true {scale.marked_rows}" not in screen:
        raise Wrong(f"the last command is not on the screen: {screen[-3:]}")


def resizes(server: OwnServer, scale: Scale) -> None:
    """A pane with a history, wider and narrower."""
    file = server.directory / "lines.sh"
    file.write_text("seq -f 'line %g of some length that wraps when it is narrow' 2000; cat")
    session = server.ok("new-session", "-d", "-x", "120", "-y", "40", "sh", str(file)).strip()
    server.ok("wait", "-t", session, "--text", "line 2000")
    server.ok("split-window", "-h", "-d", "-t", session, "cat")
    for number in range(scale.resizes):
        server.ok("resize-pane", "-t", f"{session}:0.0", "-x", str(20 + number * 7 % 80))
    server.ok("resize-pane", "-t", f"{session}:0.0", "-x", "60")
    rows = server.ok("capture-pane", "-t", f"{session}:0.0").splitlines()
    server.ok("kill-session", "-t", session)
    text = "".join(row.ljust(60) for row in rows).rstrip()
    if not text.endswith("line 2000 of some length that wraps when it is narrow"):
        raise Wrong(f"the screen ends with {rows[-3:]}")


def many_panes(server: OwnServer, scale: Scale) -> None:
    """Panes opened and closed, one after the other."""
    session = server.ok("new-session", "-d", "cat").strip()
    for _ in range(scale.panes):
        pane = server.ok("split-window", "-t", session, "cat").strip()
        server.ok("kill-pane", "-t", pane)
    server.ok("kill-session", "-t", session)


Workload = Callable[[OwnServer, Scale], None]
WORKLOADS: Final[tuple[Workload, ...]] = (
    find,
    random_text,
    ticking,
    marked_rows,
    resizes,
    many_panes,
)


class Left(NamedTuple):
    """What the server holds once all panes of a round are closed."""

    rss_bytes: int
    descriptors: int
    children: int


def soak(scale: Scale, minutes: float) -> tuple[dict[str, list[float]], list[Left]]:
    """Seconds each workload took, round by round, and what each round left."""
    took: dict[str, list[float]] = {each.__name__: [] for each in WORKLOADS}
    left: list[Left] = []
    end = time.monotonic() + minutes * 60
    with OwnServer() as server:
        server.ok("new-session", "-d", "cat")  # it keeps the server
        while len(left) < 2 or time.monotonic() < end:
            for each in WORKLOADS:
                start = time.monotonic()
                each(server, scale)
                took[each.__name__].append(time.monotonic() - start)
            server.settle(children=1)
            left.append(Left(server.rss_bytes(), server.descriptors(), server.children()))
    return took, left


def check(left: Sequence[Left]) -> None:
    """Raises ``Wrong`` where rounds leave ever more behind."""
    first, *rest = left[1:] or left
    for each in rest:
        if each.rss_bytes - first.rss_bytes > GROWTH_BYTES:
            raise Wrong(f"memory grew from {first.rss_bytes} to {each.rss_bytes} bytes")
    if {each[1:] for each in left} != {left[0][1:]}:
        raise Wrong(f"descriptors or processes stayed: {left}")


def main(quick: bool = False, minutes: float = 0.0) -> str:
    """The table."""
    took, left = soak(QUICK if quick else Scale(), minutes)
    check(left)
    rows = [
        f"| {name} | {len(each)} | {min(each):.1f} | {max(each):.1f} |"
        for name, each in took.items()
    ]
    sizes = ", ".join(f"{each.rss_bytes / MIB:.1f}" for each in left[:1] + left[-1:])
    return "\n".join(
        [
            "## A soak: every last screen right, nothing left behind",
            "",
            "| workload | rounds | fastest s | slowest s |",
            "|---|---:|---:|---:|",
            *rows,
            "",
            f"Server after the first and the last of {len(left)} rounds: {sizes} MiB RSS, "
            f"{left[-1].descriptors} descriptors, {left[-1].children} child, the same after each.",
            "",
        ]
    )


def _minutes(words: Sequence[str]) -> float:
    return float(words[words.index("--minutes") + 1]) if "--minutes" in words else 0.0


if __name__ == "__main__":
    print(main("--quick" in sys.argv, _minutes(sys.argv)))
