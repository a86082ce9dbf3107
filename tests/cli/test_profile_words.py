"""The words of `termlab profile`: what they ask, and what can't be."""

import sys
from pathlib import Path

import pytest

from termlab.cli.profile_words import asked_of, other_command
from termlab.commands.parse import parse
from termlab.errors import TargetError, TermlabError, UsageError
from termlab.model.profile_asked import ProfileAsked
from termlab.runs.store import Store
from tests.runs.made import profile, run


def asked(directory: Path, *words: str) -> ProfileAsked:
    return asked_of(parse(["profile", *words, "true"]), {"TERMLAB_DATA": str(directory)})


def test_without_words_one_run_is_kept_under_no_name(tmp_path: Path) -> None:
    assert asked(tmp_path) == ProfileAsked(store_path=str(tmp_path / "runs.db"))


def test_words_become_what_is_asked(tmp_path: Path) -> None:
    script = tmp_path / "edit.keys"
    script.write_text("key Down 5\n")
    found = asked(
        tmp_path,
        *("-n", "5", "--warmup", "2", "--duration", "2.5s", "--size", "132x50"),
        *("--env", "LC_ALL=C", "--env", "X=a=b", "--save", "edit", "--tag", "ci", "--tag", "slow"),
        *("--keys", str(script), "--json", str(tmp_path / "out"), "--syscalls", "strace"),
        *("--exit-code", "--record", "--flame", "--heap", "--all"),
    )
    assert (found.runs, found.warmup, found.duration_s) == (5, 2, 2.5)
    assert (found.cols, found.rows) == (132, 50)
    assert found.environment == (("LC_ALL", "C"), ("X", "a=b"))
    assert (found.name, found.tags) == ("edit", ("ci", "slow"))
    assert found.script is not None
    assert found.script.steps[0].count == 5
    assert found.json_path == str(tmp_path / "out")
    assert found.tier == "strace"
    assert found.exit_code
    assert found.record
    assert found.flame
    assert found.heap
    assert found.everything


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("-n", "0"), "0 runs can't be: give -n from 1 to 10000"),
        (("--warmup", "-1"), "-1 runs to warm up can't be"),
        (("--duration", "0"), "'0' can't be a duration"),
        (("--duration", "long"), "'long' can't be a duration"),
        (("--duration", "nan"), "'nan' can't be a duration"),
        (("--size", "80"), "'80' is no size: write it as 80x24"),
        (("--size", "0x0"), "the size 0x0 can't be"),
        (("--size", "99999x5"), "the size 99999x5 can't be"),
        (("--env", "LC_ALL"), "'LC_ALL' sets no variable: write it as NAME=VALUE"),
        (("--env", "=x"), "sets no variable"),
        (("--save", "12"), "'12' can't be the name of runs"),
        (("--save", ""), "can't be the name of runs: it is empty"),
        (("--tag", "a b"), "'a b' can't be a tag"),
        (("--keys", "no/such.keys"), "the script of keys 'no/such.keys' can't be read: No such"),
        (("--json", ""), "give the name of a file"),
        (("--record-keys", "/no/such/file"), "there is no directory"),
        (("--budget", "no/such.toml"), "no/such.toml' can't be read"),
        (("--junit", "/tmp/x.xml"), "--junit shows limits: give --budget or --baseline"),
        (("--github",), "--github shows limits"),
        (("--vs", "x", "--baseline", "3"), "leave out --vs"),
    ],
)
def test_what_cannot_be_is_said(tmp_path: Path, words: tuple[str, ...], why: str) -> None:
    with pytest.raises(UsageError) as caught:
        asked(tmp_path, *words)
    assert why in str(caught.value)


def test_a_mistake_in_a_script_is_told_with_its_line(tmp_path: Path) -> None:
    script = tmp_path / "edit.keys"
    script.write_text("key Down\npress x\n")
    with pytest.raises(UsageError, match=r"profile: .*edit.keys:2: there is no step 'press'"):
        asked(tmp_path, "--keys", str(script))


def test_the_baseline_is_the_run_that_is_called_so_now(tmp_path: Path) -> None:
    with pytest.raises(TargetError):
        asked(tmp_path, "--baseline", "edit")
    number = Store(str(tmp_path / "runs.db")).add(profile(run()), {})
    assert asked(tmp_path, "--baseline", "last").baseline == str(number)


def test_a_limit_relative_to_a_baseline_needs_one(tmp_path: Path) -> None:
    budget = tmp_path / "budget.toml"
    budget.write_text('limits = ["latency.p95 <= 110% of baseline"]\n')
    with pytest.raises(UsageError, match="limits relative to a baseline: give --baseline RUN"):
        asked(tmp_path, "--budget", str(budget))
    budget.write_text('limits = ["idle.wakeups_per_s <= 1"]\n')
    assert asked(tmp_path, "--budget", str(budget)).budget_path == str(budget)


def test_what_tells_two_commands_apart_is_missed_before_they_run(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "scipy", None)
    with pytest.raises(UsageError, match=r"needs scipy.*pip install 'termlab\[stats\]'"):
        other_command(parse(["profile", "-n", "10", "--vs", "ls", "true"]))
    assert other_command(parse(["profile", "--vs", "ls", "true"])) == (("ls",),)


def test_another_command_is_words_and_brings_a_warm_up(tmp_path: Path) -> None:
    call = parse(["profile", "--vs", "ls -R 'a b'", "true"])
    assert other_command(call) == (("ls", "-R", "a b"),)
    assert asked(tmp_path, "--vs", "ls").warmup == 1
    assert other_command(parse(["profile", "true"])) == ()
    for words in ("", "'"):
        with pytest.raises(TermlabError, match="profile: --vs"):
            other_command(parse(["profile", "--vs", words, "true"]))
