"""The records of arenas: what they say is right where there is nothing as well."""

import subprocess
import sys

from termlab.terminal.arena import Counters
from termlab.terminal.arena_stats import ArenaStats
from termlab.terminal.pane_arenas import ArenaMaker


def test_utilisation_is_the_share_that_is_used() -> None:
    assert Counters().stats(used=32, capacity=128, heap_bytes=0).utilisation == 0.25
    assert Counters().stats(used=0, capacity=0, heap_bytes=9).utilisation == 0.0


def test_the_mark_is_never_below_what_is_used() -> None:
    assert Counters().stats(used=32, capacity=128, heap_bytes=0).high_water_bytes == 32


def test_both_kinds_tell_the_same_figures() -> None:
    stats = ArenaMaker().make().stats()
    assert type(stats.persistent) is type(stats.temporary) is ArenaStats


def test_panes_are_made_without_them() -> None:
    """They take longer to import than all else of arenas."""
    code = (
        "import sys; from termlab.terminal.pane_arenas import ArenaMaker; "
        "ArenaMaker().make(); print('termlab.terminal.arena_stats' in sys.modules)"
    )
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert said.stdout == "False\n"
