"""Where a command is asked for: directory, pane and, if it starts programs, the environment.

The wire carries text: what a terminal's environment holds that is none is left out, since no
program could be given it unharmed.
"""

import os
from collections.abc import Mapping

from termlab.wire.messages import Place


def origin(path: str, environment: Mapping[str, str], programs: bool) -> Place:
    """The place of a command for the server at ``path``; ``programs``: it will start some."""
    return Place(
        _directory(environment),
        {name: value for name, value in environment.items() if _is_text(name + value)}
        if programs
        else {},
        # The panes of another server have the same numbers.
        environment.get("TERMLAB_PANE", "") if environment.get("TERMLAB") == path else "",
    )


def _directory(environment: Mapping[str, str]) -> str:
    """The current directory; the user's own if that is gone or can't be said."""
    try:
        directory = os.getcwd()
    except FileNotFoundError:
        directory = "\udcff"
    return directory if _is_text(directory) else environment.get("HOME", "/")


def _is_text(value: str) -> bool:
    # Bytes that are no UTF-8 are kept by Python as lone surrogates.
    return value.isascii() or not any("\ud800" <= letter <= "\udfff" for letter in value)
