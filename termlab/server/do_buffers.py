"""Commands about what was copied: pasting it, and the buffers it is kept in."""

from termlab.commands.parse import Call
from termlab.errors import UsageError
from termlab.server.caller import Caller
from termlab.server.pouring import Pouring


def paste_buffer(caller: Caller, call: Call) -> str:
    pane = caller.target(call).pane
    buffer = caller.server.buffers.get(call.text("buffer"))
    if pane.ended:
        raise UsageError(f"%{pane.id} has ended: nothing there takes a paste")
    Pouring(caller.server, pane, buffer.data).pour()
    return ""


def list_buffers(caller: Caller, call: Call) -> str:
    return "".join(f"{buffer.row()}\n" for buffer in caller.server.buffers.listed())


def show_buffer(caller: Caller, call: Call) -> str:
    return caller.server.buffers.get(call.text("buffer")).data.decode("utf-8", "replace")


def set_buffer(caller: Caller, call: Call) -> str:
    caller.server.buffers.add(" ".join(call.rest("text")), call.text("buffer"))
    return ""


def delete_buffer(caller: Caller, call: Call) -> str:
    caller.server.buffers.delete(call.text("buffer"))
    return ""
