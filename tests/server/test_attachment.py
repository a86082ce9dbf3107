"""A client's screen: its frames, its focus, its epochs. Children are scripted, time is driven."""

import pytest

from termlab.model.geometry import Size
from termlab.wire.messages import Outer, OuterChanged, Seen
from tests.server.world import Client, Stage, World

BIG = b"a line of output that fills the ring\r\n" * 50


def settled(stage: Stage, client: Client) -> int:
    """How many frames there are once all is quiet."""
    stage.pass_time(1)
    return len(client.frames)


def test_the_first_frame_has_the_state_and_every_row(stage: Stage) -> None:
    client = stage.attach()
    stage.turn()
    first = client.frames[0]
    assert first.state is not None
    assert first.state.session == "0"
    assert first.epoch == first.state.epoch
    assert [y for y, _ in first.panes[0].rows] == list(range(24))


def test_a_client_that_never_acks_gets_one_frame_and_one_more_after_a_key(stage: Stage) -> None:
    client = stage.attach()
    client.acks = False
    stage.turn()
    assert len(client.frames) == 1
    stage.child_says(BIG)
    assert settled(stage, client) == 1
    client.type("k")
    stage.child_says(b"k")
    assert settled(stage, client) == 2
    for _ in range(5):
        client.type("k")
        stage.child_says(BIG)
    assert settled(stage, client) == 2


def test_a_client_that_never_acks_does_not_slow_the_pane(stage: Stage) -> None:
    client = stage.attach()
    client.acks = False
    stage.turn()
    stage.child_says(BIG * 20)
    pane = stage.server.sessions.all[0].current.panes[0]
    assert pane.emulator.stats().bytes_fed == len(BIG) * 20
    assert client.link.queued_bytes == 0


def test_who_acks_late_sees_the_newest_rows_once(stage: Stage) -> None:
    client = stage.attach()
    client.acks = False
    stage.turn()
    for n in range(50):
        stage.child_says(b"\rcount %d" % n)
    client.send(Seen(client.frames[0].serial))
    stage.pass_time(1)
    assert len(client.frames) == 2
    assert client.frames[1].panes[0].rows == ((0, b"count 49"),)


def test_a_key_s_frame_is_kept_for_the_pane_it_went_to(stage: Stage) -> None:
    client = stage.attach()
    stage.turn()
    client.run("split-window", "-h", "quiet")
    stage.pass_time(1)
    client.acks = False
    stage.child_says(b"flood", child=0)
    frames = len(client.frames)
    client.type("k")
    stage.child_says(b"flood" * 30, child=0)
    assert len(client.frames) == frames
    stage.child_says(b"k", child=1)
    assert len(client.frames) == frames + 1
    assert client.shows("k")


def test_the_answer_to_a_key_holds_no_other_pane(stage: Stage) -> None:
    client = stage.attach()
    stage.turn()
    client.run("split-window", "-h", "quiet")
    stage.pass_time(1)
    client.type("k")
    # In one turn: much beside, and the answer.
    stage.children[0].says(b"flood" * 2000)
    stage.child_says(b"k", child=1)
    answer = client.frames[-2]
    assert [rows.pane for rows in answer.panes] == [1]
    assert [rows.pane for rows in client.frames[-1].panes] == [0]


def test_the_focused_pane_comes_first(stage: Stage) -> None:
    client = stage.attach()
    stage.turn()
    client.run("split-window", "-h")
    stage.pass_time(1)
    for focus in ("%0", "%1"):
        client.run("select-pane", "-t", focus)
        client.acks = False
        stage.child_says(b"x", child=0)
        stage.child_says(b"y", child=1)
        stage.child_says(b"x", child=0)
        client.acks = True
        client.send(Seen(client.frames[-1].serial))
        stage.pass_time(1)
        assert f"%{client.frames[-1].panes[0].pane}" == focus


def test_only_the_focused_pane_has_a_cursor(stage: Stage) -> None:
    client = stage.attach()
    stage.turn()
    client.run("split-window", "-h")
    stage.pass_time(1)
    first = next(frame for frame in client.frames if len(frame.panes) == 2)
    assert [rows.cursor is not None for rows in first.panes] == [True, False]


def test_rows_come_once_unless_they_change(stage: Stage) -> None:
    client = stage.attach()
    stage.turn()
    stage.child_says(b"one\r\ntwo")
    before = len(client.frames)
    stage.child_says(b"!")
    stage.child_says(b"\rTWO!")
    rows = [frame.panes[0].rows for frame in client.frames[before:]]
    assert rows == [((1, b"two!"),), ((1, b"TWO!"),)]


def test_output_that_changes_nothing_sends_nothing(stage: Stage) -> None:
    client = stage.attach()
    stage.turn()
    stage.child_says(b"same")
    before = settled(stage, client)
    stage.child_says(b"\rsame")
    assert settled(stage, client) == before


