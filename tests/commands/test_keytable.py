import pytest

from termlab.commands.keytable import asks_first, build_tables, split_command
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
