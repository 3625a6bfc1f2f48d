"""So many of a thing in a stretch of time, scored before the stretch is over.

A year's count is held against its share of the year so far. For things that happen once or twice a year a share means
nothing: they are met when they are met, and missed only when the year is over.
"""

from collections.abc import Sequence
from dataclasses import replace

from wardmote.evidence.targets.kinds import CountPerPeriod, Operator
from wardmote.evidence.targets.plan import Value
from wardmote.evidence.targets.status.case import Case, change_why, make_grey
from wardmote.evidence.targets.status.levels import find_colour, is_floor, is_met, score_level
from wardmote.evidence.targets.status.periods import find_doubled
from wardmote.evidence.targets.status.projections import is_decided, is_projected, judge_projection
from wardmote.evidence.targets.status.spans import SPAN_MONTHS, count_months, covers_whole, find_months, find_span
from wardmote.evidence.targets.status.words import join_words, show_measure, show_number
from wardmote.evidence.targets.statuses import PeriodStatus, WhyCode

_UNSEEN = ("missing", "not_due", "discontinued", "suppressed", "projected", "proxy")


def judge_count(case: Case, target: CountPerPeriod) -> PeriodStatus:
    """Score a count against what was promised for the year, as far as the year has gone."""
    if case.is_share or case.value.shape in ("percent_change", "rate"):
        shape = "percentage" if case.is_share else case.value.shape.replace("_", " ")
        return make_grey(case, "unit_mismatch", f"a {shape} was reported, and the target is a number of things")
    if is_projected(case.value):
        return judge_projection(case, target.operator, target.value)
    if covers_whole(case.value, target.span):
        return _judge_whole(case, target)
    return _name_counted(case, target, _judge_part(case, target))


def add_up_so_far(value: Value, others: Sequence[Value], target: CountPerPeriod) -> float | None:
    """How many were counted in the promised stretch up to the end of this value, as `judge_count` adds them up?

    None where the value says no number, where a part of the stretch is not known, or where a period was reported twice
    with different figures.

    >>> from datetime import date
    >>> year = CountPerPeriod(">=", 40, "visits", "financial_year")
    >>> one = Value("Q1", date(2026, 4, 1), date(2026, 6, 30), "quarter", shape="count", number=9)
    >>> two = Value("Q2", date(2026, 7, 1), date(2026, 9, 30), "quarter", shape="count", number=12)
    >>> add_up_so_far(two, [one], year)
    21.0
    """
    counted = _gather(Case(value, others=tuple(others)), target)
    if value.best is None or value.end is None or find_doubled(counted) is not None:
        return None
    months = [find_months(one) or 0 for one in counted]
    if value.basis != "cumulative" and sum(months) != count_months(find_span(value.end, target.span)[0], value.end):
        return None
    return float(sum(one.best or 0.0 for one in counted))


def _name_counted(case: Case, target: CountPerPeriod, status: PeriodStatus) -> PeriodStatus:
    """The answer with the periods that were added up; where some could not be, as it is."""
    counted = _gather(case, target)
    is_alone = case.value.basis == "cumulative" or target.span == "once" or find_doubled(counted) is not None
    return status if is_alone else replace(status, counted=tuple(one.period for one in counted))


def _judge_whole(case: Case, target: CountPerPeriod) -> PeriodStatus:
    spans = (find_months(case.value) or 0) / (SPAN_MONTHS[target.span] or 12)
    level = target.value * spans if spans > 1 else target.value
    return score_level(case, target.operator, level, unit=target.thing)


def _judge_part(case: Case, target: CountPerPeriod) -> PeriodStatus:
    """Score a part of the stretch: decided already, else in proportion, else not yet due."""
    counted = _gather(case, target)
    doubled = find_doubled(counted)
    if doubled is not None:
        why = f"{doubled.period} was reported twice with different figures: take out the one that is wrong{case.doubts}"
        return make_grey(case, "definition", why, target=target.value)
    total = sum(value.best or 0.0 for value in counted)
    lead = _describe_sum(counted) if len(counted) > 1 else ""
    if is_floor(target.operator) and is_decided(total, target.operator, target.value):
        status = score_level(
            case, target.operator, target.value, number=total, why_code="already_past", lead=lead, unit=target.thing
        )
        return change_why(status, f"{status.why}; the whole {_name_span(target)}'s number is reached already")
    if not _is_linear(target):
        return _judge_one_off(case, target, total)
    return _judge_share(case, target, counted=counted, total=total, lead=lead)


