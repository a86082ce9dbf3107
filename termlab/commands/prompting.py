"""The rows of the commands that ask the person or tell them something in the status row."""

from typing import Final

from termlab.commands.row import CommandRow, Parameter, flag, target, text

SCOPES: Final = ("pane", "window", "session", "server")

PROMPTING: Final = (
    CommandRow(
        "command-prompt",
        "Ask for a command, or for words to put into one.",
        (
            text("initial", "-I", help="what stands there at first: #W, #S …", metavar="TEXTS"),
            text("prompt", "-p", help="the words before each answer", metavar="PROMPTS"),
            Parameter(
                "template", (), "rest", "the command, with %% or %1 … for answers", "[TEMPLATE]"
            ),
        ),
        where="client",
    ),
    CommandRow(
        "display-message",
        "Show a text in the status row of who is attached.",
        (
            target("pane"),
            flag("print", "-p", "--print", help="print it instead"),
            Parameter("text", (), "rest", "the text: #S, #W, #{pane_id} …", "TEXT...", (), True),
        ),
        ("display",),
    ),
    CommandRow(
        "list-running",
        "List what runs, but for shells at their prompts.",
        (
            target("pane"),
            Parameter(
                "scope",
                ("--scope",),
                "text",
                "pane, window, session of the target, or server (pane)",
                "SCOPE",
                SCOPES,
            ),
            flag("json", "--json", help="print JSON for programs"),
        ),
    ),
)
