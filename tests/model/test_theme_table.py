"""The table is what Textual's themes are: `python -m tests.model.themes_made` writes it anew."""

from termlab.model.theme_table import THEMES
from tests.model.themes_made import TABLE, made


def test_the_table_is_as_textual_has_it() -> None:
    assert TABLE.read_text() == made()


def test_the_themes_people_know_are_there_and_some_are_light() -> None:
    known = {"nord", "gruvbox", "catppuccin-mocha", "textual-dark", "textual-light", "dracula"}
    assert known <= set(THEMES)
    assert {dark for dark, *_ in THEMES.values()} == {True, False}
