"""The table of figures and the record of a run agree."""

from termlab.model.metrics import FIGURES, RunFigures


def test_each_figure_is_a_row_in_the_order_of_the_record() -> None:
    assert tuple(row.name for row in FIGURES) == RunFigures.__struct_fields__


def test_a_figures_name_ends_with_its_unit() -> None:
    for row in FIGURES:
        ending = "" if row.unit == "count" else f"_{row.unit}"
        assert row.name.endswith(ending)
        assert row.unit != "count" or not row.name.endswith(("_s", "_ms", "_bytes", "_percent"))
