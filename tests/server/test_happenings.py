"""What subscribers are told of sessions, windows, panes, programs and clients."""

from termlab.model.happening import KINDS, Happening
from termlab.server.counters import Counters
from termlab.server.happenings import TEXT_CHARS
from termlab.wire import codec
from termlab.wire.messages import Notice, Published, Reply, Seen, Subscribe
from tests.server.world import Client, Stage

read = codec.record_decoder(Happening)


def follower(stage: Stage, *kinds: str) -> Client:
    """Who subscribed, to everything if nothing is said."""
    client = stage.greet()
    client.send(Subscribe(1, kinds or tuple(KINDS)))
    stage.turn()
    assert client.got(Reply) == [Reply(1, 0, "")]
    return client


def told(client: Client) -> list[Happening]:
    return [read(message.body) for message in client.got(Published)]


def kinds(client: Client) -> list[str]:
    return [happening.kind for happening in told(client)]


def test_a_session_is_told_with_its_window_and_pane(stage: Stage) -> None:
    client = follower(stage)
    stage.greet().run("new", "-d", "-s", "work")
    stage.turn()
    assert kinds(client) == ["session-opened", "window-opened", "pane-opened"]
    pane = told(client)[-1]
    assert (pane.session, pane.window, pane.pane) == ("work", "@0", "%0")
    assert pane.at_s > 0


def test_what_was_there_before_is_not_told(stage: Stage) -> None:
    stage.greet().run("new", "-d")
    assert told(follower(stage)) == []


def test_a_program_that_ends_tells_its_status_before_its_pane_goes(stage: Stage) -> None:
    asker = stage.greet()
    asker.run("new", "-d", "-s", "work")
    asker.run("split")
    client = follower(stage)
    stage.child_ends(1, 3)
    stage.pass_time(0.2)
    assert kinds(client) == ["program-ended", "pane-closed"]
    assert told(client)[0].status == 3
    assert [happening.pane for happening in told(client)] == ["%1", "%1"]


def test_a_program_that_a_signal_ended_tells_128_and_its_number(stage: Stage) -> None:
    asker = stage.greet()
    asker.run("new", "-d", "-s", "work")
    asker.run("split")
    client = follower(stage, "program-ended")
    stage.child_ends(1, -11)
    stage.pass_time(0.2)
    assert [happening.status for happening in told(client)] == [128 + 11]


def test_a_pane_that_was_killed_tells_no_status(stage: Stage) -> None:
    asker = stage.greet()
    asker.run("new", "-d")
    asker.run("split")
    client = follower(stage)
    asker.run("kill-pane", "-t", "%1")
    stage.turn()
    assert kinds(client) == ["pane-closed"]


def test_titles_bells_and_directories_are_told(stage: Stage) -> None:
    stage.attach()
    stage.turn()
    client = follower(stage, "title-changed", "bell", "directory-changed")
    stage.child_says(b"\x1b]0;hello\x07\x07\x1b]7;file:///tmp\x07")
    assert sorted(kinds(client)) == ["bell", "directory-changed", "title-changed"]
    texts = {happening.kind: happening.text for happening in told(client)}
    assert (texts["title-changed"], texts["bell"]) == ("hello", "")
    assert "/tmp" in texts["directory-changed"]


def test_a_title_without_end_is_cut(stage: Stage) -> None:
    stage.attach()
    stage.turn()
    client = follower(stage, "title-changed")
    stage.child_says(b"\x1b]0;" + b"x" * (TEXT_CHARS + 500) + b"\x07")
    assert all(len(happening.text) <= TEXT_CHARS for happening in told(client))


def test_names_clients_and_moves_are_told(stage: Stage) -> None:
    asker = stage.greet()
    asker.run("new", "-d", "-s", "work")
    asker.run("split")
    client = follower(stage)
    asker.run("rename-session", "-t", "work", "play")
    asker.run("rename-window", "-t", "@0", "mine")
    asker.run("break-pane", "-d", "-s", "%1")
    other = stage.attach(target="play")
    stage.turn()
    other.link.close()
    stage.turn()
    found = kinds(client)
    for kind in ("session-renamed", "window-renamed", "window-opened", "pane-moved"):
        assert kind in found
    assert found[-2:] == ["client-attached", "client-detached"]
    renamed = next(each for each in told(client) if each.kind == "window-renamed")
    assert (renamed.session, renamed.window, renamed.text) == ("play", "@0", "mine")


