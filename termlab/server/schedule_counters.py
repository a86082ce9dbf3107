"""How the kernel runs the server and each client, for `stats`: what was asked for, what is so, and
what is missing where that is something else. For the server it is looked up when somebody asks.
"""

from collections.abc import Iterable
from typing import NamedTuple, Self

from termlab.model.cpu_list import spell_cpus
from termlab.model.figure import Missing
from termlab.model.schedule import Outcome
from termlab.scheduling.standing import standing_of
from termlab.server.countable import NOT_ATTACHED
from termlab.server.peer import Peer
from termlab.server.server import Server

NOT_ASKED = "no option asks the kernel for anything: see [{}] in the configuration"


class ScheduleStats(NamedTuple):
    """By option. ``realtime_pauses``: how often the real-time priority was given up for a while."""

    asked: dict[str, str]
    found: dict[str, str]
    why: dict[str, str]
    realtime_pauses: "int | Missing" = Missing("a client keeps that to itself")

    @classmethod
    def of(cls, outcomes: Iterable[Outcome]) -> Self:
        outcomes = tuple(outcomes)
        return cls(
            {each.option: each.asked for each in outcomes},
            {each.option: each.found for each in outcomes},
            {each.option: each.why for each in outcomes if each.why},
        )


def server_schedule(server: Server) -> ScheduleStats | Missing:
    """That of this process."""
    dedicated = server.schedule.dedicated
    if not dedicated.outcomes:
        return Missing(NOT_ASKED.format("server"))
    told = ScheduleStats.of(dedicated.outcomes)
    now = standing_of()
    found = {
        "cpus": spell_cpus(now.cpus) or "any",
        "nice": str(now.nice),
        "realtime": str(now.realtime or "off"),
    }
    kept = {option: found.get(option, value) for option, value in told.found.items()}
    return told._replace(found=kept, realtime_pauses=dedicated.pauses)


def client_schedule(peer: Peer) -> ScheduleStats | Missing:
    """That of an attached client, as it said when it changed."""
    if peer.attachment is None:
        return NOT_ATTACHED
    if not peer.attachment.scheduled:
        return Missing(NOT_ASKED.format("client"))
    return ScheduleStats.of(peer.attachment.scheduled)
