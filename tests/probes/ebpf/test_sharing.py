"""One tracer for all: loaded in a thread for the first, unloaded behind the last."""

import sys
import threading
from collections.abc import Callable

import pytest

from termlab.model.figure import Missing
from termlab.probes.ebpf.sharing import SharedTracer
from termlab.probes.ebpf.tracer import Tracer

if sys.platform != "linux":
    pytest.skip("only Linux has eBPF", allow_module_level=True)

NO = Missing("the kernel won't")


class Loads:
    """Loads what it is given, when it may."""

    def __init__(self, make: Callable[[], Tracer | Missing]) -> None:
        self.gate = threading.Event()
        self.count = 0
        self._make = make

    def __call__(self) -> Tracer | Missing:
        self.gate.wait(20)
        self.count += 1
        return self._make()


def joined() -> None:
    """All threads of the probes have ended."""
    for thread in threading.enumerate():
        if thread.name.startswith("termlab-probes"):
            thread.join(20)
            assert not thread.is_alive()


def test_who_asks_soon_is_not_held_up_and_who_asks_now_waits() -> None:
    loads = Loads(lambda: NO)
    shared = SharedTracer(loads)
    shared.enter()
    assert shared.soon() is None
    loads.gate.set()
    assert shared.now() is NO
    assert shared.soon() is NO
    shared.leave()
    joined()


def test_two_who_look_share_one_that_the_last_closes(tracer: Tracer) -> None:
    closed = threading.Event()

    class Watched(Tracer):
        def __init__(self) -> None:
            """Nothing of its own."""

        def close(self) -> None:
            closed.set()

    mine = Watched()
    loads = Loads(lambda: mine)
    loads.gate.set()
    shared = SharedTracer(loads)
    shared.enter()
    assert shared.now() is mine
    shared.enter()
    assert shared.now() is mine
    shared.leave()
    assert not closed.is_set()
    shared.leave()
    joined()
    assert closed.is_set()
    assert loads.count == 1


def test_a_refusal_is_tried_anew_by_the_next_who_looks() -> None:
    answers: list[Missing] = [NO, Missing("still not")]
    loads = Loads(lambda: answers.pop(0))
    loads.gate.set()
    shared = SharedTracer(loads)
    shared.enter()
    assert shared.now() is NO
    shared.enter()
    assert shared.now() == Missing("still not")
    shared.leave()
    shared.leave()
    joined()


def test_who_leaves_while_it_is_being_loaded_leaves_nothing_loaded(tracer: Tracer) -> None:
    closed = threading.Event()

    class Watched(Tracer):
        def __init__(self) -> None:
            """Nothing of its own."""

        def close(self) -> None:
            closed.set()

    loads = Loads(Watched)
    shared = SharedTracer(loads)
    shared.enter()
    shared.leave()
    loads.gate.set()
    joined()
    assert closed.is_set()
    assert shared.soon() is None


def test_at_the_servers_end_nothing_is_loaded_any_more() -> None:
    entered, may = threading.Event(), threading.Event()
    closed: list[bool] = []

    class Slow(Tracer):
        def __init__(self) -> None:
            """Nothing of its own."""

        def close(self) -> None:
            entered.set()
            may.wait(20)
            closed.append(True)

    loads = Loads(Slow)
    loads.gate.set()
    shared = SharedTracer(loads)
    shared.enter()
    shared.now()
    shared.leave()
    assert entered.wait(20)
    threading.Timer(0.01, may.set).start()
    shared.close()
    assert closed == [True]
