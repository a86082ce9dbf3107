"""`termlab shell-init`: the script that makes a shell tell of its prompts, commands, directory."""

from pathlib import Path
from typing import Final

from termlab.cli.answer import print_text
from termlab.commands.parse import parse

SCRIPTS: Final = Path(__file__).parents[1] / "shell"


def shell_init(words: list[str]) -> int:
    """Print the script, whose head says where it belongs, or where it is."""
    call = parse(words)
    script = SCRIPTS / f"termlab.{call.text('shell')}"
    print_text(f"{script}\n" if call.flag("path") else script.read_text("utf-8"))
    return 0
