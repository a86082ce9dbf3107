import pytest

from termlab.config.loader import load_defaults
from termlab.config.personal import Checks, Overlaid, overlay
from termlab.errors import UsageError
from termlab.model.bindings import Binding

DEFAULTS = load_defaults()


def check_binding(table: str, binding: Binding) -> None:
    if not binding.command.startswith("new"):
        raise UsageError(f"{table}: no {binding.command}")


def check_prefix(prefix: str) -> None:
    if prefix == "a":
        raise UsageError("a types")


def over(text: str) -> Overlaid:
    return overlay(DEFAULTS, text, Checks(check_binding, check_prefix))


def prefix_keys(text: str) -> dict[str, Binding]:
    found = over(text)
    assert found.mistakes == ()
    return {row.key: row for row in found.settings.keys["prefix"]}


def test_an_empty_file_changes_nothing() -> None:
    assert over("") == Overlaid(DEFAULTS)
    assert over("[keys]\n[keys.prefix]\n") == Overlaid(DEFAULTS)


def test_an_option_replaces_the_default_and_says_where() -> None:
    found = over("\nescape_ms = 40\nflush_bytes = 4096\n")
    assert (found.settings.escape_ms, found.settings.flush_bytes) == (40, 4096)
    assert found.settings.repeat_ms == DEFAULTS.repeat_ms
    assert found.lines == {"escape_ms": 2, "flush_bytes": 3}


def test_a_binding_replaces_that_of_its_key_in_its_place() -> None:
    keys = prefix_keys('[keys.prefix]\n"%" = "new-window"\n')
    assert keys["%"] == Binding("%", "new-window", own=True)
    assert list(keys) == [row.key for row in DEFAULTS.keys["prefix"]]


@pytest.mark.parametrize("nothing", ['""', "false"])
def test_a_key_is_unbound(nothing: str) -> None:
    assert "%" not in prefix_keys(f'[keys.prefix]\n"%" = {nothing}\n')


def test_a_binding_may_be_a_table_and_another_spelling() -> None:
    keys = prefix_keys('[keys.prefix."c-LEFT"]\ncommand = "new"\nrepeat = true\nnote = "n"\n')
    assert keys["c-LEFT"] == Binding("c-LEFT", "new", "n", True, own=True)
    assert "C-Left" not in keys


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("escape_mss = 1", "no option 'escape_mss': did you mean 'escape_ms'?"),
        ("[escape_mss]", "no option 'escape_mss'"),
        ('escape_ms = "1"', "escape_ms can't be '1': it is a whole number from 0 to 10000"),
        ("escape_ms = true", "a whole number"),
        ("ring_bytes = 1", "from 4096 to"),
        ("mouse = 1", "mouse can't be 1: it is true or false"),
        ("prefix = 1", "text in quotes"),
        ("prefix.a = 1", "text in quotes"),
        ('prefix = "a"', "a types"),
        ("keys = 1", "no key table ''"),
        ("[keys.prefx]", "did you mean 'prefix'?"),
        ("[keys]\nprefix = 1", "a table of keys"),
        ('[keys.prefix]\n"Foo" = "new"', "no key 'Foo'"),
        ('[keys.prefix]\n"x" = "old"', "prefix: no old"),
        ('[keys.prefix]\n"x" = true', "or false to unbind it"),
        ('[keys.prefix]\n"x" = {}', "or false to unbind it"),
        ('[keys.prefix]\n"x" = { note = "n" }', "has no command"),
        ('[keys.prefix]\n"x" = { command = 1 }', "command can't be 1: it is text"),
        ('[keys.prefix]\n"x" = { command = "new", repaet = true }', "did you mean 'repeat'?"),
        ('[keys.prefix]\n"x" = { command = "new", repeat = 1 }', "true or false"),
        ('[keys.prefix]\n"C-A" = "new"\n"C-a" = "new"', "'C-A' of line 2 again"),
    ],
)
def test_a_mistake_says_what_is_wrong_and_what_is_right(text: str, message: str) -> None:
    found = over(text)
    (mistake,) = found.mistakes
    assert message in mistake.what
    assert mistake.line == text.count("\n") + 1
    assert found.settings is DEFAULTS


def test_all_mistakes_are_told_in_the_order_of_the_file() -> None:
    found = over('[keys.prefix]\n"x" = "old"\nnot toml\n[keys.scroll]\n"Foo" = "new"\n[no]\n')
    assert [mistake.line for mistake in found.mistakes] == [2, 3, 5, 6]
