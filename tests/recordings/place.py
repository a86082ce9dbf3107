"""The place recordings are made in: files with a fixed content, and no trace of the machine."""

import os
import subprocess
from pathlib import Path
from typing import Final

ROOT: Final = Path("/tmp/termlab-recordings")
DATE: Final = "2025-01-02T03:04:05Z"

ENVIRONMENT: Final = {
    "COLORTERM": "truecolor",
    "GIT_AUTHOR_DATE": DATE,
    "GIT_AUTHOR_EMAIL": "ada@example.org",
    "GIT_AUTHOR_NAME": "Ada Example",
    "GIT_COMMITTER_DATE": DATE,
    "GIT_COMMITTER_EMAIL": "ada@example.org",
    "GIT_COMMITTER_NAME": "Ada Example",
    "GIT_CONFIG_NOSYSTEM": "1",
    "HOME": str(ROOT),
    "LANG": "C.UTF-8",
    "LESSHISTFILE": "-",
    "MANPAGER": "less",
    "PATH": "/usr/local/bin:/usr/bin:/bin",
    "PS1": "$ ",
    "TERM": "xterm-256color",
    "TZ": "UTC",
}

SOURCE: Final = '''"""A program to look at."""

import sys

LIMIT = 100  # how far it counts


def fizz(number: int) -> str:
    """The word for one number."""
    if number % 15 == 0:
        return "fizzbuzz"
    if number % 5 == 0:
        return "buzz"
    return "fizz" if number % 3 == 0 else str(number)


class Counter:
    def __init__(self, limit: int = LIMIT) -> None:
        self.limit = limit

    def run(self) -> None:
        for number in range(1, self.limit + 1):
            print(fizz(number))


if __name__ == "__main__":
    Counter(int(sys.argv[1]) if len(sys.argv) > 1 else LIMIT).run()
'''

PAGE: Final = r""".TH EXAMPLE 1 "2025-01-02" "1.0" "Example Manual"
.SH NAME
example \- shows what a page looks like
.SH SYNOPSIS
.B example
[\fB\-v\fR] [\fB\-o\fR \fIfile\fR] \fIword\fR ...
.SH DESCRIPTION
It does \fBnothing\fR but be read, in paragraphs long enough to be filled and broken into lines
by the formatter, with \fIunderlined\fR and \fBbold\fR words.
.TP
.B \-v
Say more.
.TP
.BI \-o " file"
Write to \fIfile\fR instead.
""" + "".join(f".SH SECTION {number}\nText of section {number}.\n" for number in range(1, 12))

MENU: Final = r"""
import curses

def main(screen):
    curses.curs_set(0)
    for number, pair in enumerate([(7, 4), (0, 7), (7, 1), (0, 3)], 1):
        curses.init_pair(number, *pair)
    screen.bkgd(" ", curses.color_pair(1))
    screen.refresh()
    words, chosen = ["Keyboard", "Network", "Clock", "Install", "Quit"], 0
    shade = curses.newwin(12, 44, 7, 20)
    shade.bkgd(" ", curses.color_pair(0))
    shade.refresh()
    box = curses.newwin(12, 44, 6, 18)
    box.bkgd(" ", curses.color_pair(2))
    while True:
        box.box()
        box.addstr(0, 4, " Setup ", curses.A_BOLD)
        for row, word in enumerate(words):
            style = curses.color_pair(3) | curses.A_BOLD if row == chosen else curses.color_pair(2)
            box.addstr(3 + row, 12, f"{word:^20}", style)
        box.refresh()
        key = screen.getch()
        if key in (10, 13):
            box.addstr(10, 14, f"[ {words[chosen]} ]", curses.color_pair(4))
            box.refresh()
        elif key == curses.KEY_DOWN:
            chosen = (chosen + 1) % len(words)
        elif key == curses.KEY_UP:
            chosen = (chosen - 1) % len(words)
        else:
            return

curses.wrapper(main)
"""

WORM: Final = r"""
import curses, itertools

def main(screen):
    curses.start_color()
    screen.scrollok(True)
    for number in range(1, 8):
        curses.init_pair(number, number, 0)
    pad = curses.newpad(60, 120)
    for row, column in itertools.product(range(60), range(119)):
        style = curses.color_pair(1 + (row // 2 + column // 20) % 7)
        pad.addch(row, column, ord("a") + (row * column) % 26, style)
    for step in range(8):
        pad.refresh(step * 4, step * 5, 0, 0, curses.LINES - 1, curses.COLS - 1)
        screen.getch()

curses.wrapper(main)
"""

TMUX: Final = """set -g status-right ""
set -g status-left "[#S] "
set -g default-command "bash --norc --noprofile"
set -g automatic-rename off
set -g pane-border-format ""
set -g set-titles off
"""


def build() -> None:
    """Make the files; those of an earlier run are replaced by the same."""
    colours = ROOT / "colours"
    (colours / "directory").mkdir(parents=True, exist_ok=True)
    for name in ("archive.tar.gz", "image.png", "plain.txt", "ünï.md", "漢字.txt"):
        (colours / name).write_text("x\n")
    (colours / "program").write_text("#!/bin/sh\n")
    (colours / "program").chmod(0o755)
    for name, target in (("link", "plain.txt"), ("broken", "nowhere")):
        (colours / name).unlink(missing_ok=True)
        (colours / name).symlink_to(target)
    (ROOT / "fizz.py").write_text(SOURCE)
    (ROOT / "example.1").write_text(PAGE)
    (ROOT / "menu.py").write_text(MENU)
    (ROOT / "worm.py").write_text(WORM)
    (ROOT / "tmux.conf").write_text(TMUX)
    lines = (f"line {number}: the quick brown fox, naïve café\n" for number in range(1, 401))
    (ROOT / "lines.txt").write_text("".join(lines))
    (ROOT / "wide.txt").write_text("漢字とかな " * 12 + "\n" + "long line " * 30 + "\n")
    _repository(ROOT / "repository")


def _repository(path: Path) -> None:
    if path.exists():
        return
    path.mkdir()
    environment = os.environ | ENVIRONMENT
    subprocess.run(["git", "init", "-q", "-b", "main"], cwd=path, env=environment, check=True)
    for number in range(1, 9):
        (path / "fizz.py").write_text(SOURCE.replace("100", str(number * 100)))
        for words in (["add", "."], ["commit", "-q", "-m", f"Count to {number * 100}"]):
            subprocess.run(["git", *words], cwd=path, env=environment, check=True)
