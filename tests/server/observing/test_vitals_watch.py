"""The schedule of the looks: once a second, by credit, and never where nobody sees them."""

import subprocess
import sys

import pytest

from termlab.model.figure import Amount, Missing
from termlab.model.geometry import Size
from termlab.model.vitals import Vitals
from termlab.server.observing.silence import SILENCE_S
from termlab.wire.messages import Outer, OuterChanged, VitalsSeen, VitalsUpdate
from tests.server.world import Client, Stage

# No process of any machine.
NOBODY = 1 << 30


@pytest.fixture
def client(stage: Stage) -> Client:
    one = stage.attach()
    stage.turn()
    stage.children[0].pid = NOBODY
    stage.pass_time(60.0)
    return one


def updates(client: Client) -> list[VitalsUpdate]:
    return client.got(VitalsUpdate)


def show(stage: Stage, client: Client) -> None:
    assert client.run("toggle-dock").code == 0
    stage.turn()


def see(stage: Stage, client: Client) -> Vitals:
    """The client says that it has shown the newest."""
    client.send(VitalsSeen(updates(client)[-1].number))
    stage.turn()
    return updates(client)[-1].vitals


def timers(stage: Stage) -> int:
    """What the loop would wake up for."""
    return sum(timer.action is not None for timer in stage.loop._timers)


def test_a_hidden_dock_has_no_timer_and_no_gauge(stage: Stage, client: Client) -> None:
    (pane,) = stage.server.sessions.windows().__next__()[1].panes.values()
    assert not timers(stage)
    assert not pane.observation
    assert updates(client) == []
    show(stage, client)
    assert pane.observation
    see(stage, client)
    assert timers(stage) == 1
    client.run("toggle-dock")
    stage.turn()
    assert not timers(stage)
    assert not pane.observation
    seen = len(updates(client))
    stage.pass_time(100.0)
    assert len(updates(client)) == seen


def test_a_server_that_shows_no_dock_loads_no_probe_of_it() -> None:
    script = "import sys, termlab.server.daemon; print(*sys.modules)"
    loaded = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    ).stdout.split()
    assert "termlab.server.pane" in loaded
    assert not {
        "termlab.server.observing.observation",
        "termlab.probes.process_tree",
        "psutil",
    } & {*loaded}


def test_it_comes_once_a_second_while_the_client_shows_it(stage: Stage, client: Client) -> None:
    show(stage, client)
    for count in range(1, 6):
        assert [update.number for update in updates(client)] == list(range(1, count + 1))
        see(stage, client)
        stage.pass_time(0.9)
        assert len(updates(client)) == count
        stage.pass_time(0.1)


def test_without_credit_nothing_is_looked_at_and_nothing_is_due(
    stage: Stage, client: Client
) -> None:
    show(stage, client)
    stage.pass_time(1.0)  # past the silence that the gauge waits for
    assert timers(stage) == 0
    stage.pass_time(500.0)
    assert len(updates(client)) == 1
    see(stage, client)
    assert len(updates(client)) == 2  # long due


def test_an_answer_to_an_older_one_is_no_credit(stage: Stage, client: Client) -> None:
    show(stage, client)
    see(stage, client)
    stage.pass_time(1.0)
    client.send(VitalsSeen(1))
    stage.turn()
    stage.pass_time(5.0)
    assert len(updates(client)) == 2


def test_the_pane_in_front_is_looked_at_at_once(stage: Stage, client: Client) -> None:
    show(stage, client)
    first = see(stage, client).pane
    client.run("split-window")
    stage.turn()
    assert updates(client)[-1].vitals.pane != first
    second = stage.server.attachments[0].focused()
    see(stage, client)
    client.run("select-pane", "-t", f"%{first}")
    stage.turn()
    assert updates(client)[-1].vitals.pane == first
    assert second.observation is None


def test_a_pane_that_goes_while_it_is_looked_at_hands_over_to_the_next(
    stage: Stage, client: Client
) -> None:
    client.run("split-window")
    show(stage, client)
    see(stage, client)
    client.run("kill-pane")
    stage.turn()
    left = stage.server.attachments[0].focused().id
    see(stage, client)
    stage.pass_time(1.0)
    assert updates(client)[-1].vitals.pane == left


