"""The guest's conversation, with a real process: its client is played over a socket pair, and what
it draws is looked at on a terminal."""

import random
import re
from collections.abc import Iterator

import pytest

from termlab.model.geometry import Size
from termlab.model.keys import PRESS, RELEASE, Key, Mouse, Paste
from termlab.model.layout import Leaf, Split
from termlab.ui import boxed, help_page
from termlab.ui.help import Help
from termlab.wire.guest import (
    Claim,
    Consumed,
    Drawn,
    OuterSize,
    Output,
    Release,
    Rows,
    Told,
)
from termlab.wire.messages import PaneRows
from tests.terminal.cells import screen
from tests.ui.guest_client import GuestClient, options, state

TWO = Split("row", (Leaf(1), Leaf(2)), (1, 1))
THREE = Split("row", (Leaf(1), Split("row", (Leaf(2), Leaf(3)), (3, 1))), (1, 4))
WIDE = Size(130, 40)
MODES = re.compile(rb"\x1b\[\?[0-9;]*[hl]|\x1b[78]|\x1b\[[su]")


@pytest.fixture
def client() -> Iterator[GuestClient]:
    client = GuestClient(WIDE, TWO)
    yield client
    outputs = [each.data for each in client.heard if isinstance(each, Output)]
    assert not [data for data in outputs if MODES.search(data)]
    assert client.close() == (0, "")


def test_help_is_drawn_over_the_panes_and_not_a_cell_elsewhere(client: GuestClient) -> None:
    client.shows()
    assert client.claim == Claim(1, 1, (1, 2), True)
    box = help_page.place(help_page.sections(options()), WIDE.cols, WIDE.rows - 1)
    assert box.x > 0
    rows = [row.ljust(WIDE.cols) for row in client.text()]
    said = help_page.body(help_page.sections(options()), box.cols - 4)
    drawn = boxed.draw(help_page.TITLE, said, box.cols, box.rows, 0, Help.HINTS)
    for y in range(WIDE.rows - 1):
        line = drawn[y - box.y] if box.y <= y < box.bottom else None
        inside = rows[y][box.x : box.right]
        if line is not None:
            assert inside == "".join(run.text for run in line)
        if y:
            assert rows[y][: box.x] == "1" * box.x
            assert rows[y][box.right :] == "2" * (WIDE.cols - box.right)
    assert rows[0].startswith("─ pane 1 ──")
    assert rows[-1] == "E" * WIDE.cols
    cells = screen(client.shown)
    assert cells[5][0].foreground == 1
    assert cells[5][WIDE.cols - 1].foreground == 2


def test_panes_it_does_not_cover_are_not_claimed_and_not_touched() -> None:
    client = GuestClient(Size(240, 40), THREE)
    client.shows()
    box = help_page.place(help_page.sections(options()), 240, 39)
    assert client.claim is not None
    placed = client.placed
    free = [pane for pane, rect in placed.items() if rect.right <= box.x or rect.x >= box.right]
    assert sorted(client.claim.panes) == sorted(set(placed) - set(free))
    if free:
        for pane in free:
            rect = placed[pane]
            for row in client.text()[rect.y : rect.bottom]:
                assert row[rect.x : rect.right] == "E" * rect.cols
    assert client.close() == (0, "")


def test_what_floods_beside_and_beneath_it_is_followed(client: GuestClient) -> None:
    client.shows()
    for number in range(30):
        row = b"\x1b[44m%-65d" % number
        client.rows({1: {7: row, 8: row}})
        client.until(Drawn)
        assert client.text()[8].startswith(str(number))
    assert "split right" in "\n".join(client.text())
    client.rows({2: {}})
    client.until(Drawn)


def test_keys_behind_the_closing_one_are_left_to_the_client(client: GuestClient) -> None:
    for _ in range(3):
        client.shows()
        last = client.keys("j", "j", "k", "q", "l", "s", "Enter")
        released = client.until(Release)
        assert released.number == last - 3
        done = [each.number for each in client.heard if isinstance(each, Consumed)]
        assert done[-3:] == [last - 6, last - 5, last - 4]
        assert [each for each in client.rest() if not isinstance(each, Release)] == []


def test_random_bursts_lose_nothing(client: GuestClient) -> None:
    dice = random.Random(4)
    for _ in range(12):
        before = dice.choices(("j", "k", "G", "g", "x", "PageDown", "é"), k=dice.randrange(9))
        closing = dice.choice(("q", "Escape", "Enter", "?"))
        behind = dice.choices(("q", "j", "ls", "Up"), k=dice.randrange(9))
        opened = client.open()
        client.keys(*before, closing, *behind)
        if dice.random() < 0.5:
            client.until(Claim)
            client.rows()
        else:  # the rows come late; nothing waits for its picture but the keys
            client.until(Claim)
            client.asleep()
            client.rows()
        assert client.until(Release).number == opened + len(before) + 1


