"""Questions about action plans: what their rows promise, what may honestly be said of each, and a report of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from wardmote.evidence.model.errors import Fault
    from wardmote.evidence.targets.expected import ExpectedRange
    from wardmote.evidence.targets.kinds import Polarity, Target
    from wardmote.evidence.targets.plan import Basis, EarlierTerms, Indicator, Plan, Terms, Value
    from wardmote.evidence.targets.plan_file import PlanFile
    from wardmote.evidence.targets.queries import Query
    from wardmote.evidence.targets.readings import TargetReading
    from wardmote.evidence.targets.statuses import IndicatorStatus, PeriodStatus, Settings
    from wardmote.evidence.targets.versions import TargetChange

AMBER_WITHIN_PCT = 5.0
SMALL_NUMBER = 20.0


def read_plans(paths: Sequence[Path]) -> Plan:
    """The rows of all the files as one plan, so that last year's row is this year's past.

    Raises UnreadableInputError where a file cannot be read. A row whose id stands in two files under the same plan's
    name is kept from the first. Where several files state terms of judgement, those of the latest day hold.
    """
    from wardmote.evidence.sources import action_plan
    from wardmote.evidence.targets.plan import Plan

    read = [(path, action_plan.read_plan(path)) for path in paths]
    faults = [fault for _, plan in read for fault in plan.faults]
    rows: dict[tuple[str, str], Indicator] = {}
    for path, plan in read:
        for row in plan.indicators:
            if rows.setdefault((row.plan, row.id), row) is not row:
                faults.append(_fault_doubled(row, path))
    terms = max((plan.terms for _, plan in read), key=lambda terms: terms.as_at or date.min)
    return Plan(", ".join(plan.title for _, plan in read), tuple(rows.values()), tuple(faults), terms)


def read_plan_file(path: Path) -> PlanFile:
    """Everything that one file says of a plan; of a file that is no plan-1 the indicators alone.

    `PlanFile.faults` holds what could not be used. Raises UsageError for an unknown ending, UnreadableInputError where
    nothing can be read.
    """
    from wardmote.evidence.sources import action_plan

    return action_plan.read_plan_file(path)


def list_workbook_losses(plan_file: PlanFile) -> tuple[str, ...]:
    """What the plan's workbook would not hold that its JSON does, a line each, with the rows that it names."""
    from wardmote.evidence.sources.action_plan.plan_file.workbook import find_workbook_losses, say_loss

    return tuple(say_loss(loss) for loss in find_workbook_losses(plan_file))


def write_plan_file(plan_file: PlanFile, path: Path) -> None:
    """Write a whole plan as .json or .yaml, which `read_plan_file` gives back as it was, or its rows as .xlsx.

    A file that is there is replaced. Raises UsageError for another ending.
    """
    from wardmote.evidence.sources import action_plan

    action_plan.write_plan_file(plan_file, path)


def describe_plan_file(plan_file: PlanFile) -> dict[str, Any]:
    """A whole plan as plain values, in the form of the schema plan-1."""
    from wardmote.evidence.sources import action_plan

    return action_plan.describe_plan_file(plan_file)


def encode_target(target: Target) -> dict[str, Any]:
    """A target as plain values, its `kind` first."""
    from wardmote.evidence.targets import codec

    return codec.encode_target(target)


def decode_target(body: object, *, where: str = "the target") -> Target:
    """The target that plain values describe. Raises UsageError with every fault, each with its place below `where`."""
    from wardmote.evidence.targets import codec

    return codec.decode_target(body, where=where)


def encode_value(value: Value) -> dict[str, Any]:
    """A reported value as plain values."""
    from wardmote.evidence.targets import codec

    return codec.encode_value(value)


def decode_value(body: object, *, where: str = "the value") -> Value:
    """The reported value that plain values describe. Raises UsageError with every fault."""
    from wardmote.evidence.targets import codec

    return codec.decode_value(body, where=where)


def encode_indicator(indicator: Indicator) -> dict[str, Any]:
    """A row with its targets and values as plain values."""
    from wardmote.evidence.targets import codec

    return codec.encode_indicator(indicator)


def decode_indicator(body: object, *, where: str = "the indicator") -> Indicator:
    """The row that plain values describe. Raises UsageError with every fault."""
    from wardmote.evidence.targets import codec

    return codec.decode_indicator(body, where=where)


def _fault_doubled(row: Indicator, path: Path) -> Fault:
    from wardmote.evidence.model.errors import Fault

    return Fault(
        f"the row '{row.id}' stands in two files of the plan '{row.plan}'", where=path.name,
        to_do="Name the file once, or give the files different names", rows=1, code="doubled_id",
    )  # fmt: skip


