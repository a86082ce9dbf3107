"""What is recorded of real programs: each a command and the keys a person types, as a table."""

import sys
from typing import NamedTuple

from termlab.model.geometry import Size

DEFAULT_SIZE = Size(80, 24)


class Step(NamedTuple):
    """Keys, and what the screen shows before the next step (a regex; "" asks only for quiet)."""

    keys: str
    shows: str = ""


class Program(NamedTuple):
    """One recording of a program."""

    argv: tuple[str, ...]
    steps: tuple[Step, ...]
    size: Size = DEFAULT_SIZE


def keys(*each: str) -> tuple[Step, ...]:
    """Steps that only wait for quiet."""
    return tuple(Step(one) for one in each)


ENTER = "\r"
DOWN = "\x1bOB"
VIM = ("vim", "-u", "NONE", "-i", "NONE", "-N", "-n")
BASH = ("bash", "--norc", "--noprofile", "-i")
PYTHON = (sys.executable, "-I")
# Programs that show processes see a machine of their own: no other process, no name.
ALONE = ("unshare", "--pid", "--fork", "--mount-proc", "--uts", "sh", "-c")


def alone(command: str) -> tuple[str, ...]:
    return (*ALONE, f"hostname box; exec {command}")


def vttest(*choices: str, returns: int) -> Program:
    """A menu of vttest and ``returns`` of its pages."""
    # What is typed before the menu stands, vttest throws away.
    first = Step("", "Enter choice")
    return Program(("vttest",), (first, *keys(*(c + ENTER for c in choices), *[ENTER] * returns)))


PROGRAMS = {
    "vim-open": Program((*VIM, "fizz.py"), (Step("", "import sys"), *keys("\x06", "G", "gg"))),
    "vim-edit": Program(
        (*VIM, "copy.txt"),
        keys(
            "ihello world", ENTER + "second", "\x1b", "yyp", "dw", "u", "A 漢字\x1b", "ggO top\x1b"
        ),
    ),
    "vim-search": Program(
        (*VIM, "+set hlsearch incsearch", "lines.txt"),
        keys("/fox" + ENTER, "n", "n", "/line 20", ENTER, ":%s/quick/slow/g" + ENTER),
    ),
    "vim-split": Program(
        (*VIM, "+set laststatus=2 ruler", "fizz.py"),
        keys(":split" + ENTER, ":vsplit" + ENTER, "\x17w", "\x04", "\x17c", ":only" + ENTER),
    ),
    "vim-syntax": Program(
        (*VIM, "+syntax on", "+set number background=dark termguicolors", "fizz.py"),
        keys("", "\x04", "\x15", ":set cursorline" + ENTER, "jjj"),
    ),
    "vim-visual": Program(
        (*VIM, "fizz.py"), keys("v", "jj", "ll", "\x1b", "V", "jj", "\x1b", "\x16jjlll", "d", "u")
    ),
    "vim-resized": Program((*VIM, "lines.txt"), keys("", "G", ":q" + ENTER), Size(132, 43)),
    "less-paging": Program(("less", "lines.txt"), keys("", " ", "d", "b", "G", "g", "q")),
    "less-search": Program(
        ("less", "lines.txt"), keys("/line 3." + ENTER, "n", "N", "&21" + ENTER, "q")
    ),
    "less-wide": Program(("less", "-S", "wide.txt"), keys("", "\x1bOC", "\x1bOC", "\x1bOD", "q")),
    "nano-edit": Program(
        ("nano", "--ignorercfiles", "note.txt"),
        keys(
            "first line" + ENTER, "second 漢字", DOWN, "\x0b", "\x15", "\x07", "\x18", "\x18", "n"
        ),
    ),
    "ls-colours": Program(
        BASH,
        (
            Step("", r"\$"),
            *keys(
                "ls --color -F colours" + ENTER, "ls --color -1 colours" + ENTER, "clear" + ENTER
            ),
        ),
    ),
    "shell-editing": Program(
        BASH,
        (
            Step("", r"\$"),
            *keys(
                "echo one two", "\x01", "\x1bf", "X", "\x05", "\x17three" + ENTER, "\x1b[A", "\x15"
            ),
            *keys(
                "\x12one", "\x07", "echo " + "long " * 30, ENTER, "printf 'no end'" + ENTER, "\x0c"
            ),
        ),
    ),
    "git-log": Program(
        ("git", "-C", "repository", "log", "--color", "--graph", "--stat"), keys("", " ", "q")
    ),
    "git-diff": Program(
        ("git", "-C", "repository", "diff", "--color", "--word-diff=color", "HEAD~3"), keys("", "q")
    ),
    "curses-menu": Program((*PYTHON, "menu.py"), keys("", DOWN, DOWN, ENTER, "\x1bOA", ENTER, "q")),
    "curses-pad": Program((*PYTHON, "worm.py"), keys(*[" "] * 7)),
    "htop": Program(
        alone("htop --no-mouse"),
        (Step("", "F10"), *keys("t", "\x1bOQ", "\x1b", "q")),
        Size(100, 30),
    ),
    "top": Program(alone("top -d 60"), (Step("", "PID"), *keys("z", "x", "h", "q", "q"))),
    "man-page": Program(("man", "-l", "example.1"), (Step("", "NAME"), *keys(" ", "b", "q"))),
    "tmux": Program(
        ("tmux", "-L", "recording", "-f", "tmux.conf", "new"),
        (
            Step("", r"\[0\]"),
            *keys("echo inside" + ENTER, "\x02%", "seq 30" + ENTER, '\x02"', "\x02c", "\x02n"),
            *keys("\x02[", "\x1b[A\x1b[A", "q", "\x02w", "q", "\x02:", "kill-server", ENTER),
        ),
    ),
    "vttest-cursor": vttest("1", returns=6),
    "vttest-screen": vttest("2", returns=15),
    "vttest-characters": vttest("3", "8", returns=2),
    "vttest-double-size": vttest("4", returns=5),
    "vttest-reports": vttest("6", "3", returns=2),
    "vttest-insert-delete": vttest("8", returns=12),
    "vttest-vt220": vttest("11", "1", "2", "1", returns=6),
    "vttest-vt420": vttest("11", "3", "2", returns=4),
    "vttest-colours": vttest("11", "6", "4", returns=3),
    "vttest-ech": vttest("11", "6", "2", returns=4),
}
