"""What becomes of a copy; each way to copy is in the tests of its command."""

from termlab.server.copies import keep
from termlab.wire.messages import Clipboard, Notice
from tests.server.world import Stage


def test_a_copy_is_a_buffer_a_clipboard_and_a_word(stage: Stage) -> None:
    client = stage.attach()
    stage.turn()
    keep(stage.server, stage.server.attachments[0], "ä")
    stage.turn()
    assert client.got(Clipboard) == [Clipboard("ä".encode())]
    assert client.got(Notice) == [Notice("copied 1 character")]
    assert stage.server.buffers.get().data == "ä".encode()


def test_nothing_is_no_copy(stage: Stage) -> None:
    client = stage.attach()
    stage.turn()
    keep(stage.server, stage.server.attachments[0], "")
    stage.turn()
    assert client.got(Notice) == []
    assert stage.server.buffers.listed() == []
