"""Rights given up, in a process that ends with the test."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

if sys.platform != "linux":
    pytest.skip("only Linux has capabilities", allow_module_level=True)

KEPT = 1 << 38 | 1 << 39
TRY = """
from termlab.probes.privileges import keep_only_bpf
if not keep_only_bpf():
    raise SystemExit(3)
status = open("/proc/self/status").read()
for name in ("CapEff", "CapPrm", "CapInh", "NoNewPrivs"):
    print(status.partition(name + ":")[2].split()[0])
try:
    open("/etc/shadow")
except PermissionError:
    print("refused")
"""


def test_two_rights_are_left_and_none_can_be_gained() -> None:
    if os.getuid() != 0:
        pytest.skip("only root has rights to give up")
    own = Path("/proc/self/status").read_text().partition("CapPrm:")[2].split()[0]
    if int(own, 16) & KEPT != KEPT:
        pytest.skip("this root has no CAP_BPF and CAP_PERFMON to keep, as in a container")
    done = subprocess.run([sys.executable, "-c", TRY], capture_output=True, text=True)
    if done.returncode == 3:
        pytest.skip("this kernel has no such capabilities")
    assert done.returncode == 0, done.stderr
    effective, permitted, inheritable, no_new, *_ = done.stdout.split()
    assert int(effective, 16) == int(permitted, 16) == KEPT
    assert (int(inheritable, 16), no_new) == (0, "1")
