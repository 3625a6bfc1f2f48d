"""Measures that stopped, that nobody reported, or that fell behind."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from wardmote.evidence.reports.performance.rows import Part, Row
from wardmote.evidence.reports.performance.words import end_sentence, explain_grey
from wardmote.evidence.targets.plan import Value
from wardmote.evidence.targets.statuses import PeriodStatus

LapseKind = Literal["stopped", "dropped", "unreported", "behind"]
LAPSE_WORDS: dict[LapseKind, str] = {
    "stopped": "stopped",
    "dropped": "no longer in the plan",
    "unreported": "not reported",
    "behind": "behind the others",
}


@dataclass(frozen=True, slots=True)
class Lapse:
    """A measure that no longer answers, or not yet. `running` counts its latest periods in a row without a figure."""

    row: Row
    kind: LapseKind
    since: str
    reason: str
    running: int = 0


def list_lapses(part: Part) -> list[Lapse]:
    """Which measures stopped, were dropped, were not reported, or have no value for the newest quarter?"""
    newest = _find_newest_quarter(part.rows)
    found = [lapse for row in part.rows if (lapse := _find_lapse(row, newest)) is not None]
    order: tuple[LapseKind, ...] = ("stopped", "unreported", "behind", "dropped")
    dropped = [_drop(row) for row in part.dropped]
    return sorted((*found, *dropped), key=lambda lapse: order.index(lapse.kind))


def _find_lapse(row: Row, newest: Value | None) -> Lapse | None:
    latest = row.latest
    stopped_on = row.indicator.discontinued_on
    if stopped_on is not None or (latest is not None and latest.reason_code == "discontinued"):
        since = f"{stopped_on.day} {stopped_on:%B %Y}" if stopped_on else latest.period if latest else ""
        return Lapse(row, "stopped", since, _explain(row))
    if latest is None or latest.reason_code == "no_data":
        run = list_unreported(row)
        return Lapse(row, "unreported", run[0].period if run else "the start", _explain(row), len(run))
    if newest is not None and _is_behind(row, newest):
        return Lapse(row, "behind", newest.period, f"The latest value is of {latest.period}.")
    return None


def list_unreported(row: Row) -> list[PeriodStatus]:
    """The latest periods in a row that are grey because no figure came, oldest first."""
    found: list[PeriodStatus] = []
    for period in reversed(row.status.periods):
        if period.reason_code != "no_data":
            break
        found.append(period)
    return found[::-1]


def _drop(row: Row) -> Lapse:
    period = row.latest.period if row.latest else ""
    return Lapse(row, "dropped", f"after {period}" if period else "", "The later plan does not name it.")


def _explain(row: Row) -> str:
    """The reason code in words, the reason that the return gave, and what the source says beside it."""
    value = row.value
    given = [] if value is None else [value.missing_reason.replace("_", " "), value.note]
    why = "" if row.latest is None else row.latest.why
    words = [explain_grey(row.latest), why, *(part for part in given if part and part.casefold() not in why.casefold())]
    return " ".join(end_sentence(part) for part in dict.fromkeys(words) if part)


def _find_newest_quarter(rows: Sequence[Row]) -> Value | None:
    told = [v for row in rows for v in row.indicator.values if v.basis == "quarter" and v.end and v.best is not None]
    return max(told, key=lambda v: (v.end or date.min, v.period), default=None)


def _is_behind(row: Row, newest: Value) -> bool:
    """Whether a quarterly measure has no value for the newest quarter, without a lag that explains it."""
    value = row.value
    if value is None or value.basis != "quarter" or value.end is None or value.lag or row.indicator.lag:
        return False
    return newest.end is not None and value.end < newest.end
