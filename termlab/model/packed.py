"""A profile as bytes to be kept, and back: msgpack, compressed, with a check of its own.

What is kept outlives the version that wrote it. A figure that did not exist then is `Missing` with
that reason; fields that came later have their defaults; fields of a later version are passed over.
"""

import zlib

from termlab.model.figure import Missing
from termlab.model.metrics import FIGURES
from termlab.model.records import msgspec
from termlab.model.run import Profile

OLDER = Missing("the version of termlab that measured this did not have the figure")
# Fast: twice the time would save a tenth of the bytes.
_LEVEL = 3


def pack(profile: Profile) -> bytes:
    """What `unpack` makes the same profile of."""
    return squeeze(msgspec.msgpack.encode(profile))


def unpack(data: bytes) -> Profile:
    """The profile. Raises ``ValueError`` with the reason if these bytes are not one."""
    whole = unsqueeze(data)
    try:
        return msgspec.msgpack.decode(whole, type=Profile)
    except msgspec.ValidationError:
        return _older(whole)
    except msgspec.MsgspecError as error:
        raise ValueError(str(error)) from error


def squeeze(data: bytes) -> bytes:
    """Compressed, with a checksum."""
    return zlib.compress(data, _LEVEL)


def unsqueeze(data: bytes) -> bytes:
    """What was squeezed. Raises ``ValueError`` if a byte of it has changed."""
    try:
        return zlib.decompress(data)
    except zlib.error as error:
        raise ValueError(str(error)) from error


def without_series(profile: Profile) -> Profile:
    """The same without what grows with the time measured: samples and the way of each key."""
    runs = tuple(msgspec.structs.replace(run, samples=(), trails=()) for run in profile.runs)
    return msgspec.structs.replace(profile, runs=runs)


def titled(profile: Profile, name: str, tags: tuple[str, ...]) -> Profile:
    """The same under another name and tags."""
    return msgspec.structs.replace(profile, name=name, tags=tags)


def _older(whole: bytes) -> Profile:
    """One of a version that had fewer figures."""
    try:
        raw = msgspec.msgpack.decode(whole)
        missing = msgspec.to_builtins(OLDER)
        for run in raw["runs"]:
            for row in FIGURES:
                run["figures"].setdefault(row.name, missing)
        return msgspec.convert(raw, Profile)
    except (msgspec.MsgspecError, TypeError, KeyError, AttributeError) as error:
        raise ValueError(f"it is no profile that this version knows: {error}") from error
