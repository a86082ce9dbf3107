"""The outer terminal's title: which session, window and program a person sees. Pure."""

from typing import Final

from termlab.client.width import printable
from termlab.model.state import State
from termlab.wire.messages import ClientOptions

# More is shown nowhere, and a program may say anything.
MAX_TITLE_CHARS: Final = 200


def window_title(state: State | None, options: ClientOptions | None) -> str:
    """``session: window - title``, each part only if it says something more; printable. "" where
    the terminal is to keep its own."""
    if state is None or options is None or not options.set_titles:
        return ""
    view = state.view
    window = next((tab.name for tab in state.tabs if tab.current), "")
    pane = next((pane for pane in view.panes if pane.id == view.active), None)
    said = pane.title.strip() or pane.command if pane is not None else ""
    words = f"{state.session}: {window}" if window else state.session
    if said and said != window:
        words += f" - {said}"
    return printable(words)[:MAX_TITLE_CHARS]
