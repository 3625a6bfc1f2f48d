"""The table of measurements says truly whether an aim is met."""

import pytest
from benchmarks.table import BenchRow, render_table


@pytest.mark.parametrize(
    ("ours_s", "baseline_s", "aim", "ratio", "met"),
    [
        (3.0, 2.0, 1.5, 1.5, True),
        (3.1, 2.0, 1.5, 1.55, False),
        (0.2, None, 0.3, None, True),
        (0.4, None, 0.3, None, False),
        (0.4, 0.1, None, 4.0, None),
    ],
)
def test_bench_row_compares_its_ratio_or_its_seconds(
    ours_s: float, baseline_s: float | None, aim: float | None, ratio: float | None, met: bool | None
) -> None:
    row = BenchRow("load", ours_s, "bare copy", baseline_s, aim)
    assert row.ratio == pytest.approx(ratio) if ratio is not None else row.ratio is None
    assert row.meets_aim is met


def test_bench_table_has_a_line_a_row_and_columns_that_line_up() -> None:
    lines = render_table([BenchRow("load", 3.0, "bare copy", 2.0, 1.5, 812.4), BenchRow("help", 0.2, aim=0.3)]).split(
        "\n"
    )
    assert len(lines) == 4
    assert lines[2].split()[-3:] == ["yes", "812", "MiB"]
    assert lines[2].index("3.00 s") == lines[3].index("0.20 s") == lines[0].index("ours")
