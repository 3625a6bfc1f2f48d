"""What the data says of the figures in a sentence: the direction that a word beside them would have to match."""

from collections.abc import Sequence
from dataclasses import dataclass

from wardmote.evidence.indicators.compute import compute_one
from wardmote.evidence.indicators.readings.comparisons import Comparison, compare_periods
from wardmote.evidence.indicators.readings.evaluate import FigureName, Setting, evaluate_figure, parse_figure_id
from wardmote.evidence.model.figures import Figure
from wardmote.evidence.model.periods import Period
from wardmote.evidence.reports.assessment.context import Context
from wardmote.evidence.reports.direction import describe_change, name_period
from wardmote.evidence.reports.markdown import Reference
from wardmote.evidence.reports.numbers import write_figure, write_interval
from wardmote.evidence.statistics.change import Direction

#: A record is told of five years or more, as a trend is; and looked for as far back as tables go.
_EARLIER_YEARS = 4
_YEARS_BACK = 20


@dataclass(frozen=True, slots=True)
class Verdict:
    """The direction that the data bears out (None: none at all), later over earlier, and what to write instead."""

    direction: Direction | None
    ratio: float
    says: str
    instead: str

    @property
    def expected(self) -> str:
        return f"words such as {self.instead}" if self.direction else "no word of direction"


def judge_references(context: Context, references: Sequence[Reference]) -> Verdict:
    """Judge by the first figure: with another period of itself where the sentence names one, else with a year before.

    Raises UsageError for a figure that there is not.
    """
    names = [parse_figure_id(r.figure_id) for r in references]
    first = names[0]
    if first.measure == "trend_pct":
        return _judge_trend(context, references[0].figure_id)
    unfit = _find_unfit(first)
    if unfit:
        return Verdict(None, 1.0, f"no change is worked out for {unfit}", "the number alone")
    earlier, later = _find_periods(first, names[1:])
    found = compare_periods(context.evidence, first.indicator, first.area, later, earlier, breaks=context.breaks)
    return _read_comparison(context, found)


def judge_record(context: Context, references: Sequence[Reference]) -> Verdict:
    """Is the first figure's year above ("rose") or below ("fell") every earlier year held? "similar": neither.

    No direction where fewer than four earlier years are held, or one of them is missing or must not be compared.
    """
    name = parse_figure_id(references[0].figure_id)
    if name.dimensions or name.measure or not name.period.is_year:
        return Verdict(None, 1.0, "a record is judged for a whole year of a whole area only", "the number alone")
    now = context.protect(compute_one(context.evidence, name.indicator, name.area, name.period))
    earlier = _list_earlier(context, name)
    held = f"the data holds {len(earlier)} earlier year{'' if len(earlier) == 1 else 's'} of it"
    refusal = _refuse_record(context, name, [now, *earlier])
    if refusal or now.value is None or len(earlier) < _EARLIER_YEARS:
        return Verdict(None, 1.0, f"{held}; {refusal or f'{_EARLIER_YEARS} are asked for'}", "nothing of a record")
    return _rank_year(now, earlier, held)


def judge_multiple(context: Context, references: Sequence[Reference]) -> Verdict:
    """The first figure over the second: of two places, two years or two things, as the sentence sets them side by side.

    No direction where only one figure stands in it: what the other is cannot be known. Raises UsageError for a figure
    that there is not.
    """
    setting = Setting(context.breaks, context.generator, context.group)
    figures = [context.protect(evaluate_figure(context.evidence, r.figure_id, setting)) for r in references[:2]]
    shown = [f"{write_figure(f)} ({f.area.title}, {name_period(f.period)})" for f in figures]
    if len(figures) < 2:
        says = f"it sets two figures side by side and refers to only one, {shown[0]}"
        return Verdict(None, 1.0, says, "the other figure too, as {{ indicator:area:period }}")
    first, second = figures
    if first.value is None or not second.value:
        return Verdict(None, 1.0, "one of the two figures has no value, or the second is 0", "the two figures alone")
    ratio = first.value / second.value
    says = f"{shown[0]} is {ratio:.2f} times {shown[1]}"
    direction: Direction = "rose" if ratio > 1 else "fell" if ratio < 1 else "similar"
    instead = "'about as high as'" if 0.95 < ratio < 1.05 else f"'{ratio:.1f} times'"
    return Verdict(direction, ratio, says, instead)


