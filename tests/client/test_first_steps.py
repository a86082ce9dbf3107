"""Somebody new is greeted once, with the keys as they are bound."""

import os
import stat
from pathlib import Path

import msgspec
import pytest

from termlab.client.first_steps import greeting, marker_path, newcomer
from tests.client.recorder import OPTIONS


def test_somebody_is_new_once(tmp_path: Path) -> None:
    environment = {"XDG_STATE_HOME": str(tmp_path / "state")}
    assert [newcomer(environment) for _ in range(3)] == [True, False, False]
    made = Path(marker_path(environment))
    assert made.read_bytes() == b""
    assert stat.S_IMODE(made.stat().st_mode) == 0o600


def test_where_that_can_not_be_remembered_nobody_is_new(tmp_path: Path) -> None:
    (tmp_path / "state").write_text("no directory")
    assert not newcomer({"XDG_STATE_HOME": str(tmp_path / "state")})


def test_it_is_kept_beside_the_logs() -> None:
    if os.name == "nt":
        pytest.skip("there it is beside their directory")
    assert marker_path({"XDG_STATE_HOME": "/s"}) == "/s/termlab/welcomed"
    assert marker_path({"HOME": "/h"}) == "/h/.local/state/termlab/welcomed"


def test_the_hint_is_of_the_keys_as_they_are() -> None:
    assert greeting(OPTIONS) == (
        "Welcome: C-b % splits, C-b d leaves it running, C-b ? shows all keys"
    )
    only = tuple(b for b in OPTIONS.tables["prefix"] if b.command == "detach-client")
    changed = msgspec.structs.replace(OPTIONS, prefix="C-a", tables={"prefix": only})
    assert greeting(changed) == "Welcome: C-a d leaves it running"
    assert greeting(msgspec.structs.replace(OPTIONS, tables={})) == ""
