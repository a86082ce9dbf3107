import tomllib
from typing import Any

from termlab.config.loader import TABLES as KEY_TABLES
from termlab.config.loader import defaults_text, load_defaults
from termlab.config.options import OPTIONS, value_of
from termlab.config.schema import schema
from termlab.config.settings import Settings
from termlab.model.theme import theme_names


def properties() -> dict[str, Any]:
    found = schema()["properties"]
    assert isinstance(found, dict)
    return found


def option(name: str) -> dict[str, Any]:
    here: dict[str, Any] = {"properties": properties()}
    for part in name.split("."):
        here = here["properties"][part]
    return here


def test_the_schema_has_every_option_and_key_table_and_demands_none() -> None:
    found = properties()
    assert set(found) == set(Settings.__struct_fields__)
    assert set(found["keys"]["properties"]) == set(KEY_TABLES)
    assert "required" not in schema()
    assert found["status"]["additionalProperties"] is False


def test_every_option_says_what_it_is_for_and_what_it_is_without_a_file() -> None:
    defaults = load_defaults()
    for name in OPTIONS:
        assert option(name)["description"], name
        assert option(name)["default"] == value_of(defaults, name)


def test_numbers_have_bounds_and_choices_their_words() -> None:
    escape = option("escape_ms")
    assert (escape["type"], escape["minimum"], escape["maximum"]) == ("integer", 0, 10_000)
    assert option("reload")["enum"] == ["auto", "manual"]
    assert option("theme")["enum"] == list(theme_names())
    assert option("theme_light")["enum"] == [*theme_names(), ""]
    items = option("status.left")["items"]["anyOf"]
    assert {each.get("const") for each in items} >= {"session", "windows", None}


def test_the_defaults_are_a_file_of_this_schema() -> None:
    there = tomllib.loads(defaults_text())
    for name in OPTIONS:
        value: Any = there
        for part in name.split("."):
            value = value[part]
        kind = option(name)
        assert value in kind["enum"] if "enum" in kind else kind["type"]
