import msgspec
import pytest

from termlab.config.loader import load_defaults
from termlab.config.settings import DockOptions, Settings


def test_settings_cross_the_wire() -> None:
    settings = load_defaults()
    assert msgspec.msgpack.decode(msgspec.msgpack.encode(settings), type=Settings) == settings


def test_every_number_has_bounds() -> None:
    schema = msgspec.json.schema(Settings)["$defs"]["Settings"]["properties"]
    numbers = [field for field in schema.values() if field.get("type") == "integer"]
    assert len(numbers) == 8
    assert all("minimum" in field and "maximum" in field for field in numbers)


def test_sessions_that_nobody_sees_have_no_dock_whatever_is_set() -> None:
    settings = load_defaults()
    shown = msgspec.structs.replace(settings, dock=DockOptions(True, 50))
    assert shown.undocked() == msgspec.structs.replace(settings, dock=DockOptions(False, 50))


def test_settings_are_frozen() -> None:
    with pytest.raises(AttributeError):
        load_defaults().prefix = "C-a"  # type: ignore[misc]
