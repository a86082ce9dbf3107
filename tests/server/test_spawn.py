"""What runs in a pane, where, and in which environment."""

from pathlib import Path

import msgspec
import pytest

from termlab.model.geometry import Size
from termlab.model.state import PaneInfo
from termlab.server.spawn import Program
from termlab.version import VERSION
from termlab.wire.messages import Attach, Notice, Outer, Place, Replay
from tests.server.fakes import ScriptedPty
from tests.server.world import PLACE, Stage, World


def started(stage: Stage, directory: str, place: Place, argv: tuple[str, ...] = ()) -> None:
    stage.server.new_session("", Program(place, argv, directory), Size(80, 24))


def test_without_a_command_it_is_the_asker_s_shell(stage: Stage) -> None:
    started(stage, "", Place("/", {"SHELL": "/bin/zsh"}))
    started(stage, "", Place("/", {}))
    assert [child.command.argv for child in stage.children] == [("/bin/zsh",), ("/bin/sh",)]


@pytest.mark.parametrize(
    ("asked", "where"), [("", "/a/b"), ("c", "/a/b/c"), ("..", "/a"), ("/x", "/x")]
)
def test_the_directory_is_the_asker_s_or_relative_to_it(
    stage: Stage, asked: str, where: str
) -> None:
    started(stage, asked, Place("/a/b", {}))
    assert stage.children[0].command.directory == where
    assert stage.children[0].command.environment["PWD"] == where


def test_a_home_is_the_asker_s(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", "/server/home")
    started(stage, "~/src", Place("/a", {"HOME": "/asker/home"}))
    assert stage.children[0].command.directory == "/asker/home/src"


def test_the_environment_is_the_asker_s_with_where_the_pane_is(stage: Stage) -> None:
    started(stage, "", Place("/", {"EDITOR": "vi", "TMUX": "x"}))
    environment = stage.children[0].command.environment
    assert environment["EDITOR"] == "vi"
    assert environment["TERMLAB"] == "/run/test"
    assert environment["TERMLAB_PANE"] == "%0"
    assert environment["TERM_PROGRAM_VERSION"] == VERSION
    assert "TMUX" not in environment


def test_the_engine_has_the_size_of_the_terminal(stage: Stage) -> None:
    started(stage, "", Place("/", {}))
    pane = stage.server.sessions.all[0].current.panes[0]
    assert pane.emulator.size == stage.children[0].command.size == Size(80, 24)


RECORDING = b"""\
{"version": 3, "term": {"cols": 100, "rows": 10}}
[0.01, "o", "played"]
[1e6, "x", "4"]
"""


def test_a_command_over_before_it_was_looked_at_is_called_as_it_was_asked_for(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ScriptedPty, "foreground", lambda self: "")
    started(stage, "", Place("/", {}), ("/usr/bin/pr\x1bog", "x"))
    started(stage, "", Place("/", {}))
    assert [pane.command for _, _, pane in stage.server.sessions.panes()] == ["prog", ""]


def test_a_recording_plays_at_its_path_with_its_speed_and_limit(
    world: World, tmp_path: Path
) -> None:
    (tmp_path / "x.cast").write_bytes(RECORDING)
    client = world.greet()
    replay = Replay("x.cast", 2.0, 0.1)
    place = Place(str(tmp_path), {})
    client.send(Attach(Outer(Size(80, 25)), place, "", True, remain=True, replay=replay))
    world.until(lambda: client.state is not None and client.view().view.panes[0].ended != "")
    assert client.shows("played")
    assert client.view().view.panes[0] == PaneInfo(0, "", "x.cast", "exit 4")
    (notice,) = client.got(Notice)
    assert notice.text.startswith("recorded on 100x10, shown on 80x24: ")


def test_a_recording_that_is_as_large_as_its_pane_is_just_shown(
    world: World, tmp_path: Path
) -> None:
    (tmp_path / "x.cast").write_bytes(RECORDING)
    client = world.greet()
    replay = Replay(str(tmp_path / "x.cast"), 0.0)
    client.send(Attach(Outer(Size(100, 11)), PLACE, "", True, remain=True, replay=replay))
    world.until(lambda: client.state is not None and client.view().view.panes[0].ended != "")
    assert client.got(Notice) == []


def test_what_can_not_be_played_starts_nothing(world: World, tmp_path: Path) -> None:
    client = world.greet()
    client.send(Attach(Outer(Size(80, 25)), PLACE, "", True, replay=Replay(str(tmp_path))))
    world.until(lambda: client.bye is not None)
    assert client.bye is not None
    assert (client.bye.code, "it is a directory" in client.bye.text) == (5, True)
    assert world.server.sessions.all == {}


def test_new_panes_have_arenas_or_the_heap_as_the_option_says(stage: Stage) -> None:
    settings = stage.server.settings
    for word in ("on", "off", "on"):
        stage.server.spawner.configure(msgspec.structs.replace(settings, arenas=word))
        started(stage, "", Place("/", {}))
    panes = [pane for _, _, pane in stage.server.sessions.panes()]
    assert [pane.arenas.on for pane in panes] == [True, False, True]
    for pane in panes:
        pane.emulator.feed(memoryview(b"the same"))
        assert pane.refresh().rows[0] == b"the same"
        assert pane.arenas.stats().temporary.used_bytes == len(b"the same")


def test_variables_that_are_set_for_it_hold_whatever_termlab_says(stage: Stage) -> None:
    place = Place("/", {"LC_ALL": "de_DE"})
    program = Program(place, ("prog",), variables=(("TERM", "dumb"), ("LC_ALL", "C")))
    stage.server.new_session("", program, Size(80, 24))
    environment = stage.children[0].command.environment
    assert (environment["TERM"], environment["LC_ALL"]) == ("dumb", "C")
