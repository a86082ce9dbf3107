"""Textual's themes: whether each is dark, and its colours, in the order of `theme.Theme`.

Made by ``python -m tests.model.themes_made``: client and server may not import Textual.
"""

from typing import Final

Row = tuple[bool, int, int, int, int, int, int, int, int, int]

THEMES: Final[dict[str, Row]] = {
    "textual-dark": (
        True,
        0x0178D4,  # primary
        0x004578,  # secondary
        0xFEA62B,  # accent
        0xE0E0E0,  # foreground
        0x121212,  # background
        0x242F38,  # panel
        0xFEA62B,  # warning
        0xB93C5B,  # error
        0x4EBF71,  # success
    ),
    "textual-light": (
        False,
        0x004578,  # primary
        0x0178D4,  # secondary
        0xFEA62B,  # accent
        0x1F1F1F,  # foreground
        0xE0E0E0,  # background
        0xD0D0D0,  # panel
        0xFEA62B,  # warning
        0xB93C5B,  # error
        0x4EBF71,  # success
    ),
    "nord": (
        True,
        0x88C0D0,  # primary
        0x81A1C1,  # secondary
        0xB48EAD,  # accent
        0xD8DEE9,  # foreground
        0x2E3440,  # background
        0x434C5E,  # panel
        0xEACB8B,  # warning
        0xBE616A,  # error
        0xA3BE8C,  # success
    ),
    "gruvbox": (
        True,
        0x85A598,  # primary
        0xA89A85,  # secondary
        0xF9BD2F,  # accent
        0xFBF1C7,  # foreground
        0x282828,  # background
        0x504945,  # panel
        0xFD8019,  # warning
        0xFA4934,  # error
        0xB7BB26,  # success
    ),
    "catppuccin-mocha": (
        True,
        0xF5C2E7,  # primary
        0xCBA6F7,  # secondary
        0xF9B387,  # accent
        0xCDD6F4,  # foreground
        0x181825,  # background
        0x45475A,  # panel
        0xFAE3B0,  # warning
        0xF28FAD,  # error
        0xABE9B3,  # success
    ),
    "dracula": (
        True,
        0xBD93F9,  # primary
        0x6272A4,  # secondary
        0xFF79C6,  # accent
        0xF8F8F2,  # foreground
        0x282A36,  # background
        0x313442,  # panel
        0xFEB86C,  # warning
        0xFE5555,  # error
        0x50FA7B,  # success
    ),
    "tokyo-night": (
        True,
        0xBB9AF7,  # primary
        0x7AA2F7,  # secondary
        0xFE9E64,  # accent
        0xA9B1D6,  # foreground
        0x1A1B26,  # background
        0x414868,  # panel
        0xDFAF68,  # warning
        0xF6768E,  # error
        0x9ECE6A,  # success
    ),
    "monokai": (
        True,
        0xAE81FF,  # primary
        0xF82672,  # secondary
        0x66D9EF,  # accent
        0xD6D6D6,  # foreground
        0x272822,  # background
        0x3E3D32,  # panel
        0xFC971F,  # warning
        0xF82672,  # error
        0xA5E22E,  # success
    ),
    "flexoki": (
        True,
        0x205EA6,  # primary
        0x24837B,  # secondary
        0x9B76C8,  # accent
        0xFFFCF0,  # foreground
        0x100F0F,  # background
        0x282726,  # panel
        0xAC8301,  # warning
        0xAE3029,  # error
        0x65800B,  # success
    ),
    "catppuccin-latte": (
        False,
        0x8839EF,  # primary
        0xDB8A78,  # secondary
        0xFD640B,  # accent
        0x4C4F69,  # foreground
        0xEFF1F5,  # background
        0xCCD0DA,  # panel
        0xDE8E1D,  # warning
        0xD10F39,  # error
        0x40A02B,  # success
    ),
    "catppuccin-frappe": (
        True,
        0xCA9EE6,  # primary
        0xEE9F76,  # secondary
        0xF4B8E4,  # accent
        0xC6D0F5,  # foreground
        0x303446,  # background
        0x51576D,  # panel
        0xE4C890,  # warning
        0xE68284,  # error
        0xA6D189,  # success
    ),
    "catppuccin-macchiato": (
        True,
        0xC6A0F6,  # primary
        0xF4A97F,  # secondary
        0xF5BDE6,  # accent
        0xCAD3F5,  # foreground
        0x24273A,  # background
        0x494D64,  # panel
        0xEED49F,  # warning
        0xED8796,  # error
        0xA6DA95,  # success
    ),
    "solarized-light": (
        False,
        0x268BD2,  # primary
        0x2AA198,  # secondary
        0x6C71C4,  # accent
        0x586E75,  # foreground
        0xFDF6E3,  # background
        0xEEE8D5,  # panel
        0xCA4B16,  # warning
        0xDB322F,  # error
        0x849900,  # success
    ),
    "solarized-dark": (
        True,
        0x268BD2,  # primary
        0x2AA198,  # secondary
        0x6C71C4,  # accent
        0x839496,  # foreground
        0x002B36,  # background
        0x073642,  # panel
        0xCA4B16,  # warning
        0xDB322F,  # error
        0x849900,  # success
    ),
    "rose-pine": (
        True,
        0xC4A7E7,  # primary
        0x31748F,  # secondary
        0xEBBCBA,  # accent
        0xE0DEF4,  # foreground
        0x191724,  # background
        0x26233A,  # panel
        0xF5C177,  # warning
        0xEA6F92,  # error
        0x9CCFD8,  # success
    ),
    "rose-pine-moon": (
        True,
        0xC4A7E7,  # primary
        0x3E8FB0,  # secondary
        0xEA9A97,  # accent
        0xE0DEF4,  # foreground
        0x232136,  # background
        0x393552,  # panel
        0xF5C177,  # warning
        0xEA6F92,  # error
        0x9CCFD8,  # success
    ),
    "rose-pine-dawn": (
        False,
        0x907AA9,  # primary
        0x286983,  # secondary
        0xD6827E,  # accent
        0x575279,  # foreground
        0xFAF4ED,  # background
        0xF2E9E1,  # panel
        0xE99D34,  # warning
        0xB4637A,  # error
        0x56949F,  # success
    ),
    "atom-one-dark": (
        True,
        0x61AFEF,  # primary
        0xC678DD,  # secondary
        0xA378C2,  # accent
        0xABB2BF,  # foreground
        0x282C34,  # background
        0x4F5666,  # panel
        0xDDB25B,  # warning
        0xEF6262,  # error
        0x62F062,  # success
    ),
    "atom-one-light": (
        False,
        0x4078F2,  # primary
        0xA626A4,  # secondary
        0xBE9232,  # accent
        0x383A42,  # foreground
        0xFAFAFA,  # background
        0xCCCCCC,  # panel
        0xD7D938,  # warning
        0xF13F3F,  # error
        0x6BF23F,  # success
    ),
}
