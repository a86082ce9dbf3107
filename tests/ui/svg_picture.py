"""Snapshots as SVG files in the top-level `snapshots`: `pytest --snapshot-update` writes them.

What is unused there is told, and removed with `--snapshot-update`, by a run of all tests only:
syrupy relates a file to its test by the name of the directory, which is not the test's here.
"""

import html
import re
import warnings
from pathlib import Path
from typing import Any, Final

from pytest_textual_snapshot import SVGImageExtension
from rich.cells import cell_len
from syrupy.data import SnapshotCollections
from syrupy.location import PyTestLocation

DIRECTORY: Final = Path(__file__).parents[2] / "snapshots"
# What else lies there is not a test's.
PREFIX: Final = "test_"
_FONTS: Final = re.compile(r"@font-face \{.*?\}\s*", re.DOTALL)
_TEXT: Final = re.compile(r'(<text class="terminal-r[^>]* textLength=")[^"]*("[^>]*>)([^<]*)')
CELL_WIDTH: Final = 12.2  # as rich draws it


class SvgPicture(SVGImageExtension):  # type: ignore[misc]
    """A picture that fetches no fonts: the reader's own will do."""

    def serialize(self, *args: Any, **kwargs: Any) -> str:
        svg = _TEXT.sub(_measured, str(super().serialize(*args, **kwargs)))
        return _FONTS.sub("", svg).replace("Fira Code", "ui-monospace")

    @classmethod
    def dirname(cls, *, test_location: PyTestLocation) -> str:
        return str(DIRECTORY)

    def discover_snapshots(self, *, test_location: PyTestLocation) -> SnapshotCollections:
        found = SnapshotCollections()
        for collection in super().discover_snapshots(test_location=test_location):
            if Path(collection.location).name.startswith(PREFIX):
                found.add(collection)
        return found

    @classmethod
    def write_snapshot(cls, *, snapshot_location: str, snapshots: list[Any]) -> None:
        with warnings.catch_warnings():
            # It asks for a directory named after the test's file.
            warnings.filterwarnings("ignore", r"\s*Can not relate snapshot location")
            super().write_snapshot(snapshot_location=snapshot_location, snapshots=snapshots)


def _measured(text: re.Match[str]) -> str:
    """A text as wide as its cells; rich makes it as wide as its characters are many."""
    width = cell_len(html.unescape(text[3])) * CELL_WIDTH
    return f"{text[1]}{width:g}{text[2]}{text[3]}"
