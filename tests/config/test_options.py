import pytest

from termlab.config.loader import load_defaults
from termlab.config.options import OPTIONS, TABLES, allowed, checked, near, replaced, value_of
from termlab.errors import UsageError

DEFAULTS = load_defaults()


def test_options_have_dotted_names_and_keys_are_none() -> None:
    assert {"escape_ms", "status.left"} <= set(OPTIONS)
    assert "status" in TABLES
    assert not {"keys", *TABLES} & set(OPTIONS)


def test_every_default_is_a_value_that_may_be_set() -> None:
    for name in OPTIONS:
        value = value_of(DEFAULTS, name)
        assert checked(name, value) == value
        assert allowed(name)


def test_options_are_replaced_one_by_one() -> None:
    found = replaced(DEFAULTS, {"mouse": False, "status.left": ("zoom",), "status.right": ()})
    assert (found.mouse, found.status.left, found.status.right) == (False, ("zoom",), ())
    assert replaced(DEFAULTS, {"status.right": ()}).status.left == DEFAULTS.status.left
    assert replaced(DEFAULTS, {}) == DEFAULTS


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("reload", "sometimes", 'reload can\'t be \'sometimes\': it is "auto" or "manual"'),
        ("theme", "nrod", "there is no theme 'nrod': did you mean 'nord'?"),
        ("theme", "", "there is no theme '': there are terminal, textual-dark,"),
        ("theme", 1, "theme can't be 1: it is text in quotes"),
        ("theme_light", "x", "there is no theme 'x'"),
        ("status.left", "session", "it is a list of at most 32 segments in quotes: session, "),
        ("status.left", [1], "it is a list"),
        ("status.left", ["session"] * 33, "at most 32"),
        ("status.right", ["zom"], "status.right: there is no segment 'zom': did you mean 'zoom'?"),
        ("status.right", ["'\x1b[2J'"], "leave out control characters"),
        ("connection_buffers", "huge", "'huge' is no size of buffers: give auto, small, default,"),
        ("connection_buffers", "1,8192", "a read buffer of 1 bytes can't be: give 512 to 1048576"),
        ("escape_ms", 1 << 500, "so large a number: it is a whole number from 0 to 10000"),
        ("mouse", None, "true or false"),
        ("server.cpus", "9000", "server.cpus: '9000': CPUs have numbers from 0 to 8191"),
        ("client.cpus", "1-", "client.cpus: '1-' is no CPU and no range: write \"0,2-3\""),
        ("client.cpus", "one", 'it is a list of CPUs in quotes, as "0,2-3"'),
        ("server.nice", -21, "a whole number from -20 to 19"),
        ("server.thread_stack_bytes", 1, "it is 0 or at least 262144"),
    ],
)
def test_what_can_not_be_says_what_can(name: str, value: object, message: str) -> None:
    with pytest.raises(UsageError) as failure:
        checked(name, value)
    assert message in str(failure.value)
    assert len(str(failure.value)) < 600


def test_what_may_be_set() -> None:
    assert checked("theme", "nord") == "nord"
    assert checked("theme_light", "") == ""
    assert checked("server.cpus", "0, 2-3") == "0, 2-3"
    assert checked("client.thread_stack_bytes", 0) == 0
    assert checked("status.left", ["session", "'on call'", "lab"]) == (
        "session",
        "'on call'",
        "lab",
    )


def test_the_nearest_name_is_told_or_all() -> None:
    assert near("ab", ["abc", "xyz"]) == ": did you mean 'abc'?"
    assert near("q", ["abc", "xyz"]) == ": there are abc, xyz"
