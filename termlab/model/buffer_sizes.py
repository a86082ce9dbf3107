"""How large a connection's buffers are: what it reads into, and what it collects before it writes.

A preset is a name with two sizes. `Tuner` chooses one by itself: it looks at the first messages of
one direction and is done. Neither limits a message: a buffer grows for one that is larger, and goes
back. Pure: knows no socket.
"""

from typing import Final, NamedTuple

from termlab.errors import UsageError

KIB: Final = 1024
# Less than a page saves nothing; more than a socket holds is never filled by one read.
MIN_BYTES: Final = 512
MAX_BYTES: Final = 1 << 20
AUTO: Final = "auto"
# So many messages tell what a connection carries: a short command's has ended by then.
LEARNED_MESSAGES: Final = 16
SMALL_BELOW: Final = 1 * KIB
LARGE_ABOVE: Final = 8 * KIB


class Preset(NamedTuple):
    """``write_bytes`` is what `Link.send_buffered` collects at most before it writes."""

    name: str
    read_bytes: int
    write_bytes: int


SMALL: Final = Preset("small", 4 * KIB, 4 * KIB)
DEFAULT: Final = Preset("default", 8 * KIB, 8 * KIB)
LARGE: Final = Preset("large", 16 * KIB, 16 * KIB)
NAMED: Final = {preset.name: preset for preset in (SMALL, DEFAULT, LARGE)}


def custom(read_bytes: int, write_bytes: int) -> Preset:
    """Sizes of one's own. Raises ``UsageError`` for one that is out of bounds."""
    for what, size in (("read", read_bytes), ("write", write_bytes)):
        if not MIN_BYTES <= size <= MAX_BYTES:
            raise UsageError(
                f"a {what} buffer of {size} bytes can't be: give {MIN_BYTES} to {MAX_BYTES}"
            )
    return Preset("custom", read_bytes, write_bytes)


def preset_named(words: str) -> Preset | None:
    """The preset of that name, or of two sizes as in "4096,65536"; None is `AUTO`.

    Raises ``UsageError``.
    """
    if words == AUTO:
        return None
    if (preset := NAMED.get(words)) is not None:
        return preset
    sizes = [word.strip() for word in words.split(",")]
    if len(sizes) != 2 or not all(size.isascii() and size.isdecimal() for size in sizes):
        raise UsageError(
            f"{words!r} is no size of buffers: give {', '.join((AUTO, *NAMED))}, or the bytes to "
            'read and to write, as "8192,16384"'
        )
    return custom(int(sizes[0]), int(sizes[1]))


class Choice(NamedTuple):
    """What one direction uses, and why, for a person."""

    preset: Preset
    why: str


class Tuner:
    """Learns from the first messages of one direction."""

    __slots__ = ("_bytes", "_messages")

    def __init__(self) -> None:
        self._bytes = self._messages = 0

    def saw(self, messages: int, size: int) -> Choice | None:
        """So many messages of ``size`` bytes together went by: the choice, once they are enough."""
        self._messages += messages
        self._bytes += size
        if self._messages < LEARNED_MESSAGES:
            return None
        mean = self._bytes // self._messages
        if mean < SMALL_BELOW:
            chosen, said = SMALL, f"less than {SMALL_BELOW}"
        elif mean > LARGE_ABOVE:
            chosen, said = LARGE, f"more than {LARGE_ABOVE}"
        else:
            chosen, said = DEFAULT, f"{SMALL_BELOW} to {LARGE_ABOVE}"
        return Choice(chosen, f"{self._messages} messages of {mean} bytes on average, {said}")
