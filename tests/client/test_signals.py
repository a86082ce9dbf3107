"""Signals are bytes to read while they are taken, and what they were before afterwards."""

import os
import signal
import sys

import pytest

if sys.platform != "win32":
    from termlab.client.signals import NOTED, Signals
else:
    pytest.skip("there are no such signals", allow_module_level=True)

assert sys.platform != "win32"


def test_signals_are_read_as_numbers_and_given_back() -> None:
    before = [signal.getsignal(number) for number in NOTED]
    signals = Signals()
    try:
        os.kill(os.getpid(), signal.SIGWINCH)
        os.kill(os.getpid(), signal.SIGTERM)
        assert set(signals.take()) == {signal.SIGWINCH, signal.SIGTERM}
    finally:
        signals.close()
    assert [signal.getsignal(number) for number in NOTED] == before
    assert signal.set_wakeup_fd(-1) == -1
