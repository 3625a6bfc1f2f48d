"""Targets through time: a change closes the version in force and opens another. Nothing that held is rewritten."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from wardmote.evidence.interface import decode_target, encode_target
from wardmote.evidence.targets.versions import rebase
from wardmote.web.foundation.clock import read_now
from wardmote.web.foundation.writes import writing
from wardmote.web.partnerships.interface import Person
from wardmote.web.plans import policies
from wardmote.web.plans.actions.locking import lock_indicator
from wardmote.web.plans.models import Indicator, Target
from wardmote.web.plans.policies import RefusedError
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

    The version in force ends the day before. A start on or before the first day of the version in force is refused
    unless it is a correction: then the versions that it takes the place of are withdrawn, and kept to be seen.
    """
    policies.check_may_change_target(indicator)
    clean = encode_target(decode_target(dict(spec)))
    kept_also = [encode_target(decode_target(dict(one))) for one in also]
    verb = "plans.target_corrected" if as_correction else "plans.target_changed"
    with writing(by=by, verb=verb, partnership=indicator.partnership, subject=indicator, reason=reason.strip()):
        lock_indicator(indicator)
        history = list_in_force(indicator)
        _check_change(history, clean, valid_from, reason, as_correction)
        for old in history:
            _make_way(old, valid_from)
        return Target.objects.create(
            partnership=indicator.partnership, plan=indicator.plan, indicator=indicator, text=text.strip(), spec=clean,
            number=find_next_number(indicator), also=kept_also, valid_from=valid_from, set_by=set_by.strip(),
            reason=reason.strip(), set_at=read_now(), set_by_person=by.pk if by else None,
        )  # fmt: skip


def list_in_force(indicator: Indicator) -> list[Target]:
    """The versions that are or were in force, oldest first; those that a correction withdrew are left out."""
    rows = Target.objects.filter(partnership=indicator.partnership_id, indicator=indicator, withdrawn_at=None)
    return sorted(rows, key=lambda target: (target.valid_from or date.min, target.number))


def find_next_number(indicator: Indicator) -> int:
    numbers = indicator.targets.values_list("number", flat=True)
    return max(numbers, default=0) + 1


def _check_change(
    history: list[Target], spec: Mapping[str, Any], valid_from: date | None, reason: str, as_correction: bool
) -> None:
    if not history:
        return
    latest = history[-1]
    if not reason.strip():
        raise RefusedError("Say why the target changes; a target moved without a word is a target moved unseen.")
    if valid_from is None and not as_correction:
        raise RefusedError("Say from which day the new target holds.")
    if not as_correction and (valid_from or date.min) <= (latest.valid_from or date.min):
        since = f"{latest.valid_from:%-d %B %Y}" if latest.valid_from else "the beginning"
        raise RefusedError(
            f"The target in force holds since {since}. Let the new one begin later, or say that it corrects a mistake."
        )
    if dict(spec) == latest.spec and valid_from is not None and latest.valid_to is None:
        raise RefusedError("The target in force says the same; nothing would change.")


def _make_way(old: Target, valid_from: date | None) -> None:
    """End an old version the day before the new one begins, or withdraw it where it began no earlier."""
    first, last = old.valid_from or date.min, old.valid_to or date.max
    if valid_from is None or first >= valid_from:
        old.withdrawn_at = read_now()
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
