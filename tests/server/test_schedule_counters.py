import sys

import pytest

from termlab.model.figure import Missing
from termlab.model.schedule import Outcome
from termlab.scheduling.standing import standing_of
from termlab.server.schedule_counters import ScheduleStats, client_schedule, server_schedule
from termlab.wire.messages import Scheduled
from tests.server.world import Stage


def test_who_was_asked_nothing_says_so(stage: Stage) -> None:
    client = stage.attach()
    stage.turn()
    (peer,) = stage.server.presence.connections
    for told, table in (
        (server_schedule(stage.server), "server"),
        (client_schedule(peer), "client"),
    ):
        assert isinstance(told, Missing)
        assert f"[{table}]" in told.reason
    assert client.attached.options.schedule.nice == 0


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has classes")
def test_the_servers_is_looked_up_when_somebody_asks(stage: Stage) -> None:
    outcomes = (Outcome("nice", "-5", "3", "refused"), Outcome("numa_node", "0", "0"))
    stage.server.schedule.dedicated.outcomes = outcomes
    told = server_schedule(stage.server)
    assert isinstance(told, ScheduleStats)
    assert told.asked == {"nice": "-5", "numa_node": "0"}
    assert told.found == {"nice": str(standing_of().nice), "numa_node": "0"}
    assert told.why == {"nice": "refused"}
    assert told.realtime_pauses == 0


def test_a_client_tells_what_came_of_it_and_the_log_has_what_did_not(stage: Stage) -> None:
    client = stage.attach()
    stage.turn()
    notes: list[str] = []
    stage.server.note = notes.append
    (peer,) = stage.server.presence.connections
    refused = Outcome("realtime", "5", "off", "it needs CAP_SYS_NICE")
    for outcome in (refused, refused, Outcome("cpus", "0", "0")):
        client.send(Scheduled((outcome,)))
        stage.turn()
        told = client_schedule(peer)
        assert isinstance(told, ScheduleStats)
        assert told.found == {outcome.option: outcome.found}
    assert notes == ["[client] realtime = 5 does not hold, it is off: it needs CAP_SYS_NICE"]
