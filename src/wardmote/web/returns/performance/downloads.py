"""An indicator's values as files: CSV for a spreadsheet, JSON for a program."""

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Any

from wardmote.evidence.interface import describe_statuses, encode_indicator
from wardmote.evidence.targets.plan import Indicator as CoreRow
from wardmote.evidence.targets.plan import Plan as CorePlan
from wardmote.evidence.targets.statuses import IndicatorStatus, PeriodStatus
from wardmote.web.foundation.table_files import disarm_cell
from wardmote.web.returns.performance.value_words import name_judged

_HEADINGS = (
    "indicator", "title", "period", "period_start", "period_end", "basis", "state", "numerator", "denominator",
    "value", "unit", "judged_period", "judged_value", "status", "status_computed", "reason_code", "why", "target",
    "movement", "source",
)  # fmt: skip


def write_csv(row: CoreRow, status: IndicatorStatus) -> str:
    """Every value of the row with its status, one a line."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(_HEADINGS)
    writer.writerows([disarm_cell(cell) for cell in line] for line in _list_lines(row, status))
    return out.getvalue()


def _list_lines(row: CoreRow, status: IndicatorStatus) -> Iterable[Sequence[Any]]:
    by_period = {found.period: found for found in status.periods}
    for value in row.values:
        found = by_period.get(value.period)
        judged = _list_judged(found) if found else ("",) * 6
        yield (
            row.id, row.title, value.period, value.start or "", value.end or "", value.basis, value.state,
            _blank(value.part), _blank(value.whole), _blank(value.best), row.unit, *judged,
            _blank(found.target) if found else "", found.signal.sentence if found else "", value.source,
        )  # fmt: skip


def _list_judged(found: PeriodStatus) -> tuple[float | str, ...]:
    """What was compared, which of a promise for a year is the sum so far, and what came of it."""
    compared = (name_judged(found), _blank(found.value))
    return *compared, found.status, found.computed or found.status, found.reason_code or "", found.why


def _blank(number: float | None) -> float | str:
    return "" if number is None else number


def describe_row(row: CoreRow, status: IndicatorStatus) -> dict[str, Any]:
    """The row as the plan file writes it, with its statuses as `wardmote status --json` prints them."""
    statuses = describe_statuses(CorePlan("", (row,)), (status,))
    return {"indicator": encode_indicator(row), "statuses": statuses[0]["periods"], "warnings": statuses[0]["warnings"]}
