"""Whose terminal rings, and which window's name is marked, by the policy of the configuration."""

import msgspec
import pytest

from termlab.wire.messages import PaneRows, Rang
from tests.server.world import Client, Stage


def with_policy(stage: Stage, policy: str) -> Client:
    """A client that shows the second of two windows, whose programs are children 0 and 1."""
    stage.server.settings = msgspec.structs.replace(stage.server.settings, bell=policy)
    client = stage.attach()
    stage.turn()
    client.run("new-window")
    return client


@pytest.mark.parametrize(
    ("policy", "rings", "marked"),
    [("pass", 1, True), ("mark", 0, True), ("none", 0, False)],
)
def test_a_bell_elsewhere_rings_and_marks_as_the_person_wants(
    stage: Stage, policy: str, rings: int, marked: bool
) -> None:
    client = with_policy(stage, policy)
    stage.child_says(b"\a", 0)
    assert len(client.got(Rang)) == rings
    assert [tab.bell for tab in client.view().tabs] == [marked, False]


@pytest.mark.parametrize(("policy", "rings"), [("pass", 1), ("mark", 0), ("none", 0)])
def test_a_bell_of_the_window_on_the_screen_marks_nothing(
    stage: Stage, policy: str, rings: int
) -> None:
    client = with_policy(stage, policy)
    stage.child_says(b"\a", 1)
    assert len(client.got(Rang)) == rings
    assert not any(tab.bell for tab in client.view().tabs)


def test_frames_tell_how_the_program_wants_keys(stage: Stage) -> None:
    client = stage.attach()
    stage.turn()

    def told() -> list[int]:
        rows: list[PaneRows] = [pane for frame in client.frames for pane in frame.panes]
        return [each.kitty for each in rows]

    stage.child_says(b"\x1b[>31u")
    assert told()[-1] == 31
    stage.child_says(b"\x1b[<u")
    assert told()[-1] == 0
