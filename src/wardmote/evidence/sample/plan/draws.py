"""Figures that earn the colour that was planned for them, against the target that was then in force."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from wardmote.evidence.model.errors import DefinitionError
from wardmote.evidence.sample.plan.stretches import Stretch
from wardmote.evidence.targets.kinds import (
    Benchmark,
    CohortShare,
    CountPerPeriod,
    Frequency,
    NoChange,
    Operator,
    PointsChange,
    RelativeChange,
    Target,
    Threshold,
    Trajectory,
)
from wardmote.evidence.targets.status.levels import find_colour, is_floor
from wardmote.evidence.targets.status.spans import find_span
from wardmote.evidence.targets.status.trajectories import find_allowed, find_middle
from wardmote.evidence.targets.statuses import Colour

#: What a letter of a row's `colours` stands for. "-" is a figure that gets no colour.
COLOURS: Mapping[str, Colour | None] = {"G": "green", "A": "amber", "R": "red", "-": None}
#: By which share of the level a figure of each colour lies on its side of it, least and most.
_MARGINS: Mapping[Colour, tuple[float, float]] = {"green": (0.005, 0.08), "amber": (0.012, 0.042), "red": (0.08, 0.17)}
_QUARTERS_A_YEAR = 4
_FEW = 12  # below it a share of the level is less than one thing
_BETTER: Mapping[str, Operator] = {"similar": ">=", "better": ">", "at_or_above": ">=", "at_or_below": "<="}


@dataclass(frozen=True, slots=True)
class Limit:
    """The level that one figure is held against. `before` was counted earlier in the year and is added to it."""

    operator: Operator
    level: float
    before: float = 0.0

    def colour(self, number: float) -> Colour:
        return find_colour(number + self.before, self.operator, self.level)


def find_limit(target: Target, stretch: Stretch, earlier: Sequence[tuple[Stretch, float]]) -> Limit | None:
    """Which level will a figure be held against? None where there is none yet.

    `earlier` holds the row's own figures before this one, oldest first.
    """
    match target:
        case CountPerPeriod():
            return _find_share(target, stretch, earlier)
        case Trajectory():
            return _find_path(target, stretch)
        case RelativeChange() | NoChange():
            return _find_moved(target, stretch, earlier)
        case _:
            return _find_plain(target)


def _find_plain(target: Target) -> Limit | None:
    """A level that is the same in every period."""
    match target:
        case Threshold(operator, value) | CohortShare(operator, value):
            return Limit(operator, value)
        case PointsChange(resulting=float(level)):
            return Limit(">=", level)
        case Benchmark(relation=relation, comparator_value=float(level)):
            return Limit(_BETTER[relation], level)
        case Frequency(times=times):
            return Limit(">=", times)
        case _:
            return None


def _find_share(target: CountPerPeriod, stretch: Stretch, earlier: Sequence[tuple[Stretch, float]]) -> Limit:
    """A year's count by the end of a quarter: the share of the quarters known, held against their sum."""
    if target.span != "financial_year" or stretch.basis != "quarter":
        return Limit(target.operator, target.value)
    start = find_span(stretch.end, "financial_year")[0]
    known = [number for other, number in earlier if other.start >= start]
    return Limit(target.operator, target.value * (len(known) + 1) / _QUARTERS_A_YEAR, sum(known))


def _find_path(target: Trajectory, stretch: Stretch) -> Limit | None:
    middle = find_middle(target)
    if middle is None:
        return None
    operator: Operator = "<=" if target.end_value <= target.baseline else ">="
    return Limit(operator, find_allowed(target, stretch.end.year, middle))


def _find_moved(
    target: RelativeChange | NoChange, stretch: Stretch, earlier: Sequence[tuple[Stretch, float]]
) -> Limit | None:
    wanted = (stretch.start.year - 1, stretch.start.month)
    bases = [number for other, number in earlier if (other.start.year, other.start.month) == wanted]
    if not bases:
        return None
    if isinstance(target, NoChange):
        return Limit("<=" if target.relation == "no_increase" else ">=", bases[0])
    falls = target.direction == "decrease"
    return Limit("<=" if falls else ">=", bases[0] * (1 + (-1 if falls else 1) * target.percent / 100))


def draw_share(
    rng: np.random.Generator, limit: Limit | None, colour: Colour | None, *, of: float, unlike: float | None = None
) -> tuple[int, int]:
    """So many of about `of`, in the colour planned: part and whole. The whole is never `unlike`, that of last time."""
    whole = max(round(of * rng.uniform(0.92, 1.08)), 1)
    whole += whole == unlike
    wish = whole * _wish(rng, limit, colour, around=50.0, most=99.5) / 100
    shares = [part for part in range(whole + 1) if _fits(limit, colour, part / whole * 100)]
    return int(_choose_nearest(shares, wish)), whole


def draw_count(
    rng: np.random.Generator, limit: Limit | None, colour: Colour | None, *, around: float, unlike: float | None = None
) -> int:
    """A whole number in the colour planned; where the year's earlier figures leave a choice, about `around`.

    A number that tells anything is never `unlike`, that of last time.
    """
    is_few = limit is not None and limit.level < _FEW
    wish = around * (rng.uniform(0.5, 1.4) if is_few else rng.uniform(0.93, 1.1))
    is_free = colour == "green" and limit is not None and (limit.before > 0 or is_few)
    if limit is not None and colour is not None and not is_free:
        wish = _wish(rng, limit, colour, around=around) - limit.before
    most = int(max(around, wish, limit.level if limit else 0) * 2) + 3
    fitting = [n for n in range(most) if _fits(limit, colour, n)]
    others = [n for n in fitting if n != unlike]
    return int(_choose_nearest(others if around >= _FEW and others else fitting, wish))


def draw_decimal(
    rng: np.random.Generator,
    limit: Limit | None,
    colour: Colour | None,
    *,
    around: float,
    most: float = 1e9,
    unlike: float | None = None,
) -> float:
    """A number with one decimal, at most `most`, in the colour planned; never `unlike`, that of last time."""
    wish = _wish(rng, limit, colour, around=around, most=most)
    near = [round(wish + step / 10, 1) for step in range(-60, 61) if 0 <= wish + step / 10 <= most]
    fitting = [number for number in near if number != unlike and _fits(limit, colour, number)]
    return float(_choose_nearest(fitting, wish))


def _wish(
    rng: np.random.Generator, limit: Limit | None, colour: Colour | None, *, around: float, most: float = 1e9
) -> float:
    """Where a figure would lie if it did not have to be a whole number."""
    if limit is None or colour is None:
        return around * rng.uniform(0.9, 1.1)
    margin = rng.uniform(*_MARGINS[colour])
    is_above = is_floor(limit.operator) == (colour == "green")
    wish = limit.level * (1 + margin if is_above else 1 - margin)
    return wish if wish <= most else limit.level + (most - limit.level) * rng.uniform(0.2, 0.9)


def _fits(limit: Limit | None, colour: Colour | None, number: float) -> bool:
    return limit is None or colour is None or limit.colour(number) == colour


def _choose_nearest(numbers: Iterable[float], wish: float) -> float:
    found = min(numbers, key=lambda number: abs(number - wish), default=None)
    if found is None:
        raise DefinitionError(f"no figure near {wish:.1f} has the colour planned", where="the sample's indicators.yaml",
                              to_do="Choose a larger denominator or another colour")  # fmt: skip
    return found
