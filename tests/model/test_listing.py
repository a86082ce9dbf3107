"""What `ls --json` prints can be read again."""

import msgspec

from termlab.model.listing import PaneListing, SessionListing, WindowListing, read_sessions


def test_sessions_come_back_as_they_were_written() -> None:
    pane = PaneListing("%1", True, 80, 24, 9, "vim", "x.py", "/home", 3)
    window = WindowListing("@1", 0, "vim", True, False, (pane,), bell=True)
    listed = (SessionListing("$1", "main", 2, (window,)),)
    assert read_sessions(msgspec.json.encode(listed).decode()) == listed
    assert read_sessions("[]") == ()
