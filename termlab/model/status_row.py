"""The segments a status row can be made of, by name, and those it is made of by default.

What draws each is `client.segments`; this is what the configuration and its schema know of them.
"""

from typing import Final

SEGMENTS: Final = {
    "session": "the session's name",
    "windows": "the windows' names, to be clicked",
    "sync": "that what is typed goes to all panes",
    "hidden": "how many panes have no room",
    "ended": "how the focused pane's command ended",
    "read-only": "that this client may only look",
    "engine": "what the engine lacks, where it does",
    "scroll": "how far the focused pane is scrolled back",
    "zoom": "that the focused pane is zoomed",
    "title": "the title of a lone pane, which has no line of its own",
    "command": "the program in the focused pane",
    "lab": "what shows and hides the lab dock, to be clicked",
}
LEFT: Final = ("session", "windows")
# What matters most first: what has no room is left out from the end.
RIGHT: Final = ("sync", "hidden", "ended", "read-only", "engine", "scroll", "title", "lab")

# Around text that stands for itself.
QUOTE: Final = "'"


def quoted(segment: str) -> str | None:
    """The text of a segment like ``'on call'``, which stands for itself; None for a name."""
    if len(segment) > 2 and segment[0] == segment[-1] == QUOTE:
        return segment[1:-1]
    return None
