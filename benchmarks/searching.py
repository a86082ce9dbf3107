"""Searching a long history in copy mode, while a pane beside floods and somebody types.

``python -m benchmarks.searching [--quick]``. Two terminals show two sessions of one server: in the
first a pane with the history is searched, in the second keys are typed beside a pane that floods.
A hit is timed from its key, which starts the search in both contestants, to the first chunk of
output with the character that stands beside it; keys are timed as in `benchmarks.latency`, those
of them that were typed while a search was under way.
"""

import random
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import cycle
from pathlib import Path
from typing import Final, NamedTuple

from benchmarks.contestants import Contestant, contestant, present
from benchmarks.latency import ECHO, FLOOD, LETTERS, LOST_S
from benchmarks.processes import pss_mib
from benchmarks.report import percentile, row, table
from benchmarks.terminal import COLS, ROWS, Terminal
from benchmarks.workloads import payload

LINE_WORDS: Final = "abcdefghijklmnoprstu     "
SEED: Final = 11
# What is looked for, by the key that looks for it: the text or expression and where it stands.
NEAR, FAR, NEAR_REGEX, FAR_REGEX = "PQYZ"
SEARCHES: Final = {
    NEAR: ("needle-near", False, "☂"),
    FAR: ("needle-far", False, "☃"),
    NEAR_REGEX: ("needle-n[a-f]+r *[^a-z ]", True, "☂"),
    FAR_REGEX: ("needle-f[a-f]+r *[^a-z ]", True, "☃"),
}
FIGURES: Final = {
    NEAR: "plain text, near",
    FAR: "plain text, at the far end",
    NEAR_REGEX: "expression, near",
    FAR_REGEX: "expression, at the far end",
}
PIECE_LINES: Final = 20_000
# A hit near the end of the history stands so many lines before it.
NEAR_LINES: Final = 300
# The engine keeps whole pages, of 400 KB each.
MORE_BYTES: Final = 4 << 20
COPY_MODE: Final = b"\x02["
LEAVE: Final = b"q"
ROUNDS: Final = 5
KEYS: Final = 60
CALM_S: Final = 2.0
REST_LOOKS: Final = 10
# tmux gives a search up after 10 s.
LONG_S: Final = 60.0


class Shape(NamedTuple):
    """How much there is to search."""

    lines: int
    cols: int


class Took(NamedTuple):
    """Milliseconds to each hit, and of keys; MiB of the server at rest, before and after."""

    hits: dict[str, list[float]]
    keys_before: list[float]
    keys_meanwhile: list[float]
    before_mib: float
    after_mib: float


SHAPES: Final = (Shape(100_000, 200), Shape(1_000_000, 80))


def history(path: Path, shape: Shape) -> None:
    """Lines of words with a needle near each end. A piece of them is repeated, longer than what any
    engine packs at a time."""
    dice = random.Random(SEED)
    piece = ["".join(dice.choices(LINE_WORDS, k=shape.cols - 1)) for _ in range(PIECE_LINES)]
    needles = {20: "needle-far   ☃", shape.lines - NEAR_LINES: "needle-near   ☂"}
    with path.open("w") as file:
        for number in range(shape.lines):
            needle = needles.get(number, "")
            file.write(f"{piece[number % PIECE_LINES][len(needle) :]}{needle}\n")


def configure(one: Contestant, shape: Shape) -> None:
    """A history as long as that, and a key for each search."""
    if one.name == "tmux":
        one.run("set-option", "-g", "history-limit", str(2 * shape.lines))
        one.run("set-option", "-g", "mode-keys", "vi")
        for key, (text, regex, _) in SEARCHES.items():
            command = "search-backward" if regex else "search-backward-text"
            one.run("bind-key", "-T", "copy-mode-vi", key, "send-keys", "-X", command, text)
        return
    lines = [f"scrollback_bytes = {shape.lines * shape.cols * 9 + MORE_BYTES}", "[keys.scroll]"]
    for key, (text, regex, _) in SEARCHES.items():
        flag = "-r " if regex else ""
        lines.append(f"{key} = {{ command = \"search-backward {flag}'{text}'\", note = 'bench' }}")
    path = Path(one.directory, "config.toml")
    path.write_text("\n".join(lines) + "\n")
    one.environment["TERMLAB_CONFIG"] = str(path)


@contextmanager
def session(one: Contestant, name: str, cols: int, argv: tuple[str, ...]) -> Iterator[Terminal]:
    """A session of that name in a terminal of its own."""
    one.run("new-session", "-d", "-s", name, "-x", str(cols), "-y", str(ROWS - 1), *argv)
    with Terminal(one.command("attach-session", "-t", name), one.environment, cols) as terminal:
        yield terminal


