"""The command prompt: keys in, commands out."""

import pytest

from termlab.client.candidates import World
from termlab.client.command_prompt import CommandPrompt, asked
from termlab.client.prompt_history import PromptHistory
from termlab.commands.keytable import Asked
from termlab.errors import UsageError
from termlab.model.keyname import parse_key

NAMES = {"window_name": "sh, vi", "window_id": "@3", "session_name": "work"}


class Typist:
    """A prompt and words for what is typed into it."""

    def __init__(self, *argv: str, history: PromptHistory | None = None) -> None:
        self.prompt = CommandPrompt(history or PromptHistory())
        self.open(*argv)

    def open(self, *argv: str) -> None:
        self.prompt.open(asked(argv, NAMES), NAMES, World())

    def keys(self, keys: str) -> list[tuple[str, ...]]:
        out = [self.prompt.press(parse_key(key)) for key in keys.split()]
        return [words for words in out if words]

    def type(self, text: str) -> None:
        self.prompt.paste(text)

    @property
    def row(self) -> str:
        """Lead and text, ``|`` where the cursor is."""
        view = self.prompt.view()
        if view is None:
            return ""
        return f"{view.lead}{view.text[: view.cursor]}|{view.text[view.cursor :]}"

    @property
    def help(self) -> str:
        view = self.prompt.view()
        assert view is not None
        return " ".join(f"[{hint.text}]" if hint.chosen else hint.text for hint in view.hints)

    @property
    def error(self) -> str:
        view = self.prompt.view()
        return view.error if view is not None else ""


def test_a_line_becomes_the_words_of_a_command() -> None:
    typist = Typist()
    typist.type("rename-window 'a b'")
    assert typist.keys("Enter") == [("rename-window", "a b")]
    assert typist.row == ""


@pytest.mark.parametrize("key", ["Escape", "C-c", "C-g"])
def test_it_is_left_without_a_command(key: str) -> None:
    typist = Typist()
    typist.type("kill-server")
    assert typist.keys(key) == []
    assert typist.row == ""


def test_nothing_typed_is_nothing_to_do() -> None:
    assert Typist().keys("Space Enter") == []
    typist = Typist()
    assert typist.keys("a Backspace Backspace") == []
    assert typist.row == ""


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("bogus", "there is no command 'bogus'"),
        ("splt-window", "Did you mean `split-window`?"),
        ("rename-window 'a", "check the quotes"),
        ("doctor", "is for a shell"),
    ],
)
def test_what_can_not_run_stays_with_what_is_wrong(line: str, why: str) -> None:
    typist = Typist()
    typist.type(line)
    assert typist.keys("Enter") == []
    assert typist.row == f":{line}|"
    assert why in typist.error
    typist.keys("Left")
    assert typist.error == ""


def test_a_command_that_failed_comes_back_with_its_line() -> None:
    typist = Typist()
    typist.type("select-window -t :9")
    assert typist.keys("Enter") == [("select-window", "-t", ":9")]
    typist.prompt.failed("there is no window 9")
    assert typist.row == ":select-window -t :9|"
    assert typist.error == "there is no window 9"
    assert typist.keys("Backspace 1 Enter") == [("select-window", "-t", ":1")]


# Templates


def test_an_answer_is_one_word_of_its_template() -> None:
    typist = Typist("-p", "window name", "-I", "#W", "rename-window -t '#{window_id}' -- '%%'")
    assert typist.row == "window name sh, vi|"
    typist.keys("C-u")
    typist.type("a'b; kill-server %1 #S")
    assert typist.keys("Enter") == [("rename-window", "-t", "@3", "--", "a'b; kill-server %1 #S")]


def test_several_answers_are_asked_one_after_the_other() -> None:
    typist = Typist("-p", "from,to", "-I", ",#S", "swap-window -s %1 -t %2")
    typist.type("1")
    assert typist.keys("Enter") == []
    assert typist.row == "to work|"
    assert typist.keys("Enter") == [("swap-window", "-s", "1", "-t", "work")]
    typist.prompt.failed("there is none")
    assert typist.row == "to work|"
    assert typist.keys("C-u 2 Enter") == [("swap-window", "-s", "1", "-t", "2")]


def test_a_template_as_words_means_the_same() -> None:
    typist = Typist("rename-window", "--", "%%")
    assert typist.row == "(rename-window) |"
    assert typist.keys("a Enter") == [("rename-window", "--", "a")]


