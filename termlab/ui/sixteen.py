"""The terminal's own 16 colours as a theme of Textual's, under the name that the options have.

Its words mean what the frame around the panes means by these colours (`client.look`): green is what
has the focus, yellow wants to be seen, red has failed.
"""

from typing import Final

from textual.theme import Theme

from termlab.model.theme import TERMINAL

SIXTEEN: Final = Theme(
    name=TERMINAL,
    primary="ansi_green",
    secondary="ansi_cyan",
    accent="ansi_magenta",
    foreground="ansi_default",
    background="ansi_default",
    surface="ansi_default",
    panel="ansi_default",
    boost="ansi_default",
    warning="ansi_yellow",
    error="ansi_red",
    success="ansi_green",
    ansi=True,
    variables={
        "border": "ansi_green",
        "border-blurred": "ansi_bright_black",
        "block-cursor-background": "ansi_green",
        "block-cursor-foreground": "ansi_black",
        "block-cursor-text-style": "none",
        "input-cursor-background": "ansi_default",
        "input-cursor-foreground": "ansi_default",
        "input-cursor-text-style": "reverse",
        "input-selection-background": "ansi_green",
        "input-selection-foreground": "ansi_black",
        "ansi-background": "ansi_default",
        "ansi-foreground": "ansi_default",
        "screen-selection-background": "ansi_green",
        "screen-selection-foreground": "ansi_black",
    },
)
