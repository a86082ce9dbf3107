"""What `doctor` finds."""

import json
import os
import re
import sys
from pathlib import Path

import pytest

from termlab.cli import doctor

if sys.platform != "win32":
    from tests.cli.conftest import Termlab

assert sys.platform != "win32"


@pytest.mark.slow
def test_every_check_says_what_it_saw(termlab: Termlab) -> None:
    termlab.ok("new", "-d", "--", "cat")
    findings = {each["name"]: each for each in json.loads(termlab.ok("doctor", "--json"))}
    ways = [name for name in findings if name.startswith("syscalls.")]
    assert ways  # which of them work depends on who asks
    assert [name for name in findings if name not in ways] == [
        "python", "platform", "pty", "engine", "directory", "server", "log", "terminal", "locale",
    ]  # fmt: skip
    # Here stdout is a pipe.
    missing = [name for name, each in findings.items() if not each["works"]]
    assert [name for name in missing if name not in ways] == ["terminal"]
    detail = findings["server"]["detail"]
    assert detail.endswith(f"process {termlab.server_pid()}, at {termlab.socket}: 1 session")
    assert findings["log"]["detail"].startswith(f"{termlab.directory}/state/termlab/s.log: ")


@pytest.mark.slow
def test_without_a_server_all_is_well_and_none_is_started(termlab: Termlab) -> None:
    out = termlab.ok("doctor")
    assert f"none runs at {termlab.socket}" in out
    assert re.search(r"^ok pty +a program ran on a PTY", out, re.MULTILINE)
    assert termlab.servers() == []


@pytest.mark.slow
def test_a_configuration_that_is_not_used_is_told_and_no_failure(termlab: Termlab) -> None:
    file = termlab.directory / "config" / "termlab" / "config.toml"
    file.parent.mkdir(parents=True)
    file.write_text('[server]\nnice = "fast"\n')
    out = termlab.ok("doctor")
    assert re.search(r"^NO config.toml +it is not used$", out, re.MULTILINE)
    assert "-> config.toml:2: server.nice can't be 'fast'" in out


def test_a_directory_others_may_read_is_a_failure_with_its_cure(termlab: Termlab) -> None:
    termlab.directory.chmod(0o755)
    code, out, _ = termlab.run("doctor")
    termlab.directory.chmod(0o700)
    assert code == 1
    assert "NO directory" in out
    assert "chmod 700" in out


def test_a_broken_engine_is_shown_by_what_its_process_said(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    broken = tmp_path / "python"
    broken.write_text("#!/bin/sh\necho 'cannot open libghostty-vt.so' >&2; exit 1\n")
    broken.chmod(0o700)
    monkeypatch.setattr(sys, "executable", str(broken))
    findings = {each.name: each for each in doctor.examine(str(tmp_path / "s"), os.environ)}
    assert not findings["engine"].works
    assert "cannot open libghostty-vt.so" in findings["engine"].detail
    assert "pty" not in findings


@pytest.mark.parametrize("asked", ["", "pyte", "foo"])
def test_the_engine_is_named_with_what_it_lacks_and_what_would_help(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, asked: str
) -> None:
    monkeypatch.setenv("TERMLAB_ENGINE", asked)
    (engine,) = (
        each for each in doctor.examine(str(tmp_path / "s"), os.environ) if each.name == "engine"
    )
    assert engine.works == (asked != "foo")
    if asked == "pyte":
        assert engine.detail.startswith(
            "pyte, degraded: slower, and without grapheme widths, kitty"
        )
        assert engine.why == "TERMLAB_ENGINE=pyte asks for it: unset it"
    elif asked == "foo":
        assert "make it ghostty or pyte" in engine.detail
    else:
        assert engine.detail.startswith("ghostty (pyghostty ")
        assert engine.why == ""
