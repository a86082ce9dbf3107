"""The prefix state machine: does a key go to the pane, or what does it run?

Pure: keys and the time go in, a decision comes out. The client drives it and does what it decides.

1. Idle, every key but the prefix passes. In a mode with a key table (`mode`, the scroll-back view)
   what that table does not bind is eaten.
2. After the prefix one key is looked up in the prefix table. Nothing limits the wait; a hint is
   due after `hint_ms`. Escape takes the prefix back. `dock-keys` has the next key looked up in
   the dock's table instead, with a hint at once.
3. After a binding that repeats, bindings that repeat need no prefix for `repeat_ms`; any other
   key counts as if idle.
4. While a question stands, y answers yes and any other key no.
5. Kitty's releases follow their press: of what was eaten they are eaten. Held keys (its repeats)
   do again what their press did if that may repeat, for as long as they are held. Modifiers alone
   change nothing.
"""

from enum import Enum
from typing import Final, NamedTuple

from termlab.commands.keytable import KeyTables, asks_first
from termlab.errors import UsageError
from termlab.model.bindings import DOCK_TABLE, PREFIX_TABLE, Binding
from termlab.model.keyname import LONE_MODIFIERS, parse_key, spell
from termlab.model.keys import PRESS, RELEASE, REPEAT, Key

# More keys than two hands hold; a terminal without releases would grow the memory of them for ever.
MAX_HELD: Final = 32
# Of the table that the key behind it is looked up in.
DOCK_KEYS: Final = "dock-keys"
# What takes the prefix back without a word, where a person has not bound it.
_NEVER_MIND: Final = frozenset({"Escape", "C-[", "C-c", "C-g"})


class Pass(NamedTuple):
    """The key goes to the pane."""

    key: Key


class Run(NamedTuple):
    """The key runs the command of a binding."""

    binding: Binding


class Ask(NamedTuple):
    """A question is to be shown: the next key answers it."""

    question: str


class Unknown(NamedTuple):
    """After the prefix came a key without a binding: a message is due, nothing else."""

    key: str


class Quiet(Enum):
    """Nothing goes anywhere."""

    HOLD = "the prefix was pressed"
    EATEN = "a key without a meaning here"
    CANCELLED = "a question was answered with no, or the prefix was taken back"


Decision = Pass | Run | Ask | Unknown | Quiet


class _State(Enum):
    IDLE = 0
    PREFIX = 1
    REPEAT = 2
    CONFIRM = 3


