"""What `doctor` says of [server] and [client]: what is asked of the kernel, what the running
processes have of it, and what would allow the rest. Nothing where nothing is asked for.
"""

import subprocess
import sys
from collections.abc import Mapping
from typing import Any, Final

from termlab.client.connection import Connection
from termlab.client.start import begin
from termlab.errors import TermlabError, WireError
from termlab.model.listing import Finding
from termlab.model.schedule import NOTHING, Outcome
from termlab.server.configured import configure
from termlab.wire.jsontext import from_json

_TRY_S: Final = 30.0
_ANSWER_S: Final = 3.0
_UNREAD: Final = "it has not read that yet: `termlab reload-config`"
# What a `stats` part of this name tells.
_PART: Final = "schedule"


def schedule_findings(path: str, environment: Mapping[str, str]) -> list[Finding]:
    """A line for each option that asks for something."""
    settings = configure(environment).settings
    asked = {"server": settings.server.schedule(), "client": settings.client.schedule()}
    if all(each == NOTHING for each in asked.values()):
        return []
    running = _running(path)
    return [
        _finding(whose, outcome, running[whose])
        for whose, schedule in asked.items()
        if schedule != NOTHING
        for outcome in _tried(whose, environment)
    ]


def _tried(whose: str, environment: Mapping[str, str]) -> tuple[Outcome, ...]:
    """What came of trying it here, in a process that ends with it."""
    command = [sys.executable, "-P", "-m", "termlab.server.check_schedule", whose]
    try:
        done = subprocess.run(
            command, capture_output=True, text=True, timeout=_TRY_S, env=dict(environment)
        )
        return from_json(done.stdout, tuple[Outcome, ...])
    except (subprocess.TimeoutExpired, OSError) as error:
        why = str(error)
    except WireError:
        why = f"it ended with {done.returncode}: {done.stderr.strip()[-1000:]}"
    return (Outcome("options", "tried", "unknown", f"{' '.join(command)}: {why}"),)


def _running(path: str) -> dict[str, list[dict[str, Any]]]:
    """What `stats` tells of the server, and of each client that shows a session."""
    nothing: dict[str, list[dict[str, Any]]] = {"server": [], "client": []}
    connection = None
    try:
        start = begin(path, start=False)
        connection = Connection(start.finish(), address=start.address, greeting_s=_ANSWER_S)
        code, text = connection.call(("stats", "--json"), None, _ANSWER_S)
        told = from_json(text, dict[str, Any]) if code == 0 else {}
    except TermlabError:
        return nothing  # there is none, or `doctor` says elsewhere what is wrong with it
    finally:
        if connection is not None:
            connection.close()
    shown = [each for each in told.get("connections", ()) if each.get("screen")]
    return {
        "server": [told["server"].get(_PART) or {}] if "server" in told else [],
        "client": [each.get(_PART) or {} for each in shown],
    }


def _finding(whose: str, tried: Outcome, running: list[dict[str, Any]]) -> Finding:
    """One option: what a running process says of it comes before what was tried here."""
    option, why = tried.option, tried.why
    detail = f"{tried.asked} is asked for; {_permitted(tried)}"
    has = [str(each.get(f"found_{option}", "")) for each in running]
    if has:
        clients = f"{len(has)} attached client{'s'[: len(has) > 1]}:"
        who = "the server has" if whose == "server" else clients
        detail += f"; {who} {', '.join(sorted({each or 'what it had' for each in has}))}"
    for each in running:
        if each.get(f"asked_{option}") != tried.asked:
            why = why or _UNREAD
        why = why or str(each.get(f"why_{option}") or "")
    return Finding(f"{whose}.{option}", not why, detail, why)


def _permitted(tried: Outcome) -> str:
    return f"tried here, it was {tried.found}" if tried.why else "it is permitted here"
