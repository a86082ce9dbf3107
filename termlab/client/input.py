"""The input parser: what the outer terminal sends, as bytes cut anywhere, becomes input events.

Sans IO: bytes and the time go in, events come out, and `deadline` says when to call `expire`. It
finds where each thing begins and ends; `sequences` and `reports` say what it means.

1. Text is never held back: only an incomplete character or sequence at the end of a read waits.
2. Where the bytes are cut changes nothing, unless a deadline passed in between. A read that comes
   late does not count as a passed deadline: only `expire` decides, which a loop calls when poll
   found nothing. So a stalled loop does not take a sequence apart.
3. ESC before another key is Alt. ESC alone, and Alt with a key that begins sequences ([ O ] P _),
   are told from sequences by `ESCAPE_S`; behind an answer of the terminal by `ANSWERING_S`, since
   more of them may come over a slow link.
4. An unknown sequence is swallowed. So are one too long to be known and one that never ends; a
   control byte inside a sequence ends it and counts for itself.
5. Bytes that are no UTF-8, and C1 controls, are skipped: a U+FFFD would be typed into files.
6. At most `STRING_LIMIT` bytes are kept between two reads.
"""

from typing import Final

from termlab.client.reports import decode_dcs, decode_osc, decode_x10_mouse, find_sgr_mouse
from termlab.client.sequences import CONSOLE, decode_csi, decode_ss3
from termlab.model.keys import ALT, CTRL, Focus, InputEvent, Key, Paste, TerminalReply

# Terminals write a sequence at once, and links keep it in one packet: what follows ESC is there
# within a millisecond or two. Nobody types two keys within 25 ms, and nobody feels them.
ESCAPE_S: Final = 0.025
# Answers come many at once: a link may cut them anywhere, and its next packet take so long.
ANSWERING_S: Final = 0.25
# A sequence that has begun may be cut by a slow link, but one that never ends eats what is typed.
SEQUENCE_S: Final = 1.0
# Generous: the rest of a paste that is declared over too early arrives as typed lines.
PASTE_S: Final = 5.0
# The longest known CSI is a kitty key with text; the longest known string says how to set the
# colour of underlines.
CSI_LIMIT: Final = 128
SS3_LIMIT: Final = 8
STRING_LIMIT: Final = 256

PASTE_END: Final = b"\x1b[201~"

_ESC: Final = 0x1B
_BEL: Final = 0x07
_DEL: Final = 0x7F
_BACKSLASH: Final = 0x5C
_DOLLAR: Final = 0x24
_LESS: Final = 0x3C
_INTRODUCERS: Final = b"[O]P_"
_ANSWERS: Final = b"]P"
_MOUSE_BYTES: Final = 3

_GROUND: Final = 0
_PASTE: Final = 1
_SKIP_CSI: Final = 2
_SKIP_STRING: Final = 3

_ESCAPE_KEY: Final = Key("Escape")
_NAMED_CONTROLS: Final = {0x09: "Tab", 0x0D: "Enter", _ESC: "Escape", _DEL: "Backspace"}

_CHARS: Final = [Key(chr(byte), 0, chr(byte)) for byte in range(0x20, _DEL)]
_PLAIN: Final = {bytes([byte]): key for byte, key in enumerate(_CHARS, 0x20)}
# Reads that are remembered with what they mean: whoever holds an arrow sends the same bytes again.
# So long and so many; a hand has fewer keys.
_REMEMBERED_BYTES: Final = 16
_REMEMBERED: Final = 256


