from pathlib import Path

import pytest

from termlab.config.loader import load_defaults
from termlab.server.configured import client_options, configure


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
        (b"escape_ms = -1\nx = 1\n", "c.toml:1: escape_ms can't be -1"),
        (
            b'[keys.prefix]\n"x" = "kil-pane"\n',
            "c.toml:2: 'x': there is no command 'kil-pane': did",
        ),
        (b'[keys.prefix]\n"x" = "confirm-before zzz"\n', "no command 'zzz': see `termlab --help`"),
        (b'prefix = "a"\n', "c.toml:1: the prefix can't be 'a'"),
        (b'[keys.prefix]\n"x" = "split-window --nonsense"\n', "No such option '--nonsense'"),
        (b'[status]\nleft = ["clock"]\n', "c.toml:2: status.left: there is no segment 'clock'"),
        (b"\xff", "c.toml:1: can't be read: save it as UTF-8"),
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


def test_a_client_gets_the_colours_of_both_themes_and_the_segments(tmp_path: Path) -> None:
    path = tmp_path / "c.toml"
    path.write_text('theme = "nord"\n[status]\nleft = []\nright = ["\'hi\'"]\n')
    options = client_options(configure({"TERMLAB_CONFIG": str(path)}).settings)
    assert options.theme is not None
    assert options.theme == options.theme_light
    assert (options.theme.name, options.theme.dark) == ("nord", True)
    assert (options.status_left, options.status_right) == ((), ("'hi'",))
    path.write_text('theme = "nord"\ntheme_light = "terminal"\n')
    options = client_options(configure({"TERMLAB_CONFIG": str(path)}).settings)
    assert options.theme_light is None
    assert options.worn(None).theme == options.worn(True).theme == options.theme
    assert options.worn(False).theme is None