def test_backspace_leaves_no_template() -> None:
    typist = Typist("rename-window", "%%")
    typist.keys("Backspace")
    assert typist.row == "(rename-window) |"


def test_options_that_are_none_are_told() -> None:
    with pytest.raises(UsageError, match="'-Z'"):
        asked(("-Z",), {})
    with pytest.raises(UsageError, match="'-p'"):
        asked(("-p",), {})
    assert asked(("-I", "kill", "-p", "do"), {}) == Asked(("do",), ("kill",), ())


# History


def test_what_was_typed_before_comes_back() -> None:
    history = PromptHistory()
    for line in ("split-window", "new-window -n x"):
        typist = Typist(history=history)
        typist.type(line)
        typist.keys("Enter")
    typist.open()
    typist.keys("a b Up")
    assert typist.row == ":new-window -n x|"
    typist.keys("C-p C-p Down C-n")
    assert typist.row == ":ab|"
    typist.keys("C-r s p l")
    assert typist.row == "(search)`spl': split-window|"
    typist.keys("q")
    assert typist.row.startswith("(not found search)`splq'")
    typist.keys("Backspace Left")
    assert typist.row == ":split-windo|w"


def test_a_search_is_left_as_it_was_found() -> None:
    history = PromptHistory()
    history.add("split-window")
    typist = Typist(history=history)
    typist.keys("a C-r s C-g")
    assert typist.row == ":a|"
    assert typist.keys("C-r w Enter") == [("split-window",)]


def test_what_failed_is_kept_and_answers_are_not() -> None:
    history = PromptHistory()
    typist = Typist(history=history)
    typist.type("bogus")
    typist.keys("Enter")
    typist.open("rename-window", "%%")
    typist.keys("x Enter")
    assert history.lines() == ["bogus"]


# Completion


def test_one_candidate_is_taken_with_a_blank() -> None:
    typist = Typist()
    typist.type("rename-w")
    typist.keys("Tab")
    assert typist.row == ":rename-window |"


def test_several_are_gone_through_and_any_key_takes_one() -> None:
    typist = Typist()
    typist.type("kill-se")
    typist.keys("Tab")
    assert typist.row == ":kill-session|"
    assert typist.help == "[kill-session] kill-server"
    typist.keys("Tab")
    first = typist.row
    typist.keys("Tab")
    assert typist.row != first
    typist.keys("S-Tab")
    assert typist.row == first
    typist.keys("Space")
    assert typist.row == first.replace("|", " |")


def test_what_all_begin_with_is_filled_in_first() -> None:
    typist = Typist()
    typist.type("previous-")
    typist.keys("Tab")
    assert typist.help == "[previous-window] previous-layout previous-word previous-prompt"
    typist.open()
    typist.type("next-l")
    typist.keys("C-u n e x Tab")
    assert typist.row == ":next-|"
    assert typist.help.startswith("next-window next-layout")
    typist.keys("Tab Tab")
    assert typist.row == ":next-layout|"
    typist.open()
    typist.type("search-b")
    typist.keys("Tab")
    assert typist.row == ":search-backward |"


def test_a_press_takes_a_candidate_and_moves_the_cursor() -> None:
    typist = Typist()
    typist.type("kill-")
    typist.keys("Tab")
    view = typist.prompt.view()
    assert view is not None
    hint = next(hint for hint in view.hints if hint.text == "kill-pane")
    typist.prompt.click(hint.press, 3)
    assert typist.row == ":kill-pane |"
    typist.prompt.click("text:0", 4)
    assert typist.row == ":kill|-pane "
    typist.prompt.click(hint.press, 0)
    assert typist.row == ":kill|-pane "


# Help


def test_what_is_typed_is_explained() -> None:
    typist = Typist()
    assert typist.help == "Tab completes · Up goes back · Escape leaves"
    typist.type("kill-p")
    assert typist.help == "kill-pane"
    typist.type("ane")
    assert typist.help == "End a pane and what runs in it."
    typist.type(" ")
    assert typist.help == "[-t PANE]"
    typist.keys("C-u")
    typist.type("split -l ")
    assert typist.help == "-l PERCENT: its share of the pane (50%)"
    typist.keys("C-u")
    typist.type("zzz")
    assert typist.help == ""
