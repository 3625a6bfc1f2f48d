"""What a plan's workbook cannot say that its JSON says: which rows read back otherwise, and what it leaves out."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from wardmote.evidence.targets.assess import assess_plan
from wardmote.evidence.targets.plan import Indicator, Plan
from wardmote.evidence.targets.plan_file import PlanFile


@dataclass(frozen=True, slots=True)
class Loss:
    """One kind of thing that is lost: how many, and the ids of the rows where it is rows."""

    what: str
    count: int
    rows: tuple[str, ...] = ()


def list_losses(plan_file: PlanFile, back: Plan) -> tuple[Loss, ...]:
    """What differs between a plan and the same plan `back` from its workbook."""
    again = {row.id: row for row in back.indicators}
    rows = plan_file.plan.indicators
    ours, theirs = _judge(plan_file.plan), _judge(back)
    otherwise = tuple(row.id for row in rows if ours[row.id] != theirs.get(row.id))
    found = [Loss("rows that this workbook gives another status", len(otherwise), otherwise)]
    for what, describe in _OF_ROWS.items():
        lost = tuple(row.id for row in rows if row.id not in again or describe(row) != describe(again[row.id]))
        found.append(Loss(what, len(lost), lost))
    beside = {
        "priorities with their aims and programmes": plan_file.priorities, "actions": plan_file.actions,
        "risks": plan_file.risks, "lines of the cross-walk": plan_file.crosswalk,
        "consultations": plan_file.consultations, "gates of approval": plan_file.gates,
    }  # fmt: skip
    found += [Loss(what, len(held)) for what, held in beside.items()]
    return tuple(loss for loss in found if loss.count)


def _judge(plan: Plan) -> dict[str, list[str]]:
    """The colours of each row, however its periods are called."""
    judged = assess_plan(plan, as_at=plan.terms.as_at)
    return {row.id: sorted(one.status for one in row.periods) for row in judged}


def _describe_targets(row: Indicator) -> object:
    return [(one.target, one.also, one.valid_from, one.valid_to) for one in row.targets]


def _describe_values(row: Indicator) -> object:
    return Counter(
        (one.start, one.end, one.state, one.basis, one.best, one.text, one.part, one.whole, one.missing_reason)
        for one in row.values
    )


def _describe_overrides(row: Indicator) -> object:
    return row.overrides


def _describe_rest(row: Indicator) -> object:
    return row.lag, row.discontinued_on, row.withdrawn, dict(row.extra)


_OF_ROWS: dict[str, Callable[[Indicator], object]] = {
    "rows whose target is written in a simpler form": _describe_targets,
    "rows with values that the columns cannot hold": _describe_values,
    "rows with a status set by hand that the columns cannot hold": _describe_overrides,
    "rows with a lag, a last day, a definition or the like": _describe_rest,
}
