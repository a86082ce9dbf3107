"""`termlab stats --follow`: the answers of one question asked again and again, as they come.

The server keeps each question until there is something new, so this process sleeps meanwhile.
"""

import os
import sys

from termlab.cli.answer import print_text
from termlab.client.connection import Connection
from termlab.client.origin import origin
from termlab.client.start import begin
from termlab.errors import ServerError, WireError


def follow(path: str, words: list[str]) -> int:
    """Print until there is no more to come: the exit code."""
    start = begin(path, start=False)
    stream = start.finish()
    try:
        connection = Connection(stream, address=start.address)
        place = origin(path, os.environ, False)
        while True:
            code, text = connection.call(tuple(words), place, None)
            if code:
                print(f"termlab: {text.rstrip()}", file=sys.stderr)
                return code
            if not text or not print_text(text):
                return 0
    except WireError as error:
        raise ServerError(f"{words[0]}: the server at {path} has gone: {error}") from error
    finally:
        stream.close()
