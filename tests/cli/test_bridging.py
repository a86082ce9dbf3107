"""`termlab bridge`: its words, before anything runs."""

import pytest

from termlab.cli.bridging import _read
from termlab.errors import UsageError
from termlab.model.geometry import Size


def read(line: str) -> tuple[str, str, Size, tuple[str, ...]]:
    return _read(line.split())


def test_what_follows_the_size_is_the_programs() -> None:
    argv = ("htop", "-d", "5", "--help")
    assert read("bridge new a 80 24 htop -d 5 --help") == ("new", "a", Size(80, 24), argv)
    assert read("bridge new a 80 24 -- htop -d 5 --help")[3] == argv
    assert read("bridge new a 80 24 -- -- x")[3] == ("--", "x")


def test_resizing_takes_no_program() -> None:
    assert read("bridge resize a 132 43") == ("resize", "a", Size(132, 43), ())
    with pytest.raises(UsageError, match="'htop': resize takes an ID, columns and rows, no more"):
        read("bridge resize a 132 43 htop")


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("bridge", "Missing argument"),
        ("bridge new", "Missing argument 'ID'"),
        ("bridge new a 80", "Missing argument 'ROWS'"),
        ("bridge open a 80 24 sh", "'open' is not one of 'new', 'resize'"),
        ("bridge new a eighty 24 sh", "'eighty' is not a valid integer"),
        ("bridge new a 80 2.5 sh", "'2.5' is not a valid integer"),
        ("bridge new a 80 24", "which program\\? `termlab bridge new a 80 24 CMD...`"),
        ("bridge new a 0 24 sh", "can't be 0x24 cells: give columns and rows from 1 to 4096"),
        ("bridge resize a 80 5000", "can't be 80x5000 cells"),
        ("bridge resize a 99999999999999999999 1", "can't be"),
    ],
)
def test_wrong_words_are_told_with_what_to_give(line: str, why: str) -> None:
    with pytest.raises(UsageError, match=why):
        read(line)
