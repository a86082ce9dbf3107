"""A key as the program in a ghostty terminal expects it: cursor, keypad, kitty and other modes.

The engine's encoder follows the terminal's modes. Two things are put right around it: our records
are translated into its physical keys, and where neither the kitty protocol nor modifyOtherKeys is
on, its CSI forms for C-i, C-m, S-Enter and the like become what xterm sends, because programs that
never asked for them would print them.
"""

from typing import Any

from termlab.model.keyname import CAPS_LOCK, NUM_LOCK
from termlab.model.keys import ALT, CTRL, PRESS, RELEASE, REPEAT, SHIFT, SUPER, Key
from termlab.terminal.ghostty_lib import Library
from termlab.terminal.typed import (
    MAX_TEXT_CHARS,
    TYPED,
    legacy,
    printable_text,
    text_bytes,
    typed_text,
)

# Ours are kitty's bits, the engine has its own, and none for Hyper and Meta.
MODS = ((SHIFT, 1), (CTRL, 2), (ALT, 4), (SUPER, 8), (CAPS_LOCK, 16), (NUM_LOCK, 32))
REPORT_ALL = 8  # the kitty flag that asks for every key as an escape sequence
# The kitty protocol can spell each character as seven digits.
BUFFER_BYTES = 8 * MAX_TEXT_CHARS + 64

# Our names of keys that type nothing, and the engine's.
NAMED = {
    "Enter": "ENTER",
    "Tab": "TAB",
    "Escape": "ESCAPE",
    "Backspace": "BACKSPACE",
    "Up": "ARROW_UP",
    "Down": "ARROW_DOWN",
    "Left": "ARROW_LEFT",
    "Right": "ARROW_RIGHT",
    "Home": "HOME",
    "End": "END",
    "PageUp": "PAGE_UP",
    "PageDown": "PAGE_DOWN",
    "Insert": "INSERT",
    "Delete": "DELETE",
    "Menu": "CONTEXT_MENU",
    "CapsLock": "CAPS_LOCK",
    "ScrollLock": "SCROLL_LOCK",
    "NumLock": "NUM_LOCK",
    "PrintScreen": "PRINT_SCREEN",
    "Pause": "PAUSE",
    **{f"F{number}": f"F{number}" for number in range(1, 26)},
    **{f"KP_{digit}": f"NUMPAD_{digit}" for digit in range(10)},
    "KP_Add": "NUMPAD_ADD",
    "KP_Subtract": "NUMPAD_SUBTRACT",
    "KP_Multiply": "NUMPAD_MULTIPLY",
    "KP_Divide": "NUMPAD_DIVIDE",
    "KP_Decimal": "NUMPAD_DECIMAL",
    "KP_Separator": "NUMPAD_SEPARATOR",
    "KP_Equal": "NUMPAD_EQUAL",
    "KP_Enter": "NUMPAD_ENTER",
    "KP_Up": "NUMPAD_UP",
    "KP_Down": "NUMPAD_DOWN",
    "KP_Left": "NUMPAD_LEFT",
    "KP_Right": "NUMPAD_RIGHT",
    "KP_Home": "NUMPAD_HOME",
    "KP_End": "NUMPAD_END",
    "KP_PageUp": "NUMPAD_PAGE_UP",
    "KP_PageDown": "NUMPAD_PAGE_DOWN",
    "KP_Insert": "NUMPAD_INSERT",
    "KP_Delete": "NUMPAD_DELETE",
    "KP_Begin": "NUMPAD_BEGIN",
    "LeftShift": "SHIFT_LEFT",
    "LeftControl": "CONTROL_LEFT",
    "LeftAlt": "ALT_LEFT",
    "LeftSuper": "META_LEFT",
    "RightShift": "SHIFT_RIGHT",
    "RightControl": "CONTROL_RIGHT",
    "RightAlt": "ALT_RIGHT",
    "RightSuper": "META_RIGHT",
}
CHARACTERS = {
    " ": "SPACE",
    "`": "BACKQUOTE",
    "\\": "BACKSLASH",
    "[": "BRACKET_LEFT",
    "]": "BRACKET_RIGHT",
    ",": "COMMA",
    "=": "EQUAL",
    "-": "MINUS",
    ".": "PERIOD",
    "'": "QUOTE",
    ";": "SEMICOLON",
    "/": "SLASH",
    **{str(digit): f"DIGIT_{digit}" for digit in range(10)},
    **{letter: letter.upper() for letter in "abcdefghijklmnopqrstuvwxyz"},
}


