"""An indicator's values as a line to draw: which belong together, where they break off, what was promised of each."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise
from typing import Any

from wardmote.evidence.targets.kinds import CountPerPeriod
from wardmote.evidence.targets.plan import Indicator as CoreRow
from wardmote.evidence.targets.plan import Value
from wardmote.evidence.targets.status.counts import add_up_so_far
from wardmote.evidence.targets.status.spans import find_span
from wardmote.evidence.targets.statuses import IndicatorStatus, PeriodStatus

_NO_POINT = ("missing", "not_due", "discontinued", "suppressed", "proxy", "projected", "suspect")
#: A percentage is one whether or not its counts are known.
_SAME_SHAPE = {"x_of_y": "percent"}


@dataclass(frozen=True, slots=True)
class Line:
    """Points of equal stretches, oldest first; a gap is None. `breaks` says what changed before a point.

    Where a promise is for a longer stretch than a value covers, the points are totals so far, as they were judged, and
    `alone` holds each period's own figure. A count begins anew at each of `restarts`.
    """

    periods: tuple[str, ...] = ()
    points: tuple[float | None, ...] = ()
    targets: tuple[float | None, ...] = ()
    breaks: Mapping[int, str] | None = None
    alone: tuple[float | None, ...] = ()
    restarts: tuple[int, ...] = ()

    @property
    def has_points(self) -> bool:
        return any(point is not None for point in self.points)


def draw_up_line(row: CoreRow, status: IndicatorStatus) -> Line:
    """The row's longest story: the values of the basis and shape that was reported last."""
    values = _choose_alike(row.values)
    by_period = {found.period: found for found in status.periods}
    targets = [by_period[value.period].target if value.period in by_period else None for value in values]
    points = tuple(_find_point(value) for value in values)
    line = Line(tuple(value.period for value in values), points, tuple(targets), _find_breaks(values, status))
    year = _find_added(row) if any(found.counted for found in status.periods) else None
    return replace(line, **_add_up(row, values, by_period, year)) if year else line


def _find_added(row: CoreRow) -> CountPerPeriod | None:
    """The promise of a number for a stretch of time, the newest; it tells how earlier values add up."""
    found = (one.target for one in reversed(row.targets))
    return next((target for target in found if isinstance(target, CountPerPeriod)), None)


def _add_up(
    row: CoreRow, values: list[Value], by_period: Mapping[str, PeriodStatus], target: CountPerPeriod
) -> dict[str, Any]:
    """The line of totals so far: what was judged, and for periods before the promise the same sum without a target."""
    totals = tuple(_find_total(row, value, by_period.get(value.period), target) for value in values)
    first_days = [find_span(value.end, target.span)[0] if value.end else None for value in values]
    restarts = tuple(at for at, (before, day) in enumerate(pairwise(first_days), start=1) if before != day)
    return {"points": totals, "alone": tuple(_find_point(value) for value in values), "restarts": restarts}


def _find_total(row: CoreRow, value: Value, found: PeriodStatus | None, target: CountPerPeriod) -> float | None:
    if _find_point(value) is None:
        return None
    if found is not None and found.counted:
        return found.value
    return add_up_so_far(value, [other for other in row.values if other is not value], target)


def _choose_alike(values: tuple[Value, ...]) -> list[Value]:
    """The values of one stretch and shape, one for each day they end on: of several the last reported."""
    dated = [value for value in values if value.end is not None]
    known = [value for value in dated if _find_point(value) is not None]
    if not known:
        return []
    model = max(known, key=lambda value: value.end or date.min)
    alike = {value.end: value for value in dated if _is_alike(value, model)}
    return sorted(alike.values(), key=lambda value: value.end or date.min)


def _is_alike(value: Value, model: Value) -> bool:
    if value.best is None:  # a gap has no shape to go by
        return value.basis == model.basis
    return value.basis == model.basis and _name_shape(value) == _name_shape(model)


def _name_shape(value: Value) -> str:
    return _SAME_SHAPE.get(value.shape, value.shape)


def _find_point(value: Value) -> float | None:
    return None if value.state in _NO_POINT else value.best


def _find_breaks(values: list[Value], status: IndicatorStatus) -> dict[int, str]:
    """Where a value counts something else than the one before it."""
    warned = {
        warning.period: warning.sentence
        for found in (status.warnings, *(period.warnings for period in status.periods))
        for warning in found
        if warning.rule == "definition_changed" and warning.period
    }
    breaks = {place: warned[value.period] for place, value in enumerate(values) if value.period in warned and place}
    known = [(place, value) for place, value in enumerate(values) if _find_point(value) is not None]
    for (_, before), (place, value) in pairwise(known):
        if before.measure.strip().casefold() != value.measure.strip().casefold():
            breaks.setdefault(place, f"from here it counts {value.measure or 'what the plan names'}")
    return breaks


def explain_no_line(row: CoreRow) -> str:
    """Why there is nothing to draw: nothing was reported, or what was reported is no single number."""
    said = [value for value in row.values if value.state not in _NO_POINT]
    if not said:
        return "No values yet"
    if any(value.parts for value in said):
        return "Several figures: not drawn as one line"
    if any(value.checks for value in said) or any(value.text for value in said):
        return "Steps, not figures: nothing to draw"
    return "No figures to draw"
