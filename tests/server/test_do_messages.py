"""Texts for the person."""

from termlab.wire.messages import Notice
from tests.server.world import Client, Stage


def shown(client: Client) -> list[str]:
    return [each.text for each in client.inbox if isinstance(each, Notice)]


def test_a_text_is_shown_to_who_asks(stage: Stage) -> None:
    one, two = stage.attach(), stage.attach()
    stage.turn()
    assert one.run("display-message", "hello", "there").code == 0
    stage.turn()
    assert shown(one) == ["hello there"]
    assert shown(two) == []


def test_a_script_reaches_all_that_show_the_session(stage: Stage) -> None:
    one, two = stage.attach(), stage.attach()
    stage.turn()
    script = stage.greet()
    assert script.run("display-message", "#S:#I #{pane_id} ##").code == 0
    stage.turn()
    assert shown(one) == shown(two) == ["0:0 %0 #"]


def test_it_is_printed_instead(stage: Stage) -> None:
    client = stage.attach()
    stage.turn()
    reply = client.run("display-message", "-p", "#{session_name} #{pane_index} #{bogus}")
    assert (reply.code, reply.text) == (0, "0 0 #{bogus}\n")
    assert shown(client) == []
