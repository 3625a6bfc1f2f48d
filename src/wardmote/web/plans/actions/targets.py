"""Targets through time: a change closes the version in force and opens another. Nothing that held is rewritten."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from wardmote.evidence.interface import decode_target, encode_target
from wardmote.evidence.targets.versions import rebase
from wardmote.web.foundation.clock import read_now
from wardmote.web.foundation.refusals import RefusedError
from wardmote.web.foundation.writes import writing
from wardmote.web.partnerships.interface import Person
from wardmote.web.plans import policies
from wardmote.web.plans.actions.carrying import carry_target
from wardmote.web.plans.actions.locking import lock_indicator
from wardmote.web.plans.models import Indicator, Target
from wardmote.web.plans.structure.exporting import to_core_indicator


def change_target(
    *,
    indicator: Indicator,
    spec: Mapping[str, Any],
    text: str,
    valid_from: date | None,
    by: Person | None,
    reason: str = "",
    set_by: str = "",
    also: Sequence[Mapping[str, Any]] = (),
    as_correction: bool = False,
) -> Target:
    """Set the indicator's target from a day on. `spec` is the typed target as the core encodes it, `text` the words.

    The version that held on that day ends the day before. A version that begins later stays as it was decided: the new
    one holds until the day before it. A start on the first day of another version, or before the first of all, is
    refused unless it is a correction: then the versions that it takes the place of are withdrawn, and kept to be seen.
    """
    policies.check_may_change_target(indicator)
    clean = encode_target(decode_target(dict(spec)))
    kept_also = [encode_target(decode_target(dict(one))) for one in also]
    verb = "plans.target_corrected" if as_correction else "plans.target_changed"
    with writing(by=by, verb=verb, partnership=indicator.partnership, subject=indicator, reason=reason.strip()):
        lock_indicator(indicator)
        history = list_in_force(indicator)
        _check_change(history, clean, valid_from, reason, as_correction)
        _check_within(indicator, valid_from)
        later, now = None if as_correction else find_scheduled_after(history, valid_from), read_now()
        for old in history:
            if later is None or (old.valid_from or date.min) < (later.valid_from or date.min):
                _make_way(old, valid_from, now)
        made = Target.objects.create(
            partnership=indicator.partnership, plan=indicator.plan, indicator=indicator, text=text.strip(), spec=clean,
            number=find_next_number(indicator), also=kept_also, valid_from=valid_from, set_by=set_by.strip(),
            valid_to=later.valid_from - timedelta(days=1) if later is not None and later.valid_from else None,
            reason=reason.strip(), set_at=now, set_by_person=by.pk if by else None,
        )  # fmt: skip
        carry_target(indicator)
        return made


def list_in_force(indicator: Indicator) -> list[Target]:
    """The versions that are or were in force, oldest first; those that a correction withdrew are left out."""
    rows = Target.objects.filter(partnership=indicator.partnership_id, indicator=indicator, withdrawn_at=None)
    return sorted(rows, key=lambda target: (target.valid_from or date.min, target.number))


def find_scheduled_after(history: Sequence[Target], valid_from: date | None) -> Target | None:
    """The first version that begins after a day and stays where another one is put before it."""
    if valid_from is None:
        return None
    return next((row for row in history if row.valid_from is not None and row.valid_from > valid_from), None)


def find_next_number(indicator: Indicator) -> int:
    numbers = indicator.targets.values_list("number", flat=True)
    return max(numbers, default=0) + 1


def _check_change(
    history: list[Target], spec: Mapping[str, Any], valid_from: date | None, reason: str, as_correction: bool
) -> None:
    if not history:
        return
    if not reason.strip():
        raise RefusedError("Say why the target changes; a target moved without a word is a target moved unseen.")
    if valid_from is None and not as_correction:
        raise RefusedError("Say from which day the new target holds.")
    if not as_correction:
        _check_start(history, valid_from)
    before = [row for row in history if valid_from is not None and (row.valid_from or date.min) <= valid_from]
    if before and dict(spec) == before[-1].spec and (before[-1].valid_to is None or len(before) < len(history)):
        raise RefusedError("The target that holds on that day says the same; nothing would change.")


def _check_within(indicator: Indicator, valid_from: date | None) -> None:
    ends_on = indicator.plan.ends_on
    if valid_from is not None and valid_from > ends_on:
        raise RefusedError(
            f"The plan ends on {ends_on:%-d %B %Y}: a target from {valid_from:%-d %B} {valid_from.year} would hold on "
            "no day of it."
        )


def _check_start(history: list[Target], valid_from: date | None) -> None:
    """A start between two versions is fine; on the first day of one, or before all of them, it is a correction."""
    starts, first = [row.valid_from or date.min for row in history], history[0]
    day = valid_from or date.min
    if day in starts:
        raise RefusedError(
            f"A target is set from {day:%-d %B %Y} already. Choose another day, or say that this corrects a mistake."
        )
    if day < starts[0]:
        raise RefusedError(
            f"The first target holds from {first.valid_from:%-d %B %Y}. Let the new one begin later, or say that it "
            "corrects a mistake."
        )


def _make_way(old: Target, valid_from: date | None, now: datetime) -> None:
    """End an old version the day before the new one begins, or withdraw it where it began no earlier.

    It is withdrawn at the very moment at which the new one is set: that tells which took its place.
    """
    first, last = old.valid_from or date.min, old.valid_to or date.max
    if valid_from is None or first >= valid_from:
        old.withdrawn_at = now
        old.save()
    elif last >= valid_from:
        old.valid_to = valid_from - timedelta(days=1)
        old.save()


def rebase_target(
    *, indicator: Indicator, new_base: float, valid_from: date, reason: str, set_by: str, by: Person | None
) -> Target:
    """Measure the promised change from another base from a day on; the change itself stays. Raises UsageError."""
    policies.check_may_change_target(indicator)
    version = rebase(to_core_indicator(indicator), new_base, reason, set_by, valid_from)
    return change_target(
        indicator=indicator, spec=encode_target(version.target), text=version.text, valid_from=valid_from, by=by,
        reason=reason, set_by=set_by,
    )  # fmt: skip
