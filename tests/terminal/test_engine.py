"""Which engine a process gets, and that only that one is loaded."""

import subprocess
import sys

import pytest

from termlab.errors import EngineError
from termlab.model.geometry import Size
from termlab.terminal import ghostty_lib
from termlab.terminal.engine import VARIABLE, choose_engine, chosen_engine, make_emulator

SIZE = Size(20, 5)

LOADED = """
import sys
from termlab.model.geometry import Size
from termlab.terminal.engine import make_emulator
names = ("pyte", "wcwidth", "_cffi_backend", "termlab.terminal.ghostty")
print([name for name in names if name in sys.modules])
make_emulator(Size(20, 5), 1000).close()
print([name for name in names if name in sys.modules])
"""


@pytest.fixture(autouse=True)
def _fresh(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(VARIABLE, raising=False)
    choose_engine.cache_clear()


def test_the_native_engine_is_the_first_choice() -> None:
    assert chosen_engine().name == "ghostty"
    assert "pyghostty" in chosen_engine().why
    assert make_emulator(SIZE, 1000, version="1", host="box").name == "ghostty"


def test_the_environment_can_ask_for_the_other(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, "pyte")
    assert chosen_engine().name == "pyte"
    emulator = make_emulator(SIZE, 0, version="1", host="box")
    emulator.feed(memoryview(b"\x1b[>q" + b"x\r\n" * 9))
    assert emulator.name == "pyte"
    assert emulator.take_replies() == b"\x1bP>|termlab 1\x1b\\"
    assert emulator.history_rows() == 0


def test_an_engine_nobody_knows_is_an_error_that_says_what_to_do(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv(VARIABLE, "foo")
    with pytest.raises(EngineError, match="TERMLAB_ENGINE is 'foo': make it ghostty or pyte"):
        make_emulator(SIZE, 0)


def test_without_the_native_engine_the_other_serves_and_says_why(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(ghostty_lib, "LIBRARY_NAMES", {})
    ghostty_lib.load.cache_clear()
    try:
        choice = choose_engine("")
        assert choice.name == "pyte"
        assert "no library for" in choice.why
        assert make_emulator(SIZE, 0).name == "pyte"
        with pytest.raises(EngineError, match="no library for"):
            choose_engine("ghostty")
    finally:
        ghostty_lib.load.cache_clear()
        choose_engine.cache_clear()


@pytest.mark.parametrize(
    ("wanted", "loaded"),
    [("", ["_cffi_backend", "termlab.terminal.ghostty"]), ("pyte", ["pyte", "wcwidth"])],
)
def test_only_the_chosen_engine_is_imported_and_only_for_a_terminal(
    wanted: str, loaded: list[str]
) -> None:
    done = subprocess.run(
        [sys.executable, "-c", LOADED], env={VARIABLE: wanted}, capture_output=True, text=True
    )
    assert done.stderr == ""
    assert done.stdout == f"[]\n{loaded}\n"
