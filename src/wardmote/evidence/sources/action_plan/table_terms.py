"""The sheets of a plan's workbook beside its rows: on what terms it was judged, and which statuses people set."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, cast, get_args

from wardmote.evidence.sources.action_plan.columns import OVERRIDES_SHEET, TERMS_SHEET, Column
from wardmote.evidence.sources.action_plan.entries import Faults
from wardmote.evidence.sources.action_plan.table_rows import TableRow, read_rows
from wardmote.evidence.sources.sheets import Sheet
from wardmote.evidence.targets.plan import EarlierTerms, Indicator, Override, Terms
from wardmote.evidence.targets.statuses import Colour

type Cells = dict[str, str | int | float]

TERMS_COLUMNS = (
    Column("until", "For periods to", "Last day of the periods that these terms are for. Empty: all later ones."),
    Column("as_at", "As at", "The day on which the plan was judged, such as 2026-11-21. Empty: today."),
    Column("amber_within_pct", "Amber within %", "A miss of at most this share of the target is amber, not red."),
    Column("small_number", "Small number", "A numerator or denominator below this is marked as a small number."),
)
_COLOURS = get_args(Colour)
OVERRIDE_COLUMNS = (
    Column("id", "Id", "The Id of the row on the sheet Indicators.", (), 8),
    Column("period", "Period", "The period whose status was set."),
    Column("status", "Status", "The status that stands in place of the one worked out.", _COLOURS),
    Column("reason", "Reason", "Why; without a reason the line is not used.", (), 50),
    Column("by", "Set by", "Who set it; without a name the line is not used.", (), 24),
    Column("on", "Set on", "The day, such as 2026-11-21."),
)


def list_terms_rows(terms: Terms) -> list[Cells]:
    """Earlier terms first, then those that hold now."""
    rows: list[Cells] = [
        {"until": one.until.isoformat(), "amber_within_pct": one.amber_within_pct, "small_number": one.small_number}
        for one in terms.earlier
    ]
    now: Cells = {"as_at": terms.as_at.isoformat() if terms.as_at else ""}
    now |= {"amber_within_pct": _show(terms.amber_within_pct), "small_number": _show(terms.small_number)}
    return [*rows, now]


def _show(number: float | None) -> float | str:
    return "" if number is None else number


def list_override_rows(rows: Sequence[Indicator]) -> list[Cells]:
    return [
        {"id": row.id, "period": one.period, "status": one.status, "reason": one.reason, "by": one.by,
         "on": one.on.isoformat() if one.on else ""}
        for row in rows for one in row.overrides
    ]  # fmt: skip


def read_terms(sheets: Sequence[Sheet], faults: Faults) -> Terms:
    """The terms of the workbook; those of `Terms()` where it has no such sheet, or an unusable number."""
    earlier: list[EarlierTerms] = []
    terms = Terms()
    for row in _read(sheets, TERMS_SHEET, TERMS_COLUMNS, ("amber_within_pct", "small_number"), faults):
        within, small, until = _read_percent(row), row.number("small_number"), row.day("until")
        if until is None:
            terms = replace(terms, as_at=row.day("as_at"), amber_within_pct=within, small_number=small)
        elif within is not None and small is not None:
            earlier.append(EarlierTerms(until, within, small))
    return replace(terms, earlier=tuple(sorted(earlier, key=lambda one: one.until)))


def _read_percent(row: TableRow) -> float | None:
    within = row.number("amber_within_pct")
    if within is not None and not 0 <= within <= 100:
        row.refuse("amber_within_pct", "0 to 100", code="number")
        return None
    return within


def read_overrides(sheets: Sequence[Sheet], known: Mapping[str, Any], faults: Faults) -> dict[str, list[Override]]:
    """The statuses that people set, by the row's id; each needs a reason and a name."""
    found: dict[str, list[Override]] = {}
    for row in _read(sheets, OVERRIDES_SHEET, OVERRIDE_COLUMNS, ("id", "period", "status"), faults):
        identity, status = row.text("id"), row.choice("status", _COLOURS)
        if identity not in known:
            row.refuse("id", "an id of the indicators", code="unknown_id")
        elif not row.text("reason") or not row.text("by"):
            row.refuse("by" if row.text("reason") else "reason", "a reason, and who set the status", code="override")
        elif status:
            one = Override(row.text("period"), cast(Colour, status), row.text("reason"), row.text("by"), row.day("on"))
            found.setdefault(identity, []).append(one)
    return found


def _read(
    sheets: Sequence[Sheet], name: str, columns: Sequence[Column], needed: Sequence[str], faults: Faults
) -> list[TableRow]:
    sheet = next((one for one in sheets if one.name.casefold() == name.casefold()), None)
    return read_rows(sheet, columns, needed, faults) if sheet is not None else []
