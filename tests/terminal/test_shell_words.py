"""OSC 51;E as it was meant, and as somebody may send it who means no good."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from termlab.errors import UsageError
from termlab.terminal.reported import CONTROLS
from termlab.terminal.shell_words import MAX_WORD_CHARS, MAX_WORDS, shell_words


def written(*words: str) -> bytes:
    """As `vterm_cmd` of emacs-libvterm writes them."""
    quoted = (word.replace("\\", "\\\\").replace('"', '\\"') for word in words)
    return "".join(f'"{word}" ' for word in quoted).encode()


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"])), min_size=1, max_size=MAX_WORDS))
def test_words_come_back_as_they_were_whatever_is_in_them(words: list[str]) -> None:
    if any(CONTROLS.search(word) for word in words) or not words[0]:
        with pytest.raises(UsageError):
            shell_words(written(*words))
    else:
        assert shell_words(written(*words)) == tuple(words)


@pytest.mark.parametrize(
    "word", ["$(id)", "`id`", "; rm -rf /", "a'b", 'a"b', "a\\b", "%1", "#{pane_id}", "-t", "*"]
)
def test_nothing_in_a_word_has_a_meaning(word: str) -> None:
    assert shell_words(written("edit", word)) == ("edit", word)


def test_an_argument_may_be_empty() -> None:
    assert shell_words(b'"edit" "" "x"') == ("edit", "", "x")


@pytest.mark.parametrize(
    ("value", "why"),
    [
        (b"", "names nothing"),
        (b"   ", "names nothing"),
        (b'""', "names nothing"),
        (b"edit", "no quotes"),
        (b'"edit" x', "no quotes"),
        (b'"edit', "no end"),
        (b'"edit\\"', "no end"),
        (b'"edit" "x\\', "before neither"),
        (b'"edit\\n"', "before neither"),
        (b'"edit""x"', "right behind"),
        (b'"a\xff"', "not UTF-8"),
        ('"a\u202eb"'.encode(), "control characters"),
        ('"a\u009cb"'.encode(), "control characters"),
        (b'"a\nb"', "control characters"),
        (b'"a\x1bb"', "control characters"),
        (b'"a" ' * (MAX_WORDS + 1), "more than"),
        (b'"' + b"a" * (MAX_WORD_CHARS + 1) + b'"', "more than"),
    ],
)
def test_what_is_not_exactly_that_is_refused(value: bytes, why: str) -> None:
    with pytest.raises(UsageError, match=why):
        shell_words(value)
