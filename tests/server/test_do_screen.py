"""Commands about a client's own screen; what scrolling shows is in `test_view`."""

from tests.server.world import Stage


def test_detaching_says_farewell_and_leaves_the_session(stage: Stage) -> None:
    one, two = stage.attach(), stage.attach()
    stage.turn()
    assert one.run("detach-client").code == 0
    assert one.bye is not None
    assert one.bye.code == 0
    assert two.bye is None
    assert not stage.children[0].closed


def test_scrolling_is_nothing_outside_of_a_view(stage: Stage) -> None:
    client = stage.attach()
    stage.turn()
    before = len(client.frames)
    for command in ("scroll-up", "page-down", "history-top", "cancel"):
        assert client.run(command).code == 0
    assert len(client.frames) == before


def test_a_view_is_of_one_pane(stage: Stage) -> None:
    client = stage.attach()
    stage.turn()
    client.run("split-window")
    client.run("copy-mode")
    assert set(stage.server.attachments[0].views) == {1}
    client.run("select-pane", "-t", "%0")
    client.run("cancel")
    assert set(stage.server.attachments[0].views) == {1}