class KeyEncoder:
    """Encodes keys for one terminal; the terminal must outlive it."""

    def __init__(self, library: Library, terminal: Any) -> None:
        ffi, lib = library.ffi, library.lib
        self._ffi = ffi
        self._lib = lib
        self._terminal = terminal
        self._encoder = ffi.new("GhosttyKeyEncoder *")
        lib.ghostty_key_encoder_new(ffi.NULL, self._encoder)
        self._event = ffi.new("GhosttyKeyEvent *")
        lib.ghostty_key_event_new(ffi.NULL, self._event)
        self._buffer = ffi.new("char[]", BUFFER_BYTES)
        self._length = ffi.new("size_t *")
        self._flags = ffi.new("uint8_t *")
        self._codes = {
            name: getattr(lib, f"GHOSTTY_KEY_{code}") for name, code in (NAMED | CHARACTERS).items()
        }
        self._actions = {
            RELEASE: lib.GHOSTTY_KEY_ACTION_RELEASE,
            PRESS: lib.GHOSTTY_KEY_ACTION_PRESS,
            REPEAT: lib.GHOSTTY_KEY_ACTION_REPEAT,
        }

    def close(self) -> None:
        """Free the encoder, before the terminal."""
        self._lib.ghostty_key_event_free(self._event[0])
        self._lib.ghostty_key_encoder_free(self._encoder[0])

    def encode(self, key: Key) -> bytes:
        """The bytes of ``key`` in the terminal's modes; b"" if it types nothing."""
        if key.action not in self._actions or not key.name.isprintable():
            return b""
        lib = self._lib
        lib.ghostty_key_encoder_setopt_from_terminal(self._encoder[0], self._terminal)
        if len(key.name) != 1 and key.name not in NAMED:
            return b"" if key.action == RELEASE else text_bytes(printable_text(key.text))
        encoded = self._encode(key)
        leaks = encoded.startswith(b"\x1b[") and (len(key.name) == 1 or key.name in TYPED)
        if leaks and not self.kitty_flags() and not self._modifies_other_keys():
            return legacy(key)
        return encoded

    def kitty_flags(self) -> int:
        """The kitty keyboard flags the program has set; 0 is the legacy encoding."""
        lib = self._lib
        lib.ghostty_terminal_get(
            self._terminal, lib.GHOSTTY_TERMINAL_DATA_KITTY_KEYBOARD_FLAGS, self._flags
        )
        return int(self._flags[0])

    def _encode(self, key: Key) -> bytes:
        if len(key.name) == 1:
            text = typed_text(key)
            base = key.base if len(key.base) == 1 else key.name.lower()[:1]
            mods = key.mods | (SHIFT if base != key.name and key.name.isalpha() else 0)
            consumed = SHIFT if mods & SHIFT and text != base else 0
            return self._native(key, base, text, mods, consumed)
        # A keypad key with text loses its identity in the kitty protocol, where it has one.
        reports = self.kitty_flags() & REPORT_ALL if key.name.startswith("KP_") else 0
        return self._native(key, key.name, key.text if reports else "", key.mods, 0)

    def _native(self, key: Key, code: str, text: str, mods: int, consumed: int) -> bytes:
        lib, event = self._lib, self._event[0]
        typed = text_bytes(text)
        # Borrowed until the call below returns.
        borrowed = self._ffi.from_buffer(typed) if typed else self._ffi.NULL
        lib.ghostty_key_event_set_action(event, self._actions[key.action])
        lib.ghostty_key_event_set_key(event, self._codes.get(code, lib.GHOSTTY_KEY_UNIDENTIFIED))
        lib.ghostty_key_event_set_mods(event, native_mods(mods))
        lib.ghostty_key_event_set_consumed_mods(event, native_mods(consumed))
        lib.ghostty_key_event_set_utf8(event, borrowed, len(typed))
        lib.ghostty_key_event_set_unshifted_codepoint(event, ord(code) if len(code) == 1 else 0)
        failed = lib.ghostty_key_encoder_encode(
            self._encoder[0], event, self._buffer, BUFFER_BYTES, self._length
        )
        return b"" if failed else bytes(self._ffi.buffer(self._buffer, self._length[0]))

    def _modifies_other_keys(self) -> bool:
        """Whether modifyOtherKeys is on. The engine won't say, so see what becomes of C-a."""
        return self._native(Key("a"), "a", "a", CTRL, 0) != b"\x01"


def native_mods(mods: int) -> int:
    """The engine's bits for our modifiers."""
    return sum(theirs for ours, theirs in MODS if mods & ours)
