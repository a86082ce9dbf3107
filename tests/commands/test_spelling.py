"""Words that are no command."""

from termlab.commands.spelling import unknown_command


def test_the_nearest_command_is_named() -> None:
    said = unknown_command("split-windwo")
    assert said.startswith("there is no command 'split-windwo'. Did you mean `split-window`?")


def test_where_none_is_near_none_is_named() -> None:
    assert unknown_command("zzzzzz") == "there is no command 'zzzzzz'. See `termlab --help`."
