"""What sets an outer terminal's clipboard: OSC 52. It is only ever set, never asked for."""

import base64


def clipboard(data: bytes) -> bytes:
    """The bytes that give ``data`` to the terminal."""
    return b"\x1b]52;c;" + base64.b64encode(data) + b"\x1b\\"
