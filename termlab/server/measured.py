"""A pane's program as it is measured for one run: its profiler, what ends it, what types into it
and what records it. The same for a run in this process and for one that a session shows.
"""

from collections.abc import Callable
from typing import Final, NamedTuple

from termlab.model.profile_asked import ProfileAsked
from termlab.model.run import Run
from termlab.runs.reports.subject import RECORDING
from termlab.server.companions import Brought
from termlab.server.pane import Pane
from termlab.server.profiler import SERVER_COST, Profiler
from termlab.server.server import Server
from termlab.server.tape import Tape
from termlab.server.typist import Typist

# What a program may still take when all of its script was typed.
END_S: Final = 5.0


class Taken(NamedTuple):
    """What one run gave. ``keys`` is the asciicast of what was typed, where that was asked for;
    ``notes`` what its tools said."""

    run: Run
    attachments: dict[str, bytes]
    keys: bytes = b""
    notes: tuple[str, ...] = ()

    def with_more(self, brought: Brought) -> "Taken":
        """And what the tools beside it brought."""
        attachments = self.attachments | brought.attachments
        return self._replace(attachments=attachments, notes=brought.notes)


class Measured:
    """One run under way; ``ended`` is told once `taken` is there."""

    def __init__(
        self,
        server: Server,
        pane: Pane,
        asked: ProfileAsked,
        ended: Callable[[], None],
        cost: str = SERVER_COST,
    ) -> None:
        self.pane = pane
        self.taken: Taken | None = None
        self._asked = asked
        self._size = pane.emulator.size
        self._on_end = ended
        self.profiler = Profiler(
            pane, server.loop, self._ended, cost, clients=lambda: _clients(server, pane)
        )
        if asked.record or asked.keys_path:
            pane.tape = Tape(pane.started_at)
        if asked.duration_s:
            self.profiler.limit.at(asked.duration_s)
        self._typist: Typist | None = None
        if asked.script is not None:
            self._typist = Typist(server, pane, asked.script, self._typed)
            self.profiler.before_end = self._cut_off
            server.loop.soon(self._typist.start)

    def finish(self) -> Taken:
        """What there was, if it has not ended by itself."""
        self.profiler.finish()
        assert self.taken is not None
        return self.taken

    def _typed(self, why: str) -> None:
        """The script is at its end, or stuck at a step."""
        limit = self.profiler.limit
        if why:
            self.profiler.failed_step = why
            limit.end("ended because its script could not go on")
        elif not self._asked.duration_s and self._asked.script is not None:
            limit.after(
                END_S, f"ended {END_S:g} s behind the last key of {self._asked.script.name}"
            )

    def _cut_off(self) -> None:
        """The run ends. Whoever asked for that did not want the rest of the script."""
        assert self._typist is not None
        why = self._typist.stop()
        profiler = self.profiler
        if not (profiler.interrupted or profiler.limit.why or self.pane.exit_status is None):
            profiler.failed_step = profiler.failed_step or why

    def _ended(self) -> None:
        run = self.profiler.run
        assert run is not None
        attachments: dict[str, bytes] = {}
        keys = b""
        tape, self.pane.tape = self.pane.tape, None
        if tape is not None:
            title = self.pane.command
            if self._asked.record:
                attachments[RECORDING] = tape.cast(self._size, title, run.started_at_s)
            if self._asked.keys_path:
                keys = tape.keys(self._size, title, run.started_at_s)
        self.taken = Taken(run, attachments, keys)
        self._on_end()


def _clients(server: Server, pane: Pane) -> list[int]:
    """The processes of the clients that show its window."""
    shown = [each for each in server.attachments if pane.id in each.window.panes]
    return [each.client_pid() for each in shown]
