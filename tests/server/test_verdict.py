"""What a profile is held against."""

from pathlib import Path

import pytest

from termlab.errors import TargetError
from termlab.model.figure import Amount
from termlab.model.profile_asked import ProfileAsked
from termlab.runs.store import Store
from termlab.server.verdict import verdict
from tests.runs.made import profile, run


def test_nothing_asked_is_no_verdict() -> None:
    assert verdict((profile(run()),), ProfileAsked()) is None


def test_two_commands_are_compared_and_neither_fails() -> None:
    found = verdict(
        (profile(run(), command=("a",)), profile(run(), command=("b",))), ProfileAsked()
    )
    assert found is not None
    assert (found.title, found.failed) == ("b against a", False)


def test_against_a_baseline_the_default_limits_hold(tmp_path: Path) -> None:
    store = Store(str(tmp_path / "runs.db"))
    slow = run(output_bytes_per_s=Amount(10.0))
    number = store.add(profile(*[run(output_bytes_per_s=Amount(100.0))] * 10), {})
    asked = ProfileAsked(store_path=str(tmp_path / "runs.db"), baseline=str(number))
    found = verdict((profile(*[slow] * 10),), asked)
    assert found is not None
    assert found.title == f"ls -R against run {number}"
    assert found.failed
    assert "BROKEN" in found.text


def test_a_baseline_that_has_gone_is_told(tmp_path: Path) -> None:
    asked = ProfileAsked(store_path=str(tmp_path / "runs.db"), baseline="7")
    with pytest.raises(TargetError):
        verdict((profile(run()),), asked)
