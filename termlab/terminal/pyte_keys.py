"""A key as a program expects it that asked for nothing newer than xterm's own encoding. Pure."""

from typing import Final

from termlab.model.keys import ALT, CTRL, RELEASE, SHIFT, SUPER, Key
from termlab.terminal.pyte_modes import (
    BACKSPACE,
    CURSOR_KEYS,
    KEYPAD,
    KEYPAD_AS_TYPED,
    PrivateModes,
)
from termlab.terminal.typed import TYPED, legacy, printable_text, text_bytes

# Keys whose sequence ends in a letter, which cursor key mode changes; F1 to F4 always have it.
_LETTERS: Final = {
    "Up": "A", "Down": "B", "Right": "C", "Left": "D", "Begin": "E", "Home": "H", "End": "F",
}  # fmt: skip
_FUNCTION_LETTERS: Final = {"F1": "P", "F2": "Q", "F3": "R", "F4": "S"}
_NUMBERS: Final = {
    "Insert": 2, "Delete": 3, "PageUp": 5, "PageDown": 6,
    "F5": 15, "F6": 17, "F7": 18, "F8": 19, "F9": 20, "F10": 21, "F11": 23, "F12": 24,
    "F13": 25, "F14": 26, "F15": 28, "F16": 29, "F17": 31, "F18": 32, "F19": 33, "F20": 34,
    "F21": 42, "F22": 43, "F23": 44, "F24": 45, "F25": 46, "Menu": 29,
}  # fmt: skip
# Keypad keys: what each types, and its letter in application mode.
_KEYPAD: Final = {
    **{f"KP_{digit}": (str(digit), "pqrstuvwxy"[digit]) for digit in range(10)},
    "KP_Add": ("+", "k"),
    "KP_Subtract": ("-", "m"),
    "KP_Multiply": ("*", "j"),
    "KP_Divide": ("/", "o"),
    "KP_Decimal": (".", "n"),
    "KP_Separator": (",", "l"),
    "KP_Equal": ("=", "X"),
    "KP_Enter": ("\r", "M"),
}
_MODIFIERS: Final = SHIFT | ALT | CTRL | SUPER


def encode_key(key: Key, modes: PrivateModes) -> bytes:
    """The bytes of ``key``; b"" if it types nothing."""
    if key.action == RELEASE or not key.name.isprintable():
        return b""
    name, mods = key.name, key.mods & _MODIFIERS
    if name == "Backspace":
        return _backspace(mods, modes)
    if len(name) == 1 or name in TYPED:
        return legacy(key)
    if name in _KEYPAD:
        typed, letter = _KEYPAD[name]
        application = KEYPAD in modes and KEYPAD_AS_TYPED not in modes
        modified = mods + 1 if mods else ""
        return f"\x1bO{modified}{letter}".encode() if application else typed.encode()
    name = name.removeprefix("KP_")
    if name in _LETTERS or name in _FUNCTION_LETTERS:
        letter = _LETTERS.get(name) or _FUNCTION_LETTERS[name]
        if mods and name == "F3":  # with a letter it would be a cursor report
            return f"\x1b[13;{mods + 1}~".encode()
        if mods:
            return f"\x1b[1;{mods + 1}{letter}".encode()
        single = name in _FUNCTION_LETTERS or CURSOR_KEYS in modes
        return f"\x1b{'O' if single else '['}{letter}".encode()
    if name in _NUMBERS:
        return f"\x1b[{_NUMBERS[name]}{f';{mods + 1}' if mods else ''}~".encode()
    return text_bytes(printable_text(key.text))


def _backspace(mods: int, modes: PrivateModes) -> bytes:
    swapped = (BACKSPACE in modes) != bool(mods & CTRL)
    return (b"\x1b" if mods & ALT else b"") + (b"\x08" if swapped else b"\x7f")
