"""Scripts of keys as they are written, and as they were recorded."""

import pytest

from termlab.commands.scripted_keys import DEFAULT_WAIT_S, read_script, seconds
from termlab.errors import UsageError
from termlab.model.key_script import Step

WRITTEN = b"""
# opens, writes, leaves
wait /~|No Name/ 5s
type "i\\"hi\\"\\n"
  key Escape
key Down 5
wait /a\\/b/
quiet 200ms
pause 1.5s
pace 50ms
pace auto
"""


def test_each_line_is_a_step_with_its_number() -> None:
    script = read_script(WRITTEN, "edit.keys")
    assert script.name == "edit.keys"
    assert script.steps == (
        Step(3, "wait", "~|No Name", seconds=5.0),
        Step(4, "type", 'i"hi"\n'),
        Step(5, "key", "Escape"),
        Step(6, "key", "Down", 5),
        Step(7, "wait", "a/b", seconds=DEFAULT_WAIT_S),
        Step(8, "quiet", seconds=0.2),
        Step(9, "pause", seconds=1.5),
        Step(10, "pace", seconds=0.05),
        Step(11, "pace", seconds=0.0),
    )


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("press Enter", "there is no step 'press': a step is type, key, wait"),
        ("type hello", "write the text in double quotes"),
        ('type ""', "there is nothing to type"),
        ('type "a\\x"', "\\x means nothing"),
        ('type "\x01"', "press it with `key`"),
        ("key", "write one key and how often"),
        ("key Nope", "there is no key 'Nope'"),
        ("key Down 0", "'0' can't be how often"),
        ("key Down many", "'many' can't be how often"),
        ("key Down 1 2", "write one key and how often"),
        ("wait ready", "write the regular expression between slashes"),
        ("wait /(/", "/(/ is no regular expression"),
        ("wait /x/ soon", "'soon' is no time"),
        ("quiet", "'' is no time"),
        ("quiet 0ms", "'0ms' can't be"),
        ("pause 200", "'200' is no time: write it as 200ms"),
        ("pace 3h", "'3h' is no time"),
    ],
)
def test_a_mistake_is_told_with_its_file_and_line(line: str, why: str) -> None:
    with pytest.raises(UsageError) as caught:
        read_script(f"key Up\n{line}\n".encode(), "my.keys")
    assert str(caught.value).startswith("my.keys:2: ")
    assert why in str(caught.value)


def test_a_script_without_a_step_and_one_that_is_no_text_are_refused() -> None:
    with pytest.raises(UsageError, match="has no step in it"):
        read_script(b"# nothing\n", "my.keys")
    with pytest.raises(UsageError, match=r"my.keys:2: this is not UTF-8"):
        read_script(b"key a\n\xff\n", "my.keys")
    with pytest.raises(UsageError, match="is longer than 1 MiB"):
        read_script(b"key a\n" * 200_000, "my.keys")


def test_a_recording_is_its_input_at_its_times() -> None:
    cast = (
        b'{"version": 2, "width": 80, "height": 24}\n'
        b'[0.5, "o", "shown"]\n[1.25, "i", "x"]\n[2.0, "i", "\\u001b[A"]\n'
    )
    assert read_script(cast, "typed.cast").steps == (
        Step(3, "input", "x", seconds=1.25),
        Step(4, "input", "\x1b[A", seconds=2.0),
    )


def test_a_recording_without_keys_or_with_a_mistake_is_refused() -> None:
    header = b'{"version": 2, "width": 80, "height": 24}\n'
    with pytest.raises(UsageError, match="has no keys in it: record some with"):
        read_script(header + b'[0.5, "o", "shown"]\n', "out.cast")
    with pytest.raises(UsageError, match=r"out\.cast, line 2"):
        read_script(header + b"[0.5\n", "out.cast")


@pytest.mark.parametrize(("text", "value"), [("200ms", 0.2), ("1.5s", 1.5), ("2m", 120.0)])
def test_times_have_their_units(text: str, value: float) -> None:
    assert seconds(text) == pytest.approx(value)


def test_a_time_beyond_a_day_is_a_mistake() -> None:
    with pytest.raises(UsageError, match="at most a day"):
        seconds("1441m")
