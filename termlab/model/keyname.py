"""The names of the keys and their one spelling: "C-b", "M-Left", "S-Tab", "A", "Space".

Spellings are tmux's, in a normal form: two events that a person takes for the same key spell the
same, so that looking up a binding is one look into a dictionary. Knows no bytes and no bindings;
the client, the key tables and the configuration call it.

The rules of the normal form:

1. Modifiers come as ``D- H- C- M- S-`` (Super, Hyper, Control, Alt, Shift); Caps Lock and Num Lock
   are no part of it.
2. A character typed with Shift is that character, without ``S-``: "A", "%", "M-A".
3. With Control a letter is its small letter, and ``S-`` stays if Shift was reported: "C-a",
   "C-S-a". A terminal without the kitty protocol sends the same byte for both: "C-a".
4. Where Shift was reported but not what it makes of the key, ``S-`` stays: "S-1", "S-Space".
5. Named keys keep every modifier: "S-Tab", "C-S-Left".
"""

from typing import Final

from termlab.errors import UsageError
from termlab.model.keys import ALT, CTRL, RELEASE, SHIFT, SUPER, Key

# The rest of the kitty protocol's modifier bits.
HYPER: Final = 16
META: Final = 32
CAPS_LOCK: Final = 64
NUM_LOCK: Final = 128

# With one of these held a key commands; it does not type.
COMMANDING: Final = ALT | CTRL | SUPER | HYPER | META

# The kitty protocol numbers its functional keys from here, in the order of KEY_NAMES.
FIRST_CODE: Final = 57344
KEY_NAMES: Final[tuple[str, ...]] = (
    *("Escape", "Enter", "Tab", "Backspace", "Insert", "Delete", "Left", "Right", "Up", "Down"),
    *("PageUp", "PageDown", "Home", "End"),
    *("CapsLock", "ScrollLock", "NumLock", "PrintScreen", "Pause", "Menu"),
    *(f"F{number}" for number in range(1, 36)),
    *(f"KP_{digit}" for digit in range(10)),
    *("KP_Decimal", "KP_Divide", "KP_Multiply", "KP_Subtract", "KP_Add", "KP_Enter", "KP_Equal"),
    *("KP_Separator", "KP_Left", "KP_Right", "KP_Up", "KP_Down", "KP_PageUp", "KP_PageDown"),
    *("KP_Home", "KP_End", "KP_Insert", "KP_Delete", "KP_Begin"),
    *("MediaPlay", "MediaPause", "MediaPlayPause", "MediaReverse", "MediaStop"),
    *("MediaFastForward", "MediaRewind", "MediaTrackNext", "MediaTrackPrevious", "MediaRecord"),
    *("LowerVolume", "RaiseVolume", "MuteVolume"),
    *("LeftShift", "LeftControl", "LeftAlt", "LeftSuper", "LeftHyper", "LeftMeta"),
    *("RightShift", "RightControl", "RightAlt", "RightSuper", "RightHyper", "RightMeta"),
    *("IsoLevel3Shift", "IsoLevel5Shift"),
)
LONE_MODIFIERS: Final = frozenset(KEY_NAMES[KEY_NAMES.index("LeftShift") :]) | {
    "CapsLock",
    "NumLock",
    "ScrollLock",
}

# What people and tmux write besides the names above, in small letters.
ALIASES: Final[dict[str, str]] = {
    "space": " ",
    "esc": "Escape",
    "return": "Enter",
    "bspace": "Backspace",
    "ic": "Insert",
    "dc": "Delete",
    "del": "Delete",
    "npage": "PageDown",
    "pgdn": "PageDown",
    "pgdown": "PageDown",
    "ppage": "PageUp",
    "pgup": "PageUp",
    "kpenter": "KP_Enter",
    "kp*": "KP_Multiply",
    "kp+": "KP_Add",
    "kp-": "KP_Subtract",
    "kp.": "KP_Decimal",
    "kp/": "KP_Divide",
    **{f"kp{digit}": f"KP_{digit}" for digit in range(10)},
}

_NAMES = {name.lower(): name for name in KEY_NAMES} | ALIASES
_MODIFIERS = {"d": SUPER, "h": HYPER, "c": CTRL, "m": ALT, "s": SHIFT}
_ALLOWED = (
    "write one character or a name such as Enter, Escape, Tab, Space, Up, PageDown, F1 or KP_5, "
    "after any of C- M- S- D- H-, for example C-b or M-Left"
)


def parse_key(spelling: str) -> Key:
    """The key that ``spelling`` names, else ``UsageError``. Names and modifiers ignore case."""
    rest, mods = spelling, 0
    while len(rest) > 2 and rest[1] == "-" and rest[0].lower() in _MODIFIERS:
        mods |= _MODIFIERS[rest[0].lower()]
        rest = rest[2:]
    if len(rest) == 2 and rest[0] == "^":
        if rest == "^?":
            return Key("Backspace", mods)
        mods, rest = mods | CTRL, rest[1]
    if rest.lower() == "btab":
        return Key("Tab", mods | SHIFT)
    name = rest if len(rest) == 1 else _NAMES.get(rest.lower(), "")
    if not name or (len(name) == 1 and not name.isprintable()):
        raise UsageError(f"there is no key {spelling!r}: {_ALLOWED}")
    return Key(name, mods) if len(name) > 1 else _character(name, mods)


def spell(key: Key) -> str:
    """The normal form of ``key``'s spelling, the same for its press and its release."""
    name, mods = key.name, key.mods
    if mods & META:
        mods |= ALT
    if len(name) == 1:
        name, mods = _normal(key, mods)
    prefix = "".join(f"{letter.upper()}-" for letter, bit in _MODIFIERS.items() if mods & bit)
    return prefix + ("Space" if name == " " else name)


def capital(char: str) -> str:
    """What Shift makes of ``char`` where that is certain: the capital of a letter, else ""."""
    upper = char.upper()
    certain = len(upper) == 1 and upper != char.lower() == upper.lower()
    return upper if certain else ""


def _small(char: str) -> str:
    lower = char.lower()
    return lower if len(lower) == 1 else char


def _character(char: str, mods: int) -> Key:
    """The key of a written character: "S-a" is "A", "C-A" is "C-a" as in tmux."""
    if char == "@" and mods & CTRL:
        char = " "  # one byte, NUL, for both
    base = ""
    if mods & SHIFT:
        base, char = _small(char), capital(char) or char
    elif mods & CTRL:
        char = _small(char)
    types = not mods & COMMANDING and (not mods & SHIFT or char != base)
    return Key(char, mods, char if types else "", base=base)


def _normal(key: Key, mods: int) -> tuple[str, int]:
    """Rules 2 to 4 for a key that is a character."""
    char = key.name
    if not mods & COMMANDING and len(key.text) == 1 and char != " ":
        return key.text, mods & ~SHIFT
    if mods & CTRL and (char == "@" or _small(char) != char or capital(char)):
        # "@" is what Shift makes of another key, and a terminal sends NUL for it as for Space.
        return (" ", mods & ~SHIFT) if char == "@" else (_small(char), mods)
    if mods & SHIFT and char != " ":
        if capital(char):
            return capital(char), mods & ~SHIFT
        if char != key.base:
            return char, mods & ~SHIFT
    return char, mods


def is_interrupt(key: Key) -> bool:
    """Whether it is C-c, pressed, whatever locks are on: what ends a paste."""
    return bool(key.mods & CTRL) and key.action != RELEASE and spell(key) == "C-c"
