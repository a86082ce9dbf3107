"""What sets the outer terminal's clipboard."""

import base64

from termlab.client.clipboard import clipboard


def test_any_bytes_travel_as_one_sequence_without_control_characters_inside() -> None:
    data = b"\x1b\\ \a\n\xff" + "ä".encode()
    sequence = clipboard(data)
    assert sequence.startswith(b"\x1b]52;c;")
    assert sequence.endswith(b"\x1b\\")
    inside = sequence[7:-2]
    assert inside.decode().isprintable()
    assert base64.b64decode(inside) == data
