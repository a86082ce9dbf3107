"""A session whose program is measured: its report is the last word to whoever shows it at its end.

The session opens with the lab dock shown. Runs that are repeated come one after the other in it,
each in a window of its own in place of the last. What is asked for is kept and written when the
last one ends, whether anybody looks or not, in a thread: the file of runs may be another's for a
while, and the mathematics of a comparison take seconds. The pane outlives its program until then,
and if nobody looks, until somebody attaches and closes it.
"""

from functools import partial
from typing import Final

from termlab.errors import TermlabError
from termlab.model.geometry import Size, clamp_size
from termlab.model.profile_asked import ProfileAsked, unpack_asked
from termlab.model.run import Run
from termlab.probes.machine import machine
from termlab.runs.plan import plan
from termlab.server.companions import Brought, Companions
from termlab.server.conclusion import Conclusion, Measurement, conclude
from termlab.server.docks import dock_of
from termlab.server.elsewhere import Elsewhere
from termlab.server.measured import Measured, Taken
from termlab.server.pane import Pane
from termlab.server.profile_record import profile_of
from termlab.server.server import Server
from termlab.server.sessions import Session, Window
from termlab.server.sizes import free_area
from termlab.wire.messages import Attach

NOTHING: Final = Brought({}, ("what looked into it failed: see the server's log",))
NO_REPORT: Final = Conclusion("", "the report could not be made: see the server's log", 1)


def open_profiled(server: Server, message: Attach) -> Session:
    """The session that ``message`` asks for, its program under measurement. Raises
    ``TermlabError`` if it can't be started."""
    asked = unpack_asked(message.profile)
    companions = Companions(asked, message.argv, message.place)
    dock = dock_of(None, server.settings)._replace(shown=True)
    area = free_area(clamp_size(message.outer.size), dock.asked)
    fixed = Size(asked.cols, asked.rows) if asked.cols else None
    program = companions.program(message.place, message.directory)
    session = server.new_session(message.name, program, fixed or Size(area.cols, area.rows))
    session.dock = dock
    session.current.fixed = fixed
    Profiled(server, session, message, asked, companions)
    return session


class Profiled:
    """Made as soon as the session's only program runs."""

    def __init__(
        self,
        server: Server,
        session: Session,
        message: Attach,
        asked: ProfileAsked,
        companions: Companions,
    ) -> None:
        self._server = server
        self._session = session
        self._message = message
        self._asked = asked
        self._turns = iter(plan(asked.runs, asked.warmup))
        self._counts = next(self._turns).counts
        self._runs: list[Run] = []
        self._warmed = 0
        self._last: Taken | None = None
        self._failure = ""
        self._conclusion: Conclusion | None = None
        self._ending: Elsewhere[Conclusion] | None = None
        self._tools: Elsewhere[Brought] | None = None
        self._companions = companions
        self._measured = self._measure(session.current)
        self._size = self._pane.emulator.size
        session.farewell = self._farewell

    @property
    def _pane(self) -> Pane:
        return self._measured.pane

    def _measure(self, window: Window) -> Measured:
        pane = window.panes[window.active]
        # Another run may come, and the report does: the session must not end with this pane.
        pane.remain = True
        window.name = self._title()
        self._companions.started(pane.pty.pid)
        return Measured(self._server, pane, self._asked, self._ended)

    def _title(self) -> str:
        """What the status row calls it."""
        asked = self._asked
        if asked.runs + asked.warmup == 1:
            return ""
        run = f"run {len(self._runs) + 1} of {asked.runs}"
        return run if self._counts else f"warm-up {self._warmed + 1} of {asked.warmup}"

    def _farewell(self) -> tuple[str, int, str]:
        """The session ends, the program may not have: then the report is of what there was."""
        taken = self._measured.finish()
        if self._tools is not None:
            self._tools.close()
            self._took(taken, gone=True)
        if self._ending is None:
            self._conclude()
        if self._conclusion is None:
            assert self._ending is not None
            self._conclusion = self._ending.wait() or NO_REPORT
        report, problem, code = self._conclusion
        return problem, code, report.rstrip("\n")

    def _ended(self) -> None:
        """A run has."""
        taken = self._measured.taken
        assert taken is not None
        gone = self._pane.exit_status is None  # it was closed, and its session may be
        if not self._companions.any:
            self._took(taken, gone)
            return

        def brought(what: Brought) -> None:
            if not gone:
                self._took(taken.with_more(what), gone=False)

        self._tools = Elsewhere(
            self._server.loop, self._companions.finish, brought, lambda: brought(NOTHING)
        )
        if gone:  # their end is waited for by nobody, and they clean up behind themselves
            self._took(taken, gone=True)

    def _took(self, taken: Taken, gone: bool) -> None:
        """The next run follows, or the report."""
        self._tools = None
        run = taken.run
        if self._counts:
            self._runs.append(run)
            self._last = taken
        else:
            self._warmed += 1
        turn = next(self._turns, None)
        if turn is not None and not (gone or run.failed_step or run.signal == "SIGINT"):
            self._counts = turn.counts
            self._server.loop.soon(self._again)
            return
        self._conclude()

    def _again(self) -> None:
        """The next run, where the last one was."""
        server, before, message = self._server, self._pane, self._message
        where = server.sessions.where(before)
        if where is None:
            return
        try:
            self._companions = Companions(self._asked, message.argv, message.place)
            program = self._companions.program(message.place, message.directory)
            window = server.new_window(self._session, "", program)
        except TermlabError as error:
            self._failure = f"the next run could not be started: {error}"
            self._conclude()
            return
        window.fixed = where[1].fixed
        self._measured = self._measure(window)
        for attachment in list(server.attached(self._session)):
            attachment.show(window)
        self._session.show(window)
        server.kill_pane(before)

    def _conclude(self) -> None:
        """Keep and write all there is, and what to say of it."""
        last = self._last
        profile = profile_of(
            self._message.argv,
            machine(),
            self._size,
            tuple(self._runs),
            self._asked,
            last.notes if last is not None else (),
        )
        files = (last.attachments, last.keys) if last is not None else ({}, b"")
        keep = self._server.settings.runs.keep
        work = partial(_concluded, Measurement(profile, *files), self._asked, keep, self._failure)
        self._ending = Elsewhere(self._server.loop, work, self._told, lambda: self._told(NO_REPORT))

    def _told(self, conclusion: Conclusion) -> None:
        """Somebody who looks gets the report at once; else the last screen stays with it."""
        self._conclusion = conclusion
        if not self._pane.closed:
            self._pane.remain = not any(self._server.attached(self._session))
            if not self._pane.remain:
                self._server.kill_pane(self._pane)


def _concluded(what: Measurement, asked: ProfileAsked, keep: int, failure: str) -> Conclusion:
    found = conclude((what,), asked, keep)
    if not failure:
        return found
    problem = f"{failure}\n{found.problem}".rstrip()
    return Conclusion(found.report, problem, found.code or TermlabError.exit_code)
