"""The numbers the coalescer goes by, as the configuration gives them or `tuning` moves them."""

from typing import Final, NamedTuple

from termlab.errors import UsageError

FLUSH_BYTES: Final = 8192
FLUSH_MS: Final = 5.0
# How long after a key its answer is expected. Programs draw within one or two screen refreshes;
# beyond that the quiet rule catches the first byte anyway.
KEY_MS: Final = 100.0


class Thresholds(NamedTuple):
    """Bytes and seconds of the coalescer's rules; ``auto``: `tuning` may move the first two."""

    flush_bytes: int = FLUSH_BYTES
    flush_s: float = FLUSH_MS / 1000
    key_s: float = KEY_MS / 1000
    auto: bool = False

    def checked(self) -> "Thresholds":
        """These; raises ``UsageError`` if nobody could go by them."""
        if self.flush_bytes < 1 or self.flush_s < 0:
            raise UsageError(
                f"flush_bytes = {self.flush_bytes}, flush_ms = {self.flush_s * 1000:g} can't be: "
                "give flush_bytes of 1 or more and flush_ms of 0 or more"
            )
        return self


DEFAULT_THRESHOLDS: Final = Thresholds()
