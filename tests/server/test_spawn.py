"""What runs in a pane, where, and in which environment."""

import pytest

from termlab.model.geometry import Size
from termlab.version import VERSION
from termlab.wire.messages import Place
from tests.server.world import Stage


def started(stage: Stage, directory: str, place: Place, argv: tuple[str, ...] = ()) -> None:
    stage.server.new_session("", argv, directory, place, Size(80, 24))


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
