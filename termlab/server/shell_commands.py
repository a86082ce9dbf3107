"""Commands that shells ask for by OSC 51;E: looked up in the person's list, and run as words.

The bytes come from whatever writes into a pane, a file that is shown included. So only names of
``[shell_commands]`` do anything; what is asked for with them takes the places of ``%1`` to ``%9``
in the words of that name's command, each in one word, and no shell ever reads it. An argument that
would be an option there is refused. So is what comes too often. The first refusal of each second is
noted and shown, the others are counted.
"""

import os
import re
from collections.abc import Sequence
from typing import Final

from termlab.commands.keytable import split_command
from termlab.commands.templates import fill
from termlab.errors import UsageError
from termlab.server.caller import Caller
from termlab.server.do_messages import names
from termlab.server.journal import Journal
from termlab.server.pane import Pane
from termlab.server.server import Server
from termlab.server.targets import Place as Target
from termlab.terminal.shell_words import shell_words
from termlab.wire.messages import Notice, Place

# In each second, of all panes together: a person asks for one.
MAX_A_SECOND: Final = 20
MAX_SHOWN_CHARS: Final = 60
_PLACE: Final = re.compile("%[1-9%]")


class ShellCommands:
    """Runs what the shells of a server's panes ask for. ``refused`` is counted."""

    def __init__(self, server: Server, journal: Journal) -> None:
        self.refused = 0
        self._server = server
        self._journal = journal
        self._second = float("-inf")  # when the one that is counted began
        self._runs = self._told = 0  # in it

    def take(self, pane: Pane) -> None:
        """Do what a pane's shell has asked for, the oldest first; one in each turn of the loop."""
        lines = None if pane.closed else pane.lines
        value = None if lines is None else lines.asked.take()
        where = self._server.sessions.where(pane)
        if value is None or where is None:
            return
        now = self._server.loop.now
        if now - self._second >= 1:
            self._second, self._runs, self._told = now, 0, 0
        target = Target(*where, pane)
        try:
            if self._runs >= MAX_A_SECOND:
                raise UsageError(f"more than {MAX_A_SECOND} commands in a second")
            self._runs += 1
            words = shell_words(value)
            argv = command_of(words, self._server.settings.shell_commands, names(target))
        except UsageError as error:
            self._refuse(target, str(error))
        else:
            self._perform(target, argv)

    def _perform(self, target: Target, argv: Sequence[str]) -> None:
        from termlab.server.dispatch import perform

        def reply(code: int, text: str) -> None:
            if code:
                self._refuse(target, text)

        pane = target.pane
        shown = next(self._server.attached(target.session), None)
        environment = dict(os.environ) if shown is None else shown.place.environment
        place = Place(pane.directory or environment.get("HOME", "/"), environment, f"%{pane.id}")
        perform(Caller(self._server, place, None, reply), argv, self._journal)

    def _refuse(self, target: Target, why: str) -> None:
        self.refused += 1
        self._told += 1
        if (lines := target.pane.lines) is not None:
            lines.asked.denied += 1
        if self._told > 1:
            return
        text = f"pane %{target.pane.id} asked for a command (OSC 51;E) and was refused: {why}"
        self._journal.note(f"{text} ({self.refused} such so far)")
        for attachment in self._server.attached(target.session):
            attachment.tell(Notice(text, error=True))


def command_of(
    words: Sequence[str], allowed: dict[str, str], about: dict[str, str]
) -> tuple[str, ...]:
    """The command line that these words are by the list. Raises ``UsageError`` that says why."""
    name, *arguments = words
    template = allowed.get(name)
    if template is None:
        raise UsageError(f"{shown(name)} is not in [shell_commands]")
    command = split_command(template)
    argv = fill(command, arguments, about)
    plain = command.index("--") if "--" in command else len(command)
    for at, word in enumerate(argv[:plain]):
        if word.startswith("-") and _PLACE.match(command[at]):
            raise UsageError(
                f"{shown(name)}: the argument {shown(word)} would be an option: have it stand "
                "behind -- in [shell_commands]"
            )
    return argv


def shown(text: str) -> str:
    """A word of anybody's in a message."""
    return repr(text if len(text) <= MAX_SHOWN_CHARS else f"{text[: MAX_SHOWN_CHARS - 3]}...")
