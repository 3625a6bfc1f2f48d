"""A county's measures over its districts, quarter by quarter."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from wardmote.evidence.interface import judge_plan, roll_up_common, roll_up_measure
from wardmote.evidence.targets.plan import Plan as CorePlan
from wardmote.evidence.targets.plan import Value
from wardmote.evidence.targets.rollup import UnlikeMeasuresError
from wardmote.evidence.targets.rollup_values import PlaceReading, RollUp
from wardmote.evidence.targets.statuses import PeriodStatus
from wardmote.web.governance.tiers.matching import Match, list_links, match_measure
from wardmote.web.governance.tiers.reading import DistrictSeen, SignedValue, read_terms
from wardmote.web.partnerships.interface import Partnership
from wardmote.web.plans.interface import Indicator, get_current_plan, list_indicators, to_core_indicator

#: Two years and a quarter: the same quarter of the year before last is still seen.
MOST_PERIODS = 9


@dataclass(frozen=True, slots=True)
class RolledQuarter:
    """One quarter of a measure: its sum, or what keeps it from being one. `status`: of a whole sum with a target."""

    period: str
    readings: tuple[PlaceReading, ...]
    rolled: RollUp | None = None
    refusal: UnlikeMeasuresError | None = None
    status: PeriodStatus | None = None

    @property
    def revised(self) -> tuple[str, ...]:
        """The districts whose return has been opened again since it was signed off."""
        return tuple(row.place for row in self.readings if row.value is not None and not row.is_signed)


@dataclass(frozen=True, slots=True)
class RolledMeasure:
    """A measure of the county with what each district has of it, newest quarter last."""

    record: Indicator
    matches: tuple[Match, ...]
    quarters: tuple[RolledQuarter, ...]

    @property
    def newest(self) -> RolledQuarter | None:
        return self.quarters[-1] if self.quarters else None

    def list_common(self) -> tuple[RollUp, ...]:
        """What may be drawn as one line: the quarters that can be added up, over the same districts throughout."""
        usable = {one.period: one.readings for one in self.quarters if one.rolled and one.rolled.parts}
        return roll_up_common(read_terms(self.record), usable)


def list_measures(county: Partnership) -> list[Indicator]:
    """The indicators of the county's agreement in force: what is rolled up."""
    plan = get_current_plan(county)
    return list(list_indicators(plan).filter(discontinued_on=None)) if plan else []


def roll_measures(
    county: Partnership, measures: Sequence[Indicator], districts: Sequence[DistrictSeen], today: date
) -> list[RolledMeasure]:
    """Each measure over all the districts. One query, for the links."""
    links = list_links(county)
    return [roll_matched(county, one, match_measure(one, districts, links), today) for one in measures]


def roll_matched(county: Partnership, measure: Indicator, matches: Sequence[Match], today: date) -> RolledMeasure:
    """One measure, once it is known what it is in each district."""
    ends = {
        value.period: value.ends_on for match in matches if match.indicator for value in match.indicator.values
    }  # fmt: skip
    periods = sorted(ends, key=lambda period: ends[period])[-MOST_PERIODS:]
    quarters = [_roll(measure, period, ends[period], matches) for period in periods]
    judged = {} if measure.is_context else _judge(county, measure, quarters, today)
    return RolledMeasure(
        measure, tuple(matches), tuple(replace(one, status=judged.get(one.period)) for one in quarters)
    )


def _roll(measure: Indicator, period: str, ends_on: date, matches: Sequence[Match]) -> RolledQuarter:
    readings = tuple(_read(match, measure, period, ends_on) for match in matches)
    try:
        return RolledQuarter(period, readings, roll_up_measure(read_terms(measure), period, readings))
    except UnlikeMeasuresError as refusal:
        return RolledQuarter(period, readings, refusal=refusal)


def _read(match: Match, measure: Indicator, period: str, ends_on: date) -> PlaceReading:
    name, link = match.seen.place, match.link
    if match.indicator is None:  # nothing of it is added: there are no terms to hold against the county's
        return PlaceReading(name, read_terms(measure), gap=match.why_not)
    found = match.indicator.find(period)
    is_same = link.is_same_by_word if link else False
    if found is None:
        return PlaceReading(name, match.indicator.terms, is_same_by_word=is_same, gap=_say_gap(match, ends_on))
    return PlaceReading(
        name, match.indicator.terms, _complete(found, match), is_signed=not found.is_revised_now,
        is_same_by_word=is_same,
    )  # fmt: skip


def _say_gap(match: Match, ends_on: date) -> str:
    agreement = match.seen.agreement
    if agreement is not None and ends_on < agreement.values_from:
        return "not shared for this quarter"
    return "nothing signed off"


def _complete(found: SignedValue, match: Match) -> Value:
    """The value; a rate that came without its denominator with the one that the coordinator gave."""
    given = match.link.denominator if match.link else None
    is_bare_rate = found.value.shape == "rate" and found.value.whole is None
    return replace(found.value, whole=given) if is_bare_rate and given else found.value


def _judge(
    county: Partnership, measure: Indicator, quarters: Sequence[RolledQuarter], today: date
) -> dict[str, PeriodStatus]:
    """The status of each whole sum against the county's own target. A partial sum has none."""
    whole = [one.rolled.value for one in quarters if one.rolled and not one.rolled.is_partial]
    if not whole:
        return {}
    core = CorePlan(measure.plan.title, (to_core_indicator(measure, whole),))
    answered = judge_plan(core, as_at=today, amber_within_pct=county.amber_within_pct, small_number=county.small_number)
    return {one.period: one for one in answered[0].periods}
