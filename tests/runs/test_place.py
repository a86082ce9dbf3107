"""Where runs are kept: named by variables, and nobody else's to write to."""

import os
import sys
from pathlib import Path

import pytest

from termlab.errors import StoreError
from termlab.runs.place import check_own_file, make_private, store_path

assert sys.platform != "win32"

posix = pytest.mark.skipif(sys.platform != "linux", reason="paths and modes of Linux")


@posix
@pytest.mark.parametrize(
    ("environment", "path"),
    [
        ({"HOME": "/h"}, "/h/.local/share/termlab/runs.db"),
        ({"HOME": "/h", "XDG_DATA_HOME": "/d"}, "/d/termlab/runs.db"),
        ({"HOME": "/h", "XDG_DATA_HOME": "/d", "TERMLAB_DATA": "/t"}, "/t/runs.db"),
    ],
)
def test_variables_say_where(environment: dict[str, str], path: str) -> None:
    assert store_path(environment) == path


def test_a_relative_directory_is_one_below_the_current(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert store_path({"TERMLAB_DATA": "here"}) == str(tmp_path / "here" / "runs.db")


@posix
def test_a_directory_is_made_for_its_owner_alone_with_those_above(tmp_path: Path) -> None:
    make_private(str(tmp_path / "a" / "b"))
    assert (tmp_path / "a" / "b").stat().st_mode & 0o777 == 0o700
    make_private(str(tmp_path / "a" / "b"))


@posix
def test_one_that_others_can_write_to_is_refused(tmp_path: Path) -> None:
    tmp_path.chmod(0o777)
    with pytest.raises(StoreError, match=f"others can write to {tmp_path}.*chmod 700"):
        make_private(str(tmp_path))
    tmp_path.chmod(0o755)  # to read is another thing: the file is private itself
    make_private(str(tmp_path))


@posix
def test_neither_a_link_nor_a_file_is_a_directory_for_it(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir(0o700)
    (tmp_path / "link").symlink_to("real")
    (tmp_path / "file").write_text("")
    for name in ("link", "file"):
        with pytest.raises(StoreError, match="is no directory"):
            make_private(str(tmp_path / name))
    with pytest.raises(StoreError, match="can't be made: "):
        make_private(str(tmp_path / "file" / "below"))


@posix
def test_a_file_must_be_one_and_ones_own(tmp_path: Path) -> None:
    path = tmp_path / "runs.db"
    assert not check_own_file(str(path))
    path.symlink_to("elsewhere")
    with pytest.raises(StoreError, match="is a symbolic link: move it away"):
        check_own_file(str(path))
    path.unlink()
    path.mkdir()
    with pytest.raises(StoreError, match="is no file"):
        check_own_file(str(path))
    path.rmdir()
    path.write_text("")
    assert check_own_file(str(path))


@posix
@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a file away")
def test_a_file_of_another_user_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "runs.db"
    path.write_text("")
    os.chown(path, 12345, 12345)
    with pytest.raises(StoreError, match="belongs to another user"):
        check_own_file(str(path))
