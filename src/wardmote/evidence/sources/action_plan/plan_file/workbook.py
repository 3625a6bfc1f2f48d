"""A plan's indicators and values as rows of the template's workbook, as far as its columns go."""

from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from wardmote.evidence.model.errors import UsageError
from wardmote.evidence.sources.action_plan.columns import OPERATORS, OVERRIDES_SHEET, REASONS, TERMS_SHEET
from wardmote.evidence.sources.action_plan.example import Row
from wardmote.evidence.sources.action_plan.plan_file.losses import Loss, list_losses
from wardmote.evidence.sources.action_plan.spoken_periods import SpokenPeriod, read_period
from wardmote.evidence.sources.action_plan.table_plan import read_workbook_plan
from wardmote.evidence.sources.action_plan.table_terms import (
    OVERRIDE_COLUMNS,
    TERMS_COLUMNS,
    list_override_rows,
    list_terms_rows,
)
from wardmote.evidence.sources.action_plan.template import build_workbook
from wardmote.evidence.targets.grammar import describe_target, parse_target
from wardmote.evidence.targets.kinds import (
    Base,
    CohortShare,
    CountPerPeriod,
    Milestone,
    NoChange,
    NoTarget,
    Operator,
    PointsChange,
    RelativeChange,
    Target,
    TargetVersion,
    Threshold,
)
from wardmote.evidence.targets.plan import Indicator, Value
from wardmote.evidence.targets.plan_file import PlanFile

type Cells = dict[str, str | int | float]

_MOST_NAMED = 40
_WORDS: dict[Operator, str] = dict(zip((">=", ">", "<=", "<"), OPERATORS, strict=True))
_SPANS = {
    "financial_year": "count per year", "quarter": "count per quarter", "month": "count per month",
    "academic_year": "count per academic year",
}  # fmt: skip


def build_plan_workbook(plan_file: PlanFile) -> bytes:
    """The workbook's bytes, the same for the same plan. Words that a spreadsheet would take for a formula are none."""
    return _build(plan_file, [say_loss(loss) for loss in find_workbook_losses(plan_file)])


def find_workbook_losses(plan_file: PlanFile) -> tuple[Loss, ...]:
    """What the plan's workbook, read back, would not say as the plan itself does."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "plan.xlsx"
        path.write_bytes(_build(plan_file, []))
        return list_losses(plan_file, read_workbook_plan(path))


def _build(plan_file: PlanFile, lost: list[str]) -> bytes:
    held = plan_file.plan.indicators
    rows = [cells for row in held for cells in _list_rows(row)]
    values = [cells for row in held for value in row.values for cells in _list_values(row, value)]
    note = f"This is the plan '{plan_file.title}'." if plan_file.title else "This is a plan with its values."
    more = [
        (TERMS_SHEET, TERMS_COLUMNS, list_terms_rows(plan_file.plan.terms)),
        (OVERRIDES_SHEET, OVERRIDE_COLUMNS, list_override_rows(held)),
    ]
    return build_workbook(rows, values, note=note, more=more, lost=lost)


def say_loss(loss: Loss) -> str:
    """The loss in a line, with the ids of its rows."""
    ids = ", ".join(loss.rows[:_MOST_NAMED]) + (" …" if len(loss.rows) > _MOST_NAMED else "")
    return f"{loss.count:,} {loss.what}" + (f": {ids}" if ids else "")


def _list_rows(row: Indicator) -> list[Row]:
    """One row for what the indicator is with its first target, and one for each later target."""
    about: Cells = {
        "id": row.id, "priority_no": row.priority_no or "", "priority": row.priority_title, "title": row.title,
        "owner": row.owner, "polarity": row.polarity, "unit": row.unit,
    }  # fmt: skip
    promises = [_write_version(version, row) for version in row.targets] or [{}]
    return [{**about, **promises[0]}, *({"id": row.id, **promise} for promise in promises[1:])]


def _write_version(version: TargetVersion, row: Indicator) -> Cells:
    text = version.text or ("" if version.target == NoTarget("not set") else describe_target(version.target))
    typed = {} if _suffices(text, version, row) else _type_out(version.target, text)
    return {
        "target": text, "valid_from": version.valid_from.isoformat() if version.valid_from else "",
        "valid_to": version.valid_to.isoformat() if version.valid_to else "", "set_by": version.set_by,
        "reason_for_change": version.reason_for_change, **typed,
    }  # fmt: skip


def _suffices(text: str, version: TargetVersion, row: Indicator) -> bool:
    """Whether the words alone are read back as this target; the workbook's reader knows no unit to go by."""
    if not text:
        return True
    understood = parse_target(text, title=row.title, polarity=row.polarity)
    return understood.outcome == "understood" and understood.target == version.target


