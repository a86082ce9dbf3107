"""What the outer terminal can do is asked, used, and given back: keys, colours, titles, bells."""

import os
import re
import signal
import sys
from collections.abc import Callable
from itertools import pairwise
from typing import Final

import pytest

from termlab.model.keys import ALT, CTRL, RELEASE, SHIFT, Key
from termlab.terminal.emulator import Colours

if sys.platform != "win32":
    from termlab.client.capabilities import QUESTIONS
    from tests.e2e.outer import SIZE, OuterTerminal
    from tests.e2e.session import BASH, PREFIX, TERMLAB, OwnServer, echoes
else:
    pytest.skip("there are no PTYs", allow_module_level=True)

assert sys.platform != "win32"

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("placement")]

# Shows what it gets, until it gets a "q". Its first word is what it asks the terminal for.
LISTENER: Final = """
import os, sys, termios, tty
was = termios.tcgetattr(0)
tty.setraw(0)
os.write(1, sys.argv[1].encode().decode("unicode_escape").encode() + b"listening\\r\\n")
while (data := os.read(0, 100)) != b"q" and data != b"\\x1b[113u":
    os.write(1, b"got " + repr(data).encode() + b"\\r\\n")
os.write(1, b"\\x1b[<u\\x1b[>4m")
termios.tcsetattr(0, termios.TCSANOW, was)
"""
S_ENTER, C_TAB = Key("Enter", SHIFT), Key("Tab", CTRL)
C_ENTER, C_S_X = Key("Enter", CTRL), Key("x", CTRL | SHIFT, base="x")
PREFIX_KEY = Key("b", CTRL, base="b")
# xterm's answers, as it comes: 256 colours, plain underlines, no kitty keyboard.
XTERM: Final = b"\x1b[?2026;0$y\x1bP0+r524742\x1b\\\x1bP1$r0;4;48:5:16m\x1b\\\x1b[?64;1;22c"


def nothing(replies: bytes) -> bytes:
    """A terminal that answers nothing at all."""
    return b""


def as_xterm(replies: bytes) -> bytes:
    return XTERM if replies.endswith(b"c") else b""


def unlike(own: OwnServer, answers: Callable[[bytes], bytes], **env: str) -> OuterTerminal:
    """A client in a terminal with other answers, a shell at its prompt in its only pane."""
    outer = own.open(size=SIZE, **env | {"COLORTERM": ""})
    outer.answers = answers
    outer.wait_for(r"^\$")
    own.placed(outer)
    return outer


def listen(own: OwnServer, outer: OuterTerminal, asks: str = "") -> None:
    """Run the listener in the focused pane."""
    (own.directory / "listener").write_text(LISTENER)
    outer.type(f"{sys.executable} -S {own.directory}/listener '{asks}'\r")
    outer.wait_for(r"(^|│)listening")


def got(outer: OuterTerminal, *presses: Key, data: bytes) -> None:
    """Press keys; what the program got is ``data``, in however many reads."""
    before = len(re.findall("got", "\n".join(outer.screen())))
    outer.press(*presses)

    def all_of_it(rows: list[str]) -> bool:
        reads = re.findall(r"got b(['\"])(.*?)\1", "\n".join(rows))[before:]
        told = "".join(text for _, text in reads).encode().decode("unicode_escape")
        return told.encode("latin-1") == data

    outer.wait_for(all_of_it)


# Keys


def test_keys_that_have_no_byte_reach_a_program_that_asks_for_them(own: OwnServer) -> None:
    with own.shell() as outer:
        outer.wait_for(lambda _: outer.emulator.modes().kitty == 5)
        listen(own, outer, r"\x1b[>1u")
        got(outer, S_ENTER, C_TAB, data=b"\x1b[13;2u\x1b[9;5u")
        got(outer, C_ENTER, C_S_X, data=b"\x1b[13;5u\x1b[120;6u")
        outer.press(Key("q", 0, "q"))
        outer.wait_for(r"^\$$")


def test_a_program_that_asks_for_xterms_way_gets_that(own: OwnServer) -> None:
    with own.shell() as outer:
        outer.wait_for(lambda _: outer.emulator.modes().kitty == 5)
        listen(own, outer, r"\x1b[>4;2m")
        got(outer, S_ENTER, C_TAB, data=b"\x1b[27;2;13~\x1b[27;5;9~")


