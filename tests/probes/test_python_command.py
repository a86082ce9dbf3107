"""Which commands are Python's, and their parts."""

from pathlib import Path

import pytest

from termlab.probes.python_command import PythonCommand, python_command


@pytest.fixture
def bin_(tmp_path: Path) -> Path:
    for name in ("python3", "python3.11", "other"):
        (tmp_path / name).write_bytes(b"\x7fELF")
        (tmp_path / name).chmod(0o755)
    return tmp_path


def script(at: Path, first: str) -> Path:
    path = at / "tool"
    path.write_text(f"{first}\nprint()\n")
    path.chmod(0o755)
    return path


@pytest.mark.parametrize(
    ("words", "options", "program"),
    [
        (("a.py", "-x"), (), ("a.py", "-x")),
        (("-u", "-X", "dev", "a.py"), ("-u", "-X", "dev"), ("a.py",)),
        (("-Wignore", "-W", "error", "a.py"), ("-Wignore", "-W", "error"), ("a.py",)),
        (("-m", "textual", "run"), (), ("-m", "textual", "run")),
        (("-mtextual",), (), ("-m", "textual")),
        (("-um", "textual"), ("-u",), ("-m", "textual")),
        (("-c", "print()", "-m"), (), ("-c", "print()", "-m")),
        (("--check-hash-based-pycs", "never", "a"), ("--check-hash-based-pycs", "never"), ("a",)),
        ((), (), ()),
        (("-i",), ("-i",), ()),
        (("-",), (), ()),
    ],
)
def test_options_of_python_are_told_from_its_program(
    bin_: Path, words: tuple[str, ...], options: tuple[str, ...], program: tuple[str, ...]
) -> None:
    found = python_command(("python3", *words), str(bin_), "/")
    assert found == PythonCommand("python3", options, program)


@pytest.mark.parametrize("name", ["python3", "python3.11", "./python3"])
def test_python_is_told_by_its_name(bin_: Path, name: str) -> None:
    assert python_command((name, "a.py"), str(bin_), str(bin_)) is not None


def test_a_script_is_told_by_its_first_line(bin_: Path) -> None:
    path = script(bin_, "#!/usr/bin/python3 -I")
    found = python_command(("tool", "go"), str(bin_), "/")
    assert found == PythonCommand("/usr/bin/python3", ("-I",), (str(path), "go"))


def test_a_script_may_have_its_python_found(bin_: Path) -> None:
    path = script(bin_, "#!/usr/bin/env -S python3 -u")
    found = python_command(("tool",), str(bin_), "/")
    assert found == PythonCommand("python3", (), (str(path),))


@pytest.mark.parametrize("first", ["#!/bin/sh", "", "#!", "#!/usr/bin/env", "#!/bin/sh 'x"])
def test_other_scripts_are_none(bin_: Path, first: str) -> None:
    script(bin_, first)
    assert python_command(("tool",), str(bin_), "/") is None


def test_other_programs_are_none(bin_: Path) -> None:
    assert python_command(("other", "python3"), str(bin_), "/") is None
    assert python_command(("not-there",), str(bin_), "/") is None
    assert python_command((str(bin_),), "", "/") is None
