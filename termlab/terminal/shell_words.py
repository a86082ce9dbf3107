"""The words of a command a shell asks for by OSC 51;E, as ``vterm_cmd`` of emacs-libvterm has them.

Each stands in double quotes, with ``\\`` before a quote and before itself; blanks part them.
Nothing else means anything: no variable, no substitution, no other escape. Anything may have
written these bytes, so what is not exactly that is refused.
"""

from typing import Final

from termlab.errors import UsageError
from termlab.terminal.reported import CONTROLS

MAX_WORDS: Final = 16
MAX_WORD_CHARS: Final = 1024
_QUOTE: Final = '"'
_ESCAPE: Final = "\\"


def shell_words(value: bytes) -> tuple[str, ...]:
    """The name and its arguments. Raises ``UsageError`` that says what is wrong."""
    try:
        text = value.decode()
    except UnicodeDecodeError as error:
        raise UsageError("it is not UTF-8") from error
    if CONTROLS.search(text):
        raise UsageError("it holds control characters")
    words: list[str] = []
    at = 0
    while at < len(text):
        if text[at] == " ":
            at += 1
            continue
        if len(words) == MAX_WORDS:
            raise UsageError(f"it has more than {MAX_WORDS} words")
        word, at = _word(text, at)
        words.append(word)
    if not words or not words[0]:
        raise UsageError("it names nothing")
    return tuple(words)


def _word(text: str, at: int) -> tuple[str, int]:
    """The word that begins at ``at``, and where it ends."""
    if text[at] != _QUOTE:
        raise UsageError(f'its word at {at} has no quotes: it is "NAME" "ARGUMENT"...')
    parts: list[str] = []
    at += 1
    while at < len(text) and text[at] != _QUOTE:
        if text[at] == _ESCAPE:
            at += 1
            if text[at : at + 1] not in (_QUOTE, _ESCAPE):
                raise UsageError(f'its \\ at {at - 1} stands before neither " nor \\')
        parts.append(text[at])
        at += 1
    if at >= len(text):
        raise UsageError("its last word has no end")
    if len(parts) > MAX_WORD_CHARS:
        raise UsageError(f"a word of it has more than {MAX_WORD_CHARS} characters")
    if text[at + 1 : at + 2] not in ("", " "):
        raise UsageError(f"its word ends at {at}, and something stands right behind it")
    return "".join(parts), at + 1
