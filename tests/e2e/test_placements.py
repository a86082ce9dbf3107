"""The poll client and the stand-alone app on one session: what a person sees is the same."""

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

import pytest

from termlab.model.geometry import Size
from termlab.model.recording import decode

if sys.platform != "win32":
    from tests.e2e.outer import OuterTerminal
    from tests.e2e.pictures import wait_for_same, whole
    from tests.e2e.rest import settled
    from tests.e2e.session import PREFIX, OwnServer
else:
    pytest.skip("there are no PTYs", allow_module_level=True)

assert sys.platform != "win32"

pytestmark = pytest.mark.slow

RECORDINGS: Final = Path(__file__).parent.parent / "recordings"
WIDE: Final = Size(100, 30)
WORDS: Final = (
    r"printf '\033[31mred\033[0;1;4;48;5;200mbg\033[0m 漢字 e\314\201 👩‍💻x ❤️y "
    r"\033[38;2;1;2;3;9mtrue\033[0m \033]8;;http://a\033\\link\033]8;;\033\\ end\n'"
)


class Twins:
    """Two terminals on one session: the poll client's, and the stand-alone app's."""

    def __init__(self, own: OwnServer, size: Size) -> None:
        self.own = own
        self.plain = own.open(size=size, TERMLAB_UI="guest")
        self.plain.wait_for(lambda _: self.plain.emulator.modes().alternate)
        settled(own, self.plain)
        self.app = own.open("attach", size=size, TERMLAB_UI="standalone")
        self.app.wait_for(lambda _: self.app.emulator.modes().alternate)
        settled(own, self.plain, self.app)

    def each(self, keys: str) -> None:
        """What is a terminal's own: typed into both."""
        self.plain.type(keys)
        self.app.type(keys)

    def wait_for(self, condition: str) -> None:
        self.plain.wait_for(condition)
        self.app.wait_for(condition)

    def same(self) -> None:
        """Every cell and the cursor are the same, once nothing moves any more."""
        same(self.own, self.plain, self.app)


def same(own: OwnServer, plain: OuterTerminal, app: OuterTerminal) -> None:
    settled(own, plain, app)  # what was typed has been heard: before, both were alike too
    wait_for_same(app, whole(app), plain, whole(plain), cursor=True)


@pytest.fixture
def twins(own: OwnServer) -> Twins:
    return Twins(own, WIDE)


def run(twins: Twins, command: str) -> None:
    """A command in the focused shell, to its end."""
    twins.app.type(f"clear; {command}; echo do''ne\r")
    twins.wait_for(r"(^|│)done")


@pytest.mark.parametrize("size", [WIDE, Size(20, 5), Size(40, 2), Size(2, 1)], ids=str)
def test_one_pane_looks_the_same(own: OwnServer, size: Size) -> None:
    twins = Twins(own, size)
    twins.same()
    twins.app.type("echo a word\r")
    twins.same()
    twins.each(PREFIX)
    twins.same()


def test_colours_wide_characters_and_links_look_the_same(twins: Twins) -> None:
    run(twins, WORDS)
    twins.same()
    twins.app.type(f"{PREFIX}%")
    twins.wait_for("┬")
    run(twins, WORDS)
    twins.same()


def test_splits_zoom_and_windows_look_the_same(twins: Twins) -> None:
    for keys in ("%", '"', "%"):
        twins.app.type(PREFIX + keys)
        twins.same()
    twins.app.type(f"{PREFIX}z")
    twins.wait_for("Z")
    twins.same()
    twins.plain.type(f"{PREFIX}z")
    twins.same()
    twins.app.type(f"{PREFIX}c")
    twins.wait_for("1:bash")
    twins.plain.type(f"{PREFIX}1")
    twins.wait_for(r"1:bash\*")
    twins.same()
    twins.each(f"{PREFIX}p")
    twins.wait_for("│")
    twins.same()
    twins.app.type("exit\r")
    twins.same()


def test_hints_messages_and_questions_look_the_same(twins: Twins) -> None:
    twins.each(PREFIX)
    twins.wait_for("split right")
    twins.same()
    twins.each("@")
    twins.wait_for("@ does nothing")
    twins.same()
    twins.each(f"{PREFIX}x")
    twins.wait_for(r"\[y\]es  \[n\]o")
    twins.same()
    twins.each("n")
    twins.same()


def test_scrolled_back_looks_the_same(twins: Twins) -> None:
    run(twins, "seq 500")
    twins.each(f"{PREFIX}[")
    twins.each("\x1b[5~" * 3)
    twins.wait_for("/4..")
    twins.same()
    twins.app.type(f"{PREFIX}%")
    twins.same()


def test_other_sizes_look_the_same(twins: Twins) -> None:
    twins.app.type(f"{PREFIX}%")
    twins.wait_for("┬")
    for size in (Size(61, 17), Size(20, 5), Size(4, 3), Size(120, 40)):
        twins.plain.resize(size)
        twins.app.resize(size)
        twins.same()


def test_a_larger_terminal_has_the_same_dots_and_a_smaller_one_the_same_part(
    own: OwnServer,
) -> None:
    twins = Twins(own, Size(60, 15))
    twins.app.type(f"{PREFIX}%")
    twins.wait_for("┬")
    plain = own.open("attach", size=WIDE, TERMLAB_UI="guest")
    app = own.open("attach", size=WIDE, TERMLAB_UI="standalone")
    narrow = [
        own.open("attach", "--read-only", size=Size(35, 8), TERMLAB_UI=ui)
        for ui in ("guest", "standalone")
    ]
    run(twins, WORDS)
    same(own, plain, app)
    same(own, narrow[0], narrow[1])


def played(names: Sequence[str]) -> Iterator[bytes]:
    for name in names:
        path = RECORDINGS / f"{name}.cast"
        recording = decode(path.read_bytes(), path.name)
        for event in recording.events:
            if event.code == "o":
                yield event.data.encode()


def test_recordings_of_everything_look_the_same(own: OwnServer, twins: Twins) -> None:
    for name in ("world", "emoji", "hyperlinks", "attributes", "underlines", "alignment"):
        data = own.directory / "data"
        data.write_bytes(b"".join(played([name])) + b"\x1b[?1049l\x1b[?25h\x1b[m\x1b[99H\r\n")
        twins.app.type(f"clear; cat {data}; echo do''ne\r")
        twins.wait_for("done")
        twins.same()


def test_help_over_a_flood_leaves_nothing_behind(twins: Twins) -> None:
    twins.app.type(f"{PREFIX}%")
    twins.wait_for("┬")
    twins.app.type("seq 300000; echo do''ne\r")
    twins.app.type(f"{PREFIX}?")
    twins.app.wait_for("Keys")
    twins.app.type("jjjkk")
    twins.plain.wait_for("done", 60)
    assert any("Keys" in row for row in twins.app.screen())
    twins.app.type("qecho behind\r")
    twins.wait_for("behind")
    twins.same()


def test_the_terminal_may_stall_and_go_on(twins: Twins) -> None:
    twins.app.pause()
    twins.plain.type("seq 20000; echo do''ne\r")
    twins.plain.wait_for("done")
    twins.app.resume()
    twins.app.wait_for("done")
    twins.same()
