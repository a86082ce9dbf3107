"""An attached client on asyncio, whose face is the app: what both of its terminals have in common.

It waits for the server, and for one timer while something is due; a subclass knows the terminal.
What fails anywhere in the loop ends it, and is raised by `run`.
"""

import asyncio
import contextvars
import gc
import os
from collections.abc import Callable
from functools import partial
from typing import Any, TypedDict

from termlab.client.connection import Connection
from termlab.client.dialogue import Dialogue
from termlab.client.farewell import Lost
from termlab.client.origin import origin
from termlab.ui import private
from termlab.ui.app import TermlabApp
from termlab.ui.app_face import AppFace
from termlab.ui.asker import Asker
from termlab.wire.messages import Attach, Looks, Outer, Replay


class Asked(TypedDict, total=False):
    """Which session is to be shown, or made: the words of `Attach`."""

    target: str
    create: bool
    fresh: bool
    name: str
    argv: tuple[str, ...]
    directory: str
    read_only: bool
    remain: bool
    replay: Replay | None
    profile: bytes


def attach_message(outer: Outer, path: str, asked: Asked) -> Attach:
    """What asks the server at ``path`` for a session."""
    return Attach(outer, origin(path, os.environ, programs=True), **asked)


class Conversation:
    """One attached terminal. A subclass sets ``app``, ``face`` and ``dialogue``."""

    app: TermlabApp
    face: AppFace
    dialogue: Dialogue

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self.asker = Asker(self.ask, self.look)
        self._server = connection.fileno()  # which a connection that was lost has no more
        self.stopping = 0  # the signal that ends it
        self.ended = False
        self._loop: asyncio.AbstractEventLoop | None = None
        self._failure: BaseException | None = None
        self._timer: asyncio.TimerHandle | None = None
        self._sending = False
        self._before: list[Callable[[], None]] = []
        self._context: contextvars.Context | None = None

    # What a subclass says of its terminal

    @property
    def blocked(self) -> bool:
        """Whether something drawn has not been taken yet."""
        return False

    def began(self) -> None:
        """The loop runs."""

    def watch(self) -> None:
        """Wait for what the terminal may have to say now."""

    def leave(self) -> None:
        """Give the terminal back."""

    # Its life

    def run(self, size: tuple[int, int] | None = None) -> None:
        """Until the server says goodbye, the terminal goes, or a signal ends it."""
        private.errors(self.app, self._broken)
        with asyncio.Runner(loop_factory=asyncio.SelectorEventLoop) as runner:
            runner.run(self._shown(size))
        if self._failure is not None:
            raise self._failure

    async def _shown(self, size: tuple[int, int] | None) -> None:
        """The app, to its end; Textual takes an interrupt for one, the runner must hear of it."""
        await self.app.run_async(size=size)
        task = asyncio.current_task()
        if task is not None and task.cancelling():
            raise asyncio.CancelledError

    def begin(self) -> None:
        """The loop runs: from here on everything that comes is heard."""
        self._loop = asyncio.get_running_loop()
        self._context = contextvars.copy_context()
        self._loop.set_exception_handler(self._failed)
        self._loop.add_reader(self._server, self._received)
        self.began()
        for call in self._before:  # what a driver's thread has read already
            call()
        self.settle()

    def ready(self) -> None:
        """What start-up has made stays: collections need not look at it again."""
        gc.collect()
        gc.freeze()

    def end(self) -> None:
        """The terminal is the person's again; then the app may take its time to end."""
        if self.ended or self._loop is None:
            return
        self.ended = True
        self.app.exit()
        self.disarm()
        self._loop.remove_reader(self._server)
        self._loop.remove_writer(self._server)
        self.leave()

    def _failed(self, loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
        error = context.get("exception")
        if isinstance(error, BaseException):
            self._broken(error)

    def _broken(self, error: BaseException) -> None:
        """Nobody caught it; what comes of it while the app ends is not news."""
        if self._failure is None:
            self._failure = error
            self.app.exit()
            self.soon(self.end)

    # What it waits for

    @property
    def loop(self) -> asyncio.AbstractEventLoop:
        assert self._loop is not None
        return self._loop

    def soon(self, call: Callable[[], None]) -> None:
        """Have the loop call, as the app; from any thread."""
        if self._loop is None or self._context is None:
            self._before.append(call)
        else:
            self._loop.call_soon_threadsafe(call, context=self._context.copy())

    def settle(self) -> None:
        """Behind everything that was done: wait for what is needed now."""
        if self.ended or self._loop is None:
            return
        if self.dialogue.bye is not None or self.stopping:
            self.end()
            return
        if not self.blocked:
            self.dialogue.give_credit()
        if self.connection.blocked != self._sending:
            self._sending = self.connection.blocked
            if self._sending:
                self._loop.add_writer(self._server, self._received)
            else:
                self._loop.remove_writer(self._server)
        self.watch()
        due = self.dialogue.deadline()
        if self._timer is None or self._timer.when() != due:
            self.disarm()
            if due is not None:
                self._timer = self._loop.call_at(due, self._expired)

    def disarm(self) -> None:
        """Let what is due wait: it is asked again when settled."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _expired(self) -> None:
        self._timer = None
        self.dialogue.expire(self.loop.time())
        self.settle()

    def _received(self) -> None:
        messages = self.connection.receive()
        if messages is None:
            raise Lost
        now = self.loop.time()
        for message in messages:
            self.dialogue.heard(message, now)
        self.settle()

    # What the app has done

    def consumed(self, number: int) -> None:
        """It has dealt with the events up to ``number``."""
        self.dialogue.consumed(number, self.loop.time())
        self.settle()

    def released(self, number: int, run: tuple[str, ...]) -> None:
        """It has closed what it had open, with a command to run or none; events behind ``number``
        were not for it."""
        self.dialogue.released(number, self.loop.time(), run)
        self.settle()

    def ask(self, number: int, argv: tuple[str, ...]) -> None:
        """What is open asks the server."""
        self.dialogue.questions.ask(argv, partial(self.asker.answered, number))
        self.settle()

    def look(self, message: Looks) -> None:
        """What is open looks at all there is, or has shown it."""
        self.dialogue.peeking.tell(message)
        self.settle()
