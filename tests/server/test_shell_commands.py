"""Commands that shells ask for: the list, what becomes of the words, and what is refused."""

from pathlib import Path

import msgspec
import pytest

from termlab.errors import UsageError
from termlab.server.configured import client_options
from termlab.server.shell_commands import MAX_A_SECOND, ShellCommands, command_of
from termlab.wire.messages import Notice
from tests.server.world import Client, Stage

LIST = {
    "keep": "set-buffer -- %1",
    "loose": "set-buffer %1",
    "say": "display-message 'it is #{pane_id}: %1'",
    "gone": "select-window -t nowhere",
}


def shell(stage: Stage, allowed: dict[str, str] = LIST) -> tuple[Client, Path]:
    client = stage.attach()
    stage.turn()
    server = stage.server
    settings = msgspec.structs.replace(server.settings, shell_commands=allowed)
    server.configure(settings, client_options(settings))
    commands = ShellCommands(server, stage.journal)
    server.spawner.shell_asked = lambda pane: server.loop.soon(lambda: commands.take(pane))
    return client, Path(stage.journal.path)


def asks(stage: Stage, *words: str) -> None:
    quoted = " ".join(f'"{word}"' for word in words)
    stage.child_says(f"\x1b]51;E{quoted}\x07".encode())


def test_a_name_of_the_list_runs_with_its_arguments_as_words(stage: Stage) -> None:
    shell(stage)
    asks(stage, "keep", "a $(id) `x` ; b")
    assert stage.server.buffers.get("").data == b"a $(id) `x` ; b"


def test_names_of_the_pane_can_be_used(stage: Stage) -> None:
    client, _ = shell(stage)
    asks(stage, "say", "x %2")
    assert client.got(Notice)[-1].text == "it is %0: x %2"


def test_without_a_list_nothing_is_taken(stage: Stage) -> None:
    client, log = shell(stage, {})
    asks(stage, "keep", "x")
    assert client.got(Notice) == []
    assert log.read_text() == ""
    ((_, _, pane),) = stage.server.sessions.panes()
    assert pane.lines is not None
    assert pane.lines.stats().asked_refused == 1


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("rm", "-rf", "/"), "'rm' is not in [shell_commands]"),
        (("loose", "-b"), "would be an option"),
        (("x" * 500,), "xxx..."),
        (("gone",), "nowhere"),
    ],
)
def test_what_is_refused_is_told_and_noted(stage: Stage, words: tuple[str, ...], why: str) -> None:
    client, log = shell(stage)
    asks(stage, *words)
    told = client.got(Notice)[-1]
    assert told.error
    assert why in told.text
    assert len(told.text) < 300
    assert why in log.read_text()


def test_of_a_flood_some_run_and_one_refusal_is_told(stage: Stage) -> None:
    client, log = shell(stage)
    sent = b"".join(b'\x1b]51;E"keep" "%d"\x07' % n for n in range(200))
    for start in range(0, len(sent), 200):
        stage.children[0].says(sent[start : start + 200])
        stage.pass_time(0.002)
    stage.turn()
    assert len(stage.server.buffers) <= MAX_A_SECOND
    assert len([note for note in client.got(Notice) if note.error]) <= 1
    assert len(log.read_text().splitlines()) <= 1


def test_what_it_asks_for_is_never_typed_into_a_pane(stage: Stage) -> None:
    shell(stage)
    asks(stage, "keep", "x")
    asks(stage, "nope", "x")
    assert stage.children[0].takes() == b""


def test_a_pane_that_is_gone_asks_for_nothing(stage: Stage) -> None:
    client, _ = shell(stage)
    client.run("split-window")
    ((_, _, first), _) = stage.server.sessions.panes()
    commands = ShellCommands(stage.server, stage.journal)
    asks(stage, "keep", "x")
    stage.server.kill_pane(first)
    before = len(stage.server.buffers)
    commands.take(first)
    assert (len(stage.server.buffers), commands.refused) == (before, 0)


def test_an_option_may_stand_behind_two_dashes_or_within_a_word() -> None:
    allowed = {"a": "new-window -- vim %1", "b": "send-text 'x%1'", "c": "new-window %1"}
    assert command_of(("a", "-R"), allowed, {}) == ("new-window", "--", "vim", "-R")
    assert command_of(("b", "-R"), allowed, {}) == ("send-text", "x-R")
    assert command_of(("a",), allowed, {}) == ("new-window", "--", "vim", "")
    with pytest.raises(UsageError, match="behind --"):
        command_of(("c", "-R"), allowed, {})
