"""A year's percentage that its quarters cannot make."""

from collections.abc import Iterator

from wardmote.evidence.targets.comparable import is_same_measure, is_within
from wardmote.evidence.targets.plan import Indicator, Plan, Value
from wardmote.evidence.targets.statuses import RowWarning, Settings
from wardmote.evidence.targets.wording import write_percent

RULE = "year_share_outside_quarters"
QUESTION = "Does a year's percentage lie between those of its quarters?"
EXAMPLE = "The year is given as 89%, but its quarters run from 62.4% to 68.03%."

_HAPPENED = ("actual", "provisional", "derived", "suspect")
#: What rounding of the printed percentages may do.
_SLACK = 0.5


def find(_plan: Plan, indicator: Indicator, _settings: Settings) -> Iterator[RowWarning]:
    shares = [v for v in indicator.values if v.shape in ("percent", "x_of_y") and v.state in _HAPPENED]
    known = [value for value in shares if value.best is not None]
    for year in known:
        if year.basis != "year_total":
            continue
        inside = [v for v in known if v.basis == "quarter" and is_within(v, year) and is_same_measure(v, year)]
        quarters = {value.start: value.best or 0.0 for value in inside}
        sentence = _compare(year, list(quarters.values()))
        if sentence:
            yield RowWarning(RULE, sentence, year.period)


def _compare(year: Value, quarters: list[float]) -> str:
    share = year.best or 0.0
    given = f"The year is given as {write_percent(share)}"
    if len(quarters) == 4 and not min(quarters) - _SLACK <= share <= max(quarters) + _SLACK:
        return f"{given}, but its quarters run from {write_percent(min(quarters))} to {write_percent(max(quarters))}."
    left = 4 - len(quarters)
    if not 0 < left < 3:
        return ""
    needed = (4 * share - sum(quarters)) / left
    if -_SLACK <= needed <= 100 + _SLACK:
        return ""
    bound = "above 100%" if needed > 100 else "below 0%"
    listed = " and ".join(write_percent(quarter) for quarter in quarters)
    rest = "the quarter not reported" if left == 1 else "the two quarters not reported"
    return f"{given}. Beside {listed}, {rest} would have to lie {bound}, if all quarters are of like size."
