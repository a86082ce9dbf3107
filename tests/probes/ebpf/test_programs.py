"""The programs as the kernel sees them: it accepts each, and they are short enough for old ones."""

from termlab.probes.ebpf.map_layout import Maps, Offsets
from termlab.probes.ebpf.programs import programs

# What any kernel with raw tracepoints takes.
MAX_INSTRUCTIONS = 4096
TRACEPOINTS = {
    "sys_enter",
    "sys_exit",
    "sched_process_fork",
    "sched_process_exec",
    "sched_process_exit",
}


def test_there_is_one_for_each_tracepoint() -> None:
    made = programs(Maps(3, 4, 5), Offsets(*range(0, 88, 8)), [0, 19], [1, 20])
    assert made.keys() == TRACEPOINTS
    for code in made.values():
        assert len(code) % 8 == 0
        assert len(code) // 8 < MAX_INSTRUCTIONS
        assert code.endswith(bytes.fromhex("b7000000000000009500000000000000"))


def test_the_maps_are_those_given() -> None:
    made = programs(Maps(0x11, 0x22, 0x33), Offsets(*range(0, 88, 8)), [0], [1])
    wide = bytes.fromhex("1811000011000000")
    assert wide in made["sched_process_exit"]
    assert bytes.fromhex("1811000022000000") in made["sys_enter"]
    assert bytes.fromhex("1811000033000000") in made["sched_process_fork"]
