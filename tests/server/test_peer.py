"""One connection: its greeting, what it may say, and its end."""

import msgspec
import pytest

from termlab.server.peer import HANDSHAKE_S, PART_CHARS
from termlab.version import VERSION
from termlab.wire.messages import (
    PROTOCOL,
    Attach,
    Bye,
    Hello,
    Keys,
    Notice,
    Reply,
    Request,
    Seen,
    Welcome,
)
from termlab.wire.turns import MAX_UNDER_WAY
from tests.server.world import OUTER, PLACE, Stage


def log(stage: Stage) -> str:
    with open(stage.journal.path) as file:
        return file.read()


def test_a_greeting_is_answered(stage: Stage) -> None:
    client = stage.greet()
    stage.turn()
    (welcome,) = client.got(Welcome)
    assert (welcome.protocol, welcome.pid) == (PROTOCOL, stage.server.pid)


def test_a_connection_that_says_nothing_is_closed(stage: Stage) -> None:
    client = stage.connect()
    stage.pass_time(HANDSHAKE_S - 0.1)
    assert not client.link.closed
    stage.pass_time(0.2)
    assert client.link.closed
    assert "no greeting" in log(stage)


def test_after_the_greeting_there_is_no_deadline(stage: Stage) -> None:
    client = stage.greet()
    stage.turn()
    stage.pass_time(10 * HANDSHAKE_S)
    assert not client.link.closed


@pytest.mark.parametrize("message", [Request(1, ("ls",)), Attach(OUTER, PLACE), Seen(1), Keys(())])
def test_who_does_not_greet_is_sent_away(
    stage: Stage, message: Request | Attach | Seen | Keys
) -> None:
    client = stage.connect()
    client.send(message)
    stage.turn()
    assert client.got(Bye) == [Bye("say hello first", 4)]
    assert client.link.closed


def test_another_protocol_may_list_and_end_and_nothing_else(stage: Stage) -> None:
    stage.greet().run("new", "-d")
    client = stage.connect()
    client.send(Hello(PROTOCOL + 1, "next"))
    assert client.run("ls").code == 0
    refused = client.run("split-window")
    assert refused.code == 4
    assert f"protocol {PROTOCOL}" in refused.text
    client.send(Attach(OUTER, PLACE))
    stage.turn()
    assert client.bye is not None
    assert client.bye.code == 2
    assert client.run("kill-server").code == 0
    assert stage.empty


def test_a_message_this_version_can_not_read_is_told_and_the_next_is_read(stage: Stage) -> None:
    client = stage.greet()
    body = b"\x92\xa7unknown\x01"
    client.link.socket.sendall(len(body).to_bytes(4, "big") + body)
    stage.turn()
    (notice,) = client.got(Notice)
    assert notice.error
    assert client.run("ls").code == 0


def test_a_stream_that_is_no_protocol_is_closed_and_logged(stage: Stage) -> None:
    client = stage.connect()
    client.link.socket.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")
    stage.turn()
    assert client.link.closed
    assert "does not speak termlab's protocol" in log(stage)


def test_others_are_not_harmed_by_one_that_breaks(stage: Stage) -> None:
    good = stage.attach()
    stage.turn()
    bad = stage.connect()
    bad.link.socket.sendall(b"\xff" * 100)
    stage.turn()
    stage.child_says(b"still here")
    assert good.shows("still here")


def test_a_half_sent_greeting_counts_as_silence(stage: Stage) -> None:
    client = stage.connect()
    client.link.socket.sendall(b"\x00\x00\x00\x20hello")
    stage.turn()
    stage.pass_time(HANDSHAKE_S + 0.1)
    assert client.link.closed


def test_attaching_makes_a_session_where_that_is_asked(stage: Stage) -> None:
    client = stage.greet()
    client.send(Attach(OUTER, PLACE))
    stage.turn()
    assert client.got(Bye)[0].code == 3
    client.send(Attach(OUTER, PLACE, create=True, name="work", argv=("prog", "-x")))
    stage.turn()
    assert client.view().session == "work"
    assert stage.children[0].command.argv == ("prog", "-x")
    assert client.attached.options.prefix == "C-b"


def test_attaching_shows_the_session_named_or_the_one_used_last(stage: Stage) -> None:
    asker = stage.greet()
    for name in ("a", "b"):
        asker.run("new", "-d", "-s", name)
        stage.pass_time(1)
    named, latest, fresh = stage.attach(target="a"), stage.attach(), stage.attach(fresh=True)
    stage.turn()
    assert named.view().session == "a"
    assert latest.view().session == "a"  # attaching was using it
    assert fresh.view().session == "0"
    nobody = stage.attach(target="nobody")
    stage.turn()
    assert nobody.got(Bye)[0].code == 3


def test_a_connection_attaches_once(stage: Stage) -> None:
    client = stage.attach()
    client.send(Attach(OUTER, PLACE))
    stage.turn()
    assert "attached already" in client.got(Notice)[0].text


