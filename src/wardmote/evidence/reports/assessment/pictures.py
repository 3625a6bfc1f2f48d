"""The charts of an offence card: years, months, the year's shape, peers. Each says in words when it cannot be drawn."""

from collections.abc import Sequence

import numpy as np

from wardmote.evidence.indicators.readings.peers import PeerPosition, PeerRate
from wardmote.evidence.indicators.readings.series import YearSeries, read_profile, sum_rolling
from wardmote.evidence.model.figures import Figure, Missing
from wardmote.evidence.model.periods import MONTH_NAMES
from wardmote.evidence.reports.assessment.blocks import (
    figure_table,
    lack,
    make_chart,
    make_table,
    name_source,
    names,
    numbers,
    remark,
    say,
    text_cell,
)
from wardmote.evidence.reports.assessment.context import Context
from wardmote.evidence.reports.assessment.residents import name_residents, note_residents
from wardmote.evidence.reports.charts.month_layout import MonthPoint
from wardmote.evidence.reports.charts.months import month_profile, month_series
from wardmote.evidence.reports.charts.peers import PeerRow, peer_rank
from wardmote.evidence.reports.charts.trend import BreakMark, TrendPoint, annual_trend
from wardmote.evidence.reports.direction import name_period
from wardmote.evidence.reports.document import Block, Cell, InlineLike
from wardmote.evidence.reports.numbers import write_count, write_interval, write_rate
from wardmote.evidence.statistics.trend import NotEnoughYears, Trend, describe_trend

#: How many neighbours in rank are drawn on each side of the area itself.
NEIGHBOURS = 5
#: Fewer sums than this are told in words.
LEAST_SUMS = 3


def draw_years(context: Context, key: str, count_id: str, title: str) -> list[Block]:
    """Five years that end with the period; where fewer than two are held, the official years; else a line of words."""
    own, official_id = context.years(count_id), context.official_id(count_id)
    if official_id is None:
        return _draw_year_series(context, key, own, title)
    aligned, official = context.official_on_period(official_id), context.official_years(official_id)
    held = [own, aligned, official]  # of equals the first: the period's own years come before others
    return _draw_year_series(context, key, max(held, key=lambda series: len(series.known)), title)


def _draw_year_series(context: Context, key: str, series: YearSeries, title: str) -> list[Block]:
    shown = series.rates if any(f.is_known for f in series.rates) else series.counts
    if len(series.known) < 2:
        held = "".join(name_period(f.period) for f in series.known)
        why = f"of the five years only {held} is held" if held else "none of the five years is held whole"
        return [lack("Trend over five years", why)]
    points = [_trend_point(f) for f in shown]
    marks = _mark_breaks(series, points)
    drawn = annual_trend(points, unit=shown[0].unit, breaks=marks, title=title, theme=context.theme, size=context.size)
    pairs = zip(series.counts, series.rates, strict=True)
    rows = [
        (
            text_cell(name_period(c.period)),
            context.ledger.cell(c),
            context.ledger.cell(r),
            text_cell(write_interval(r)),
        )
        for c, r in pairs
    ]
    columns = (names("Year"), numbers("Count"), numbers("Rate per 1,000"), numbers("95% interval"))
    table = make_table(f"{key}-years-data", f"{title} by year", columns, rows)
    said = [note_residents(series.rates), *dict.fromkeys(b.sentence for _, b in series.breaks)]
    note = " ".join(filter(None, said))
    cautions = context.cautions(series.known[0].indicator, series.known[0].period, series.known[-1].period)
    return [
        make_chart(drawn, table, title=f"{title}: years", note=note, source=name_source(*series.counts)),
        _describe_trend(series),
        *(remark("caution", c) for c in cautions),
    ]


def _trend_point(figure: Figure) -> TrendPoint:
    limits = figure.interval if figure.value is not None else None
    return TrendPoint(
        _short_name(figure),
        figure.value,
        limits.low if limits else None,
        limits.high if limits else None,
        "actual" if figure.is_known else "missing",
    )


