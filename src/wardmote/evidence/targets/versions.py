"""Which target was in force on a day, how it came to change, and how a base is moved openly."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise

from wardmote.evidence.model.errors import Fault, UsageError
from wardmote.evidence.targets.kinds import (
    Base,
    NoChange,
    PointsChange,
    RelativeChange,
    TargetVersion,
    Trajectory,
)
from wardmote.evidence.targets.plan import Indicator
from wardmote.evidence.targets.wording import write_number

_Rebased = RelativeChange | PointsChange | NoChange | Trajectory


@dataclass(frozen=True, slots=True)
class TargetChange:
    """One target giving way to another. `is_silent`: nobody wrote down why."""

    from_text: str
    to_text: str
    on: date | None
    by: str
    reason: str

    @property
    def is_silent(self) -> bool:
        return not self.reason.strip()

    @property
    def sentence(self) -> str:
        """The change as a person reads it.

        >>> TargetChange("70%", "65% and 75%", date(2015, 4, 1), "", "").sentence
        'The target went from "70%" to "65% and 75%" on 1 April 2015; no reason was given.'
        """
        when = f" on {_write_day(self.on)}" if self.on else ""
        who = f", set by {self.by}" if self.by else ""
        why = "no reason was given" if self.is_silent else f"the reason given: {self.reason.strip()}"
        return f'The target went from "{self.from_text}" to "{self.to_text}"{when}{who}; {why}.'


def list_versions(indicator: Indicator) -> list[TargetVersion]:
    """List the versions in the order in which they came into force."""
    return sorted(indicator.targets, key=_first_day)


def find_version_in_force(indicator: Indicator, day: date | None) -> TargetVersion | None:
    """Which version of the target was in force on a day?

    An unknown day is answered by the version without an end. Where two overlap, the one that began later governs:
    it was written knowing the other. None where none was in force; `check_versions` says so beforehand.
    """
    in_force = [version for version in indicator.targets if version.holds_on(day)]
    return max(in_force, key=_first_day) if in_force else None


def check_versions(indicator: Indicator) -> tuple[Fault, ...]:
    """Do the versions of the target follow one another without overlap, gap or a start after their end?

    Two versions without any dates overlap for ever. Returns every fault; an indicator without a target has none.
    """
    ordered = list_versions(indicator)
    faults = [_fault_turned(indicator, version) for version in ordered if _last_day(version) < _first_day(version)]
    for earlier, later in pairwise(ordered):
        if _last_day(earlier) >= _first_day(later):
            faults.append(_fault_overlap(indicator, earlier, later))
        elif _last_day(earlier) + timedelta(days=1) < _first_day(later):
            faults.append(_fault_gap(indicator, earlier, later))
    return tuple(faults)


def list_target_changes(indicator: Indicator) -> tuple[TargetChange, ...]:
    """How did the target come to be what it is: from what, to what, when, by whom and why?

    Oldest first. A version that says the same as the one before it, in words and in value, is no change.
    """
    ordered = list_versions(indicator)
    return tuple(_describe_change(old, new) for old, new in pairwise(ordered) if old.target != new.target)


def rebase(indicator: Indicator, new_base: float, reason: str, by: str, on: date) -> TargetVersion:
    """What does the target become when its base is moved to a new value from a day on?

    Parameters
    ----------
    indicator : the row whose target in force on that day is measured from a base.
    new_base : the new base, in the measure's unit. The promised change (5%, 2 points) stays; its level moves.
    reason, by : why, and who decided. Both must be said: a base moved without a word is a target moved unseen.
    on : the first day of the new version.

    Returns
    -------
    TargetVersion : the new version; `replace_version` puts it into the row and ends the old one.

    Raises
    ------
    UsageError : no reason or nobody named, or no target with a base is in force on that day.
    """
    if not reason.strip() or not by.strip():
        raise UsageError(
            f"the base of {indicator.id} was to be moved without {'a reason' if not reason.strip() else 'a name'}",
            expected="the reason, and who decided it",
            to_do="Say why the old base no longer serves, such as a change of recording, and who agreed.",
        )
    version = find_version_in_force(indicator, on)
    if version is None or not isinstance(version.target, _Rebased):
        raise UsageError(
            f"{indicator.id} has no target with a base on {_write_day(on)}",
            expected="a target measured from a base, such as 5% on last year",
            to_do="Give it a new target instead.",
        )
    target = _move_base(version.target, new_base, on)
    text = f"{version.text} (base moved to {write_number(new_base)})".strip()
    return TargetVersion(target, text, valid_from=on, set_by=by, reason_for_change=reason)


def replace_version(indicator: Indicator, version: TargetVersion) -> Indicator:
    """Return the row with this version in force from its first day; the version before it ends the day before.

    Versions that would have begun on that day or later are superseded and left out. Raises UsageError where the new
    version has no first day.
    """
    if version.valid_from is None:
        raise UsageError("a target version without a first day", expected="the day from which it holds")
    eve = version.valid_from - timedelta(days=1)
    kept = [old for old in indicator.targets if _first_day(old) < version.valid_from]
    ended = [replace(old, valid_to=min(_last_day(old), eve)) for old in kept]
    return replace(indicator, targets=(*ended, version))


def _move_base(target: _Rebased, new_base: float, on: date) -> _Rebased:
    if isinstance(target, Trajectory):
        factor = new_base / target.baseline if target.baseline else 1.0  # from nothing no share can be kept
        steps = {year: level * factor for year, level in target.steps.items()}
        step = None if target.annual_step is None else target.annual_step * factor
        return replace(target, baseline=new_base, end_value=target.end_value * factor, steps=steps, annual_step=step)
    base: Base = replace(target.base, value=new_base, by_period={}, is_derived=False, moved_on=on)
    if isinstance(target, PointsChange):
        return replace(target, base=base, resulting=new_base + target.points)
    return replace(target, base=base)


def _describe_change(old: TargetVersion, new: TargetVersion) -> TargetChange:
    return TargetChange(_write_version(old), _write_version(new), new.valid_from, new.set_by, new.reason_for_change)


def _write_version(version: TargetVersion) -> str:
    return version.text.strip() or f"an unworded {type(version.target).__name__}"


def _first_day(version: TargetVersion) -> date:
    return version.valid_from or date.min


def _last_day(version: TargetVersion) -> date:
    return version.valid_to or date.max


def _fault_turned(indicator: Indicator, version: TargetVersion) -> Fault:
    return Fault(
        f'the target "{_write_version(version)}" ends before it begins',
        where=_where(indicator),
        expected="a last day on or after the first",
        to_do="Look at the two dates; one may be in the other's place.",
        code="target_dates",
    )


def _fault_overlap(indicator: Indicator, earlier: TargetVersion, later: TargetVersion) -> Fault:
    return Fault(
        f'the targets "{_write_version(earlier)}" and "{_write_version(later)}" are in force at once',
        where=_where(indicator),
        expected="one target on any day",
        to_do=f"End the first the day before {_write_day(later.valid_from) or 'the second begins'}.",
        code="target_overlap",
    )


def _fault_gap(indicator: Indicator, earlier: TargetVersion, later: TargetVersion) -> Fault:
    days = f"from {_write_day(_last_day(earlier) + timedelta(days=1))} until {_write_day(later.valid_from)}"
    return Fault(
        f"no target is in force {days}",
        where=_where(indicator),
        expected="each target to begin the day after the one before it ends",
        to_do="Say what held then, or that nothing did.",
        severity="warning",
        code="target_gap",
    )


def _where(indicator: Indicator) -> str:
    return f"{indicator.id} ({indicator.source})" if indicator.source else indicator.id


def _write_day(day: date | None) -> str:
    return f"{day.day} {day:%B %Y}" if day else ""
