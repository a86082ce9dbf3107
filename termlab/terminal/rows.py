"""A pane's screen as rows of VT bytes, formatted once for all who look at it.

Each row carries the version at which it last changed: a client that has seen version N needs the
rows above N, so a slow client costs nothing but its own frames.
"""


class RowCache:
    """The rows of one screen. ``version`` grows with every change of any row."""

    __slots__ = ("_latest", "rows", "version", "versions")

    def __init__(self, count: int) -> None:
        self.version = 1
        self.rows = [b""] * count
        self.versions = [1] * count
        self._latest: list[int] = list(range(count))  # the rows of the newest version

    def resize(self, count: int) -> None:
        """Another number of rows, all of them new."""
        self.version += 1
        self.rows = [b""] * count
        self.versions = [self.version] * count
        self._latest = list(range(count))

    def update(self, changed: dict[int, bytes]) -> None:
        """Take over rows that may have changed; equal bytes are no change."""
        rows, version = self.rows, self.version + 1
        latest = [y for y, row in changed.items() if y < len(rows) and rows[y] != row]
        if not latest:
            return
        for y in latest:
            rows[y] = changed[y]
            self.versions[y] = version
        self.version = version
        self._latest = latest

    def since(self, seen: int) -> tuple[tuple[int, bytes], ...]:
        """The rows that changed after version ``seen``, from the top."""
        if seen >= self.version:
            return ()
        rows = self.rows
        if seen == self.version - 1:
            return tuple([(y, rows[y]) for y in self._latest])
        return tuple((y, rows[y]) for y, at in enumerate(self.versions) if at > seen)
