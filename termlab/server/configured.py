"""The configuration as the server uses it: the person's file over the defaults, checked.

`termlab config` calls the same without a server. Without a file nothing but the defaults is
imported: starting is not slower for those who have none.
"""

import os
import sys
from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

from termlab.commands.keytable import build_tables
from termlab.commands.prefix import check_prefix
from termlab.commands.table import names
from termlab.config.loader import load_defaults
from termlab.config.settings import Settings
from termlab.errors import UsageError
from termlab.model.bindings import Binding
from termlab.wire.messages import ClientOptions

if TYPE_CHECKING:
    from termlab.config.personal import Overlaid

HOW = "see `termlab config check`"


class Configured(NamedTuple):
    """``problem`` is one line for the person: the file was not used; "" if it was, or is none."""

    settings: Settings
    problem: str = ""


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


def configure(environment: Mapping[str, str]) -> Configured:
    """The settings to use; the defaults where the file can't be."""
    defaults = load_defaults()
    path = config_path(environment)
    try:
        with open(path, encoding="utf-8") as file:
            text = file.read()
    except FileNotFoundError:
        check_prefix(defaults.prefix)
        build_tables(defaults.keys, names())
        return Configured(defaults)
    except (OSError, UnicodeDecodeError) as error:
        return Configured(defaults, f"{path} can't be read ({error}): {HOW}")
    found = laid_over(defaults, text)
    if not found.mistakes:
        return Configured(found.settings)
    line, what = found.mistakes[0]
    more = f" (and {len(found.mistakes) - 1} more)" if len(found.mistakes) > 1 else ""
    return Configured(defaults, f"{HOW}: {path}, line {line}: {what}{more}")


def client_options(settings: Settings) -> ClientOptions:
    """What a client acts on, of the settings."""
    tables: dict[str, tuple[Binding, ...]] = dict(settings.keys)
    return ClientOptions(
        settings.prefix,
        settings.escape_ms,
        settings.repeat_ms,
        settings.hint_ms,
        settings.message_ms,
        settings.mouse,
        tables,
    )


def laid_over(defaults: Settings, text: str) -> "Overlaid":
    """``text`` over the defaults, with every mistake."""
    from termlab.config.personal import Checks, overlay

    return overlay(defaults, text, Checks(_check_binding, check_prefix))


def _check_binding(table: str, binding: Binding) -> None:
    from difflib import get_close_matches

    from termlab.commands.keytable import asks_first, split_command

    asked = asks_first(binding)
    for command in (binding.command, *([asked[1].command] if asked else [])):
        word = split_command(command)[0]
        if word not in names():
            near = get_close_matches(word, sorted(names()), 1)
            hint = f"did you mean {near[0]!r}?" if near else "see `termlab --help`"
            raise UsageError(f"{binding.key!r}: there is no command {word!r}: {hint}")
