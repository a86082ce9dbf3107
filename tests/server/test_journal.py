"""The server's log: private, one line for an event, bounded."""

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from termlab.server import journal as module
from termlab.server.journal import Journal, journal_path


def test_an_event_is_a_line_and_a_failure_has_its_traceback(tmp_path: Path) -> None:
    path = tmp_path / "state" / "x.log"
    journal = Journal(str(path))
    journal.note("hello\udcff")
    try:
        raise ValueError("broken")
    except ValueError as error:
        journal.failure("a handler", error)
    os.close(journal.fileno())
    text = path.read_text()
    assert text.splitlines()[0].endswith(f"[{os.getpid()}] hello\\udcff")
    assert "a handler failed:" in text
    assert "ValueError: broken" in text
    assert stat.S_IMODE(path.stat().st_mode) & 0o077 == 0 or os.name == "nt"


def test_an_old_log_that_grew_is_put_aside(tmp_path: Path) -> None:
    path = tmp_path / "x.log"
    path.write_bytes(b"x" * (module.MAX_BYTES + 1))
    os.close(Journal(str(path)).fileno())
    assert path.read_bytes() == b""
    assert (tmp_path / "x.log.old").stat().st_size == module.MAX_BYTES + 1


def test_a_log_that_is_written_without_end_stops_and_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "MAX_LINES", 3)
    journal = Journal(str(tmp_path / "x.log"))
    for n in range(9):
        journal.note(f"line {n}")
    os.close(journal.fileno())
    lines = (tmp_path / "x.log").read_text().splitlines()
    assert len(lines) == 3
    assert "nothing more" in lines[-1]


@pytest.mark.skipif(sys.platform == "win32", reason="there is no such limit")
def test_a_failure_is_told_where_no_file_can_be_opened(tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path\n"
        "from tests.faults.limits import descriptors_left\n"
        "from termlab.server.journal import Journal\n"
        "journal = Journal(sys.argv[1]); sys.modules.pop('traceback', None)\n"
        "with descriptors_left(0): journal.failure('a handler', ValueError('broken'))\n"
    )
    log = tmp_path / "x.log"
    subprocess.run([sys.executable, "-c", code, str(log)], check=True)
    assert log.read_text().endswith("a handler failed:\nValueError('broken')\n")


def test_of_strangers_ever_fewer_are_noted(tmp_path: Path) -> None:
    journal = Journal(str(tmp_path / "x.log"))
    for _ in range(1000):
        journal.stranger("knocked")
    journal.note("an event")
    os.close(journal.fileno())
    lines = (tmp_path / "x.log").read_text().splitlines()
    assert len(lines) == 11
    assert lines[0].endswith("knocked (1 such so far)")
    assert lines[-2].endswith("knocked (512 such so far)")


def test_it_lies_in_the_state_directory_under_the_socket_s_name() -> None:
    assert journal_path("/run/x/work", {"XDG_STATE_HOME": "/s"}) == "/s/termlab/work.log"
    assert journal_path("work", {"HOME": "/h"}) == "/h/.local/state/termlab/work.log"
