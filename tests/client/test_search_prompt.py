"""The line a search is typed into."""

from termlab.client.search_prompt import CARET, MAX_CHARS, SHOWN_CHARS, SearchPrompt
from termlab.model.keyname import parse_key
from termlab.model.keys import Key


def typed(prompt: SearchPrompt, keys: str) -> list[tuple[str, ...]]:
    return [words for key in keys.split() if (words := prompt.press(parse_key(key)))]


def opened(*flags: str) -> SearchPrompt:
    prompt = SearchPrompt()
    prompt.open(flags)
    return prompt


def test_a_line_becomes_a_command() -> None:
    prompt = opened()
    assert typed(prompt, "a Space - Enter") == [("search-forward", "--", "a -")]
    assert not prompt.is_open
    assert prompt.line == ""


def test_direction_and_regex_are_the_keys_that_opened_it() -> None:
    prompt = opened("-b", "-r")
    assert prompt.line == f"regex ?{CARET}"
    assert typed(prompt, "x Enter") == [("search-backward", "-r", "--", "x")]


def test_it_is_edited() -> None:
    prompt = opened()
    typed(prompt, "a b Backspace c")
    assert prompt.line == f"/ac{CARET}"
    typed(prompt, "Space d e C-w")
    assert prompt.line == f"/ac{CARET}"
    typed(prompt, "C-u")
    assert prompt.line == f"/{CARET}"


def test_it_is_left_by_escape_and_by_erasing_nothing() -> None:
    for key in ("Escape", "C-c", "Backspace"):
        prompt = opened()
        assert typed(prompt, key) == []
        assert not prompt.is_open


def test_an_empty_line_means_what_was_searched_for_before() -> None:
    prompt = opened()
    assert typed(prompt, "Enter") == []
    prompt.open(())
    typed(prompt, "a Enter")
    prompt.open(("-b",))
    assert typed(prompt, "Enter") == [("search-backward", "--", "a")]
    prompt.open(())
    typed(prompt, "Up")
    assert prompt.line == f"/a{CARET}"


def test_keys_that_type_nothing_change_nothing() -> None:
    prompt = opened()
    typed(prompt, "F5 Left C-x")
    assert prompt.line == f"/{CARET}"


def test_a_long_line_shows_its_end_and_has_a_limit() -> None:
    prompt = opened()
    prompt.insert("x\n\x1b" + "a" * 2 * MAX_CHARS + "\n")
    assert len(prompt.line) == SHOWN_CHARS + 3
    prompt.press(Key("b", text="b"))
    words = prompt.press(Key("Enter"))
    assert words[-1] == "x" + "a" * (MAX_CHARS - 1)
