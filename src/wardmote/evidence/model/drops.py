"""What was found in one file of a quarterly data drop: how many rows, of which months, and what is blank."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class DropReading:
    """The quality of one file.

    `rows_by_month` counts rows by month ("2026-07"); `outside_count` are rows dated outside of the quarter and
    `undated_count` those whose date is blank or cannot be read. `blanks` gives, for each prescribed column, how many
    of its cells are blank; None where the file has no such column.
    """

    rows_count: int
    rows_by_month: Mapping[str, int]
    outside_count: int
    undated_count: int
    blanks: Mapping[str, int | None]
