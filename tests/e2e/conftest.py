"""One server for each flow, and who draws in it.

A file whose flows hold for both placements uses `placement`, by its `pytestmark`; a flow of it that
is to be seen in one of them says so with `parametrize("placement", [...], indirect=True)`.
"""

import sys
from collections.abc import Iterator

import pytest

if sys.platform != "win32":
    from tests.e2e.session import PLACEMENTS, OwnServer

assert sys.platform != "win32"


@pytest.fixture(params=PLACEMENTS)
def placement(request: pytest.FixtureRequest) -> str:
    """Who draws: the client with the app as its guest, or the app by itself."""
    asked: str = request.param
    return asked


@pytest.fixture
def own(request: pytest.FixtureRequest) -> Iterator[OwnServer]:
    """A server of the test's own, checked for leftovers behind it."""
    both = "placement" in request.fixturenames
    with OwnServer(request.getfixturevalue("placement") if both else "") as server:
        yield server
