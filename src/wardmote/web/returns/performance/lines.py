"""An indicator's values as a line to draw: which belong together, where they break off, what was promised of each."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from wardmote.evidence.targets.plan import Indicator as CoreRow
from wardmote.evidence.targets.plan import Value
from wardmote.evidence.targets.statuses import IndicatorStatus

_NO_POINT = ("missing", "not_due", "discontinued", "suppressed", "proxy", "projected", "suspect")
#: A percentage is one whether or not its counts are known.
_SAME_SHAPE = {"x_of_y": "percent"}


@dataclass(frozen=True, slots=True)
class Line:
    """Points of equal stretches, oldest first; a gap is None. `breaks` says what changed before a point."""

    periods: tuple[str, ...] = ()
    points: tuple[float | None, ...] = ()
    targets: tuple[float | None, ...] = ()
    breaks: Mapping[int, str] | None = None
    notes: tuple[str, ...] = ()  # of each point: provisional, and whatever else a reader must know

    @property
    def has_points(self) -> bool:
        return any(point is not None for point in self.points)


def draw_up_line(row: CoreRow, status: IndicatorStatus) -> Line:
    """The row's longest story: the values of the basis and shape that was reported last."""
    values = _choose_alike(row.values)
    by_period = {found.period: found for found in status.periods}
    targets = [by_period[value.period].target if value.period in by_period else None for value in values]
    points = [_find_point(value) for value in values]
    return Line(
        tuple(value.period for value in values),
        tuple(points),
        tuple(targets),
        _find_breaks(values, status),
        tuple(_note(value) for value in values),
    )


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


def _note(value: Value) -> str:
    return {"provisional": "provisional", "projected": "foretold", "suspect": "in doubt"}.get(value.state, "")
