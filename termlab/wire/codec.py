"""Messages to bytes and back: a 4-byte length, then msgpack. Knows no socket.

The length is checked before anything is allocated for it; a stream that breaks that rule raises
``WireError`` and must be closed, for its place in the stream is lost.

A `Decoder` keeps the buffer its bytes are read into and decodes out of it without a copy. It grows
for a message that is larger, keeps that room up to `KEPT_BYTES`, and goes back after a while of
smaller ones. Fields of the type ``memoryview`` are views of that buffer: as long as somebody holds
one, nothing is read over it, and the decoder takes another buffer.
"""

import struct
from collections.abc import Callable, Sequence
from typing import Final, Generic, NamedTuple, TypeVar

from termlab.errors import WireError
from termlab.model.buffer_sizes import DEFAULT
from termlab.model.records import msgspec
from termlab.wire.messages import FromClient, FromServer, Message, Published

# A client sends keys, paste parts of 32 KiB and command lines with an environment.
MAX_FROM_CLIENT: Final = 1 << 20
# A full frame of the largest usual screen (500x200, each cell in its own true colour) is 5 MB.
MAX_FROM_SERVER: Final = 32 << 20
# What a buffer grows to on the word of a length alone; beyond it, as bytes come, by doubling.
TRUSTED_BYTES: Final = 256 * 1024
# The most that is kept for the next large message.
KEPT_BYTES: Final = 256 * 1024
# So many reads in a row that the preset's size would have held: the room for more goes.
QUIET_READS: Final = 64
# Whose fields are views of the buffer.
VIEWING: Final = frozenset({Published})

_LENGTH: Final = struct.Struct(">I")
_HEAD: Final = _LENGTH.size
_pack = _LENGTH.pack
_length_at = _LENGTH.unpack_from
_encode = msgspec.msgpack.Encoder().encode
# Most messages are a key or an answer: their lengths are made once.
_LENGTHS: Final = tuple(_pack(length) for length in range(256))

M = TypeVar("M")
R = TypeVar("R")


def encode(message: Message) -> bytes:
    """The bytes of one message, length included."""
    body = _encode(message)
    length = len(body)
    return (_LENGTHS[length] if length < 256 else _pack(length)) + body


def encode_parts(message: Message) -> tuple[bytes, bytes]:
    """As `encode`, in two parts to be written behind each other."""
    body = _encode(message)
    length = len(body)
    return (_LENGTHS[length] if length < 256 else _pack(length)), body


def encode_record(record: object) -> bytes:
    """A record as what `Published` carries."""
    return _encode(record)


def record_decoder(kind: type[R]) -> Callable[[memoryview], R]:
    """What reads a body that `encode_record` made. It raises ``WireError``."""
    decode = msgspec.msgpack.Decoder(kind).decode

    def read(body: memoryview) -> R:
        try:
            return decode(body)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
            raise WireError(f"what was published can't be read: {error}") from error

    return read


class Unreadable(NamedTuple):
    """A whole message that this version can't read: the stream goes on, the peer is told."""

    why: str


