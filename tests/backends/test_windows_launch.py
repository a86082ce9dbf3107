"""Command lines and environments for Windows, read back as Windows does."""

import os
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from termlab.backends.pty import Command
from termlab.backends.windows_launch import MAX_LINE_UNITS, command_line, environment_block
from termlab.errors import SpawnError
from tests.backends.child import SIZE
from tests.backends.windows_words import split_block, split_command_line

if sys.platform == "win32":
    pytest.skip("the programs of these tests are those of POSIX", allow_module_level=True)


def command(*argv: str, environment: Mapping[str, str], directory: str = "/") -> Command:
    return Command(argv, directory, environment, SIZE)


def program(path: Path) -> str:
    path.parent.mkdir(exist_ok=True)
    path.write_text("#!/bin/sh\n")
    path.chmod(0o755)
    return str(path)


@given(st.lists(st.text(st.sampled_from('a "\\\tü'), max_size=8), max_size=5))
def test_every_word_survives_the_command_line(words: list[str]) -> None:
    head, rest = command_line(command("/bin/sh", *words, environment={}))
    line = head if rest is None else f"{head} {rest}"
    assert split_command_line(line) == ["/bin/sh", *words]


@pytest.mark.parametrize(
    ("line", "words"),
    [
        # The examples of the C runtime's documentation.
        ('x "abc" d e', ["x", "abc", "d", "e"]),
        (r"x a\\b d\"e f\"g h", ["x", r"a\\b", 'd"e', 'f"g', "h"]),
        (r"x a\\\"b c d", ["x", r"a\"b", "c", "d"]),
        (r'x a\\\\"b c" d e', ["x", r"a\\b c", "d", "e"]),
        ('x a"b"" c d', ["x", 'ab" c d']),
        (r'"C:\Program Files\x" \ ""', [r"C:\Program Files\x", "\\", ""]),
    ],
)
def test_the_fake_reads_a_command_line_as_windows_does(line: str, words: list[str]) -> None:
    assert split_command_line(line) == words


def test_a_program_in_a_directory_with_a_blank_is_one_word(tmp_path: Path) -> None:
    path = program(tmp_path / "Program Files" / "x")
    assert command_line(command(path, environment={})) == (f'"{path}"', None)


def test_the_suffixes_of_the_pane_are_tried_in_their_order(tmp_path: Path) -> None:
    second = program(tmp_path / "edit.Cmd")
    environment = {"Path": str(tmp_path), "PathExt": ".COM;.Cmd;;.X"}
    asked = command("edit", environment=environment)
    assert command_line(asked)[0] == second
    first = program(tmp_path / "edit.COM")
    assert command_line(asked)[0] == first
    # A file without one is the last that Windows would run; one named with its suffix is meant.
    program(tmp_path / "edit")
    program(tmp_path / "edit.Cmd.COM")
    assert command_line(asked)[0] == first
    assert command_line(command("edit.Cmd", environment=environment))[0] == second
    by_path = command("./edit", environment=environment, directory=str(tmp_path))
    assert os.path.normpath(command_line(by_path)[0]) == first


def test_without_suffixes_of_its_own_a_pane_has_those_of_windows(tmp_path: Path) -> None:
    path = program(tmp_path / "x.EXE")
    assert command_line(command("x", environment={"PATH": str(tmp_path)}))[0] == path


@pytest.mark.parametrize("long", ["x" * MAX_LINE_UNITS, '"' * 20_000, "\U0001f600" * 16_383])
def test_a_line_that_windows_would_not_take_is_refused(long: str) -> None:
    with pytest.raises(SpawnError, match=r"Windows takes 32766\) are too long: pass the data in"):
        command_line(command("/bin/sh", long, environment={}))


def test_the_longest_line_is_taken() -> None:
    head, rest = command_line(
        command("/bin/sh", "x" * (MAX_LINE_UNITS - len("/bin/sh ")), environment={})
    )
    assert len(f"{head} {rest}") == MAX_LINE_UNITS


def test_the_environment_is_sorted_as_windows_compares_and_names_are_there_once() -> None:
    block = environment_block({"b": "1", "Path": "old", "A": "x=y", "PATH": "new"})
    assert block == "A=x=y\0b=1\0PATH=new\0"
    assert split_block(block + "\0") == {"A": "x=y", "b": "1", "PATH": "new"}


def test_an_empty_environment_ends_with_two_nuls_too() -> None:
    assert environment_block({}) + "\0" == "\0\0"
