from pathlib import Path

import pytest

from termlab.config.loader import load_defaults
from termlab.server.configured import client_options, config_path, configure


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


def test_without_a_file_the_defaults_hold(tmp_path: Path) -> None:
    found = configure({"TERMLAB_CONFIG": str(tmp_path / "none.toml")})
    assert found == (load_defaults(), "")


def test_the_file_holds_over_the_defaults(tmp_path: Path) -> None:
    path = tmp_path / "c.toml"
    path.write_text('prefix = "C-a"\n[keys.prefix]\n"%" = "confirm-before kill-pane"\n')
    settings, problem = configure({"TERMLAB_CONFIG": str(path)})
    assert (settings.prefix, problem) == ("C-a", "")
    assert client_options(settings).tables["prefix"][1].command == "confirm-before kill-pane"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (b"escape_ms = -1\nx = 1\n", "line 1: escape_ms can't be -1"),
        (b'[keys.prefix]\n"x" = "kil-pane"\n', "line 2: 'x': there is no command 'kil-pane': did"),
        (b'[keys.prefix]\n"x" = "confirm-before zzz"\n', "no command 'zzz': see `termlab --help`"),
        (b'prefix = "a"\n', "line 1: the prefix can't be 'a'"),
        (b"\xff", "can't be read"),
    ],
)
def test_a_file_with_mistakes_is_not_used(tmp_path: Path, text: bytes, said: str) -> None:
    path = tmp_path / "c.toml"
    path.write_bytes(text)
    settings, problem = configure({"TERMLAB_CONFIG": str(path)})
    assert settings == load_defaults()
    assert said in problem
    assert "`termlab config check`" in problem
    assert ("1 more" in problem) == (b"x = 1" in text)
