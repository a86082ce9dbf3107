"""The file a report goes to: found unfit before, written whole and private after."""

import os
import stat
import sys
from pathlib import Path

import pytest

from termlab.errors import TermlabError, UsageError
from termlab.runs.keep import check_file, write_file

needs_modes = pytest.mark.skipif(
    sys.platform == "win32" or os.geteuid() == 0, reason="root may write everywhere"
)


def test_a_new_file_is_fine_and_nothing_is_left_of_the_check(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert check_file("out.json") == str(tmp_path / "out.json")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("", "give the name of a file"),
        ("missing/", "give the name of a file"),
        ("missing/x", "there is no directory"),
        ("link", "it is a symbolic link: give the file itself"),
        ("directory", "it is there and is not a file"),
        ("file/x", "there is no directory"),
    ],
)
def test_what_cannot_be_written_is_told_with_the_reason(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, why: str
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "directory").mkdir()
    (tmp_path / "file").write_text("")
    (tmp_path / "link").symlink_to("file")
    with pytest.raises(UsageError, match=why):
        check_file(name)


@needs_modes
def test_a_directory_or_file_without_permission_is_told(tmp_path: Path) -> None:
    kept = tmp_path / "kept"
    kept.write_text("old")
    kept.chmod(0o400)
    with pytest.raises(UsageError, match="it is there and is protected"):
        check_file(str(kept))
    tmp_path.chmod(0o500)
    try:
        with pytest.raises(UsageError, match="takes no files"):
            check_file(str(tmp_path / "new"))
    finally:
        tmp_path.chmod(0o700)


def test_it_is_written_private_in_place_of_an_old_one(tmp_path: Path) -> None:
    path = tmp_path / "out.json"
    path.write_text("old")
    path.chmod(0o644)
    write_file(str(path), "new ä\n")
    assert path.read_bytes() == "new ä\n".encode()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert list(tmp_path.iterdir()) == [path]


def test_a_link_made_meanwhile_is_not_followed(tmp_path: Path) -> None:
    target = tmp_path / "target"
    target.write_text("theirs")
    (tmp_path / "out").symlink_to(target)
    with pytest.raises(TermlabError, match="was not written: it is a symbolic link by now"):
        write_file(str(tmp_path / "out"), "ours")
    assert target.read_text() == "theirs"


def test_a_directory_that_went_is_told_and_nothing_stays(tmp_path: Path) -> None:
    with pytest.raises(TermlabError, match="was not written: No such file"):
        write_file(str(tmp_path / "gone" / "out"), "x")
    (tmp_path / "out").mkdir()
    with pytest.raises(TermlabError, match="was not written"):
        write_file(str(tmp_path / "out"), "x")
    assert list(tmp_path.iterdir()) == [tmp_path / "out"]
