"""What returns have to say to papers: texts signed off, what never came, changed targets, every submission."""

from datetime import date
from typing import Any
from uuid import UUID

from wardmote.evidence.interface import decode_value
from wardmote.evidence.targets.accounts import Lacking, Said, Submission, TargetMove
from wardmote.web.foundation.clock import read_today
from wardmote.web.foundation.design.words import localise
from wardmote.web.partnerships.interface import Organisation, Partnership, name_people
from wardmote.web.plans.interface import Plan
from wardmote.web.returns.interface import (
    UNSENT,
    ChangeKind,
    Judged,
    ReasonCode,
    Return,
    ReturnState,
    ReturnVersion,
    list_changed,
    name_both,
    say_value,
)


def list_said(judged: Judged) -> tuple[Said, ...]:
    """What was said of each indicator's latest value, where it was signed off."""
    latest = {
        record.ref: max((one for one in found if one.is_signed), key=lambda one: one.ends_on, default=None)
        for record, found in zip(judged.records, judged.reported, strict=True)
    }
    wanted = {one.version_id for one in latest.values() if one is not None}
    versions = ReturnVersion.objects.in_bulk(wanted)
    return tuple(
        Said(ref, one.value.period, row.what_happened, row.so_what, row.what_next)
        for ref, one in latest.items()
        if one is not None and (row := versions[one.version_id]) and (row.what_happened or row.so_what or row.what_next)
    )


def list_moves(judged: Judged, starts_on: date, ends_on: date) -> tuple[TargetMove, ...]:
    """The targets that were changed, or began to count, in a stretch of time."""
    changes = [(record, one) for record in judged.records for one in list_changed(list(record.targets.all()))]
    names = name_people({one.new.set_by_person for _, one in changes if one.was_made})
    found = []
    for record, one in changes:
        made_on = localise(one.new.set_at).date() if one.was_made else None
        begins = one.new.valid_from
        if not any(day is not None and starts_on <= day <= ends_on for day in (made_on, begins)):
            continue
        before, after = name_both(one)
        by = one.new.set_by or (names[one.new.set_by_person] if one.was_made else "")
        found.append(TargetMove(record.ref, record.title, before, after, begins, made_on, by, one.new.reason))
    return tuple(found)


def list_lacking(plan: Plan, starts_on: date, ends_on: date) -> tuple[Lacking, ...]:
    """What was owed for quarters of a stretch and never came, or came without a figure and with a reason."""
    rows = Return.objects.filter(
        partnership=plan.partnership_id,
        indicator__plan__lineage=plan.lineage,
        quarter__ends_on__range=(starts_on, ends_on),
    ).select_related("indicator", "quarter", "organisation", "version")
    found = []
    for row in rows.order_by("quarter__ends_on", "indicator__number", "indicator__ref"):
        why = _say_lacking(row)
        if why:
            who = row.organisation.name if row.organisation else ""
            found.append(Lacking(row.indicator.ref, row.indicator.title, row.quarter.period, who, why))
    return tuple(found)


def _say_lacking(row: Return) -> str:
    """Why there is no figure; empty where there is one, or where none is asked for any more."""
    if row.state in UNSENT:
        late = " and is overdue" if row.quarter.due_on < read_today() else ""
        return f"It has not been returned{late}"
    if row.version is None or row.state == ReturnState.CLOSED:
        return ""
    code = row.version.reason_code
    return str(ReasonCode(code).label) if code in ReasonCode.values and code != ReasonCode.NIL else ""


def list_submissions(partnership: Partnership, agency: Organisation) -> tuple[tuple[Submission, ...], frozenset[UUID]]:
    """Every value that an agency ever submitted, by indicator and quarter; and the keys of those that count now."""
    rows = ReturnVersion.objects.filter(partnership=partnership, of__organisation=agency).select_related(
        "of__indicator", "of__quarter", "of__version"
    )
    ordered = list(rows.order_by("of__indicator__ref", "of__quarter__ends_on", "of__quarter__period", "number"))
    names = name_people({row.submitted_by for row in ordered} | {row.signed_off_by for row in ordered})
    current = frozenset(row.pk for row in ordered if row.of.version_id == row.pk)
    return tuple(_describe(row, names, is_current=row.pk in current) for row in ordered), current


def _describe(row: ReturnVersion, names: dict[Any, str], *, is_current: bool) -> Submission:
    indicator = row.of.indicator
    return Submission(
        indicator.ref, indicator.title, row.of.quarter.period, row.number, say_value(decode_value(row.value)),
        str(ChangeKind(row.kind).label), localise(row.submitted_at).date(),
        names[row.submitted_by] if row.submitted_by else "",
        localise(row.signed_off_at).date() if row.signed_off_at else None,
        _say_signer(row, names), row.reason, is_current,
    )  # fmt: skip


def _say_signer(row: ReturnVersion, names: dict[Any, str]) -> str:
    """Who signed a value off; of one that was taken over, that it stood so in the document it came from."""
    if row.signed_off_at:
        return names[row.signed_off_by]
    return "taken over as it stood" if row.kind == ChangeKind.IMPORTED else ""
