"""Signals as bytes, given back afterwards."""

import os
import signal
import sys

from termlab.server.bridge.interrupts import Interrupts, noted

assert sys.platform != "win32"


def test_they_are_numbers_to_read_and_their_handlers_come_back() -> None:
    before = signal.getsignal(signal.SIGTERM)
    heard = Interrupts()
    try:
        assert heard.take() == b""
        os.kill(os.getpid(), signal.SIGTERM)
        os.kill(os.getpid(), signal.SIGCHLD)
        assert sorted(heard.take()) == sorted((signal.SIGTERM, signal.SIGCHLD))
    finally:
        heard.close()
    assert signal.getsignal(signal.SIGTERM) is before


def test_what_was_to_be_ignored_stays_so() -> None:
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    heard = Interrupts(signal.SIGTSTP)
    try:
        assert signal.getsignal(signal.SIGHUP) is signal.SIG_IGN
        assert signal.getsignal(signal.SIGTSTP) is noted
    finally:
        heard.close()
        signal.signal(signal.SIGHUP, before)
    assert signal.getsignal(signal.SIGTSTP) is signal.SIG_DFL
