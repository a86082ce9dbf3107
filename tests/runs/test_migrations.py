"""The steps of the schema: each is SQL that SQLite takes behind the ones before it."""

import sqlite3

from termlab.runs.migrations import STEPS


def test_each_step_can_be_done_behind_those_before_it() -> None:
    connection = sqlite3.connect(":memory:", isolation_level=None)
    try:
        for step in STEPS:
            for statement in step:
                connection.execute(statement)
        tables = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        assert {name for (name,) in tables} >= {"runs", "figures", "attachments"}
    finally:
        connection.close()