def test_a_program_that_asks_for_nothing_gets_what_it_always_got(own: OwnServer) -> None:
    with own.shell() as outer:
        outer.wait_for(lambda _: outer.emulator.modes().kitty == 5)
        listen(own, outer)
        keys = (S_ENTER, C_TAB, C_S_X, Key("i", CTRL), Key("Escape"), Key("a", ALT))
        got(outer, *keys, data=b"\r\t\x18\t\x1b\x1ba")
        got(outer, Key("Up"), Key("F5", SHIFT), data=b"\x1b[A\x1b[15;2~")


def test_releases_are_told_while_a_program_wants_them_and_type_nothing_elsewhere(
    own: OwnServer,
) -> None:
    with own.shell() as outer:
        listen(own, outer, r"\x1b[>11u")
        outer.wait_for(lambda _: outer.emulator.modes().kitty == 31)
        a, up = Key("a", 0, "a"), Key("a", 0, "", RELEASE)
        got(outer, a, up, data=b"\x1b[97u\x1b[97;1:3u")
        outer.press(PREFIX_KEY, Key("b", CTRL, "", RELEASE), Key("%", SHIFT, "%", base="5"))
        outer.wait_for("┬")
        outer.wait_for(lambda _: outer.emulator.modes().kitty == 5)
        outer.type("\x1b[101u\x1b[101;1:3uc\x1b[99;1:3uho s\x1b[112;1:3uaid\r")
        outer.wait_for(r"│said")


def test_prefix_and_copy_mode_work_as_the_terminal_spells_them(own: OwnServer) -> None:
    with own.shell() as outer:
        outer.wait_for(lambda _: outer.emulator.modes().kitty == 5)
        outer.type("seq 100\r")
        outer.wait_for(r"^100\n\$")
        outer.press(PREFIX_KEY, Key("[", 0, "["))
        outer.wait_for(r"/7\d +")
        outer.press(Key("u", CTRL), Key("u", CTRL))
        outer.wait_for("^60$")
        outer.press(Key("Escape"))
        outer.wait_for(r"^100\n\$")
        echoes(outer, "there")


def test_xterms_way_is_asked_for_where_there_is_no_other(own: OwnServer) -> None:
    outer = unlike(own, as_xterm)
    outer.wait_for(lambda _: b"\x1b[>4;2m" in outer.raw)
    assert b"\x1b[>5u" not in outer.raw
    listen(own, outer, r"\x1b[>1u")
    got(outer, S_ENTER, C_TAB, PREFIX_KEY, PREFIX_KEY, data=b"\x1b[13;2u\x1b[9;5u\x1b[98;5u")
    outer.type(PREFIX + "d")
    outer.wait_exit()
    assert outer.emulator.encode_key(C_TAB) == b"\t"


@pytest.mark.parametrize("keys", [f"{PREFIX}d", "exit\r"])
def test_the_keyboard_is_given_back(own: OwnServer, keys: str) -> None:
    with own.shell() as outer:
        outer.wait_for(lambda _: outer.emulator.modes().kitty == 5)
        outer.type(keys)
        assert outer.wait_exit() == 0
        assert outer.emulator.modes().kitty == 0
        assert outer.raw.count(b"\x1b[>5u") == outer.raw.count(b"\x1b[<u")


# Answers that differ


def test_a_terminal_that_answers_nothing_is_served_all_the_same(own: OwnServer) -> None:
    outer = unlike(own, nothing, TERM="xterm-256color")
    outer.type(r"printf '\033[38;2;255;0;0mred\033[4:3m\033[58:2::1:2:3mcurly\033[m\n'" + "\r")
    outer.wait_for("^redcurly")
    assert b"\x1b[38;5;196m" in outer.raw
    after = outer.raw.partition(QUESTIONS)[2]
    assert b"\x1b[?2026h" not in after
    assert b"\x1b[38;2;" not in after
    assert b"\x1b[4:3" not in after
    assert b"\x1b[58" not in after
    assert b"\x1b[>" not in after
    assert b"\x1b]" not in after
    echoes(outer, "there")
    outer.type(PREFIX + "d")
    assert outer.wait_exit() == 0


