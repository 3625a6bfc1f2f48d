"""Can a target be met or missed at all, and can a value be what it says? Asked before either is kept.

What no figure can be is impossible: more than all of a whole, less than none of a thing. What hardly anybody means,
such as half a person, is doubted: it may be kept once somebody says that it is meant.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from wardmote.evidence.model.errors import Fault
from wardmote.evidence.targets.kinds import (
    CohortShare,
    Compound,
    CountPerPeriod,
    Frequency,
    Operator,
    PointsChange,
    RelativeChange,
    Target,
    Threshold,
    Trajectory,
)
from wardmote.evidence.targets.plan import Indicator, Value
from wardmote.evidence.targets.wording import write_number, write_percent

#: What is not counted one by one, although its numbers are called counts.
_MEASURED = re.compile(
    r"\b(?:sec(?:ond)?s?|min(?:ute)?s?|h(?:ou)?rs?|days?|weeks?|months?|years?|thousands?|000s?|mean|median|average|"
    r"rate|per|score|index|ratio|tonnes?|kg|km|miles?)\b|[£$€%]",
    re.IGNORECASE,
)
_SHARES, _COUNTED = ("x_of_y", "percent"), ("count", "rate", "x_of_y")
_UNIT_SHAPES = {"percent": "percent", "%": "percent", "count": "count", "rate": "rate", "days": "count"}


@dataclass(frozen=True, slots=True)
class Doubt:
    """What makes no sense, in a sentence. Where it is not impossible it may be meant all the same."""

    sentence: str
    is_impossible: bool = True


@dataclass(frozen=True, slots=True)
class _Level:
    """A level of a target in one unit: "percent", "count", "rate", or "" where nobody says.

    A level that is worked out, as a path's end is, has no operator of its own, and need not be whole.
    """

    operator: Operator | None
    value: float
    unit: str


def is_counted_singly(words: str) -> bool:
    """Whether what is named so comes in wholes: people and crimes do, hours, thousands and averages do not.

    >>> is_counted_singly("People helped"), is_counted_singly("Hours of patrol"), is_counted_singly("Crimes per 1,000")
    (True, False, False)
    """
    return not _MEASURED.search(words)


def question_target(target: Target, *, shape: str = "", words: str = "") -> tuple[Doubt, ...]:
    """What of this target cannot be met, cannot be missed, or is hardly meant? Empty where it makes sense.

    Parameters
    ----------
    target : as it was read.
    shape : what is reported for it ("x_of_y", "percent", "count", "rate", …); "" where that is not known.
    words : the indicator's title and unit, by which hours are told from people.

    Examples
    --------
    >>> [doubt.sentence for doubt in question_target(Threshold(">=", 101, "percent"), shape="x_of_y")]
    ['101% is not a share of anything: all there is would be 100%.']
    """
    if isinstance(target, Compound):
        parts = [question_target(part, shape="", words=f"{words} {name}") for name, part in target.parts]
        return tuple(dict.fromkeys(doubt for found in parts for doubt in found))
    if isinstance(target, CountPerPeriod | Frequency):
        words = f"{words} {target.thing}"
    doubts = [doubt for level in _list_levels(target, shape) for doubt in _question_level(level, shape, words)]
    return (*doubts, *_question_change(target))


def _list_levels(target: Target, shape: str) -> Iterator[_Level]:
    own = "percent" if shape in _SHARES else shape if shape in ("count", "rate") else ""
    match target:
        case Threshold(operator, value, unit):
            yield _Level(operator, value, unit or own)
        case CountPerPeriod(operator, value, thing):
            yield _Level(operator, value, "percent" if thing == "percent" else "count")
        case CohortShare(operator, percent):
            yield _Level(operator, percent, "percent")
        case Trajectory(end_value=end, unit=unit):
            yield _Level(None, end, unit or own)
        case PointsChange(resulting=float() | int() as level):
            yield _Level(None, level, "percent")
        case Frequency(times=times):
            yield _Level(">=", times, "count")


def _question_level(level: _Level, shape: str, words: str) -> Iterator[Doubt]:
    value, unit = level.value, level.unit
    if unit == "percent":
        yield from _question_share(level, is_certain=shape != "percent")
    elif unit in ("count", "rate", "days") and value < 0:
        yield Doubt(f"{write_number(value)} is less than none.")
    elif unit == "count" and level.operator and value != round(value) and is_counted_singly(words):
        yield Doubt(f"{write_number(value)} is not a whole number, and cases are counted one by one.", False)
    if unit in ("count", "rate") and level.operator == "<" and value == 0:
        yield Doubt("Nothing is less than none: write “at most 0”.")


def _question_share(level: _Level, *, is_certain: bool) -> Iterator[Doubt]:
    """Where the counts are reported nothing lies outside; a bare percentage may be of something else than its whole."""
    shown = write_percent(level.value)
    if level.value > 100:
        yield Doubt(f"{shown} is not a share of anything: all there is would be 100%.", is_certain)
    elif level.value < 0:
        yield Doubt(f"{shown} is not a share of anything: none would be 0%.", is_certain)
    elif (level.operator, level.value) in ((">", 100), ("<", 0)):
        yield Doubt(f"No share is {'more than 100%' if level.value else 'less than 0%'}.", is_certain)


def _question_change(target: Target) -> Iterator[Doubt]:
    if isinstance(target, RelativeChange) and target.direction == "decrease" and target.percent > 100:
        yield Doubt(f"Nothing can fall by {write_percent(target.percent)}: 100% is all there is.")
    if isinstance(target, PointsChange) and abs(target.points) > 100:
        yield Doubt(f"No share can move by {write_number(abs(target.points))} points: there are 100.")


def list_impossible(row: Indicator) -> Iterator[Fault]:
    """What of a row's targets and values cannot be, or is hardly meant? Each as a fault that costs nothing."""
    shape = _find_shape(row)
    words = f"{row.title} {row.unit}"
    for version in row.targets:
        for doubt in question_target(version.target, shape=shape, words=words):
            named = f", “{version.text.strip()}”" if version.text.strip() else ""
            yield _warn(f"{row.id}, target{named}", doubt.sentence, "Correct it in the file, or in the plan afterwards")
    for value in row.values:
        for sentence in _question_value(value):
            yield _warn(f"{row.id}, {value.period}", sentence, "Look it up where it was published")


def _warn(where: str, found: str, to_do: str) -> Fault:
    return Fault(found.rstrip("."), where, to_do=to_do, severity="warning", code="senseless")


def _find_shape(row: Indicator) -> str:
    shapes = Counter(value.shape for value in row.values)
    return shapes.most_common(1)[0][0] if shapes else _UNIT_SHAPES.get(row.unit.strip().lower(), "")


def _question_value(value: Value) -> Iterator[str]:
    numbers = [value.part, value.whole, value.count, value.number if value.shape in _COUNTED else None]
    numbers += [number for _, number in value.parts] if value.shape == "parts" else []
    yield from (f"{write_number(number)} is less than none" for number in numbers if number is not None and number < 0)
    if value.part is not None and value.whole is not None and value.part > value.whole >= 0:
        yield f"{write_number(value.part)} of {write_number(value.whole)}: the part is larger than its whole"
    if value.shape in _SHARES and value.part is None and value.number is not None and not 0 <= value.number <= 100:
        yield f"{write_percent(value.number)} is not a share of anything"
