"""Reading the configuration again: by a key or a command, by SIGHUP, or because it has changed."""

import os
from collections.abc import Mapping

from termlab.commands.parse import Call
from termlab.errors import UsageError
from termlab.server.caller import Caller
from termlab.server.config_file import config_path
from termlab.server.configured import client_options, configure
from termlab.server.server import Server
from termlab.wire.messages import Notice


def reload_config(caller: Caller, call: Call) -> str:
    """Raises ``UsageError`` where the file can't be used."""
    if problem := reload(caller.server, os.environ, told=caller.attachment):
        raise UsageError(problem)
    return ""


def reload(server: Server, environment: Mapping[str, str], told: object = None) -> str:
    """Use the file as it is now: "", or why all stays as it was. The log and every client are told
    of either, but ``told``, which hears a failure otherwise."""
    settings, problem = configure(environment)
    if problem:
        problem = server.problem = f"the settings stay: {problem}"
        server.note(f"{problem} ({config_path(environment)})")
    else:
        server.configure(settings, client_options(settings))
        server.note(f"the configuration was read again ({config_path(environment)})")
    said = Notice(problem or "the configuration was read again", error=bool(problem))
    for attachment in server.attachments:
        if not (problem and attachment is told):
            attachment.tell(said)
    return problem
