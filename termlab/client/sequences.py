"""What the key sequences of terminals mean: tables, and the functions that look into them.

Complete sequences in, events out; nothing here waits, keeps state or reads. `input` finds where a
sequence ends and calls this. Sources: xterm's ctlseqs, the kitty keyboard protocol, rxvt's and the
Linux console's terminfo.
"""

from typing import Final

from termlab.client.reports import MAX_DIGITS, decode_report
from termlab.model.keyname import (
    CAPS_LOCK,
    COMMANDING,
    FIRST_CODE,
    KEY_NAMES,
    NUM_LOCK,
    capital,
)
from termlab.model.keys import CTRL, PRESS, RELEASE, REPEAT, SHIFT, InputEvent, Key

# CSI letter, SS3 letter, and with modifiers "CSI 1;5 letter".
LETTERS: Final[dict[str, str]] = {
    **{"A": "Up", "B": "Down", "C": "Right", "D": "Left", "E": "KP_Begin", "F": "End", "H": "Home"},
    **{"P": "F1", "Q": "F2", "R": "F3", "S": "F4"},
}

# The application keypad.
SS3_ONLY: Final[dict[str, str]] = {
    **{letter: f"KP_{digit}" for digit, letter in enumerate("pqrstuvwxy")},
    **{"n": "KP_Decimal", "o": "KP_Divide", "j": "KP_Multiply", "m": "KP_Subtract"},
    **{"k": "KP_Add", "l": "KP_Separator", "M": "KP_Enter", "X": "KP_Equal"},
}

# rxvt: Shift with "CSI a", Control with "SS3 a".
RXVT_ARROWS: Final[dict[str, str]] = {"a": "Up", "b": "Down", "c": "Right", "d": "Left"}

# "CSI number ~". 29 is Menu (xterm, kitty), which was F16 on a VT220.
TILDE: Final[dict[int, str]] = {
    **{1: "Home", 2: "Insert", 3: "Delete", 4: "End", 5: "PageUp", 6: "PageDown"},
    **{7: "Home", 8: "End"},
    **{11: "F1", 12: "F2", 13: "F3", 14: "F4", 15: "F5", 17: "F6", 18: "F7", 19: "F8", 20: "F9"},
    **{21: "F10", 23: "F11", 24: "F12", 25: "F13", 26: "F14", 28: "F15", 29: "Menu"},
    **{31: "F17", 32: "F18", 33: "F19", 34: "F20"},
}

# rxvt ends these with a modifier's sign in place of the tilde.
RXVT_ENDS: Final[dict[str, int]] = {"$": SHIFT, "^": CTRL, "@": CTRL | SHIFT}

# The Linux console: "CSI [ A".
CONSOLE: Final[dict[str, str]] = {"A": "F1", "B": "F2", "C": "F3", "D": "F4", "E": "F5"}

# Codes of CSI u and of modifyOtherKeys that are keys with names.
CONTROL_CODES: Final[dict[int, str]] = {
    **{8: "Backspace", 9: "Tab", 13: "Enter", 27: "Escape", 127: "Backspace"},
}

# What the keypad types where the terminal does not say.
KEYPAD_TEXT: Final[dict[str, str]] = {
    **{f"KP_{digit}": str(digit) for digit in range(10)},
    **{"KP_Decimal": ".", "KP_Divide": "/", "KP_Multiply": "*", "KP_Subtract": "-"},
    **{"KP_Add": "+", "KP_Equal": "=", "KP_Separator": ","},
}

_ACTIONS: Final[dict[int, int]] = {1: PRESS, 2: REPEAT, 3: RELEASE}
_PRIVATE_USE: Final = range(0xE000, 0xF900)

_Fields = list[list[int]]


def decode_csi(body: str) -> list[InputEvent]:
    """The events of ``CSI body`` (final byte included); none if the sequence is unknown."""
    final = body[-1]
    private = body[0] in "<=>?"
    fields = _fields(body[private:-1])
    if fields is None:
        return decode_report(body)
    if private or final in "tIO":
        return decode_report(body, [field[0] for field in fields])
    if final == "u":
        return _kitty(fields)
    key = _tilde(fields, final) if final in "~$^@" else _letter(fields, final)
    return [key] if key else []


def decode_ss3(params: str, final: str) -> Key | None:
    """The key of ``SS3 params final``; some old terminals put the modifiers into ``params``."""
    fields = _fields(params)
    if fields is None:
        return None
    if final in RXVT_ARROWS and not params:
        return Key(RXVT_ARROWS[final], CTRL)
    name = SS3_ONLY.get(final) or LETTERS.get(final)
    if name is None:
        return None
    mods, action = _modifiers(fields if len(fields) > 1 else [[1], *fields])
    return Key(name, mods, _typed(name, mods, action), action)


