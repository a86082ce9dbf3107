"""The process in which `doctor` tries what the configuration asks for."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from termlab.model.schedule import Outcome
from termlab.wire.jsontext import from_json


def tried(path: Path, whose: str) -> tuple[Outcome, ...]:
    out = subprocess.check_output(
        [sys.executable, "-m", "termlab.server.check_schedule", whose],
        env=os.environ | {"TERMLAB_CONFIG": str(path)},
        text=True,
    )
    return from_json(out, tuple[Outcome, ...])


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux lets a process choose its CPUs")
def test_each_has_its_own_options_tried(tmp_path: Path) -> None:
    path = tmp_path / "c.toml"
    path.write_text('[server]\ncpus = "8000"\n[client]\nthread_stack_bytes = 524288\n')
    (server,) = tried(path, "server")
    assert (server.option, server.asked) == ("cpus", "8000")
    assert "this machine has no CPU 8000" in server.why
    assert tried(path, "client") == (Outcome("thread_stack_bytes", "524288", "524288"),)


def test_nothing_is_tried_where_nothing_is_asked_for(tmp_path: Path) -> None:
    assert tried(tmp_path / "none", "server") == ()
