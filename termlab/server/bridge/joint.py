"""A bridge at work: a child's terminal joined to standard input and output, until the child ends.

Nothing here polls: with nothing to do the process sleeps in the kernel, no timer armed. Input and
output go their own ways (`flows`): a reader that stalls holds the child's output, never its keys.
Ways out, and what the process ends with:

- the child ended and its last output was written: its exit code, 128+N for signal N;
- nobody reads standard output any more: 141 (128+SIGPIPE), the child hung up;
- a signal N, or the terminal on standard input went: 128+N (129 for SIGHUP), the child hung up.

A child that is hung up has `TERM_AFTER_S` to end until it is asked again, and `KILL_AFTER_S` until
it is made to.
"""

import os
import signal
import sys
from collections.abc import Callable
from contextlib import suppress
from typing import Final

from termlab.backends.pty import Pty
from termlab.model.geometry import Size
from termlab.server.bridge.end_key import mode_of
from termlab.server.bridge.flows import Input, Output, Sink, Source
from termlab.server.bridge.interrupts import STOPS, Interrupts
from termlab.server.bridge.outer_modes import OuterModes
from termlab.server.loop import Loop, Timer
from termlab.server.poller import READ, WRITE
from termlab.terminal.flushing import DEFAULT_THRESHOLDS, Thresholds

if sys.platform != "win32":
    import select

    # Errors and hang-ups are always told; something must be asked for, to be told at all.
    _UNTIL_GONE: Final = select.POLLERR | select.POLLHUP
else:
    _UNTIL_GONE: Final = READ

SIGKILL: Final = 9  # Windows has no names for these
SIGPIPE: Final = 13
SIGHUP: Final = 1
TERM_AFTER_S: Final = 1.0
KILL_AFTER_S: Final = 2.0
GIVE_UP_AFTER_S: Final = 3.0
# Behind a child's end, others may hold its terminal open: so long after the last output all that
# was the child's has come, and the kernel never had more of it than that.
LINGER_S: Final = 0.1
MAX_LINGERS: Final = 10
MAX_LAST_BYTES: Final = 256 * 1024
# After the end of input, and anew after output, its key is pressed again after these pauses: for
# whoever reads next, and for one that made another mode of its terminal before it read.
AGAIN_S: Final = (0.02, 0.1, 0.5, 2.0)


