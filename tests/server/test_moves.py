"""Panes that change their place: none is lost, doubled or ended, wherever they go."""

import contextlib
import tempfile
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from termlab.errors import TermlabError
from termlab.model.layout import panes_of
from termlab.model.layout_edit import Direction
from termlab.server import moves
from termlab.server.targets import Place
from tests.model.trees import DIRECTIONS
from tests.server.world import Stage

STEPS = st.lists(
    st.tuples(
        st.sampled_from(("join", "break", "swap", "kill")),
        st.integers(0, 99),
        st.integers(0, 99),
        st.sampled_from(DIRECTIONS),
    ),
    max_size=30,
)


def places(stage: Stage) -> list[Place]:
    return [Place(*each) for each in stage.server.sessions.panes()]


def do(stage: Stage, step: str, one: Place, other: Place, side: Direction) -> None:
    """A step as a command would do it; what can't be is refused."""
    with contextlib.suppress(TermlabError):
        if step == "join":
            moves.join(stage.server, one, other, side, 50)
        elif step == "break":
            moves.break_out(stage.server, one, "")
        elif step == "swap" and one.pane is not other.pane:
            moves.swap(stage.server, one, other)
        elif step == "kill" and len(places(stage)) > 1:
            stage.server.kill_pane(one.pane)


def check(stage: Stage, alive: set[int]) -> None:
    found = [place.pane.id for place in places(stage)]
    assert sorted(found) == sorted(alive)
    assert not any(place.pane.closed for place in places(stage))
    for session, window, _ in places(stage):
        assert set(panes_of(window.tree)) == set(window.panes)
        assert window.active in window.panes
        assert window.last_active is None or window.last_active in window.panes
        assert window.last_active != window.active
        assert session.current in session.windows
    for attachment in stage.server.attachments:
        assert attachment.window in attachment.session.windows
        assert attachment.focused().id in attachment.window.panes


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(STEPS)
def test_whatever_moves_every_pane_is_in_one_window_and_every_focus_on_one_of_them(
    steps: list[tuple[str, int, int, Direction]],
) -> None:
    with tempfile.TemporaryDirectory() as directory, Stage(Path(directory)) as stage:
        clients = [stage.attach(), stage.attach(fresh=True)]
        stage.turn()
        for client in clients:
            client.run("split-window")
            client.run("split-window", "-h")
        for step, one, other, side in steps:
            before = {place.pane.id: place for place in places(stage)}
            there = list(before.values())
            target = there[one % len(there)]
            do(stage, step, target, there[other % len(there)], side)
            killed = step == "kill" and len(there) > 1
            check(stage, set(before) - ({target.pane.id} if killed else set()))
        stage.turn()
        for child, place in ((stage.children[place.pane.id], place) for place in places(stage)):
            rect = place.window.rects().get(place.pane.id)
            size = child.sizes[-1]
            assert rect is None or (size.cols, size.rows) == (rect.cols, rect.rows)
