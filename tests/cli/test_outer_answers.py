"""What `doctor` says of the terminal it runs on."""

import sys

import pytest

from termlab.cli.outer_answers import findings
from termlab.client.capabilities import Asker, Capabilities
from termlab.model.keys import TerminalReply

if sys.platform != "win32":
    from termlab.model.geometry import Size
    from tests.e2e.session import OwnServer
else:
    pytest.skip("there are no PTYs", allow_module_level=True)

assert sys.platform != "win32"


def said(asker: Asker) -> dict[str, str]:
    return {each.name: each.detail for each in findings(asker)}


def test_each_line_says_where_it_is_from() -> None:
    asker = Asker(Capabilities(256))
    lines = said(asker)
    assert lines["colours"] == "256, others are shown as the nearest; its environment says so"
    assert lines["underlines"] == "plain ones in their place; assumed, it did not say"
    assert lines["ground"] == "unknown; assumed, it did not say"
    for reply in (TerminalReply("kitty", (0,)), TerminalReply("version", text="foot(1)")):
        asker.hear(reply)
    asker.hear(TerminalReply("scheme", (2,)))
    lines = said(asker)
    assert lines["colours"] == "true colour; another answer implies it"
    assert lines["keys"] == "all told apart (kitty); it says so"
    assert lines["ground"] == "light; it says so"
    assert lines["outer"] == "foot(1)"


def test_a_terminal_that_is_late_is_told_from_one_that_said_all() -> None:
    asker = Asker()
    assert findings(asker)[0].why == "it did not answer in time: what is safe is assumed"
    asker.hear(TerminalReply("da1", (62,)))
    assert findings(asker)[0].why == ""
    assert all(each.works for each in findings(asker))


@pytest.mark.slow
@pytest.mark.parametrize("answers", [True, False])
def test_the_terminal_is_asked_and_left_as_it_was(answers: bool) -> None:
    with OwnServer() as own:
        for _ in range(5):  # a terminal without a CPU is late as well
            outer = own.open("doctor", size=Size(120, 40))
            if not answers:
                outer.answers = lambda replies: b""
            assert outer.wait_exit() == 0
            screen = "\n".join(outer.screen())
            if answers == ("it says so" in screen):
                break
        assert ("true colour; it says so" in screen) == answers
        assert ("did not answer in time" in screen) != answers
        assert "true colour" in screen
        assert outer.emulator.modes().kitty == 0
        assert "\x1b[?1049h" not in outer.raw.decode()
