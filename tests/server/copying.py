"""A client that looks back into a pane, and what it was shown."""

from typing import Final

from termlab.wire.messages import Clipboard
from tests.server.world import Client, Stage, plain

LINES: Final = b"".join(b"line %d of many\r\n" % n for n in range(1, 101)) + b"$ "


def looking_back(stage: Stage, *commands: str, said: bytes = LINES) -> Client:
    client = stage.attach()
    stage.turn()
    stage.child_says(said)
    run(stage, client, "copy-mode", *commands)
    return client


def run(stage: Stage, client: Client, *commands: str) -> None:
    for command in commands:
        reply = client.run(*command.split())
        assert (command, reply.code, reply.text) == (command, 0, "")
        stage.pass_time(0.1)


def cursor(client: Client) -> tuple[int, int, int]:
    """Where the cursor was told to stand: column and row, and how many rows lie above."""
    rows = next(rows for frame in reversed(client.frames) for rows in frame.panes)
    assert rows.cursor is not None
    return rows.cursor.x, rows.cursor.y, rows.above


def lit(client: Client) -> dict[int, str]:
    """The reversed text of each row that has any."""
    found = {}
    for y, row in client.rows[client.focused].items():
        parts = [part.split(b"\x1b[m")[0] for part in row.split(b"\x1b[7m")[1:]]
        if parts:
            found[y] = plain(b"".join(parts))
    return found


def copied(client: Client) -> list[bytes]:
    return [message.data for message in client.got(Clipboard)]


def note(client: Client) -> str:
    return next(rows.note for frame in reversed(client.frames) for rows in frame.panes)
