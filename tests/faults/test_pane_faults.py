"""A pane of which any step of its start fails leaves nothing behind, and the next one is whole."""

import sys

import pytest

if sys.platform != "win32":
    from tests.faults.conftest import Panes
    from tests.faults.held import held, mapped_bytes
    from tests.faults.limits import descriptors_left
else:
    pytest.skip("there are no PTYs", allow_module_level=True)

assert sys.platform != "win32"

# More than a pane takes, from its PTY to its program's start.
ENOUGH = 10
REPEATS = 40
# Of each way to fail a ring alone maps 128 KiB: forty that stayed would be more than that, which
# Python's and the C library's own arenas, of a mebibyte each, are not.
SLACK_BYTES = 4 << 20


def test_whichever_descriptor_can_t_be_opened_nothing_stays(panes: Panes) -> None:
    before = held()
    codes = []
    for count in range(ENOUGH):
        with descriptors_left(count):
            reply = panes.client.run("split-window", "cat")
        codes.append(reply.code)
        if reply.code:
            assert reply.text, count
        else:
            panes.client.run("kill-pane", "-t", reply.text.strip())
        panes.reap(1)
        assert held() == before, (count, reply)
    # The first could open nothing, the last had enough, and there is one border between them.
    assert codes[0] != 0
    assert codes[-1] == 0
    assert codes == sorted(codes, reverse=True)
    panes.once()


def test_failures_without_end_take_no_memory(panes: Panes) -> None:
    fails = 0
    while True:  # each way to fail once
        with descriptors_left(fails):
            reply = panes.client.run("split-window", "cat")
        if not reply.code:
            break
        fails += 1
    panes.client.run("kill-pane", "-t", reply.text.strip())
    panes.reap(1)
    before = mapped_bytes()
    for _ in range(REPEATS):
        for left in range(fails):
            with descriptors_left(left):
                assert panes.client.run("split-window", "cat").code
    assert mapped_bytes() - before < SLACK_BYTES