def choose_plans(plan: Plan, names: Sequence[str]) -> Plan:
    """Only the rows of the plans named, as the file names them. Raises UsageError that lists what there is."""
    from wardmote.evidence.model.errors import UsageError

    if not names:
        return plan
    known = sorted({row.plan for row in plan.indicators})
    unknown = [name for name in names if name not in known]
    if unknown:
        raise UsageError(f"there is no plan '{unknown[0]}'", expected="one of " + ", ".join(known))
    return replace(plan, indicators=tuple(row for row in plan.indicators if row.plan in names))


def judge_plan(
    plan: Plan,
    *,
    as_at: date | None = None,
    amber_within_pct: float | None = None,
    small_number: float | None = None,
) -> tuple[IndicatorStatus, ...]:
    """The status of every row and period, in the plan's order, on the terms that are named, else on the plan's own.

    `as_at` is the day by which an action may be overdue; without it none is. `amber_within_pct` is how far, in per cent
    of the target, a miss may go and still be amber: 0 to 100. Raises UsageError beyond that. A numerator
    or denominator below `small_number` is marked.
    """
    from wardmote.evidence.targets.assess import assess_plan

    terms = settle_terms(plan, as_at=as_at, amber_within_pct=amber_within_pct, small_number=small_number)
    return assess_plan(plan, settings=_make_settings(terms), as_at=terms.as_at)


def settle_terms(
    plan: Plan,
    *,
    as_at: date | None = None,
    amber_within_pct: float | None = None,
    small_number: float | None = None,
) -> Terms:
    """The terms on which a plan is judged: what is named, else what its file states, else ours.

    What is named holds for every period; what the file states of earlier periods holds for those.
    Raises UsageError for a tolerance below 0 or above 100 per cent.
    """
    from wardmote.evidence.targets.plan import EarlierTerms, Terms

    held = plan.terms
    amber = _choose(amber_within_pct, held.amber_within_pct, AMBER_WITHIN_PCT)
    _check_amber(amber)
    earlier = tuple(
        EarlierTerms(
            one.until, _choose(amber_within_pct, one.amber_within_pct), _choose(small_number, one.small_number)
        )
        for one in held.earlier
    )
    return Terms(as_at or held.as_at, amber, _choose(small_number, held.small_number, SMALL_NUMBER), earlier)


def _choose(*offered: float | None) -> float:
    return next(each for each in offered if each is not None)


def _make_settings(terms: Terms) -> Settings:
    from wardmote.evidence.targets.statuses import DEFAULT_SETTINGS

    earlier = tuple((one.until, _set(DEFAULT_SETTINGS, one)) for one in terms.earlier)
    return replace(_set(DEFAULT_SETTINGS, terms), earlier=earlier)


def _set(settings: Settings, terms: Terms | EarlierTerms) -> Settings:
    amber, small = _choose(terms.amber_within_pct, AMBER_WITHIN_PCT), _choose(terms.small_number, SMALL_NUMBER)
    return replace(settings, amber_within_pct=amber, small_number=small)


def _check_amber(amber_within_pct: float) -> None:
    from wardmote.evidence.model.errors import UsageError

    if not 0 <= amber_within_pct <= 100:
        raise UsageError(f"{amber_within_pct:g} per cent of a target is no tolerance", expected="0 to 100")


def list_target_changes(indicator: Indicator) -> tuple[TargetChange, ...]:
    """How the row's target came to be what it is: from what, to what, when, by whom and why; oldest first."""
    from wardmote.evidence.targets import versions

    return versions.list_target_changes(indicator)


def read_target(text: str, *, title: str = "", unit: str = "", polarity: Polarity | None = None) -> TargetReading:
    """What a typed target is understood to promise, what else it may mean, and what is missing. Never raises.

    `title`, `unit` and `polarity` are the indicator's, as far as they are known.
    """
    from wardmote.evidence.targets import readings

    return readings.read_target(text, title=title, unit=unit, polarity=polarity)


def describe_target(target: Target) -> str:
    """A target in words that a councillor reads, without capital or full stop: "at least 85%"."""
    from wardmote.evidence.targets import grammar

    return grammar.describe_target(target)


def explain_status_codes() -> dict[str, dict[str, str]]:
    """The codes of a status in plain words, by their sort: reason_code, why_code, signal."""
    from wardmote.evidence.targets import codes

    return codes.explain_status_codes()


def query_value(
    plan: Plan | Sequence[Indicator],
    indicator: Indicator,
    value: Value,
    *,
    settings: Settings | None = None,
    as_at: date | None = None,
) -> tuple[Query, ...]:
    """What must be asked about a value as it is typed, what is impossible first.

    `plan` holds the other rows, `indicator` what was reported before; a value of the same period in it is taken to be
    replaced. `as_at` is the day of asking. `settings` are the partnership's tolerances, the usual ones where None.
    """
    from wardmote.evidence.targets import queries
    from wardmote.evidence.targets.statuses import DEFAULT_SETTINGS

    return queries.query_value(plan, indicator, value, settings=settings or DEFAULT_SETTINGS, as_at=as_at)


