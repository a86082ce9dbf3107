"""Every command as a row: names, parameters, what it acts on, one sentence of help.

Key bindings, the command line (`termlab split …`) and help are all made from these rows. Performing
is elsewhere: the server's handlers for rows that run there, the client for those that need its
screen. Names are tmux's.
"""

from typing import Final, Literal, NamedTuple

Kind = Literal["flag", "text", "number", "rest"]
# Where a command runs: in the server for anybody; in the server for the attached client that asks;
# in the attached client itself; in the program on the command line.
Where = Literal["server", "attached", "client", "local"]


class Parameter(NamedTuple):
    """One parameter. ``flags`` empty means positional; ``metavar`` is what help calls its value."""

    name: str
    flags: tuple[str, ...]
    kind: Kind
    help: str = ""
    metavar: str = ""
    choices: tuple[str, ...] = ()
    required: bool = False


class CommandRow(NamedTuple):
    """One command."""

    name: str
    summary: str
    parameters: tuple[Parameter, ...] = ()
    aliases: tuple[str, ...] = ()
    where: Where = "server"


def _flag(name: str, *flags: str, help: str) -> Parameter:
    return Parameter(name, flags, "flag", help)


def _text(name: str, *flags: str, help: str, metavar: str, required: bool = False) -> Parameter:
    return Parameter(name, flags, "text", help, metavar, required=required)


def _target(what: str) -> Parameter:
    return _text("target", "-t", "--target", help=f"the {what}", metavar=what.upper())


_JSON = _flag("json", "--json", help="print JSON for programs")
_COMMAND = Parameter("command", (), "rest", "the command to run instead of a shell", "[CMD]...")
_DIRECTORY = _text("directory", "-c", "--directory", help="start in DIR", metavar="DIR")
_DETACHED = _flag("detached", "-d", "--detached", help="don't show it")
_REMAIN = _flag("remain", "--remain", help="keep the pane when its command ends, until Enter")
_COLS = Parameter("cols", ("-x",), "number", "columns when detached (80)", "COLS")
_ROWS = Parameter("rows", ("-y",), "number", "rows when detached (24)", "ROWS")
_NEST = _flag("nest", "--nest", help="attach even inside a pane")
_SIDES = (
    _flag("left", "-L", help="to the left"),
    _flag("right", "-R", help="to the right"),
    _flag("up", "-U", help="up"),
    _flag("down", "-D", help="down"),
)

