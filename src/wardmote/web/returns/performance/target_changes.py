"""Targets that changed and indicators that ended, by when it was done: a day typed into the past hides nothing."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from wardmote.evidence.interface import decode_target, describe_target
from wardmote.evidence.targets.versions import TargetChange
from wardmote.web.foundation.design.words import say_date
from wardmote.web.plans.interface import Indicator, Target
from wardmote.web.returns.performance.doers import Names, name_doers
from wardmote.web.returns.performance.windows import Window


@dataclass(frozen=True, slots=True)
class Changed:
    """A target, the one whose place it took, and those that it withdrew."""

    old: Target
    new: Target
    withdrawn: tuple[Target, ...]
    was_made: bool  # by a person here; else it stood so in the file that the plan was brought in from


def describe_changes(records: Iterable[Indicator], window: Window, *, with_names: bool) -> dict[UUID, list[str]]:
    """What a page of exceptions says of each indicator whose target changed, in the order in which it was done."""
    found = {record.pk: _find_changes(record, window) for record in records}
    doers = [one.new.set_by_person for changes in found.values() for one in changes]
    names = name_doers(doers, with_names=with_names)
    return {key: [_say(one, names, window) for one in changes] for key, changes in found.items()}


def _find_changes(record: Indicator, window: Window) -> list[Changed]:
    changes = list_changed(list(record.targets.all()))
    return [one for one in changes if window.holds(one.new.set_at if one.was_made else None, one.new.valid_from)]


def list_changed(targets: Sequence[Target]) -> list[Changed]:
    """Every change of one indicator's target, oldest first; those that were themselves withdrawn among them."""
    first_made = min((target.set_at for target in targets), default=None)
    found = []
    for new in sorted(targets, key=lambda target: target.number):
        was_made = new.set_by_person is not None or new.set_at != first_made
        if not was_made and new.withdrawn_at is not None:
            continue
        old = _find_old(new, targets, was_made=was_made)
        if old is not None and (old.spec, old.also) != (new.spec, new.also):
            taken = [one for one in targets if was_made and one.withdrawn_at == new.set_at and one.number < new.number]
            found.append(Changed(old, new, tuple(taken), was_made))
    return found


def _find_old(new: Target, targets: Sequence[Target], *, was_made: bool) -> Target | None:
    """What held on the new one's first day before it was set; else what came first of all."""
    if was_made:
        before = [one for one in targets if one.number < new.number and _stood(one, new.set_at)]
    else:
        before = [one for one in targets if one.withdrawn_at is None and _begin(one) < _begin(new)]
    held = [one for one in before if one.valid_from is None or (new.valid_from and one.valid_from <= new.valid_from)]
    return max(held, key=_begin) if held else min(before, key=_begin, default=None)


def _stood(target: Target, moment: datetime) -> bool:
    """Whether nobody had withdrawn it before a moment."""
    return target.withdrawn_at is None or target.withdrawn_at >= moment


def _begin(target: Target) -> tuple[date, int]:
    return target.valid_from or date.min, target.number


def _say(changed: Changed, names: Names, window: Window) -> str:
    old, new = name_both(changed)
    one = changed.new
    said = TargetChange(old, new, one.valid_from, one.set_by, one.reason).sentence
    if not changed.was_made:
        return said
    who = names[one.set_by_person]
    said += f" Changed on {say_date(one.set_at)} by {who}{_say_counting_back(one, window)}."
    if changed.withdrawn:
        taken = ", ".join(f'"{_name(other)}" (from {say_date(other.valid_from)})' for other in changed.withdrawn)
        said += f" It withdrew {taken}."
    if one.withdrawn_at is not None:
        said += f" It was itself withdrawn on {say_date(one.withdrawn_at)}."
    return said


def _say_counting_back(target: Target, window: Window) -> str:
    if target.valid_from is None:
        return "; it counts back to the beginning"
    return f"; it counts back to {say_date(target.valid_from)}" if target.valid_from < window.since else ""


def name_both(changed: Changed) -> tuple[str, str]:
    """Both targets in the partnership's words; in ours where those are the same and what is judged is not."""
    old, new = _name(changed.old), _name(changed.new)
    return (old, new) if old != new else (_describe(changed.old), _describe(changed.new))


def _name(target: Target) -> str:
    return target.text.strip() or _describe(target)


def _describe(target: Target) -> str:
    return describe_target(decode_target(target.spec))


# ---- ended indicators ------------------------------------------------------------------------------------------------


def describe_ended(records: Iterable[Indicator], window: Window, *, with_names: bool) -> dict[UUID, str]:
    """What a page of exceptions says of each indicator that was discontinued."""
    ended = [(row, *_read_ending(row)) for row in records if row.discontinued_on is not None]
    shown = [(row, at, by) for row, at, by in ended if window.holds(at, row.discontinued_on)]
    names = name_doers([by for _, _, by in shown], with_names=with_names)
    return {row.pk: _say_ended(row, at, names[by]) for row, at, by in shown}


def _read_ending(record: Indicator) -> tuple[datetime | None, UUID | None]:
    """When it was said, and by whom; neither is known of a plan that was brought in."""
    at, by = record.details.get("discontinued_at"), record.details.get("discontinued_by")
    return (datetime.fromisoformat(at) if at else None), (UUID(by) if by else None)


def _say_ended(record: Indicator, at: datetime | None, who: str) -> str:
    made = f" Said on {say_date(at)} by {who}." if at else ""
    reason = record.details.get("discontinued_because", "") or "none was given"
    return f"Discontinued from {say_date(record.discontinued_on)}.{made} The reason given: {reason}"
