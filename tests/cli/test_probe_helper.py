"""`termlab probe-helper`: for whom, and what it says and does as a process."""

import os
import pwd
import subprocess
import sys

import pytest

from termlab.cli.probe_helper import asked_uid
from termlab.commands.parse import parse
from termlab.errors import UsageError

if sys.platform != "linux":
    pytest.skip("only Linux has eBPF", allow_module_level=True)

NAME = 4_000_000_000


def asked(*words: str, **environment: str) -> int:
    return asked_uid(parse(["probe-helper", *words]), environment)


def run(*words: str, **environment: str) -> "subprocess.Popen[bytes]":
    return subprocess.Popen(
        [sys.executable, "-m", "termlab", "probe-helper", *words],
        env={"PATH": os.defpath, **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


def test_it_is_for_who_called_sudo() -> None:
    assert asked(SUDO_UID="1234") == 1234


def test_a_named_user_goes_before_that() -> None:
    name = pwd.getpwuid(0).pw_name
    assert asked("--user", name, SUDO_UID="1234") == 0
    assert asked("--user", "77") == 77


@pytest.mark.parametrize("environment", [{}, {"SUDO_UID": "me"}])
def test_without_anybody_it_says_how_to_start_it(environment: dict[str, str]) -> None:
    with pytest.raises(UsageError, match="sudo termlab probe-helper"):
        asked(**environment)


def test_a_user_that_is_none_is_told() -> None:
    with pytest.raises(UsageError, match="no user 'nobody-at-all'"):
        asked("--user", "nobody-at-all")


def test_without_rights_it_ends_and_says_so() -> None:
    if os.getuid() == 0:
        pytest.skip("root has them")
    process = run("--user", str(os.getuid()))
    _, said = process.communicate()
    assert process.returncode == 1
    assert b"through sudo" in said


def test_as_root_it_serves_one_user_until_it_is_ended() -> None:
    if os.getuid() != 0:
        pytest.skip("only root may load the programs")
    uid = str(NAME + os.getpid() % 100_000)
    first = run(SUDO_UID=uid)
    assert first.stdout is not None
    line = first.stdout.readline()
    if not line:
        _, said = first.communicate()
        pytest.skip(f"eBPF programs can't be loaded here: {said.decode()}")
    assert line.decode().startswith(f"probe-helper: serving user {uid}")
    second = run(SUDO_UID=uid)
    _, said = second.communicate()
    assert second.returncode == 1
    assert b"has one already" in said
    first.terminate()
    first.communicate()
