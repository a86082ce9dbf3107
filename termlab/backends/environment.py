"""The environment of a pane: the client's, less what other terminals left in it, plus ours.

Pure: touches no process's environment. The server calls it for every pane it starts.
"""

from collections.abc import Mapping
from typing import Final

TERM: Final = "xterm-256color"

# What tells a program which terminal or multiplexer it runs in. Inside a pane that is no longer
# so, and a program that believes it sends sequences, or asks sockets, that are not the pane's.
FOREIGN_NAMES: Final = frozenset(
    {
        # The size is the terminal's to tell; a fixed one here would win over every resize.
        "COLUMNS",
        "LINES",
        # Multiplexers.
        "STY",
        "TMUX",
        "TMUX_PANE",
        "WINDOW",
        # Terminals.
        "COLORFGBG",
        "COLORTERM",
        "DOMTERM",
        "GNOME_TERMINAL_SCREEN",
        "GNOME_TERMINAL_SERVICE",
        "INSIDE_EMACS",
        "LC_TERMINAL",
        "LC_TERMINAL_VERSION",
        "MLTERM",
        "PTYXIS_PROFILE",
        "PTYXIS_VERSION",
        "TERMCAP",
        "TERMINAL_EMULATOR",
        "TERMINFO",
        "TERMINOLOGY",
        "TERM_FEATURES",
        "TERM_SESSION_ID",
        "TILIX_ID",
        "VTE_VERSION",
        "WINDOWID",
        "WT_PROFILE_ID",
        "WT_SESSION",
        "XTERM_LOCALE",
        "XTERM_SHELL",
        "XTERM_VERSION",
    }
)
FOREIGN_PREFIXES: Final = (
    "ALACRITTY_",
    "CMUX_",
    "FOOT_",
    "GHOSTTY_",
    "ITERM_",
    "KITTY_",
    "KONSOLE_",
    "RIO_",
    "TERM_PROGRAM",
    "TERMLAB",
    "VSCODE_",
    "WARP_",
    "WEZTERM_",
    "ZELLIJ",
)


def pane_environment(
    base: Mapping[str, str], *, socket: str, pane: int, directory: str, version: str
) -> dict[str, str]:
    """The environment for pane ``pane``, started in ``directory``, of the server at ``socket``."""
    kept = {name: value for name, value in base.items() if not _is_foreign(name)}
    return kept | {
        "TERM": TERM,
        "COLORTERM": "truecolor",
        "TERM_PROGRAM": "termlab",
        "TERM_PROGRAM_VERSION": version,
        "TERMLAB": socket,
        "TERMLAB_PANE": f"%{pane}",
        # Keeps the way the user went there: a shell trusts it over the resolved path.
        "PWD": directory,
    }


def _is_foreign(name: str) -> bool:
    return name in FOREIGN_NAMES or name.startswith(FOREIGN_PREFIXES)
