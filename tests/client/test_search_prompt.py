"""The line a search is typed into."""

from termlab.client.search_prompt import MAX_CHARS, SearchPrompt
from termlab.model.keyname import parse_key
from termlab.model.keys import Key

CANCEL = ("search-cancel",)


def typed(prompt: SearchPrompt, keys: str) -> list[tuple[str, ...]]:
    return [words for key in keys.split() if (words := prompt.press(parse_key(key)))]


def opened(*flags: str) -> SearchPrompt:
    prompt = SearchPrompt()
    prompt.open(flags)
    return prompt


def line(prompt: SearchPrompt) -> str:
    """What is shown, | where the cursor is."""
    view = prompt.view()
    assert view is not None
    return f"{view.lead}{view.text[: view.cursor]}|{view.text[view.cursor :]}"


def test_each_change_is_searched_for_and_the_line_becomes_a_command() -> None:
    prompt = opened()
    assert typed(prompt, "a Space - Backspace Left Enter") == [
        ("search-incremental", "--", "a"),
        ("search-incremental", "--", "a "),
        ("search-incremental", "--", "a -"),
        ("search-incremental", "--", "a "),
        ("search-forward", "--", "a "),
    ]
    assert not prompt.is_open
    assert prompt.view() is None


def test_direction_and_regex_are_the_keys_that_opened_it() -> None:
    prompt = opened("-b", "-r")
    assert line(prompt) == "regex ?|"
    assert typed(prompt, "x Enter") == [
        ("search-incremental", "-b", "-r", "--", "x"),
        ("search-backward", "-r", "--", "x"),
    ]


def test_it_is_edited() -> None:
    prompt = opened()
    typed(prompt, "a b Backspace c")
    assert line(prompt) == "/ac|"
    typed(prompt, "Space d e C-w")
    assert line(prompt) == "/ac |"
    typed(prompt, "Left Left b")
    assert line(prompt) == "/ab|c "
    assert typed(prompt, "End C-u") == [("search-incremental", "--", "")]
    assert line(prompt) == "/|"


def test_what_was_found_stands_beside_it() -> None:
    view = opened().view("hit 3/120")
    assert view is not None
    assert [hint.text for hint in view.hints] == ["3/120"]


def test_left_by_escape_or_by_erasing_nothing_it_goes_back() -> None:
    for key in ("Escape", "C-c", "Backspace"):
        prompt = opened()
        assert typed(prompt, key) == [CANCEL]
        assert not prompt.is_open


def test_an_empty_line_means_what_was_searched_for_before() -> None:
    prompt = opened()
    assert typed(prompt, "Enter") == [CANCEL]
    prompt.open(())
    typed(prompt, "a Enter")
    prompt.open(("-b",))
    assert typed(prompt, "Enter") == [("search-backward", "--", "a")]
    prompt.open(())
    assert typed(prompt, "Up") == [("search-incremental", "--", "a")]
    assert line(prompt) == "/a|"


def test_keys_that_type_nothing_change_nothing() -> None:
    prompt = opened()
    assert typed(prompt, "F5 PageDown C-x") == []
    assert line(prompt) == "/|"


def test_a_paste_is_searched_for_once_and_has_a_limit() -> None:
    prompt = opened()
    words = prompt.insert("x\n\x1b" + "a" * 2 * MAX_CHARS + "\n")
    assert words == ("search-incremental", "--", "x" + "a" * (MAX_CHARS - 1))
    assert prompt.press(Key("b", text="b")) == ()
    assert prompt.press(Key("Enter")) == ("search-forward", "--", words[-1])
