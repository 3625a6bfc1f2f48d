"""Figures as a page shows them: the one at its head, its table, its run chart, the usual shape of its year."""

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from wardmote.evidence.interface import (
    find_series_breaks,
    list_series,
    mark_small,
    place_breaks,
    read_month_profile,
    resolve_area,
    write_value,
)
from wardmote.evidence.model.errors import UsageError
from wardmote.evidence.model.figures import Figure, FigureTable
from wardmote.evidence.model.periods import MONTH_NAMES, Period
from wardmote.web.foundation.design.run_charts import draw_run_chart
from wardmote.web.foundation.design.words import say_number
from wardmote.web.observatory.evidence.drawings import draw_profile
from wardmote.web.observatory.evidence.forms import SPLITS, STEPS
from wardmote.web.observatory.evidence.questions import MOST_SHOWN, Addresses, Asked
from wardmote.web.observatory.loads.doubts import find_doubts

if TYPE_CHECKING:
    from wardmote.evidence.interface import Evidence

STATES = {
    "actual": "As recorded", "provisional": "Provisional", "projected": "Projected", "suppressed": "Withheld",
    "missing": "Missing",
}  # fmt: skip
#: The core's note on a number that goes no further than the partnership.
_SMALL = "small number: do not publish"
#: So many columns can still be compared by eye; more of them become rows.
_MOST_COLUMNS = 16
_MOST_REASONS = 6

Cell = Markup | str


def describe_whole(figure: Figure, at: Addresses) -> dict[str, Any]:
    """The figure at the head of the page with all that stands behind it."""
    value, interval = write_value(figure)
    per = figure.denominator
    return {
        "value": value, "interval": interval, "unit": figure.unit, "is_known": figure.is_known,
        "state": STATES[figure.state], "why": figure.missing.why if figure.missing else "",
        "count": "" if figure.numerator is None or per is None else say_number(figure.numerator),
        "per": per.title if per else "", "notes": [say_note(note) for note in figure.notes],
        "level": f"{figure.interval.level:.0%}" if figure.interval else "",
        "id": figure.id, "trace": at.find_trace(figure.id),
    }  # fmt: skip


def name_places(evidence: "Evidence", figure: Figure, title: str) -> str:
    """The title of a figure with the name of the place by which it is split beside its code."""
    for kind, code in figure.dimensions:
        if kind.split("@", maxsplit=1)[0] in ("ward", "district"):
            try:
                name = resolve_area(evidence, code).title
            except UsageError:  # unplaced, or a place that the look-ups no longer name
                continue
            title = title.replace(f"{kind} {code}", f"{kind} {name}, {code}")
    return title


def say_note(note: str) -> str:
    return f"{note[:1].upper()}{note[1:]}"


# -- the table --------------------------------------------------------------------------------------------------
def draw_value(figure: Figure, at: Addresses) -> Markup:
    """A value that leads to where it comes from; a star marks a small number, a mark in brackets that there is none."""
    value, _ = write_value(figure)
    star = "*" if _SMALL in figure.notes else ""
    mark = {"provisional": " p", "projected": " f"}.get(figure.state, "")
    mark += " q" if find_doubts(at.doubts, period_of(figure)) else ""
    return Markup('<a class="govuk-link govuk-link--no-visited-state" href="{}" data-figure="{}">{}{}{}</a>').format(
        at.find_trace(figure.id), figure.id, value, star, mark
    )


def period_of(figure: Figure) -> Period:
    """The month, quarter or year of a figure that is split by one, else its whole period."""
    step = next((value for name, value in figure.dimensions if name in STEPS and value), "")
    if not step:
        return figure.period
    return Period.parse(f"{step}..{step}" if step.count("-") == 1 and "/" not in step else step)


def describe_table(table: FigureTable, asked: Asked, at: Addresses) -> dict[str, Any]:
    """Columns and rows: months down the side, another split across the head where its values are few."""
    if len(table.figures) > MOST_SHOWN:
        return {"too_many": len(table.figures)}
    steps = _list_values(table, asked.step) if asked.step else []
    split = asked.split.split("@", maxsplit=1)[0]
    splits = _list_values(table, split) if split else []
    is_crossed = bool(steps and splits) and min(len(steps), len(splits)) <= _MOST_COLUMNS
    if is_crossed:
        columns, rows = _cross(table, asked.step, split, at, flipped=len(splits) > _MOST_COLUMNS)
    else:
        columns, rows = _list_each(table, at)
    return {
        "columns": columns,
        "rows": rows,
        "is_list": not is_crossed,
        "reasons": list_reasons(table.figures),
        "marks": [*list_marks(table), *_explain_doubts(table, at)],
    }


def _list_values(table: FigureTable, name: str) -> list[str]:
    return list(dict.fromkeys(dict(f.dimensions)[name] for f in table.figures))


def _cross(
    table: FigureTable, step: str, split: str, at: Addresses, *, flipped: bool
) -> tuple[list[Any], list[list[Cell]]]:
    down, across = (split, step) if flipped else (step, split)
    cells = {(dict(f.dimensions)[down], dict(f.dimensions)[across]): f for f in table.figures}
    heads = _list_values(table, across)
    columns = [name_split(down), *({"text": title_of(table, across, h), "numeric": True} for h in heads)]
    rows: list[list[Cell]] = [
        [title_of(table, down, d), *(draw_value(cells[d, h], at) for h in heads)] for d in _list_values(table, down)
    ]
    return columns, rows


