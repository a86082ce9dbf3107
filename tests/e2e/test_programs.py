"""Real programs in a pane look exactly as in a terminal of the pane's size."""

import importlib.util
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

if sys.platform != "win32":
    from termlab.model.geometry import Size
    from tests.e2e.outer import OuterTerminal
    from tests.e2e.pictures import assert_same, single_pane
    from tests.e2e.session import BASH, OwnServer, program
    from tests.recordings.place import MENU, TMUX
else:
    pytest.skip("there are no PTYs", allow_module_level=True)

assert sys.platform != "win32"

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("placement")]

PANE = Size(90, 27)
DOWN = "\x1bOB"

TEXTUAL = """
from textual.app import App, ComposeResult
from textual.widgets import Button, DataTable, Footer, Header, Input

class Demo(App[None]):
    TITLE = "Demo"
    BINDINGS = [("f5", "nothing", "Nothing")]
    animation_level = "none"

    def compose(self) -> ComposeResult:
        yield Header()
        field = Input(placeholder="type here")
        field.cursor_blink = False
        yield field
        yield DataTable()
        yield Button("Press")
        yield Footer()

    def on_mount(self) -> None:
        table = self.query_one(DataTable)
        table.styles.height = 12
        table.add_columns(*"abcd")
        for row in range(50):
            table.add_row(*(f"cell {row},{column}" for column in range(4)))

    def on_button_pressed(self, event: Button.Pressed) -> None:
        event.button.label = "pressed 1"

Demo().run()
"""


# Slow, and drawn as the others are.
GUEST_ONLY = pytest.mark.parametrize("placement", ["guest"], indirect=True)


class Both:
    """A program twice: in a pane, and directly; both get the same keys."""

    def __init__(self, own: OwnServer, *argv: str, direct: Sequence[str] = ()) -> None:
        """``direct`` are its words beside termlab where they are others."""
        self.outer = in_a_pane(own, argv)
        self.direct = own.direct(direct or argv, PANE)

    def wait_for(self, shown: str) -> None:
        self.outer.wait_for(shown)
        self.direct.wait_for(shown)

    def type(self, keys: str, shown: str) -> None:
        """Type into both, and compare once both show ``shown``."""
        self.send(keys)
        self.wait_for(shown)
        self.compare()

    def send(self, keys: str) -> None:
        self.outer.type(keys)
        self.direct.type(keys)

    def texts(self) -> list[list[str]]:
        """The rows of the pane, and of the terminal beside it."""
        return [self.outer.screen()[:-1], self.direct.screen()]

    def compare(self) -> None:
        assert_same(self.outer, self.direct, single_pane(self.outer))

    def end(self, keys: str) -> None:
        """Type what ends both."""
        self.send(keys)
        self.left()

    def left(self) -> None:
        """Both ended; in the outer terminal the shell is left, as it was."""
        assert self.direct.wait_exit() == 0
        self.outer.wait_for(lambda rows: rows[:2] == ["$", ""])


def in_a_pane(own: OwnServer, argv: Sequence[str]) -> OuterTerminal:
    """A terminal whose only pane runs a program, which may ask for colours: they are known by now.

    A window behind it keeps the session.
    """
    outer = own.shell(Size(PANE.cols, PANE.rows + 1))
    own.ok("new-window", "--", *argv)
    outer.wait_for(r"1:\S.*\*")
    return outer


def test_bash_looks_the_same(own: OwnServer) -> None:
    both = Both(own, *BASH)
    both.wait_for(r"^\$")
    both.type("echo one two\r", "^one two")
    both.type("printf '\\033[1;31mred\\033[m \\033[7m%s\\033[m\\n' inverse 漢字\r", "漢字 *$")
    both.type("for i in $(seq 60); do echo line $i; done\r", r"line 60\n\$")
    both.type("a long command that wraps " * 5, "wraps$")
    both.type("\x01# \x05", "wraps$")
    both.type("\x03", r"\^C\n\$$")
    both.type(": /etc/hostna\t", "hostname$")
    both.type("\rclear\r", r"\A\$")
    both.end("exit\r")


def test_vim_edits_and_saves_a_file(own: OwnServer) -> None:
    names = [str(own.directory / name) for name in ("a.py", "b.py")]
    for name in names:
        Path(name).write_text("import sys\n\n\ndef main() -> None:\n    print(sys.argv)  # 漢字\n")
    vim = (program("vim"), "-u", "NONE", "-i", "NONE", "-N", "-n", "--cmd", "syntax on")
    options = ("+set number hlsearch ruler laststatus=2 statusline=%l,%c\\ %P",)
    outer = in_a_pane(own, [*vim, *options, names[0]])
    direct = own.direct([*vim, *options, names[1]], PANE)
    _both_alike(outer, direct, names)
    assert direct.wait_exit() == 0
    outer.wait_for(lambda rows: rows[:2] == ["$", ""])
    texts = [Path(name).read_text() for name in names]
    assert texts[0] == texts[1]
    assert texts[0].startswith("#!/usr/bin/env python!\nimport sys!\n")


