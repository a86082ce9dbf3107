"""The record of an event, and the table of its kinds."""

from termlab.model.happening import KINDS, Happening


def test_kinds_are_words_joined_by_a_dash_and_each_says_what_its_text_is() -> None:
    for kind, what in KINDS.items():
        assert kind == kind.lower()
        assert kind.replace("-", "").isalpha()
        assert what


def test_an_event_that_is_about_nothing_says_only_what_and_when() -> None:
    happening = Happening("config-reloaded", 1.5)
    assert (happening.session, happening.window, happening.pane, happening.text) == ("",) * 4
    assert happening.status is None
