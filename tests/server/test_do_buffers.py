"""Commands about what was copied."""

from tests.server.world import Stage


def test_a_text_is_kept_listed_shown_pasted_and_forgotten(stage: Stage) -> None:
    client = stage.attach()
    stage.turn()
    assert client.run("set-buffer", "one", "two").code == 0
    assert client.run("set-buffer", "-b", "mine", "--", "-three").code == 0
    assert client.run("list-buffers").text == ("mine: 6 bytes: -three\nbuffer0: 7 bytes: one two\n")
    assert client.run("show-buffer", "-b", "buffer0").text == "one two"
    assert client.run("paste-buffer").code == 0
    assert client.run("paste-buffer", "-b", "buffer0").code == 0
    assert stage.children[0].takes() == b"-threeone two"
    assert client.run("delete-buffer").code == 0
    assert client.run("show-buffer").text == "one two"


def test_without_a_buffer_there_is_nothing_to_paste(stage: Stage) -> None:
    client = stage.attach()
    stage.turn()
    reply = client.run("paste-buffer")
    assert reply.code != 0
    assert "copy something first" in reply.text


def test_a_client_that_may_only_look_neither_pastes_nor_keeps(stage: Stage) -> None:
    stage.attach()
    guest = stage.attach(read_only=True)
    stage.turn()
    for words in (("paste-buffer",), ("set-buffer", "x"), ("delete-buffer",)):
        assert "read-only" in guest.run(*words).text
