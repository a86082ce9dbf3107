"""Command words to what performs them: one table, and the one place their failures are caught."""

import errno
from collections.abc import Callable, Sequence
from typing import Final

from termlab.commands.parse import Call, parse
from termlab.errors import ServerError, TermlabError, UsageError
from termlab.server import (
    do_borders,
    do_buffers,
    do_clients,
    do_config,
    do_copy,
    do_dock,
    do_layout,
    do_lines,
    do_messages,
    do_panes,
    do_running,
    do_screen,
    do_search,
    do_sessions,
    do_stats,
)
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
    "move-border": do_borders.move,
    "select-layout": do_layout.select_layout,
    "next-layout": do_layout.next_layout,
    "previous-layout": do_layout.previous_layout,
    "swap-pane": do_layout.swap_pane,
    "rotate-window": do_layout.rotate_window,
    "join-pane": do_layout.join_pane,
    "break-pane": do_layout.break_pane,
    "synchronize-panes": do_layout.synchronize_panes,
    "kill-pane": do_panes.kill_pane,
    "send-keys": do_panes.send_keys,
    "send-text": do_panes.send_text,
    "capture-pane": do_panes.capture,
    "wait": do_panes.wait,
    "stats": do_stats.stats,
    "display-message": do_messages.display_message,
    "list-running": do_running.list_running,
    "reload-config": do_config.reload_config,
    "detach-client": do_screen.detach_client,
    "toggle-dock": do_dock.toggle_dock,
    "resize-dock": do_dock.resize_dock,
    "pause-dock": do_dock.pause_dock,
    "fold-dock": do_dock.fold_dock,
    "sort-dock": do_dock.sort_dock,
    "view-dock": do_dock.view_dock,
    "pace-dock": do_dock.pace_dock,
    "switch-client": do_clients.switch_client,
    "copy-mode": do_screen.copy_mode,
    "cancel": do_screen.cancel,
    "scroll-up": do_screen.scroller(lambda view, rows: view.scroll(-1)),
    "scroll-down": do_screen.scroller(lambda view, rows: view.scroll(1)),
    "halfpage-up": do_screen.scroller(lambda view, rows: view.scroll(-max(rows // 2, 1))),
    "halfpage-down": do_screen.scroller(lambda view, rows: view.scroll(max(rows // 2, 1))),
    "page-up": do_screen.scroller(lambda view, rows: view.scroll(-max(rows - 1, 1))),
    "page-down": do_screen.scroller(lambda view, rows: view.scroll(max(rows - 1, 1))),
    **{name: do_copy.acting(act) for name, act in do_copy.ACTS.items()},
    "copy-selection": do_copy.copy_selection,
    "previous-prompt": do_lines.jump(lambda lines, row: lines.prompt_above(row), "above"),
    "next-prompt": do_lines.jump(lambda lines, row: lines.prompt_below(row), "below"),
    "select-output": do_lines.select_output,
    "list-history": do_lines.list_history,
    "search-forward": do_search.searcher(backward=False),
    "search-backward": do_search.searcher(backward=True),
    "search-incremental": do_search.search_incremental,
    "search-cancel": do_search.search_cancel,
    "search-again": do_search.repeater(opposite=False),
    "search-reverse": do_search.repeater(opposite=True),
    "paste-buffer": do_buffers.paste_buffer,
    "list-buffers": do_buffers.list_buffers,
    "show-buffer": do_buffers.show_buffer,
    "set-buffer": do_buffers.set_buffer,
    "delete-buffer": do_buffers.delete_buffer,
}

_OWN_SCREEN: Final = (
    do_screen.__name__,
    do_copy.__name__,
    do_search.__name__,
    do_lines.__name__,
    do_clients.__name__,
    do_dock.__name__,
)
# What a client that may only look is allowed: its own screen, and reading.
READ_ONLY: Final = frozenset(
    {row for row, handler in HANDLERS.items() if handler.__module__ in _OWN_SCREEN}
    | {"list-running"}
    | {"list-sessions", "capture-pane", "stats", "wait", "select-window", "next-window"}
    | {"previous-window", "last-window"}
)


NO_MORE_FILES: Final = (
    "the server may open no more files: close panes or connections, or raise its `ulimit -n`"
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
        if isinstance(error, OSError) and error.errno in (errno.EMFILE, errno.ENFILE):
            # Handlers import what they alone need, and a module is a file.
            caller.reply(ServerError.exit_code, f"{argv[0]}: {NO_MORE_FILES}")
            return
        journal.failure(f"command {list(argv)!r}", error)
        caller.reply(1, f"{argv[0]}: termlab failed ({error!r}); see {journal.path}")
    else:
        if text is not None:
            caller.reply(0, text)


def _looks_only(caller: Caller) -> bool:
    return caller.attachment is not None and caller.attachment.read_only
