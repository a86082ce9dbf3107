"""Six kinds of output, made by a seeded generator and kept for the next run.

A piece of about 1 MB is made and repeated: long enough that no cache of rows can know it.
"""

import random
import tempfile
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from typing import Final

PIECE_BYTES: Final = 1 << 20
COLUMNS: Final = 95
SEED: Final = 20
VERSION: Final = 1  # of what is made: another one is another file

LETTERS: Final = "abcdefghijklmnoprstu"
WIDE: Final = "漢字仮名交文端末幅広東京都你好世界한국어글자"
EMOJI: Final = ("😀", "🚀", "🎉", "🐍", "👍🏽", "🇩🇪", "❤️")
COMBINING: Final = ("é", "ñ", "å", "ō", "ü")
RIGHT_TO_LEFT: Final = ("שלום", "עולם", "مرحبا", "بالعالم")


def _word(dice: random.Random) -> str:
    return "".join(dice.choices(LETTERS, k=dice.randint(2, 9)))


def _line(dice: random.Random, columns: int = COLUMNS) -> str:
    words = ""
    while len(words) < columns:
        words += _word(dice) + " "
    return words[:columns]


def _prose(dice: random.Random) -> Iterator[str]:
    while True:
        yield _line(dice) + "\n"


def _colours(dice: random.Random) -> Iterator[str]:
    while True:
        words = _line(dice).split()
        yield " ".join(
            f"\x1b[{dice.choice((0, 1, 3, 4, 7))};38;5;{dice.randrange(256)}m{word}\x1b[m"
            for word in words
        )
        yield "\n"


def _true_colour(dice: random.Random) -> Iterator[str]:
    while True:
        for letter in _line(dice):
            r, g, b = dice.randbytes(3)
            yield f"\x1b[38;2;{r};{g};{b}m{letter}"
        yield "\x1b[m\n"


def _motion(dice: random.Random) -> Iterator[str]:
    while True:
        yield f"\x1b[{dice.randint(1, 49)};{dice.randint(1, 190)}H{_word(dice)}"


def _unicode(dice: random.Random) -> Iterator[str]:
    kinds: tuple[Callable[[], str], ...] = (
        lambda: "".join(dice.choices(WIDE, k=4)),
        lambda: dice.choice(EMOJI),
        lambda: "".join(dice.choices(COMBINING, k=4)),
        lambda: dice.choice(RIGHT_TO_LEFT),
    )
    while True:
        yield " ".join(dice.choice(kinds)() for _ in range(16)) + "\n"


def _digits(dice: random.Random) -> Iterator[str]:
    while True:
        yield f"{dice.randrange(100)}\n"


# Name: what makes it, and how many MB of it are shown.
WORKLOADS: Final[dict[str, tuple[Callable[[random.Random], Iterator[str]], int]]] = {
    "ASCII prose, 95 columns": (_prose, 40),
    "256 colours + attributes by word": (_colours, 20),
    "true colour by character": (_true_colour, 20),
    "cursor motion + words": (_motion, 20),
    "CJK, emoji, combining, RTL": (_unicode, 20),
    "lines of 1-2 digits": (_digits, 10),
}


def payload(name: str, quick: bool = False) -> Path:
    """The file of a workload, made if it is not there yet."""
    make, megabytes = WORKLOADS[name]
    megabytes = 1 if quick else megabytes
    number = list(WORKLOADS).index(name)
    directory = Path(tempfile.gettempdir()) / f"termlab-workloads-{VERSION}"
    directory.mkdir(mode=0o700, exist_ok=True)
    path = directory / f"{number}-{megabytes}.txt"
    if not path.exists():
        part = path.with_suffix(".part")
        part.write_bytes(_piece(make) * megabytes)
        part.replace(path)
    return path


def _piece(make: Callable[[random.Random], Iterator[str]]) -> bytes:
    text, size = [], 0
    source = make(random.Random(SEED))
    while size < PIECE_BYTES:
        part = "".join(islice(source, 64)).encode()
        text.append(part)
        size += len(part)
    return b"".join(text) + b"\x1b[m\n"
