"""What feeding a ghostty terminal causes beside its screen: replies and events.

The engine calls back while it parses. Nothing here calls the engine but to read a string, nothing
raises, and everything is bounded: a program decides how often these run.
"""

from collections.abc import Callable
from typing import Any

from termlab.model.screen import Bell, DirectoryChanged, EngineEvent, TitleChanged
from termlab.terminal.emulator import MAX_REPLY_BYTES, MAX_TITLE_CHARS
from termlab.terminal.ghostty_lib import Library
from termlab.terminal.reported import MAX_PATH_BYTES, clean_title, local_path

# Where pixels are unknown the engine would say 0x0, which programs divide by: say nothing.
NO_PIXELS = frozenset([b"\x1b[4;0;0t", b"\x1b[6;0;0t"])


class Effects:
    """Collects what one terminal answers and tells. ``sizes`` fills in a size report."""

    def __init__(
        self,
        library: Library,
        terminal: Any,
        identity: bytes,
        host: str,
        sizes: Callable[[Any], None],
    ) -> None:
        self._library = library
        self._terminal = terminal
        self._host = host
        self._sizes = sizes
        self.dropped = 0
        self._replies: list[bytes] = []
        self._reply_bytes = 0
        self._happened: dict[str, None] = {}  # in order; a second one moves to the end
        ffi = library.ffi
        self._identity = ffi.new("char[]", identity)
        self._version = ffi.new("GhosttyString *", (self._identity, len(identity)))
        self._string = ffi.new("GhosttyString *")
        self._callbacks = self._connect()  # the engine borrows them: they must outlive it

    def take_replies(self) -> bytes:
        """What was answered since the last call, at most `MAX_REPLY_BYTES`."""
        if not self._replies:
            return b""
        replies = b"".join(self._replies)
        self._replies.clear()
        self._reply_bytes = 0
        return replies

    def take_events(self) -> list[EngineEvent]:
        """What happened since the last call; titles and directories are read only now."""
        if not self._happened:
            return []
        makers: dict[str, Callable[[], EngineEvent | None]] = {
            "bell": Bell,
            "title": self._title,
            "directory": self._directory,
        }
        events = [makers[kind]() for kind in self._happened]
        self._happened.clear()
        return [event for event in events if event is not None]

    def _connect(self) -> list[Any]:
        lib, ffi = self._library.lib, self._library.ffi
        table = [
            ("WRITE_PTY", "GhosttyTerminalWritePtyFn", self._on_reply),
            ("BELL", "GhosttyTerminalBellFn", lambda *_: self._note("bell")),
            ("TITLE_CHANGED", "GhosttyTerminalTitleChangedFn", lambda *_: self._note("title")),
            ("PWD_CHANGED", "GhosttyTerminalPwdChangedFn", lambda *_: self._note("directory")),
            ("SIZE", "GhosttyTerminalSizeFn", self._on_size),
            ("XTVERSION", "GhosttyTerminalXtversionFn", lambda *_: self._version[0]),
        ]
        callbacks = []
        for option, ctype, function in table:
            callback = ffi.callback(ctype, function)
            callbacks.append(callback)
            lib.ghostty_terminal_set(
                self._terminal, getattr(lib, f"GHOSTTY_TERMINAL_OPT_{option}"), callback
            )
        return callbacks

    def _on_reply(self, _terminal: Any, _user: Any, data: Any, length: int) -> None:
        if self._reply_bytes + length > MAX_REPLY_BYTES:
            self.dropped += 1
            return
        reply = self._library.ffi.buffer(data, length)[:]
        if reply not in NO_PIXELS:
            self._replies.append(reply)
            self._reply_bytes += length

    def _on_size(self, _terminal: Any, _user: Any, out: Any) -> bool:
        self._sizes(out)
        return True

    def _note(self, kind: str) -> None:
        self._happened.pop(kind, None)
        self._happened[kind] = None

    def _title(self) -> EngineEvent:
        raw = self._read(self._library.lib.GHOSTTY_TERMINAL_DATA_TITLE, 4 * MAX_TITLE_CHARS)
        return TitleChanged(clean_title(raw.decode("utf-8", "replace")))

    def _directory(self) -> EngineEvent | None:
        raw = self._read(self._library.lib.GHOSTTY_TERMINAL_DATA_PWD, MAX_PATH_BYTES)
        path = local_path(raw, self._host)
        return None if path is None else DirectoryChanged(path)

    def _read(self, key: int, limit: int) -> bytes:
        self._library.lib.ghostty_terminal_get(self._terminal, key, self._string)
        length = min(self._string.len, limit)
        text: bytes = self._library.ffi.buffer(self._string.ptr, length)[:] if length else b""
        return text