def test_where_the_terminal_has_no_room_nothing_is_looked_at(stage: Stage, client: Client) -> None:
    show(stage, client)
    client.send(OuterChanged(Outer(Size(50, 20))))
    stage.turn()
    see(stage, client)
    stage.pass_time(5.0)
    assert len(updates(client)) == 1
    assert timers(stage) == 0
    client.send(OuterChanged(Outer(Size(100, 20))))
    stage.turn()
    assert len(updates(client)) == 2


def test_a_client_that_goes_takes_its_looks_along(stage: Stage, client: Client) -> None:
    show(stage, client)
    see(stage, client)
    pane = stage.server.attachments[0].focused()
    client.link.close()
    stage.turn()
    assert pane.observation is None
    assert timers(stage) == 0


def test_two_clients_share_what_is_noted_of_a_pane(stage: Stage, client: Client) -> None:
    other = stage.attach()
    stage.turn()
    show(stage, client)
    show(stage, other)
    pane = stage.server.attachments[0].focused()
    assert pane.observation is not None
    assert pane.observation.watchers == 2
    other.run("toggle-dock")
    assert pane.observation.watchers == 1


def test_keys_are_measured_from_the_first_look_on(stage: Stage, client: Client) -> None:
    client.type("a")
    stage.pass_time(1.0)
    show(stage, client)
    assert isinstance(updates(client)[-1].vitals.latency.keys, Missing)
    client.type("b")
    stage.turn()
    stage.clock.advance(0.003)
    stage.children[0].says(b"b")
    stage.turn()
    see(stage, client)
    stage.pass_time(1.0)
    latency = updates(client)[-1].vitals.latency
    assert isinstance(latency.p50_ms, Amount)
    assert latency.p50_ms.value == pytest.approx(3.0)
    assert (sum(latency.bins), latency.bins[4]) == (1, 1)
    # And what the pane waits for to be silent is not kept up by it.
    stage.pass_time(SILENCE_S)
    see(stage, client)
    stage.pass_time(1.0)
    assert timers(stage) == 0


def observed(stage: Stage) -> set[str]:
    """What is measured of the pane."""
    observation = stage.server.attachments[0].focused().observation
    return {*observation._wanted} if observation is not None else set()


def change(stage: Stage, client: Client, *argv: str) -> None:
    assert client.run(*argv).code == 0
    stage.turn()


def test_what_is_folded_is_not_measured(stage: Stage, client: Client) -> None:
    show(stage, client)
    assert observed(stage) == {"syscalls", "activity", "memory", "latency", "output"}
    for panel in ("syscalls", "memory", "output"):
        change(stage, client, "fold-dock", panel)
    assert observed(stage) == {"activity", "latency"}
    see(stage, client)
    change(stage, client, "fold-dock", "memory")
    assert observed(stage) == {"activity", "memory", "latency"}
    assert len(updates(client)) == 2  # at once


def test_with_every_panel_folded_there_is_no_look_and_no_timer(
    stage: Stage, client: Client
) -> None:
    show(stage, client)
    see(stage, client)
    for panel in ("syscalls", "activity", "memory", "latency", "output"):
        change(stage, client, "fold-dock", panel)
    assert observed(stage) == set()
    assert not timers(stage)
    change(stage, client, "fold-dock", "latency")
    assert observed(stage) == {"latency"}


def test_paused_nothing_is_measured_until_it_goes_on_with_a_look(
    stage: Stage, client: Client
) -> None:
    show(stage, client)
    see(stage, client)
    change(stage, client, "pause-dock")
    assert observed(stage) == set()
    assert not timers(stage)
    seen = len(updates(client))
    stage.pass_time(100.0)
    assert len(updates(client)) == seen
    change(stage, client, "pause-dock")
    assert len(updates(client)) == seen + 1
    assert isinstance(see(stage, client).activity.cpu_percent, Missing)


def test_it_looks_as_often_as_it_is_asked_to(stage: Stage, client: Client) -> None:
    show(stage, client)
    see(stage, client)
    change(stage, client, "pace-dock", "4")
    before = len(updates(client))
    for count in range(1, 5):
        see(stage, client)
        stage.pass_time(0.25)
        assert len(updates(client)) == before + count