class InputParser:
    """Parses one terminal's input. ``escape_s`` is how long an Escape may wait; ``erase`` is the
    tty's VERASE: C-h if that is not Backspace."""

    def __init__(self, escape_s: float = ESCAPE_S, erase: int = _DEL) -> None:
        self.escape_s = escape_s
        self._erase = erase
        self._state = _GROUND
        self._held = b""
        self._due: float | None = None
        self._in_sequence = False  # ``_due`` is that of a sequence under way
        self._first = True  # the next Paste is the first of its paste
        self._known: dict[bytes, list[InputEvent]] = {}

    def feed(self, data: bytes, now: float) -> list[InputEvent]:
        """The events that ``data`` completes, in order."""
        fresh = not self._held and self._state == _GROUND
        if fresh:
            if key := _PLAIN.get(data):
                return [key]  # what nearly every read of a person's typing is
            if known := self._known.get(data):
                return known.copy()
        if not data:
            return []
        events: list[InputEvent] = []
        whole = fresh
        buffer, at = self._held + data, 0
        while at < len(buffer):
            state, start = self._state, at
            if state == _GROUND:
                fresh = fresh or at > 0
                if 0x20 <= buffer[at] < _DEL:
                    events.append(_CHARS[buffer[at] - 0x20])
                    at += 1
                    continue
            at = self._step(buffer, at, events)
            if at == start and self._state == state:
                break
        self._held = buffer[at:]
        self._arm(now, fresh, bool(events) and isinstance(events[-1], TerminalReply))
        if whole and len(data) <= _REMEMBERED_BYTES:
            self._remember(data, events)
        return events

    def _remember(self, data: bytes, events: list[InputEvent]) -> None:
        """What ``data`` alone means where nothing stood before it, and nothing waits behind it."""
        if self._held or self._state != _GROUND or len(self._known) >= _REMEMBERED:
            return
        if len(events) == 1 and type(events[0]) in (Key, Focus):
            self._known[data] = events.copy()

    def deadline(self) -> float | None:
        """When to call `expire` if nothing more was read; None if nothing waits."""
        return self._due

    def expire(self, now: float) -> list[InputEvent]:
        """Decide what waited until its deadline."""
        if self._due is None or now < self._due:
            return []
        held, state = self._held, self._state
        self._held, self._state, self._due, self._in_sequence = b"", _GROUND, None, False
        if state == _PASTE:
            return [Paste(held, self._first, True)]
        if state == _GROUND and _could_be_keys(held):
            return _as_keys(held)
        return []

    def _arm(self, now: float, fresh: bool, answering: bool) -> None:
        """Set the deadline; ``fresh`` if what waits now began in this read, ``answering`` if it did
        behind an answer."""
        was_in_sequence, self._in_sequence = self._in_sequence and not fresh, False
        if self._state == _PASTE:
            self._due = now + PASTE_S
        elif self._state == _GROUND and self._held[:1] != b"\x1b":
            self._due = None
        elif self._state == _GROUND and _could_be_keys(self._held):
            self._due = now + (max(ANSWERING_S, self.escape_s) if answering else self.escape_s)
        else:
            self._in_sequence = True
            if not was_in_sequence:
                self._due = now + SEQUENCE_S

    # Each step below takes ``buffer`` from ``at``, appends events, and returns where to go on:
    # ``at`` itself, in the same state, says that more bytes are needed.

    def _step(self, buffer: bytes, at: int, events: list[InputEvent]) -> int:
        if self._state == _GROUND:
            if buffer[at] == _ESC:
                return self._escape(buffer, at, events)
            return self._key(buffer, at, 0, events)
        if self._state == _PASTE:
            return self._paste(buffer, at, events)
        return self._skip(buffer, at)

    def _key(self, buffer: bytes, at: int, mods: int, events: list[InputEvent]) -> int:
        """A character or a control byte; with Alt in ``mods``, ESC stood before it."""
        byte = buffer[at]
        if byte < 0x20 or byte == _DEL:
            events.append(self._control(byte, mods))
            return at + 1
        char, used = (chr(byte), 1) if byte < 0x80 else _decode(buffer, at)
        if char:
            events.append(Key(char, mods, "" if mods else char))
        elif used and mods:
            events.append(_ESCAPE_KEY)
        return at + used

    def _control(self, byte: int, mods: int) -> Key:
        if byte == self._erase:
            return Key("Backspace", mods)
        name = _NAMED_CONTROLS.get(byte)
        if name:
            return Key(name, mods)
        if byte == 0:
            return Key(" ", CTRL | mods)
        return Key(chr(byte + 0x60 if byte < _ESC else byte + 0x40), CTRL | mods)

    def _escape(self, buffer: bytes, at: int, events: list[InputEvent]) -> int:
        if at + 1 == len(buffer):
            return at
        second = buffer[at + 1]
        if second == _ESC:
            return self._double_escape(buffer, at, events)
        if second in _INTRODUCERS:
            return self._sequence(buffer, at, events)
        end = self._key(buffer, at + 1, ALT, events)
        return end if end > at + 1 else at

    def _double_escape(self, buffer: bytes, at: int, events: list[InputEvent]) -> int:
        """rxvt puts ESC before a key's sequence for Alt; else the first ESC is a key of its own."""
        if at + 2 == len(buffer):
            return at
        if buffer[at + 2] not in b"[O":
            events.append(_ESCAPE_KEY)
            return at + 1
        inner: list[InputEvent] = []
        end = self._sequence(buffer, at + 1, inner)
        if end == at + 1:
            return at
        key = inner[0] if len(inner) == 1 else None
        if isinstance(key, Key) and end > at + 3:
            events.append(Key(key.name, key.mods | ALT, "", key.action, key.base))
        else:
            events += [_ESCAPE_KEY, *inner]
        return end

    def _sequence(self, buffer: bytes, at: int, events: list[InputEvent]) -> int:
        if at + 2 == len(buffer):
            return at
        if buffer[at + 1] == 0x5B:
            return self._csi(buffer, at, events)
        if buffer[at + 1] == 0x4F:
            return self._ss3(buffer, at, events)
        return self._string(buffer, at, events)

    def _csi(self, buffer: bytes, at: int, events: list[InputEvent]) -> int:
        start = at + 2
        if buffer[start] in b"[M":
            return self._odd_csi(buffer, at, events)
        if buffer[start] == _LESS and (after := find_sgr_mouse(buffer, start, events)):
            return after
        end = _csi_end(buffer, start)
        if end - start >= CSI_LIMIT:
            self._state = _SKIP_CSI
            return end
        if end == len(buffer):
            return at
        if not (0x40 <= buffer[end] < _DEL or buffer[end] == _DOLLAR):
            if end == start:
                events.append(Key("[", ALT))
            return end
        body = buffer[start : end + 1].decode("ascii")
        if body == "200~":
            self._state, self._first = _PASTE, True
        else:
            events += decode_csi(body)
        return end + 1

    def _odd_csi(self, buffer: bytes, at: int, events: list[InputEvent]) -> int:
        """The two that go on behind their final byte: the Linux console's F1, X10's mouse."""
        start = at + 3
        console = buffer[at + 2] == 0x5B
        tail = buffer[start : start + (1 if console else _MOUSE_BYTES)]
        for index, byte in enumerate(tail):
            if byte < 0x20:
                return start + index
        if console and tail:
            name = CONSOLE.get(chr(tail[0]))
            events += [Key(name)] if name else []
            return start + 1
        if len(tail) == _MOUSE_BYTES:
            events.append(decode_x10_mouse(*tail))
            return start + _MOUSE_BYTES
        return at

    def _ss3(self, buffer: bytes, at: int, events: list[InputEvent]) -> int:
        start = end = at + 2
        while end < len(buffer) and end - start < SS3_LIMIT and buffer[end] in b"0123456789;":
            end += 1
        if end == len(buffer):
            return at
        params = buffer[start:end].decode("ascii")
        key = decode_ss3(params, chr(buffer[end]))
        if key is None and end == start:
            events.append(Key("O", ALT))
            return end
        events += [key] if key else []
        return end + 1 if 0x20 <= buffer[end] < _DEL else end

    def _string(self, buffer: bytes, at: int, events: list[InputEvent]) -> int:
        """OSC, DCS or APC up to ST or BEL. APC has no answers that we know."""
        start = at + 2
        end = _string_end(buffer, start, start + STRING_LIMIT)
        if end - start >= STRING_LIMIT:
            self._state = _SKIP_STRING
            return end
        if end == len(buffer):
            return at
        after = _after_string(buffer, end)
        if after is None:
            return at
        if after == end and end == start:
            events.append(Key(chr(buffer[at + 1]), ALT))
        elif after > end and buffer[at + 1] in _ANSWERS:
            decode = decode_osc if buffer[at + 1] == 0x5D else decode_dcs
            events += decode(buffer[start:end].decode("ascii", "replace"))
        return after

    def _skip(self, buffer: bytes, at: int) -> int:
        """Drop the rest of a sequence that was too long to be known."""
        if self._state == _SKIP_CSI:
            while at < len(buffer) and 0x20 <= buffer[at] < 0x40:
                at += 1
            if at == len(buffer):
                return at
            self._state = _GROUND
            return at + 1 if 0x40 <= buffer[at] < _DEL else at
        at = _string_end(buffer, at, len(buffer))
        after = _after_string(buffer, at) if at < len(buffer) else None
        if after is None:
            return at
        self._state = _GROUND
        return after

    def _paste(self, buffer: bytes, at: int, events: list[InputEvent]) -> int:
        end = buffer.find(PASTE_END, at)
        last = end >= 0
        if not last:
            end = len(buffer) - _begun_marker(buffer)
        if last or end > at:
            events.append(Paste(buffer[at:end], self._first, last))
            self._first = False
        if not last:
            return end
        self._state = _GROUND
        return end + len(PASTE_END)


