"""The scripts for shells: printed, named, and read by real shells without harm."""

import shutil
import subprocess
from pathlib import Path

import pytest

from termlab.cli.shell_init import SCRIPTS, shell_init

SHELLS = ["bash", "zsh", "fish"]


@pytest.mark.parametrize("shell", SHELLS)
def test_a_script_says_how_it_is_installed(shell: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert shell_init(["shell-init", shell]) == 0
    said = capsys.readouterr().out
    assert said == (SCRIPTS / f"termlab.{shell}").read_text()
    assert f"termlab shell-init {shell}" in said
    assert f"termlab shell-init --path {shell}" in said


@pytest.mark.parametrize("shell", SHELLS)
def test_its_file_can_be_named_instead(shell: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert shell_init(["shell-init", "--path", shell]) == 0
    assert Path(capsys.readouterr().out.rstrip("\n")).is_file()


@pytest.mark.parametrize("shell", SHELLS)
def test_a_script_is_nothing_to_a_shell_that_is_not_interactive(shell: str, tmp_path: Path) -> None:
    program = shutil.which(shell)
    if program is None:
        pytest.skip(f"there is no {shell}")
    script = SCRIPTS / f"termlab.{shell}"
    line = f"source '{script}'; source '{script}'; echo fine"
    env = {"TERMLAB": "x", "PATH": "/usr/bin:/bin", "HOME": str(tmp_path)}
    done = subprocess.run([program, "-c", line], env=env, capture_output=True, text=True)
    assert (done.returncode, done.stdout, done.stderr) == (0, "fine\n", "")
