"""`model/theme_table.py` as Textual's themes have it: ``python -m tests.model.themes_made`` writes
it anew."""

from pathlib import Path

from textual.color import Color
from textual.theme import BUILTIN_THEMES

from termlab.model import theme
from termlab.model.theme import Theme

TABLE = Path(theme.__file__).with_name("theme_table.py")

HEAD = '''"""Textual's themes: whether each is dark, and its colours, in the order of `theme.Theme`.

Made by ``python -m tests.model.themes_made``: client and server may not import Textual.
"""

from typing import Final

Row = tuple[bool, int, int, int, int, int, int, int, int, int]

THEMES: Final[dict[str, Row]] = {
'''
COLOURS = [name for name in Theme.__struct_fields__ if name not in ("name", "dark")]


def made() -> str:
    """The module's text."""
    return HEAD + "".join(_row(name) for name in BUILTIN_THEMES if _own(name)) + "}\n"


def _own(name: str) -> bool:
    """Those of 16 colours are what ``terminal`` is."""
    return not BUILTIN_THEMES[name].ansi


def _row(name: str) -> str:
    theme = BUILTIN_THEMES[name]
    shown = theme.to_color_system().generate()
    colours = [Color.parse(shown[colour]) for colour in COLOURS]
    cells = "".join(
        f"        0x{each.r:02X}{each.g:02X}{each.b:02X},  # {named}\n"
        for each, named in zip(colours, COLOURS, strict=True)
    )
    return f'    "{name}": (\n        {theme.dark},\n{cells}    ),\n'


if __name__ == "__main__":
    TABLE.write_text(made())
