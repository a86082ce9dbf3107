"""A pattern is a plain text or an expression; no expression can hold whoever searches for it."""

import sys

import pytest

from termlab.errors import UsageError
from termlab.server.pattern import (
    MAX_LINE_CHARS,
    MAX_PATTERN_CHARS,
    PORTION,
    STEPS,
    Pattern,
    pattern_of,
)


def counted(pattern: Pattern, text: str) -> int:
    return sum(pattern.counts(text.encode()))


@pytest.mark.parametrize("regex", [False, True])
def test_hits_are_found_counted_and_placed(regex: bool) -> None:
    pattern = pattern_of("aa", regex)
    assert pattern.found(b"x\nbaab\n")
    assert not pattern.found(b"xa\nab\n")
    assert counted(pattern, "aaaaa\naa\na") == 3
    assert pattern.spans("aaaaa aa") == [(0, 2), (2, 4), (6, 8)]


@pytest.mark.parametrize("regex", [False, True])
def test_places_are_characters_whatever_they_take(regex: bool) -> None:
    pattern = pattern_of("字x", regex)
    assert pattern.spans("漢字xé字x") == [(1, 3), (4, 6)]
    assert counted(pattern, "漢字xé字x") == 2
    assert pattern.found("é字x".encode())


@pytest.mark.parametrize(("text", "regex"), [("ab", False), ("é", False), (r"\Sb", True)])
def test_without_a_capital_case_does_not_matter(text: str, regex: bool) -> None:
    pattern = pattern_of(text, regex)
    line = "AB É"
    assert len(pattern.spans(line)) == counted(pattern, line) == 1
    assert pattern.found(line.encode())


@pytest.mark.parametrize(("text", "regex"), [("Ab", False), ("É", False), ("[A]b", True)])
def test_with_a_capital_case_matters(text: str, regex: bool) -> None:
    pattern = pattern_of(text, regex)
    line = "AB ab aB é"
    assert pattern.spans(line) == []
    assert counted(pattern, line) == 0
    assert not pattern.found(line.encode())


def test_lines_are_searched_each_by_itself() -> None:
    assert counted(pattern_of("^b.*$", True), "abc\nbcd\nb") == 2
    assert not pattern_of(r"a\s*b", True).found(b"a\nb\n")
    assert not pattern_of("a[^x]b", True).found(b"a\nb\n")


def test_what_matches_nothing_is_no_hit() -> None:
    pattern = pattern_of("y*", True)
    assert pattern.spans("axa") == []
    assert counted(pattern, "axa") == 0
    assert not pattern.found(b"axa")
    assert pattern.spans("ayya") == [(1, 3)]


def test_a_plain_text_is_no_expression() -> None:
    assert pattern_of(".*", False).spans("a.*b") == [(1, 3)]


@pytest.mark.parametrize("text", ["", "x" * (MAX_PATTERN_CHARS + 1)])
def test_what_can_not_be_searched_for_is_told(text: str) -> None:
    with pytest.raises(UsageError, match="can't search"):
        pattern_of(text, regex=False)


@pytest.mark.parametrize("text", ["(", "a)", "[", "*", r"(a)\1", "(?=a)", "x{2000}", "\\"])
def test_what_is_no_expression_is_told(text: str) -> None:
    with pytest.raises(UsageError, match=r"is no regular expression: \w"):
        pattern_of(text, regex=True)


@pytest.mark.parametrize("text", ["(((x{9}){9}){9}){9}", "x{1000}" * 60, r"\pL{1,99}" * 3])
def test_an_expression_that_is_too_large_is_told(text: str) -> None:
    with pytest.raises(UsageError, match=r"too large|no regular expression: invalid repetition"):
        pattern_of(text, regex=True)


@pytest.mark.parametrize(
    "text", ["(a+)+$", "(a|aa)+$", "(a|a)*b", "(x+x+)+y", "(.*)*x", "(?:a?){30}a{30}", ".*.*.*.*="]
)
def test_no_expression_takes_longer_than_its_text_is_long(text: str) -> None:
    # By backtracking, any of these takes longer than the universe has.
    pattern = pattern_of(text, regex=True)
    assert sum(pattern.counts((b"a" * 200 + b"!\n") * 100)) >= 0
    assert pattern.spans("a" * MAX_LINE_CHARS + "!") == [] or text == "(?:a?){30}a{30}"


def test_the_larger_an_expression_the_less_text_it_is_given_at_once() -> None:
    small, large = pattern_of("a+b", True), pattern_of("(?:.{1,50}){1,2}Z", True)
    assert small.limit > MAX_LINE_CHARS
    assert STEPS // 1000 <= large.limit < small.limit
    assert large.spans("x" * large.limit + "Z") == []
    assert len(large.spans("x" * 9 + "Z")) == 1


def test_many_hits_are_counted_in_portions() -> None:
    pattern = pattern_of("[a]", True)
    portions = list(pattern.counts(b"a" * (3 * PORTION + 1)))
    assert portions == [PORTION, PORTION, PORTION, 1]


def test_without_the_engine_it_is_said_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "re2", None)
    with pytest.raises(UsageError, match="google-re2, which is not installed"):
        pattern_of("a+", regex=True)
    assert pattern_of("a+", regex=False).found(b"a+")
