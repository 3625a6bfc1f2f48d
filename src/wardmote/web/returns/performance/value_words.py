"""A judged value's period, and a reported value as it is written in a table."""

import re

from wardmote.evidence.targets.plan import Value
from wardmote.evidence.targets.statuses import PeriodStatus
from wardmote.web.foundation.design.words import NO_VALUE, say_number
from wardmote.web.returns.states import ReasonCode

_STATES = {
    "missing": "no figure", "not_due": "not due", "discontinued": "no longer collected", "suppressed": "suppressed",
}  # fmt: skip
_QUARTER = re.compile(r"(?P<year>.*\S)\s*Q(?P<no>[1-4])")


def say_value(value: Value) -> str:
    """The counts with their share, the number, the parts, the steps done, the words, or why there is none.

    A provisional one says so.
    """
    return f"{_say_value(value)}{' (provisional)' if value.state == 'provisional' else ''}"


def _say_value(value: Value) -> str:
    if value.missing_reason:
        return say_reason(value.missing_reason)
    for found in (_say_counts(value), _say_number(value), _say_parts(value), _say_checks(value), value.text):
        if found:
            return found
    return _STATES.get(value.state, NO_VALUE)


def _say_counts(value: Value) -> str:
    if value.part is None or value.whole is None:
        return ""
    share = "" if value.best is None or not value.whole else f" ({say_number(round(value.best, 1))}%)"
    return f"{say_number(value.part)} of {say_number(value.whole)}{share}"


def _say_number(value: Value) -> str:
    if value.number is None:
        return ""
    sign = "%" if value.shape in ("percent", "percent_change") else ""
    return f"{'£' if value.shape == 'money' else ''}{say_number(value.number)}{sign}"


def _say_parts(value: Value) -> str:
    return "; ".join(f"{name}: {say_number(number)}" for name, number in value.parts)


def _say_checks(value: Value) -> str:
    return f"{sum(value.checks)} of {len(value.checks)} steps done" if value.checks else ""


def say_reason(code: str) -> str:
    """A reason code in words; one that no list knows as it is."""
    return str(ReasonCode(code).label) if code in ReasonCode.values else code.replace("_", " ")


def name_judged(found: PeriodStatus) -> str:
    """Which stretch the compared figure speaks of: "2026/27, Q1 to Q2" where a status was made of two quarters."""
    if len(found.counted) < 2:
        return found.period
    named = [_QUARTER.fullmatch(period) for period in found.counted]
    quarters = [int(match["no"]) for match in named if match]
    if len(quarters) < len(named) or len({match["year"] for match in named if match}) > 1:
        return f"{found.counted[0]} to {found.counted[-1]}"
    is_unbroken = quarters == list(range(quarters[0], quarters[0] + len(quarters)))
    shown = (f"Q{quarters[0]}", f"Q{quarters[-1]}") if is_unbroken else tuple(f"Q{number}" for number in quarters)
    joined = " to ".join(shown) if is_unbroken else f"{', '.join(shown[:-1])} and {shown[-1]}"
    return f"{named[0]['year'] if named[0] else ''}, {joined}"
