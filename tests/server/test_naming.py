"""Names are what a target can say."""

import pytest

from termlab.errors import UsageError
from termlab.server.naming import MAX_NAME_CHARS, check_name


@pytest.mark.parametrize("name", ["", "a:b", "a.b", "$1", "@2", "%3", "a\x1bb", "x" * 65])
def test_names_a_target_could_not_say_are_refused(name: str) -> None:
    with pytest.raises(UsageError):
        check_name(name)


def test_an_empty_name_is_told_that_there_must_be_one() -> None:
    with pytest.raises(UsageError, match="'' can't be a name: use 1 to 64 printable characters"):
        check_name("")


@pytest.mark.parametrize("name", ["work", "über alles", "x" * MAX_NAME_CHARS, "0"])
def test_other_names_are_taken(name: str) -> None:
    assert check_name(name) == name
