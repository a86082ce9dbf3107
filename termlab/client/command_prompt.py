"""The command prompt: a line, its history and completion, in the status row. Pure.

``command-prompt`` without a template asks for a command; with one it asks for each of its answers
in turn and puts them into the template (`commands.templates`). Keys go in, the words of a command
come out; `view` is what there is to show. A command that fails brings its line back (`failed`).
"""

from typing import Final

from termlab.client.candidates import Completion, World, complete, parameter_at
from termlab.client.line_editor import LineEditor
from termlab.client.prompt_history import PromptHistory
from termlab.client.prompt_line import Hint, PromptView, text_index
from termlab.client.recall import Recall
from termlab.commands.keytable import Asked, read_prompt, split_command
from termlab.commands.spelling import unknown_command
from termlab.commands.table import find
from termlab.commands.templates import expand, fill
from termlab.commands.usage import explain, usage
from termlab.errors import UsageError
from termlab.model.keyname import spell
from termlab.model.keys import Key

LEAVE: Final = frozenset({"Escape", "C-[", "C-c", "C-g"})
_ENTER: Final = frozenset({"Enter", "C-m", "C-j", "KP_Enter"})
_ERASE: Final = frozenset({"Backspace", "C-h"})
_BACK: Final = frozenset({"Up", "KP_Up", "C-p"})
_FORTH: Final = frozenset({"Down", "KP_Down", "C-n"})
_TAB: Final = frozenset({"Tab", "C-i"})
# The press of a candidate: its place among them follows.
TAKE: Final = "take:"
# So many commands are named while the first letters of one are typed.
NAMED: Final = 12
Words = tuple[str, ...]


def asked(argv: Words, names: dict[str, str]) -> Asked:
    """What ``command-prompt`` asks for with these words behind it. Raises ``UsageError``."""
    what = read_prompt(argv)
    return what._replace(initials=tuple(expand(text, names) for text in what.initials))


