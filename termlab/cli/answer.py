"""What a command prints, written so that nothing the other end does ends in a traceback."""

import os
import sys

from termlab.errors import TermlabError


def print_text(text: str) -> bool:
    """To stdout, whole: whether anybody reads there. A reader that has gone (`| head`) is no
    failure; a full disk is one."""
    out = sys.stdout
    # None where the shell closed it (>&-).
    if out is None or not text:
        return out is not None
    if hasattr(out, "reconfigure"):
        # A character that the terminal's encoding lacks must not cost all the others.
        out.reconfigure(errors="backslashreplace")
    try:
        out.write(text)
        out.flush()
    except BrokenPipeError:
        _forget(out.fileno())
        return False
    except OSError as error:
        _forget(out.fileno())
        raise TermlabError(f"stdout can't be written: {error.strerror}") from error
    return True


def _forget(fd: int) -> None:
    """Python flushes what is left as it ends: to where that can't fail again."""
    null = os.open(os.devnull, os.O_WRONLY)
    os.dup2(null, fd)
    os.close(null)
