"""Who asks for a command: what is meant where nothing is said, and whose screen follows."""

from termlab.wire.messages import Place, Request
from tests.server.world import PLACE, Stage


def test_a_command_typed_in_a_pane_means_that_pane(stage: Stage) -> None:
    client = stage.attach()
    stage.turn()
    client.run("split-window")
    asker = stage.greet()
    inside = Place(PLACE.directory, PLACE.environment, "%0")
    asker.send(Request(1, ("send-text", "here"), inside))
    stage.turn()
    assert stage.children[0].takes() == b"here"


def test_without_a_pane_the_session_used_last_is_meant(stage: Stage) -> None:
    asker = stage.greet()
    for name in ("a", "b"):
        asker.run("new", "-d", "-s", name)
        stage.pass_time(1)
    asker.run("send-text", "x")
    assert stage.children[1].takes() == b"x"


def test_commands_for_a_screen_need_an_attached_client(stage: Stage) -> None:
    asker = stage.greet()
    asker.run("new", "-d")
    for command in ("copy-mode", "detach-client", "scroll-up", "cancel"):
        reply = asker.run(command)
        assert (command, reply.code) == (command, 2)
        assert "attached client" in reply.text


def test_an_asker_without_a_screen_moves_all_that_show_the_session(stage: Stage) -> None:
    one, two = stage.attach(), stage.attach()
    stage.turn()
    stage.greet().run("new-window", "-t", "0")
    stage.turn()
    assert (one.view().view.id, two.view().view.id) == (1, 1)


def test_an_attached_asker_moves_its_own_screen_only(stage: Stage) -> None:
    one, two = stage.attach(), stage.attach()
    stage.turn()
    one.run("new-window")
    assert (one.view().view.id, two.view().view.id) == (1, 0)
    one.run("new-session", "-d", "-s", "other")
    one.run("new-window", "-t", "other:")
    assert one.view().view.id == 1
