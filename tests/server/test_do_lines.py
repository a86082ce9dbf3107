"""Jumps between prompts, output selected and printed, and the list of what was run."""

import json

import pytest

from termlab.model.listing import CaptureListing, CommandListing
from termlab.wire.jsontext import from_json
from tests.server.copying import copied, cursor, run
from tests.server.world import Client, Stage


def ran(command: str, output: str = "", status: int = 0) -> bytes:
    """What a shell with the marks of `shell-init` writes for one command."""
    return (
        f"\x1b]7;file:///src\x07\x1b]133;A\x07$ \x1b]133;B\x07{command}\r\n\x1b]133;C\x07"
        f"{output}\x1b]133;D;{status}\x07"
    ).encode()


PROMPT = b"\x1b]133;A\x07$ \x1b]133;B\x07"
MANY = "".join(f"line {n}\r\n" for n in range(1, 41))


def shell(stage: Stage, *said: bytes) -> Client:
    client = stage.attach()
    stage.turn()
    stage.child_says(b"".join(said) + PROMPT)
    return client


def asked(client: Client, *words: str) -> str:
    reply = client.run(*words)
    assert reply.code == 0, reply.text
    return reply.text


def test_jumps_open_copy_mode_and_go_from_prompt_to_prompt(stage: Stage) -> None:
    client = shell(stage, ran("one", MANY), ran("two", "x\r\n"))
    places = []
    for command in ("previous-prompt", "previous-prompt", "next-prompt", "next-prompt"):
        run(stage, client, command)
        x, y, above = cursor(client)
        places.append((x, y + above))
    assert places == [(0, 41), (0, 0), (0, 41), (0, 43)]
    assert client.run("next-prompt").text == "there is no prompt below"


def test_the_last_output_is_selected_and_then_the_one_before(stage: Stage) -> None:
    client = shell(stage, ran("one", MANY), ran("two", "x\r\ny\r\n"), ran("cd"))
    run(stage, client, "select-output", "copy-selection")
    run(stage, client, "select-output", "select-output", "copy-selection")
    assert copied(client) == [b"x\ny", MANY.replace("\r", "").rstrip("\n").encode()]


def test_output_without_a_line_end_is_selected_without_the_prompt_behind_it(stage: Stage) -> None:
    client = shell(stage, b"\x1b]133;A\x07$ \x1b]133;B\x07p\r\n\x1b]133;C\x07abc\x1b]133;D;0\x07")
    run(stage, client, "select-output", "copy-selection")
    assert copied(client) == [b"abc"]
    assert asked(client, "capture-pane", "--last-output") == "abc\n"


def test_what_runs_still_has_its_output_so_far(stage: Stage) -> None:
    client = shell(stage, ran("one"))
    stage.child_says(b"make\r\n\x1b]133;C\x07half\r\n")
    assert asked(client, "capture-pane", "--last-output") == "half\n"
    (_, last) = from_json(asked(client, "list-history", "--json"), tuple[CommandListing, ...])
    assert (last.command, last.running, last.exit_status) == ("make", True, None)


def test_the_list_tells_what_ran_where_how_long_and_how_it_ended(stage: Stage) -> None:
    client = shell(stage, ran("false", status=1))
    stage.child_says(b"sleep 5\r\n\x1b]133;C\x07")
    stage.pass_time(5)
    stage.child_says(b"done\r\n\x1b]133;D;3\x07" + PROMPT)
    first, last = from_json(asked(client, "list-history", "--json"), tuple[CommandListing, ...])
    assert (first.command, first.directory, first.exit_status) == ("false", "/src", 1)
    assert (first.output_row, first.output_rows) == (None, 0)
    assert last.exit_status == 3
    assert last.duration_s == pytest.approx(5, abs=0.3)
    assert (last.row, last.output_row, last.output_rows) == (1, 2, 1)
    lines = asked(client, "list-history").splitlines()
    assert [line.split()[2:] for line in lines] == [["1", "false"], ["3", "sleep", "5"]]
    assert len(asked(client, "history", "-n", "1").splitlines()) == 1


def test_a_capture_tells_of_the_last_command(stage: Stage) -> None:
    client = shell(stage, ran("one"), ran("two", "x\r\n", 7))
    found = from_json(asked(client, "capture-pane", "--json"), CaptureListing)
    assert found.last_command is not None
    assert (found.last_command.command, found.last_command.exit_status) == ("two", 7)


def test_a_command_line_that_wrapped_is_one(stage: Stage) -> None:
    long = "echo " + "x" * 200
    client = shell(stage, ran(long))
    assert json.loads(asked(client, "list-history", "--json"))[0]["command"] == long


@pytest.mark.parametrize("command", ["previous-prompt", "select-output", "list-history"])
def test_a_pane_whose_shell_marks_nothing_says_what_would(stage: Stage, command: str) -> None:
    client = stage.attach()
    stage.turn()
    reply = client.run(command)
    assert reply.code == 2
    assert "termlab shell-init" in reply.text


def test_where_nothing_was_run_nothing_is_found(stage: Stage) -> None:
    client = shell(stage)
    for command in (["select-output"], ["capture-pane", "--last-output"]):
        assert client.run(*command).code == 2
    assert asked(client, "list-history", "--json").strip() == "[]"
    assert client.run("list-history", "-n", "0").code == 2


def test_a_new_pane_opens_where_the_shell_says_it_is(stage: Stage) -> None:
    client = shell(stage, b"\x1b]51;Auser@:/elsewhere\x07")
    text = asked(client, "display-message", "-p", "#{pane_current_path}")
    assert text == "/elsewhere\n"
