"""Commands that search the focused pane's view; without one they do nothing.

A search is done anew with each key it is typed by, from where it began: what stands there when it
is entered, stays.
"""

from collections.abc import Callable

from termlab.commands.parse import Call
from termlab.errors import UsageError
from termlab.server.attachment import Attachment
from termlab.server.caller import Caller
from termlab.server.motions import Spot
from termlab.server.pattern import Pattern, pattern_of
from termlab.server.search import Search
from termlab.server.view import View


def searcher(backward: bool) -> Callable[[Caller, Call], str]:
    """A command that looks for a text from the cursor on. One that was just typed, and is searched
    for already, it keeps."""

    def perform(caller: Caller, call: Call) -> str:
        view = _view(caller)
        if view is None:
            return ""
        attachment = caller.screen()
        text, regex = " ".join(call.rest("text")), call.flag("regex")
        now = view.hunt.pattern
        typed = view.typing and now is not None and (now.text, now.regex) == (text, regex)
        if view.typing and not typed:
            view.back()
        view.settle()
        attachment.state_changed()
        if not typed:
            pattern = pattern_of(text, regex)
            view.hunt.backward = backward
            _search(caller, attachment, view, pattern, backward, view.spot)
        return ""

    return perform


def search_incremental(caller: Caller, call: Call) -> str:
    """Look for what has been typed so far; an expression that is none yet moves nothing."""
    view = _view(caller)
    if view is None:
        return ""
    attachment = caller.screen()
    view.hunt.backward = call.flag("backward")
    begun = view.begin()
    text = " ".join(call.rest("text"))
    if not text:
        view.hunt.forget()
        view.back()
    else:
        try:
            pattern = pattern_of(text, call.flag("regex"))
        except UsageError as error:
            view.hunt.forget(_short(str(error)))
        else:
            _search(caller, attachment, view, pattern, view.hunt.backward, begun)
    attachment.state_changed()
    return ""


def search_cancel(caller: Caller, call: Call) -> str:
    """Back to where the search that is being typed began."""
    view = _view(caller)
    if view is not None and view.typing:
        view.hunt.forget()
        view.back()
        view.settle()
        caller.screen().state_changed()
    return ""


def repeater(opposite: bool) -> Callable[[Caller, Call], str]:
    """A command that looks for the same again."""

    def perform(caller: Caller, call: Call) -> str:
        view = _view(caller)
        if view is not None and view.hunt.pattern is not None:
            backward = view.hunt.backward != opposite
            _search(caller, caller.screen(), view, view.hunt.pattern, backward, view.spot)
        return ""

    return perform


def _view(caller: Caller) -> View | None:
    attachment = caller.screen()
    return attachment.views.get(attachment.focused().id)


def _search(
    caller: Caller,
    attachment: Attachment,
    view: View,
    pattern: Pattern,
    backward: bool,
    spot: Spot,
) -> None:
    def found(spot: Spot) -> None:
        view.go(spot)
        attachment.state_changed()

    def changed() -> None:
        search = view.hunt.search
        if search is not None and not search.running and search.hit is None:
            view.back()
        attachment.state_changed()

    hunt = view.hunt
    hunt.still()
    known = hunt.tally(pattern)
    hunt.pattern, hunt.problem = pattern, ""
    hunt.search = Search(
        view.pane,
        caller.server.loop,
        pattern,
        backward,
        spot,
        found,
        changed,
        known,
        lambda: caller.server.last_key,
    )
    attachment.state_changed()


def _short(problem: str) -> str:
    """What stands beside the expression while it is typed, which need not be said again."""
    return problem.rpartition("expression: ")[2]