def _name_span(target: CountPerPeriod) -> str:
    return target.span.replace("_", " ")


def _describe_sum(counted: list[Value]) -> str:
    return f"{join_words([value.period for value in counted])} together: "


def _is_linear(target: CountPerPeriod) -> bool:
    """Whether a share of the stretch means anything: not where fewer are promised than the stretch has parts."""
    if target.pro_rata == "by_size":
        parts = 4 if SPAN_MONTHS[target.span] == 12 else SPAN_MONTHS[target.span]
        return target.span != "once" and not target.window and target.value >= parts
    return target.pro_rata == "linear"


def _judge_one_off(case: Case, target: CountPerPeriod, total: float) -> PeriodStatus:
    """A ceiling on single events can be broken early; a floor can only be waited for."""
    if not is_floor(target.operator) and not is_met(total, target.operator, target.value):
        return score_level(
            case, target.operator, target.value, number=total, why_code="already_past", unit=target.thing
        )
    so_far = f"{show_number(total)} so far of {show_number(target.value)} {target.thing}".rstrip()
    why = f"{so_far}, and the {_name_span(target)} is not over{case.doubts}"
    return replace(
        make_grey(case, "not_due", why, target=target.value),
        value=total, shown_value=show_measure(total, case.shown_unit),
    )  # fmt: skip


def _judge_share(case: Case, target: CountPerPeriod, *, counted: list[Value], total: float, lead: str) -> PeriodStatus:
    """Hold what is known against the share of the months it covers; where these can be told in two ways, both."""
    readings = _list_months(case.value, target, counted)
    if not readings:
        why = f"{case.value.period} does not say how much of the {_name_span(target)} it covers"
        return make_grey(case, "definition", why, target=target.value)
    operator: Operator = target.operator
    levels = [target.value * months / SPAN_MONTHS[target.span] for months in readings]
    if len({find_colour(total, operator, level, case.settings.amber_within_pct) for level in levels}) > 1:
        return make_grey(case, "definition", _explain_two_starts(case, target, readings), target=target.value)
    is_past = not is_floor(operator) and not is_met(total, operator, target.value)
    code: WhyCode = "already_past" if is_past else "pro_rata"
    tail = f"; that is the share of {show_number(target.value)} for {readings[0]} of {SPAN_MONTHS[target.span]} months"
    return score_level(case, operator, levels[0], number=total, why_code=code, lead=lead, tail=tail, unit=target.thing)


def _explain_two_starts(case: Case, target: CountPerPeriod, readings: list[int]) -> str:
    number = show_number(case.value.best or 0.0)
    months = join_words([str(months) for months in readings])
    return (
        f"{number} by {case.value.period} may have been counted over {months} months of the {_name_span(target)}, "
        f"and the colour depends on which{case.doubts}"
    )


def _gather(case: Case, target: CountPerPeriod) -> list[Value]:
    """The stretch's counts known up to this one, oldest first: itself, and the earlier ones of its kind."""
    value = case.value
    if value.end is None or value.basis == "cumulative" or target.span == "once":
        return [value]
    start = find_span(value.end, target.span)[0]
    earlier = [
        other
        for other in case.others
        if other.basis == value.basis and other.measure == value.measure and other.state not in _UNSEEN
        and other.is_scored and other.shape == value.shape and other.best is not None
        and other.start is not None and other.end is not None
        and start <= other.start and value.start is not None and other.end < value.start
    ]  # fmt: skip
    kept = {(other.period, other.best): other for other in earlier}  # the same figure told twice counts once
    return [*sorted(kept.values(), key=lambda other: other.end or start), value]


def _list_months(value: Value, target: CountPerPeriod, counted: list[Value]) -> list[int]:
    """How many months the counts cover; two answers where a running count's start is another kind of year's."""
    if value.basis != "cumulative":
        months = [find_months(one) for one in counted]
        return [sum(one for one in months if one is not None)] if None not in months else []
    if value.end is None:
        return []
    start = find_span(value.end, target.span)[0]
    whole = count_months(start, value.end)
    if target.span == "financial_year" or value.start is None or value.start <= start:
        return [whole]
    return [whole, count_months(value.start, value.end)]
