"""What remains of a pane whose command has ended, where its asker wanted it to stay.

Its screen and history stand until somebody closes it: these say how the command ended, and which
keys close it.
"""

import signal

from termlab.model.keys import CTRL, RELEASE, Key

# A person at a shell, a pager or a prompt leaves with one of these.
_CLOSING = frozenset({("Enter", 0), ("q", 0), ("c", CTRL), ("d", CTRL)})


def how_ended(status: int) -> str:
    """An exit status (-N for signal N) as a person reads it."""
    if status >= 0:
        return f"exit {status}"
    try:
        return f"killed by {signal.Signals(-status).name}"
    except ValueError:  # a real-time one
        return f"killed by signal {-status}"


def closes(key: Key) -> bool:
    """Whether this key, pressed in such a pane, closes it."""
    return key.action != RELEASE and (key.name, key.mods) in _CLOSING