def _could_be_keys(held: bytes) -> bool:
    """Whether a person may have typed this: Escape, Alt with a key that begins sequences, both."""
    rest = held.lstrip(b"\x1b")
    escapes = len(held) - len(rest)
    return 1 <= escapes <= 2 and rest in (b"", b"[", b"O", b"]", b"P", b"_")


def _as_keys(held: bytes) -> list[InputEvent]:
    if held == b"\x1b":
        return [_ESCAPE_KEY]
    if held == b"\x1b\x1b":
        return [Key("Escape", ALT)]
    alone: list[InputEvent] = [_ESCAPE_KEY] if len(held) > 2 else []
    return [*alone, Key(chr(held[-1]), ALT)]


def _decode(buffer: bytes, at: int) -> tuple[str, int]:
    """The character at ``at`` ("" to skip) and its bytes; 0 if they are not all there."""
    lead = buffer[at]
    size = 2 if lead < 0xE0 else 3 if lead < 0xF0 else 4
    try:
        char = buffer[at : at + size].decode()
    except UnicodeDecodeError as error:
        # An error at the end of the bytes there are: more may complete the character.
        incomplete = error.reason == "unexpected end of data"
        return "", 0 if incomplete else error.end - error.start
    return (char if char >= "\xa0" else ""), size


