import pytest

from termlab.errors import UsageError
from termlab.terminal.flushing import DEFAULT_THRESHOLDS, Thresholds


def test_the_defaults_can_be_gone_by() -> None:
    assert DEFAULT_THRESHOLDS.checked() is DEFAULT_THRESHOLDS


@pytest.mark.parametrize("bad", [Thresholds(flush_bytes=0), Thresholds(flush_s=-1.0)])
def test_what_nobody_could_go_by_is_refused(bad: Thresholds) -> None:
    with pytest.raises(UsageError, match="flush_bytes of 1 or more"):
        bad.checked()
