"""What runs in a pane, a window, a session or all of them: what ending it would end."""

from termlab.commands.parse import Call
from termlab.model.listing import RunningListing
from termlab.probes.jobs import jobs
from termlab.server.caller import Caller
from termlab.server.pane import Pane
from termlab.server.targets import Place
from termlab.wire.jsontext import to_json


def list_running(caller: Caller, call: Call) -> str:
    scope = call.text("scope") or "pane"
    if scope == "server":
        panes = [pane for _, _, pane in caller.server.sessions.panes()]
    else:
        target = caller.window_target(call) if scope == "window" else caller.target(call)
        panes = _panes(target, scope)
    found = [job for pane in panes for job in _jobs(pane)]
    if call.flag("json"):
        return to_json(found)
    return "".join(f"{job.pane} {job.command}\n" for job in found)


def _panes(target: Place, scope: str) -> list[Pane]:
    """Those of the target, the focused window's first."""
    if scope == "pane":
        return [target.pane]
    if scope == "window":
        return target.window.ordered()
    windows = sorted(target.session.windows, key=lambda window: window is not target.window)
    return [pane for window in windows for pane in window.ordered()]


def _jobs(pane: Pane) -> tuple[RunningListing, ...]:
    """Nothing of a pane whose command has ended."""
    return () if pane.ended else jobs(pane.pty.pid, f"%{pane.id}")
