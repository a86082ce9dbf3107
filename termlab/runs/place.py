"""Where a person's runs are kept: the path of the file, and its private directory.

``TERMLAB_DATA`` names the directory; else it is ``termlab`` under ``$XDG_DATA_HOME``
(``~/.local/share``), on macOS under ``~/Library/Application Support``, on Windows under
``%LOCALAPPDATA%``.
"""

import contextlib
import os
import stat
import sys
from collections.abc import Mapping
from typing import Final

from termlab.errors import StoreError

FILE: Final = "runs.db"


def store_path(environment: Mapping[str, str]) -> str:
    """The file of this person's runs, whether it is there or not."""
    chosen = environment.get("TERMLAB_DATA", "")
    return os.path.join(os.path.abspath(chosen) if chosen else _data(environment), FILE)


def _data(environment: Mapping[str, str]) -> str:
    home = environment.get("HOME") or os.path.expanduser("~")
    base = environment.get("XDG_DATA_HOME", "")
    if sys.platform == "win32":
        base = environment.get("LOCALAPPDATA") or os.path.join(home, "AppData", "Local")
    elif not base and sys.platform == "darwin":
        base = os.path.join(home, "Library", "Application Support")
    return os.path.join(base or os.path.join(home, ".local", "share"), "termlab")


def make_private(directory: str) -> None:
    """Make ``directory`` with mode 0700, or see that nobody else can write to the one that is
    there. Raises ``StoreError``."""
    try:
        os.makedirs(os.path.dirname(directory) or "/", exist_ok=True)
        with contextlib.suppress(FileExistsError):
            os.mkdir(directory, 0o700)
        info = os.lstat(directory)
    except OSError as error:
        raise StoreError(
            f"the directory for runs, {directory}, can't be made: {error.strerror}. "
            "Name another one with TERMLAB_DATA"
        ) from error
    if not stat.S_ISDIR(info.st_mode):
        raise StoreError(
            f"{directory} is no directory (a link is none either): runs are not kept there. "
            "Name one with TERMLAB_DATA"
        )
    if sys.platform != "win32" and (info.st_uid != os.geteuid() or info.st_mode & 0o022):
        raise StoreError(
            f"others can write to {directory}: runs are not kept there. Run "
            f"`chmod 700 {directory}` if it is yours, or name another one with TERMLAB_DATA"
        )


def check_own_file(path: str) -> bool:
    """Whether a file is there. Raises ``StoreError`` if it is a link, no file, or somebody
    else's."""
    try:
        info = os.lstat(path)
    except FileNotFoundError:
        return False
    except OSError as error:
        raise StoreError(f"{path} can't be looked at: {error.strerror}") from error
    if not stat.S_ISREG(info.st_mode):
        what = "a symbolic link" if stat.S_ISLNK(info.st_mode) else "no file"
        raise StoreError(f"{path} is {what}: move it away, and runs are kept there again")
    if sys.platform != "win32" and info.st_uid != os.geteuid():
        raise StoreError(
            f"{path} belongs to another user: name a directory of yours with TERMLAB_DATA"
        )
    return True
