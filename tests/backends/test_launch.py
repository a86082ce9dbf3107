"""Tests of `backends.launch`: each wrong command has its own message."""

import errno
import os
from collections.abc import Mapping
from pathlib import Path

import pytest

from termlab.backends.launch import directory_failure, resolve, start_failure
from termlab.backends.pty import Command
from termlab.errors import SpawnError
from termlab.model.geometry import Size


def command(
    *argv: str, directory: str = "/", environment: Mapping[str, str] | None = None
) -> Command:
    chosen = {"PATH": "/usr/bin:/bin"} if environment is None else environment
    return Command(argv, directory, chosen, Size(80, 24))


def refusal(wrong: Command) -> str:
    with pytest.raises(SpawnError) as caught:
        resolve(wrong)
    return str(caught.value)


def program(path: Path, mode: int = 0o755) -> Path:
    path.write_text("#!/bin/sh\n")
    path.chmod(mode)
    return path


def test_the_first_executable_file_on_the_path_is_taken(tmp_path: Path) -> None:
    for place in "abcd":
        (tmp_path / place).mkdir()
    (tmp_path / "a" / "x").mkdir()
    program(tmp_path / "b" / "x", 0o644)
    found = program(tmp_path / "c" / "x")
    program(tmp_path / "d" / "x")
    search = os.pathsep.join(str(tmp_path / place) for place in "abcd")
    assert resolve(command("x", environment={"PATH": search})) == str(found)


def test_relative_and_empty_entries_of_the_path_count_from_the_panes_directory(
    tmp_path: Path,
) -> None:
    (tmp_path / "bin").mkdir()
    found = program(tmp_path / "bin" / "x")
    here = program(tmp_path / "y")
    search = {"PATH": ":bin"}
    assert resolve(command("x", directory=str(tmp_path), environment=search)) == str(found)
    assert resolve(command("y", directory=str(tmp_path), environment=search)) == str(here)


def test_without_a_path_the_systems_default_is_searched() -> None:
    assert resolve(command("sh", environment={})) in {"/bin/sh", "/usr/bin/sh"}


def test_a_missing_program_is_named_with_the_path_that_was_searched() -> None:
    assert refusal(command("no-such", "x", environment={"PATH": "/a:/b"})) == (
        "can't run 'no-such': there is no such program on the pane's PATH ('/a:/b'): "
        "check the name, or give a path"
    )


def test_a_missing_path_is_named() -> None:
    assert refusal(command("./no-such", directory="/bin")) == (
        "can't run './no-such': '/bin/./no-such': No such file or directory: check the path"
    )


@pytest.mark.parametrize("by_path", [True, False])
def test_a_file_that_may_not_be_run_says_how_to_allow_it(tmp_path: Path, by_path: bool) -> None:
    path = program(tmp_path / "x", 0o644)
    name = str(path) if by_path else "x"
    assert refusal(command(name, environment={"PATH": str(tmp_path)})) == (
        f"can't run {name!r}: {str(path)!r} is not executable: chmod +x it, or run it "
        "with its interpreter"
    )


def test_a_directory_is_not_a_program() -> None:
    assert refusal(command("/bin")) == (
        "can't run '/bin': '/bin' is not a program: name a file in it"
    )


@pytest.mark.parametrize("argv", [(), ("",), ("", "x")])
def test_an_empty_command_is_refused(argv: tuple[str, ...]) -> None:
    assert refusal(command(*argv)) == "can't run an empty command: name a program"


def test_a_missing_directory_is_named() -> None:
    assert refusal(command("sh", directory="/no/such")) == (
        "can't run 'sh' in '/no/such': it does not exist: create it, or give another one"
    )


def test_a_file_is_not_a_directory() -> None:
    assert refusal(command("sh", directory="/bin/sh")) == (
        "can't run 'sh' in '/bin/sh': it is not a directory: give another one"
    )


def test_a_directory_that_may_not_be_entered_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    # Tests may run as root, whom no permission stops.
    monkeypatch.setattr(os, "access", lambda path, mode: path != "/etc")
    assert refusal(command("sh", directory="/etc")) == (
        "can't run 'sh' in '/etc': permission denied: give one that you may enter"
    )


def test_a_relative_directory_would_be_the_servers() -> None:
    assert refusal(command("sh", directory="src")) == (
        "can't run 'sh' in 'src': it depends on where the server runs: give an absolute path"
    )


@pytest.mark.parametrize(
    ("wrong", "what"),
    [
        (command("s\0h"), r"the argument 's\x00h'"),
        (command("sh", "a\0b"), r"the argument 'a\x00b'"),
        (command("sh", directory="/a\0b"), r"the directory '/a\x00b'"),
        (command("sh", environment={"A": "b\0"}), "the environment variable 'A'"),
        (command("sh", environment={"A\0": "b"}), r"the environment variable 'A\x00'"),
    ],
)
def test_a_nul_byte_is_found_wherever_it_is(wrong: Command, what: str) -> None:
    assert f"{what} holds a NUL byte: take it out" in refusal(wrong)


def test_half_a_surrogate_pair_is_not_text() -> None:
    assert refusal(command("sh", "\ud800")) == (
        r"can't run 'sh': the argument '\ud800' is not valid text: take it out"
    )


@pytest.mark.parametrize("name", ["", "A=B"])
def test_a_variable_needs_a_name(name: str) -> None:
    assert refusal(command("sh", environment={name: "x"})) == (
        f"can't run 'sh': {name!r} can't name a variable of the environment: take it out"
    )


def test_bytes_of_a_file_name_that_are_not_utf8_are_allowed() -> None:
    assert resolve(command("/bin/sh", os.fsdecode(b"\xff"))) == "/bin/sh"


def test_a_long_word_is_cut_in_the_message() -> None:
    assert refusal(command("x" * 100_000)).startswith(f"can't run '{'x' * 79}…': ")


@pytest.mark.parametrize(
    ("number", "reason"),
    [
        (errno.E2BIG, "are too long: pass the data in a file"),
        (errno.ENOEXEC, "a script needs a '#!' line"),
        (errno.ENOENT, "its interpreter does not exist"),
        (errno.EIO, os.strerror(errno.EIO)),
    ],
)
def test_a_failed_start_has_a_reason(number: int, reason: str) -> None:
    assert reason in start_failure(command("sh"), OSError(number, "x"))


def test_a_failure_without_a_number_keeps_its_own_words() -> None:
    assert start_failure(command("sh"), ValueError("odd")) == "can't run 'sh': odd"


def test_a_directory_can_fail_in_other_ways() -> None:
    message = directory_failure(command("sh"), OSError(errno.ELOOP, "x"))
    assert message == f"can't run 'sh' in '/': {os.strerror(errno.ELOOP)}"
