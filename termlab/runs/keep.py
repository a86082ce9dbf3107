"""A file a person named for a report: checked before anything runs, written whole or not at all.

Private (0600), by a rename over the name, and never through a symbolic link.
"""

import contextlib
import os
import stat
import tempfile
from typing import Final

from termlab.errors import TermlabError, UsageError

_MODE: Final = 0o600


def check_file(path: str) -> str:
    """The absolute path of a file that can be written there. Raises ``UsageError`` if none can."""
    whole = os.path.abspath(path)
    directory = os.path.dirname(whole)
    why = _unfit(path, whole, directory)
    if why:
        raise UsageError(f"{path!r} can't be written: {why}")
    return whole


def _unfit(path: str, whole: str, directory: str) -> str:
    """What stands against it and what to do, "" if nothing."""
    if not path or "\0" in path:
        return "give the name of a file"
    if not os.path.isdir(directory):
        return f"there is no directory {directory!r}: make it first"
    with contextlib.suppress(FileNotFoundError):
        mode = os.lstat(whole).st_mode
        if stat.S_ISLNK(mode):
            return "it is a symbolic link: give the file itself"
        if not stat.S_ISREG(mode):
            return "it is there and is not a file: give another name"
        if not os.access(whole, os.W_OK):
            return "it is there and is protected: give another name"
    if path.endswith(os.sep):
        return "give the name of a file"
    try:
        with tempfile.NamedTemporaryFile(dir=directory, prefix=".termlab-"):
            return ""
    except OSError as error:
        return f"the directory {directory!r} takes no files ({error.strerror}): give another one"


def write_file(path: str, text: str) -> None:
    """Write ``text`` as the file ``path``, absolute. Raises ``TermlabError``."""
    written = ""
    try:
        if os.path.islink(path):
            raise TermlabError(f"{path} was not written: it is a symbolic link by now")
        # Made with a name of its own that was free, for this user alone.
        fd, written = tempfile.mkstemp(dir=os.path.dirname(path), prefix=".termlab-")
        with os.fdopen(fd, "w", encoding="utf-8", newline="\n") as file:
            os.chmod(written, _MODE)
            file.write(text)
        os.replace(written, path)
        written = ""
    except OSError as error:
        raise TermlabError(f"{path} was not written: {error.strerror}") from error
    finally:
        if written:
            with contextlib.suppress(OSError):
                os.unlink(written)
