"""Which window a line of the frame names in a cell."""

from termlab.client.style import Line, run_at


def window_at(line: Line, x: int) -> int | None:
    """The window whose name ``line`` shows in its cell ``x``; None if it is no window's."""
    found = run_at(line, x)
    return found[0].window if found is not None else None
