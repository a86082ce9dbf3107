"""A person's configuration as a file: where it is, and its text, whatever stands there.

What a server reads unasked must not make it wait or grow: no pipe, no device, nothing huge.
"""

import os
import stat
import sys
from collections.abc import Mapping
from typing import Final

from termlab.errors import UsageError

# The defaults have 9 KB; what is larger is another file.
MAX_BYTES: Final = 256 * 1024


def config_path(environment: Mapping[str, str]) -> str:
    """Where a person's configuration is, or would be."""
    if named := environment.get("TERMLAB_CONFIG"):
        return named
    if sys.platform == "win32":
        roaming = environment.get("APPDATA") or os.path.expanduser("~")
        return os.path.join(roaming, "termlab", "config.toml")
    home = environment.get("XDG_CONFIG_HOME") or os.path.join(
        environment.get("HOME") or os.path.expanduser("~"), ".config"
    )
    return os.path.join(home, "termlab", "config.toml")


def read_config(path: str) -> str | None:
    """The text of the file; None if there is none. Raises ``UsageError`` that says what stands
    there instead."""
    try:
        data = _read(path)
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise UsageError(f"{path} can't be read: {error.strerror}") from error
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise UsageError(
            f"{path}:{line}: can't be read: save it as UTF-8 (byte {data[error.start]:#04x})"
        ) from error


def _read(path: str) -> bytes:
    flags = os.O_RDONLY
    if sys.platform == "win32":
        flags |= os.O_BINARY
    else:
        flags |= os.O_NONBLOCK | os.O_CLOEXEC  # opening a pipe would wait for its writer
    if os.path.isdir(path):
        raise UsageError(f"{path} can't be read: it is a directory; the file is to be there")
    fd = os.open(path, flags)
    try:
        about = os.fstat(fd)
        if not stat.S_ISREG(about.st_mode):
            raise UsageError(f"{path} can't be read: it is no plain file")
        if about.st_size > MAX_BYTES:
            raise UsageError(
                f"{path} can't be read: {about.st_size} bytes are no configuration; "
                f"keep it below {MAX_BYTES}"
            )
        return _whole(fd)
    finally:
        os.close(fd)


def _whole(fd: int) -> bytes:
    parts, left = [], MAX_BYTES
    while left and (part := os.read(fd, left)):
        parts.append(part)
        left -= len(part)
    return b"".join(parts)