class Decoder(Generic[M]):
    """Cuts a stream into messages of one direction: bytes are read into `room`, `took` says how
    many. Holds at most one unfinished message."""

    __slots__ = (
        "_buffer",
        "_decode",
        "_end",
        "_least",
        "_lent",
        "_limit",
        "_need",
        "_quiet",
        "_start",
        "_view",
        "growths",
        "lent",
        "shrinks",
    )

    def __init__(self, decoder: msgspec.msgpack.Decoder[M], limit: int) -> None:
        self._decode = decoder.decode
        self._limit = limit
        self._least = DEFAULT.read_bytes
        self._buffer = bytearray()  # none before the first byte: a connection may stay silent
        self._view = memoryview(self._buffer)
        self._start = self._end = 0  # what of it is not decoded yet
        self._need = 0  # of the unfinished message, its length included; 0: not known yet
        self._quiet = 0
        self._lent = False  # somebody may hold views of it
        self.growths = self.shrinks = 0
        self.lent = 0  # buffers that were left to those who hold views

    @property
    def capacity(self) -> int:
        """Bytes of the buffer as it is now."""
        return len(self._buffer)

    def resize(self, least: int) -> None:
        """The size of the buffer while no message needs more."""
        self._least = least
        self._quiet = QUIET_READS

    def expect(self, size: int) -> None:
        """The next message will have about so many bytes: make room now, not in mid-message."""
        need = _HEAD + min(size, self._limit, KEPT_BYTES - _HEAD)
        if need - (self._end - self._start) > len(self._buffer) - self._end:
            self._replace(max(need, self._least))

    def room(self) -> bytearray | memoryview:
        """Where the next bytes of the stream go; never empty. Ends what was given before."""
        if self._lent:
            self._reclaim()
        unread = self._end - self._start
        if not unread:
            self._start = self._end = 0
            size = len(self._buffer)
            if size < self._least or self._too_large(size):
                self._replace(self._least)
            return self._buffer
        need = self._need or _HEAD
        size = len(self._buffer)
        if need > size and (size < TRUSTED_BYTES or self._end == size):
            # A length is only a promise: a large one gets its room as its bytes come.
            self._replace(min(need, max(TRUSTED_BYTES, 2 * size)))
        elif self._start and size >= need > size - self._start:
            self._view[:unread] = self._view[self._start : self._end]
            self._start, self._end = 0, unread
        return self._view[self._end :]

    def took(self, count: int) -> Sequence[M | Unreadable]:
        """The messages that ``count`` more bytes complete. Raises ``WireError`` on a length over
        the limit."""
        start, end = self._start, self._end + count
        self._end = end
        if end > self._least:
            self._quiet = 0
        unread = end - start
        if unread < _HEAD:
            return ()
        need = _HEAD + _length_at(self._buffer, start)[0]
        if need == unread <= self._limit:  # one whole message, as most reads bring
            self._start = end
            self._need = 0
            return (self._message(self._view[start + _HEAD : end]),)
        return self._cut()

    def feed(self, data: bytes) -> list[M | Unreadable]:
        """As `room` and `took`, for bytes that are somewhere else."""
        messages: list[M | Unreadable] = []
        at = 0
        while at < len(data):
            room = self.room()
            count = min(len(room), len(data) - at)
            room[:count] = data[at : at + count]
            at += count
            messages += self.took(count)
        return messages

    def _cut(self) -> Sequence[M | Unreadable]:
        messages: list[M | Unreadable] = []
        buffer, end = self._buffer, self._end
        while end - self._start >= _HEAD:
            start = self._start
            (length,) = _length_at(buffer, start)
            if length > self._limit:
                raise WireError(
                    f"a message of {length} bytes is over the limit of {self._limit}: "
                    "the peer does not speak termlab's protocol"
                )
            behind = start + _HEAD + length
            if behind > end:
                self._need = _HEAD + length
                return messages
            self._start = behind
            messages.append(self._message(self._view[start + _HEAD : behind]))
        self._need = 0
        return messages

    def _message(self, body: memoryview) -> M | Unreadable:
        try:
            message = self._decode(body)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
            return Unreadable(str(error))
        if type(message) in VIEWING:
            self._lent = True
        return message

    def _too_large(self, size: int) -> bool:
        """Whether a buffer that has grown is more than what comes needs by now."""
        if size <= self._least:
            return False
        self._quiet += 1
        return size > KEPT_BYTES or self._quiet > QUIET_READS

    def _reclaim(self) -> None:
        """Read into the buffer again, unless somebody still looks at it: then it is theirs."""
        self._lent = False
        self._view.release()
        try:
            # Python refuses to resize what is looked at. That is asked, and nothing changed.
            self._buffer.append(0)
            self._buffer.pop()
        except BufferError:
            self.lent += 1
            self._move(len(self._buffer))
        else:
            self._view = memoryview(self._buffer)

    def _replace(self, size: int) -> None:
        """Another buffer, of ``size``, with what is not decoded yet."""
        old = len(self._buffer)
        self.growths += old != 0 and size > old
        self.shrinks += size < old
        self._view.release()
        self._move(size)

    def _move(self, size: int) -> None:
        old, unread = self._buffer, self._end - self._start
        self._buffer = bytearray(max(size, unread))
        self._buffer[:unread] = old[self._start : self._end]
        self._view = memoryview(self._buffer)
        self._start, self._end = 0, unread
        self._quiet = 0


def from_client() -> Decoder[FromClient]:
    """A decoder for what the server receives."""
    return Decoder(msgspec.msgpack.Decoder(FromClient), MAX_FROM_CLIENT)


def from_server() -> Decoder[FromServer]:
    """A decoder for what a client receives."""
    return Decoder(msgspec.msgpack.Decoder(FromServer), MAX_FROM_SERVER)