class PrefixMachine:
    """One client's. ``mode`` names the table of the mode the focused pane is in, if any."""

    def __init__(
        self, tables: KeyTables, prefix: str = "C-b", repeat_ms: float = 500, hint_ms: float = 400
    ) -> None:
        self.mode: str | None = None
        self.table = PREFIX_TABLE  # in which the next key is looked up while one is awaited
        self.reload(tables, prefix, repeat_ms, hint_ms)
        self._state = _State.IDLE
        self._repeat_until = 0.0
        self._hint_at: float | None = None
        self._question = ""
        self._confirmed: Binding | None = None
        # Keys held down whose press was eaten, and what holding them on does.
        self._held: dict[str, Binding | None] = {}

    def reload(self, tables: KeyTables, prefix: str, repeat_ms: float, hint_ms: float) -> None:
        """From here on these hold. What was pressed stays pressed, and what is asked is asked."""
        self.prefix_key = parse_key(prefix)
        self._tables = tables
        self._prefix = spell(self.prefix_key)
        self._repeat_s = repeat_ms / 1000
        self._hint_s = hint_ms / 1000

    @property
    def waiting(self) -> bool:
        """Whether the prefix was pressed and the next key decides."""
        return self._state is _State.PREFIX

    @property
    def hinting(self) -> bool:
        """Whether the hint line is to be shown: its time has come and no key has."""
        return self.waiting and self._hint_at is None

    @property
    def question(self) -> str:
        """The question that stands, or ""."""
        return self._question if self._state is _State.CONFIRM else ""

    @property
    def asked(self) -> str:
        """The command that a yes to the question runs."""
        return self._confirmed.command if self._confirmed is not None else ""

    def press(self, key: Key, now: float) -> Decision:
        """Decide about one key event."""
        if self._is_plain(key):
            return Pass(key)
        self.expire(now)
        which = _which(key)
        if key.action == RELEASE:
            return self._release(key, which)
        if key.action == REPEAT:
            return self._hold_on(key, which, now)
        if key.name in LONE_MODIFIERS and self._state in (_State.IDLE, _State.REPEAT):
            return Pass(key)
        decision = self._pressed(key, now)
        self._held.pop(which, None)
        if not isinstance(decision, Pass):
            self._hold(which, self._held_on(decision))
        return decision

    def perform(self, command: str, now: float) -> Decision:
        """What a key bound to ``command`` would do: run it, or ask first."""
        self.cancel()
        return self._run(Binding("", command), now)

    def eat(self, key: Key) -> None:
        """Somebody else took a press: its release must not go anywhere."""
        self._hold(_which(key), None)

    def _hold(self, which: str, again: Binding | None) -> None:
        self._held[which] = again
        if len(self._held) > MAX_HELD:
            del self._held[next(iter(self._held))]

    def _is_plain(self, key: Key) -> bool:
        """A character that nothing here waits for: most of what is typed is."""
        return (
            self._state is _State.IDLE
            and self.mode is None
            and _which(key) not in self._held
            and not key.mods
            and key.action == PRESS
            and len(key.name) == 1
            and key.name != self._prefix
        )

    def confirm(self, question: str, binding: Binding) -> None:
        """Let the next key say whether ``binding`` runs."""
        self._state = _State.CONFIRM
        self._question, self._confirmed = question, binding
        self._hint_at = None

    def cancel(self) -> None:
        """Forget a prefix or a question: the pane or window it was meant for is gone."""
        self._state, self._hint_at, self._confirmed = _State.IDLE, None, None

    def deadline(self) -> float | None:
        """When to call `expire`; None if time changes nothing."""
        return self._repeat_until if self._state is _State.REPEAT else self._hint_at

    def expire(self, now: float) -> bool:
        """Let time pass; whether the hint became due just now."""
        if self._state is _State.REPEAT and now >= self._repeat_until:
            self._state = _State.IDLE
        if self._hint_at is None or now < self._hint_at:
            return False
        self._hint_at = None
        return True

    def _pressed(self, key: Key, now: float) -> Decision:
        if key.name in LONE_MODIFIERS:
            return Quiet.EATEN
        spelled = spell(key)
        if self._state is _State.CONFIRM:
            return self._answer(spelled)
        if self._state is _State.PREFIX:
            self.cancel()
            found = self._find(self.table, spelled)
            if found is None:
                return Quiet.CANCELLED if spelled in _NEVER_MIND else Unknown(spelled)
            return self._run(found, now)
        if self._state is _State.REPEAT:
            found = self._find(self.table, spelled)
            if found and found.repeat:
                return self._run(found, now)
            self.cancel()
        return self._idle(key, spelled, now)

    def _idle(self, key: Key, spelled: str, now: float) -> Decision:
        if spelled == self._prefix:
            self._state, self._hint_at = _State.PREFIX, now + self._hint_s
            self.table = PREFIX_TABLE
            return Quiet.HOLD
        if self.mode is None:
            return Pass(key)
        found = self._find(self.mode, spelled)
        return self._run(found, now) if found else Quiet.EATEN

    def _find(self, table: str, spelled: str) -> Binding | None:
        # Most terminals tell a key of the keypad from its twin only while the keys are asked for.
        keys = self._tables.get(table, {})
        return keys.get(spelled) or keys.get(spelled.replace("KP_", "", 1))

    def _run(self, binding: Binding, now: float) -> Decision:
        asked = asks_first(binding)
        if asked:
            self.confirm(*asked)
            return Ask(asked[0])
        if binding.command == DOCK_KEYS:
            self._state, self._hint_at, self.table = _State.PREFIX, None, DOCK_TABLE
            return Quiet.HOLD
        if binding.repeat:
            self._state, self._repeat_until = _State.REPEAT, now + self._repeat_s
        return Run(binding)

    def _answer(self, spelled: str) -> Decision:
        confirmed = self._confirmed
        self.cancel()
        return Run(confirmed) if confirmed and spelled in ("y", "Y") else Quiet.CANCELLED

    def _held_on(self, decision: Decision) -> Binding | None:
        """What a key does while it is held on, after ``decision`` about its press."""
        if not isinstance(decision, Run):
            return None
        again = decision.binding.repeat or self._is_of_mode(decision.binding)
        return decision.binding if again else None

    def _is_of_mode(self, binding: Binding) -> bool:
        return self.mode is not None and binding in self._tables.get(self.mode, {}).values()

    def _hold_on(self, key: Key, which: str, now: float) -> Decision:
        if which not in self._held:
            return Pass(key)
        binding = self._held[which]
        if binding is None or self._state in (_State.PREFIX, _State.CONFIRM):
            return Quiet.EATEN
        if not binding.repeat and not self._is_of_mode(binding):
            return Quiet.EATEN  # the key itself left the mode
        return self._run(binding, now)

    def _release(self, key: Key, which: str) -> Decision:
        if which not in self._held:
            return Pass(key)
        del self._held[which]
        return Quiet.EATEN


def check_prefix(prefix: str) -> str:
    """The normal form of ``prefix``; ``UsageError`` for a key that types."""
    key = parse_key(prefix)
    if key.text:
        raise UsageError(f"the prefix can't be {prefix!r}, which types: take a key such as C-b")
    return spell(key)


def _which(key: Key) -> str:
    """The physical key, as far as known: its release may come with other modifiers."""
    return (key.base or key.name).lower()
