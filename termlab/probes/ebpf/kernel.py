"""The door to the kernel's eBPF: the system call ``bpf`` by ctypes, the few commands needed.

Everything made is a descriptor, and goes with the last process that has it open: nothing stays
behind a process that is killed. What the kernel refuses is the ``OSError`` it says.
"""

import ctypes
import errno
import os
import platform
import struct
from typing import Final

# The number of the call. On aarch64 it was not tried.
_CALLS: Final = {"x86_64": 321, "aarch64": 280}
_MAP_CREATE, _MAP_LOOKUP, _MAP_UPDATE, _MAP_DELETE, _NEXT_KEY, _PROG_LOAD = 0, 1, 2, 3, 4, 5
_RAW_TRACEPOINT_OPEN, _LOOKUP_BATCH = 17, 24
HASH: Final = 1
ARRAY: Final = 2
_RAW_TRACEPOINT: Final = 17
MMAPABLE: Final = 1 << 10
NEW_ONLY: Final = 1  # of an update: EEXIST where there is one
# The programs are the product's own; the kernel lends what they need to GPL-compatible ones only.
_LICENCE: Final = b"Dual MIT/GPL"
_LOG_BYTES: Final = 64 * 1024
_ATTRIBUTE_BYTES: Final = 144
_BATCH: Final = 256
_BATCH_WORDS: Final = struct.Struct("=QQQQIIQQ")


def make_map(kind: int, value_bytes: int, entries: int, flags: int = 0) -> int:
    """A map with 32-bit keys: its descriptor."""
    return _bpf(_MAP_CREATE, struct.pack("=IIIII", kind, 4, value_bytes, entries, flags))


def load(instructions: bytes) -> int:
    """A program for raw tracepoints, checked by the kernel: its descriptor."""
    code = ctypes.create_string_buffer(instructions, len(instructions))
    licence = ctypes.create_string_buffer(_LICENCE)
    log = ctypes.create_string_buffer(_LOG_BYTES)

    def attempt(level: int) -> int:
        where = (level, _LOG_BYTES, ctypes.addressof(log)) if level else (0, 0, 0)
        count = len(instructions) // 8
        words = (count, ctypes.addressof(code), ctypes.addressof(licence), *where, 0, 0)
        return _bpf(_PROG_LOAD, struct.pack("=IIQQIIQII", _RAW_TRACEPOINT, *words))

    try:
        return attempt(0)
    except OSError as error:
        if error.errno not in (errno.EINVAL, errno.EACCES):
            raise
    # Its verifier says what was wrong only when it is asked.
    try:
        return attempt(1)
    except OSError as error:
        said = log.value.decode(errors="replace").strip().splitlines()[-3:]
        raise OSError(error.errno, " / ".join(said) or error.strerror) from error


def attach(tracepoint: str, program: int) -> int:
    """Have ``program`` run at each ``tracepoint`` of all processes, until this is closed."""
    name = ctypes.create_string_buffer(tracepoint.encode())
    return _bpf(_RAW_TRACEPOINT_OPEN, struct.pack("=QI", ctypes.addressof(name), program))


def update(map_fd: int, key: int, value: bytes, flags: int = 0) -> None:
    """``map[key] = value``."""
    where = ctypes.c_uint32(key)
    what = ctypes.create_string_buffer(value, len(value))
    words = struct.pack("=I4xQQQ", map_fd, ctypes.addressof(where), ctypes.addressof(what), flags)
    _bpf(_MAP_UPDATE, words)


def delete(map_fd: int, key: int) -> None:
    """``del map[key]``; nothing where there is none."""
    where = ctypes.c_uint32(key)
    try:
        _bpf(_MAP_DELETE, struct.pack("=I4xQQQ", map_fd, ctypes.addressof(where), 0, 0))
    except FileNotFoundError:
        return


def entries(map_fd: int, value_bytes: int) -> list[tuple[int, bytes]]:
    """What is in a hash map, `_BATCH` entries a call. What comes meanwhile may be missing."""
    keys = (ctypes.c_uint32 * _BATCH)()
    values = ctypes.create_string_buffer(value_bytes * _BATCH)
    token = ctypes.c_uint32()
    where = ctypes.addressof(token)
    found: list[tuple[int, bytes]] = []
    more, before = True, 0
    while more:
        attribute = _BATCH_WORDS.pack(
            before, where, ctypes.addressof(keys), ctypes.addressof(values), _BATCH, map_fd, 0, 0
        )
        buffer = ctypes.create_string_buffer(attribute, _ATTRIBUTE_BYTES)
        try:
            _call(_LOOKUP_BATCH, buffer)
        except FileNotFoundError:
            more = False  # how it says that these were the last
        count = _BATCH_WORDS.unpack_from(buffer)[4]
        raw = values.raw
        found += [(keys[i], raw[i * value_bytes : (i + 1) * value_bytes]) for i in range(count)]
        before = where
    return found


def _bpf(command: int, attribute: bytes) -> int:
    return _call(command, ctypes.create_string_buffer(attribute, _ATTRIBUTE_BYTES))


def _call(command: int, buffer: "ctypes.Array[ctypes.c_char]") -> int:
    number = _CALLS.get(platform.machine())
    if number is None:
        raise OSError(errno.ENOSYS, f"no eBPF programs are written for {platform.machine()}")
    libc = ctypes.CDLL(None, use_errno=True)
    got: int = libc.syscall(number, command, buffer, _ATTRIBUTE_BYTES)
    if got < 0:
        code = ctypes.get_errno()
        raise OSError(code, os.strerror(code))
    return got
