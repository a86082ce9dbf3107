"""What programs say of themselves: nothing of it can reach a terminal or leave this host."""

import pytest

from termlab.terminal.emulator import MAX_TITLE_CHARS
from termlab.terminal.reported import clean_title, local_path


def test_a_title_is_bounded_and_clean() -> None:
    assert clean_title("é漢\u0085\u202ex\x1b") == "é漢x"
    assert clean_title("t" * 1000) == "t" * MAX_TITLE_CHARS


@pytest.mark.parametrize(
    ("reported", "path"),
    [
        (b"file:///tmp/a%20b", "/tmp/a b"),
        (b"file://localhost/x", "/x"),
        (b"file://box/x", "/x"),
        (b"file://BOX.example/x", "/x"),
        (b"file:///%C3%A9", "/é"),
        (b"/plain", "/plain"),
        (b"file://elsewhere/x", None),
        (b"file://box", None),
        (b"relative", None),
        (b"", None),
        (b"file:///a%0ab", None),
        (b"http://box/x", None),
        (b"/" + b"x" * 5000, None),
    ],
)
def test_a_directory_is_a_path_on_this_host(reported: bytes, path: str | None) -> None:
    assert local_path(reported, "box.example") == path
