"""What types into a program under measurement: a script as steps, in order. How one is written is
`commands/scripted_keys`; whoever plays it is the server's.
"""

from typing import Final, Literal

from termlab.model.records import msgspec

# "type" and "key" wait behind each key as the pace says; "input" is typed when it was recorded.
Deed = Literal["type", "key", "wait", "quiet", "pause", "pace", "input"]
# Beside these, a key each hundredth of a second for half an hour.
MAX_STEPS: Final = 200_000


class Step(msgspec.Struct, frozen=True, array_like=True):
    """``line`` is where it stands in its file. ``text`` is typed, the name of a key, or a regular
    expression; ``count`` how often a key is pressed. ``seconds``: how long to be quiet, to pause or
    to wait at the most; the pace (0: as the program answers); when it was recorded."""

    line: int
    deed: Deed
    text: str = ""
    count: int = 1
    seconds: float = 0.0


class KeyScript(msgspec.Struct, frozen=True, array_like=True):
    """``name`` is its file's, for messages and for the profile."""

    name: str
    steps: tuple[Step, ...]
