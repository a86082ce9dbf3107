import pytest

from termlab.commands.keytable import asks_first, build_tables, split_command
from termlab.commands.prefix import check_prefix
from termlab.commands.table import names
from termlab.config.loader import TABLES, defaults_text, load_defaults, parse_settings
from termlab.errors import UsageError
from termlab.model.bindings import Binding

WORDS = names()
TEXT = defaults_text()


def test_the_defaults_are_what_the_design_says() -> None:
    settings = load_defaults()
    assert (settings.prefix, settings.mouse, settings.default_shell) == ("C-b", True, "")
    assert (settings.escape_ms, settings.repeat_ms, settings.hint_ms) == (25, 500, 400)
    assert (settings.flush_bytes, settings.flush_ms, settings.ring_bytes) == (8192, 5, 128 * 1024)
    assert settings.flush == "auto"
    assert 10_000 * 200 * 8 <= settings.scrollback_bytes <= 20 << 20
    assert set(settings.keys) == set(TABLES)


def test_the_default_keys_make_tables_whose_every_word_is_a_command() -> None:
    tables = build_tables(load_defaults().keys, WORDS)
    used = {split_command(row.command)[0] for table in tables.values() for row in table.values()}
    asked = [asks_first(row) for table in tables.values() for row in table.values()]
    assert used | {pair[1].command for pair in asked if pair} <= set(WORDS)
    assert check_prefix(load_defaults().prefix) in tables["prefix"]


def test_every_default_key_is_written_in_its_normal_form_and_says_what_it_does() -> None:
    for table in build_tables(load_defaults().keys, WORDS).values():
        for key, binding in table.items():
            assert binding.key == key
            assert binding.note


# As `tmux list-keys -T prefix` of tmux 3.3a has them.
@pytest.mark.parametrize(
    ("key", "command", "repeat"),
    [
        ("%", "split-window -h", False),
        ("Up", "select-pane -U", True),
        ("C-Left", "resize-pane -L", True),
        ("M-Left", "resize-pane -L 5", True),
        ("o", "select-pane -t :.+", False),
        ("x", "confirm-before -p 'close this pane? (y/n)' kill-pane", False),
        ("9", "select-window -t :9", False),
        ("Space", "next-layout", False),
        ("M-1", "select-layout even-horizontal", False),
        ("M-2", "select-layout even-vertical", False),
        ("M-3", "select-layout main-horizontal", False),
        ("M-4", "select-layout main-vertical", False),
        ("M-5", "select-layout tiled", False),
        ("E", "select-layout -E", False),
        ("{", "swap-pane -U", False),
        ("}", "swap-pane -D", False),
        ("C-o", "rotate-window", False),
        ("M-o", "rotate-window -D", False),
        ("!", "break-pane", False),
        ("PageUp", "copy-mode -u", False),
    ],
)
def test_hands_need_not_relearn(key: str, command: str, repeat: bool) -> None:
    binding = build_tables(load_defaults().keys, WORDS)["prefix"][key]
    assert (binding.command, binding.repeat) == (command, repeat)


def test_bindings_keep_the_order_of_the_file() -> None:
    bindings = load_defaults().keys["prefix"]
    assert bindings[0] == Binding("?", "list-keys", "help")
    written = [line.partition(" = ")[0] for line in TEXT.splitlines() if "command =" in line]
    keys = [row.key for table in load_defaults().keys.values() for row in table]
    assert keys == [key.strip("\"'") or key.strip("'") for key in written]


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("escape_ms = 25", "escape_ms = ", "at line"),
        ("escape_ms = 25", 'escape_ms = "25"', r"Expected `int`, got `str` - at `\$.escape_ms`"),
        ("escape_ms = 25", "escape_ms = -1", r">= 0 - at `\$.escape_ms`"),
        ("escape_ms = 25", "escape_mss = 25", "escape_mss"),
        ("escape_ms = 25", "", "missing required field `escape_ms`"),
        ("ring_bytes = 131072", "ring_bytes = 10", "4096"),
        ('prefix = "C-b"', 'prefix = "C-"', "there is no key 'C-'"),
        ("[keys.scroll]", "[keys.scrol]", "no key table 'scrol'"),
        ('"q" = {', '"Foo" = {', r"in \[keys.scroll\]: there is no key 'Foo'"),
        ("repeat = true", "repeat = 1", "Expected `bool`"),
        ("repeat = true", "repaet = true", "repaet"),
        ('command = "cancel",', "", "missing required field `command`"),
    ],
)
def test_a_mistake_is_named_with_its_file_and_place(old: str, new: str, message: str) -> None:
    assert old in TEXT
    with pytest.raises(UsageError, match=message) as failure:
        parse_settings(TEXT.replace(old, new, 1), "my.toml")
    assert str(failure.value).startswith("my.toml: ")


def test_a_file_without_keys_is_incomplete() -> None:
    with pytest.raises(UsageError, match=r"my\.toml"):
        parse_settings(TEXT[: TEXT.index("[keys.prefix]")], "my.toml")