def _list_earlier(context: Context, name: FigureName) -> list[Figure]:
    """The years before, newest first, back to the oldest that is held; those missing between are among them."""
    years: list[Figure] = []
    period = name.period
    for _ in range(_YEARS_BACK):
        period = period.previous()
        years.append(context.protect(compute_one(context.evidence, name.indicator, name.area, period)))
    while years and years[-1].value is None:
        years.pop()
    return years


def _refuse_record(context: Context, name: FigureName, years: Sequence[Figure]) -> str:
    """Why these years cannot be set side by side; empty where they can."""
    for year in years[1:]:
        if year.value is None:
            return f"{name_period(year.period)} is not held whole"
        found = compare_periods(
            context.evidence, name.indicator, name.area, name.period, year.period, breaks=context.breaks
        )
        if found.refused:
            return f"{name_period(year.period)} cannot be compared: {found.refused.why}"
    return ""


def _rank_year(now: Figure, earlier: Sequence[Figure], held: str) -> Verdict:
    value = now.value or 0.0
    top, bottom = (pick(earlier, key=lambda f: f.value or 0.0) for pick in (max, min))
    direction: Direction = (
        "rose" if value > (top.value or 0.0) else "fell" if value < (bottom.value or 0.0) else "similar"
    )
    says = (
        f"{held}, from {write_figure(bottom)} ({name_period(bottom.period)}) to {write_figure(top)} "
        f"({name_period(top.period)}); {name_period(now.period)} has {write_figure(now)}"
    )
    return Verdict(direction, 1.0, says, _RECORD_WORDS[direction])


_RECORD_WORDS: dict[Direction, str] = {
    "rose": "'the highest ever held'",
    "fell": "'the lowest ever held'",
    "similar": "'neither the highest nor the lowest'",
}


def _find_unfit(name: FigureName) -> str:
    """Why no comparison can be made of this figure: it is a part of an area, or no count or rate."""
    if name.dimensions:
        return "a part (" + ", ".join("=".join(pair) for pair in name.dimensions) + ")"
    return "" if name.measure in ("", "change_pct") else f"the measure {name.measure}"


def _find_periods(first: FigureName, others: Sequence[FigureName]) -> tuple[Period | None, Period]:
    """The two periods that the sentence speaks of, the earlier one None where it names only one."""
    kin = next(
        (n for n in others if (n.indicator, n.area) == (first.indicator, first.area) and n.period != first.period), None
    )
    if kin is not None:
        earlier, later = sorted((first.period, kin.period), key=lambda p: p.first)
        return earlier, later
    return (Period.parse(first.against) if first.against else None), first.period


def _read_comparison(context: Context, found: Comparison) -> Verdict:
    if any(context.protect(f).state == "suppressed" for f in (found.current, found.previous)):
        return Verdict(None, 1.0, "one of the two counts is withheld from this reader", "nothing of it")
    words = describe_change(found)
    if found.change is None:
        before = name_period(found.previous.period)
        return Verdict(None, 1.0, words.sentence, f"that it was not compared with {before}")
    return Verdict(found.direction, found.change.rate_ratio, words.sentence, f"'{words.phrase}'")


def _judge_trend(context: Context, figure_id: str) -> Verdict:
    """A trend over years earns a direction where its range leaves out no change."""
    setting = Setting(context.breaks, context.generator, context.group)
    figure: Figure = context.protect(evaluate_figure(context.evidence, figure_id, setting))
    if figure.interval is None or figure.value is None:
        why = figure.missing.why if figure.missing else "it has no range"
        return Verdict(None, 1.0, f"there is no trend: {why}", "no trend")
    is_rising, is_falling = figure.interval.low > 0, figure.interval.high < 0
    direction: Direction = "rose" if is_rising else "fell" if is_falling else "similar"
    word = {"rose": "a rising trend", "fell": "a falling trend", "similar": "no clear trend"}[direction]
    says = f"{word}: {write_figure(figure)} a year (likely range {write_interval(figure)})"
    return Verdict(direction, 1.0, says, f"'{word}'")
