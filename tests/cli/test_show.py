"""Why a session can't be shown here, told before a server is started."""

import sys

import pytest

from termlab.cli.show import placement
from termlab.errors import UsageError

if sys.platform != "win32":
    from tests.cli.conftest import Termlab

assert sys.platform != "win32"


@pytest.mark.parametrize("words", [[], ["attach"], ["new"], ["new", "--", "cat"]])
def test_without_a_terminal_nothing_is_shown_nor_started(
    termlab: Termlab, words: list[str]
) -> None:
    code, out, err = termlab.run(*words)
    assert (code, out) == (2, "")
    assert "stdin and stdout must be a terminal" in err
    assert termlab.servers() == []


@pytest.mark.parametrize(
    ("words", "nest"),
    [
        ([], "`termlab --nest`"),
        (["attach"], "`termlab attach --nest`"),
        (["new"], "`termlab new --nest`"),
    ],
)
def test_inside_a_pane_a_session_is_shown_only_when_told_so(
    termlab: Termlab, words: list[str], nest: str
) -> None:
    inside = {"TERMLAB": str(termlab.socket)}
    code, _, err = termlab.run(*words, extra=inside)
    assert code == 2
    assert "this is a pane of termlab already" in err
    assert nest in err
    assert "must be a terminal" in termlab.run(*words, "--nest", extra=inside)[2]


@pytest.mark.parametrize("words", [["new", "--bogus"], ["attach", "-t"], ["new", "-x", "9"]])
def test_wrong_words_come_first(termlab: Termlab, words: list[str]) -> None:
    code, _, err = termlab.run(*words)
    assert code == 2
    assert "must be a terminal" not in err


def test_where_the_screen_is_drawn_is_asked_of_the_environment() -> None:
    assert placement({}) == placement({"TERMLAB_UI": ""}) == "guest"
    assert placement({"TERMLAB_UI": "standalone"}) == "standalone"
    assert placement({"TERMLAB_UI": "standalone", "TEXTUAL_DRIVER": "a.b:C"}) == "stock"
    with pytest.raises(UsageError, match="TERMLAB_UI=elsewhere"):
        placement({"TERMLAB_UI": "elsewhere"})
