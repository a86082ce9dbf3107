"""The maps' layout: what the programs write is where the reader looks."""

from termlab.probes.ebpf import map_layout as layout


def test_a_thread_is_packed_as_its_offsets_say() -> None:
    data = layout.THREAD.pack(1, 2, 3, 0, 5, 6)
    for offset, value in (
        (layout.THREAD_SLOT, 1),
        (layout.THREAD_FLAGS, 2),
        (layout.THREAD_NR, 3),
        (layout.THREAD_ENTERED, 5),
        (layout.THREAD_STAMP, 6),
    ):
        assert data[offset] == value


def test_the_kernel_takes_such_records() -> None:
    # Whole words for the programs; powers of two where they shift.
    assert layout.THREAD.size % 8 == 0
    assert layout.SLOT_BYTES % 8 == 0
    assert layout.STAMP.size & (layout.STAMP.size - 1) == 0
    assert layout.STAMPS & (layout.STAMPS - 1) == 0
    assert layout.NUMBERS & (layout.NUMBERS - 1) == 0


def test_devices_have_the_kernels_numbers() -> None:
    assert layout.device(136, 3) == 136 << 20 | 3
    assert layout.device(5, 0) == layout.OWN_TERMINAL
