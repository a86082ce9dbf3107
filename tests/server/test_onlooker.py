"""Looking at everything there is: one message under way, the newest only, and no trace behind."""

from termlab.model.geometry import Size
from termlab.wire.messages import Notice, Peek, Peeked, PeekSeen
from tests.server.world import Client, Stage, plain


class Looker:
    """A client that looks, and answers when it is told to."""

    def __init__(self, stage: Stage, read_only: bool = False) -> None:
        self.stage = stage
        self.client: Client = stage.attach(read_only=read_only)
        stage.turn()

    def look(self, pane: int = -1, open: bool = True) -> None:
        self.client.send(Peek(pane, open))
        self.stage.turn()

    @property
    def heard(self) -> list[Peeked]:
        return self.client.got(Peeked)

    @property
    def last(self) -> Peeked:
        return self.heard[-1]

    def seen(self) -> None:
        """What came last is on the screen."""
        self.client.send(PeekSeen(self.last.serial))
        self.stage.turn()

    def text(self, peeked: Peeked) -> list[str]:
        assert peeked.rows is not None
        return [plain(row) for _, row in peeked.rows.rows]


def another(stage: Stage) -> None:
    """A session that nobody shows, with pane 1 in it."""
    assert stage.greet().run("new", "-d", "-s", "other", "-x", "30", "-y", "6").code == 0


def test_the_first_answer_is_all_there_is_and_the_whole_screen_of_the_pane(stage: Stage) -> None:
    looker = Looker(stage)
    another(stage)
    stage.child_says(b"one\r\n\x1b[31mtwo", 1)
    looker.look(1)
    (peeked,) = looker.heard
    assert [each.name for each in peeked.sessions or ()] == ["0", "other"]
    assert [each.clients for each in peeked.sessions or ()] == [1, 0]
    assert (peeked.pane, peeked.cols, peeked.lines, peeked.gone) == (1, 30, 6, False)
    assert looker.text(peeked) == ["one", "two", "", "", "", ""]
    assert peeked.rows is not None
    assert (peeked.rows.cursor is not None, peeked.rows.pane) == (True, 1)


def test_without_a_pane_it_is_the_listing_alone(stage: Stage) -> None:
    looker = Looker(stage)
    looker.look()
    assert (len(looker.last.sessions or ()), looker.last.rows, looker.last.pane) == (1, None, -1)


def test_rows_that_change_follow_once_the_last_were_seen(stage: Stage) -> None:
    looker = Looker(stage)
    another(stage)
    looker.look(1)
    stage.child_says(b"a", 1)
    stage.child_says(b"b", 1)
    assert len(looker.heard) == 1
    looker.seen()
    assert len(looker.heard) == 2
    assert (looker.last.sessions, looker.text(looker.last)) == (None, ["ab"])
    looker.seen()
    assert len(looker.heard) == 2


def test_a_flood_costs_one_screen_for_each_answer_and_never_more(stage: Stage) -> None:
    looker = Looker(stage)
    another(stage)
    looker.look(1)
    for _ in range(50):
        stage.child_says(b"flood\r\n" * 500, 1)
    assert len(looker.heard) == 1
    looker.seen()
    assert len(looker.heard) == 2
    assert looker.text(looker.last) == ["flood"] * 5


def test_answers_to_a_flood_come_no_faster_than_pictures(stage: Stage) -> None:
    looker = Looker(stage)
    another(stage)
    looker.look(1)
    looker.seen()
    for _ in range(5):
        stage.children[1].says(b"flood\r\n" * 300)
        stage.turn()
    assert len(looker.heard) == 1
    stage.pass_time(1 / 30)
    assert len(looker.heard) == 2


def test_who_looks_on_at_another_pane_gets_that_whole(stage: Stage) -> None:
    looker = Looker(stage)
    another(stage)
    stage.child_says(b"here", 0)
    stage.child_says(b"there", 1)
    looker.look(1)
    looker.look(0)
    assert len(looker.heard) == 1
    looker.seen()
    assert (looker.last.pane, looker.last.cols) == (0, 80)
    assert looker.text(looker.last)[0] == "here"
    looker.seen()
    looker.look(1)
    assert looker.text(looker.last)[0] == "there"


def test_another_size_of_the_pane_is_told_with_all_its_rows(stage: Stage) -> None:
    looker = Looker(stage)
    another(stage)
    looker.look(1)
    looker.seen()
    stage.child_says(b"stays", 1)
    looker.seen()
    stage.attach(Size(50, 11), "other")
    stage.turn()
    while looker.last.cols != 50:
        looker.seen()
    assert (looker.last.lines, len(looker.text(looker.last))) == (10, 10)
    assert looker.text(looker.last)[0] == "stays"


