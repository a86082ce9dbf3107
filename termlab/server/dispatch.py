"""Command words to what performs them: one table, and the one place their failures are caught."""

from collections.abc import Callable, Sequence
from typing import Final

from termlab.commands.parse import Call, parse
from termlab.errors import TermlabError, UsageError
from termlab.server import do_panes, do_screen, do_sessions
from termlab.server.caller import Caller
from termlab.server.journal import Journal

Handler = Callable[[Caller, Call], str | None]

HANDLERS: Final[dict[str, Handler]] = {
    "new-session": do_sessions.new_session,
    "replay": do_sessions.replay,
    "list-sessions": do_sessions.list_sessions,
    "kill-session": do_sessions.kill_session,
    "kill-server": do_sessions.kill_server,
    "rename-session": do_sessions.rename_session,
    "new-window": do_sessions.new_window,
    "select-window": do_sessions.select_window,
    "next-window": do_sessions.next_window,
    "previous-window": do_sessions.previous_window,
    "last-window": do_sessions.last_window,
    "kill-window": do_sessions.kill_window,
    "rename-window": do_sessions.rename_window,
    "split-window": do_panes.split_window,
    "select-pane": do_panes.select_pane,
    "last-pane": do_panes.last_pane,
    "resize-pane": do_panes.resize,
    "kill-pane": do_panes.kill_pane,
    "send-keys": do_panes.send_keys,
    "send-text": do_panes.send_text,
    "capture-pane": do_panes.capture,
    "wait": do_panes.wait,
    "detach-client": do_screen.detach_client,
    "copy-mode": do_screen.copy_mode,
    "cancel": do_screen.cancel,
    "scroll-up": do_screen.scroller(lambda view, rows: view.scroll(-1)),
    "scroll-down": do_screen.scroller(lambda view, rows: view.scroll(1)),
    "halfpage-up": do_screen.scroller(lambda view, rows: view.scroll(-max(rows // 2, 1))),
    "halfpage-down": do_screen.scroller(lambda view, rows: view.scroll(max(rows // 2, 1))),
    "page-up": do_screen.scroller(lambda view, rows: view.scroll(-max(rows - 1, 1))),
    "page-down": do_screen.scroller(lambda view, rows: view.scroll(max(rows - 1, 1))),
    "history-top": do_screen.scroller(lambda view, rows: view.move_to(0)),
    "history-bottom": do_screen.scroller(
        lambda view, rows: view.move_to(view.pane.emulator.history_rows())
    ),
}

# What a client that may only look is allowed: its own screen, and reading.
READ_ONLY: Final = frozenset(
    {row for row, handler in HANDLERS.items() if handler.__module__ == do_screen.__name__}
    | {"list-sessions", "capture-pane", "wait", "select-window", "next-window"}
    | {"previous-window", "last-window"}
)


def perform(caller: Caller, argv: Sequence[str], journal: Journal) -> None:
    """Run a command and answer it. Nothing a request says can end the server by an error."""
    try:
        call = parse(argv)
        handler = HANDLERS.get(call.row.name)
        if handler is None:
            raise UsageError(f"{call.row.name} does not run in the server")
        if _looks_only(caller) and call.row.name not in READ_ONLY:
            raise UsageError(f"{call.row.name}: this client is attached read-only")
        text = handler(caller, call)
    except TermlabError as error:
        caller.reply(error.exit_code, str(error))
    except Exception as error:
        journal.failure(f"command {list(argv)!r}", error)
        caller.reply(1, f"{argv[0]}: termlab failed ({error!r}); see {journal.path}")
    else:
        if text is not None:
            caller.reply(0, text)


def _looks_only(caller: Caller) -> bool:
    return caller.attachment is not None and caller.attachment.read_only
