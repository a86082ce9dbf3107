"""A session whose program is measured: its report is the last word to whoever shows it at its end.

The file asked for is written when the program ends, whether anybody looks or not. If nobody does,
the pane outlives its program, until somebody attaches and closes it.
"""

from termlab.errors import TermlabError
from termlab.model.metrics import Profile
from termlab.probes.machine import machine
from termlab.runs.export import document
from termlab.runs.keep import write_file
from termlab.runs.report import report
from termlab.server.profiler import Profiler
from termlab.server.server import Server
from termlab.server.sessions import Session
from termlab.wire.jsontext import to_json
from termlab.wire.messages import ProfileAsked


class Profiled:
    """Made as soon as the session's only program runs."""

    def __init__(
        self, server: Server, session: Session, command: tuple[str, ...], asked: ProfileAsked
    ) -> None:
        self._server = server
        self._session = session
        self._pane = pane = session.current.panes[session.current.active]
        self._command = command
        self._asked = asked
        self._size = pane.emulator.size
        self._said: tuple[str, int] = ("", 0)
        self._profiler = Profiler(pane, server.loop, self._ended)
        session.farewell = self._farewell

    def _farewell(self) -> tuple[str, int]:
        """The session ends, the program may not have: then the report is of what there was."""
        self._profiler.finish()
        return self._said

    def _ended(self) -> None:
        """Somebody who looks gets the report at once; else the last screen stays with it."""
        run = self._profiler.run
        assert run is not None
        self._pane.remain = not any(self._server.attached(self._session))
        size = self._size
        profile = Profile(self._command, machine(), size.cols, size.rows, (run,))
        text = report(profile).rstrip("\n")
        try:
            if self._asked.json_path:
                write_file(self._asked.json_path, to_json(document(profile)))
                text += f"\n\nas JSON in {self._asked.json_path}"
            self._said = text, 0
        except TermlabError as error:
            self._said = f"{text}\n\n{error}", error.exit_code
