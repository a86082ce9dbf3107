"""The rows of the layout commands: tmux's letters mean what they mean there."""

import pytest

from termlab.commands.layouts import LAYOUTS
from termlab.commands.parse import parse
from termlab.commands.table import find
from termlab.errors import UsageError


def test_they_are_in_the_table_and_move_pane_is_another_word_for_join_pane() -> None:
    assert all(find(row.name) is row for row in LAYOUTS)
    assert find("move-pane") is find("join-pane")


@pytest.mark.parametrize(
    ("words", "values"),
    [
        ("select-layout tiled", {"name": "tiled"}),
        ("select-layout -E", {"spread": True}),
        ("swap-pane -d -s %1 -t %2", {"stay": True, "source": "%1", "target": "%2"}),
        ("rotate-window -D", {"down": True}),
        ("join-pane -hb -l 30% -s :1.0", {"horizontal": True, "before": True, "size": "30%"}),
        ("break-pane -d -n logs", {"stay": True, "name": "logs"}),
        ("resize-pane -x 50% -y 10", {"width": "50%", "height": "10"}),
        ("synchronize-panes -t :1 off", {"state": "off", "target": ":1"}),
    ],
)
def test_a_line_from_tmux_is_read(words: str, values: dict[str, object]) -> None:
    read = parse(words.split()).values
    assert {name: read[name] for name in values} == values


def test_a_state_that_is_none_is_refused() -> None:
    with pytest.raises(UsageError, match="'maybe' is not one of 'on', 'off'"):
        parse(["synchronize-panes", "maybe"])
