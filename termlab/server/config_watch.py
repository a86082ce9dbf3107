"""Hearing that the configuration's file has changed, without ever looking while it has not.

The kernel tells of changes beside the file: on Linux by dnotify, a signal (SIGIO) that the server's
wake-up socket brings along; on macOS and the BSDs by a kqueue in the loop. Elsewhere, and on file
systems that tell nothing, there is `reload-config`. Editors write in many ways and steps: what
counts is whether the text is another one when it has been quiet for a moment.
"""

import contextlib
import os
import sys
from collections.abc import Callable
from typing import Final, NamedTuple

from termlab.errors import UsageError
from termlab.server.config_file import read_config
from termlab.server.loop import Loop, Timer

# Nothing more for so long, and an editor is done; one that never is, is not waited for.
QUIET_S: Final = 0.1
LONGEST_S: Final = 1.0


class Spot(NamedTuple):
    """What to watch: a directory in which names come and go, and, if ``whole``, files are written
    and go; or a file."""

    path: str
    whole: bool


class ConfigWatch:
    """Calls ``changed`` when the text at ``path`` is another one."""

    def __init__(self, path: str, loop: Loop, changed: Callable[[], None]) -> None:
        self._path = path
        self._loop = loop
        self._changed = changed
        self._marks: list[Callable[[], None]] = []  # each ends what the kernel was asked for
        self._timer: Timer | None = None
        self._since = 0.0  # the first of what is not looked at yet
        self._arm()
        self._text = self._read()

    @property
    def armed(self) -> bool:
        """Whether the kernel will tell."""
        return bool(self._marks)

    def poked(self) -> None:
        """Something has changed beside the file, or it itself."""
        now = self._loop.now
        if self._timer is None:
            self._since = now
        else:
            self._timer.cancel()
        when = min(now + QUIET_S, self._since + LONGEST_S)
        self._timer = self._loop.call_at(when, self._look)

    def close(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        self._disarm()

    def _look(self) -> None:
        self._timer = None
        self._arm()  # first: what changes from here on is told; directories may have come
        text = self._read()
        if text != self._text:
            self._text = text
            self._changed()

    def _read(self) -> str | None:
        try:
            return read_config(self._path)
        except UsageError as error:
            return f"\0{error}"  # no text is that

    def _arm(self) -> None:
        self._disarm()
        for spot in spots(self._path):
            with contextlib.suppress(OSError):  # not to be read, or a kernel that can't tell
                self._marks.append(mark(spot, self._loop, self.poked))

    def _disarm(self) -> None:
        for end in self._marks:
            end()
        self._marks = []


def spots(path: str) -> list[Spot]:
    """What to watch for a file: its directory, and that of what a link to it means; while that is
    missing, the nearest above it where it could appear."""
    real = os.path.realpath(path)
    found: dict[str, bool] = {}
    for directory in (os.path.dirname(os.path.abspath(path)), os.path.dirname(real)):
        whole = True
        while not os.path.isdir(directory) and os.path.dirname(directory) != directory:
            directory, whole = os.path.dirname(directory), False
        found[directory] = found.get(directory, False) or whole
    if sys.platform != "linux" and os.path.isfile(real):
        found[real] = True  # elsewhere a directory tells of names alone
    return [Spot(path, whole) for path, whole in found.items()]


if sys.platform == "linux":
    import fcntl

    _APPEARS: Final = fcntl.DN_CREATE | fcntl.DN_RENAME | fcntl.DN_MULTISHOT
    _CHANGES: Final = fcntl.DN_MODIFY | fcntl.DN_DELETE | fcntl.DN_ATTRIB

    def mark(spot: Spot, loop: Loop, poked: Callable[[], None]) -> Callable[[], None]:
        """The process gets SIGIO, and whoever gets it calls ``poked``, until this is ended."""
        fd = os.open(spot.path, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        try:
            fcntl.fcntl(fd, fcntl.F_NOTIFY, _APPEARS | (_CHANGES if spot.whole else 0))
        except OSError:
            os.close(fd)
            raise
        return lambda: os.close(fd)

elif sys.platform != "win32":
    import select

    def mark(spot: Spot, loop: Loop, poked: Callable[[], None]) -> Callable[[], None]:
        """The loop calls ``poked``, until this is ended."""
        what = select.KQ_NOTE_WRITE | select.KQ_NOTE_RENAME | select.KQ_NOTE_DELETE
        what |= select.KQ_NOTE_EXTEND | select.KQ_NOTE_ATTRIB
        once = select.KQ_EV_ADD | select.KQ_EV_CLEAR
        with contextlib.ExitStack() as ours:
            fd = os.open(spot.path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
            ours.callback(os.close, fd)
            queue = select.kqueue()
            ours.callback(queue.close)
            queue.control([select.kevent(fd, select.KQ_FILTER_VNODE, once, what)], 0, 0)

            def told(events: int) -> None:
                queue.control(None, 16, 0)
                poked()

            loop.watch(queue.fileno(), told)
            ours.callback(loop.unwatch, queue.fileno())
            return ours.pop_all().close

else:

    def mark(spot: Spot, loop: Loop, poked: Callable[[], None]) -> Callable[[], None]:
        """Windows tells by a handle that this loop can't wait for."""
        raise OSError(f"{spot.path} can't be watched here")
