from pathlib import Path

import pytest

from termlab.server.do_config import reload
from termlab.wire.messages import Notice, Reloaded
from tests.server.world import Client, Stage


def told(client: Client) -> list[Reloaded | Notice]:
    return [each for each in client.inbox if isinstance(each, Reloaded | Notice)]


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("TERMLAB_CONFIG", str(tmp_path / "c.toml"))
    return tmp_path / "c.toml"


def test_a_reload_reaches_every_client_numbered(stage: Stage, file: Path) -> None:
    one, two = stage.attach(), stage.attach()
    stage.turn()
    for number, prefix in ((1, "C-a"), (2, "C-x")):
        file.write_text(f'prefix = "{prefix}"\n')
        assert one.run("reload-config").code == 0
        stage.turn()
        for client in (one, two):
            options = [each for each in told(client) if isinstance(each, Reloaded)]
            assert (options[-1].number, options[-1].options.prefix) == (number, prefix)
    assert stage.server.settings.prefix == "C-x"


def test_a_file_with_mistakes_keeps_what_held_and_says_so(stage: Stage, file: Path) -> None:
    one, two = stage.attach(), stage.attach()
    stage.turn()
    file.write_text('prefix = "C-a"\n')
    one.run("reload-config")
    file.write_text("prefx = 1\n")
    reply = one.run("reload-config")
    assert reply.code == 2
    assert reply.text.startswith("the settings stay: c.toml:1: there is no option 'prefx'")
    assert "`termlab config check`" in reply.text
    stage.turn()
    assert stage.server.settings.prefix == "C-a"
    assert Notice(reply.text, error=True) in told(two)
    assert Notice(reply.text, error=True) not in told(one)
    three = stage.attach()  # the file is still wrong
    stage.turn()
    assert Notice(reply.text, error=True) in told(three)


def test_the_log_has_every_reload_and_the_whole_path(stage: Stage, file: Path) -> None:
    notes: list[str] = []
    stage.server.note = notes.append
    client = stage.attach()
    file.write_text("mouse = true\n")
    client.run("reload-config")
    file.write_text("mouse = 1\n")
    client.run("reload-config")
    assert notes[0] == f"the configuration was read again ({file})"
    assert notes[1].startswith("the settings stay: c.toml:1: mouse can't be 1: it is true or false")
    assert notes[1].endswith(f"({file})")


def test_running_panes_go_on_by_the_thresholds_of_the_file(stage: Stage, file: Path) -> None:
    client = stage.attach()
    stage.turn()
    (pane,) = (pane for _, _, pane in stage.server.sessions.panes())
    assert pane.coalescer.thresholds.flush_bytes == 8192
    file.write_text("flush_bytes = 4096\nflush_ms = 20\nring_bytes = 65536\n")
    client.run("reload-config")
    assert (pane.coalescer.thresholds.flush_bytes, pane.coalescer.thresholds.flush_s) == (
        4096,
        0.02,
    )
    assert pane.ring.free == 131072
    assert pane.coalescer.stats().auto
    file.write_text('flush = "fixed"\n')
    client.run("reload-config")
    assert not pane.coalescer.stats().auto


def test_who_attaches_hears_of_the_file_that_is_not_used(stage: Stage, file: Path) -> None:
    stage.server.problem = "the defaults hold"
    client = stage.attach()
    stage.turn()
    assert Notice("the defaults hold", error=True) in told(client)
    file.write_text("")
    assert reload(stage.server, {"TERMLAB_CONFIG": str(file)}) == ""
    assert stage.server.problem == ""
