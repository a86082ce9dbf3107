from termlab.config.loader import TABLES
from termlab.config.schema import schema
from termlab.config.settings import Settings


def test_the_schema_has_every_option_and_key_table_and_demands_none() -> None:
    found = schema()
    options = found["properties"]
    assert isinstance(options, dict)
    assert set(options) == set(Settings.__struct_fields__)
    assert set(options["keys"]["properties"]) == set(TABLES)
    assert options["escape_ms"] == {"type": "integer", "minimum": 0, "maximum": 10_000}
    assert "required" not in found
