"""Whatever stands where the configuration should be: it is read, or said what it is."""

import os
import sys
from pathlib import Path

import pytest

from termlab.errors import UsageError
from termlab.server.config_file import MAX_BYTES, config_path, read_config


@pytest.mark.parametrize(
    ("environment", "path"),
    [
        ({"TERMLAB_CONFIG": "/a/b.toml", "XDG_CONFIG_HOME": "/x"}, "/a/b.toml"),
        ({"XDG_CONFIG_HOME": "/x", "HOME": "/h"}, "/x/termlab/config.toml"),
        ({"HOME": "/h"}, "/h/.config/termlab/config.toml"),
    ],
)
def test_where_the_file_is(environment: dict[str, str], path: str) -> None:
    assert config_path(environment) == path


def test_a_file_is_its_text_and_none_is_none(tmp_path: Path) -> None:
    path = tmp_path / "c.toml"
    assert read_config(str(path)) is None
    assert read_config(str(path / "below")) is None
    path.write_bytes(b"\xef\xbb\xbfmouse = true\n")
    assert read_config(str(path)) == "mouse = true\n"
    assert read_config(str(path / "below")) is None


def test_what_is_no_utf_8_is_told_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "c.toml"
    path.write_bytes(b"a = 1\nb = '\xe9'\n")
    with pytest.raises(UsageError, match=r"c\.toml:2: can't be read: save it as UTF-8 \(byte 0xe9"):
        read_config(str(path))


def test_a_directory_is_told(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="it is a directory"):
        read_config(str(tmp_path))


def test_a_huge_file_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "c.toml"
    path.touch()
    os.truncate(path, MAX_BYTES + 1)
    with pytest.raises(UsageError, match="are no configuration"):
        read_config(str(path))
    os.truncate(path, 0)
    path.write_bytes(b"#" * MAX_BYTES)
    assert read_config(str(path)) == "#" * MAX_BYTES


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such files")
def test_what_would_make_a_server_wait_is_not_opened_for_it(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    if sys.platform != "win32":
        os.mkfifo(pipe)
    for path in (str(pipe), "/dev/zero"):
        with pytest.raises(UsageError, match="no plain file"):
            read_config(path)


@pytest.mark.skipif(sys.platform == "win32" or os.getuid() == 0, reason="may read everything")
def test_a_file_of_others_is_told(tmp_path: Path) -> None:
    path = tmp_path / "c.toml"
    path.touch(mode=0)
    with pytest.raises(UsageError, match="Permission denied"):
        read_config(str(path))


@pytest.mark.skipif(sys.platform != "linux", reason="there is no such file")
def test_a_file_that_fails_when_it_is_read_is_told() -> None:
    with pytest.raises(UsageError, match="/proc/self/mem can't be read: Input/output error"):
        read_config("/proc/self/mem")


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")
def test_a_link_that_leads_nowhere_is_no_file_and_one_in_a_circle_is_told(tmp_path: Path) -> None:
    link = tmp_path / "c.toml"
    link.symlink_to(tmp_path / "gone")
    assert read_config(str(link)) is None
    link.unlink()
    link.symlink_to(link)
    with pytest.raises(UsageError, match="can't be read"):
        read_config(str(link))
