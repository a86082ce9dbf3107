"""eBPF instructions, written one by one: no compiler is needed where termlab runs.

The encoding is the kernel's (Documentation/bpf/standardization/instruction-set.rst). An `Assembler`
gathers a program in the order of its lines; jumps name labels that `assemble` resolves.
"""

import struct
from collections.abc import Callable
from typing import Final, Literal

Register = Literal[0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10]
# Arguments of a call are R1 to R5 and its result R0; R6 to R9 outlive a call; R10 is the frame.
R0: Final = 0
R1: Final = 1
R2: Final = 2
R3: Final = 3
R4: Final = 4
R6: Final = 6
R7: Final = 7
R8: Final = 8
R9: Final = 9
FRAME: Final = 10

Jump = Literal["==", "!=", ">", ">=", "signed>", "signed<", "&"]
_JUMPS: Final[dict[Jump, int]] = {
    "==": 0x15,
    ">": 0x25,
    ">=": 0x35,
    "&": 0x45,
    "!=": 0x55,
    "signed>": 0x65,
    "signed<": 0xC5,
}
_BY_REGISTER: Final = 0x08
_LOADS: Final = {4: 0x61, 8: 0x79}
_STORES: Final = {4: 0x63, 8: 0x7B}
_STORES_OF_NUMBERS: Final = {4: 0x62, 8: 0x7A}
_MAP_DESCRIPTOR: Final = 1  # the source of a wide load: its number is a map's descriptor
_ATOMIC_ADD: Final = 0xDB

_LINE: Final = struct.Struct("<BBhi")


class Assembler:
    """One program. Addresses are a register and an offset from it."""

    def __init__(self) -> None:
        self._lines: list[Callable[[], bytes]] = []
        self._labels: dict[str, int] = {}

    def label(self, name: str) -> None:
        """Jumps to ``name`` land here."""
        self._labels[name] = len(self._lines)

    def set(self, to: Register, number: int) -> None:
        """``to = number``"""
        self._add(0xB7, to, number=number)

    def copy(self, to: Register, source: Register) -> None:
        """``to = source``"""
        self._add(0xBF, to, source)

    def add(self, to: Register, number: int) -> None:
        """``to += number``"""
        self._add(0x07, to, number=number)

    def add_register(self, to: Register, source: Register) -> None:
        """``to += source``"""
        self._add(0x0F, to, source)

    def subtract(self, to: Register, source: Register) -> None:
        """``to -= source``"""
        self._add(0x1F, to, source)

    def mask(self, to: Register, number: int) -> None:
        """``to &= number``"""
        self._add(0x57, to, number=number)

    def shift_left(self, to: Register, bits: int) -> None:
        """``to <<= bits``"""
        self._add(0x67, to, number=bits)

    def load(self, to: Register, at: Register, offset: int, size: int = 8) -> None:
        """``to = at[offset]``"""
        self._add(_LOADS[size], to, at, offset)

    def store(self, at: Register, offset: int, source: Register, size: int = 8) -> None:
        """``at[offset] = source``"""
        self._add(_STORES[size], at, source, offset)

    def store_number(self, at: Register, offset: int, number: int, size: int = 8) -> None:
        """``at[offset] = number``"""
        self._add(_STORES_OF_NUMBERS[size], at, 0, offset, number)

    def add_shared(self, at: Register, offset: int, source: Register) -> None:
        """``at[offset] += source`` at once for all processors, 8 bytes wide."""
        self._add(_ATOMIC_ADD, at, source, offset)

    def map(self, to: Register, descriptor: int) -> None:
        """``to`` is the map of ``descriptor``. Two instructions long."""
        self._add(0x18, to, _MAP_DESCRIPTOR, number=descriptor)
        self._add(0x00, 0)

    def call(self, helper: int) -> None:
        """R0 = the kernel's ``helper`` of R1, R2, …; R1 to R5 are lost."""
        self._add(0x85, 0, number=helper)

    def jump(self, label: str) -> None:
        """Go on at ``label``."""
        self._jump(0x05, 0, 0, 0, label)

    def jump_if(self, left: Register, how: Jump, number: int, label: str) -> None:
        """Go on at ``label`` where this holds; "&": where they share a bit."""
        self._jump(_JUMPS[how], left, 0, number, label)

    def jump_if_register(self, left: Register, how: Jump, right: Register, label: str) -> None:
        """The same of two registers."""
        self._jump(_JUMPS[how] | _BY_REGISTER, left, right, 0, label)

    def end(self) -> None:
        """The program is over, with 0."""
        self.set(R0, 0)
        self._add(0x95, 0)

    def assemble(self) -> bytes:
        """The instructions, 8 bytes each."""
        return b"".join(line() for line in self._lines)

    def _add(
        self, code: int, to: Register, source: Register = 0, offset: int = 0, number: int = 0
    ) -> None:
        line = _LINE.pack(code, source << 4 | to, offset, number)
        self._lines.append(lambda: line)

    def _jump(self, code: int, to: Register, source: Register, number: int, label: str) -> None:
        behind = len(self._lines) + 1
        self._lines.append(
            lambda: _LINE.pack(code, source << 4 | to, self._labels[label] - behind, number)
        )
