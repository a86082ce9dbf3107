"""What a key types where a program asked for nothing newer: the bytes xterm sends. Pure.

For the keys that type a character, Enter, Tab, Escape and Backspace; for every engine.
"""

from termlab.model.keyname import capital
from termlab.model.keys import ALT, CTRL, RELEASE, SHIFT, Key

# An input method may commit a whole sentence as one key.
MAX_TEXT_CHARS = 1024

# What xterm sends for Control and a character: the C0 code of its column, some digits by VT220
# tradition. Everything else is sent as it is.
CONTROL = {
    **{letter: bytes([ord(letter) & 0x1F]) for letter in "abcdefghijklmnopqrstuvwxyz"},
    **{"@": b"\0", " ": b"\0", "2": b"\0", "[": b"\x1b", "3": b"\x1b", "\\": b"\x1c"},
    **{"4": b"\x1c", "]": b"\x1d", "5": b"\x1d", "^": b"\x1e", "~": b"\x1e", "6": b"\x1e"},
    **{"_": b"\x1f", "/": b"\x1f", "7": b"\x1f", "?": b"\x7f", "8": b"\x7f"},
}
TYPED = {"Enter": b"\r", "Tab": b"\t", "Escape": b"\x1b", "Backspace": b"\x7f"}


def legacy(key: Key) -> bytes:
    """What xterm sends for a key that types a character, Enter, Tab, Escape or Backspace."""
    if key.action == RELEASE:
        return b""
    if key.name == "Tab" and key.mods & SHIFT:
        typed = b"\x1b[Z"
    elif key.name in TYPED:
        typed = TYPED[key.name]
    elif key.mods & CTRL:
        typed = (
            CONTROL.get(key.name.lower()) or CONTROL.get(key.base) or text_bytes(typed_text(key))
        )
    else:
        typed = text_bytes(typed_text(key))
    return b"\x1b" + typed if key.mods & ALT else typed


def typed_text(key: Key) -> str:
    """What a character key types: what the source said, else its name with Shift applied."""
    return printable_text(key.text) or (key.mods & SHIFT and capital(key.name)) or key.name


def text_bytes(text: str) -> bytes:
    """Typed text as bytes, bounded."""
    return text[:MAX_TEXT_CHARS].encode("utf-8", "ignore")


def printable_text(text: str) -> str:
    """Text a key claims to type, unless control characters are in it."""
    return text if text.isprintable() else ""