COMMANDS: Final[tuple[CommandRow, ...]] = (
    CommandRow(
        "new-session",
        "Start a session and attach to it.",
        (
            _text("name", "-s", "--name", help="the session's name", metavar="NAME"),
            _DIRECTORY,
            _flag("detached", "-d", "--detached", help="start it without attaching"),
            _COLS,
            _ROWS,
            _REMAIN,
            _NEST,
            _COMMAND,
        ),
        ("new",),
    ),
    CommandRow(
        "attach-session",
        "Attach this terminal to a session.",
        (
            _target("session"),
            _flag("read_only", "-r", "--read-only", help="look, but send nothing"),
            _NEST,
        ),
        ("attach",),
        "local",
    ),
    CommandRow(
        "replay",
        "Play a recording (asciicast v2 or v3) in a session of its own.",
        (
            _text("name", "-s", "--name", help="the session's name", metavar="NAME"),
            _flag("detached", "-d", "--detached", help="start it without attaching"),
            Parameter("cols", ("-x",), "number", "columns when detached (the recording's)", "COLS"),
            Parameter("rows", ("-y",), "number", "rows when detached (the recording's)", "ROWS"),
            _text(
                "speed", "--speed", help="so many times as fast (1); 0: all at once", metavar="X"
            ),
            _text("idle_limit", "--idle-limit", help="the longest pause", metavar="SECONDS"),
            _NEST,
            _text("file", help="the recording", metavar="FILE", required=True),
        ),
    ),
    CommandRow("list-sessions", "List the sessions and their panes.", (_JSON,), ("ls",)),
    CommandRow(
        "kill-session", "End a session and everything that runs in it.", (_target("session"),)
    ),
    CommandRow("kill-server", "End the server and all its sessions."),
    CommandRow(
        "rename-session",
        "Give a session another name.",
        (
            _target("session"),
            _text("name", help="the new name", metavar="NAME", required=True),
        ),
    ),
    CommandRow(
        "new-window",
        "Open a window in a session.",
        (
            _target("session"),
            _text("name", "-n", "--name", help="the window's name", metavar="NAME"),
            _DIRECTORY,
            _DETACHED,
            _REMAIN,
            _COMMAND,
        ),
    ),
    CommandRow("select-window", "Show a window.", (_target("window"),)),
    CommandRow("next-window", "Show the next window.", (_target("session"),)),
    CommandRow("previous-window", "Show the window before this one.", (_target("session"),)),
    CommandRow("last-window", "Show the window shown before.", (_target("session"),)),
    CommandRow("kill-window", "End a window and what runs in it.", (_target("window"),)),
    CommandRow(
        "rename-window",
        "Give a window a name of its own.",
        (
            _target("window"),
            _text("name", help="the new name", metavar="NAME", required=True),
        ),
    ),
    CommandRow(
        "split-window",
        "Open a pane beside another one.",
        (
            _target("pane"),
            Parameter(
                "direction",
                ("--direction",),
                "text",
                "which side of the pane (down)",
                "SIDE",
                ("right", "down", "left", "up"),
            ),
            _flag("horizontal", "-h", help="to the right, as in tmux"),
            _flag("vertical", "-v", help="below, as in tmux"),
            _flag("before", "-b", help="to the left, or above"),
            _text("size", "-l", "--size", help="its share of the pane (50%)", metavar="PERCENT"),
            _DIRECTORY,
            _flag("no_focus", "-d", "--no-focus", help="leave the focus where it is"),
            _REMAIN,
            _COMMAND,
        ),
        ("split",),
    ),
    CommandRow(
        "select-pane",
        "Focus a pane.",
        (_target("pane"), *_SIDES),
    ),
    CommandRow("last-pane", "Focus the pane focused before.", (_target("window"),)),
    CommandRow(
        "resize-pane",
        "Move a pane's border, or zoom it.",
        (
            _target("pane"),
            *_SIDES,
            _flag("zoom", "-Z", "--zoom", help="give it the whole window, or back"),
            Parameter("cells", (), "number", "by how many cells (1)", "[CELLS]"),
        ),
    ),
    CommandRow("kill-pane", "End a pane and what runs in it.", (_target("pane"),)),
    CommandRow(
        "send-keys",
        'Press keys in a pane: "C-c", "Up", "Enter"; other words are typed.',
        (
            _target("pane"),
            Parameter("keys", (), "rest", "keys, in order", "KEY...", required=True),
        ),
    ),
    CommandRow(
        "send-text",
        "Type a text in a pane, exactly as it is.",
        (
            _target("pane"),
            Parameter("text", (), "rest", "the text; words are joined by spaces", "TEXT", (), True),
        ),
    ),
    CommandRow(
        "capture-pane",
        "Print what a pane shows.",
        (
            _target("pane"),
            _flag("scrollback", "--scrollback", help="with its whole history"),
            _flag("ansi", "--ansi", help="with colours and attributes"),
            _JSON,
        ),
        ("capture",),
    ),
    CommandRow(
        "wait",
        "Wait until a pane shows a text, is quiet, or its command has ended.",
        (
            _target("pane"),
            _text("text", "--text", help="until its screen matches REGEX", metavar="REGEX"),
            _text("quiet", "--quiet", help="until nothing came for so long", metavar="TIME"),
            _flag("exit", "--exit", help="until its command has ended"),
            _text(
                "timeout", "--timeout", help="give up after (30s), exit code 124", metavar="TIME"
            ),
            _JSON,
        ),
    ),
    CommandRow(
        "detach-client",
        "Leave the session running and give the terminal back.",
        where="attached",
    ),
    CommandRow(
        "copy-mode",
        "Scroll back through a pane's history.",
        (_flag("page_up", "-u", help="and up one page at once"),),
        where="attached",
    ),
    CommandRow("scroll-up", "Scroll back one line.", where="attached"),
    CommandRow("scroll-down", "Scroll forward one line.", where="attached"),
    CommandRow("halfpage-up", "Scroll back half a page.", where="attached"),
    CommandRow("halfpage-down", "Scroll forward half a page.", where="attached"),
    CommandRow("page-up", "Scroll back one page.", where="attached"),
    CommandRow("page-down", "Scroll forward one page.", where="attached"),
    CommandRow("history-top", "Scroll to the oldest line.", where="attached"),
    CommandRow("history-bottom", "Scroll to the newest line.", where="attached"),
    CommandRow("cancel", "Leave scroll-back.", where="attached"),
    CommandRow("list-keys", "Show the keys and what they do.", where="client"),
    CommandRow("restart-ui", "Start the ui, what opens over the panes, again.", where="client"),
    CommandRow("send-prefix", "Send the prefix key to the pane.", where="client"),
    CommandRow(
        "confirm-before",
        "Ask before running a command.",
        (Parameter("command", (), "rest", "the command", "COMMAND", (), True),),
        where="client",
    ),
    CommandRow(
        "doctor",
        "Say what works here, and for each thing that doesn't, why and what would help.",
        (_JSON,),
        where="local",
    ),
    CommandRow(
        "profile",
        "Run a command in a session of its own, or without a terminal, and report what it used.",
        (
            _flag("headless", "--headless", help="show nothing but the report"),
            Parameter("runs", ("-n",), "number", "so many runs (1), with --headless", "RUNS"),
            _text("json", "--json", help="write the figures to FILE as JSON", metavar="FILE"),
            _NEST,
            Parameter("command", (), "rest", "the command and its words", "CMD...", required=True),
        ),
        where="local",
    ),
)

_BY_NAME: Final = {name: row for row in COMMANDS for name in (row.name, *row.aliases)}


def find(name: str) -> CommandRow | None:
    """The row of a command or alias."""
    return _BY_NAME.get(name)


def names() -> frozenset[str]:
    """Every command and alias."""
    return frozenset(_BY_NAME)