def _csi_end(buffer: bytes, start: int) -> int:
    """Where the parameters end: at a final byte, a byte that aborts, the limit or the buffer's."""
    stop = min(len(buffer), start + CSI_LIMIT)
    for index in range(start, stop):
        byte = buffer[index]
        if not 0x20 <= byte < 0x40:
            return index
        # rxvt ends Shift with a navigation key in "$", which elsewhere comes before a final byte.
        if byte == _DOLLAR and buffer[start:index].isdigit():
            return index
    return stop


def _string_end(buffer: bytes, start: int, limit: int) -> int:
    """The first control byte, the limit, or the buffer's end."""
    stop = min(len(buffer), limit)
    for index in range(start, stop):
        if buffer[index] < 0x20:
            return index
    return stop


def _after_string(buffer: bytes, end: int) -> int | None:
    """Behind BEL or ST at ``end``; ``end`` if the string is cut off there; None if unsure."""
    if buffer[end] == _BEL:
        return end + 1
    if buffer[end] != _ESC:
        return end
    if end + 1 == len(buffer):
        return None
    return end + 2 if buffer[end + 1] == _BACKSLASH else end


def _begun_marker(buffer: bytes) -> int:
    """How many bytes at the end of ``buffer`` may be the beginning of the paste's end marker."""
    for size in range(len(PASTE_END) - 1, 0, -1):
        if buffer.endswith(PASTE_END[:size]):
            return size
    return 0