def _type_out(target: Target, text: str) -> Cells:
    """The typed columns of a target; none for the kinds that the template has only words for."""
    match target:
        case Threshold(operator=sign, value=number, unit=unit):
            return {"target_kind": "threshold", "operator": _WORDS[sign], "number": number, "target_unit": unit}
        case CountPerPeriod(operator=sign, value=number, thing=thing, span=span) if span in _SPANS:
            return {
                "target_kind": _SPANS[span], "operator": _WORDS[sign], "number": number, "target_unit": thing,
            }  # fmt: skip
        case CohortShare(operator=sign, percent=number, cohort=cohort):
            return {
                "target_kind": "share of a cohort", "operator": _WORDS[sign], "number": number, "target_unit": cohort,
            }  # fmt: skip
        case Milestone():
            return {"target_kind": "milestone"}
        case NoTarget() if text:
            return {"target_kind": "none"}
        case _:
            return _type_change(target)


def _type_change(target: Target) -> Cells:
    match target:
        case RelativeChange(direction=direction, percent=number, base=base):
            kind = "reduction" if direction == "decrease" else "increase"
            return {"target_kind": kind, "number": number, **_write_base(base)}
        case PointsChange(points=number, base=base):
            return {"target_kind": "points", "number": number, **_write_base(base)}
        case NoChange(relation=relation, base=base):
            return {"target_kind": relation.replace("_", " "), **_write_base(base)}
        case _:
            return {}


def _write_base(base: Base) -> Cells:
    value = "" if base.value is None else base.value
    return {"base_kind": base.kind.replace("_", " "), "base_value": value, "base_period": base.period}


def _list_values(row: Indicator, value: Value) -> list[Row]:
    """One row for a value, or one for each of its parts."""
    about: Cells = {"id": row.id, **_write_period(value), **_write_state(value), "measure": value.measure}
    about |= {"change_pct": "" if value.change_pct is None else value.change_pct, "change_base": value.change_base}
    told: Cells = {"narrative": value.narrative}
    pieces = _list_pieces(value) or [_write_number(value)]
    return [about | piece | (told if at == 0 else {}) for at, piece in enumerate(pieces)]


def _list_pieces(value: Value) -> list[Cells]:
    if value.checks:
        names = [name.strip() for name in value.note.split(",")]
        fit = len(names) == len(value.checks) and len(set(names)) == len(names)
        labels = names if fit else [f"step {at}" for at in range(1, len(value.checks) + 1)]
        return [{"part": n, "value": "yes" if done else "no"} for n, done in zip(labels, value.checks, strict=True)]
    return [{"part": name, "value": number} for name, number in value.parts] if value.number is None else []


def _write_number(value: Value) -> Cells:
    if value.part is not None and value.whole is not None:
        printed = "" if value.printed_percent is None else value.printed_percent
        return {"value": printed, "numerator": value.part, "denominator": value.whole}
    return {"value": value.text if value.number is None else value.number}


def _write_state(value: Value) -> Cells:
    reason = value.missing_reason.replace("_", " ")
    is_usual = value.state == "actual" or (value.state == "missing" and not value.missing_reason)
    state = "" if is_usual else value.state.replace("_", " ")
    return {"state": state, "missing_reason": reason if reason in REASONS else ""}


def _write_period(value: Value) -> Cells:
    """The period in a form that is read back as the same days, and what it speaks of where the form does not say."""
    label = next((text for text in (value.period, _name_days(value)) if _covers(text, value)), value.period)
    heard = _hear(label)
    said = value.basis.replace("_", " ") if heard is None or heard.basis != value.basis else ""
    return {"period": label, "stretch": said}


def _covers(text: str, value: Value) -> bool:
    heard = _hear(text)
    return heard is not None and (value.start is None or (heard.start, heard.end) == (value.start, value.end))


def _hear(text: str) -> SpokenPeriod | None:
    try:
        return read_period(text)
    except UsageError:
        return None


def _name_days(value: Value) -> str:
    """2014-10..2014-12 where the days are whole months, one day where they are one."""
    if value.start is None or value.end is None:
        return ""
    if value.start == value.end:
        return value.start.isoformat()
    is_whole = value.start.day == 1 and (value.end + timedelta(days=1)).day == 1
    return f"{value.start:%Y-%m}..{value.end:%Y-%m}" if is_whole else ""
