"""Where a command is asked for."""

from pathlib import Path

import pytest

from termlab.client.origin import origin


def test_only_programs_get_the_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    assert origin("/s", {"A": "1"}, False).environment == {}
    place = origin("/s", {"A": "1"}, True)
    assert (place.environment, place.directory) == ({"A": "1"}, str(tmp_path))


def test_the_pane_counts_for_its_own_server_only() -> None:
    inside = {"TERMLAB": "/s", "TERMLAB_PANE": "%3"}
    assert origin("/s", inside, False).pane == "%3"
    assert origin("/other", inside, False).pane == ""


def test_what_is_no_text_is_left_out() -> None:
    assert origin("/s", {"OK": "ä", "BAD": "\udcff", "\udcfe": "x"}, True).environment == {
        "OK": "ä"
    }


def test_a_directory_that_is_gone_is_the_home(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()
    assert origin("/s", {"HOME": "/home/me"}, False).directory == "/home/me"
    assert origin("/s", {}, False).directory == "/"
