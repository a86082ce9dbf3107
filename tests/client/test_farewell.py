"""The last word of a client."""

import pytest

from termlab.client.farewell import Refused, farewell
from termlab.wire.messages import Bye


def test_a_goodbye_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    assert farewell(Bye("[detached]"), 0) == 0
    assert capsys.readouterr().out == "[detached]\n"


def test_a_signal_says_nothing_and_is_the_exit_code(capsys: pytest.CaptureFixture[str]) -> None:
    assert farewell(None, 15) == 143
    assert capsys.readouterr().out == ""


def test_a_refusal_carries_its_code() -> None:
    with pytest.raises(Refused, match="no such session") as caught:
        farewell(Bye("no such session", 3), 0)
    assert caught.value.exit_code == 3
