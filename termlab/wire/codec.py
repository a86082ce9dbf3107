"""Messages to bytes and back: a 4-byte length, then msgpack. Knows no socket.

The length is checked before anything is allocated for it; a stream that breaks that rule raises
``WireError`` and must be closed, for its place in the stream is lost.
"""

import struct
from collections.abc import Iterator
from typing import Final, Generic, NamedTuple, TypeVar

from termlab.errors import WireError
from termlab.model.records import msgspec
from termlab.wire.messages import FromClient, FromServer, Message

# A client sends keys, paste parts of 32 KiB and command lines with an environment.
MAX_FROM_CLIENT: Final = 1 << 20
# A full frame of the largest usual screen (500x200, each cell in its own true colour) is 5 MB.
MAX_FROM_SERVER: Final = 32 << 20

_LENGTH = struct.Struct(">I")
_encoder = msgspec.msgpack.Encoder()

M = TypeVar("M")


def encode(message: Message) -> bytes:
    """The bytes of one message, length included."""
    body = _encoder.encode(message)
    return _LENGTH.pack(len(body)) + body


class Unreadable(NamedTuple):
    """A whole message that this version can't read: the stream goes on, the peer is told."""

    why: str


class Decoder(Generic[M]):
    """Cuts a stream into messages of one direction. Holds at most one unfinished message."""

    __slots__ = ("_buffer", "_decoder", "_limit")

    def __init__(self, decoder: msgspec.msgpack.Decoder[M], limit: int) -> None:
        self._decoder = decoder
        self._limit = limit
        self._buffer = bytearray()

    def feed(self, data: bytes) -> list[M | Unreadable]:
        """The messages that ``data`` completes. Raises ``WireError`` on a length over the limit."""
        if not self._buffer and len(data) >= 4:
            (length,) = _LENGTH.unpack_from(data)
            if len(data) == 4 + length <= self._limit:  # one whole message, as most reads bring
                return [self._message(memoryview(data)[4:])]
        return list(self._cut(data))

    def _cut(self, data: bytes) -> Iterator[M | Unreadable]:
        buffer = self._buffer
        buffer += data
        while len(buffer) >= 4:
            (length,) = _LENGTH.unpack_from(buffer)
            if length > self._limit:
                raise WireError(
                    f"a message of {length} bytes is over the limit of {self._limit}: "
                    "the peer does not speak termlab's protocol"
                )
            if len(buffer) < 4 + length:
                return
            with memoryview(buffer) as whole, whole[4 : 4 + length] as body:
                message = self._message(body)
            del buffer[: 4 + length]
            yield message

    def _message(self, body: memoryview) -> M | Unreadable:
        try:
            return self._decoder.decode(body)
        except msgspec.DecodeError as error:
            return Unreadable(str(error))


def from_client() -> Decoder[FromClient]:
    """A decoder for what the server receives."""
    return Decoder(msgspec.msgpack.Decoder(FromClient), MAX_FROM_CLIENT)


def from_server() -> Decoder[FromServer]:
    """A decoder for what a client receives."""
    return Decoder(msgspec.msgpack.Decoder(FromServer), MAX_FROM_SERVER)