def _short_name(figure: Figure) -> str:
    period = figure.period
    return f"to {period.last.short_title}" if period.kind == "run" else str(period)


def _mark_breaks(series: YearSeries, points: Sequence[TrendPoint]) -> tuple[BreakMark, ...]:
    """One mark for each pair of years that must not be joined; a break that lasts is named once."""
    seen: set[str] = set()
    marks: list[BreakMark] = []
    for place, item in series.breaks:
        marks.append(BreakMark(points[place - 1].label, "" if item.id in seen else item.title))
        seen.add(item.id)
    return tuple(mark for mark in marks if mark.label)


def _describe_trend(series: YearSeries) -> Block:
    trend = series.trend
    is_per_resident = all(r.is_known for c, r in zip(series.counts, series.rates, strict=True) if c.is_known)
    if isinstance(trend, Trend):
        years = [name_period(series.counts[i].period) for i in trend.fitted_years]
        word = describe_trend(trend)
        limits = f"{trend.low_pct:+.1f}% to {trend.high_pct:+.1f}%".replace("-", "\N{MINUS SIGN}")
        lead = "no clear trend" if word == "no clear trend" else f"a {word} trend"
        per = " per resident" if is_per_resident else ""
        return say(
            f"From {years[0]} to {years[-1]} there is {lead}: {trend.change_pct_per_year:+.1f}%{per} a year "
            f"(likely range {limits}).".replace(": -", ": \N{MINUS SIGN}")
        )
    reason = trend.reason if isinstance(trend, NotEnoughYears) else "too_few_joined_years"
    why = {
        "too_few_joined_years": "fewer than three years in a row are held that may be joined",
        "no_events": "there were none in the years that may be joined",
        "all_events_in_one_end_year": "all fall in one year",
    }[reason]
    return lack("Trend over five years", why)


def draw_months(context: Context, key: str, count_id: str, title: str) -> list[Block]:
    """The last 24 months as bars."""
    months = context.months(count_id)
    if not any(f.is_known for f in months):
        return [lack("Months", months[-1].missing.why if months[-1].missing else "none is held")]
    while len(months) > 12 and not any(f.is_known for f in months[:12]):
        months = months[12:]
    table = figure_table(
        context, f"{key}-months-data", f"{title} by month", "Month", [(f.period.title, f) for f in months]
    )
    drawn = month_series(
        [_month_point(f) for f in months], unit=months[0].unit, title=title, theme=context.theme, size=context.size
    )
    chart = make_chart(drawn, table, title=f"{title}: months", source=name_source(*months))
    return [chart]


def _month_point(figure: Figure) -> MonthPoint:
    return MonthPoint(str(figure.period.last), figure.value, "actual" if figure.is_known else "missing")


def draw_profile(context: Context, key: str, count_id: str, title: str) -> list[Block]:
    """The usual shape of a year in the months held."""
    months = context.months(count_id, 5)
    profile = read_profile(months)
    if profile.method == "not_enough":
        return [lack("The year's usual shape", "no twelve months on end are held")]
    indexes = [None if np.isnan(v) else 100 * v for v in np.roll(profile.indexes, -3).tolist()]
    order = [*MONTH_NAMES[3:], *MONTH_NAMES[:3]]
    rows = [
        (text_cell(m), Cell("[x]" if v is None else f"{v:.0f}", value=v)) for m, v in zip(order, indexes, strict=True)
    ]
    table = make_table(f"{key}-profile-data", f"{title}: shape of the year", (names("Month"), numbers("Index")), rows)
    drawn = month_profile(indexes, first_month=4, title=title, theme=context.theme, size=context.size)
    if profile.method == "share_of_year":
        note = "From one year alone: that year's own events are in it."
    else:
        note = f"From {profile.years} years, with trend and level taken out (ratio to moving average)."
    return [make_chart(drawn, table, title=f"{title}: the shape of the year", note=note, source=name_source(*months))]


