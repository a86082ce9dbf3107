"""Answers and names put into commands."""

from termlab.commands.templates import expand, fill

NAMES = {"session_name": "work", "window_name": "%1 #S", "window_id": "@3"}


def test_names_are_put_in_by_their_short_and_long_form() -> None:
    assert expand("#S:#{session_name} ##S #{bogus} #Z", NAMES) == "work:work #S #{bogus} #Z"


def test_an_answer_stays_one_word_whatever_is_in_it() -> None:
    answer = "a b'; kill-server #S %2"
    assert fill(("rename-window", "--", "%%"), (answer,), NAMES) == (
        "rename-window",
        "--",
        answer,
    )


def test_several_answers_have_their_places() -> None:
    words = ("swap", "%1-%2", "%2", "%3", "100%")
    assert fill(words, ("a", "b"), {}) == ("swap", "a-b", "b", "", "100%")


def test_a_name_is_not_read_again_either() -> None:
    assert fill(("select", "-t", "#{window_id}", "#W"), ("x",), NAMES) == (
        "select",
        "-t",
        "@3",
        "%1 #S",
    )
