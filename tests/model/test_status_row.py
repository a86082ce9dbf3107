from termlab.config.docs import default_docs
from termlab.config.loader import load_defaults
from termlab.model.status_row import LEFT, RIGHT, SEGMENTS, quoted


def test_the_default_segments_are_those_of_the_defaults() -> None:
    assert load_defaults().status.left == LEFT
    assert load_defaults().status.right == RIGHT
    assert set(LEFT) | set(RIGHT) <= set(SEGMENTS)


def test_the_defaults_name_every_segment() -> None:
    named = default_docs()["status"]
    assert [name for name in SEGMENTS if name not in named] == []


def test_text_stands_in_quotes() -> None:
    assert quoted("'on call'") == "on call"
    assert quoted("''") is None
    assert quoted("'") is None
    assert quoted("session") is None
    assert quoted("'''") == "'"
