"""Character sets a program may choose (SCS) and which of them its characters are taken from."""

from typing import Final

from pyte.charsets import VT100_MAP

# pyte's table also replaces a few of the characters below: the VT100 does not.
DEC_GRAPHICS: Final = {point: VT100_MAP[point] for point in range(0x60, 0x7F)}
SETS: Final[dict[str, dict[int, str]]] = {"0": DEC_GRAPHICS, "A": {ord("#"): "£"}}
SLOTS: Final = "()*+"


class Charsets:
    """G0 to G3 and the one in use."""

    __slots__ = ("_designated", "_shift")

    def __init__(self) -> None:
        self._designated = ["B"] * len(SLOTS)
        self._shift = 0

    def designate(self, slot: str, code: str) -> None:
        """``ESC slot code``; sets nobody knows are ASCII."""
        self._designated[SLOTS.index(slot)] = code

    def shift(self, slot: int) -> None:
        self._shift = slot

    def translate(self, text: str) -> str:
        """Characters as they are shown."""
        table = SETS.get(self._designated[self._shift])
        return text.translate(table) if table else text

    def copy(self) -> "Charsets":
        twin = Charsets()
        twin._designated, twin._shift = self._designated[:], self._shift
        return twin
