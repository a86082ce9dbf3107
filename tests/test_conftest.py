"""Tests are nobody's: what they start finds an empty home."""

import os
import subprocess
import sys
import tempfile

from termlab.server.config_file import config_path
from termlab.wire.address import state_directory

ASK = "import os; print(os.path.expanduser('~'))"


def test_no_test_finds_the_configuration_of_who_runs_it() -> None:
    for path in (config_path(os.environ), state_directory(os.environ)):
        assert path.startswith(os.path.join(tempfile.gettempdir(), "tl-home-"))
    assert not os.path.exists(config_path(os.environ))
    told = subprocess.run([sys.executable, "-c", ASK], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == os.environ["HOME"]
