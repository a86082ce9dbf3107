"""Where the playing of a recording stands: when the next event is due, how fast, paused or not.

Pure: it waits for nothing, and time comes in as ``now``. `replay` waits by it and is its only user.
"""

import math
from typing import Final

from termlab.model.recording import MAX_SPEED, MIN_SPEED, OUTPUT, Event, Playing

AT_ONCE: Final = math.inf


class Playhead:
    """Events are asked about in their order, each until it was `passed`.

    The recording's time passes ``speed`` times as fast as ``now``, from the first event's being
    asked about on, and not while paused.
    """

    def __init__(self, playing: Playing) -> None:
        self.paused = False
        self._limit = math.inf if playing.idle_limit_s is None else playing.idle_limit_s
        self._speed = playing.speed or AT_ONCE
        self._position = 0.0  # the time in the recording, less what was cut, at ``_since``
        self._since: float | None = None
        self._last_at = 0.0  # of the event passed last, as recorded
        self._last_due = 0.0  # the same, less what was cut out of pauses before it
        self._steps = 0  # outputs asked for while paused

    def wait_s(self, event: Event, now: float) -> float | None:
        """Seconds until it is due, 0 once it is; None while it won't be."""
        if self._since is None:
            self._since = now
        if self._steps or (self._speed == AT_ONCE and not self.paused):
            return 0.0
        if self.paused:
            return None
        return max((self._due(event) - self._reached(now)) / self._speed, 0.0)

    def passed(self, event: Event) -> None:
        """It is done: the next one's turn."""
        due = self._due(event)
        self._last_at, self._last_due = event.at_s, due
        if self._steps:
            self._steps -= event.code == OUTPUT
            self._position = max(self._position, due)

    def toggle(self, now: float) -> None:
        """Pause, or go on."""
        self._settle(now)
        self.paused = not self.paused
        self._steps = 0

    def step(self) -> None:
        """While paused: all up to and with the next output is due now."""
        if self.paused:
            self._steps += 1

    def change_speed(self, factor: float, now: float) -> None:
        """Faster or slower, within the bounds; at once is as fast as can be."""
        self._settle(now)
        if self._speed != AT_ONCE:
            self._speed = min(max(self._speed * factor, MIN_SPEED), MAX_SPEED)

    def _due(self, event: Event) -> float:
        """When in the recording, with its pauses cut short."""
        return self._last_due + min(event.at_s - self._last_at, self._limit)

    def _reached(self, now: float) -> float:
        """The time in the recording now."""
        if self.paused or self._since is None or self._speed == AT_ONCE:
            return self._position
        return self._position + (now - self._since) * self._speed

    def _settle(self, now: float) -> None:
        """From here on time passes otherwise."""
        self._position = self._reached(now)
        if self._since is not None:
            self._since = now