def _fields(params: str) -> _Fields | None:
    """``1;5:3`` as [[1], [5, 3]], what is left out as 0; None if that is no list of numbers."""
    fields: _Fields = []
    for field in params.split(";"):
        numbers = field.split(":")
        if not all(n == "" or (n.isdigit() and len(n) <= MAX_DIGITS) for n in numbers):
            return None
        fields.append([int(n) if n else 0 for n in numbers])
    return fields


def _modifiers(fields: _Fields) -> tuple[int, int]:
    """Modifier bits and action from the second field (``5:3`` is Control, released)."""
    if len(fields) < 2:
        return 0, PRESS
    value, *rest = fields[1]
    mods = value - 1 if 1 <= value <= 256 else 0
    return mods, _ACTIONS.get(rest[0], PRESS) if rest else PRESS


def _letter(fields: _Fields, final: str) -> Key | None:
    if final in RXVT_ARROWS and fields == [[0]]:
        return Key(RXVT_ARROWS[final], SHIFT)
    if final == "Z":
        mods, action = _modifiers(fields)
        return Key("Tab", mods | SHIFT, "", action)
    name = LETTERS.get(final)
    if name is None or (final == "R" and fields[0][0] > 1):
        return None  # "CSI 5;1 R" says where the cursor stands
    if len(fields) == 1 and fields[0][0] > 1:
        fields = [[1], *fields]  # old xterm: CSI 5 A
    mods, action = _modifiers(fields)
    return Key(name, mods, "", action)


def _tilde(fields: _Fields, final: str) -> Key | None:
    number = fields[0][0]
    if number == 27 and final == "~" and len(fields) == 3:
        return _other_key(fields)
    name = TILDE.get(number) or _functional(number)
    if not name:
        return None
    mods, action = _modifiers(fields)
    return Key(name, mods | RXVT_ENDS.get(final, 0), "", action)


def _other_key(fields: _Fields) -> Key | None:
    """modifyOtherKeys: the code is the character as typed, Shift included."""
    mods, action = _modifiers(fields)
    code = fields[2][0]
    if code in CONTROL_CODES:
        return Key(CONTROL_CODES[code], mods, "", action)
    char = _character(code)
    return Key(char, mods, "" if mods & COMMANDING else char, action) if char else None


def _kitty(fields: _Fields) -> list[InputEvent]:
    """``CSI code:shifted:layout ; modifiers:action ; text u``."""
    code, *alternates = fields[0]
    mods, action = _modifiers(fields)
    text = "".join(map(_character, fields[2])) if len(fields) > 2 else ""
    if code == 0:  # text that no key made: an input method, a dead key
        return [Key(char, mods, char, action) for char in text]
    name = CONTROL_CODES.get(code) or _functional(code)
    if name:
        return [Key(name, mods, text or _typed(name, mods, action), action)]
    char = _character(code)
    return [_character_key(char, alternates, mods, text, action)] if char else []


def _character_key(char: str, alternates: list[int], mods: int, text: str, action: int) -> Key:
    shifted, layout, *_ = [*map(_character, alternates), "", ""]
    if mods & COMMANDING and layout.isascii() and layout and not char.isascii():
        # A shortcut on a keyboard that is not Latin means the key, not its letter: C-b stays C-b.
        char, shifted = layout, capital(layout) if shifted else ""
    held = mods & ~(CAPS_LOCK | NUM_LOCK)
    name = char
    if held & SHIFT:
        name = shifted or (text if held == SHIFT and len(text) == 1 else char)
    return Key(name, mods, text or _typed(name, mods, action, char), action, char)


def _typed(name: str, mods: int, action: int, base: str = "") -> str:
    """What a key types when the terminal does not say; "" where that is not certain."""
    if mods & COMMANDING or action == RELEASE:
        return ""
    if len(name) > 1:
        return KEYPAD_TEXT.get(name, "")
    shift = bool(mods & SHIFT)
    if capital(base):
        large = capital(base) if name == base else name
        return large if shift != bool(mods & CAPS_LOCK) else base
    return name if name != base or not shift or name == " " else ""


def _functional(code: int) -> str:
    index = code - FIRST_CODE
    return KEY_NAMES[index] if 0 <= index < len(KEY_NAMES) else ""


def _character(code: int) -> str:
    """The character of ``code`` if a key can type it. Private ones are keys without a name."""
    if code > 0x10FFFF or 0xD800 <= code < 0xE000 or code in _PRIVATE_USE:
        return ""
    return chr(code) if code >= 0xA0 or 0x20 <= code < 0x7F else ""