def _list_each(table: FigureTable, at: Addresses) -> tuple[list[Any], list[list[Cell]]]:
    """A row for each figure, with its interval and parts as far as any of them has them."""
    has_rate = any(f.denominator for f in table.figures)
    columns: list[Any] = [name_split(name) for name in table.breakdown]
    columns.append({"text": "Value", "numeric": True})
    columns += (
        ["95% interval", {"text": "Count", "numeric": True}, {"text": "Per", "numeric": True}] if has_rate else []
    )
    columns.append("State")
    rows: list[list[Cell]] = []
    for figure in table.figures:
        dimensions = dict(figure.dimensions)
        parts = _describe_parts(figure) if has_rate else []
        heads = [title_of(table, name, dimensions[name]) for name in table.breakdown]
        rows.append([*heads, draw_value(figure, at), *parts, STATES[figure.state]])
    return columns, rows


def _describe_parts(figure: Figure) -> list[str]:
    _, interval = write_value(figure)
    per = figure.denominator
    return [interval or "–", say_number(figure.numerator), say_number(per.value if per else None)]


def name_split(name: str) -> str:
    return STEPS.get(name) or SPLITS.get(name) or name.replace("_", " ").capitalize()


def title_of(table: FigureTable, name: str, value: str) -> str:
    """A month in words, a place or category by its name."""
    if name in STEPS and value:
        period = Period.parse(value) if name != "month" else Period.parse(f"{value}..{value}")
        return str(period) if period.kind in ("financial_year", "quarter") else period.title
    return table.title_of(name, value) or ("Unplaced" if value == "unplaced" else value) or "Not stated"


def list_reasons(figures: Iterable[Figure]) -> list[str]:
    """Why figures have no value, each reason once."""
    reasons = dict.fromkeys(say_note(f.missing.why) for f in figures if f.missing)
    return list(reasons)[:_MOST_REASONS]


def list_marks(table: FigureTable) -> list[str]:
    """What the marks in the table mean, as far as they stand in it."""
    found = [*map(say_note, table.notes)]
    states = {f.state for f in table.figures}
    if "missing" in states:
        found.append("[x]: there is no value. That is not a zero.")
    if "suppressed" in states:
        found.append("[c]: withheld to protect people.")
    if "provisional" in states:
        found.append("p: provisional.")
    if any(_SMALL in f.notes for f in table.figures):
        found.append("*: a small number. It is for the partnership and must not be published.")
    return found


def _explain_doubts(table: FigureTable, at: Addresses) -> list[str]:
    months = dict.fromkeys(doubt.month for f in table.figures for doubt in find_doubts(at.doubts, period_of(f)))
    return [f"q: {', '.join(month.title for month in sorted(months))} may be incomplete."] if months else []


# -- through time -----------------------------------------------------------------------------------------------
def describe_series(asked: Asked) -> dict[str, Any]:
    """The run chart over all that is held, the breaks in words, and the usual shape of a year."""
    if asked.area is None:
        return {}
    name, area = asked.indicator.id, asked.area.code
    series = mark_small(asked.evidence, name, list_series(asked.evidence, name, area))
    breaks = find_series_breaks(asked.evidence, name, area)
    placed = place_breaks(breaks, series)
    told = [{"sentence": b.sentence, "action": b.action, "source": b.source} for b in (*breaks.own, *breaks.of_parts)]
    return {"chart": _draw_chart(asked, series, placed), "breaks": told, "profile": _describe_profile(asked, series)}


def _mark_doubts(asked: Asked, series: Sequence[Figure]) -> dict[int, str]:
    """Where a month of the chart may be incomplete, and why."""
    found = ((at, find_doubts(asked.doubts, figure.period)) for at, figure in enumerate(series))
    return {at: doubts[-1].sentence for at, doubts in found if doubts}


def _draw_chart(asked: Asked, series: Sequence[Figure], breaks: Mapping[int, str]) -> Markup:
    title = f"{asked.indicator.title}, {asked.area.title if asked.area else ''}"
    labels = [name_period(f.period) for f in series]
    values = [None if f.value is None else round(f.value, 2) for f in series]
    doubts = _mark_doubts(asked, series)
    chart = draw_run_chart(title, labels, values, unit=asked.indicator.unit, breaks=breaks, doubts=doubts)
    return chart if series else Markup("")


def name_period(period: Period) -> str:
    """Short enough for the foot of a chart: Apr 22, 2021/22, year to Jun 25."""
    if period.length == 1:
        return period.first.short_title
    if period.kind in ("financial_year", "calendar_year"):
        return str(period)
    return f"Year to {period.last.short_title}" if period.is_year else f"To {period.last.short_title}"


def _describe_profile(asked: Asked, series: Sequence[Figure]) -> dict[str, Any] | None:
    """Which months usually lie above the average; None where too few are held to say."""
    if not series or any(f.period.length != 1 for f in series):
        return None
    found = asked.evidence.places.recall(
        ("profile", asked.indicator.id, asked.area), lambda: read_month_profile(series)
    )
    if found.method == "not_enough":
        return None
    indexes = [index * 100 for index in found.indexes.tolist()]
    rows = [[name, f"{index:.0f}"] for name, index in zip(MONTH_NAMES, indexes, strict=True)]
    return {"picture": draw_profile(indexes), "rows": rows, "years": found.years}
