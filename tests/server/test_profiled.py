"""A profiled session: the report is the last word, and the file is there whoever looks."""

import json
import re
from pathlib import Path

from termlab.model.geometry import Size
from termlab.wire.messages import Attach, Bye, Outer, ProfileAsked
from tests.server.world import OUTER, PLACE, Client, Stage


def profiled(stage: Stage, json_path: str = "") -> Client:
    """A client that asked for a profile of a scripted program."""
    client = stage.greet()
    asked = ProfileAsked(json_path)
    client.send(Attach(OUTER, PLACE, create=True, fresh=True, argv=("prog", "-x"), profile=asked))
    stage.turn()
    stage.children[0].pid = 1 << 30  # no process of this machine
    return client


def said(client: Client) -> Bye:
    assert client.bye is not None
    return client.bye


def test_whoever_looks_at_the_end_gets_the_report_at_once(stage: Stage) -> None:
    client = profiled(stage)
    stage.child_says(b"hello")
    stage.child_ends(status=3)
    bye = said(client)
    assert bye.code == 0
    assert bye.text.startswith("profile of prog -x\n")
    assert "exit code 3" in bye.text
    assert "terminal 80x24" in bye.text
    assert stage.empty


def test_the_file_is_written_at_the_end_also_when_nobody_looks(
    stage: Stage, tmp_path: Path
) -> None:
    path = tmp_path / "figures.json"
    client = profiled(stage, str(path))
    client.ask("detach-client")
    stage.turn()
    assert "profile" not in said(client).text
    stage.child_says(b"hello")
    assert not path.exists()
    stage.child_ends()
    figures = json.loads(path.read_text())["runs"][0]["figures"]
    assert figures["pty_bytes"]["value"] == 5
    assert not stage.empty


def test_with_nobody_there_the_last_screen_stays_and_enter_gives_the_report(stage: Stage) -> None:
    client = profiled(stage)
    client.ask("detach-client")
    stage.turn()
    stage.child_says(b"the last words")
    stage.child_ends(status=7)
    later = stage.attach(Size(90, 30))
    stage.turn()
    assert later.shows("the last words")
    assert later.view().view.panes[0].ended == "exit 7"
    later.press("Enter")
    stage.turn()
    assert "exit code 7" in said(later).text
    assert stage.empty


def test_a_file_that_cannot_be_written_any_more_is_a_failure_with_the_report(
    stage: Stage, tmp_path: Path
) -> None:
    path = tmp_path / "gone" / "figures.json"
    client = profiled(stage, str(path))
    stage.child_ends()
    bye = said(client)
    assert bye.code == 1
    assert bye.text.startswith("profile of prog -x\n")
    assert f"{path} was not written: No such file or directory" in bye.text


def test_a_session_that_is_ended_first_gives_what_was_measured(stage: Stage) -> None:
    client = profiled(stage)
    stage.child_says(b"hello")
    client.ask("kill-session")
    stage.turn()
    text = said(client).text
    assert "the command was still running when its pane was closed" in text
    assert re.search("bytes from the terminal +5 bytes\n", text)


def test_a_program_that_cannot_be_started_is_refused_and_nothing_is_left(stage: Stage) -> None:
    client = stage.greet()
    asked = ProfileAsked()
    client.send(Attach(Outer(Size(80, 25)), PLACE, create=True, argv=("nonesuch",), profile=asked))
    stage.turn()
    assert said(client).code == 5
    assert stage.server.sessions.all == {}
