"""However a client ends, the person's terminal is as it was before: modes, screen, cursor."""

import os
import signal
import sys
from collections.abc import Callable
from typing import Final

import pytest

if sys.platform != "win32":
    from tests.e2e.outer import SIZE, OuterTerminal
    from tests.e2e.session import BASH, PREFIX, TERMLAB, OwnServer
else:
    pytest.skip("there are no PTYs", allow_module_level=True)

assert sys.platform != "win32"

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("placement")]

# Mouse, focus reports, paste marks, autowrap, alternate screen, synchronised output, keypad.
OUTSIDE: Final = (1000, 1002, 1003, 1004, 1006, 7, 1049, 2026, 2031, 25)

Way = Callable[[OwnServer, OuterTerminal], object]


def client_pid(own: OwnServer) -> int:
    """The attached client: of the processes of this server the one with its very words."""
    words = " ".join(TERMLAB)
    return next(pid for pid, args in own.processes().items() if args.strip() == words)


WAYS: Final[dict[str, tuple[Way, int, str]]] = {
    "detach": (lambda own, outer: outer.type(PREFIX + "d"), 0, r"^\[detached"),
    "exit": (lambda own, outer: outer.type("exit\r"), 0, r"^\[exited\]"),
    "kill-server": (lambda own, outer: own.ok("kill-server"), 0, r"^\["),
    "sigterm": (lambda own, outer: os.kill(client_pid(own), signal.SIGTERM), 143, ""),
    "sighup": (lambda own, outer: os.kill(client_pid(own), signal.SIGHUP), 129, ""),
    "sigint": (lambda own, outer: os.kill(client_pid(own), signal.SIGINT), 130, ""),
    "server killed": (
        lambda own, outer: os.kill(own.server_pid(), signal.SIGKILL),
        4,
        "has gone",
    ),
}


def modes(outer: OuterTerminal) -> list[bytes]:
    """What the terminal answers about its modes."""
    questions = b"".join(b"\x1b[?%d$p" % mode for mode in OUTSIDE)
    outer.emulator.feed(memoryview(questions))
    return outer.emulator.take_replies().split(b"\x1b")


@pytest.mark.parametrize("name", WAYS)
def test_the_terminal_is_given_back_as_it_was(own: OwnServer, name: str) -> None:
    leave, code, says = WAYS[name]
    with OuterTerminal(BASH, SIZE, own.env, str(own.directory)) as outer:
        outer.wait_for(r"^\$")
        outer.type("stty -g > before; echo earlier words\r")
        outer.wait_for(r"^earlier words\n\$")
        known = modes(outer)
        outer.type(f"{' '.join(TERMLAB)}\r")
        outer.wait_for("0:bash")
        outer.wait_for(r"\A\$")
        own.placed(outer, client_pid(own))
        outer.type("printf '\\033[?1000h\\033[?1003h\\033[?25l\\033[3 q'; echo inside\r")
        outer.wait_for("^inside")
        leave(own, outer)
        outer.wait_for("^earlier words")
        outer.wait_for(says)
        outer.type("code=$?; stty -g > after; cmp before after && echo code $code same\r")
        outer.wait_for(rf"^code {code} same\n\$")
        assert modes(outer) == known
        assert outer.cursor().visible
        assert outer.cursor().shape == 0
    # Nothing a server left behind, even one that was killed, is in the way of the next.
    own.ok("new", "-d")
