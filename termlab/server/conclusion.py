"""What becomes of a profile at its end: kept, written, held against its budgets, and told.

The same for one in this process and for one in a session. Whatever of it fails loses nothing else:
the report is told in any case, what failed beside it.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Final, NamedTuple

from termlab.errors import StoreError, TermlabError, WaitTimeout
from termlab.model.profile_asked import ProfileAsked
from termlab.model.run import Profile, Run
from termlab.runs.export import document
from termlab.runs.keep import write_file
from termlab.runs.plain import command_line
from termlab.runs.report import report
from termlab.server.verdict import Verdict, verdict
from termlab.wire.jsontext import to_json

NOT_KEPT_TO: Final = 1


class Measurement(NamedTuple):
    """A profile, and what belongs to the last of its runs: recordings, and the keys typed."""

    profile: Profile
    attachments: Mapping[str, bytes]
    keys: bytes = b""


class Conclusion(NamedTuple):
    """``report`` is for stdout; ``problem`` what a person must know besides, "" for nothing."""

    report: str
    problem: str = ""
    code: int = 0


def conclude(measured: Sequence[Measurement], asked: ProfileAsked, keep: int) -> Conclusion:
    """Of one command, or of two that are compared. All of it, in the order in which one needs what
    came before. ``keep`` is the option `runs.keep`."""
    ending = _Ending([each.profile for each in measured], asked, keep)
    ending.steps()
    for each in measured:
        ending.keep(each)
    ending.write(asked.keys_path, "the keys typed", measured[-1].keys.decode)
    ending.write(asked.json_path, "as JSON", ending.json)
    if all(each.profile.runs for each in measured):
        ending.hold()
    ending.exit_code()
    return ending.conclusion()


class _Ending:
    """One's, as it goes on."""

    def __init__(self, profiles: Sequence[Profile], asked: ProfileAsked, keep: int) -> None:
        self._profiles = profiles
        self._keep = keep
        self._runs = [run for profile in profiles for run in profile.runs]
        self._asked = asked
        self._said: list[str] = []
        self._held = ""  # against what it was to be held
        self._problems: list[str] = []
        self._code = 0

    def conclusion(self) -> Conclusion:
        texts = [report(each, everything=self._asked.everything) for each in self._profiles]
        texts += [text for text in (self._held, "\n".join([*self._said, ""])) if text.strip()]
        return Conclusion("\n".join(texts), "\n".join(self._problems), self._code)

    def steps(self) -> None:
        """A script that stuck comes first of all that went wrong: the rest follows from it."""
        for run in self._runs:
            if run.failed_step:
                self._failed(f"profile: {run.failed_step}", WaitTimeout.exit_code)

    def keep(self, measured: Measurement) -> None:
        asked, (profile, attachments, _) = self._asked, measured
        if not asked.store_path or not profile.runs:
            return
        from termlab.runs.store import Store

        try:
            store = Store(asked.store_path, self._keep, self._problems.append)
            number = store.add(profile, attachments)
        except TermlabError as error:
            # What nobody asked for by name is no failure of what was.
            named = bool(asked.name or asked.tags)
            self._failed(f"this run is not kept: {error}", StoreError.exit_code if named else 0)
            return
        name = f" ({profile.name})" if profile.name else ""
        self._said.append(f"kept as run {number}{name}")

    def json(self) -> str:
        """A document, or a list of two."""
        documents = [document(profile) for profile in self._profiles]
        return to_json(documents if len(documents) > 1 else documents[0])

    def hold(self) -> None:
        """Against what it is to be held against."""
        try:
            found = verdict(self._profiles, self._asked)
        except TermlabError as error:
            self._failed(str(error), error.exit_code)
            return
        if found is None:
            return
        self._held = found.text
        self.write(self._asked.junit_path, "as JUnit", lambda: self._junit(found))
        if self._asked.github:
            from termlab.runs.annotations import annotations

            self._held += "\n" + annotations(f"termlab: {found.title}", found.cases)
        if found.failed:
            self._code = self._code or NOT_KEPT_TO

    def _junit(self, found: Verdict) -> str:
        from termlab.runs.junit import junit

        command = command_line(self._profiles[-1].command)
        return junit(f"termlab: {found.title}", command, found.cases)

    def write(self, path: str, what: str, text: Callable[[], str]) -> None:
        """A file that was asked for."""
        if path:
            try:
                write_file(path, text())
                self._said.append(f"{what} in {path}")
            except TermlabError as error:
                self._failed(str(error), error.exit_code)

    def exit_code(self) -> None:
        """As the command ended, where that is asked for; only a script that stuck outranks it."""
        if self._asked.exit_code and self._code != WaitTimeout.exit_code:
            code = next((code for run in self._runs if (code := _code(run))), 0)
            self._code = code or self._code

    def _failed(self, why: str, code: int) -> None:
        self._problems.append(why)
        self._code = self._code or code


def _code(run: Run) -> int:
    """The exit code that says how a run ended; one that was ended by its limit has none."""
    if run.cut_short:
        return 0
    if run.exit_code is not None:
        return run.exit_code
    import signal

    number = getattr(signal, run.signal, 0) if run.signal.startswith("SIG") else 0
    return 128 + int(number or 0)
