"""What opens over the panes, in the client's guest and in the stand-alone app: every cell and the
cursor are the same."""

import sys

import pytest

from termlab.model.geometry import Rect, Size

if sys.platform != "win32":
    from tests.e2e.outer import OuterTerminal
    from tests.e2e.pictures import wait_for_same, whole
    from tests.e2e.rest import settled
    from tests.e2e.session import PREFIX, OwnServer
else:
    pytest.skip("there are no PTYs", allow_module_level=True)

assert sys.platform != "win32"

pytestmark = pytest.mark.slow

HELP = f"{PREFIX}?"
PALETTE = f"{PREFIX}\x10"
MESSAGES = f"{PREFIX}~"
WORDS = r"printf '\033[31mred\033[0;1;4;48;5;200mbg\033[0m 漢字漢字漢字漢字漢字 e\314\201 end\n'"
TIME_COLS = len("12:34:56")
STATES = {
    "help": HELP,
    "help scrolled": f"{HELP}jjjj",
    "help searched": f"{HELP}/pane le",
    "help searched and scrolled": f"{HELP}/pane\rjj",
    "help without a hit": f"{HELP}/qqq",
    "palette": PALETTE,
    "palette searched": f"{PALETTE}split",
    "palette gone down": f"{PALETTE}pane\x0e\x0e\x0e",
    "palette without a hit": f"{PALETTE}qqqq",
    "no messages": MESSAGES,
}


def both(own: OwnServer, size: Size) -> tuple[OuterTerminal, OuterTerminal]:
    """Two terminals on one session, each with its own way to draw."""
    plain = own.open(size=size, TERMLAB_UI="guest")
    plain.wait_for(r"^\$")
    own.placement = "guest"
    own.placed(plain)
    app = own.open("attach", size=size, TERMLAB_UI="standalone")
    app.wait_for(r"^\$")
    return plain, app


def same(
    own: OwnServer, plain: OuterTerminal, app: OuterTerminal, rect: Rect | None = None
) -> None:
    settled(own, plain, app)  # what was typed has been heard: before, both were alike too
    rect = rect or whole(app)
    wait_for_same(app, rect, plain, rect, cursor=True)


@pytest.mark.parametrize("size", [Size(80, 24), Size(120, 40), Size(20, 5)], ids=str)
def test_each_state_looks_the_same(own: OwnServer, size: Size) -> None:
    plain, app = both(own, size)
    plain.type(f"clear; {WORDS}; echo do''ne\r")
    plain.wait_for("^done")
    if size.cols > 60:
        plain.type(f"{PREFIX}%")
        plain.wait_for(r"│\$")
    for name, keys in STATES.items():
        for each in (plain, app):
            each.type(keys)
            each.wait_for(r" x( ─┐|  │| *$)")
        try:
            same(own, plain, app)
        except AssertionError as error:
            raise AssertionError(f"{name}: {error}") from None
        for each in (plain, app):
            each.type("\x07")
            if "/" in keys:
                each.type("\x07")
            each.wait_for(lambda rows: not any(" x" in row for row in rows))
        wait_for_same(app, whole(app), plain, whole(plain), cursor=True)


def test_messages_look_the_same_but_for_the_time(own: OwnServer) -> None:
    plain, app = both(own, Size(80, 24))
    own.ok("display-message", "漢字 and a long message " * 6)
    for each in (plain, app):  # before what each says itself
        each.wait_for(lambda rows, each=each: b"long" in each.raw)  # type: ignore[misc]
    for each in (plain, app):
        each.type(f"{PREFIX}Q")
        each.wait_for("Q does nothing")
        each.type(MESSAGES)
        each.wait_for(r"(?s)Messages ─.*Q does nothing.*└")
    left = 2 + TIME_COLS
    same(own, plain, app, Rect(left, 0, 80 - left, 23))
