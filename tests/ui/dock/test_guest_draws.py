"""The guest's real process draws the lab dock: beside panes it never touches, and under help."""

import asyncio
import random
import sys
from collections.abc import Iterator

import pytest

from termlab.model.geometry import Size
from termlab.model.keys import PRESS, Mouse
from termlab.model.layout import Leaf
from termlab.ui import private
from termlab.ui.dock.lab_dock import LabDock
from termlab.wire.guest import Claim, Consumed, Drawn, Output, Release
from tests.terminal.cells import screen
from tests.ui.dock.dock_client import DOCK, TWO, DockClient, docked_state
from tests.ui.dock.figures import minute, unknown, vitals

if sys.platform != "win32":
    from tests.e2e.pictures import differences
    from tests.ui.pictured import Pictured
else:
    pytest.skip("there are no guests", allow_module_level=True)

assert sys.platform != "win32"

LARGE = Size(120, 40)
USUAL = Size(80, 24)
WHEEL = 5


@pytest.fixture
def client() -> Iterator[DockClient]:
    client = DockClient(LARGE)
    yield client
    assert client.close() == (0, "")


def test_it_draws_the_dock_and_not_a_cell_elsewhere(client: DockClient) -> None:
    client.dock(36)
    client.show(*minute(1))
    rows = client.drawn()
    assert rows[0].startswith(" lab %1 sh")
    assert rows[1].startswith("▾ syscalls ─")
    assert any("Mostly reads" in row for row in rows)
    assert rows[-1].startswith(" server 0.4 %")
    assert client.untouched()
    assert {each.number for each in client.heard if isinstance(each, Output)} == {DOCK}


def test_a_hidden_dock_is_not_drawn_and_nothing_wakes_it(client: DockClient) -> None:
    client.dock(36)
    client.show(vitals(1))
    client.settle()
    client.dock(0, epoch=2)
    client.settle()
    client.show(vitals(1))
    client.asleep()
    assert client.rest() == []


def test_with_a_dock_shown_it_sleeps_between_two_records(client: DockClient) -> None:
    client.dock(36)
    for record in minute(1)[:5]:
        client.show(record)
        client.asleep()


def test_a_record_like_the_one_before_draws_no_more_than_what_moves(client: DockClient) -> None:
    client.dock(36)
    client.show(vitals(1), vitals(1))
    client.settle()
    before = len(client.heard)
    client.show(vitals(1))
    client.settle()
    drawn = b"".join(each.data for each in client.heard[before:] if isinstance(each, Output))
    assert 0 < len(drawn) < 800  # three lines over time, each longer by a cell


def test_help_covers_it_and_leaves_it_as_it_is_by_then(client: DockClient) -> None:
    client.dock(36)
    client.show(*minute(1))
    before = client.cells()
    client.shows()
    client.settle()
    assert client.claim is not None
    assert "split right" in "\n".join(client.text())
    client.keys("q")
    client.until(Release)
    assert client.cells() == before


def test_records_that_come_while_help_is_open_are_shown_behind_it(client: DockClient) -> None:
    client.dock(36)
    client.show(vitals(1, cpu=1))
    client.shows()
    client.show(vitals(1, cpu=77))
    client.keys("q")
    client.until(Release)
    assert any("77 %" in row for row in client.drawn())


def test_after_another_geometry_under_help_the_dock_is_right(client: DockClient) -> None:
    client.dock(36)
    client.show(vitals(1))
    client.shows()
    client.state = docked_state(LARGE, 44, epoch=2)
    client.rows({}, new=True)
    client.tell_dock(44, epoch=2)
    client.pattern()
    while client.until(Claim).epoch != 2:
        pass
    client.rows()
    client.until(Drawn)
    client.keys("q")
    client.until(Release)
    client.pattern()
    client.dock(40, epoch=3)
    assert client.drawn()[0].startswith(" lab %1 sh")
    assert client.untouched()


def test_no_order_of_what_happens_touches_a_pane(client: DockClient) -> None:
    """A geometry is taken and the panes are a pattern again, as a client paints them: what is drawn
    then must be the dock alone."""
    dice = random.Random(7)
    epoch = 1
    client.dock(36)
    for _ in range(25):
        what = dice.choice(("record", "geometry", "width", "help", "wheel"))
        if what == "record":
            client.show(dice.choice((vitals(1), unknown(2), vitals(2, cpu=99))))
        elif what == "help":
            client.shows()
            client.keys(*dice.choices("jkG", k=3), "q")
            client.until(Release)
            client.settle()
            client.pattern()
            epoch += 1
            client.dock(client.state.dock, epoch)
        elif what == "wheel":
            client.give(*[Mouse(110, 10, PRESS, WHEEL)] * 3)
            client.until(Consumed)
        else:
            epoch += 1
            tree = dice.choice((TWO, Leaf(1), Leaf(2)))
            width = client.state.dock if what == "geometry" else dice.randrange(26, 60)
            client.pattern()
            client.tell_dock(width, epoch, tree)
            client.show(vitals(1))
        client.settle()
        assert client.untouched(), what


def test_the_wheel_scrolls_it_without_the_keyboard() -> None:
    client = DockClient(USUAL)
    client.dock(32)
    client.show(*minute(1))
    before = client.drawn()
    last = client.give(*[Mouse(70, 10, PRESS, WHEEL)] * 30)
    while client.until(Consumed).number != last:
        pass
    rows = client.drawn()
    assert rows != before
    assert rows[0] == before[0]  # the title stays
    assert any("input latency" in row for row in rows)
    assert client.untouched()
    client.asleep()
    assert client.close() == (0, "")


def settled(app: Pictured) -> bool:
    """Whether the dock is there, and nothing of it is to be laid out any more."""
    return any(dock.settled for dock in app.app.query(LabDock))


@pytest.mark.parametrize(("size", "cols"), [(LARGE, 36), (USUAL, 32), (Size(66, 10), 24)], ids=str)
def test_both_placements_draw_the_same_cells(size: Size, cols: int) -> None:
    client = DockClient(size)
    client.dock(cols)
    records = [*minute(1), unknown(1), vitals(1)]
    client.show(*records)
    drawn = client.cells()
    area = client.area
    assert client.close() == (0, "")

    def same(app: Pictured) -> bool:
        cells = screen(app.shown)[area.y : area.bottom]
        return not differences(drawn, [row[area.x : area.right] for row in cells])

    async def alone() -> None:
        async with Pictured(size).running() as app:
            private.all_colours(app.app)
            app.take(docked_state(size, cols))
            await app.until(lambda: settled(app))
            for record in records:
                with app.app._context():  # where what comes from the server is handled
                    app.app.show_vitals(record)
                await app.until(lambda: settled(app))
            await app.until(lambda: same(app))

    asyncio.run(alone())
