"""Takes the README's picture: a real session in a real terminal, as an SVG.

``python -m tests.e2e.portrait snapshots/screen.svg``. Needs vim, and rich (the ``dev`` extra).
"""

import os
import re
import sys
import tempfile
from itertools import groupby
from pathlib import Path

from rich.console import Console
from rich.style import Style
from rich.text import Text

from termlab.model.geometry import Size
from tests.terminal.cells import Cell, Colour

if sys.platform != "win32":
    from tests.e2e.outer import OuterTerminal

assert sys.platform != "win32"

SIZE = Size(110, 30)
PROGRAM = '''"""How many lines of each kind a file has."""

from collections import Counter
from pathlib import Path


def kinds(path: Path) -> Counter[str]:
    """Count blank lines, comments and code."""
    counts: Counter[str] = Counter()
    for line in path.read_text().splitlines():
        text = line.strip()
        counts["blank" if not text else "comment" if text[0] == "#" else "code"] += 1
    return counts


print(kinds(Path(__file__)))
'''


def main() -> None:
    """Drive a session to something worth a look, and draw it."""
    with tempfile.TemporaryDirectory(dir="/tmp") as home:
        Path(home, "kinds.py").write_text(PROGRAM)
        Path(home, ".bashrc").write_text("PS1='\\[\\e[32m\\]~\\[\\e[m\\] $ '\n")
        environment = {
            **{name: os.environ[name] for name in ("PATH", "LANG") if name in os.environ},
            "HOME": home,
            "SHELL": "/bin/bash",
            "TERM": "xterm-256color",
            "TERMLAB_SOCKET": f"{home}/run/demo",
        }
        command = (sys.executable, "-m", "termlab")
        with OuterTerminal(
            (*command, "new", "-s", "demo"), SIZE, environment, directory=home
        ) as outer:
            _session(outer)
            _draw(outer.cells(), Path(sys.argv[1]))
            outer.type("\x02d")
            outer.wait_exit()
        os.spawnve(os.P_WAIT, sys.executable, [*command, "kill-server"], environment)


def _session(outer: OuterTerminal) -> None:
    """Three panes, two windows: an editor, a shell, a script driving a pane."""
    outer.wait_for(r"~ \$")
    outer.type("\x02c")
    outer.wait_for("1:bash")
    outer.type("vim -u NONE --cmd 'syn on|set nu bg=dark|colo habamax' kinds.py\r")
    outer.wait_for("How many lines")
    outer.type("\x02%")
    outer.wait_for("─ bash ─")
    outer.type('\x02"')
    outer.wait_for("├─ bash ─")
    outer.type("ls --color /etc/apt; python3 kinds.py\r")
    outer.wait_for("Counter")
    outer.type("\x02\x1b[A")
    outer.type("termlab ls; termlab split --help | head -8\r")
    outer.wait_for("Options:")
    outer.wait_quiet()


def _draw(cells: list[list[Cell]], path: Path) -> None:
    """The cells as an SVG in a window of a terminal."""
    console = Console(record=True, width=SIZE.cols, file=open(os.devnull, "w"))  # noqa: SIM115
    for row in cells:
        line = Text()
        for style, run in groupby((cell for cell in row if cell.width), _style):
            line.append("".join(cell.text or " " for cell in run), style)
        console.print(line, soft_wrap=True)
    svg = console.export_svg(title="termlab")
    # A picture in a README must not fetch fonts: the reader's own will do.
    svg = re.sub(r"@font-face \{.*?\}\s*", "", svg, flags=re.DOTALL)
    path.write_text(svg.replace("Fira Code", "ui-monospace"))


def _style(cell: Cell) -> Style:
    return Style(
        color=_colour(cell.foreground),
        bgcolor=_colour(cell.background),
        bold="bold" in cell.flags,
        dim="faint" in cell.flags,
        italic="italic" in cell.flags,
        reverse="inverse" in cell.flags,
        underline=cell.underline > 0,
    )


def _colour(colour: Colour) -> str | None:
    if colour is None:
        return None
    if isinstance(colour, int):
        return f"color({colour})"
    return "#{:02x}{:02x}{:02x}".format(*colour)


if __name__ == "__main__":
    main()
