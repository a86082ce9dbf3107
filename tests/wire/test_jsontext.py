"""What programs get to read is one JSON document, of exactly the record's fields."""

import json

from termlab.model.listing import Finding, PaneListing, SessionListing, WindowListing
from termlab.wire.jsontext import to_json

PANE = PaneListing("%1", True, 80, 24, 4242, "sh", 'ti"tle ñ\x07', "/", 0)


def test_a_record_is_one_document_with_a_line_break_at_its_end() -> None:
    text = to_json(Finding("engine", True, "ghostty"))
    assert text.endswith("}\n")
    assert json.loads(text) == {"name": "engine", "works": True, "detail": "ghostty", "why": ""}


def test_nested_records_keep_their_shape_and_any_text() -> None:
    session = SessionListing("$0", "main", 1, (WindowListing("@0", 0, "sh", True, False, (PANE,)),))
    read = json.loads(to_json((session,)))
    assert read[0]["windows"][0]["panes"][0]["title"] == 'ti"tle ñ\x07'
    assert list(read[0]) == ["id", "name", "clients", "windows"]


def test_it_is_indented_for_people() -> None:
    assert to_json(Finding("x", False, "")).splitlines()[1] == '  "name": "x",'
