"""Input events of the model as Textual's and back: one table for both directions.

To Textual's: what the client gives the ui. From Textual's: what a stock driver reads where the app
is the client itself. Keys go through their normal form (`model.keyname`), so two events that are
the same key there are the same key here. Textual has fewer words than a terminal: releases, locks
and buttons beyond the third are not told it, and the keypad's keys are their twins, as its own
parser has them.
"""

import unicodedata
from functools import cache
from typing import Final

from textual import events
from textual.keys import KEY_NAME_REPLACEMENTS, KEY_TO_UNICODE_NAME, REPLACED_KEYS

from termlab.model.keyname import COMMANDING, HYPER, KEY_NAMES, capital, spell
from termlab.model.keys import (
    ALT,
    CTRL,
    LEFT,
    MIDDLE,
    MOTION,
    PRESS,
    RELEASE,
    RIGHT,
    SHIFT,
    SUPER,
    WHEEL_DOWN,
    WHEEL_LEFT,
    WHEEL_RIGHT,
    WHEEL_UP,
    Focus,
    InputEvent,
    Key,
    Mouse,
    Paste,
)

# In the order in which Textual writes them.
_MODIFIERS: Final = (
    ("alt", "M", ALT),
    ("ctrl", "C", CTRL),
    ("hyper", "H", HYPER),
    ("shift", "S", SHIFT),
    ("super", "D", SUPER),
)
_BITS: Final = {word: bit for word, _, bit in _MODIFIERS} | {"meta": ALT}

# Where Textual's word is not ours in small letters with underscores.
_OTHER_WORDS: Final = {"PageUp": "pageup", "PageDown": "pagedown", "KP_Begin": "kp_begin"}
_CONTROL_SPACE: Final = "ctrl+@"  # the byte NUL, for both

_WHEEL: Final[dict[int, type[events.MouseEvent]]] = {
    WHEEL_UP: events.MouseScrollUp,
    WHEEL_DOWN: events.MouseScrollDown,
    WHEEL_LEFT: events.MouseScrollLeft,
    WHEEL_RIGHT: events.MouseScrollRight,
}
_BUTTONS: Final = (LEFT, MIDDLE, RIGHT)
_ACTIONS: Final[dict[int, type[events.MouseEvent]]] = {
    PRESS: events.MouseDown,
    RELEASE: events.MouseUp,
    MOTION: events.MouseMove,
}


def _word(name: str) -> str:
    """Textual's word for a key with a name."""
    if name in _OTHER_WORDS:
        return _OTHER_WORDS[name]
    if name.startswith("KP_"):
        return _word(name.removeprefix("KP_"))
    return "".join(f"_{c.lower()}" if c.isupper() and i else c for i, c in enumerate(name)).lower()


_WORDS: Final = {name: _word(name) for name in KEY_NAMES}
# The keypad's twins come last in KEY_NAMES and don't take a word's first meaning.
_NAMES: Final = {word: name for name, word in reversed(_WORDS.items()) if len(word) > 1}


# Keys


def to_textual_key(key: Key) -> events.Key | None:
    """The same key for Textual; None for one let go."""
    if key.action == RELEASE:
        return None
    rest, held = _split(spell(key))
    if held and len(rest) == 1 and rest == capital(rest.lower()):
        held, rest = held | SHIFT, rest.lower()
    word = _WORDS.get(rest) or _character_word(" " if rest == "Space" else rest)
    name = "+".join([*(w for w, _, bit in _MODIFIERS if held & bit), word])
    return events.Key(_CONTROL_SPACE if name == "ctrl+space" else name, key.text or None)


def from_textual_key(event: events.Key) -> Key | None:
    """The key of a Textual event; None for one nobody can press."""
    *held, word = event.key.split("+")
    mods = 0
    for modifier in held:
        mods |= _BITS.get(modifier, 0)
    text = event.character or ""
    if mods & COMMANDING or any(unicodedata.category(char) == "Cc" for char in text):
        text = ""  # Textual tells the byte of a control key as what it types
    if word in _NAMES:
        return Key(_NAMES[word], mods, text)
    char = text if len(text) == 1 else _word_character(word)
    if event.key == _CONTROL_SPACE:
        char = " "
    return Key(char, mods, text, base=char if mods & SHIFT else "") if char else None


def _split(spelling: str) -> tuple[str, int]:
    """A spelled key without its modifiers, and these."""
    mods = 0
    letters = {letter: bit for _, letter, bit in _MODIFIERS}
    while len(spelling) > 2 and spelling[1] == "-" and spelling[0] in letters:
        mods |= letters[spelling[0]]
        spelling = spelling[2:]
    return spelling, mods


@cache
def _character_word(char: str) -> str:
    """Textual's word for a character: its name in Unicode, where that leads back to it."""
    if char.isalnum():
        return char
    name = unicodedata.name(char, "").lower().replace("-", "_").replace(" ", "_")
    word = KEY_NAME_REPLACEMENTS.get(name, name)
    return word if word and _word_character(word) == char else char


def _word_character(word: str) -> str:
    """The character that Textual means; "" if it means none."""
    if len(word) == 1:
        return word
    name = REPLACED_KEYS.get(word, word)
    try:
        return unicodedata.lookup(KEY_TO_UNICODE_NAME.get(name, name.replace("_", " ").upper()))
    except KeyError:
        return ""


# Mouse


def to_textual_mouse(mouse: Mouse, before: tuple[int, int]) -> events.MouseEvent | None:
    """The same mouse event for Textual; ``before`` is where the mouse was. None for a button that
    Textual does not know."""
    button = mouse.button
    if button in _WHEEL and mouse.action == PRESS:
        kind, button = _WHEEL[button], 0
    elif button in _BUTTONS or (not button and mouse.action != PRESS):
        kind = _ACTIONS[mouse.action]
    else:
        return None
    mods = mouse.mods
    return kind(
        None,
        mouse.x,
        mouse.y,
        mouse.x - before[0],
        mouse.y - before[1],
        button,
        bool(mods & SHIFT),
        bool(mods & ALT),
        bool(mods & CTRL),
    )


def from_textual_mouse(event: events.MouseEvent) -> Mouse | None:
    """The mouse event of a Textual event, in cells of the screen; None for one Textual made itself
    of others (a click)."""
    action, button = PRESS, event.button
    for wheel, kind in _WHEEL.items():
        if isinstance(event, kind):
            button = wheel
            break
    else:
        actions = [action for action, kind in _ACTIONS.items() if isinstance(event, kind)]
        if not actions:
            return None
        (action,) = actions
    mods = (event.shift and SHIFT) | (event.meta and ALT) | (event.ctrl and CTRL)
    return Mouse(event.screen_x, event.screen_y, action, button, mods)


# All of them


def from_textual(event: events.Event) -> InputEvent | None:
    """The input event that a Textual event is; None if it is none."""
    if isinstance(event, events.Key):
        return from_textual_key(event)
    if isinstance(event, events.MouseEvent):
        return from_textual_mouse(event)
    if isinstance(event, events.Paste):
        return Paste(event.text.encode("utf-8", "replace"))
    if isinstance(event, events.AppFocus | events.AppBlur):
        return Focus(isinstance(event, events.AppFocus))
    return None
