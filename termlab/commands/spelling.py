"""What is said of a word that is no command: that, and the nearest that is one."""

from termlab.commands.table import names


def unknown_command(name: str) -> str:
    """The message for a command that isn't one, with the nearest that is."""
    from difflib import get_close_matches

    near = get_close_matches(name, sorted(names()), 1)
    hint = f" Did you mean `{near[0]}`?" if near else ""
    return f"there is no command {name!r}.{hint} See `termlab --help`."