def test_nothing_is_said_once_it_has_closed(client: GuestClient) -> None:
    client.shows()
    client.keys("q", "x", "y")
    client.until(Release)
    client.keys("j", "j")
    client.link.send(OuterSize(Size(100, 30)))
    assert client.rest() == []


def test_it_opens_again_over_what_has_changed_meanwhile(client: GuestClient) -> None:
    client.shows()
    client.keys("q")
    client.until(Release)
    client.pattern()
    client.state = state(Split("column", (Leaf(1), Leaf(3)), (1, 1)), WIDE, epoch=9)
    client.shows()
    assert client.claim == Claim(2, 9, (1, 3), True)
    rows = client.text()
    assert rows[3].startswith("111")
    assert rows[-3].startswith("333")
    assert "2222" not in "".join(rows)


def test_a_new_geometry_is_claimed_anew(client: GuestClient) -> None:
    client.shows()
    client.state = state(Leaf(2), WIDE, epoch=2)
    client.rows({}, new=True)
    client.pattern()
    claim = client.until(Claim)
    assert (claim.number, claim.epoch, claim.panes) == (2, 2, (2,))
    assert not [each for each in client.rest() if isinstance(each, Output)]
    client.rows()
    client.until(Drawn)
    assert client.text()[3].startswith("222")
    client.keys("q")
    client.until(Release)


def test_a_geometry_that_changes_while_the_rows_are_on_their_way(client: GuestClient) -> None:
    client.open()
    client.until(Claim)
    for epoch in (2, 3, 4):
        client.state = state(Leaf(epoch), WIDE, epoch=epoch)
        client.rows({}, new=True)
        claim = client.until(Claim)
        assert (claim.epoch, claim.panes) == (epoch, (epoch,))
    client.keys("j", "q", "x")
    client.rows()
    assert client.until(Release).number == 3


def test_another_size_of_the_terminal_is_followed(client: GuestClient) -> None:
    client.shows()
    client.resize(Size(50, 20))
    client.link.send(OuterSize(client.size))
    client.state = state(TWO, client.size, epoch=2)
    client.until(Claim)
    client.rows({}, new=True)
    while client.until(Claim).epoch != 2:
        pass
    client.rows()
    client.until(Drawn)
    client.rest()
    rows = client.text()
    assert rows[0].startswith("┌─ Keys ─")
    assert rows[18].startswith("└─ q closes")
    assert rows[19] == "E" * 50


def test_new_titles_are_shown_in_the_frame(client: GuestClient) -> None:
    client.shows()
    client.state = state(TWO, WIDE, titles={1: "vim"})
    client.rows({}, new=True)
    client.until(Drawn)
    assert client.text()[0].startswith("─ vim ──")


def test_a_terminal_larger_than_its_window_has_dots_beneath(client: GuestClient) -> None:
    client.state = state(Leaf(1), Size(8, 6), epoch=2)
    client.shows()
    assert client.claim is not None
    assert client.claim.panes == ()
    assert "·····" in client.text()[20]
    assert "split right" in "\n".join(client.text())


@pytest.mark.slow
def test_a_client_that_does_not_read_gets_the_newest_picture_in_the_end(
    client: GuestClient,
) -> None:
    client.shows()
    client.rest()
    before = len(client.heard)
    for _ in range(6):  # so much is drawn that no socket takes it
        client.keys(*"jk" * 40)
        client.asleep()
    last = client.keys("G")
    while client.until(Consumed).number != last:
        pass
    client.rest()
    drawn = [each for each in client.heard[before:] if isinstance(each, Output)]
    assert len(drawn) < 200
    assert "back to the program" in "\n".join(client.text())


def test_mouse_and_paste_are_consumed_and_the_mark_closes(client: GuestClient) -> None:
    client.shows()
    box = help_page.place(help_page.sections(options()), WIDE.cols, WIDE.rows - 1)
    x = client.text()[box.y].rindex(" x ") + 1
    edge = box.bottom - 1
    client.give(Mouse(5, 5, PRESS, 5), Mouse(x, edge, PRESS, 1), Mouse(x, edge, RELEASE, 1))
    client.give(Paste(b"q"))
    last = client.give(Mouse(x, box.y, PRESS, 1), Mouse(x, box.y, RELEASE, 1), Key("a", 0, "a"))
    assert client.until(Release).number == last - 1


def test_what_it_cannot_open_is_said_and_released(client: GuestClient) -> None:
    number = client.open(("choose-river",))
    assert client.until(Told) == Told(
        "choose-river: nothing of that name opens over the panes", True
    )
    assert client.until(Release) == Release(number)


def test_rows_of_a_claim_that_was_replaced_are_not_taken_for_the_new_one(
    client: GuestClient,
) -> None:
    client.shows()
    client.link.send(Rows(0, 1, (PaneRows(1, ((3, b"old"),), None),)))
    assert not [each for each in client.rest() if isinstance(each, Drawn)]
