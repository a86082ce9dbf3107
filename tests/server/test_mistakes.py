"""A configuration full of mistakes: each is told at its line, and none hides another."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from termlab.config.loader import defaults_text, load_defaults
from termlab.config.personal import MAX_MISTAKE_CHARS
from termlab.config.statements import MAX_MISTAKES
from termlab.server.configured import laid_over

FULL = Path(__file__).with_name("mistakes.toml").read_text()
USUAL = load_defaults()
WRONG = {
    number: line.partition("#! ")[2]
    for number, line in enumerate(FULL.splitlines(), 1)
    if "#! " in line
}


def test_each_mistake_is_told_at_its_line_and_nothing_else_is() -> None:
    assert len(WRONG) >= 40
    found = laid_over(USUAL, FULL)
    assert found.settings is USUAL
    told: dict[int, list[str]] = {}
    for line, what in found.mistakes:
        told.setdefault(line, []).append(what)
    assert sorted(told) == sorted(WRONG)
    for line, what in WRONG.items():
        assert any(what in each for each in told[line]), (line, what, told[line])


@pytest.mark.parametrize("line", WRONG)
def test_each_mistake_alone_is_told_too(line: int) -> None:
    """With only its own table above it."""
    lines = FULL.splitlines()
    header = next((each for each in reversed(lines[: line - 1]) if each.startswith("[")), "")
    before = lines[: line - 1] if "already" in WRONG[line] or "is the key" in WRONG[line] else []
    text = "\n".join([header.partition("#")[0], *before[-1:], lines[line - 1]])
    told = [mistake for mistake in laid_over(USUAL, text).mistakes if mistake.line > 1]
    what = WRONG[line].replace("line 15", "line 2")
    assert any(what in mistake.what for mistake in told), told
    assert {mistake.line for mistake in told} == {2 + len(before[-1:])}


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("a = " + "[" * 4_000, "nested too deeply"),
        ("a = " + "{a=" * 1_300, "nested too deeply"),
        (".".join("a" * 2_000) + " = 1", "tables are nested more than 16 deep"),
        ("[" + ".".join("a" * 2_000) + "]", "tables are nested more than 16 deep"),
        (".".join("a" * 50_000) + " = 1", "a line of 100003 characters: keep it below 4096"),
        ("x = [\n" + "1," * 50_000 + "\n]", "this is not TOML"),
        ("escape_ms = " + "9" * 4_000, "so large a number"),
        ("escape_ms = 0x" + "f" * 4_000, "so large a number"),
        ("prefix = '" + "x" * 4_000 + "'", "there is no key"),
        ("x" * 4_000 + " = 1", "there is no option"),
        ("[keys.prefix]\n'" + "x" * 4_000 + "' = 'new-window'", "there is no key"),
        ("[keys.prefix]\n'x' = '" + "y" * 4_000 + "'", "there is no command"),
        ("\0", "this is not TOML"),
    ],
    ids=range(13),
)
def test_what_is_made_to_break_a_reader_is_a_mistake_as_any_other(text: str, what: str) -> None:
    found = laid_over(USUAL, text)
    assert found.settings is USUAL
    assert what in found.mistakes[0].what
    assert len(found.mistakes) == 1 or "1,1" in text
    assert all(len(mistake.what) <= MAX_MISTAKE_CHARS for mistake in found.mistakes)


def test_of_thousands_of_wrong_lines_the_first_are_told() -> None:
    found = laid_over(USUAL, "x = yes\n" * 5_000)
    assert len(found.mistakes) == MAX_MISTAKES + 1
    assert found.mistakes[-1] == (MAX_MISTAKES + 1, found.mistakes[-1].what)
    assert "not read" in found.mistakes[-1].what


pieces = st.sampled_from(
    [
        *("[", "]", "{", "}", '"', "'", '"""', "=", "\n", ".", ",", "#", "\\u", "\\", " ", "\r"),
        *("keys", "prefix", "status", "left", "theme", "escape_ms", "1", "true", "new-window"),
        *("\x1b", "é"),
    ]
)


@given(st.lists(pieces, max_size=40).map("".join))
def test_nothing_that_can_be_written_breaks_the_reader(text: str) -> None:
    found = laid_over(USUAL, text)
    assert found.mistakes or found.settings.prefix == USUAL.prefix


@given(st.integers(0, 5000), st.integers(1, 60), st.text(max_size=8))
def test_nor_does_a_good_file_with_a_hole_in_it(start: int, length: int, put: str) -> None:
    whole = defaults_text()
    found = laid_over(USUAL, whole[:start] + put + whole[start + length :])
    assert all(1 <= line <= whole.count("\n") + 9 for line, _ in found.mistakes)
