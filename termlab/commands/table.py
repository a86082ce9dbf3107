"""Every command as a row: names, parameters, what it acts on, one sentence of help.

Key bindings, the command line (`termlab split …`) and help are all made from these rows. Performing
is elsewhere: the server's handlers for rows that run there, the client for those that need its
screen. Names are tmux's.
"""

from typing import Final

from termlab.commands.choosing import CHOOSING
from termlab.commands.copying import COPYING
from termlab.commands.dock_rows import DOCK_ROWS
from termlab.commands.embedding import EMBEDDING
from termlab.commands.layouts import LAYOUTS
from termlab.commands.probe_rows import PROBE_ROWS
from termlab.commands.profiling import PROFILING
from termlab.commands.prompting import PROMPTING
from termlab.commands.recalling import RECALLING
from termlab.commands.row import CommandRow as CommandRow
from termlab.commands.row import Parameter as Parameter
from termlab.commands.row import flag as _flag
from termlab.commands.row import target as _target
from termlab.commands.row import text as _text
from termlab.commands.run_rows import RUN_ROWS
from termlab.commands.scripting import SCRIPTING

_JSON = _flag("json", "--json", help="print JSON for programs")
_COMMAND = Parameter("command", (), "rest", "the command to run instead of a shell", "[CMD]...")
_DIRECTORY = _text("directory", "-c", "--directory", help="start in DIR", metavar="DIR")
_DETACHED = _flag("detached", "-d", "--detached", help="don't show it")
_REMAIN = _flag("remain", "--remain", help="keep the pane when its command ends, until Enter")
_COLS = Parameter("cols", ("-x",), "number", "columns when detached (80)", "COLS")
_ROWS = Parameter("rows", ("-y",), "number", "rows when detached (24)", "ROWS")
_NEST = _flag("nest", "--nest", help="attach even inside a pane")
_BUFFER = _text("buffer", "-b", "--buffer", help="the buffer (the newest)", metavar="NAME")
_REGEX = _flag("regex", "-r", "--regex", help="a regular expression, not a plain text")
_SEARCH = (_REGEX, Parameter("text", (), "rest", "what to look for", "TEXT...", (), True))
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
        "web",
        "Show a session in a browser, to whoever has the address.",
        (
            _target("session"),
            _flag("read_only", "-r", "--read-only", help="look, but send nothing"),
            Parameter("port", ("--port",), "number", "the port on 127.0.0.1 (8022)", "PORT"),
        ),
        where="local",
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
        "Focus a pane, or give it a title.",
        (
            _target("pane"),
            *_SIDES,
            _text("title", "-T", "--title", help="give it this title, no focus", metavar="TITLE"),
        ),
    ),
    CommandRow("last-pane", "Focus the pane focused before.", (_target("window"),)),
    CommandRow(
        "resize-pane",
        "Move a pane's border, give it a size, or zoom it.",
        (
            _target("pane"),
            *_SIDES,
            _flag("zoom", "-Z", "--zoom", help="give it the whole window, or back"),
            _text("width", "-x", help="so many columns, or so much of the window", metavar="50%"),
            _text("height", "-y", help="so many rows, or so much of the window", metavar="50%"),
            Parameter("cells", (), "number", "by how many cells (1)", "[CELLS]"),
        ),
    ),
    CommandRow(
        "move-border",
        "Put the border after a pane at a column or row of its window.",
        (
            _target("pane"),
            _flag("right", "-R", help="the border to the right of it"),
            _flag("down", "-D", help="the border below it"),
            _flag("even", "--even", help="as much space on both sides of it"),
            Parameter("to", (), "number", "the column or row, from 0", "[TO]"),
        ),
    ),
    *LAYOUTS,
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
            _flag("last_output", "--last-output", help="only what the last command has printed"),
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
        "stats",
        "Print what the server and its panes have counted.",
        (
            _target("pane"),
            _JSON,
            _flag("follow", "--follow", help="again when it changes, once a second at most"),
            _flag("reset", "--reset", help="count from zero"),
        ),
    ),
    CommandRow(
        "detach-client",
        "Leave the session running and give the terminal back.",
        where="attached",
    ),
    *CHOOSING,
    *PROMPTING,
    *DOCK_ROWS,
    CommandRow(
        "copy-mode",
        "Look back through a pane's history.",
        (_flag("page_up", "-u", help="and up one page at once"),),
        where="attached",
    ),
    CommandRow("scroll-up", "Scroll back one line.", where="attached"),
    CommandRow("scroll-down", "Scroll forward one line.", where="attached"),
    CommandRow("halfpage-up", "Scroll back half a page.", where="attached"),
    CommandRow("halfpage-down", "Scroll forward half a page.", where="attached"),
    CommandRow("page-up", "Scroll back one page.", where="attached"),
    CommandRow("page-down", "Scroll forward one page.", where="attached"),
    *(CommandRow(name, summary, where="attached") for name, summary in COPYING),
    *RECALLING,
    CommandRow("search-forward", "Search a pane's history, downwards.", _SEARCH, where="attached"),
    CommandRow("search-backward", "Search a pane's history, upwards.", _SEARCH, where="attached"),
    CommandRow(
        "search-incremental",
        "Search for what has been typed so far.",
        (
            _flag("backward", "-b", help="search upwards"),
            _REGEX,
            Parameter("text", (), "rest", "what was typed", "[TEXT...]"),
        ),
        where="attached",
    ),
    CommandRow(
        "search-prompt",
        "Ask what to search for.",
        (_flag("backward", "-b", help="upwards"), _REGEX),
        where="client",
    ),
    CommandRow("paste-buffer", "Paste what was copied.", (_target("pane"), _BUFFER)),
    CommandRow("list-buffers", "List what was copied, the newest first."),
    CommandRow("show-buffer", "Print what was copied.", (_BUFFER,)),
    CommandRow(
        "set-buffer",
        "Keep a text as if it had been copied.",
        (_BUFFER, Parameter("text", (), "rest", "the text", "TEXT...", (), True)),
    ),
    CommandRow("delete-buffer", "Forget what was copied.", (_BUFFER,)),
    CommandRow("cancel", "Leave copy mode.", where="attached"),
    CommandRow("list-keys", "Show the keys and what they do.", where="client"),
    CommandRow("show-messages", "Show the messages of the status row again.", where="client"),
    CommandRow("command-palette", "Find a command, session, window or pane.", where="client"),
    CommandRow("restart-ui", "Start the ui, what opens over the panes, again.", where="client"),
    CommandRow("send-prefix", "Send the prefix key to the pane.", where="client"),
    CommandRow(
        "confirm-before",
        "Ask before running a command.",
        (Parameter("command", (), "rest", "the command", "COMMAND", (), True),),
        where="client",
    ),
    *SCRIPTING,
    CommandRow(
        "doctor",
        "Say what works here, and for each thing that doesn't, why and what would help.",
        (_JSON,),
        where="local",
    ),
    CommandRow("reload-config", "Read the configuration again."),
    CommandRow(
        "config",
        "Say where the configuration is, check it, show what holds, or print its JSON schema.",
        (
            Parameter(
                "what",
                (),
                "text",
                "what to do",
                "WHAT",
                ("path", "check", "show", "schema"),
                required=True,
            ),
            _text("file", help="the file to check", metavar="[FILE]"),
            _flag("origin", "--origin", help="show: and where each is set"),
            _JSON,
        ),
        where="local",
    ),
    CommandRow(
        "completion",
        "Print what makes a shell complete termlab's commands, options and targets.",
        (
            Parameter(
                "shell", (), "text", "the shell", "SHELL", ("bash", "zsh", "fish"), required=True
            ),
        ),
        where="local",
    ),
    *EMBEDDING,
    *PROFILING,
    *PROBE_ROWS,
    *RUN_ROWS,
)

_BY_NAME: Final = {name: row for row in COMMANDS for name in (row.name, *row.aliases)}


def find(name: str) -> CommandRow | None:
    """The row of a command or alias."""
    return _BY_NAME.get(name)


def names() -> frozenset[str]:
    """Every command and alias."""
    return frozenset(_BY_NAME)
