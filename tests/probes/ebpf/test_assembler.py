"""Instructions are encoded as the kernel's documents say."""

import pytest

from termlab.probes.ebpf.assembler import FRAME, R0, R1, R2, Assembler


def test_instructions_are_the_kernels_bytes() -> None:
    a = Assembler()
    a.set(R0, 1)
    a.copy(R1, R0)
    a.load(R2, R1, 8)
    a.store(FRAME, -4, R2, 4)
    a.add_shared(R0, 16, R1)
    a.call(5)
    assert a.assemble() == bytes.fromhex(
        "b700000001000000"  # r0 = 1
        "bf01000000000000"  # r1 = r0
        "7912080000000000"  # r2 = *(u64 *)(r1 + 8)
        "632afcff00000000"  # *(u32 *)(r10 - 4) = r2
        "db10100000000000"  # lock *(u64 *)(r0 + 16) += r1
        "8500000005000000"  # call 5
    )


def test_a_jump_lands_at_its_label_forwards() -> None:
    a = Assembler()
    a.jump_if(R1, "==", 7, "out")
    a.map(R1, 3)  # two instructions long
    a.label("out")
    a.end()
    code = a.assemble()
    assert code[:8] == bytes.fromhex("1501020007000000")
    assert code[8:24] == bytes.fromhex("18110000030000000000000000000000")
    assert code[24:] == bytes.fromhex("b7000000000000009500000000000000")


def test_a_jump_may_compare_registers() -> None:
    a = Assembler()
    a.jump_if_register(R1, "!=", R2, "next")
    a.label("next")
    assert a.assemble() == bytes.fromhex("5d21000000000000")


def test_a_label_that_nobody_set_is_an_error() -> None:
    a = Assembler()
    a.jump("nowhere")
    with pytest.raises(KeyError):
        a.assemble()
