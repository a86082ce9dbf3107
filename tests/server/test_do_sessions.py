"""Commands about sessions and windows, as their askers see them."""

import json
from pathlib import Path

from termlab.model.geometry import Size
from tests.server.world import Client, Stage, World


def tabs(client: Client) -> list[tuple[int, str, bool]]:
    return [(tab.index, tab.name, tab.current) for tab in client.view().tabs]


def test_a_detached_session_has_its_size_name_directory_and_command(stage: Stage) -> None:
    asker = stage.greet()
    words = ["new", "-d", "-s", "work", "-x", "100", "-y", "40", "-c", "/tmp", "prog", "--flag"]
    assert asker.run(*words).text == "work\n"
    command = stage.children[0].command
    assert command.argv == ("prog", "--flag")
    assert (command.directory, command.size) == ("/tmp", Size(100, 40))
    assert asker.run("new", "-d").text == "0\n"
    assert stage.children[1].command.size == Size(80, 24)


def test_what_a_session_can_not_be_is_refused(stage: Stage) -> None:
    asker = stage.greet()
    asker.run("new", "-d", "-s", "work")
    assert asker.run("new", "-d", "-s", "work").code == 2
    assert asker.run("new", "-d", "-s", "a:b").code == 2
    assert asker.run("new", "-d", "-x", "0").code != 0
    assert len(stage.children) == 1


def test_sessions_are_listed_for_people_and_programs(stage: Stage) -> None:
    asker = stage.greet()
    asker.run("new", "-d", "-s", "work", "prog")
    asker.run("new-window", "-n", "logs")
    stage.attach(target="work")
    stage.turn()
    assert asker.run("ls").text == "work: 2 windows [0:prog, 1:logs] (attached)\n"
    (session,) = json.loads(asker.run("ls", "--json").text)
    assert (session["id"], session["name"], session["clients"]) == ("$0", "work", 1)
    assert [window["name"] for window in session["windows"]] == ["prog", "logs"]
    (pane,) = session["windows"][0]["panes"]
    assert (pane["id"], pane["pid"], pane["active"]) == ("%0", 100, True)


def test_windows_are_shown_by_number_name_and_turn(stage: Stage) -> None:
    client = stage.attach()
    stage.turn()
    client.run("new-window", "-n", "one")
    client.run("new-window", "-n", "two")
    for words, current in (
        (["select-window", "-t", "0"], 0),
        (["next-window"], 1),
        (["last-window"], 0),
        (["previous-window"], 2),
        (["next-window"], 0),
        (["select-window", "-t", "two"], 2),
        (["last-window"], 0),
    ):
        client.run(*words)
        assert (words, [tab.index for tab in client.view().tabs if tab.current]) == (
            words,
            [current],
        )


def test_a_detached_window_is_not_shown(stage: Stage) -> None:
    client = stage.attach()
    stage.turn()
    assert client.run("new-window", "-d").text == "@1\n"
    assert client.view().view.id == 0
    assert len(client.view().tabs) == 2


def test_names_are_changed_and_checked(stage: Stage) -> None:
    client = stage.attach()
    stage.turn()
    client.run("rename-session", "home")
    client.run("rename-window", "edit")
    assert client.view().session == "home"
    assert tabs(client) == [(0, "edit", True)]
    assert client.run("rename-window", "a.b").code == 2
    assert client.run("rename-session", "$1").code == 2
    stage.greet().run("new", "-d", "-s", "other")
    assert client.run("rename-session", "other").code == 2
    assert client.run("rename-session", "home").code == 0


def test_a_window_or_session_is_ended_by_its_name(stage: Stage) -> None:
    asker = stage.greet()
    asker.run("new", "-d", "-s", "a")
    asker.run("new", "-d", "-s", "b")
    asker.run("new-window", "-t", "a:", "-n", "logs")
    asker.run("kill-window", "-t", "a:logs")
    assert [child.closed for child in stage.children] == [False, False, True]
    asker.run("kill-session", "-t", "a")
    assert [child.closed for child in stage.children] == [True, False, True]
    assert asker.run("kill-session", "-t", "a").code == 3


def test_a_recording_is_a_session_of_its_own(world: World, tmp_path: Path) -> None:
    file = tmp_path / "x.cast"
    file.write_text('{"version": 2, "width": 80, "height": 24}\n[0, "o", "played"]\n')
    asker = world.greet()
    answer = asker.ask("replay", "-d", "-s", "show", "-x", "30", "-y", "5", str(file))
    world.until(lambda: answer.done)
    assert answer.reply.text == "show\n"
    answer = asker.ask("wait", "-t", "show", "--exit")
    world.until(lambda: answer.done)
    assert asker.run("ls").text == "show: 1 window [0:x.cast (exit 0)]\n"
    shown = json.loads(asker.run("capture", "-t", "show", "--json").text)
    assert (shown["cols"], shown["rows"], shown["lines"][0]) == (30, 5, "played")
    for words, code in (
        (["--speed", "fast", str(file)], 2),
        (["--idle-limit", "-1", str(file)], 2),
        (["-y", "0", str(file)], 2),
        ([str(tmp_path)], 5),
    ):
        assert asker.run("replay", "-d", *words).code == code


def test_the_server_answers_before_it_ends(stage: Stage) -> None:
    stage.greet().run("new", "-d")
    assert stage.greet().run("kill-server").code == 0
    assert stage.empty
