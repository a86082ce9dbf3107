"""What figures are held to: a row names a figure, and each kind has its rule."""

from termlab.model.metrics import FIGURES
from termlab.runs.gates import GATES, RULES, gate_of


def test_each_row_is_of_a_figure_of_runs_and_of_a_kind_with_a_rule() -> None:
    assert set(GATES) <= {row.name for row in FIGURES}
    assert {gate.kind for gate in GATES.values()} == set(RULES)


def test_what_no_row_names_is_held_against_nobody() -> None:
    assert gate_of("termlab_cpu_s").kind == "context"


def test_only_throughput_is_better_when_it_is_more() -> None:
    assert [name for name, gate in GATES.items() if gate.better == "more"] == ["output_bytes_per_s"]


def test_counts_are_told_from_one_run_memory_from_three_and_times_from_ten() -> None:
    assert (RULES["count"].runs, RULES["memory"].runs, RULES["time"].runs) == (1, 3, 10)
