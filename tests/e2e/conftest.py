"""One server for each flow."""

import sys
from collections.abc import Iterator

import pytest

if sys.platform != "win32":
    from tests.e2e.session import OwnServer

assert sys.platform != "win32"


@pytest.fixture
def own() -> Iterator[OwnServer]:
    """A server of the test's own, checked for leftovers behind it."""
    with OwnServer() as server:
        yield server
