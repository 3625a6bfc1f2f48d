"""What the next meeting should talk about: each exception with its reason, by priority."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from wardmote.web.foundation.design.words import say_date
from wardmote.web.plans.interface import Indicator
from wardmote.web.returns.models import Quarter, ReturnVersion
from wardmote.web.returns.performance.core_plan import Judged
from wardmote.web.returns.performance.plans_seen import Choice
from wardmote.web.returns.performance.rows import Row
from wardmote.web.returns.performance.summaries import has_turned_now, list_missing
from wardmote.web.returns.performance.target_changes import describe_changes, describe_ended
from wardmote.web.returns.performance.windows import find_window

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
    for row in judged.rows:
        for kind, reason in (
            *_judge(row, quarter.ends_on if quarter else None),
            *_find_missing(row, missing, quarter),
            *(("target", reason) for reason in changed.get(row.id, ())),
            *((("ended", ended[row.id]),) if row.id in ended else ()),
            *(("revised", reason) for reason in revised.get(row.id, ())),
        ):  # fmt: skip
            found[kind].append(Exceptional(kind, row, reason))
    return {kind: rows for kind, rows in found.items() if rows}


def _judge(row: Row, newest: date | None) -> Iterable[tuple[str, str]]:
    if row.is_red:
        turned = has_turned_now(row, newest)
        before = f" Before: {row.before.status}, {row.before.why}" if turned and row.before else ""
        yield ("turned" if turned else "red"), f"{row.why}.{before}"
    if row.is_grey_twice and row.before is not None:
        yield "grey", f"{row.why}; and in {row.before.period}: {row.before.why}"
    if row.is_overridden:
        yield "set", row.why


def _find_missing(row: Row, missing: set[UUID], quarter: Quarter | None) -> Iterable[tuple[str, str]]:
    if row.id in missing and quarter is not None:
        yield "missing", f"{row.owner or 'Nobody'} owes {quarter.period}, due on {say_date(quarter.due_on)}"


def _read_revised(choice: Choice, records: Sequence[Indicator], *, with_words: bool) -> dict[UUID, list[str]]:
    """What was revised after it was signed off, since the page's quarter opened: both values and why."""
    if choice.newest is None:
        return {}
    rows = ReturnVersion.objects.filter(
        partnership_id=choice.plan.partnership_id, of__indicator__in=records, is_after_sign_off=True,
        submitted_at__gte=choice.newest.opened_at,
    ).select_related("of__quarter")  # fmt: skip
    found: dict[UUID, list[str]] = {}
    for row in rows.order_by("submitted_at"):
        reason = row.reason or "no reason given"
        if not with_words and row.signed_off_at is None:
            reason = "revised, and not signed off yet"
        found.setdefault(row.of.indicator_id, []).append(f"{row.of.quarter.period}: {reason}")
    return found


def write_text(exceptions: dict[str, list[Exceptional]], plan_wide: Sequence[str] = ()) -> str:
    """The exceptions as plain text, to be put into an agenda."""
    lines = [PLAN_WIDE, *(f"- {one}" for one in plan_wide)] if plan_wide else []
    for kind, found in exceptions.items():
        lines += ["", KINDS[kind]]
        lines += [f"- P{one.row.priority_no} {one.row.ref} {one.row.title}: {one.reason}" for one in found]
    return "\n".join(lines).strip() + "\n"
