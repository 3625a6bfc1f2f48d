"""A target passed so far that it stretches nobody."""

from collections.abc import Iterator

from wardmote.evidence.targets.bounds import Bound, find_level
from wardmote.evidence.targets.comparable import YEARLY, is_same_measure, list_reported
from wardmote.evidence.targets.kinds import CountPerPeriod, Trajectory
from wardmote.evidence.targets.plan import Indicator, Plan, Value
from wardmote.evidence.targets.status.spans import find_span
from wardmote.evidence.targets.statuses import RowWarning, Settings
from wardmote.evidence.targets.versions import find_version_in_force
from wardmote.evidence.targets.wording import write_number

RULE = "target_without_reach"
QUESTION = "Is the target passed so far over that it stretches nobody?"
EXAMPLE = "455 is 4.6 times the target of at least 100: the target stretches nobody."

#: A target of one or two of a thing is a wish that it be done, not a measure of how much.
_LEAST_LEVEL = 5


def find(_plan: Plan, indicator: Indicator, settings: Settings) -> Iterator[RowWarning]:
    for value in reversed(list_reported(indicator.values)):
        version = find_version_in_force(indicator, value.end)
        bound = find_level(version.target) if version and not isinstance(version.target, Trajectory) else None
        if version is None or bound is None or bound.level < _LEAST_LEVEL or not value.is_scored:
            continue
        of_year = isinstance(version.target, CountPerPeriod) and version.target.span.endswith("_year")
        number = _add_year(indicator, value) if of_year and bound.is_floor else value.best or 0.0
        is_whole = not of_year or value.basis in YEARLY
        may_fall = is_whole and indicator.polarity == "lower"
        sentence = _describe(value, number, bound, may_fall=may_fall, settings=settings.choose_for(value.end))
        if sentence:
            yield RowWarning(RULE, sentence, value.period)
            return


def _add_year(indicator: Indicator, value: Value) -> float:
    """Add up the quarters of the financial year that are reported up to this one; other values stand for themselves."""
    if value.basis != "quarter" or value.end is None:
        return value.best or 0.0
    start = find_span(value.end, "financial_year")[0]
    quarters = [v for v in list_reported(indicator.values, "quarter") if is_same_measure(v, value)]
    return sum(v.best or 0.0 for v in quarters if v.start and v.end and start <= v.start and v.end <= value.end)


def _describe(value: Value, number: float, bound: Bound, *, may_fall: bool, settings: Settings) -> str:
    if _is_share(value) != (bound.unit == "percent"):
        return ""
    shown = f"{number:.1f}%" if bound.unit == "percent" else write_number(number)
    if bound.is_floor and number >= settings.reach_factor * bound.level:
        times = number / bound.level
        return f"{shown} is {times:.1f} times the target of {bound.words}: the target stretches nobody."
    rests = value.whole is None or value.whole >= settings.small_number
    if not bound.is_floor and may_fall and rests and 0 < number * settings.reach_factor <= bound.level:
        return (
            f"{shown} is less than a {_name_part(bound.level / number)} of the limit, {bound.words}: it binds nobody."
        )
    return ""


def _name_part(times: float) -> str:
    names = {4: "quarter", 5: "fifth", 6: "sixth", 7: "seventh", 8: "eighth", 9: "ninth"}
    return names.get(int(times), "tenth" if times >= 10 else "third")


def _is_share(value: Value) -> bool:
    return value.shape in ("percent", "x_of_y")
