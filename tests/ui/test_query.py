"""What is looked for: words in any order and any case, lit wherever they stand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from termlab.client.style import PLAIN, Run
from termlab.ui.query import LIT, Query


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", True),
        ("split", True),
        ("RIGHT split", True),
        ("C-b", True),
        ("split below", False),
        ("[", False),
        ("(", False),
    ],
)
def test_each_word_must_stand_somewhere(text: str, found: bool) -> None:
    assert Query(text).matches(("C-b %", "split right")) is found


def test_the_words_are_lit_and_nothing_else() -> None:
    assert Query("a.c X").lit("xa.cabc", PLAIN) == (
        Run("x", LIT),
        Run("a.c", LIT),
        Run("abc", PLAIN),
    )
    assert Query().lit("text", PLAIN) == (Run("text", PLAIN),)
    assert Query("b").lit("", PLAIN) == ()


@given(st.text(max_size=8), st.text(max_size=30))
def test_no_character_is_lost(query: str, text: str) -> None:
    lit = Query(query).lit(text, PLAIN)
    assert "".join(run.text for run in lit) == text
    assert all(run.text for run in lit)
