"""Where the running kernel keeps the fields of its records: its own description of them (BTF).

Any user may read it, and no headers or tools are needed. The strings of the description are unique,
so a record is found by the number of its name; the file is searched, not read type by type, which
takes 2 ms instead of 100.
"""

import struct
from typing import Final

PATH: Final = "/sys/kernel/btf/vmlinux"
_MAGIC: Final = 0xEB9F
_HEAD: Final = struct.Struct("<HBBIIIII")
_TYPE: Final = struct.Struct("<III")
_STRUCT: Final = 4
# In a record with bit fields an offset has a width above these bits.
_OFFSET: Final = 0xFFFFFF


class Btf:
    """One description. Raises ``ValueError`` where the bytes are none."""

    def __init__(self, data: bytes) -> None:
        magic, _, _, head, types, types_size, strings, strings_size = _head(data)
        if magic != _MAGIC:
            raise ValueError("this is no description of a kernel's types")
        self._data = data
        self._types = head + types, head + types + types_size
        self._strings = head + strings, head + strings + strings_size

    def offset(self, record: str, field: str) -> int:
        """How many bytes into a ``struct`` a field of it is. Raises ``LookupError``."""
        name = self._string(field)
        at = self._struct(self._string(record))
        _, info, _ = _TYPE.unpack_from(self._data, at)
        for i in range(info & 0xFFFF):
            member, _, bits = _TYPE.unpack_from(self._data, at + _TYPE.size * (i + 1))
            if member == name:
                return int((bits & _OFFSET) if info >> 31 else bits) // 8
        raise LookupError(f"this kernel's {record} has no {field}")

    def _string(self, text: str) -> int:
        start, end = self._strings
        found = self._data.find(b"\0" + text.encode() + b"\0", start, end)
        if found < 0:
            raise LookupError(f"this kernel does not know the word {text}")
        return found + 1 - start

    def _struct(self, name: int) -> int:
        """Where the type of that name begins. Members of that name have a type's number behind it,
        whose high byte is 0: they can't be taken for one."""
        start, end = self._types
        word = struct.pack("<I", name)
        at = self._data.find(word, start, end)
        while at >= 0:
            if (at - start) % 4 == 0 and at + _TYPE.size <= end:
                _, info, size = _TYPE.unpack_from(self._data, at)
                if info >> 24 & 0x1F == _STRUCT and info & 0xFFFF and size:
                    return at
            at = self._data.find(word, at + 1, end)
        raise LookupError("this kernel has no such record")


def _head(data: bytes) -> tuple[int, ...]:
    try:
        return _HEAD.unpack_from(data)
    except struct.error as error:
        raise ValueError("this is no description of a kernel's types") from error


def running() -> Btf:
    """The running kernel's. Raises ``OSError`` where it has none."""
    with open(PATH, "rb") as file:
        return Btf(file.read())