def draw_rolling(context: Context, key: str, count_id: str, title: str) -> list[Block]:
    """The twelve months that end with each of the last 24 months."""
    sums = sum_rolling(context.months(count_id, 3))[-24:]
    if not any(f.is_known for f in sums):
        return [lack("Rolling twelve months", "no twelve months on end are held")]
    while not sums[0].is_known:
        sums = sums[1:]
    known = [f for f in sums if f.is_known]
    if len(known) < LEAST_SUMS:
        return [_tell_rolling(context, known)]
    labelled = [(f"12 months to {f.period.last.title}", f) for f in sums]
    table = figure_table(context, f"{key}-rolling-data", f"{title}, rolling twelve months", "Twelve months", labelled)
    points = [MonthPoint(str(f.period.last), f.value, "actual" if f.is_known else "missing") for f in sums]
    drawn = month_series(
        points,
        unit=f"{sums[0].unit} in the twelve months that end here",
        title=title,
        theme=context.theme,
        size=context.size,
    )
    return [make_chart(drawn, table, title=f"{title}: rolling twelve months", source=name_source(*sums))]


def _tell_rolling(context: Context, sums: Sequence[Figure]) -> Block:
    """One or two sums in words: two points make no picture."""
    parts: list[InlineLike] = ["Rolling twelve months: "]
    for number, figure in enumerate(sums):
        parts += [" and " if number else "", context.ledger.ref(figure)]
        parts.append(f" {figure.unit} in the twelve months to {figure.period.last.title}")
    return say(*parts, "; too few months on end are held for a chart.")


def draw_peers(context: Context, key: str, count_id: str, title: str) -> list[Block]:
    """The area among its nearest neighbours in rank."""
    position = context.position(count_id)
    if isinstance(position, Missing):
        return [lack("Place among peers", position.why)]
    shown = _nearest(position)
    rows = [
        PeerRow(f"{rank}. {r.area.title}", r.rate, r.low, r.high, r.area.code == context.area.code) for rank, r in shown
    ]
    reference = None if position.median is None else ("Group median", position.median)
    drawn = peer_rank(
        rows, unit="per 1,000 residents", reference=reference, title=title, theme=context.theme, size=context.size
    )
    table = make_table(
        f"{key}-peers-data",
        f"{title}: {position.group.title}, {name_period(position.period)}",
        (names("Area"), numbers("Count"), numbers("Rate per 1,000"), numbers("95% interval")),
        [
            (
                text_cell(f"{rank}. {r.area.title}"),
                Cell(write_count(r.count), value=r.count),
                Cell(write_rate(r.rate), value=r.rate),
                text_cell(f"{write_rate(r.low)} to {write_rate(r.high)}"),
            )
            for rank, r in shown
        ],
    )
    absent = f" {len(position.absent)} of the group have no figure." if position.absent else ""
    part = f" Shown: the area and its {len(shown) - 1} neighbours in rank." if len(shown) < len(position.rates) else ""
    people = context.evidence.denominators.find_many([r.area.code for r in position.rates], position.period)
    note = (
        f"{len(position.rates)} {position.group.title}, {position.period.title}; 1 is the highest rate.{absent}{part}"
        f" Residents: {name_residents(people[code] for code in sorted(people))}."
    )
    return [make_chart(drawn, table, title=f"{title} among peers", note=note, source=name_source(position.rank))]


def _nearest(position: PeerPosition) -> list[tuple[int, PeerRate]]:
    ranked = list(enumerate(position.rates, 1))
    at = next(i for i, (_, r) in enumerate(ranked) if r.area.code == position.rank.area.code)
    first = max(0, min(at - NEIGHBOURS, len(ranked) - 2 * NEIGHBOURS - 1))
    return ranked[first : first + 2 * NEIGHBOURS + 1]
