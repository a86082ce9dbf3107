"""What is said of the machine a run is measured on."""

import os
import platform

from termlab.probes.machine import machine
from termlab.version import VERSION


def test_it_is_this_machine_and_this_version() -> None:
    it = machine()
    assert (it.host, it.kernel, it.cpus) == (platform.node(), platform.release(), os.cpu_count())
    assert it.termlab == VERSION
    assert it.cpu
