"""`stats`: what has been counted, once, again whenever it changed, or from zero.

What gathers and words it is imported when somebody first asks.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING

from termlab.commands.parse import Call
from termlab.errors import UsageError
from termlab.server.attachment import INPUT_NOT_ASKED
from termlab.server.caller import Caller
from termlab.server.server import Server
from termlab.wire.jsontext import to_json

if TYPE_CHECKING:
    from termlab.model.counted import Snapshot
    from termlab.server.counters import Counters
    from termlab.server.followers import Followers


def stats(caller: Caller, call: Call) -> str | None:
    """Answers at once for a pane; of everything once the clients have told; where changes are
    followed, once there is one."""
    server, as_json = caller.server, call.flag("json")
    pane = caller.target(call).pane if call.text("target") else None
    if call.flag("reset"):
        _reset(caller, call)
        return None
    if call.flag("follow"):
        from termlab.server.followers import Follower

        if caller.attachment is not None:
            raise UsageError("stats --follow has no end: run it in a shell")
        _followers(server).add(Follower(caller.asker, pane, as_json, caller.reply))
        return None
    if pane is not None:
        return _worded(counters_of(server).gather([pane]), as_json)
    _ask(server, lambda: caller.reply(0, _worded(counters_of(server).gather(), as_json)))
    return None


def _worded(snapshot: "Snapshot", as_json: bool) -> str:
    if as_json:
        from termlab.model.counted import document

        return to_json(document(snapshot))
    from termlab.server.counter_text import table

    return table(snapshot)


def _ask(server: Server, then: Callable[[], None], reset: bool = False) -> None:
    """Do it once the clients have told what they counted, which is forgotten behind that."""
    from termlab.server.asked_input import NO_ANSWER, AskedInput, Told

    def answered(told: Told) -> None:
        if not reset:  # a client counts anew by itself: nothing is to be taken off
            for client in server.attachments:
                client.input = told.get(client, NO_ANSWER)
        then()
        for client in server.attachments:
            client.input = INPUT_NOT_ASKED

    if server.asked_input is None:
        server.asked_input = AskedInput(server.loop)
    server.asked_input.ask(server.attachments, answered, reset)


def _reset(caller: Caller, call: Call) -> None:
    if call.flag("follow") or call.text("target"):
        raise UsageError("stats --reset sets every counter back: it takes no -t and no --follow")
    if caller.attachment is not None and caller.attachment.read_only:
        raise UsageError("stats --reset: this client is attached read-only")
    server, as_json = caller.server, call.flag("json")

    def all_told() -> None:
        counters_of(server).reset()
        caller.reply(0, _reset_said(server, as_json))

    _ask(server, all_told, reset=True)


def _reset_said(server: Server, as_json: bool) -> str:
    panes = sum(1 for _ in server.sessions.panes())
    connections = len(server.presence.connections)
    if as_json:
        return to_json({"reset": True, "panes": panes, "connections": connections})
    return (
        f"set to zero: what the server, {panes} {'pane' if panes == 1 else 'panes'} and "
        f"{connections} {'connection' if connections == 1 else 'connections'} had counted\n"
    )


def counters_of(server: Server) -> "Counters":
    """The server's, made when somebody first asks."""
    from termlab.server.counters import Counters

    if server.counters is None:
        server.counters = Counters(server)
    return server.counters


def _followers(server: Server) -> "Followers":
    from termlab.server.followers import Followers

    if server.followers is None:
        server.followers = Followers(server.loop, counters_of(server).gather)
    return server.followers
