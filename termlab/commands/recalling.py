"""The commands about what a shell's prompts mark: jumps between them, output, the list of what ran.

What they know comes from the shell, which `shell-init` teaches to tell it.
"""

from typing import Final

from termlab.commands.row import CommandRow, Parameter, flag, target

RECALLING: Final = (
    CommandRow("previous-prompt", "Look back at the prompt above.", where="attached"),
    CommandRow("next-prompt", "Move on to the prompt below.", where="attached"),
    CommandRow(
        "select-output",
        "Select what the last command printed, or one before.",
        where="attached",
    ),
    CommandRow(
        "list-history",
        "List what a pane's shell has run: when, how long, how it ended.",
        (
            target("pane"),
            Parameter("last", ("-n", "--last"), "number", "so many at most (100)", "COUNT"),
            flag("json", "--json", help="print JSON for programs"),
        ),
        ("history",),
    ),
    CommandRow(
        "shell-init",
        "Print what makes a shell tell termlab of its prompts and commands.",
        (
            flag("path", "--path", help="print the name of its file, to be sourced"),
            Parameter(
                "shell", (), "text", "the shell", "SHELL", ("bash", "zsh", "fish"), required=True
            ),
        ),
        where="local",
    ),
)
