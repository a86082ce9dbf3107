"""No test reads or writes what is the person's who runs it: home, configuration, runtime files."""

import signal
import tempfile
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, settings

# A busy machine makes no test fail: an example takes as long as it takes.
settings.register_profile("patient", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("patient")

# A shell starts what runs in the background with interrupts ignored, which children inherit: that
# is nobody's wish for the programs tested here.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)
# The same goes for these, and for whoever runs the tests under `nohup`: a handler that does nothing
# keeps them from ending this process, and is no child's.
for _name in ("SIGQUIT", "SIGHUP", "SIGTERM", "SIGTSTP"):
    _number = getattr(signal, _name, None)
    if _number is not None and signal.getsignal(_number) is signal.SIG_IGN:
        signal.signal(_number, lambda number, frame: None)

# All that says where a person's files are; `TERMLAB` is set in every pane.
_THEIRS = ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME")
_PLACES = (*_THEIRS, "TERMLAB", "TERMLAB_CONFIG", "TERMLAB_DATA", "TERMLAB_SOCKET", "APPDATA")


@pytest.fixture(scope="session", autouse=True)
def _nobody_s_home() -> Iterator[None]:
    """An empty home for this process and all that it starts."""
    with (
        tempfile.TemporaryDirectory(prefix="tl-home-") as home,
        pytest.MonkeyPatch.context() as our,
    ):
        for name in _PLACES:
            our.delenv(name, raising=False)
        for name in ("HOME", "USERPROFILE", "LOCALAPPDATA", "XDG_RUNTIME_DIR"):
            our.setenv(name, home)
        yield
