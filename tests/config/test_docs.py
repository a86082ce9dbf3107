from termlab.config.docs import default_docs, option_docs
from termlab.config.loader import TABLES as KEY_TABLES
from termlab.config.options import OPTIONS, SHELL_COMMANDS, TABLES

TEXT = """# About the file.
# More of it.

# One thing.
one = 1
two = 2
# A table.
[table]
# Of many
# lines.
three = [
  3,
]
"""


def test_what_stands_right_above_an_option_is_its_meaning() -> None:
    assert option_docs(TEXT) == {
        "one": "One thing.",
        "table": "A table.",
        "table.three": "Of many lines.",
    }


def test_every_option_and_table_has_a_meaning() -> None:
    docs = default_docs()
    wanted = {*OPTIONS, *TABLES, SHELL_COMMANDS, *(f"keys.{table}" for table in KEY_TABLES)}
    assert wanted - set(docs) == set()
    assert set(docs) - wanted == set()
    assert all(len(text) > 10 and text.endswith((".", ").")) for text in docs.values())
