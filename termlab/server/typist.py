"""A script of keys typed into a pane, on the way a client's keys go: encoded in the modes that its
program has set, answered at once.

Nothing sleeps and nothing polls: between steps there is a timer, or a wait of the server's. With
the pace that a script has at first, the next key waits until the program has answered the one
before and was quiet for a moment, so that each key is measured apart from the others.
"""

import re
from collections.abc import Callable, Iterator
from itertools import chain
from typing import Final, NamedTuple

from termlab.errors import TermlabError
from termlab.model.key_script import KeyScript, Step
from termlab.model.keyname import parse_key
from termlab.model.keys import Key
from termlab.server.loop import Timer
from termlab.server.pane import Pane
from termlab.server.server import Server
from termlab.server.waits import Wait

# Output less than 50 ms before a key makes what follows nobody's answer.
CALM_S: Final = 0.06
# A key that is not answered by then is taken for one without an answer.
ANSWER_S: Final = 1.0
QUIET_LIMIT_S: Final = 30.0
ENDED: Final = "the command had ended before it"
# What only passes time may be cut off.
_NO_MATTER: Final = frozenset(("quiet", "pause", "pace"))
_NAMED: Final = {"\n": Key("Enter"), "\t": Key("Tab"), "\x1b": Key("Escape"), " ": Key(" ", 0, " ")}


class Act(NamedTuple):
    """One thing to do: a key to press where there is one, else what the step says."""

    step: Step
    key: Key | None = None


class Typist:
    """One run's. ``done`` is called once with "", or with the reason why a step never came true;
    `start` begins."""

    def __init__(
        self, server: Server, pane: Pane, script: KeyScript, done: Callable[[str], None]
    ) -> None:
        self._server = server
        self._loop = server.loop
        self._pane = pane
        self._script = script
        self._done = done
        self._acts = _acts(script)
        self._act: Act | None = None  # the one under way
        self._pace_s = 0.0
        # What the next key waits behind: the program's start, or the key before.
        self._stirred_at = pane.started_at
        self._timer: Timer | None = None
        self._over = False

    def start(self) -> None:
        """The first step."""
        self._next()

    def stop(self) -> str:
        """The command has ended, or is made to: which step did not come to its turn, "" if none
        that matters."""
        if self._over:
            return ""
        self.close()
        under_way = () if self._act is None else (self._act,)
        steps = (act.step for act in chain(under_way, self._acts))
        step = next((each for each in steps if not self._may_be_left(each)), None)
        if step is None:
            return ""
        return self._unseen(step) if step.deed == "wait" else _where(self._script, step, ENDED)

    def _may_be_left(self, step: Step) -> bool:
        """What only passes time, and a text that has come by the end."""
        if step.deed != "wait" or self._pane.closed:
            return step.deed in _NO_MATTER
        return Wait(self._pane, _nobody, re.compile(step.text, re.MULTILINE)).matches()

    def close(self) -> None:
        """Type no more; nothing is told."""
        self._over = True
        self._server.waits.cancel(self)
        if self._timer is not None:
            self._timer.cancel()

    def _next(self) -> None:
        if self._over:
            return
        self._act = act = next(self._acts, None)
        if act is None:
            self._end("")
        elif act.key is not None:
            self._press_when_due(act, act.key)
        else:
            _DEEDS[act.step.deed](self, act)

    def _press_when_due(self, act: Act, key: Key) -> None:
        if self._pace_s:
            self._at(self._stirred_at + self._pace_s, lambda: self._press(act, key))
            return

        def calm(what: str | TermlabError, status: int | None) -> None:
            self._press(act, key)  # calm, or as calm as it gets

        wait = Wait(self._pane, calm, quiet_s=CALM_S, asker=self, since=self._stirred_at)
        self._server.waits.add(wait, ANSWER_S)

    def _press(self, act: Act, key: Key) -> None:
        if not self._over:
            self._send(act, self._pane.emulator.encode_key(key))

    def _send(self, act: Act, data: bytes) -> None:
        self._stirred_at = self._loop.now
        if not self._pane.type(data):
            self._end(_where(self._script, act.step, "the command takes no input"))
            return
        for attachment in self._server.attachments:
            if attachment.focused() is self._pane:
                self._server.typed(attachment)
        self._loop.soon(self._next)

    def _recorded(self, act: Act) -> None:
        data = act.step.text.encode()
        self._at(self._pane.started_at + act.step.seconds, lambda: self._send(act, data))

    def _await(self, act: Act) -> None:
        step = act.step
        pattern = re.compile(step.text, re.MULTILINE)

        def seen(what: str | TermlabError, status: int | None) -> None:
            if what == "text":
                self._next()
            else:
                self._end(self._unseen(step))

        self._server.waits.add(Wait(self._pane, seen, pattern, asker=self), step.seconds)

    def _unseen(self, step: Step) -> str:
        last = "" if self._pane.closed else _last_line(self._pane)
        shown = f"; the last line on the screen was {last!r}" if last else ""
        if self._pane.closed or self._pane.exit_status is not None:
            why = f"the command ended before /{step.text}/ appeared"
        else:
            why = f"/{step.text}/ did not appear within {step.seconds:g} s"
        return _where(self._script, step, why + shown)

    def _quiet(self, act: Act) -> None:
        def calm(what: str | TermlabError, status: int | None) -> None:
            if isinstance(what, TermlabError):
                why = f"it was not quiet for {act.step.seconds:g} s within {QUIET_LIMIT_S:g} s"
                self._end(_where(self._script, act.step, why))
            else:
                self._next()

        wait = Wait(self._pane, calm, quiet_s=act.step.seconds, asker=self)
        self._server.waits.add(wait, QUIET_LIMIT_S + act.step.seconds)

    def _pause(self, act: Act) -> None:
        self._at(self._loop.now + act.step.seconds, self._next)

    def _set_pace(self, act: Act) -> None:
        self._pace_s = act.step.seconds
        self._next()

    def _at(self, when: float, action: Callable[[], None]) -> None:
        self._timer = self._loop.call_at(when, lambda: None if self._over else action())

    def _end(self, why: str) -> None:
        if not self._over:
            self.close()
            self._done(why)


_DEEDS: Final[dict[str, Callable[[Typist, Act], None]]] = {
    "input": Typist._recorded,
    "wait": Typist._await,
    "quiet": Typist._quiet,
    "pause": Typist._pause,
    "pace": Typist._set_pace,
}


def _acts(script: KeyScript) -> Iterator[Act]:
    """Its steps, each key of them for itself."""
    for step in script.steps:
        if step.deed == "type":
            for char in step.text:
                yield Act(step, _NAMED.get(char) or Key(char, text=char))
        elif step.deed == "key":
            key = parse_key(step.text)
            for _ in range(step.count):
                yield Act(step, key)
        else:
            yield Act(step)


def _nobody(what: str | TermlabError, status: int | None) -> None:
    """Who only looks is told nothing."""


def _where(script: KeyScript, step: Step, why: str) -> str:
    return f"{script.name}:{step.line}: {why}"


def _last_line(pane: Pane) -> str:
    emulator = pane.emulator
    rows = emulator.text_at(emulator.history_rows(), emulator.size.rows)
    found = next((row.strip() for row in reversed(rows) if row.strip()), "")
    return "".join(char if char.isprintable() else "?" for char in found)[:120]
