"""Names of calls by number, against the kernel's own headers where they are installed."""

import platform
import re
from pathlib import Path

import pytest

from termlab.probes.syscall_names import names, numbers

HEADER = Path("/usr/include/x86_64-linux-gnu/asm/unistd_64.h")


@pytest.mark.parametrize(
    ("machine", "known"),
    [
        ("x86_64", {0: "read", 1: "write", 59: "execve", 257: "openat", 435: "clone3"}),
        ("aarch64", {63: "read", 64: "write", 221: "execve", 56: "openat", 435: "clone3"}),
    ],
)
def test_well_known_calls_have_their_numbers(machine: str, known: dict[int, str]) -> None:
    for number, name in known.items():
        assert names(machine)[number] == name
        assert numbers(machine)[name] == number


@pytest.mark.parametrize("machine", ["x86_64", "aarch64"])
def test_no_name_stands_twice(machine: str) -> None:
    found = list(names(machine).values())
    assert len(found) == len(set(found)) > 300


def test_a_number_without_a_call_has_no_name() -> None:
    assert 400 not in names("x86_64")
    assert 244 not in names("aarch64")


def test_of_an_unknown_machine_nothing_is_known() -> None:
    assert names("vax") == {}


@pytest.mark.skipif(not HEADER.exists(), reason="the kernel's headers are not installed")
def test_the_headers_of_this_machine_say_the_same() -> None:
    defined = re.findall(r"#define __NR_(\w+)\s+(\d+)", HEADER.read_text())
    assert platform.machine() != "x86_64" or len(defined) > 300
    mine = names("x86_64")
    # A newer header may have calls that came later.
    assert {n: mine.get(int(n)) for _, n in defined if int(n) in mine} == {
        n: name for name, n in defined if int(n) in mine
    }