class CommandPrompt:
    """One client's. ``names`` are those of the screen as it was when the prompt opened."""

    def __init__(self, history: PromptHistory) -> None:
        self.is_open = False
        self.error = ""
        self.world = World()
        self._history = history
        self._asked = Asked()
        self._names: dict[str, str] = {}
        self._answers: list[str] = []
        self._editor = LineEditor()
        self._recall = Recall()
        self._tab_due = False  # pressed before the server had told what there is
        self._menu: Completion | None = None
        self._chosen = -1

    def open(self, what: Asked, names: dict[str, str], world: World) -> None:
        """Begin; what was open is forgotten."""
        self.is_open, self._asked, self._names, self.world = True, what, names, world
        self._answers = []
        self._recall = Recall(() if what.template else self._history.lines())
        self._begin(what.initials[0])

    def learn(self, world: World) -> None:
        """The server has told what there is; a Tab that found nothing before is done now."""
        self.world = world
        if self._tab_due and self.is_open:
            self._tab(1)

    def failed(self, why: str) -> None:
        """The command did not work: here is its line again."""
        self.is_open, self.error = True, why
        self._menu = None

    def close(self) -> None:
        self.is_open = False

    @property
    def asks_for_command(self) -> bool:
        """Whether a whole command is typed, not an answer."""
        return not self._asked.template

    def view(self) -> PromptView | None:
        """What there is to show; None while it is closed."""
        if not self.is_open:
            return None
        editor, recall = self._editor, self._recall
        if recall.pattern is not None:
            lead = f"({'' if recall.found else 'not found '}search)`{recall.pattern}': "
            return PromptView(lead, editor.text, editor.cursor)
        label = self._asked.labels[len(self._answers)]
        lead = label if self.asks_for_command and label[-1:] in ": " else f"{label.rstrip()} "
        return PromptView(lead, editor.text, editor.cursor, self._hints(), self.error)

    # What the person does

    def press(self, key: Key) -> Words:
        """Take a key: the words of the command to run once the line is done, else ()."""
        name = spell(key)
        self._tab_due = False
        if key.text or name not in _KEPT:
            self.error = ""
        if self._recall.searching and self._search(name, key):
            return ()
        if name in LEAVE or (name in _ERASE and not self._editor.text and self.asks_for_command):
            self.close()
        elif name in _ENTER:
            return self._enter()
        elif name in _TAB or name == "S-Tab":
            self._tab(-1 if name == "S-Tab" else 1)
        else:
            self._menu = None
            self._edit(name, key)
        return ()

    def paste(self, text: str) -> None:
        """Type a text: what can be shown of it."""
        self.error, self._menu, self._tab_due = "", None, False
        self._recall.accept()
        self._editor.insert(text)

    def click(self, press: str, cell: int) -> None:
        """A press on a run of the row, in its ``cell``."""
        if (index := text_index(press, self._editor.text, cell)) is not None:
            self._menu = None
            self._recall.accept()
            self._editor.move(index)
        elif press.startswith(TAKE) and self._menu is not None:
            self._take(int(press.removeprefix(TAKE)))
            self._finish_word()

    # The line

    def _begin(self, text: str) -> None:
        self._editor.set(text)
        self.error, self._menu = "", None

    def _edit(self, name: str, key: Key) -> None:
        if name in _BACK or name in _FORTH:
            found = self._recall.step(self._editor.text, -1 if name in _BACK else 1)
        elif name == "C-r":
            found = self._recall.search(self._editor.text)
        else:
            self._editor.press(key)
            return
        if found is not None:
            self._editor.set(found)

    def _search(self, name: str, key: Key) -> bool:
        """Take a key while the history is searched; False if it ends the search and means more."""
        pattern = self._recall.pattern or ""
        if name in LEAVE:
            self._editor.set(self._recall.cancel())
        elif name == "C-r":
            self._found(self._recall.search(self._editor.text))
        elif name in _ERASE:
            self._found(self._recall.narrow(pattern[:-1]))
        elif key.text:
            self._found(self._recall.narrow(pattern + key.text))
        else:
            self._recall.accept()
            return False
        return True

    def _found(self, line: str | None) -> None:
        if line is not None:
            self._editor.set(line)

    def _enter(self) -> Words:
        """The line is done."""
        self._menu = None
        text = self._editor.text
        if self._asked.template:
            self._answers.append(text)
            if len(self._answers) < len(self._asked.labels):
                self._begin(self._asked.initials[len(self._answers)])
                return ()
            words = fill(self._asked.template, self._answers, self._names)
            self._answers.pop()  # it stands in the line, should the command fail
            self.close()
            return words
        self.close()
        if not text.strip():
            return ()
        self._history.add(text)
        try:
            return _command(text)
        except UsageError as error:
            self.failed(str(error))
            return ()

    # Completion

    def _tab(self, by: int) -> None:
        if self._menu is not None:
            self._take((self._chosen + by) % len(self._menu.candidates))
            return
        if not self.asks_for_command:
            return
        found = complete(self._editor.text, self._editor.cursor, self.world)
        self._tab_due = not found.candidates
        if self._tab_due:
            return
        self._menu, self._chosen = found, -1
        if len(found.candidates) == 1:
            self._take(0)
            self._finish_word()
            return
        typed = self._editor.text[found.start : found.end]
        common = _common([candidate.value for candidate in found.candidates])
        if len(common) > len(typed) and common.startswith(typed):
            self._editor.replace(found.start, found.end, common)
            self._menu = found._replace(end=found.start + len(common))
        else:
            self._take(0 if by > 0 else len(found.candidates) - 1)

    def _take(self, index: int) -> None:
        """Let the line have a candidate."""
        menu = self._menu
        if menu is None or not 0 <= index < len(menu.candidates):
            return
        value = menu.candidates[index].value
        self._editor.replace(menu.start, menu.end, value)
        self._menu, self._chosen = menu._replace(end=menu.start + len(value)), index

    def _finish_word(self) -> None:
        """The candidate is the one: the next word follows."""
        self._menu = None
        if self._editor.cursor == len(self._editor.text):
            self._editor.insert(" ")

    # Help

    def _hints(self) -> tuple[Hint, ...]:
        if self._menu is not None:
            return tuple(
                Hint(candidate.value, f"{TAKE}{index}", index == self._chosen)
                for index, candidate in enumerate(self._menu.candidates)
            )
        if not self.asks_for_command:
            return ()
        before = self._editor.text[: self._editor.cursor]
        row, parameter = parameter_at(before)
        if parameter is not None:
            return (Hint(explain(parameter)),)
        if row is not None and before.strip() != before:
            return (Hint(usage(row) or row.summary),)
        if row is not None:
            return (Hint(row.summary),)
        return self._named(before)

    def _named(self, before: str) -> tuple[Hint, ...]:
        """The commands that begin with what is typed."""
        if not before.strip():
            return (Hint("Tab completes · Up goes back · Escape leaves"),)
        found = complete(before, len(before), self.world).candidates[:NAMED]
        return (Hint("  ".join(candidate.value for candidate in found)),) if found else ()


# They change nothing in the line, so what was wrong with it is still worth reading.
_KEPT: Final = frozenset({"LeftShift", "RightShift", "LeftControl", "RightControl", "LeftAlt"})


def _command(text: str) -> Words:
    """The words of a typed command. ``UsageError`` where it is known already that it can't run."""
    words = tuple(split_command(text))
    row = find(words[0])
    if row is None:
        raise UsageError(unknown_command(words[0]))
    if row.where == "local":
        raise UsageError(f"{row.name} is for a shell: run `termlab {row.name}` in a pane")
    return words


def _common(values: list[str]) -> str:
    """What all begin with."""
    low, high = min(values), max(values)
    for at, char in enumerate(low):
        if high[at : at + 1] != char:
            return low[:at]
    return low
