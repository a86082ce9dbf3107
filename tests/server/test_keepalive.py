"""A client over a network that says nothing: asked after a minute, let go ten seconds later."""

import select
import socket
from typing import Final, NamedTuple

from termlab.server.keepalive import DEADLINE_S, EVERY_S, is_local
from termlab.server.peer import Peer
from termlab.wire import codec
from termlab.wire.link import Link
from termlab.wire.messages import PROTOCOL, Hello, Message, Ping, Pong
from tests.server.world import Client, Stage

# Only ends a hang.
LIMIT_S: Final = 20.0


class Far(NamedTuple):
    """A client over TCP, and the server's end: what is sent arrives when the kernel comes to it."""

    client: Client
    ours: socket.socket
    stage: Stage

    def says(self, message: Message) -> None:
        self.client.send(message)
        self.arrives()

    def leaves(self) -> None:
        self.client.link.close()
        self.arrives()

    def arrives(self) -> None:
        assert select.select([self.ours], [], [], LIMIT_S)[0]
        self.stage.turn()

    def hears(self) -> None:
        assert select.select([self.client.link.socket], [], [], LIMIT_S)[0]
        self.stage.turn()

    def pings(self, wanted: int) -> int:
        """How many came, when so many had their time to."""
        while len(self.client.got(Ping)) < wanted:
            self.hears()
        return len(self.client.got(Ping))


def over_tcp() -> tuple[socket.socket, socket.socket]:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        theirs = socket.create_connection(listener.getsockname())
        ours, _ = listener.accept()
    for stream in (ours, theirs):  # as the product has it: nothing waits for more
        stream.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return ours, theirs


def remote(stage: Stage) -> Far:
    """A greeted connection over TCP."""
    ours, theirs = over_tcp()
    Peer(Link(ours, codec.from_client()), stage.server, stage.journal)
    client = Client(stage, theirs)
    stage.clients.append(client)
    far = Far(client, ours, stage)
    far.says(Hello(PROTOCOL, "test"))
    return far


def test_what_is_local_the_kernel_says() -> None:
    pair, tcp = socket.socketpair(), over_tcp()
    assert [is_local(stream) for stream in (*pair, *tcp)] == [True, True, False, False]
    for stream in (*pair, *tcp):
        stream.close()


def test_a_dead_peer_is_asked_once_and_let_go_at_the_deadline(stage: Stage) -> None:
    far = remote(stage)
    stage.pass_time(EVERY_S - 0.1)
    assert far.pings(0) == 0
    stage.pass_time(0.2)
    stage.pass_time(DEADLINE_S - 0.2)
    assert not far.client.link.closed
    assert far.pings(1) == 1
    stage.pass_time(0.3)
    while not far.client.link.closed:
        far.hears()
    with open(stage.journal.path) as log:
        assert "no answer within 10 s" in log.read()


def test_who_answers_is_asked_again_a_minute_later_and_stays(stage: Stage) -> None:
    far = remote(stage)
    for count in range(1, 5):
        stage.pass_time(EVERY_S + 0.1)
        assert far.pings(count) == count
        far.says(Pong())
        stage.pass_time(DEADLINE_S + 0.1)
        assert not far.client.link.closed
        far.says(Pong())


def test_who_says_anything_is_not_asked(stage: Stage) -> None:
    far = remote(stage)
    for _ in range(10):
        stage.pass_time(EVERY_S - 1)
        far.client.ask("ls")
        far.arrives()
    assert far.pings(0) == 0


def test_who_rests_is_left_alone_until_it_says_something(stage: Stage) -> None:
    far = remote(stage)
    far.says(Pong(resting=True))
    stage.pass_time(100 * EVERY_S)
    stage.pass_time(DEADLINE_S + 1)
    assert (far.pings(0), far.client.link.closed) == (0, False)
    far.says(Pong())
    stage.pass_time(EVERY_S + 0.1)
    assert far.pings(1) == 1


def test_on_a_unix_socket_no_timer_is_armed(stage: Stage) -> None:
    client = stage.greet()
    stage.turn()
    stage.pass_time(100 * EVERY_S)
    stage.pass_time(DEADLINE_S + 1)
    assert (client.got(Ping), client.link.closed) == ([], False)
    assert stage.loop.stats().timers_armed == 0


def test_a_connection_that_ends_leaves_no_timer(stage: Stage) -> None:
    stage.greet().run("new", "-d")
    stage.pass_time(EVERY_S)
    before = stage.loop.stats().timers_armed
    far = remote(stage)
    assert stage.loop.stats().timers_armed > before
    far.leaves()
    stage.pass_time(2 * EVERY_S)
    assert stage.loop.stats().timers_armed == before
