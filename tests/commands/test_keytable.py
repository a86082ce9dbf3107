import pytest

from termlab.commands.keytable import (
    Asked,
    asks_first,
    build_tables,
    read_prompt,
    split_command,
)
from termlab.errors import UsageError
from termlab.model.bindings import Binding

COMMANDS = {"new-window", "kill-pane", "confirm-before"}


def test_a_table_finds_a_binding_by_the_normal_form_of_its_key() -> None:
    rows = [Binding("c", "new-window"), Binding("PgUp", "new-window -d")]
    tables = build_tables({"prefix": rows, "scroll": []}, COMMANDS)
    assert tables == {"prefix": {"c": rows[0], "PageUp": rows[1]}, "scroll": {}}


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ([Binding("Foo", "new-window")], "'Foo' in the key table 'prefix': there is no key"),
        ([Binding("c", "new-widnow")], "no command 'new-widnow'"),
        ([Binding("c", "")], "empty"),
        ([Binding("c", 'new-window "')], "quot"),
        ([Binding("c", "confirm-before kill-pnae")], "no command 'kill-pnae'"),
        ([Binding("c", "confirm-before")], "confirms nothing"),
        ([Binding("c", "confirm-before -p sure?")], "confirms nothing"),
        ([Binding("PgUp", "new-window"), Binding("PPage", "new-window")], "'PgUp' and as 'PPage'"),
    ],
)
def test_a_wrong_binding_is_refused_by_name(rows: list[Binding], message: str) -> None:
    with pytest.raises(UsageError, match=message) as failure:
        build_tables({"prefix": rows}, COMMANDS)
    assert "prefix" in str(failure.value)


def test_a_command_is_split_as_in_a_shell() -> None:
    assert split_command("new-window -n 'two words'") == ["new-window", "-n", "two words"]


@pytest.mark.parametrize(
    ("command", "question", "rest"),
    [
        ("confirm-before kill-pane", "kill-pane? (y/n)", "kill-pane"),
        ("confirm-before -p 'sure?' kill-pane", "sure?", "kill-pane"),
        ('confirm-before -p "sure?" "kill-pane -a"', "sure?", "kill-pane -a"),
        ("confirm-before kill-pane -t 'a b'", "kill-pane -t 'a b'? (y/n)", "kill-pane -t 'a b'"),
    ],
)
def test_confirm_before_is_a_question_and_a_command(command: str, question: str, rest: str) -> None:
    assert asks_first(Binding("x", command, "close")) == (question, Binding("x", rest, "close"))
    assert asks_first(Binding("x", rest)) is None


@pytest.mark.parametrize(
    ("argv", "asked"),
    [
        ([], Asked((":",), ("",), ())),
        (
            ["-p", "name,", "kill-pane -t '%1 %2'"],
            Asked(("name", ""), ("", ""), ("kill-pane", "-t", "%1 %2")),
        ),
        (["-I", "a,b", "kill-pane", "%%"], Asked(("(kill-pane)",), ("a",), ("kill-pane", "%%"))),
        (["-I", "-x", "--", "-y"], Asked(("(-y)",), ("-x",), ("-y",))),
    ],
)
def test_a_prompt_is_read_as_tmux_does(argv: list[str], asked: Asked) -> None:
    assert read_prompt(argv) == asked


@pytest.mark.parametrize(
    ("command", "why"),
    [
        ("command-prompt 'kill-pnae %%'", "no command 'kill-pnae'"),
        ("command-prompt -p x -Z", "no option '-Z'"),
        ("confirm-before 'command-prompt kill-pnae'", "no command 'kill-pnae'"),
    ],
)
def test_a_prompt_for_what_is_no_command_is_told_when_it_is_read(command: str, why: str) -> None:
    with pytest.raises(UsageError, match=why):
        build_tables({"prefix": [Binding("c", command)]}, COMMANDS | {"command-prompt"})
