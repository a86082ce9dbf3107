"""The programs in the kernel, where they may be loaded."""

import sys
from collections.abc import Iterator

import pytest

if sys.platform == "linux":
    from termlab.probes.ebpf.loading import tracer as loaded_tracer
    from termlab.probes.ebpf.tracer import Tracer

    @pytest.fixture
    def tracer() -> Iterator[Tracer]:
        try:
            found = loaded_tracer()
        except (OSError, LookupError) as error:
            pytest.skip(f"eBPF programs can't be loaded here: {error}")
        yield found
        found.close()
