"""What the person is asked in the status row: the command prompt, and what a question is about.

The client's half of both: it names what is on the screen, asks the server what else there is, hears
how a typed command went, and puts into words what would be ended. The line is `CommandPrompt`'s,
which is imported with the first prompt: a client that starts has no 2 ms to spare for it.
"""

from typing import TYPE_CHECKING, Final, NamedTuple

from termlab.client.prompt_history import PromptHistory
from termlab.client.prompt_line import PromptView
from termlab.client.questions import Questions
from termlab.client.replica import Replica
from termlab.commands.keytable import split_command
from termlab.commands.table import find
from termlab.errors import WireError
from termlab.model.keys import Key
from termlab.wire.jsontext import from_json
from termlab.wire.messages import Reply

if TYPE_CHECKING:
    from termlab.client.command_prompt import CommandPrompt

Words = tuple[str, ...]
# What each of them ends, as `list-running` calls it, and where that is.
ENDING: Final = {
    "kill-pane": ("pane", "here"),
    "kill-window": ("window", "here"),
    "kill-session": ("session", "in this session"),
    "kill-server": ("server", "in all sessions"),
}


class Said(NamedTuple):
    """What a typed command had to say; "" where its own line shows it."""

    text: str


class Prompts:
    """One client's."""

    def __init__(self, replica: Replica, questions: Questions, history: PromptHistory) -> None:
        self._replica = replica
        self._questions = questions
        self._history = history
        self._prompt: CommandPrompt | None = None  # once one was opened
        self._request = 0  # the typed command that is under way
        self._asked = 0  # counts questions: an answer to an older one is nobody's
        self.running = ""  # what the question that stands would end
        # The pane or window that it is about, where that is the focused one, and known.
        self._about: tuple[int | None, str] | None = None

    # The command prompt

    @property
    def is_open(self) -> bool:
        return self._prompt is not None and self._prompt.is_open

    def view(self) -> PromptView | None:
        """What there is to show of it; None while it is closed."""
        return self._prompt.view() if self._prompt is not None else None

    def open(self, argv: Words, settled: bool = True) -> None:
        """Do ``command-prompt`` with these words behind it. Raises ``UsageError``. Unless all that
        was asked of the server is done, ``settled``, what has the focus is not known: nothing is
        named then, and an empty target means it."""
        from termlab.client.candidates import World
        from termlab.client.command_prompt import CommandPrompt, asked

        state, names = self._replica.state, self._names()
        if not settled:
            names = dict.fromkeys(names, "")
        self._request = 0
        what = asked(argv, names)
        if self._prompt is None:
            self._prompt = CommandPrompt(self._history)
        self._prompt.open(what, names, World(state))
        if self._prompt.asks_for_command:
            self._questions.ask(("list-sessions", "--json"), self._listed)

    def press(self, key: Key) -> Words:
        """Take a key: the words of the command to run once the line is done, else ()."""
        return self._prompt.press(key) if self._prompt is not None else ()

    def paste(self, data: bytes) -> None:
        """Type part of a paste."""
        if self._prompt is not None:
            self._prompt.paste(data.decode("utf-8", "replace"))

    def click(self, press: str, cell: int) -> None:
        """The person pressed the mouse on a run of the row."""
        if self._prompt is not None:
            self._prompt.click(press, cell)

    def sent(self, request: int, why: str = "") -> None:
        """The typed command is on its way to the server, or, with ``why``, could not be done."""
        self._request = request
        if why and self._prompt is not None:
            self._prompt.failed(why)

    def elsewhere(self) -> None:
        """The person goes on with something else: a command that fails brings nothing back."""
        self._request = 0

    def replied(self, reply: Reply) -> Said | None:
        """What to say of the answer to a typed command; None if that was another's or no news."""
        if self._prompt is None or not self._request or reply.id != self._request:
            return None
        self._request = 0
        if not reply.code:
            return _news(reply.text)
        self._prompt.failed(reply.text)
        return Said("")

    def _listed(self, reply: Reply) -> None:
        """The server told which sessions there are."""
        from termlab.model.listing import SessionListing

        if not reply.code and self._prompt is not None:
            try:
                sessions = from_json(reply.text, tuple[SessionListing, ...])
            except WireError:
                return
            self._prompt.learn(self._prompt.world._replace(sessions=sessions))

    def _names(self) -> dict[str, str]:
        """What templates and first texts may name, as it is now."""
        state = self._replica.state
        if state is None:
            return {}
        view = state.view
        names = {"session_name": state.session, "window_id": f"@{view.id}"}
        for tab in state.tabs:
            if tab.id == view.id:
                names |= {"window_name": tab.name, "window_index": str(tab.index)}
        for index, pane in enumerate(view.panes):
            if pane.id == view.active:
                names |= {"pane_id": f"%{pane.id}", "pane_title": pane.title}
                names |= {"pane_index": str(index), "pane_current_command": pane.command}
        return names

    # Questions

    def confirming(self, command: str, settled: bool = True) -> None:
        """A question stands whose yes runs ``command``: what would that end? ``settled`` is as of
        `open`: else nobody knows here what is asked about."""
        self.running, self._about = "", None
        self._asked += 1
        words = split_command(command)
        row = find(words[0])
        if row is None or row.name not in ENDING:
            return
        scope, where = ENDING[row.name]
        state = self._replica.state
        if settled and state is not None and len(words) == 1:
            self._about = {"pane": state.view.active, "window": state.view.id}.get(scope), scope
        number = self._asked

        def told(reply: Reply) -> None:
            if number == self._asked and not reply.code:
                self.running = _told(reply.text, where)

        self._questions.ask(("list-running", "--json", "--scope", scope, *words[1:]), told)

    @property
    def pointless(self) -> bool:
        """Whether what the question was about is not on the screen any more."""
        state = self._replica.state
        if state is None or self._about is None:
            return False
        which, scope = self._about
        panes = {pane.id for pane in state.view.panes}
        return which not in {"pane": panes, "window": {state.view.id}}.get(scope, {which})

    def worded(self, question: str) -> str:
        """The question that stands, with what is at stake before it."""
        return f"{self.running}: {question}" if question and self.running else question


def _told(text: str, where: str) -> str:
    """What runs, in words."""
    from termlab.model.listing import RunningListing

    try:
        jobs = from_json(text, tuple[RunningListing, ...])
    except WireError:
        return ""
    names = [job.command for job in sorted(jobs, key=lambda job: not job.foreground)]
    if not names:
        return ""
    if len(names) == 1:
        return f"{names[0]} runs {where}"
    if len(names) == 2 and names[0] != names[1]:
        return f"{names[0]} and {names[1]} run {where}"
    return f"{names[0]} and {len(names) - 1} more run {where}"


def _news(text: str) -> Said | None:
    """What a command printed, if it is news: not the number of what it has made."""
    lines = text.strip().splitlines()
    if not lines or (len(lines) == 1 and lines[0][:1] in "@%$" and lines[0][1:].isdecimal()):
        return None
    more = len(lines) - 1
    behind = f" … and {more} more line{'s' if more > 1 else ''}" if more else ""
    return Said(f"{lines[0]}{behind}")
