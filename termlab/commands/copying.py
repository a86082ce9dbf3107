"""The commands of copy mode that take no parameters, and what each does. Names are tmux's."""

from typing import Final

COPYING: Final = (
    ("cursor-left", "Move the copy cursor left."),
    ("cursor-right", "Move the copy cursor right."),
    ("cursor-up", "Move the copy cursor up."),
    ("cursor-down", "Move the copy cursor down."),
    ("start-of-line", "Move to the start of the line."),
    ("end-of-line", "Move to the end of the line."),
    ("back-to-indentation", "Move to the first word of the line."),
    ("next-word", "Move to the next word."),
    ("next-word-end", "Move to the end of a word."),
    ("previous-word", "Move to the start of a word."),
    ("top-line", "Move to the first line shown."),
    ("middle-line", "Move to the middle line shown."),
    ("bottom-line", "Move to the last line shown."),
    ("history-top", "Move to the oldest line."),
    ("history-bottom", "Move to the newest line."),
    ("begin-selection", "Select from here on, or nothing."),
    ("select-line", "Select whole lines."),
    ("select-block", "Select a block."),
    ("select-word", "Select the word here."),
    ("other-end", "Move to the other end of the selection."),
    ("clear-selection", "Select nothing."),
    ("copy-selection", "Copy what is selected, and leave."),
    ("search-cancel", "Go back to where the search began."),
    ("search-again", "Search for the same again."),
    ("search-reverse", "Search for the same the other way."),
)