def test_only_the_kinds_asked_for_are_told_and_others_may_follow(stage: Stage) -> None:
    client = follower(stage, "pane-opened")
    asker = stage.greet()
    asker.run("new", "-d")
    stage.turn()
    assert kinds(client) == ["pane-opened"]
    client.send(Subscribe(2, ("session-closed",)))
    stage.turn()
    asker.run("split")
    stage.turn()
    assert kinds(client) == ["pane-opened"]


def test_an_event_there_is_not_is_refused_by_name(stage: Stage) -> None:
    client = stage.greet()
    client.send(Subscribe(1, ("bell", "nonsense")))
    stage.turn()
    (reply,) = client.got(Reply)
    assert reply.code == 2
    assert "no event 'nonsense': choose from bell," in reply.text


def test_a_number_that_is_under_way_is_refused(stage: Stage) -> None:
    client = stage.greet()
    stage.greet().run("new", "-d")
    waiting = client.ask("wait", "--text", "never")
    client.send(Subscribe(1, ("bell",)))
    stage.turn()
    assert "under way already" in client.got(Notice)[0].text
    assert not waiting.done


def test_nobody_listens_and_nothing_is_compared(stage: Stage) -> None:
    client = follower(stage)
    assert len(stage.server.onlookers.looking) == 1
    client.link.close()
    stage.turn()
    assert stage.server.onlookers.looking == []
    stage.greet().run("new", "-d")
    assert stage.server.happenings is not None
    assert stage.server.happenings.stats().published == 0


def test_the_end_of_the_server_is_told_to_its_end(stage: Stage) -> None:
    stage.greet().run("new", "-d", "-s", "work")
    client = follower(stage)
    stage.server.close()
    client.hear()
    assert kinds(client) == ["pane-closed", "window-closed", "session-closed"]


def test_a_program_that_stays_is_told_once(stage: Stage) -> None:
    stage.greet().run("new", "-d", "--remain")
    client = follower(stage)
    stage.child_ends(0, 7)
    stage.pass_time(0.2)
    stage.server.onlookers.changed()
    stage.turn()
    assert kinds(client) == ["program-ended"]


def test_a_reload_is_told(stage: Stage) -> None:
    client = follower(stage, "config-reloaded")
    happenings = stage.server.happenings
    assert happenings is not None
    happenings.reloaded()
    stage.turn()
    (reloaded,) = told(client)
    assert (reloaded.kind, reloaded.pane) == ("config-reloaded", "")
    happenings.reset_stats()
    assert happenings.stats().told == 1


def test_each_command_of_a_shell_that_marks_them_is_told_with_its_status(stage: Stage) -> None:
    stage.attach()
    stage.turn()
    stage.child_says(b"\x1b]133;A\x07$ \x1b]133;B\x07true\r\n\x1b]133;C\x07\x1b]133;D;0\x07")
    client = follower(stage, "command-ended")
    for status in (1, 2):
        stage.children[0].says(
            b"\x1b]133;A\x07$ \x1b]133;B\x07make\r\n\x1b]133;C\x07\x1b]133;D;%d\x07" % status
        )
    stage.pass_time(0.1)
    assert [(each.pane, each.status) for each in told(client)] == [("%0", 1), ("%0", 2)]


def test_what_was_published_and_refused_is_counted(stage: Stage) -> None:
    counters = Counters(stage.server)

    client = follower(stage, "session-opened")
    client.send(Seen(1))
    stage.greet().run("new", "-d")
    stage.turn()
    found = counters.gather()
    assert found.server is not None
    told_of = {
        part.name: {counter.name: counter.value for counter in part.counters}
        for part in (*found.server.parts, *found.connections[0].parts)
    }
    publisher, turns = told_of["publisher"], told_of["turns"]
    assert (publisher["subscribers"], publisher["published"], publisher["told"]) == (1, 1, 1)
    assert turns == {"state": "greeted", "requests": 1, "under_way": 0, "refused": 1}


def test_where_nobody_ever_listened_there_is_a_reason_instead_of_figures(stage: Stage) -> None:
    found = Counters(stage.server).gather()
    assert found.server is not None
    (publisher,) = [part for part in found.server.parts if part.name == "publisher"]
    assert "nobody has listened" in publisher.missing
