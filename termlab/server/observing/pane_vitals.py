"""A pane's vitals, look by look: what the lab dock of one client shows of it.

The sums come from the pane's `Observation`; what is told of two of them is said by `seen_*`, for
runs as well. Rates are over the time since this client's last look.
"""

import time
from typing import Final

from termlab.model.figure import Amount, Figure
from termlab.model.vitals import Latency, Vitals
from termlab.server.loop import Loop
from termlab.server.observing.key_watch import KeySums
from termlab.server.observing.observation import Reading, observe
from termlab.server.observing.parts import PARTS, Part
from termlab.server.observing.rates import FIRST
from termlab.server.observing.seen_activity import activity
from termlab.server.observing.seen_calls import syscalls
from termlab.server.observing.seen_keys import latency
from termlab.server.observing.seen_memory import storage
from termlab.server.observing.seen_output import output
from termlab.server.observing.viewers import NOBODY, Viewers, percent
from termlab.server.pane import Pane

SERVER_COST: Final = "of the server, all its sessions together"


class PaneVitals:
    """One client's looks at ``parts`` of one pane; `close` when it looks elsewhere."""

    def __init__(
        self,
        pane: Pane,
        loop: Loop,
        parts: frozenset[Part] = PARTS,
        client: Viewers | None = None,
    ) -> None:
        self.pane = pane
        self._client = client
        self._client_cpu_s: Figure | None = None
        self._loop = loop
        self._before: Reading | None = None
        self._own_cpu_s = 0.0
        self._parts = parts
        self._observation = observe(pane, loop, parts)
        self._latency: tuple[object, Latency] | None = None  # with what it was made of

    def want(self, parts: frozenset[Part]) -> bool:
        """Look at these from here on: whether there is a new one, with which rates begin anew. What
        both have is not let go between."""
        new = bool(parts - self._parts)
        if parts != self._parts:
            # Of no parts it has ended, or another one's end has ended it: this finds the pane's.
            before, self._observation = self._observation, observe(self.pane, self._loop, parts)
            before.leave(self._parts)
            self._parts = parts
        if new:
            self._before = None
        return new

    def close(self) -> None:
        """The last one to look ends the observation: what nobody sees is not measured."""
        self._observation.leave(self._parts)

    def look(self) -> Vitals:
        """What has become of it. The pane is not closed."""
        start, own_cpu_s = self._loop.clock(), time.process_time()
        now = self._observation.read()
        before, self._before = self._before, now
        interval_s = now.at_s - before.at_s if before is not None else 0.0
        own: Figure = FIRST
        if before is not None and interval_s:
            own = Amount((own_cpu_s - self._own_cpu_s) / interval_s * 100, SERVER_COST)
        self._own_cpu_s = own_cpu_s
        client = NOBODY if self._client is None else self._client.read()
        client_percent = percent(self._client_cpu_s, client, interval_s, FIRST)
        self._client_cpu_s = client
        return Vitals(
            self.pane.id,
            interval_s,
            syscalls(before, now),
            activity(before, now),
            storage(self.pane, now, before),
            self._latencies(now.latency),
            own,
            Amount((self._loop.clock() - start) * 1000, "of this look"),
            output(before, now),
            client_cpu_percent=client_percent,
        )

    def _latencies(self, sums: KeySums | None) -> Latency:
        """Made anew only where something was noted of a key since."""
        keys = self._observation.keys
        trails = keys.trails if keys is not None else []
        noted = sums, trails[-1:]
        if self._latency is None or self._latency[0] != noted:
            self._latency = noted, latency(trails, sums)
        return self._latency[1]