def test_nothing_is_sent_while_nothing_happens(stage: Stage) -> None:
    client = stage.attach()
    stage.turn()
    before = settled(stage, client)
    for _ in range(20):
        stage.pass_time(10)
    assert len(client.frames) == before


def test_a_new_geometry_is_a_new_epoch_with_every_row(stage: Stage) -> None:
    client = stage.attach()
    stage.turn()
    stage.child_says(b"here")
    epoch = client.view().epoch
    client.send(OuterChanged(Outer(Size(100, 31))))
    stage.pass_time(1)
    assert client.view().epoch == epoch + 1
    last = client.frames[-1]
    assert last.epoch == epoch + 1
    assert len(last.panes[0].rows) == 30
    assert client.shows("here")


def test_a_new_name_is_a_new_state_in_the_same_epoch(stage: Stage) -> None:
    client = stage.attach()
    stage.turn()
    epoch = client.view().epoch
    client.run("rename-window", "work")
    assert client.view().tabs[0].name == "work"
    assert client.view().epoch == epoch
    assert client.frames[-1].panes == ()


def test_the_same_size_again_is_still_painted_anew(stage: Stage) -> None:
    client = stage.attach()
    stage.turn()
    before = len(client.frames)
    client.send(OuterChanged(Outer(Size(80, 25))))
    stage.turn()
    assert len(client.frames[before].panes[0].rows) == 24


def test_two_clients_have_their_own_focus(stage: Stage) -> None:
    a = stage.attach()
    stage.turn()
    a.run("split-window", "-h")
    b = stage.attach()
    stage.turn()
    a.run("select-pane", "-t", "%0")
    b.run("select-pane", "-t", "%1")
    assert (a.focused, b.focused) == (0, 1)
    a.type("a")
    b.type("b")
    stage.turn()
    assert stage.children[0].takes() == b"a"
    assert stage.children[1].takes() == b"b"


def test_two_clients_show_their_own_windows(stage: Stage) -> None:
    a = stage.attach()
    b = stage.attach()
    stage.turn()
    a.run("new-window")
    b.run("select-window", "-t", "0")
    assert (a.view().view.id, b.view().view.id) == (1, 0)
    before = len(b.frames)
    stage.child_says(b"only for a", child=1)
    assert a.shows("only for a")
    assert len(b.frames) == before


def test_a_zoomed_pane_has_everybody_s_keys(stage: Stage) -> None:
    a = stage.attach()
    stage.turn()
    a.run("split-window", "-h")
    b = stage.attach()
    stage.turn()
    a.run("select-pane", "-t", "%0")
    b.run("resize-pane", "-Z", "-t", "%1")
    assert (a.focused, b.focused) == (1, 1)
    assert set(a.rows) == {1}
    b.run("resize-pane", "-Z")
    assert a.focused == 0


def test_a_slow_client_beside_a_fast_one_holds_up_nothing(stage: Stage) -> None:
    fast, slow = stage.attach(), stage.attach()
    slow.acks = False
    stage.turn()
    for n in range(30):
        stage.child_says(b"\r%d" % n)
    assert fast.shows("29")
    assert len(slow.frames) == 1


def test_what_a_client_does_not_read_stays_one_frame(stage: Stage) -> None:
    client = stage.attach()
    stage.turn()
    peer = stage.server.attachments[0].link
    stage.clients.remove(client)  # its end is not read any more
    for n in range(200):
        stage.child_says(b"\x07\r%d" % n + b"x" * 1000)
    for _ in range(5000):
        stage.server.pane_rang(stage.server.sessions.all[0].current.panes[0])
    assert peer.queued_bytes < 4096
    stage.clients.append(client)


def test_nothing_is_drawn_from_a_pane_that_ended_in_the_same_turn(stage: Stage) -> None:
    client = stage.attach()
    stage.turn()
    stage.children[0].says(b"last")
    stage.child_ends()
    client.send(Seen(1))
    client.type("too late")
    stage.pass_time(1)
    assert client.bye is not None
    assert stage.empty


def test_a_real_shell_answers_a_real_client(world: World) -> None:
    client = world.attach()
    world.until(lambda: client.shows("$"))
    client.type("echo $((6*7))")
    client.press("Enter")
    world.until(lambda: client.shows("42"))


@pytest.mark.parametrize(("engine", "told"), [("", ""), ("pyte", "pyte")])
def test_the_state_names_an_engine_that_lacks_something(
    stage: Stage, monkeypatch: pytest.MonkeyPatch, engine: str, told: str
) -> None:
    monkeypatch.setenv("TERMLAB_ENGINE", engine)
    client = stage.attach()
    stage.turn()
    stage.child_says(b"\x1b[1mshown")
    stage.pass_time(1)
    states = [frame.state for frame in client.frames if frame.state is not None]
    assert states[-1].engine == told
    assert b"shown" in client.frames[-1].panes[0].rows[0][1]
