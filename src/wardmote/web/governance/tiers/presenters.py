"""The two tiers in words and tables."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from wardmote.evidence.interface import judge_plan
from wardmote.evidence.targets.plan import Plan as CorePlan
from wardmote.evidence.targets.rollup_values import PlacePart, RollUp
from wardmote.evidence.targets.standing import Standing
from wardmote.evidence.targets.statuses import PeriodStatus
from wardmote.web.foundation.design.words import say_count, say_number
from wardmote.web.governance.tiers.matching import Match
from wardmote.web.governance.tiers.reading import DistrictSeen, SharedIndicator
from wardmote.web.governance.tiers.rolling import RolledMeasure, RolledQuarter
from wardmote.web.plans.interface import Indicator, Plan, Priority, to_core_indicator
from wardmote.web.returns.interface import say_value

COLUMNS = (
    "quarter", "district", "value", "numerator", "denominator", "low", "high", "unit", "outside_funnel",
    "is_provisional", "is_revised_now", "why_missing", "is_partial",
)  # fmt: skip
OUTSIDE = {"": "", "below": "lower than chance explains", "above": "higher than chance explains"}
WHY_NOT = {
    "no_value": "You have no value that can be added up",
    "no_denominator": "This is a number without a denominator. Districts of unlike size are not ranked by it",
    "too_few": "Fewer than three neighbours can be told of without giving one of them away",
    "small_number": "Too many of the neighbours’ numbers are too small to be told",
}


@dataclass(frozen=True, slots=True)
class IndicatorRow:
    """A district's indicator as its county sees it: the last signed value, and its status where it may have one."""

    record: Indicator
    period: str
    value: str
    status: PeriodStatus | None
    is_revised_now: bool


def list_indicator_rows(seen: DistrictSeen) -> list[IndicatorRow]:
    """Every indicator of a district's plan, judged by what was signed off alone."""
    judged = _judge(seen)
    return [_describe_indicator(row, status) for row, status in zip(seen.indicators, judged, strict=True)]


def _judge(seen: DistrictSeen) -> list[PeriodStatus | None]:
    if seen.plan is None or not seen.indicators:
        return []
    rows = tuple(to_core_indicator(one.record, [value.value for value in one.values]) for one in seen.indicators)
    terms = seen.district
    found = judge_plan(
        CorePlan(seen.plan.title, rows), amber_within_pct=terms.amber_within_pct, small_number=terms.small_number
    )
    pairs = zip(found, seen.indicators, strict=True)
    return [None if one.record.is_context or not one.values else status.latest for status, one in pairs]


def _describe_indicator(row: SharedIndicator, status: PeriodStatus | None) -> IndicatorRow:
    last = row.values[-1] if row.values else None
    value = say_value(last.value) if last else "Nothing signed off"
    return IndicatorRow(row.record, last.period if last else "", value, status, bool(last and last.is_revised_now))


def say_amount(number: float | None, terms: Any, decimals: int = 1) -> str:
    """A number in the measure's unit: 47.5%, £1,200, 13.2."""
    if number is None:
        return "–"
    if terms.shape == "x_of_y":
        return f"{say_number(round(number, decimals))}%"
    return f"£{say_number(round(number, 2))}" if terms.shape == "money" else say_number(round(number, decimals))


def say_interval(low: float | None, high: float | None, terms: Any) -> str:
    return "" if low is None or high is None else f"{say_amount(low, terms)} to {say_amount(high, terms)}"


def say_rolled(rolled: RollUp) -> str:
    """The sum as it is written: its share, number or parts, or that there is none."""
    if rolled.value.parts:
        return say_value(rolled.value)
    return say_amount(rolled.value.best, rolled.terms)


def say_part(one: PlacePart, rolled: RollUp) -> str:
    """A district's own value in the sum."""
    if one.names:
        return "; ".join(f"{name}: {say_number(number)}" for name, number in one.names)
    return say_amount(one.value if one.value is not None or one.whole is not None else one.part, rolled.terms)


def say_counts(part: float, whole: float | None) -> str:
    return say_number(part) if whole is None else f"{say_number(part)} of {say_number(whole)}"


def say_reservations(quarter: RolledQuarter) -> list[str]:
    """What must be said beside a sum."""
    rolled = quarter.rolled
    if rolled is None:
        return []
    found = [f"Partial: {rolled.say_coverage()}"] if rolled.is_partial else []
    if rolled.is_provisional:
        found.append("Provisional")
    if quarter.revised:
        found.append(f"Being revised: {', '.join(quarter.revised)}")
    return found


def choose_quarter(rolled: RolledMeasure, period: str) -> RolledQuarter | None:
    """The quarter that was asked for, else the newest."""
    return next((one for one in rolled.quarters if one.period == period), rolled.newest)