def measure(name: str, shape: Shape, rounds: int) -> Took:
    """One contestant with one history."""
    with contestant(name) as one:
        if name == "tmux":
            one.run("new-session", "-d", "-s", "first", *ECHO)  # a server to be configured
        configure(one, shape)
        path = Path(one.directory, "history")
        history(path, shape)
        shell = ("/bin/sh", "-c", f"cat {path}; exec cat")
        # On the alternate screen, which keeps no history: that of the other pane is measured.
        endless = f"while :; do cat {payload(FLOOD, quick=True)}; done"
        flood = ("/bin/sh", "-c", f"printf '\\033[?1049h'; {endless}")
        with session(one, "typed", COLS, ECHO) as typed:
            typed.settle(b"ready")
            one.run("split-window", "-h", "-d", "-t", "typed:", *flood)
            with session(one, "searched", shape.cols, shell) as searched:
                return _searched(one, typed, searched, rounds)


def _searched(one: Contestant, typed: Terminal, searched: Terminal, rounds: int) -> Took:
    while searched.read(CALM_S):
        typed.read_for(0.1)
    server = max(one.processes(), key=lambda pid: pss_mib([pid]))
    dice, letters = random.Random(SEED), cycle(LETTERS)
    with _drained(searched):
        before = _at_rest(typed, server)
        keys_before = [_type(typed, dice, letters) for _ in range(KEYS)]
    hits: dict[str, list[float]] = {key: [] for key in SEARCHES}
    meanwhile: list[float] = []
    for _ in range(rounds):
        for key in SEARCHES:
            took, keys = _hit(typed, searched, key, dice, letters)
            hits[key].append(took)
            if key in (FAR, FAR_REGEX):
                meanwhile += keys
    with _drained(searched):
        return Took(hits, keys_before, meanwhile, before, _at_rest(typed, server))


def _at_rest(typed: Terminal, server: int) -> float:
    """MiB of the server once they don't change any more: a quiet history may be made smaller."""
    now = pss_mib([server])
    for _ in range(REST_LOOKS):
        typed.read_for(CALM_S)
        before, now = now, pss_mib([server])
        if abs(now - before) < now / 100:
            break
    return now


def _hit(
    typed: Terminal,
    searched: Terminal,
    key: str,
    dice: random.Random,
    letters: Iterator[str],
) -> tuple[float, list[float]]:
    """Milliseconds to the hit, and of the keys typed until then."""
    searched.write(COPY_MODE)
    while searched.read(0.2):
        typed.read_for(0.01)
    found = threading.Event()
    ended = [0.0]
    mark = SEARCHES[key][2].encode()

    def wait() -> None:
        ended[0] = searched.until(mark, LONG_S)
        found.set()

    waiting = threading.Thread(target=wait, daemon=True)
    start = time.perf_counter()
    searched.write(key.encode())
    waiting.start()
    keys = []
    while not found.is_set():
        keys.append(_type(typed, dice, letters))
        if not (waiting.is_alive() or found.is_set()):
            raise SystemExit(f"{SEARCHES[key][0]!r} was not found")
    waiting.join()
    searched.write(LEAVE)
    while searched.read(0.2):
        typed.read_for(0.01)
    return (ended[0] - start) * 1000, keys


def _type(terminal: Terminal, dice: random.Random, letters: Iterator[str]) -> float:
    """Wait a while, type, wait for the echo: what it took in milliseconds.

    No letter follows itself: a row that looks as before is not sent again.
    """
    terminal.write(b"\r")
    terminal.read_for(dice.uniform(0.01, 0.03))
    letter = next(letters).encode()
    start = time.perf_counter()
    terminal.write(letter)
    return (terminal.until(letter, LOST_S) - start) * 1000


@contextmanager
def _drained(terminal: Terminal) -> Iterator[None]:
    """Read what a terminal shows while another one is looked at."""
    ended = threading.Event()

    def drain() -> None:
        while not ended.is_set():
            terminal.read(0.05)

    reading = threading.Thread(target=drain)
    reading.start()
    try:
        yield
    finally:
        ended.set()
        reading.join()


def main(quick: bool = False) -> str:
    """A table for each shape."""
    text = ""
    for shape in SHAPES:
        used = Shape(shape.lines // 50, shape.cols) if quick else shape
        names = [name for name in present() if name in ("tmux", "termlab")]
        took = {name: measure(name, used, 1 if quick else ROUNDS) for name in names}
        rows = [
            row(
                f"first hit, {said}, ms",
                {name: percentile(each.hits[key], 50) for name, each in took.items()},
                1,
            )
            for key, said in FIGURES.items()
        ]
        for p in (50, 99):
            for said, keys in (
                ("no search", {name: each.keys_before for name, each in took.items()}),
                ("a search", {name: each.keys_meanwhile for name, each in took.items()}),
            ):
                values = {name: percentile(all_, p) for name, all_ in keys.items() if all_}
                rows.append(row(f"key to screen p{p}, {said} under way, ms", values, 2))
        before = {name: each.before_mib for name, each in took.items()}
        after = {name: each.after_mib for name, each in took.items()}
        rows += [row("server before it, MiB", before, 1), row("server after it, MiB", after, 1)]
        title = f"Search through {shape.lines:,} lines of {shape.cols} columns beside a flood"
        text += table(title, rows, "Less is better.") + "\n"
    return text


if __name__ == "__main__":
    print(main("--quick" in sys.argv))