def test_a_long_answer_comes_in_parts_and_whole(stage: Stage) -> None:
    client = stage.attach()
    stage.turn()
    for _ in range(60):
        stage.child_says(b"0123456789" * 7 * 40)
    reply = client.run("capture", "--scrollback")
    parts = client.got(Reply)
    assert len(parts) == len(reply.text) // PART_CHARS + 1
    assert [part.more for part in parts] == [True] * (len(parts) - 1) + [False]


def test_a_client_that_goes_is_forgotten(stage: Stage) -> None:
    client = stage.attach()
    stage.turn()
    client.run("copy-mode")
    client.link.close()
    stage.clients.remove(client)
    stage.turn()
    assert stage.server.attachments == []
    assert not stage.empty
    stage.child_says(b"nobody looks")


def test_a_detached_client_touches_nothing_any_more(stage: Stage) -> None:
    client = stage.attach()
    stage.turn()
    client.run("detach-client")
    client.type("x")
    client.send(Seen(1))
    stage.child_says(b"y")
    assert stage.children[0].takes() == b""
    assert client.bye is not None
    assert "detached (from session 0)" in client.bye.text
    assert client.run("copy-mode").code == 2


# Where the stream can't say whose it is


def test_the_right_token_is_answered_with_the_proof(stage: Stage) -> None:
    client = stage.connect(admit={"right": "proof"}.get)
    client.send(Hello(PROTOCOL, "test", "right"))
    assert client.run("ls").code == 0
    assert client.got(Welcome) == [Welcome(PROTOCOL, VERSION, stage.server.pid, "proof")]


@pytest.mark.parametrize("token", ["", "wrong"])
def test_without_it_nothing_is_done_and_the_connection_closed(stage: Stage, token: str) -> None:
    client = stage.connect(admit={"right": "proof"}.get)
    client.send(Hello(PROTOCOL, "test", token))
    client.send(Request(1, ("new-session", "-d"), PLACE))
    stage.turn()
    assert client.inbox == [Bye("its token is not this server's: try again", 4)]
    assert client.link.closed
    assert stage.children == []
    assert "its token is not this server's" in log(stage)


def test_before_the_greeting_not_even_what_is_wrong_is_told(stage: Stage) -> None:
    client = stage.connect(admit={"right": "proof"}.get)
    body = b"\x92\xa7unknown\x01"
    client.link.socket.sendall(len(body).to_bytes(4, "big") + body)
    stage.turn()
    assert client.inbox == [Bye("say hello first", 4)]
    assert client.link.closed


def test_a_second_greeting_proves_itself_too(stage: Stage) -> None:
    client = stage.connect(admit={"right": "proof"}.get)
    for token in ("right", "wrong"):
        client.send(Hello(PROTOCOL, "test", token))
    stage.turn()
    assert [type(message) for message in client.inbox] == [Welcome, Bye]
    assert client.link.closed


def test_strangers_without_end_do_not_fill_the_log(stage: Stage) -> None:
    for _ in range(100):
        client = stage.connect()
        client.link.socket.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")
    stage.turn()
    assert len(log(stage).splitlines()) == 7


# Turns, and what goes in one write


def test_what_comes_out_of_turn_is_refused_by_name_and_the_next_is_heard(stage: Stage) -> None:
    client = stage.greet()
    for message in (Keys(()), Seen(1)):
        client.send(message)
    stage.turn()
    assert [notice.text for notice in client.got(Notice)] == [
        "a Keys is out of turn: attach first",
        "a Seen is out of turn: attach first",
    ]
    assert all(notice.error for notice in client.got(Notice))
    assert client.run("ls").code == 0


def test_more_requests_than_anybody_waits_for_are_refused(stage: Stage) -> None:
    client = stage.greet()
    client.run("new", "-d")
    waiting = [client.ask("wait", "--text", "never") for _ in range(MAX_UNDER_WAY + 1)]
    stage.turn(20)
    client.link.flush()
    stage.turn(20)
    (notice,) = client.got(Notice)
    assert "wait for an answer before the next" in notice.text
    assert not any(answer.done for answer in waiting)


def test_the_first_frame_comes_with_the_answer_to_attach(stage: Stage) -> None:
    stage.greet().run("new", "-d", "-s", "work")
    client = stage.greet()
    stage.turn()
    (peer,) = [each for each in stage.server.presence.connections if each.number == 2]
    before = peer.link.stats().writes
    client.acks = False
    client.send(Attach(OUTER, PLACE))
    stage.turn()
    assert client.frames
    assert client.attached
    assert peer.link.stats().writes == before + 1


@pytest.mark.parametrize(
    ("said", "preset", "bytes_held"),
    [("small", "small", 4096), ("16384,4096", "custom", 16384), ("auto", "auto", 8192)],
)
def test_buffers_are_as_the_configuration_has_them(
    stage: Stage, said: str, preset: str, bytes_held: int
) -> None:
    settings = msgspec.structs.replace(stage.server.settings, connection_buffers=said)
    stage.server.settings = settings
    stage.greet()
    stage.turn()
    (peer,) = stage.server.presence.connections
    stats = peer.link.stats()
    assert (stats.read_preset, stats.buffer_bytes) == (preset, bytes_held)
