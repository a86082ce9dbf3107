import os
import resource
import sys
import time

import pytest

if sys.platform == "linux":
    from termlab.scheduling import realtime
    from termlab.scheduling.realtime import Realtime
    from tests.scheduling.apart import as_root, in_a_process
else:
    pytest.skip("there is no SCHED_FIFO", allow_module_level=True)

assert sys.platform == "linux"

MARK = os.SCHED_RESET_ON_FORK
LATEST_S = 10.0


def policy() -> int:
    return os.sched_getscheduler(0)


def limit() -> int:
    return resource.getrlimit(resource.RLIMIT_RTTIME)[0]


@as_root
def test_it_is_taken_with_its_limit_and_given_back_with_it() -> None:
    def work() -> list[object]:
        before = limit()
        mine = Realtime()
        mine.take(12)
        taken = [policy(), os.sched_getparam(0).sched_priority, limit()]
        with mine.unbound():
            taken.append(limit() == before)
        taken.append(limit())
        mine.give_back()
        return [*taken, policy(), limit() == before, mine.priority]

    bound = realtime.LIMIT_US
    assert in_a_process(work) == [
        os.SCHED_FIFO | MARK, 12, bound, True, bound, os.SCHED_OTHER, True, 0,
    ]  # fmt: skip


@as_root
def test_one_that_goes_round_for_ever_lets_others_in_and_gets_it_back() -> None:
    def work() -> list[object]:
        realtime.LIMIT_US, realtime.PAUSE_S = 60_000, 0.5  # type: ignore[misc]
        mine = Realtime()
        mine.take(3)
        seen: list[object] = [policy()]
        for _ in range(2):
            while_it_is(os.SCHED_FIFO | MARK)
            seen += [policy(), mine.pauses]
            while_it_is(os.SCHED_OTHER | MARK)  # to the alarm clock
            seen.append(policy())
        return seen

    def while_it_is(this: int) -> None:
        """Go round: what ends a wait may come before it begins."""
        latest = time.monotonic() + LATEST_S
        while policy() == this and time.monotonic() < latest:
            pass

    fifo, other = os.SCHED_FIFO | MARK, os.SCHED_OTHER | MARK
    assert in_a_process(work) == [fifo, other, 1, fifo, other, 2, fifo]


@as_root
def test_what_it_starts_has_none_of_it() -> None:
    def work() -> int:
        Realtime().take(3)
        reader, writer = os.pipe()
        if os.fork() == 0:
            os.write(writer, bytes([policy()]))
            os._exit(0)
        return os.read(reader, 1)[0]

    assert in_a_process(work) == os.SCHED_OTHER


@as_root
def test_who_may_not_is_as_before() -> None:
    def work() -> list[object]:
        mine, before = Realtime(), limit()
        try:
            mine.take(3)
        except OSError as error:
            return [error.errno, policy(), limit() == before, mine.priority]
        return []

    assert in_a_process(work, nobody=True) == [1, os.SCHED_OTHER, True, 0]
