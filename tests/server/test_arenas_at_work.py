"""The arenas of panes with real programs: what is used moves, comes back, and stays flat."""

import pytest

from termlab.model.geometry import Size
from termlab.model.pool import BufferPool
from termlab.server.pane import Pane
from termlab.terminal.arena import Mapping, make_pool
from termlab.terminal.arena_stats import ArenaStats
from termlab.terminal.ghostty import GhosttyEmulator
from termlab.terminal.heap_arena import HeapTemporary
from termlab.terminal.pane_arenas import ArenaMaker
from termlab.terminal.temporary_arena import TemporaryArena
from tests.server.world import Client, Stage, World

TALKER = r"""
stty -echo
show() { printf '\033]2;%s\007ready-%s\n' "$1" "$2"; }
show short 1; read line
show 'a much longer title than the one before it' 2; read line
i=0
while [ $i -lt 30 ]; do printf '\033[38;5;%dmword after word %d\033[m\n' $i $i; i=$((i+1)); done
show short 3; read line
printf '\033[2J\033[H'; show '' 4; read line
"""


def running(world: World, *argv: str) -> tuple[Client, Pane]:
    client = world.attach(argv=argv)
    world.until(lambda: bool(world.server.attachments))
    return client, world.server.attachments[0].focused()


def step(world: World, client: Client, number: int) -> None:
    world.until(lambda: client.shows(f"ready-{number}"))


@pytest.mark.parametrize("on", [True, False])
def test_what_is_used_moves_with_real_output_and_comes_back(world: World, on: bool) -> None:
    world.server.spawner.arenas.on = on
    client, pane = running(world, "sh", "-c", TALKER)
    assert pane.arenas.on == on
    titles = []
    for number in (1, 2, 3, 4):
        step(world, client, number)
        titles.append(pane.title)
        client.press("Enter")
        if number == 3:
            filled = pane.arenas.stats().temporary
    assert titles == ["short", "a much longer title than the one before it", "short", ""]
    temporary = pane.arenas.stats().temporary
    assert temporary.high_water_bytes >= filled.high_water_bytes > 23 * len("word after")
    assert temporary.used_bytes < filled.high_water_bytes
    assert temporary.resets > filled.resets > 0
    assert temporary.fallbacks == 0
    pool = world.server.spawner.arenas.pool
    world.until(lambda: pane.closed)
    assert pane.arenas.stats().temporary.capacity_bytes == 0
    assert pool.stats().kept == (2 if on else 0)


def test_names_use_what_they_need_and_no_more(world: World) -> None:
    client, pane = running(world, "sh", "-c", TALKER)
    used = []
    for number in (1, 2, 3, 4):
        step(world, client, number)
        used.append(pane.arenas.stats().persistent.used_bytes)
        client.press("Enter")
    assert used[1] - used[0] == len("a much longer title than the one before it") - len("short")
    assert used[2] == used[0]
    assert used[3] == used[0] - len("short")


def coloured(number: int) -> bytes:
    """A screen of which every cell has two colours of its own: about 300 KiB as rows."""
    cells = (
        b"\x1b[38;2;%d;%d;%d;48;2;%d;100;%dmx" % (i % 256, number, i % 251, i % 241, i % 239)
        for i in range(160 * 50)
    )
    return b"\x1b[H" + b"".join(cells)


def frames(arena: TemporaryArena | HeapTemporary, count: int) -> tuple[list[ArenaStats], int]:
    """What the arena says after each frame, and how large the last one was."""
    emulator = GhosttyEmulator(Size(160, 50), arena=arena)
    said, size = [], 0
    for number in range(count):
        emulator.feed(memoryview(coloured(number)))
        size = sum(map(len, emulator.changed_rows().values()))
        said.append(arena.stats())
    emulator.close()
    return said, size


def test_large_frames_of_a_real_screen_leave_the_capacity_flat() -> None:
    said, size = frames(TemporaryArena(make_pool()), 40)
    assert size > 250_000
    assert {each.capacity_bytes for each in said[1:]} == {512 << 10}
    assert said[-1].growths == said[1].growths
    assert said[-1].fallbacks == 0
    assert said[-1].used_bytes >= size


def test_rows_are_the_same_with_and_without_arenas() -> None:
    shown = []
    for arena in (TemporaryArena(make_pool()), HeapTemporary(), ArenaMaker().make().temporary):
        emulator = GhosttyEmulator(Size(160, 50), arena=arena)
        emulator.feed(
            memoryview(coloured(7) + b"\r\n\xf0\x9f\x91\xa9\xe2\x80\x8d\xf0\x9f\x9a\x80 end")
        )
        shown.append((emulator.changed_rows(), emulator.rows_at(0, 60), emulator.text_at(0, 60)))
        emulator.close()
    assert shown[0] == shown[1] == shown[2]


def no_mapping(size: int) -> Mapping:
    """As the kernel says it."""
    raise OSError(12, "Cannot allocate memory")


def test_where_no_mapping_can_be_made_panes_work_on_the_heap_and_say_so(world: World) -> None:
    world.server.spawner.arenas = ArenaMaker(pool=BufferPool(no_mapping))
    client, pane = running(world, "sh", "-c", TALKER)
    for number in (1, 2, 3, 4):
        step(world, client, number)
        client.press("Enter")
    stats = pane.arenas.stats()
    assert stats.persistent.capacity_bytes == stats.temporary.capacity_bytes == 0
    assert stats.temporary.fallbacks > 0
    assert stats.persistent.fallbacks > 0


def command(number: int) -> bytes:
    """What a shell with marks writes for one command."""
    words = b"make test-%d" % number
    return b"\x1b]133;A\x07$ \x1b]133;B\x07" + words + b"\r\n\x1b]133;C\x07ok\r\n\x1b]133;D;0\x07"


@pytest.mark.parametrize("on", [True, False])
def test_lines_use_the_arena_until_their_rows_are_gone(stage: Stage, on: bool) -> None:
    stage.server.spawner.arenas.on = on
    stage.attach()
    stage.turn()
    pane = stage.server.attachments[0].focused()
    used = []
    for number in range(150):
        stage.child_says(command(number))
        used.append(pane.arenas.stats().persistent.used_bytes)
    assert used[149] > used[90] > used[40] > 0
    assert pane.arenas.stats().persistent.fallbacks == 0
    stage.child_says(b"\x1b[H\x1b[2J\x1b[3J")
    stage.child_says(command(151) * 20)
    after = pane.arenas.stats().persistent
    assert after.used_bytes < used[40]
    assert after.high_water_bytes >= used[149]
