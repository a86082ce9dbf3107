"""How runs are called: what a word names, and which words can't be names."""

import pytest

from termlab.errors import UsageError
from termlab.runs.refs import MAX_CHARS, Ref, check_name, check_tag, parse_ref


@pytest.mark.parametrize(
    ("text", "ref"),
    [
        ("12", Ref(12)),
        ("last", Ref(None)),
        ("last~1", Ref(None, "", 1)),
        ("nightly", Ref(None, "nightly")),
        ("nightly~2", Ref(None, "nightly", 2)),
        ("v1.2-rc/3", Ref(None, "v1.2-rc/3")),
    ],
)
def test_a_word_names_a_run(text: str, ref: Ref) -> None:
    assert parse_ref(text) == ref


@pytest.mark.parametrize("text", ["", "~", "~1", "a~", "a~b", "a~-1", "a~1~2", "a~²", "1" * 30])
def test_other_words_name_none(text: str) -> None:
    with pytest.raises(UsageError, match=r"(names no run|there is no run)"):
        parse_ref(text)


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("", "it is empty"),
        ("12", "how a run is called anyway"),
        ("last", "how a run is called anyway"),
        ("a b", "blanks and control characters"),
        ("a\x1b[2J", "blanks and control characters"),
        ("a~1", "leave out ~"),
        ("-x", "- or \\+ in front"),
        ("+x", "- or \\+ in front"),
        ("x" * (MAX_CHARS + 1), f"longer than {MAX_CHARS}"),
    ],
)
def test_a_name_is_told_from_everything_else_on_a_command_line(name: str, why: str) -> None:
    with pytest.raises(UsageError, match=why) as told:
        check_name(name)
    assert str(told.value).isprintable()


def test_a_tag_may_be_what_a_name_may_not() -> None:
    assert check_tag("2024") == "2024"
    with pytest.raises(UsageError, match="can't be a tag"):
        check_tag("a,b")
