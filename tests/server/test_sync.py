"""Who gets the keys of a synchronised window. What they then get is in `test_delivery`."""

from termlab.server.sync import await_room, receivers
from termlab.wire.messages import Message, Took
from tests.server.world import Stage


class Told:
    """Counts what it is told."""

    def __init__(self) -> None:
        self.messages: list[Message] = []

    def tell(self, message: Message) -> None:
        self.messages.append(message)


def test_the_pane_typed_into_comes_first_and_the_dead_not_at_all(stage: Stage) -> None:
    client = stage.attach()
    stage.turn()
    client.run("split-window", "--remain")
    client.run("split-window")
    attachment = stage.server.attachments[0]
    window = attachment.window
    pane = window.panes[2]
    assert receivers(attachment, pane) == [pane]
    window.synchronised = True
    assert receivers(attachment, pane) == [pane, window.panes[0], window.panes[1]]
    stage.child_ends(1)
    assert receivers(attachment, pane) == [pane, window.panes[0]]


def test_room_is_told_once_and_at_once_where_nobody_waits(stage: Stage) -> None:
    stage.attach()
    stage.turn()
    told = Told()
    await_room(stage.server, stage.server.attachments[0].window.ordered(), told)
    assert told.messages == [Took()]
