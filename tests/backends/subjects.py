"""The backends under the contract, and what the children of each can't do.

A new backend is one more entry of `SUBJECTS`. What a whole test needs is named by `those_with`,
which runs it on the backends that can; what one line of a test needs, by `Pty.lacks`.
"""

import sys
from typing import Final, NamedTuple

import pytest

from termlab.backends.pty import Backend

# What a test may need of a child that not every backend can give.
PROGRAMS: Final = "programs"  # it is the named program, looked up and started in a directory
NAMES: Final = "names"  # its own first word is the name it was asked for by, not its path
TYPING: Final = "typing"  # what is written reaches it
SIZES: Final = "sizes"  # it learns its size


class Subject(NamedTuple):
    """A backend under the contract."""

    backend: Backend
    cannot: frozenset[str] = frozenset()


SUBJECTS: list[Subject] = []
if sys.platform != "win32":
    from termlab.backends.conpty import ConPtyBackend
    from termlab.backends.unix import UnixBackend
    from tests.backends import fake_winpty
    from tests.backends.recorded import RecordedBackend

    SUBJECTS += [
        Subject(UnixBackend()),
        Subject(ConPtyBackend(fake_winpty), frozenset({NAMES})),
        Subject(RecordedBackend(), frozenset({PROGRAMS, NAMES, TYPING, SIZES})),
    ]


def those_with(*needs: str) -> pytest.MarkDecorator:
    """Run the test on each backend whose children can do all of this."""
    able = [subject.backend for subject in SUBJECTS if not subject.cannot.intersection(needs)]
    return pytest.mark.parametrize("backend", able, ids=[backend.name for backend in able])
