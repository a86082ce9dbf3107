"""The configuration as the server uses it: the person's file over the defaults, checked.

`termlab config` calls the same without a server. Without a file nothing but the defaults is
imported: starting is not slower for those who have none.
"""

import os
from collections.abc import Mapping
from typing import TYPE_CHECKING, Final, NamedTuple

from termlab.commands.keytable import build_tables
from termlab.commands.prefix import check_prefix
from termlab.commands.table import names
from termlab.config.loader import load_defaults
from termlab.config.settings import Settings
from termlab.errors import UsageError
from termlab.model.bindings import Binding
from termlab.model.theme import theme_named
from termlab.server.config_file import config_path, read_config
from termlab.wire.messages import ClientOptions

if TYPE_CHECKING:
    from termlab.config.personal import Overlaid

HOW: Final = "see `termlab config check`"


class Configured(NamedTuple):
    """``problem`` is one line for the person: the file was not used; "" if it was, or is none. It
    begins with the file's own name, for a status row has no room for a path."""

    settings: Settings
    problem: str = ""


def configure(environment: Mapping[str, str]) -> Configured:
    """The settings to use; the defaults where the file can't be."""
    defaults = load_defaults()
    path = config_path(environment)
    try:
        text = read_config(path)
    except UsageError as error:
        said = str(error).replace(path, os.path.basename(path))
        return Configured(defaults, f"{said}: {HOW}")
    if text is None:
        check_prefix(defaults.prefix)
        build_tables(defaults.keys, names())
        return Configured(defaults)
    found = laid_over(defaults, text)
    if not found.mistakes:
        return Configured(found.settings)
    line, what = found.mistakes[0]
    more = f" (and {len(found.mistakes) - 1} more)" if len(found.mistakes) > 1 else ""
    place = f"{os.path.basename(path)}:{line}"
    return Configured(defaults, f"{place}: {what}{more}: {HOW}")


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
        theme_named(settings.theme),
        theme_named(settings.theme_light or settings.theme),
        settings.status.left,
        settings.status.right,
        settings.set_titles,
        settings.client.schedule(),
        settings.input.merge_motion,
        settings.input.merge_repeats,
        settings.input.queue_events,
    )


def laid_over(defaults: Settings, text: str) -> "Overlaid":
    """``text`` over the defaults, with every mistake."""
    from termlab.config.personal import Checks, overlay
    from termlab.server.bindable import check_binding, check_shell_command

    return overlay(defaults, text, Checks(check_binding, check_prefix, check_shell_command))
