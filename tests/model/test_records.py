import subprocess
import sys

import pytest

FIRST = "import sys, termlab.model.records as r; print(*sys.modules)"
LATER = "import typing_extensions; print(typing_extensions.__name__)"


def run(script: str) -> str:
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_msgspec_comes_without_what_it_needs_nothing_of() -> None:
    loaded = run(FIRST).split()
    assert "msgspec._core" in loaded
    assert not {"typing_extensions", "inspect", "ast", "tokenize"} & set(loaded)


@pytest.mark.parametrize("script", [f"{FIRST}; {LATER}", f"{LATER}; {FIRST}"])
def test_others_may_have_it_before_and_after(script: str) -> None:
    assert "typing_extensions" in run(script).split()


@pytest.mark.parametrize(
    "module",
    [
        "termlab.client.attach",
        "termlab.server.daemon",
        "termlab.cli.ask",
        "termlab.client.connection",
    ],
)
def test_no_process_of_ours_brings_it(module: str) -> None:
    assert "typing_extensions" not in run(f"import sys, {module}; print(*sys.modules)").split()
