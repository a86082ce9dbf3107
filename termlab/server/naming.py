"""What sessions and windows can be called: what a target could say."""

from typing import Final

from termlab.errors import UsageError

MAX_NAME_CHARS: Final = 64


def check_name(name: str) -> str:
    """A name for a session or window. Raises ``UsageError`` for one a target could not say."""
    if len(name) > MAX_NAME_CHARS or not name.isprintable() or set(name) & set(":.") or not name:
        raise UsageError(
            f"{name[:MAX_NAME_CHARS]!r} can't be a name: use 1 to {MAX_NAME_CHARS} printable "
            "characters without ':' and '.'"
        )
    if name[0] in "$@%":
        raise UsageError(f"{name!r} can't be a name: $, @ and % begin ids")
    return name
