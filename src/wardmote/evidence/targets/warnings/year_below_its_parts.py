"""A year's total smaller than something that happened inside it."""

from collections.abc import Iterator

from wardmote.evidence.targets.comparable import YEARLY, is_same_measure, is_within
from wardmote.evidence.targets.plan import Indicator, Plan, Value
from wardmote.evidence.targets.statuses import RowWarning, Settings
from wardmote.evidence.targets.wording import write_number

RULE = "year_below_its_parts"
QUESTION = "Is a year's total below a quarter of it, its nine months, or its quarters together?"
EXAMPLE = "The year 2014-15 is given as 210, below the 228 of its quarters Q3 and Q4 together."

_HAPPENED = ("actual", "provisional", "derived", "suspect")


def find(_plan: Plan, indicator: Indicator, _settings: Settings) -> Iterator[RowWarning]:
    counts = [v for v in indicator.values if v.shape == "count" and v.state in _HAPPENED and v.number is not None]
    for year in counts:
        if year.basis not in YEARLY:
            continue
        inside = [v for v in counts if v.basis not in YEARLY and is_within(v, year) and is_same_measure(v, year)]
        sentence = _compare(year, inside)
        if sentence:
            yield RowWarning(RULE, sentence, year.period)


def _compare(year: Value, inside: list[Value]) -> str:
    total = year.number or 0.0
    given = f"The year {year.period} is given as {write_number(total)}"
    single = [value for value in inside if value.basis in ("month", "quarter", "half_year", "cumulative")]
    for value in single:
        if (value.number or 0.0) > total:
            return f"{given}, below the {write_number(value.number)} of {value.period}."
    quarters = [value for value in inside if value.basis == "quarter"]
    together = sum(value.number or 0.0 for value in quarters)
    if len({value.start for value in quarters}) == len(quarters) and together > total:
        return f"{given}, below the {write_number(together)} of its {len(quarters)} reported quarters together."
    return ""