def find_expected_range(
    indicator: Indicator,
    values: Sequence[Value] | None = None,
    *,
    start: date,
    end: date,
    basis: Basis = "quarter",
    measure: str = "",
    whole: float | None = None,
    level: float | None = None,
) -> ExpectedRange | None:
    """Where the row's value for a stretch is likely to lie, to be shown before it is typed; None for a short history.

    `values` is the history where the row itself does not hold it; `whole` the denominator, where it is known already;
    `level` the chance that an honest value lies inside, 0.99 where None.
    """
    from wardmote.evidence.targets import expected

    return expected.find_expected_range(
        indicator, values, start=start, end=end, basis=basis, measure=measure, whole=whole,
        level=expected.EXPECTED_LEVEL if level is None else level,
    )  # fmt: skip


def list_by_urgency(plan: Plan, judged: Sequence[IndicatorStatus]) -> tuple[tuple[Indicator, PeriodStatus], ...]:
    """Each row with its latest status, what to raise first at the top; rows without any status are left out."""
    order = ("red", "amber", "grey", "green")
    pairs = [(row, answer.latest) for row, answer in zip(plan.indicators, judged, strict=True)]
    known = [(row, latest) for row, latest in pairs if latest is not None]
    return tuple(sorted(known, key=lambda pair: order.index(pair[1].status)))


def describe_statuses(plan: Plan, judged: Sequence[IndicatorStatus]) -> list[dict[str, Any]]:
    """The rows and their periods' statuses as plain values."""
    return [
        {
            "id": row.id,
            "title": row.title,
            "plan": row.plan,
            "periods": [_describe_period(period) for period in answer.periods],
            "warnings": [{"rule": w.rule, "sentence": w.sentence, "period": w.period} for w in answer.warnings],
        }
        for row, answer in zip(plan.indicators, judged, strict=True)
    ]


def _describe_period(found: PeriodStatus) -> dict[str, Any]:
    """One period; `reason_code` stands exactly where the status is grey."""
    forecast = found.forecast
    grey = {"reason_code": found.reason_code} if found.status == "grey" else {}
    return {
        "period": found.period,
        "status": found.status,
        **grey,
        "why_code": found.why_code,
        "why": found.why,
        "signal": {"code": found.signal.code, "sentence": found.signal.sentence},
        "warnings": [{"rule": w.rule, "sentence": w.sentence} for w in found.warnings],
        "value": found.value,
        "target": found.target,
        "forecast": {"chance": forecast.chance, "sentence": forecast.sentence} if forecast else None,
        "computed": found.computed,
    }


def write_plan_reports(
    plan: Plan,
    judged: Sequence[IndicatorStatus],
    outs: Iterable[Path],
    *,
    as_at: date | None = None,
    amber_within_pct: float | None = None,
    small_number: float | None = None,
    title: str = "",
) -> None:
    """Write the performance report to each path, in the form that its ending names: html, docx, odt, pdf or xlsx.

    The terms are to be those of the judgement: the report prints them. Raises UsageError for another ending.
    """
    from wardmote.evidence.reports.performance import write_performance_report

    terms = settle_terms(plan, as_at=as_at, amber_within_pct=amber_within_pct, small_number=small_number)
    for out in outs:
        out.parent.mkdir(parents=True, exist_ok=True)
        write_performance_report(plan, judged, out, as_at=terms.as_at, title=title, settings=_make_settings(terms))


def check_plan_reports(outs: Sequence[Path], inputs: Sequence[Path]) -> None:
    """Can reports be written to these paths? Raises UsageError for an unknown form, or a plan's own file."""
    from wardmote.evidence.model.errors import UsageError
    from wardmote.evidence.reports.writers.write import WRITERS

    known = ", ".join(f".{name}" for name in WRITERS)
    sources = {path.resolve() for path in inputs}
    for out in outs:
        if out.suffix.lower().removeprefix(".") not in WRITERS:
            raise UsageError(f"{out.name} is of no known form", expected=f"one of {known}", to_do="Change the ending")
        if out.resolve() in sources:
            raise UsageError("the report would take the plan's place", where=str(out), to_do="Choose another name")


def write_plan_template(path: Path) -> None:
    """Write a plan to be filled, with a fictitious example: .xlsx or .csv. Raises UsageError where a file is there."""
    from wardmote.evidence.sources.action_plan import write_template

    write_template(path)
