"""A profiled session: the report is the last word, and the file is there whoever looks."""

import json
import re
import sqlite3
import threading
from pathlib import Path

from termlab.model.geometry import Size
from termlab.model.profile_asked import ProfileAsked, pack_asked
from termlab.model.records import msgspec
from termlab.runs.store import Store
from termlab.wire.messages import Attach, Bye, Outer, OuterChanged
from tests.runs.made import profile
from tests.server.world import DEADLINE_S, OUTER, PLACE, Client, Stage


def profiled(stage: Stage, json_path: str = "", **more: object) -> Client:
    """A client that asked for a profile of a scripted program."""
    client = stage.greet()
    asked = msgspec.structs.replace(ProfileAsked(json_path), **more)
    client.send(
        Attach(
            OUTER, PLACE, create=True, fresh=True, argv=("prog", "-x"), profile=pack_asked(asked)
        )
    )
    stage.turn()
    stage.children[0].pid = 1 << 30  # no process of this machine
    return client


def said(stage: Stage, client: Client) -> Bye:
    stage.until(lambda: client.bye is not None)
    assert client.bye is not None
    return client.bye


def concluded(stage: Stage) -> None:
    """All that is made at the end is there."""
    for thread in threading.enumerate():
        if thread.name == "termlab-elsewhere":
            thread.join(DEADLINE_S)
    stage.turn()


def test_whoever_looks_at_the_end_gets_the_report_at_once(stage: Stage) -> None:
    client = profiled(stage)
    stage.child_says(b"hello")
    stage.child_ends(status=3)
    bye = said(stage, client)
    assert bye.code == 0
    assert bye.report.startswith("profile of prog -x\n")
    assert "exit code 3" in bye.report
    assert "terminal 43x24" in bye.report  # what the lab dock leaves
    assert stage.empty


def test_the_file_is_written_at_the_end_also_when_nobody_looks(
    stage: Stage, tmp_path: Path
) -> None:
    path = tmp_path / "figures.json"
    client = profiled(stage, str(path))
    client.ask("detach-client")
    stage.turn()
    assert not said(stage, client).report
    stage.child_says(b"hello")
    assert not path.exists()
    stage.child_ends()
    concluded(stage)
    figures = json.loads(path.read_text())["runs"][0]["figures"]
    assert figures["pty_bytes"]["value"] == 5
    assert not stage.empty


def test_with_nobody_there_the_last_screen_stays_and_enter_gives_the_report(stage: Stage) -> None:
    client = profiled(stage)
    client.ask("detach-client")
    stage.turn()
    stage.child_says(b"the last words")
    stage.child_ends(status=7)
    concluded(stage)
    later = stage.attach(Size(90, 30))
    stage.turn()
    assert later.shows("the last words")
    assert later.view().view.panes[0].ended == "exit 7"
    later.press("Enter")
    stage.turn()
    assert "exit code 7" in said(stage, later).report
    assert stage.empty


def test_a_file_that_cannot_be_written_any_more_is_a_failure_with_the_report(
    stage: Stage, tmp_path: Path
) -> None:
    path = tmp_path / "gone" / "figures.json"
    client = profiled(stage, str(path))
    stage.child_ends()
    bye = said(stage, client)
    assert bye.code == 1
    assert bye.report.startswith("profile of prog -x\n")
    assert f"{path} was not written: No such file or directory" in bye.text


def test_a_session_that_is_ended_first_gives_what_was_measured(stage: Stage) -> None:
    client = profiled(stage)
    stage.child_says(b"hello")
    client.ask("kill-session")
    stage.turn()
    text = said(stage, client).report
    assert "the command was still running when its pane was closed" in text
    assert re.search("bytes from the terminal +5 bytes\n", text)


def test_a_program_that_cannot_be_started_is_refused_and_nothing_is_left(stage: Stage) -> None:
    client = stage.greet()
    asked = ProfileAsked()
    client.send(
        Attach(
            Outer(Size(80, 25)), PLACE, create=True, argv=("nonesuch",), profile=pack_asked(asked)
        )
    )
    stage.turn()
    assert said(stage, client).code == 5
    assert stage.server.sessions.all == {}


def next_child(stage: Stage, number: int) -> None:
    """The next run is under way."""
    stage.turn()
    assert len(stage.children) == number + 1
    stage.children[number].pid = 1 << 30


def test_runs_follow_each_other_in_the_session_and_are_reported_together(stage: Stage) -> None:
    client = profiled(stage, runs=2, warmup=1)
    assert client.view().tabs[0].name == "warm-up 1 of 1"
    stage.child_says(b"x" * 100)
    stage.child_ends()
    next_child(stage, 1)
    assert [tab.name for tab in client.view().tabs] == ["run 1 of 2"]
    stage.child_says(b"hello", child=1)
    assert client.shows("hello")
    stage.child_ends(1)
    next_child(stage, 2)
    stage.child_ends(2, status=3)
    text = said(stage, client).report
    assert "2 runs: 1 x exit code 0, 1 x exit code 3\n" in text
    assert "1 run to warm up thrown away\n" in text
    assert stage.empty


def test_a_run_that_ends_by_ctrl_c_is_the_last(stage: Stage) -> None:
    client = profiled(stage, runs=5)
    stage.child_ends(status=-2)
    stage.turn()
    assert len(stage.children) == 1
    assert "ended by SIGINT" in said(stage, client).report
    assert stage.empty


def test_repeated_runs_go_on_with_nobody_there(stage: Stage) -> None:
    client = profiled(stage, runs=2)
    client.ask("detach-client")
    stage.turn()
    stage.child_ends()
    next_child(stage, 1)
    stage.child_says(b"the last words", child=1)
    stage.child_ends(1)
    concluded(stage)
    later = stage.attach()
    stage.turn()
    assert later.shows("the last words")
    later.press("Enter")
    stage.turn()
    assert "2 runs: 2 x exit code 0" in said(stage, later).report


def test_killed_in_its_second_run_the_session_tells_of_both(stage: Stage) -> None:
    client = profiled(stage, runs=3)
    stage.child_ends()
    next_child(stage, 1)
    client.ask("kill-session")
    stage.turn()
    text = said(stage, client).report
    assert "2 runs: 1 x exit code 0, 1 x the command was still running" in text


def test_the_dock_is_shown_and_a_size_asked_for_is_kept(stage: Stage) -> None:
    client = profiled(stage, cols=50, rows=10)
    assert client.view().dock > 0
    assert stage.children[0].sizes == [Size(50, 10)]
    client.send(OuterChanged(Outer(Size(120, 50))))
    stage.turn()
    assert stage.children[0].sizes == [Size(50, 10)]
    stage.child_ends()
    assert "terminal 50x10" in said(stage, client).report


def test_what_the_command_exits_with_is_the_last_word_s_code(stage: Stage) -> None:
    client = profiled(stage, exit_code=True)
    stage.child_ends(status=7)
    bye = said(stage, client)
    assert (bye.code, bye.text) == (7, "")
    assert "exit code 7" in bye.report


def test_a_file_of_runs_that_another_writes_to_holds_nobody_up(
    stage: Stage, tmp_path: Path
) -> None:
    path = str(tmp_path / "kept" / "runs.db")
    Store(path).add(profile())
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    client = profiled(stage, store_path=path)
    stage.child_ends()
    assert client.run("list-sessions").code == 0
    assert client.bye is None
    other.execute("ROLLBACK")
    other.close()
    assert "kept as run 2" in said(stage, client).report
