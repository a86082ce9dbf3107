"""The very first start: one short hint of how to split, detach and get help, and never again.

That it was shown is remembered by an empty file beside the logs. Where that can't be made nothing
is shown, or it would be shown each time.
"""

import os
from collections.abc import Mapping
from typing import Final

from termlab.commands.keytable import split_command
from termlab.model.bindings import PREFIX_TABLE
from termlab.wire.address import state_directory
from termlab.wire.messages import ClientOptions

MARKER: Final = "welcomed"
# What a newcomer needs, in this order, by the command a key of the prefix table runs.
_STEPS: Final = (
    ("split-window", "splits"),
    ("detach-client", "leaves it running"),
    ("list-keys", "shows all keys"),
)


def newcomer(environment: Mapping[str, str]) -> bool:
    """Whether nobody was greeted here before; from now on somebody was."""
    path = marker_path(environment)
    try:
        os.makedirs(os.path.dirname(path), mode=0o700, exist_ok=True)
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    except OSError:
        return False
    return True


def marker_path(environment: Mapping[str, str]) -> str:
    """The file whose being there says that somebody was greeted."""
    return os.path.join(state_directory(environment), MARKER)


def greeting(options: ClientOptions) -> str:
    """The hint, of the keys as they are bound; "" if none of them is."""
    keys: dict[str, str] = {}
    for binding in options.tables.get(PREFIX_TABLE, ()):
        keys.setdefault(split_command(binding.command)[0], binding.key)
    steps = [f"{options.prefix} {keys[name]} {what}" for name, what in _STEPS if name in keys]
    return f"Welcome: {', '.join(steps)}" if steps else ""
