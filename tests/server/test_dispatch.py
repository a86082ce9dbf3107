"""Every command has its handler, and no failure of one is the server's."""

from pathlib import Path

import pytest

from termlab.commands.table import COMMANDS
from termlab.server.caller import Caller
from termlab.server.dispatch import HANDLERS, READ_ONLY, perform
from tests.server.world import PLACE, Stage


def test_every_command_of_the_server_has_a_handler_and_no_other() -> None:
    rows = {row.name for row in COMMANDS if row.where in ("server", "attached")}
    assert rows == set(HANDLERS)


def test_what_only_looks_is_a_command() -> None:
    assert set(HANDLERS) >= READ_ONLY


@pytest.mark.parametrize(
    "words", [["nonesuch"], [""], ["split-window", "--nonesuch"], ["doctor"], ["resize-pane"]]
)
def test_words_that_are_no_command_are_usage_errors(stage: Stage, words: list[str]) -> None:
    client = stage.attach()
    stage.turn()
    assert client.run(*words).code == 2


def test_an_empty_command_is_a_usage_error(stage: Stage) -> None:
    assert stage.greet().run().code == 2


def test_a_handler_that_fails_is_logged_with_its_words_and_answered(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(caller: Caller, call: object) -> str:
        raise ZeroDivisionError("oh")

    monkeypatch.setitem(HANDLERS, "list-sessions", fail)
    replies: list[tuple[int, str]] = []
    caller = Caller(stage.server, PLACE, None, lambda code, text: replies.append((code, text)))
    perform(caller, ["ls", "--json"], stage.journal)
    code, text = replies[0]
    assert code == 1
    assert stage.journal.path in text
    log = Path(stage.journal.path).read_text()
    assert "ZeroDivisionError: oh" in log
    assert "['ls', '--json']" in log
