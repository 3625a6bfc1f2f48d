"""One answer for each period: which of several values speaks for it, and in which order do the answers stand?"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from wardmote.evidence.targets.plan import Value
from wardmote.evidence.targets.status.case import Case, change_why, make_grey
from wardmote.evidence.targets.status.projections import is_projected
from wardmote.evidence.targets.status.words import join_words, show_number
from wardmote.evidence.targets.statuses import PeriodStatus


def group_periods(values: Sequence[Value]) -> list[list[Value]]:
    """Which values speak of the same period? Groups by the period's own label, in the order of their days.

    A value that is not scored, or only foretold, never stands after one that is: it never becomes the status that an
    overview shows.
    """
    groups: dict[str, list[Value]] = {}
    for value in values:
        groups.setdefault(value.period, []).append(value)
    last_scored = max((value.end or date.min for value in values if _is_scored(value)), default=date.max)
    return sorted(groups.values(), key=lambda group: _order(group, last_scored))


def _order(group: list[Value], last_scored: date) -> tuple[date, int, int]:
    end = max(value.end or date.max for value in group)
    is_scored = any(_is_scored(value) for value in group)
    start = min((value.start or date.min for value in group), default=date.min)
    return (end if is_scored else min(end, last_scored), int(is_scored), -start.toordinal())


def _is_scored(value: Value) -> bool:
    return value.is_scored and value.state != "proxy" and not is_projected(value)


def choose_values(group: list[Value]) -> list[Value]:
    """Which of a period's values count: those meant as answers, those that exist, and actuals before forecasts.

    Of several forecasts of one period and measure the last made stands.
    """
    for keeps in (_is_scored, lambda value: value.state not in ("missing", "not_due"), _is_not_foretold):
        kept = [value for value in group if keeps(value)]
        group = kept or group
    if all(is_projected(value) for value in group):
        return list({value.measure: value for value in group}.values())
    return group


def _is_not_foretold(value: Value) -> bool:
    return not is_projected(value)


def agree(cases: list[Case], statuses: list[PeriodStatus]) -> PeriodStatus:
    """One answer from several values of one period: theirs where they agree, grey where the measures do not."""
    first = statuses[0]
    if len(statuses) == 1:
        return first
    if len({(status.status, status.reason_code) for status in statuses}) == 1:
        return _say_agreement(first, statuses)
    read = [
        f"{case.value.measure or 'a figure'} ({_show(case, status)}): {status.status}"
        for case, status in zip(cases, statuses, strict=True)
    ]
    why = f"several figures stand for {first.period} and are judged differently: {join_words(read)}"
    to_do = "; take out the one that is wrong" if find_doubled([case.value for case in cases]) else ""
    shown = " or ".join(dict.fromkeys(status.shown_value for status in statuses if status.shown_value))
    return replace(make_grey(cases[0], "definition", why + to_do), value=None, shown_value=shown)


def _show(case: Case, status: PeriodStatus) -> str:
    if case.value.best is not None:
        return show_number(case.value.best)
    return f"'{case.value.text}'" if case.value.text else status.shown_value or "no figure"


def find_doubled(values: Sequence[Value]) -> Value | None:
    """Find a value whose period, stretch and measure another of these values reports too, with another figure."""
    seen: dict[tuple[str, str, str], Value] = {}
    for value in values:
        first = seen.setdefault((value.period, value.basis, value.measure.strip().casefold()), value)
        if (first.best, first.text) != (value.best, value.text):
            return value
    return None


def _say_agreement(first: PeriodStatus, statuses: list[PeriodStatus]) -> PeriodStatus:
    if len({status.why for status in statuses}) == 1:
        return first
    return change_why(first, f"{first.why}; {len(statuses)} figures stand for {first.period} and are judged alike")
