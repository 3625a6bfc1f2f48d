"""What the next meeting should talk about: each exception with its reason, by priority."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from wardmote.evidence.targets.statuses import IndicatorStatus
from wardmote.web.foundation.design.words import say_date
from wardmote.web.plans.interface import Indicator, Plan
from wardmote.web.returns.models import Quarter, Query, ReturnVersion
from wardmote.web.returns.performance.core_plan import Judged
from wardmote.web.returns.performance.past import list_past_plans, until_superseded
from wardmote.web.returns.performance.plans_seen import Choice
from wardmote.web.returns.performance.rows import Row
from wardmote.web.returns.performance.summaries import has_turned_in, list_missing
from wardmote.web.returns.performance.target_changes import describe_changes, describe_ended
from wardmote.web.returns.performance.windows import find_window
from wardmote.web.returns.states import REOPENED

#: The kinds, in the order in which a meeting takes them.
KINDS = {
    "turned": "Turned red",
    "red": "Red for longer",
    "grey": "Grey two periods running",
    "missing": "No return",
    "target": "Target changed",
    "ended": "Indicator discontinued",
    "set": "Status set by hand",
    "revised": "Revised after sign-off",
}

PLAN_WIDE = "Changed for the whole plan"


@dataclass(frozen=True, slots=True)
class Exceptional:
    """One indicator's one exception. A row may stand under several kinds, and says of each why."""

    kind: str
    row: Row
    reason: str


def list_exceptions(judged: Judged, choice: Choice, *, with_words: bool = False) -> dict[str, list[Exceptional]]:
    """The exceptions by kind, each kind in the plan's order; kinds without any are left out.

    `with_words`: with the reasons of revisions that nobody has signed off yet, and the names of who changed what.
    """
    quarter, window = choice.newest, find_window(judged, choice)
    missing, revised = list_missing(choice), _read_revised(choice, judged.records, with_words=with_words)
    changed = describe_changes(judged.records, window, with_names=with_words)
    ended = describe_ended(judged.records, window, with_names=with_words)
    found: dict[str, list[Exceptional]] = {kind: [] for kind in KINDS}
    for row, status in zip(judged.rows, judged.statuses, strict=True):
        for kind, reason in (
            *_judge(row, status, quarter, is_missing=row.id in missing),
            *_find_missing(row, missing, quarter),
            *(("target", reason) for reason in changed.get(row.id, ())),
            *((("ended", ended[row.id]),) if row.id in ended else ()),
            *(("revised", reason) for reason in revised.get(row.id, ())),
        ):  # fmt: skip
            found[kind].append(Exceptional(kind, row, reason))
    return {kind: rows for kind, rows in found.items() if rows}


def _judge(
    row: Row, status: IndicatorStatus, quarter: Quarter | None, *, is_missing: bool
) -> Iterable[tuple[str, str]]:
    """Each figure with its period before it: what was returned last need not be of the quarter that is looked at."""
    said = f"{row.judged_period}: {row.why}"
    if row.is_red and has_turned_in(row, quarter):
        before = f" Before, {row.before.period}: {row.before.status}, {row.before.why}" if row.before else ""
        yield "turned", f"{said}.{before}"
    elif row.is_red:
        yield "red", f"{said}.{_say_still_red(status, quarter if is_missing else None)}"
    if row.is_grey_twice and row.before is not None:
        yield "grey", f"{said}; and in {row.before.period}: {row.before.why}"
    if row.is_overridden:
        yield "set", said


def _say_still_red(status: IndicatorStatus, missing: Quarter | None) -> str:
    """' Still red since 2026/27Q1; nothing returned for 2026/27Q2'; nothing where it is red for the first time."""
    first = ""
    for one in reversed(status.periods):
        if one.status != "red":
            break
        first = one.period
    if missing is not None:
        return f" Still red since {first}; nothing returned for {missing.period}"
    return f" Still red since {first}" if first and first != status.periods[-1].period else ""


def _find_missing(row: Row, missing: set[UUID], quarter: Quarter | None) -> Iterable[tuple[str, str]]:
    if row.id in missing and quarter is not None:
        yield "missing", f"{row.owner or 'Nobody'} owes {quarter.period}, due on {say_date(quarter.due_on)}"


def _read_revised(choice: Choice, records: Sequence[Indicator], *, with_words: bool) -> dict[UUID, list[str]]:
    """What was revised after it was signed off, since the page's quarter opened: both values and why."""
    if choice.newest is None:
        return {}
    rows = ReturnVersion.objects.filter(
        until_superseded(choice.plan, plan_field="of__indicator__plan", quarter_field="of__quarter"),
        partnership_id=choice.plan.partnership_id, of__indicator__series__in={record.series for record in records},
        of__indicator__plan__in=_list_lineage(choice.plan), is_after_sign_off=True,
        submitted_at__gte=choice.newest.opened_at,
    ).select_related("of__quarter", "of__indicator")  # fmt: skip
    versions = list(rows.order_by("submitted_at"))
    asked = _read_reopened(versions)
    found: dict[UUID, list[str]] = {}
    for row in versions:
        record = find_same(row.of.indicator, records)
        if record is not None:
            said = _say_revised(row, asked.get(row.pk, ""), with_words=with_words)
            found.setdefault(record.pk, []).append(f"{row.of.quarter.period}: {said}")
    return found


def _list_lineage(plan: Plan) -> list[Plan]:
    """The versions of the plan that its values stand in: a return goes on belonging to the version it was made for."""
    return [other for other in list_past_plans(plan) if other.lineage == plan.lineage]


def find_same(indicator: Indicator, records: Iterable[Indicator]) -> Indicator | None:
    """The row of a plan that an indicator of another version of it stands for."""
    alike = [record for record in records if record.series == indicator.series]
    named = (record for record in alike if indicator.pk == record.pk or indicator.ref == record.ref)
    return next(named, alike[0] if len(alike) == 1 else None)


def _read_reopened(versions: Sequence[ReturnVersion]) -> dict[UUID, str]:
    """Why each return was reopened last before a version of it was submitted."""
    asked = Query.objects.filter(of__in={row.of_id for row in versions}, rule=REOPENED).order_by("asked_at")
    by_return: dict[UUID, list[Query]] = {}
    for query in asked:
        by_return.setdefault(query.of_id, []).append(query)
    return {
        row.pk: query.question
        for row in versions
        for query in by_return.get(row.of_id, ())
        if query.asked_at <= row.submitted_at
    }


def _say_revised(row: ReturnVersion, asked: str, *, with_words: bool) -> str:
    """Why it was reopened, and what was said of the figure that came of it, each by its name."""
    if not with_words and row.signed_off_at is None:
        return "revised, and not signed off yet"
    if not asked or asked.strip() == row.reason.strip():
        return asked or row.reason or "no reason given"
    return f"{asked} Explanation of the new figure: {row.reason}" if row.reason else asked


def write_text(exceptions: dict[str, list[Exceptional]], plan_wide: Sequence[str] = ()) -> str:
    """The exceptions as plain text, to be put into an agenda."""
    lines = [PLAN_WIDE, *(f"- {one}" for one in plan_wide)] if plan_wide else []
    for kind, found in exceptions.items():
        lines += ["", KINDS[kind]]
        lines += [f"- P{one.row.priority_no} {one.row.ref} {one.row.title}: {one.reason}" for one in found]
    return "\n".join(lines).strip() + "\n"
