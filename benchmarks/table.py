"""One measurement as a row, and rows as a table."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class BenchRow:
    """How long we take, beside a baseline measured in the same run.

    `aim` is the greatest ratio to the baseline that is good enough; where there is no baseline (`baseline_s` None) it
    is the greatest number of seconds. `memory_mib` is the peak of the process that did our part.
    """

    name: str
    ours_s: float
    baseline_name: str = ""
    baseline_s: float | None = None
    aim: float | None = None
    memory_mib: float | None = None

    @property
    def ratio(self) -> float | None:
        """Ours over the baseline's; None without a baseline."""
        return None if not self.baseline_s else self.ours_s / self.baseline_s

    @property
    def meets_aim(self) -> bool | None:
        """Is it as quick as it should be? None where nothing was aimed at."""
        if self.aim is None:
            return None
        return (self.ours_s if self.ratio is None else self.ratio) <= self.aim


HEAD = ("measurement", "ours", "beside", "baseline", "ratio", "aim", "met", "peak memory")


def render_table(rows: Sequence[BenchRow]) -> str:
    """The rows as a table of plain text."""
    cells = [HEAD, *(_cells_of(row) for row in rows)]
    widths = [max(len(line[i]) for line in cells) for i in range(len(HEAD))]
    lines = ["  ".join(text.ljust(width) for text, width in zip(line, widths, strict=True)).rstrip() for line in cells]
    return "\n".join([lines[0], "-" * max(map(len, lines)), *lines[1:]])


def _cells_of(row: BenchRow) -> tuple[str, ...]:
    unit = " s" if row.ratio is None else ""
    return (
        row.name,
        f"{row.ours_s:.2f} s",
        row.baseline_name,
        "" if row.baseline_s is None else f"{row.baseline_s:.2f} s",
        "" if row.ratio is None else f"{row.ratio:.2f}",
        "" if row.aim is None else f"{row.aim:g}{unit}",
        {True: "yes", False: "no", None: ""}[row.meets_aim],
        "" if row.memory_mib is None else f"{row.memory_mib:,.0f} MiB",
    )
