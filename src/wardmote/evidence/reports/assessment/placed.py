"""What the data says of words of rank: a place among others, the month of a peak, a share in words."""

import re
from collections.abc import Sequence

from wardmote.evidence.indicators.compute import compute_figures
from wardmote.evidence.indicators.readings.evaluate import FigureName, Setting, evaluate_figure, parse_figure_id
from wardmote.evidence.model.figures import Figure
from wardmote.evidence.model.periods import Month, Period, financial_year_of
from wardmote.evidence.reports.assessment.context import Context
from wardmote.evidence.reports.assessment.verdicts import Verdict
from wardmote.evidence.reports.direction import name_period
from wardmote.evidence.reports.markdown import Reference
from wardmote.evidence.reports.numbers import write_figure, write_pct
from wardmote.evidence.statistics.change import Direction

#: A place in these is not told by a place among the peers.
_WIDER = re.compile(r"\b(?:county|counties|region|country|nation|force|England|Wales|Britain|UK)\b", re.IGNORECASE)
_NO_RANK = "its place as a figure, such as {{ crime_rate:area:period:measure=rank }}"
_NO_MONTH = "the figure of that month, such as {{ crime_count:area:2025-08 }}"
_NO_SHARE = "the share as a figure, such as {{ theft_count:area:period:measure=share_pct:against=crime_count }}"


def judge_place(context: Context, references: Sequence[Reference], words: str) -> Verdict:
    """First or last among peers by a figure of rank, or among the wards by a ward's figure; "similar": neither.

    No direction where the sentence has no such figure, or speaks of a county or country, of which none is held.
    """
    for reference in references:
        name = parse_figure_id(reference.figure_id)
        if name.measure == "rank" and not _WIDER.search(words):
            return _judge_rank(context, reference.figure_id)
        if "ward" in dict(name.dimensions) and not name.measure:
            return _judge_ward(context, name)
    says = "no figure of the sentence says which place that is"
    if _WIDER.search(words):
        says = "places are held among the peers only, not in a county or country"
    return Verdict(None, 1.0, says, _NO_RANK)


def judge_peak(context: Context, references: Sequence[Reference], words: str) -> Verdict:
    """Is the month of a figure the highest ("rose") or lowest ("fell") of its year? "similar": neither.

    No direction where no figure of the sentence is one month's, a month of the year is missing, or another is named.
    """
    for reference in references:
        name = parse_figure_id(reference.figure_id)
        month = _find_month(name)
        if month is not None and not name.measure and _is_named(month, words):
            return _judge_month(context, name, month)
    return Verdict(None, 1.0, "no figure of the sentence is that of the month", _NO_MONTH)


def judge_share(context: Context, references: Sequence[Reference]) -> Verdict:
    """A share that the sentence refers to, else the smaller of its two counts as a part of the larger."""
    figures = [_evaluate(context, one.figure_id) for one in references]
    share = next((f for f in figures if f.unit.startswith("%") and _is_share(f)), None)
    if share is not None and share.value is not None:
        return Verdict("similar", share.value / 100, f"the share is {write_figure(share)}", f"'{write_figure(share)}'")
    counts = sorted((f.value, f.id) for f in figures if f.value is not None and not f.unit.startswith("%"))
    if len(counts) != 2 or not counts[1][0]:
        return Verdict(None, 1.0, "no share is worked out from the figures of the sentence", _NO_SHARE)
    ratio = counts[0][0] / counts[1][0]
    return Verdict("similar", ratio, f"the figures give {write_pct(100 * ratio)}", f"'{write_pct(100 * ratio)}'")


def _is_share(figure: Figure) -> bool:
    return dict(figure.dimensions).get("measure", "") in ("", "share_pct", "half_of_crime_pct", "unlocated_pct")


def _evaluate(context: Context, figure_id: str) -> Figure:
    setting = Setting(context.breaks, context.generator, context.group)
    return context.protect(evaluate_figure(context.evidence, figure_id, setting))


def _judge_rank(context: Context, figure_id: str) -> Verdict:
    figure = _evaluate(context, figure_id)
    size = re.search(r"\d+", figure.unit)
    if figure.value is None or size is None:
        return Verdict(None, 1.0, "no place is worked out for it", _NO_RANK)
    place = round(figure.value)
    direction: Direction = "rose" if place == 1 else "fell" if place == int(size.group()) else "similar"
    return Verdict(direction, 1.0, f"its place is {write_figure(figure)}, 1 being the highest", "the place alone")


def _judge_ward(context: Context, name: FigureName) -> Verdict:
    table = compute_figures(context.evidence, name.indicator, name.area, name.period, "ward")
    wards = {dict(f.dimensions)["ward"]: f for f in map(context.protect, table.figures) if f.value is not None}
    own = wards.get(dict(name.dimensions)["ward"])
    if own is None or len(wards) < len(table.figures):
        return Verdict(None, 1.0, "not every ward has a figure that may be set beside it", "the number alone")
    return _rank(own, list(wards.values()), f"among {len(wards)} wards in {name_period(name.period)}")


def _find_month(name: FigureName) -> Month | None:
    months = dict(name.dimensions).get("month")
    if months:
        return Month.parse(months)
    return name.period.first if name.period.first == name.period.last else None


def _is_named(month: Month, words: str) -> bool:
    """Is this month spoken of, or none at all by its name?"""
    spoken = re.findall(
        r"\b(january|february|march|april|may(?! be)|june|july|august|september|october|november|december)\b",
        words.lower(),
    )
    return not spoken or month.title.split()[0].lower() in spoken


def _judge_month(context: Context, name: FigureName, month: Month) -> Verdict:
    year: Period = name.period if name.period.is_year else financial_year_of(month)
    table = compute_figures(context.evidence, name.indicator, name.area, year, "month")
    months = {dict(f.dimensions)["month"]: f for f in map(context.protect, table.figures)}
    own = months.get(str(month))
    if own is None or any(f.value is None for f in months.values()):
        return Verdict(None, 1.0, f"not every month of {name_period(year)} is held", "the number alone")
    return _rank(own, list(months.values()), f"among the months of {name_period(year)}")


def _rank(own: Figure, others: Sequence[Figure], among: str) -> Verdict:
    values = sorted((f.value or 0.0 for f in others), reverse=True)
    value = own.value or 0.0
    direction: Direction = "rose" if value == values[0] else "fell" if value == values[-1] else "similar"
    place = values.index(value) + 1
    says = f"{among} it is number {place} of {len(values)}, 1 being the highest"
    return Verdict(direction, 1.0, says, "the number alone")
