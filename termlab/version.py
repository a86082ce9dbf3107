"""The version, in one place: packaging, ``--version``, the handshake and XTVERSION read it."""

from typing import Final

VERSION: Final = "0.1.0"
