"""What Tab offers, as the shells ask for it; each shell itself where it is installed."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from termlab.cli.completion import VARIABLE, complete, completion, program
from termlab.cli.main import COMPLETING, main
from termlab.commands.table import COMMANDS
from termlab.model.packed import titled
from termlab.runs.store import Store
from tests.runs.made import profile, run

if sys.platform != "win32":
    from tests.cli.conftest import Termlab

assert sys.platform != "win32"


def offered(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, *words: str
) -> list[str]:
    """What bash is offered for the last of these words."""
    monkeypatch.setenv("COMP_WORDS", " ".join(("termlab", *words)))
    monkeypatch.setenv("COMP_CWORD", str(len(words)))
    monkeypatch.setenv(VARIABLE, "bash_complete")
    assert main([]) == 0
    return [line.removeprefix("plain,") for line in capsys.readouterr().out.splitlines()]


@pytest.fixture(autouse=True)
def nobody(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No server is where these look."""
    monkeypatch.setenv("TERMLAB_SOCKET", str(tmp_path / "none"))
    tmp_path.chmod(0o700)


def test_the_variable_is_the_one_click_names() -> None:
    assert COMPLETING == VARIABLE


def test_commands_and_aliases_are_offered_and_what_only_keys_run_is_not(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert offered(capsys, monkeypatch, "sp") == ["split", "split-window"]
    everything = set(offered(capsys, monkeypatch, ""))
    typed = {n for r in COMMANDS if r.where in ("server", "local") for n in (r.name, *r.aliases)}
    assert everything == typed
    assert "copy-mode" not in everything


def test_options_and_choices_are_offered(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "--horizontal" not in offered(capsys, monkeypatch, "split", "-")
    assert {"--target", "--size", "--help"} <= set(offered(capsys, monkeypatch, "split", "--"))
    assert offered(capsys, monkeypatch, "split", "--direction", "r") == ["right"]
    assert offered(capsys, monkeypatch, "completion", "") == ["bash", "zsh", "fish"]


def test_runs_that_are_kept_are_offered_by_their_names(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("TERMLAB_DATA", str(tmp_path))
    assert offered(capsys, monkeypatch, "compare", "") == []
    store = Store(str(tmp_path / "runs.db"))
    for name in ("nightly", "", "base", "nightly"):
        store.add(titled(profile(run()), name, ()))
    everything = ["base", "nightly", "last"]
    assert offered(capsys, monkeypatch, "compare", "") == everything
    assert offered(capsys, monkeypatch, "compare", "base", "") == everything
    assert offered(capsys, monkeypatch, "runs", "rm", "1", "n") == ["nightly"]
    assert offered(capsys, monkeypatch, "profile", "--baseline", "b") == ["base"]


def test_without_a_server_there_are_no_targets_and_nothing_is_said(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert offered(capsys, monkeypatch, "attach", "-t", "") == []
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize("question", ["bash_complete", "nosh_complete", "bash_source", ""])
def test_what_is_no_question_is_not_answered(
    capsys: pytest.CaptureFixture[str], question: str
) -> None:
    assert complete({VARIABLE: question}) == 1
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_each_script_asks_by_that_variable(capsys: pytest.CaptureFixture[str], shell: str) -> None:
    assert completion(["completion", shell]) == 0
    assert f"{VARIABLE}={shell}_complete" in capsys.readouterr().out


def test_all_of_the_command_line_is_known_to_it() -> None:
    assert {name for parameter in program().params for name in parameter.opts} >= {"-L", "--nest"}


@pytest.mark.slow
def test_targets_are_what_the_server_has(termlab: Termlab) -> None:
    termlab.ok("new", "-d", "-s", "work", "cat")
    termlab.ok("new-window", "-t", "work", "-n", "logs", "cat")

    def tab(*words: str) -> str:
        asked = {
            VARIABLE: "bash_complete",
            "COMP_WORDS": " ".join(("termlab", *words)),
            "COMP_CWORD": str(len(words)),
        }
        # At the Tab key nobody waits for a server that has no time: the next press asks again.
        return next(filter(None, (termlab.ok(extra=asked) for _ in range(20))))

    assert tab("attach", "-t", "w") == "plain,work\n"
    assert tab("kill-pane", "-t", "%") == "plain,%0\nplain,%1\n"
    assert tab("kill-window", "-t", "wo") == "plain,work:0\nplain,work:1\n"
    # bash has cut the word at its colon, and replaces what is behind it.
    assert tab("kill-window", "-t", "work", ":") == "plain,0\nplain,1\n"
    assert tab("kill-window", "-t", "work", ":", "1") == "plain,1\n"
    assert tab("-L", str(termlab.socket), "attach", "-t", "") == "plain,work\n"


@pytest.mark.slow
@pytest.mark.parametrize(
    ("shell", "script"),
    [
        (
            "bash",
            "COMP_WORDS=(termlab rename-s); COMP_CWORD=1; "
            '_termlab_completion termlab; echo "${COMPREPLY[@]}"',
        ),
        ("zsh", None),
        ("fish", "complete -C 'termlab rename-s' | cut -f 1"),
    ],
)
def test_a_shell_takes_its_script(tmp_path: Path, shell: str, script: str | None) -> None:
    path = shutil.which(shell) or pytest.skip(f"{shell} is not installed")
    run = tmp_path / "termlab"
    run.write_text(f'#!/bin/sh\nexec {sys.executable} -P -m termlab "$@"\n')
    run.chmod(0o755)
    source = tmp_path / "script"
    source.write_bytes(subprocess.check_output([run, "completion", shell]))
    words = [path, "-n", str(source)] if script is None else [path, "-c", f". {source}; {script}"]
    environment = {**os.environ, "PATH": f"{tmp_path}:{os.environ['PATH']}"}
    done = subprocess.run(words, env=environment, capture_output=True, text=True, timeout=30)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.split() == ([] if script is None else ["rename-session"])


def test_servers_are_offered_by_the_names_of_their_sockets(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    assert offered(capsys, monkeypatch, "-L", "") == []
    sockets = tmp_path / "termlab"
    sockets.mkdir()
    for name in ("work", "work.lock", "default"):
        (sockets / name).touch()
    assert offered(capsys, monkeypatch, "-L", "") == ["default", "work"]
    assert offered(capsys, monkeypatch, "-L", "w") == ["work"]