@dataclass(frozen=True, slots=True)
class Line:
    """What the chart draws, and what has to be said of it."""

    periods: tuple[str, ...]
    points: tuple[float | None, ...]
    note: str


def draw_line(rolled: RolledMeasure) -> Line:
    """The sums over time, over the same districts throughout."""
    common = [one for one in rolled.list_common() if one.value.best is not None]
    periods, points = tuple(one.period for one in common), tuple(one.value.best for one in common)
    whole = {place for one in rolled.quarters for place in (row.place for row in one.readings)}
    if not common:
        return Line((), (), "No district has a value in every quarter, so that no line is drawn.")
    kept = sorted(common[0].places)
    if len(kept) == len(whole):
        return Line(periods, points, f"The line is of all {len(whole)} districts in every quarter.")
    return Line(
        periods, points,
        f"The line is only of the {say_count(len(kept), 'district')} with a value in every quarter: {', '.join(kept)}.",
    )  # fmt: skip


def list_table_rows(rolled: RolledMeasure) -> Iterable[list[Any]]:
    """Every quarter's sum and what each district gave to it, as the file has them."""
    unit = rolled.record.unit
    for quarter in rolled.quarters:
        if quarter.rolled is None:
            yield [quarter.period, "All", *[None] * 5, unit, "", "", "", str(quarter.refusal), ""]
            continue
        yield from _list_quarter(quarter, quarter.rolled, unit)


def _list_quarter(quarter: RolledQuarter, rolled: RollUp, unit: str) -> Iterable[list[Any]]:
    value = rolled.value
    top = value.part if value.part is not None else value.count
    yield [
        quarter.period, "All", value.best, top, value.whole, rolled.low, rolled.high, unit, "",
        _yes(rolled.is_provisional), _yes(bool(quarter.revised)), "", _yes(rolled.is_partial),
    ]  # fmt: skip
    for one in rolled.parts:
        yield [
            quarter.period, one.place, one.value, one.part, one.whole, one.low, one.high, unit, one.outside,
            _yes(one.is_provisional), _yes(not one.is_signed), "", "",
        ]  # fmt: skip
    for gone in rolled.missing:
        yield [quarter.period, gone.place, *[None] * 5, unit, "", "", "", gone.why, ""]


def _yes(is_so: bool) -> str:
    return "yes" if is_so else "no"


def build_matrix(
    county_plan: Plan, priorities: Sequence[Priority], districts: Sequence[DistrictSeen], matches: Iterable[Match]
) -> list[tuple[DistrictSeen, list[list[str]]]]:
    """Districts down, the county's priorities across: by which of its own priorities a district answers each."""
    by_measure = _list_by_measure(matches)
    rows = []
    for seen in districts:
        cells = [
            [*_list_crossed(seen, county_plan, one), *by_measure.get((seen.district.pk, one.number), [])]
            for one in priorities
        ]
        rows.append((seen, [list(dict.fromkeys(cell)) for cell in cells]))
    return rows


def _list_crossed(seen: DistrictSeen, county_plan: Plan, priority: Priority) -> Iterable[str]:
    """The district's own cross-walk to the county's plan."""
    for row in seen.cross_walks:
        names = {_level(county_plan.title), _level(county_plan.partnership.name)}
        if _level(row.external_plan) in names and _level(row.external_priority) == _level(priority.title):
            own = f"{row.priority.number}. {row.priority.title}" if row.priority else "No priority of its own"
            yield f"{own} ({row.fit or 'fit not said'})"


def _list_by_measure(matches: Iterable[Match]) -> dict[tuple[Any, int], list[str]]:
    """By district and the county priority's number, the district's priorities that hold the measure."""
    found: dict[tuple[Any, int], list[str]] = {}
    for match in matches:
        if match.indicator is not None:
            own = match.indicator.record.priority
            found.setdefault((match.seen.district.pk, match.county_priority), []).append(
                f"{own.number}. {own.title} (by a shared measure)"
            )
    return found


def _level(text: str) -> str:
    return " ".join(text.split()).casefold()


def say_rank(standing: Standing) -> str:
    """The rank with the places between which it may as well lie; never one without the other."""
    if standing.rank is None:
        return "–"
    among = f"{standing.rank} of {standing.ranked_count}, highest first"
    if standing.rank_low == standing.rank_high:
        return f"{among}; no other place is likely"
    return f"{among}; by chance anywhere from {standing.rank_low} to {standing.rank_high}"


def say_funnel(standing: Standing) -> str:
    """Whether the district is further from the county than chance allows at its size."""
    if standing.beyond_outer:
        side = "higher" if standing.beyond_outer == "above" else "lower"
        return f"Outside the 99.8% funnel: {side} than chance explains. Ask why"
    if standing.beyond_inner:
        side = "above" if standing.beyond_inner == "above" else "below"
        return f"Just {side} the 95% funnel, as one district in twenty is by chance"
    return "Inside the funnel: no further from the county than chance allows at this size"