def _both_alike(outer: OuterTerminal, direct: OuterTerminal, names: list[str]) -> None:
    """Edit in both; what tells the file's name apart is typed over before each look."""
    # Escape comes last: with a key right behind it, it would be Alt and that key.
    steps = (
        ("ggO#!/usr/bin/env python\x1b", "^1,21 "),
        ("/sys\r:set nonumber\r:echo 'looked'\r", "^looked"),
        (":vsplit\r\x17s:echo 'split'\r", "^split"),
        ("Go" + "last line\r" * 40 + "\x1b", "^47,0"),
        (":echo 'end'\r", "^end"),
        ("gg\x16jj$A!\x1b", "^import sys!"),
    )
    for keys, shown in steps:
        for each in (outer, direct):
            each.type(keys)
        outer.wait_for(shown)
        direct.wait_for(shown)
        assert_same(outer, direct, single_pane(outer))
    for each in (outer, direct):
        each.type(":wqa\r")


@GUEST_ONLY
def test_htop_has_its_frame_where_it_belongs(own: OwnServer) -> None:
    both = Both(own, program("htop"), "--delay=100")
    both.wait_for(r"(?s)Load average.*Uptime.*PID USER.*F1Help.*F10Quit")
    both.send(DOWN)
    pane, shown, wanted = PANE.rows, both.outer.cells(), both.direct.cells()
    # Numbers change from one moment to the next; titles and keys stay.
    titles = [next(y for y, row in enumerate(t) if "PID USER" in row) for t in both.texts()]
    assert titles[0] == titles[1]
    for y in (titles[0], pane - 1):
        assert shown[y] == wanted[y]
    assert "F1Help" in both.outer.screen()[pane - 1]
    for word in ("Mem[", "Swp[", "Tasks:", "Load average:", "Uptime:"):
        places = [[(y, r.index(word)) for y, r in enumerate(t) if word in r] for t in both.texts()]
        assert places[0]
        assert places[0] == places[1]
    both.end("q")


@GUEST_ONLY
def test_less_pages_through_a_large_file(own: OwnServer) -> None:
    file = own.directory / "large.txt"
    file.write_text(
        "".join(f"line {n} \x1b[1m{n * n}\x1b[m 漢字 {'x' * 70}\n" for n in range(100_000))
    )
    both = Both(own, program("less"), "-RN", str(file))
    both.wait_for("large.txt")
    both.compare()
    both.type(" ", "^ *26 line 25")
    both.type("G", "100000 line 99999")
    both.type("50000g", "^ *50000 line")
    both.type("/777\r", "^ *50278 line")
    both.type("-S\r", "xxx>$")
    both.type("\x1bOC", r"^ *50278 x+$")
    both.end("q")


def test_a_curses_program_looks_the_same(own: OwnServer) -> None:
    both = Both(own, sys.executable, "-I", "-c", MENU)
    both.wait_for("Setup")
    both.compare()
    both.type(DOWN * 3, "Install")
    both.type("\r", r"\[ Install \]")
    both.end("q")


def test_tmux_inside_a_pane_looks_the_same(own: OwnServer) -> None:
    config = own.directory / "tmux.conf"
    config.write_text(
        TMUX + "set -g default-shell /bin/sh\nset -g prefix C-a\nbind a send-prefix\n"
    )
    words = [(program("tmux"), "-S", str(own.directory / n), "-f", str(config)) for n in "ab"]
    both = Both(own, *words[0], direct=words[1])
    both.wait_for(r"^\$(.*\n)*\[0\] 0:bash")
    both.type("echo left\r", "^left")
    both.type("\x01%", r"│.*\$")
    both.type("printf '\\033[42mgreen\\033[m 漢字\\n'\r", "green 漢字")
    both.type('\x01"', "├─")
    both.type("\x01\x1b[D", r"\$")
    both.type("seq 50\r", "^50 ")
    both.type("\x01c", r"1:bash\*")
    both.type("exit\r", r"0:bash\*")
    both.type("exit\r", "├─|^left")
    both.type("exit\r", r"\$")
    both.end("exit\r")


def test_a_textual_app_looks_the_same(own: OwnServer) -> None:
    if importlib.util.find_spec("textual") is None:
        pytest.skip("textual is not installed")
    app = own.directory / "app.py"
    app.write_text(TEXTUAL)
    both = Both(own, sys.executable, str(app))
    both.wait_for("cell 5,1")
    both.compare()
    both.type("hello 漢字", "hello 漢字")
    both.type("\t" + DOWN * 30, "cell 30,")
    both.type("\t\r", "pressed 1")
    both.send("\x11")
    both.left()
