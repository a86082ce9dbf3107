"""The schema of the file of runs, as steps: a file of version N has had the first N of them.

A step that has shipped is never changed; what comes later is a new one at the end.
"""

from typing import Final

# What `PRAGMA application_id` says: "tlab".
APPLICATION: Final = 0x746C6162

STEPS: Final[tuple[tuple[str, ...], ...]] = (
    (
        # Numbers are never given twice: a run in somebody's notes stays that run.
        """CREATE TABLE runs (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            saved_at_s REAL NOT NULL,
            name TEXT NOT NULL DEFAULT '',
            tags TEXT NOT NULL DEFAULT '',
            command TEXT NOT NULL,
            host TEXT NOT NULL,
            repeats INTEGER NOT NULL,
            tier TEXT NOT NULL DEFAULT '',
            findings INTEGER NOT NULL DEFAULT 0,
            ending TEXT NOT NULL DEFAULT '',
            record BLOB NOT NULL
        )""",
        """CREATE TABLE figures (
            run_id INTEGER NOT NULL REFERENCES runs(id) ON DELETE CASCADE,
            repeat INTEGER NOT NULL,
            name TEXT NOT NULL,
            value REAL NOT NULL,
            PRIMARY KEY (run_id, name, repeat)
        ) WITHOUT ROWID""",
        """CREATE TABLE attachments (
            run_id INTEGER NOT NULL REFERENCES runs(id) ON DELETE CASCADE,
            name TEXT NOT NULL,
            bytes INTEGER NOT NULL,
            data BLOB NOT NULL,
            PRIMARY KEY (run_id, name)
        )""",
    ),
    # Runs are looked for by their name, and so is the oldest that nobody named.
    ("CREATE INDEX runs_by_name ON runs (name, id)",),
)
