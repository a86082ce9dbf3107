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


@pytest.mark.parametrize("code", [0, 1])
def test_a_report_is_printed_whatever_went_wrong_beside_it(
    code: int, capsys: pytest.CaptureFixture[str]
) -> None:
    assert farewell(Bye("not kept", code, "all figures"), 0) == code
    said = capsys.readouterr()
    assert (said.out, said.err) == ("all figures\n", "termlab: not kept\n")
    assert farewell(Bye("", 7, "all figures"), 0) == 7
    assert capsys.readouterr().err == ""