class Joint:
    """See the module. It owns none of what it is given."""

    def __init__(
        self,
        loop: Loop,
        pty: Pty,
        source: Source,
        sink: Sink,
        interrupts: Interrupts,
        modes: OuterModes,
        thresholds: Thresholds = DEFAULT_THRESHOLDS,
    ) -> None:
        self._loop = loop
        self._pty = pty
        self._fd = pty.fileno()
        self._source = source
        self._interrupts = interrupts
        self._modes = modes
        self._sink_fd = sink.fileno()
        self._in = Input(pty, source)
        self._out = Output(pty, sink, thresholds)
        self._status: int | None = None  # the child's
        self._last_bytes = 0  # read after its end
        self._output_at = loop.now
        self._code: int | None = None  # decided before the child's end
        self._lingers = 0
        self._flush: Timer | None = None
        self._linger: Timer | None = None
        self._again: Timer | None = None
        self._presses = 0  # of it since the last output, but for the first
        self._pressed_at = 0.0
        self._told_end = False
        loop.watch(self._fd, self._pty_ready)
        loop.watch(source.fileno(), self._source_ready)
        loop.watch(self._sink_fd, self._sink_ready, _UNTIL_GONE)
        loop.watch(interrupts.fileno(), self._signalled)
        self._check_exit()  # it may have ended before its end was listened for

    @property
    def code(self) -> int:
        """What the process is to end with, once the loop has stopped."""
        if self._code is not None or self._status is None:
            return self._code if self._code is not None else 1
        return self._status if self._status >= 0 else 128 - self._status

    @property
    def whole(self) -> bool:
        """Whether all output was handed on."""
        return self._code is None

    def resize(self, size: Size) -> None:
        """As another process asks. Raises ``PtyError``."""
        self._pty.resize(size)

    def end(self, code: int) -> None:
        """Hang the child up, as soon as it has ended stop, and have the process end with that."""
        if self._code is None:
            self._hang_up(code)

    def close(self) -> None:
        """Once the loop has stopped."""
        self._in.close()
        self._out.close()

    # What is ready

    def _pty_ready(self, events: int) -> None:
        if events & WRITE:
            self._in.deliver()
            self._tell_end()
        elif not events & READ:
            self._in.drop()  # a hang-up, while it was not read: nobody takes input any more
        if events & READ:
            self._take_output()
        self._settle()

    def _take_output(self) -> None:
        count = self._out.take(self._loop.now)
        if self._status is not None:
            self._last_bytes += count
            self._out.ended |= self._last_bytes > MAX_LAST_BYTES
        if count:
            self._output_at = self._loop.now
            if self._told_end:
                self._presses = 0  # it may be that somebody else reads next
                self._press_later()

    def _source_ready(self, events: int) -> None:
        self._out.typed(self._in.take(), self._loop.now)
        if self._in.ended:
            self._loop.unwatch(self._source.fileno())
            if self._source.is_terminal:
                self._hang_up(128 + SIGHUP)
                return
            self._tell_end()
        self._settle()

    def _tell_end(self) -> None:
        """All input was delivered, and there is no more of it."""
        if self._in.ended and not self._in.waiting and not self._told_end:
            self._told_end = True
            self._press_end()

    def _press_end(self) -> None:
        if not self._out.ended:
            self._in.end(mode_of(self._fd))
            self._pressed_at = self._loop.now
            self._press_later()

    def _press_later(self) -> None:
        """Unless that was often enough since the last output."""
        if self._again is None and self._presses < len(AGAIN_S):
            when = max(self._pressed_at, self._output_at) + AGAIN_S[self._presses]
            self._again = self._loop.call_at(when, self._press_again)

    def _press_again(self) -> None:
        self._again = None
        if self._output_at > self._pressed_at and self._loop.now < self._output_at + AGAIN_S[0]:
            self._press_later()  # it is still at work
        else:
            self._presses += 1
            self._press_end()
            self._settle()

    def _sink_ready(self, events: int) -> None:
        if events == WRITE:
            self._out.write()
        else:
            self._out.gone = True
        self._settle()

    def _settle(self) -> None:
        """After anything happened: write what is due, and wait for what can come next."""
        if self._code is not None:
            return
        out, into = self._out, self._in
        due = out.advance(self._loop.now)
        if out.gone:
            self._hang_up(128 + SIGPIPE)
            return
        if due is not None and self._flush is None:
            self._flush = self._loop.call_at(due, self._flush_due)
        if out.ended:
            into.drop()
            self._loop.unwatch(self._fd)
            self._finish()
        else:
            wanted = (READ if out.room else 0) | (WRITE if into.waiting else 0)
            self._loop.want(self._fd, wanted)
            self._await_last()
        self._loop.want(self._source.fileno(), READ if into.room else 0)
        self._loop.want(self._sink_fd, _UNTIL_GONE | (WRITE if out.blocked else 0))

    def _flush_due(self) -> None:
        self._flush = None
        self._settle()

    # The end

    def _check_exit(self) -> None:
        """Has the child ended? Then its last output is all that is waited for."""
        if self._status is None:
            self._status = self._pty.exit_status()
        if self._status is None:
            return
        if self._code is not None:
            self._loop.stop()
        else:
            self._output_at = self._loop.now
            self._settle()

    def _await_last(self) -> None:
        """Its end was told, and that of the output, which others may keep open, was not: look in
        a moment, unless it is the sink that is waited for."""
        if self._status is not None and self._linger is None and self._out.room:
            self._linger = self._loop.call_at(self._output_at + LINGER_S, self._lingered)

    def _lingered(self) -> None:
        self._linger = None
        if self._out.room:
            self._lingers += 1
            quiet = self._loop.now >= self._output_at + LINGER_S
            self._out.ended = quiet or self._lingers >= MAX_LINGERS
        self._settle()

    def _finish(self) -> None:
        """The output has ended: what of it was not written yet?"""
        if self._status is None:
            self._status = self._pty.exit_status()
        if self._status is not None and not self._out.waiting:
            self._loop.stop()

    def _signalled(self, events: int) -> None:
        numbers = self._interrupts.take()
        if sys.platform != "win32":
            if signal.SIGTSTP in numbers:
                self._suspend()
            elif signal.SIGCONT in numbers:
                self._modes.set()  # a shell may have had its own, meanwhile
        stops = [number for number in numbers if number in STOPS]
        if stops and self._code is not None:
            self._kill(SIGKILL)
        elif stops:
            self._hang_up(128 + stops[0])
        self._check_exit()

    def _suspend(self) -> None:
        """Stop, as somebody asked from outside, the terminal given back meanwhile."""
        if sys.platform != "win32":
            self._modes.restore()
            heard = signal.signal(signal.SIGTSTP, signal.SIG_DFL)
            os.kill(os.getpid(), signal.SIGTSTP)
            signal.signal(signal.SIGTSTP, heard)

    def _hang_up(self, code: int) -> None:
        """End the child. Closing its terminal is what hangs it up, and lets its last words fall."""
        self._code = code
        for timer in (self._flush, self._linger, self._again):
            if timer is not None:
                timer.cancel()
        for fd in (self._fd, self._source.fileno(), self._sink_fd):
            self._loop.unwatch(fd)
        self._pty.close()
        # On Windows that has ended it already, and no signal would tell.
        if self._pty.exit_status() is not None or sys.platform == "win32":
            self._loop.stop()
            return
        now = self._loop.clock()
        asked: tuple[tuple[float, Callable[[], None]], ...] = (
            (TERM_AFTER_S, lambda: self._kill(signal.SIGTERM)),
            (KILL_AFTER_S, lambda: self._kill(SIGKILL)),
            (GIVE_UP_AFTER_S, self._loop.stop),
        )
        for after_s, action in asked:
            self._loop.call_at(now + after_s, action)

    def _kill(self, number: int) -> None:
        """The child's whole group, as long as its number is the child's."""
        if sys.platform != "win32" and self._pty.exit_status() is None:
            with suppress(OSError):
                os.killpg(self._pty.pid, number)