def test_what_comes_goes_and_changes_is_told(stage: Stage) -> None:
    looker = Looker(stage)
    looker.look()

    def listed() -> str:
        sessions = looker.last.sessions or ()
        return " ".join(
            f"{s.name}:{'+'.join(f'{w.name}/{len(w.panes)}' for w in s.windows)}" for s in sessions
        )

    for words, shown in (
        (("new", "-d", "-s", "b"), "0:/bin/sh/1 b:/bin/sh/1"),
        (("split-window", "-t", "b"), "0:/bin/sh/1 b:/bin/sh/2"),
        (("new-window", "-d", "-t", "b", "-n", "w"), "0:/bin/sh/1 b:/bin/sh/2+w/1"),
        (("rename-window", "-t", "b:w", "v"), "0:/bin/sh/1 b:/bin/sh/2+v/1"),
        (("rename-session", "-t", "b", "c"), "0:/bin/sh/1 c:/bin/sh/2+v/1"),
        (("kill-pane", "-t", "c:0.1"), "0:/bin/sh/1 c:/bin/sh/1+v/1"),
        (("kill-window", "-t", "c:0"), "0:/bin/sh/1 c:v/1"),
        (("kill-session", "-t", "c"), "0:/bin/sh/1"),
    ):
        looker.seen()
        assert stage.greet().run(*words).code == 0
        assert listed() == shown, words


def test_titles_commands_and_clients_are_told(stage: Stage) -> None:
    looker = Looker(stage)
    looker.look()
    looker.seen()
    stage.child_says(b"\x1b]2;a title\a")
    assert (looker.last.sessions or ())[0].windows[0].panes[0].title == "a title"
    looker.seen()
    guest = stage.attach(read_only=True)
    stage.turn()
    assert (looker.last.sessions or ())[0].clients == 2
    looker.seen()
    guest.link.close()
    stage.turn()
    assert (looker.last.sessions or ())[0].clients == 1


def test_a_listing_that_is_the_same_is_not_sent_again(stage: Stage) -> None:
    looker = Looker(stage)
    looker.look()
    looker.seen()
    stage.server.session_changed(stage.server.sessions.all[0])
    stage.turn()
    assert len(looker.heard) == 1


def test_a_pane_that_dies_is_said_to_be_gone_once(stage: Stage) -> None:
    looker = Looker(stage)
    another(stage)
    looker.look(1)
    looker.seen()
    stage.child_ends(1)
    assert (looker.last.pane, looker.last.gone, looker.last.rows) == (1, True, None)
    assert [each.name for each in looker.last.sessions or ()] == ["0"]
    looker.seen()
    assert len(looker.heard) == 2


def test_a_pane_there_never_was_is_gone(stage: Stage) -> None:
    looker = Looker(stage)
    looker.look(99)
    assert looker.last.gone


def test_after_the_end_nothing_comes_and_nothing_waits(stage: Stage) -> None:
    looker = Looker(stage)
    another(stage)
    looker.look(1)
    looker.look(open=False)
    assert stage.server.onlookers.looking == []
    stage.child_says(b"more", 1)
    assert stage.greet().run("new", "-d").code == 0
    assert len(looker.heard) == 1


def test_who_begins_anew_gets_all_though_the_last_was_never_seen(stage: Stage) -> None:
    looker = Looker(stage)
    another(stage)
    looker.look(1)
    old = looker.last.serial
    looker.look(open=False)
    looker.look(1)
    assert (len(looker.heard), len(looker.last.sessions or ())) == (2, 2)
    looker.client.send(PeekSeen(old))
    stage.child_says(b"more", 1)
    assert len(looker.heard) == 2
    looker.seen()
    assert looker.text(looker.last) == ["more"]


def test_a_client_that_goes_looks_no_more(stage: Stage) -> None:
    looker = Looker(stage)
    looker.look(0)
    looker.client.link.close()
    stage.turn()
    assert stage.server.onlookers.looking == []
    looker = Looker(stage)
    looker.look(0)
    looker.client.run("detach-client")
    assert stage.server.onlookers.looking == []


def test_a_read_only_client_may_look(stage: Stage) -> None:
    another(stage)
    looker = Looker(stage, read_only=True)
    looker.look(0)
    assert looker.last.rows is not None
    assert not [notice for notice in looker.client.got(Notice) if notice.error]


def test_nothing_is_armed_while_nothing_happens(stage: Stage) -> None:
    looker = Looker(stage)
    another(stage)
    looker.look(1)
    looker.seen()
    stage.pass_time(1.0)
    assert stage.loop._timeout() is None
