"""`web`: a session in the browser, as the extra `web` allows."""

import os
import sys

from termlab.cli.show import placement
from termlab.commands.parse import parse
from termlab.errors import UsageError

PORT = 8022
MAX_PORT = 65535


def browse(path: str, words: list[str]) -> int:
    """Serve until interrupted: the exit code. Raises ``UsageError``."""
    call = parse(words)
    port = call.number("port", PORT)
    if not 0 < port <= MAX_PORT:
        raise UsageError(f"web: there is no port {port}: give one from 1 to {MAX_PORT}")
    placement(os.environ)
    try:
        from termlab.ui.browser import serve
    except ImportError as error:
        raise UsageError(
            f"web: the page needs the extra `web` ({error}): pip install 'termlab[web]'"
        ) from error
    argv = [sys.executable, "-P", "-m", "termlab", "-L", path]
    if call.text("target") or call.flag("read_only"):
        argv += ["attach-session"]
        argv += ["-t", call.text("target")] if call.text("target") else []
        argv += ["--read-only"] if call.flag("read_only") else []
    try:
        serve(argv, port, os.environ)
    except OSError as error:
        raise UsageError(
            f"web: nobody can listen on port {port}: {error.strerror}: give another with --port"
        ) from error
    return 0
