"""What is changed of the plan in force goes into its revision too, or waits there until somebody has chosen.

Adoption would otherwise undo it without a word. All but `settle_target` is for an action that is writing.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from wardmote.web.foundation.clock import read_now
from wardmote.web.foundation.refusals import RefusedError
from wardmote.web.foundation.writes import writing
from wardmote.web.partnerships.interface import Person
from wardmote.web.plans.actions.locking import hold_plan, hold_record
from wardmote.web.plans.differences import ACTION_KEYS, PRIORITY_KEYS, Keys, match_rows
from wardmote.web.plans.meanwhile import (
    Meanwhile,
    compare_targets,
    find_meanwhile,
    find_revised,
    find_revision,
    find_twin,
    identify,
    list_meanwhile,
)
from wardmote.web.plans.models import Action, Indicator, Plan, PlanRecord, Priority, Target

_KEYS: dict[type[PlanRecord], Keys] = {Priority: PRIORITY_KEYS, Action: ACTION_KEYS}


def carry_target(indicator: Indicator) -> None:
    """Have the revision on its way see a change of this target; one that it changed itself is left to be settled."""
    if (revision := find_revision(indicator.plan)) is None:
        return
    hold_plan(revision)
    found = find_meanwhile(indicator)
    if found is not None and found.unseen and not found.own:
        take_over(found)


def carry_remaining(revision: Plan) -> None:
    """Have a revision see whatever it has not, where nobody has to choose."""
    for found in list_meanwhile(revision):
        if not found.must_choose:
            take_over(found)


def take_over(found: Meanwhile) -> None:
    """Give the row the target's history of the plan in force; what it set itself is withdrawn, and kept to be seen."""
    now = read_now()
    for own in found.own:
        own.withdrawn_at = now
        own.save()
    copies = {identify(row): row for row in found.row.targets.all()}
    for row in sorted(found.in_force.targets.all(), key=lambda target: target.number):
        twin = copies.get(identify(row))
        if twin is None:
            copy_target(row, found.row, reason=row.reason, withdrawn_at=row.withdrawn_at)
            continue
        twin.valid_to, twin.withdrawn_at, twin.reason = row.valid_to, row.withdrawn_at, row.reason
        twin.save()


def keep_own(found: Meanwhile, reason: str) -> None:
    """Leave the row's own target; what was set in the plan in force stands in its history as withdrawn, and why."""
    now = read_now()
    for row in found.unseen:
        said = f"Not taken into version {found.row.plan.version}: {reason.strip()}"
        copy_target(row, found.row, reason=" – ".join(filter(None, (row.reason, said))), withdrawn_at=now)


def copy_target(row: Target, into: Indicator, *, reason: str, withdrawn_at: datetime | None) -> Target:
    """A version of a target in another version of the plan: with who set it, when and why."""
    taken = set(Target.objects.filter(partnership=into.partnership_id, indicator=into).values_list("number", flat=True))
    return Target.objects.create(
        partnership=into.partnership, plan=into.plan, indicator=into, text=row.text, spec=row.spec, also=row.also,
        number=row.number if row.number not in taken else max(taken) + 1, valid_from=row.valid_from,
        valid_to=row.valid_to, set_by=row.set_by, reason=reason, set_at=row.set_at, set_by_person=row.set_by_person,
        withdrawn_at=withdrawn_at,
    )  # fmt: skip


def settle_target(*, indicator: Indicator, keeps_own: bool, by: Person | None, reason: str = "") -> Indicator:
    """Choose for a row of a revision: the target that the revision set, with a reason, or that of the plan in force."""
    if keeps_own and not reason.strip():
        raise RefusedError("Say why the target of the plan in force is not taken over; the reason is shown with it.")
    verb = "plans.target_change_left" if keeps_own else "plans.target_change_taken"
    partnership = indicator.partnership
    with writing(by=by, verb=verb, partnership=partnership, subject=indicator, reason=reason.strip()):
        found = _read_unsettled(indicator)
        if keeps_own:
            keep_own(found, reason)
        else:
            take_over(found)
    return indicator


def _read_unsettled(indicator: Indicator) -> Meanwhile:
    """The row as it stands now, with both plans held: that in force first, as whoever changes a target there does."""
    revised = find_revised(indicator.plan)
    if revised is not None:
        hold_plan(revised)
    hold_record(indicator)
    rows = Indicator.objects.filter(partnership=indicator.partnership_id, plan=revised).prefetch_related("targets")
    twin = find_twin(indicator, rows) if revised is not None else None
    found = compare_targets(indicator, twin) if twin is not None else None
    if found is None or not found.must_choose:
        raise RefusedError("There is nothing to choose any more. Look at the plan again.")
    return found


# ---- what is no target ----------------------------------------------------------------------------------------------


def carry_fields(record: PlanRecord, before: Mapping[str, Any]) -> None:
    """Have the revision's same record take what changed, where the revision had not changed it itself.

    `before` are the fields as they stood; what the revision says otherwise stays, and is listed as changed.
    """
    twin = _find_twin(record)
    if twin is None:
        return
    moved = [name for name, held in before.items() if getattr(twin, name) == held != getattr(record, name)]
    for name in moved:
        setattr(twin, name, getattr(record, name))
    if moved:
        twin.save()


def carry_ending(indicator: Indicator) -> None:
    """Have the revision's same row end too, with the reason; one that the revision ended itself stays as it is."""
    twin = _find_twin(indicator)
    if not isinstance(twin, Indicator) or twin.discontinued_on is not None:
        return
    said = {name: text for name, text in indicator.details.items() if name.startswith("discontinued_")}
    twin.discontinued_on, twin.details = indicator.discontinued_on, {**twin.details, **said}
    twin.save()


def _find_twin(record: PlanRecord) -> PlanRecord | None:
    """The same record in the revision on its way, held."""
    revision = find_revision(record.plan)
    if revision is None:
        return None
    hold_plan(revision)
    if isinstance(record, Indicator):
        return find_twin(record, Indicator.objects.filter(partnership=record.partnership_id, plan=revision))
    if type(record) not in _KEYS:
        return None
    pairs = match_rows(_list(record, record.plan), _list(record, revision), _KEYS[type(record)])
    return next((new for old, new in pairs if old.pk == record.pk), None)


def _list(record: PlanRecord, plan: Plan) -> Iterable[Any]:
    rows = type(record).objects.filter(partnership=record.partnership_id, plan=plan)
    return rows.select_related("priority") if isinstance(record, Action) else rows
