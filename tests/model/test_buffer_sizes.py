"""Sizes by name, sizes of one's own, and what is learned from the first messages."""

import pytest

from termlab.errors import UsageError
from termlab.model.buffer_sizes import (
    AUTO,
    DEFAULT,
    LARGE,
    LEARNED_MESSAGES,
    MAX_BYTES,
    MIN_BYTES,
    SMALL,
    Preset,
    Tuner,
    custom,
    preset_named,
)


def test_presets_have_names_and_sizes() -> None:
    assert [(p.read_bytes, p.write_bytes) for p in (SMALL, DEFAULT, LARGE)] == [
        (4096, 4096),
        (8192, 8192),
        (16384, 16384),
    ]
    assert preset_named("small") is SMALL
    assert preset_named(AUTO) is None


def test_sizes_of_ones_own_are_two() -> None:
    assert preset_named("4096, 65536") == custom(4096, 65536) == Preset("custom", 4096, 65536)


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ("huge", "'huge' is no size of buffers: give auto, small, default, large, or the bytes"),
        ("", "'' is no size"),
        ("8192", "'8192' is no size"),
        ("8192,-1", "is no size"),
        ("8192,²", "is no size"),
        (f"{MIN_BYTES - 1},8192", f"a read buffer of {MIN_BYTES - 1} bytes can't be"),
        (f"8192,{MAX_BYTES + 1}", f"a write buffer of {MAX_BYTES + 1} bytes can't be"),
    ],
)
def test_a_size_that_can_not_be_says_what_can(words: str, message: str) -> None:
    with pytest.raises(UsageError) as failure:
        preset_named(words)
    assert message in str(failure.value)


@pytest.mark.parametrize(
    ("mean", "chosen"),
    [(1, SMALL), (1023, SMALL), (1024, DEFAULT), (8192, DEFAULT), (8193, LARGE), (1 << 20, LARGE)],
)
def test_the_mean_of_the_first_messages_decides(mean: int, chosen: Preset) -> None:
    tuner = Tuner()
    for _ in range(LEARNED_MESSAGES - 1):
        assert tuner.saw(1, mean) is None
    choice = tuner.saw(1, mean)
    assert choice is not None
    assert choice.preset is chosen
    assert choice.why.startswith(f"{LEARNED_MESSAGES} messages of {mean} bytes on average")


def test_many_messages_at_once_are_learned_from_at_once() -> None:
    choice = Tuner().saw(100, 100 * 200)
    assert choice is not None
    assert choice.preset is SMALL


def test_a_read_that_completes_no_message_counts_for_the_one_that_is() -> None:
    tuner = Tuner()
    for _ in range(LEARNED_MESSAGES - 1):
        assert tuner.saw(0, 9000) is None
        assert tuner.saw(1, 1000) is None
    choice = tuner.saw(1, 10_000)
    assert choice is not None
    assert choice.preset is LARGE
