"""A server of the test's own, for the tests that run the whole client; where pictures of the app
lie, and how they are taken.
"""

import sys
from functools import partial

import pytest
import pytest_textual_snapshot
from textual import _doc

from tests.ui.svg_picture import SvgPicture

if sys.platform != "win32":
    from tests.e2e.conftest import own

    __all__ = ["own"]


@pytest.fixture(autouse=True)
def _pictures_of_our_own(monkeypatch: pytest.MonkeyPatch) -> None:
    """The plugin knows no option for these."""
    monkeypatch.setattr(pytest_textual_snapshot, "SVGImageExtension", SvgPicture)
    # Runs that are joined are measured anew: a row says where they begin, and is right.
    exact = partial(_doc.take_svg_screenshot, simplify=False)
    monkeypatch.setattr(_doc, "take_svg_screenshot", exact)