def test_late_answers_are_taken_and_are_not_typed(own: OwnServer) -> None:
    held: list[bytes] = []

    def late(replies: bytes) -> bytes:
        held.append(replies)
        return b""

    outer = unlike(own, late, TERM="xterm-256color")
    outer.type("printf '\\033[38;2;1;2;3mwo''rd\\033[m\\n'\r")
    outer.wait_for("^word")
    assert outer.cells()[1][0].foreground == 16
    outer.type("ec")
    outer.wait_for(r"^\$ ec$")
    data = b"".join(held)
    assert data.endswith(b"c")
    outer.answers = bytes
    for first, last in ((0, 1), (1, len(data) // 2), (len(data) // 2, len(data))):
        outer.type(data[first:last])
    outer.type("ho two\r")
    outer.wait_for(r"^\$ echo two\ntwo$")
    outer.wait_for(lambda _: outer.cells()[1][0].foreground == (1, 2, 3))
    outer.wait_for(lambda _: outer.emulator.modes().kitty == 5)
    echoes(outer, "there")


def test_colours_are_those_the_terminal_says_it_has(own: OwnServer) -> None:
    outer = unlike(own, as_xterm, TERM="xterm")
    outer.type(r"printf '\033[38;2;255;0;0;48;2;0;0;95mre''d\033[m\n'" + "\r")
    outer.wait_for("^red")
    cell = outer.cells()[1][0]
    assert (cell.foreground, cell.background) == (196, 17)
    # What the app draws over the panes as well.
    outer.type(PREFIX + "?")
    outer.wait_for("Keys")
    assert b"\x1b[38;2;" not in outer.raw.partition(QUESTIONS)[2]


def test_sixteen_colours_where_nobody_knows_of_more(own: OwnServer) -> None:
    outer = unlike(own, nothing, TERM="linux")
    outer.type(r"printf '\033[38;2;255;0;0;48;5;19mre''d\033[m\n'" + "\r")
    outer.wait_for("^red")
    cell = outer.cells()[1][0]
    assert (cell.foreground, cell.background) == (9, 4)


def test_hyperlinks_and_attributes_pass(own: OwnServer) -> None:
    with own.shell() as outer:
        words = r"\033[9;3;53mstruck\033[m\033]8;;http://a.example/\033\\link\033]8;;\033\\"
        outer.type(f"printf '{words}\\033[4:3;58:2::1:2:3mcurly\\033[m\\n'\r")
        outer.wait_for("^strucklinkcurly")
        row = outer.cells()[outer.screen().index("strucklinkcurly")]
        assert row[0].flags == {"strikethrough", "italic", "overline"}
        assert row[6].link == "http://a.example/"
        assert (row[10].underline, row[10].underline_colour) == (3, (1, 2, 3))


# Titles, bells, copies


def test_the_terminal_gets_a_title_and_its_own_back(own: OwnServer) -> None:
    with own.shell() as outer:
        outer.type("printf '\\033]2;my ti''tle\\007'\r")
        outer.wait_for(lambda _: b"\x1b]2;0: bash - my title\x1b\\" in outer.raw)
        assert outer.raw.index(b"\x1b[22;0t") < outer.raw.index(b"\x1b]2;")
        outer.type("cd /; clear; true; true\r")
        outer.wait_for(r"\A\$$")
        titles = re.findall(rb"\x1b\]2;([^\x1b]*)", outer.raw)
        assert all(one != other for one, other in pairwise(titles))
        outer.type("exit\r")
        outer.wait_exit()
        assert outer.raw.count(b"\x1b[22;0t") == outer.raw.count(b"\x1b[23;0t") == 1


def configure(own: OwnServer, text: str) -> None:
    directory = own.directory / "home" / ".config" / "termlab"
    directory.mkdir(parents=True)
    (directory / "config.toml").write_text(text)


def test_titles_are_left_alone_where_nobody_wants_them(own: OwnServer) -> None:
    configure(own, "set_titles = false\n")
    with own.shell() as outer:
        outer.type("printf '\\033]2;my ti''tle\\007'\r")
        outer.wait_for("my title")
        outer.type("exit\r")
        outer.wait_exit()
        assert b"\x1b]2;" not in outer.raw
        assert b"\x1b[23;0t" not in outer.raw


def test_a_bell_is_heard_and_a_flood_of_them_is_no_flood(own: OwnServer) -> None:
    with own.shell() as outer:
        before = outer.raw.count(b"\a")
        outer.type("printf '\\a'\r")
        outer.wait_for(lambda _: outer.raw.count(b"\a") == before + 1)
        outer.type("for i in $(seq 20000); do printf '\\a\\n'; done; echo do''ne\r")
        outer.wait_for("^done")
        assert outer.raw.count(b"\a") < 200


@pytest.mark.parametrize("policy", ["mark", "none"])
def test_a_bell_that_is_not_passed_on_marks_its_window_or_does_nothing(
    own: OwnServer, policy: str
) -> None:
    configure(own, f'bell = "{policy}"\n')
    with own.shell() as outer:
        outer.type("mkfifo hold; read < hold; printf '\\a'; echo > hold\r")
        outer.type(f"{PREFIX}c")
        outer.wait_for(r"1:bash\*")
        before = outer.raw.count(b"\a")
        outer.type("echo > hold; read < hold; echo he''re\r")
        outer.wait_for("^here")
        marked = 3 if policy == "mark" else None

        def shown(rows: list[str]) -> bool:
            at = rows[-1].find("0:bash")
            return at >= 0 and outer.cells()[-1][at].background == marked

        outer.wait_for(shown)
        assert outer.raw.count(b"\a") == before


# Given back for a while, and told of changes


def test_stopped_it_gives_the_terminal_back_and_takes_it_again(own: OwnServer) -> None:
    with OuterTerminal(BASH, SIZE, own.env, str(own.directory)) as outer:
        outer.wait_for(r"^\$")
        outer.type(f"{' '.join(TERMLAB)}\r")
        outer.wait_for(r"0:bash")
        outer.wait_for(r"\A\$")
        outer.wait_for(lambda _: outer.emulator.modes().kitty == 5)
        client = next(
            pid for pid, args in own.processes().items() if args.strip() == " ".join(TERMLAB)
        )
        own.placed(outer, client)
        os.kill(client, signal.SIGTSTP)
        outer.wait_for("Stopped")
        assert outer.emulator.modes().kitty == 0
        assert outer.raw.rstrip().count(b"\x1b[23;0t") == 1
        outer.type("echo outs''ide\r")
        outer.wait_for("^outside")
        outer.type("fg\r")
        outer.wait_for(r"0:bash")
        outer.wait_for(lambda _: outer.emulator.modes().kitty == 5)
        echoes(outer, "inside")
        outer.type(f"{PREFIX}d")
        outer.wait_for(r"^\[detached")
        assert outer.emulator.modes().kitty == 0


def test_another_scheme_is_heard_and_the_colours_asked_again(own: OwnServer) -> None:
    with own.shell() as outer:
        outer.wait_for(lambda _: outer.emulator.modes().kitty == 5)
        asked = outer.raw.count(b"\x1b]11;?")
        outer.emulator.set_colours(Colours((0, 0, 0), (255, 255, 255)))
        outer.type("\x1b[?997;2n")
        outer.wait_for(lambda _: outer.raw.count(b"\x1b]11;?") == asked + 1)
        echoes(outer, "there")
        ask = r"stty raw -echo; printf '\033]11;?\033\\'; dd bs=24 count=1 2>&- | tr '\033' E"
        outer.type(f"clear; {ask}\r")
        outer.wait_for("E]11;rgb:ffff/ffff/ffff")


def test_copies_say_so_where_the_terminal_may_not_take_them(own: OwnServer) -> None:
    outer = unlike(own, as_xterm)
    outer.type("echo alpha\r")
    outer.wait_for("^alpha")
    outer.type(f"{PREFIX}[")
    outer.wait_for(r"0/0")
    outer.type("kvy")
    outer.wait_for("copied .* for the terminal too if it takes copies")
