"""What was copied: texts by name, the newest first. Bounded; the oldest go when it is full."""

from typing import Final, NamedTuple

from termlab.errors import UsageError

MAX_BUFFERS: Final = 50
MAX_BYTES: Final = 8 << 20  # of all together, and so of one
SAMPLE_CHARS: Final = 50


class Buffer(NamedTuple):
    """One text."""

    name: str
    data: bytes

    def row(self) -> str:
        """One line about it."""
        start = self.data[: 4 * SAMPLE_CHARS].decode("utf-8", "replace")
        sample = "".join(char if char.isprintable() else " " for char in start)[:SAMPLE_CHARS]
        return f"{self.name}: {len(self.data)} bytes: {sample}".rstrip()


class Buffers:
    """All of a server's."""

    def __init__(self) -> None:
        self._all: list[Buffer] = []
        self._made = 0

    def __len__(self) -> int:
        return len(self._all)

    def listed(self) -> list[Buffer]:
        """Newest first."""
        return list(self._all)

    def add(self, text: str, name: str = "") -> Buffer:
        """Keep a text as the newest; one of that name is replaced. ``UsageError`` if too large."""
        data = text.encode("utf-8", "replace")
        if len(data) > MAX_BYTES:
            raise UsageError(
                f"{len(data)} bytes are too many for a paste buffer, which holds {MAX_BYTES}: "
                "copy less, or write the history to a file with `termlab capture --scrollback`"
            )
        if not name:
            name, self._made = f"buffer{self._made}", self._made + 1
        new = Buffer(name, data)
        self._all = [new, *(old for old in self._all if old.name != name)][:MAX_BUFFERS]
        while sum(len(each.data) for each in self._all) > MAX_BYTES:
            self._all.pop()
        return new

    def get(self, name: str = "") -> Buffer:
        """The buffer of that name, or the newest. Raises ``UsageError`` if there is none."""
        for each in self._all:
            if name in ("", each.name):
                return each
        what = f"no paste buffer {name!r}" if name else "no paste buffer"
        raise UsageError(f"there is {what}: copy something first, or see `termlab list-buffers`")

    def delete(self, name: str = "") -> None:
        """Forget one. Raises ``UsageError`` if there is none."""
        self._all.remove(self.get(name))
