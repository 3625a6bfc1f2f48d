"""From a question to figures: count, divide, put an interval on it, and say what is missing and why."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import product

import numpy as np

from wardmote.evidence.definitions.indicators import IndicatorDefinition, get_indicator
from wardmote.evidence.definitions.offences import OffenceTree, get_offence_tree
from wardmote.evidence.indicators.answers import Answer, Cell, Counts, answer_missing, time_slices
from wardmote.evidence.indicators.counting import CUBES, count_cube
from wardmote.evidence.indicators.denominators import Denominators
from wardmote.evidence.indicators.forces import describe_missing, find_force, force_name, months_held
from wardmote.evidence.indicators.places import UNPLACED, Places
from wardmote.evidence.indicators.questions import PLACE_KINDS, Question, Scope, parse_breakdown
from wardmote.evidence.indicators.tables import TABLE_ANSWERS
from wardmote.evidence.model.areas import Area
from wardmote.evidence.model.figures import Denominator, Figure, FigureTable, Interval, Missing
from wardmote.evidence.model.periods import Month, Period
from wardmote.evidence.statistics.rates import rate
from wardmote.evidence.store.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class Evidence:
    """A snapshot with what is derived from it once: its places and denominators. Pass it around, not the parts."""

    snapshot: Snapshot
    places: Places
    denominators: Denominators
    tree: OffenceTree

    @classmethod
    def of(cls, snapshot: Snapshot) -> "Evidence":
        places = Places(snapshot)
        return cls(snapshot, places, Denominators(snapshot, places), get_offence_tree())


def compute_figures(
    evidence: Evidence, indicator: str, area: str, period: Period, by: str = "", *, scope: Scope = "force"
) -> FigureTable:
    """The figures of an indicator for an area and period, split by `by` ("month,ward,offence").

    Rows are sorted by their breakdown. A true zero is a figure of 0; what is not held is a figure without value whose
    `missing` says why. Raises UsageError for an unknown indicator, area or breakdown.
    """
    definition = get_indicator(indicator)
    question = Question(definition, area, period, parse_breakdown(by, definition), scope)
    key = ("figures", indicator, area, period, by, scope)
    return evidence.snapshot.recall(key, lambda: _answer(evidence, question), weight=lambda t: len(t.figures))


def _answer(evidence: Evidence, question: Question) -> FigureTable:
    numerator = question.indicator.numerator
    if numerator.table not in CUBES:
        return _build_table(evidence, question, _answer_table(evidence, question))
    # A count and its rate are counted alike: the rows are counted once for both.
    key = (
        "rows",
        numerator.table,
        numerator.offence,
        question.area,
        question.period,
        question.breakdown,
        question.scope,
    )
    answer = evidence.snapshot.recall(key, lambda: _answer_cube(evidence, question), weight=_weigh_counts)
    return _build_table(evidence, question, answer)


def _weigh_counts(answer: Answer) -> int:
    return len(answer.counts.cells)


def compute_one(evidence: Evidence, indicator: str, area: str, period: Period, *, scope: Scope = "force") -> Figure:
    """The one figure of an indicator for an area and period."""
    return compute_figures(evidence, indicator, area, period, scope=scope).figures[0]


# -- counting -----------------------------------------------------------------------------------------------
_UNKNOWN_FORCE = Missing("area_unknown", "no force's file holds rows of this area")


def _answer_table(evidence: Evidence, question: Question) -> Answer:
    """Tables other than the cubes have a module each."""
    numerator = question.indicator.numerator
    if not evidence.snapshot.has(numerator.table):
        return answer_missing(
            question, Missing("source_missing", f"nothing of the source {numerator.source} is loaded")
        )
    if numerator.table == "recorded_crime":  # asked a dozen times for each answer
        evidence.snapshot.hold(numerator.table)
    return TABLE_ANSWERS[numerator.table](evidence.snapshot, evidence.places, question)


def _answer_cube(evidence: Evidence, question: Question) -> Answer:
    numerator = question.indicator.numerator
    categories, unfit = _map_offence(evidence.tree, question.indicator)
    table = numerator.table
    if unfit or not evidence.snapshot.has(table):
        missing = unfit or Missing("source_missing", f"nothing of the source {numerator.source} is loaded")
        return answer_missing(question, missing)
    force = find_force(evidence.snapshot, evidence.places, question.area, table)
    held = months_held(evidence.snapshot, table, force)
    explain = _missing_months(held, force)
    if not force or not any(m in held for m in question.period.months):
        absent = explain(question.period) if force else None
        return answer_missing(question, absent or _UNKNOWN_FORCE)
    counts = count_cube(evidence.snapshot, evidence.places, evidence.tree, question, force=force, categories=categories)
    loads = evidence.snapshot.loads_for(table, _keys(force, question.period))
    return Answer(counts, explain, loads, numerator.source)


def _map_offence(tree: OffenceTree, indicator: IndicatorDefinition) -> tuple[tuple[str, ...], Missing | None]:
    """The source's categories for the indicator's offence, or why the source does not carry it."""
    numerator = indicator.numerator
    if not numerator.offence:
        return (), None
    mapping = tree.find_mapping(numerator.source, numerator.offence)
    if mapping is None or mapping.fit == "none":
        title = tree.nodes[numerator.offence].title.lower()
        return (), Missing("fit_none", f"{numerator.source} does not carry {title} as a category of its own")
    return mapping.categories, None


def _missing_months(held: frozenset[Month], force: str | None) -> Callable[[Period], Missing | None]:
    def explain(period: Period) -> Missing | None:
        text = describe_missing(period, held)
        return Missing("month_missing", f"{text} of {force_name(force)}'s file not loaded") if text else None

    return explain


def _keys(force: str | None, period: Period) -> set[tuple[str, ...]]:
    return {(force or "", f"{m}-01") for m in period.months}


# -- into figures -------------------------------------------------------------------------------------------
def _build_table(evidence: Evidence, question: Question, answer: Answer) -> FigureTable:
    slices = _slices(question)
    figures = _build_counts(question, answer, evidence.places.find_area(question.area), slices)
    if question.indicator.kind == "rate":
        figures = _to_rates(evidence, question, figures, slices)
    return FigureTable(
        question.indicator.id,
        question.breakdown.names,
        tuple(figures),
        tuple(answer.counts.notes),
        answer.counts.titles,
    )


def _slices(question: Question) -> dict[str, Period]:
    step = question.breakdown.time
    return {str(s): s for s in time_slices(step, question.period)} if step else {}


def _build_counts(question: Question, answer: Answer, area: Area, slices: dict[str, Period]) -> list[Figure]:
    """A figure for every cell. What all share is looked up once: there may be thousands of cells."""
    indicator, counted, withheld = question.indicator, answer.counts.cells, answer.missing_cells
    absent = {label: answer.missing_for(s) for label, s in slices.items()}
    whole = answer.missing_for(question.period)
    figures = []
    for dimensions, cell, label in _list_cells(question, answer.counts):
        missing = absent.get(label, whole) or (withheld.get(cell) if withheld else None)
        value = None if missing else float(counted.get(cell, 0))
        figures.append(
            Figure(
                indicator=indicator.id,
                area=area,
                period=question.period,
                value=value,
                unit=indicator.unit,
                dimensions=dimensions,
                numerator=value,
                state="missing" if missing else "actual",
                missing=missing,
                source=answer.source,
                loads=answer.loads,
                rows=None if value is None else round(value),
                definition_version=indicator.version,
            )
        )
    return figures


def _list_cells(question: Question, counts: Counts) -> Iterator[tuple[tuple[tuple[str, str], ...], Cell, str]]:
    """Every combination of the breakdowns' values: with their names, bare, and the slice of time ('' for none).

    One empty cell where nothing is asked or nothing is known.
    """
    names, step = question.breakdown.names, question.breakdown.time
    domains = [counts.domains.get(name, ()) for name in names]
    if not all(domains):
        domains = [("",) for _ in names]
    pairs = [[(name, value) for value in values] for name, values in zip(names, domains, strict=True)]
    at = names.index(step) if step else None
    for dimensions, cell in zip(product(*pairs), product(*domains), strict=True):
        yield dimensions, cell, "" if at is None else cell[at]


def _to_rates(evidence: Evidence, question: Question, figures: list[Figure], slices: dict[str, Period]) -> list[Figure]:
    """Divide counts by the denominators of their own place and slice; no denominator gives no rate."""
    keys = [_denominator_key(question, f, slices) for f in figures]
    known = _find_denominators(evidence, question.indicator.denominator, set(keys))
    found = [known.get(key) for key in keys]
    counts = np.array([np.nan if f.value is None else f.value for f in figures])
    people = np.array([np.nan if d is None else d.value for d in found])
    indicator = question.indicator
    result = rate(counts, people, multiplier=indicator.multiplier, level=indicator.interval_level)
    limits = zip(result.low.tolist(), result.high.tolist(), strict=True)
    rows = zip(figures, found, result.value.tolist(), limits, strict=True)
    return [_with_rate(f, d, v, lh, indicator) for f, d, v, lh in rows]


def _denominator_key(question: Question, figure: Figure, slices: dict[str, Period]) -> tuple[Period, str]:
    """Which period's and which place's residents the figure is per."""
    place, values = question.breakdown.place, dict(figure.dimensions)
    period = slices.get(values.get(question.breakdown.time or "", ""), question.period)
    return period, values[place.kind] if place else question.area


def _find_denominators(
    evidence: Evidence, what: str, keys: set[tuple[Period, str]]
) -> dict[tuple[Period, str], Denominator]:
    """All denominators in one query for each slice of time."""
    found: dict[tuple[Period, str], Denominator] = {}
    for period in {p for p, _ in keys}:
        codes = {c for p, c in keys if p == period and c not in ("", UNPLACED)}
        found |= {(period, c): d for c, d in evidence.denominators.find_many(codes, period, what).items()}
    return found


def _with_rate(
    figure: Figure,
    denominator: Denominator | None,
    value: float,
    limits: tuple[float, float],
    indicator: IndicatorDefinition,
) -> Figure:
    if figure.value is None:
        return figure
    if denominator is None:
        where = next((value for name, value in figure.dimensions if name in PLACE_KINDS), figure.area.title)
        why = (
            "rows that no place holds have no residents" if where == UNPLACED else f"no residents are known for {where}"
        )
        return figure.without_value(Missing("no_denominator", f"{why} near {figure.period}"))
    interval = Interval(*limits, indicator.interval_level, "exact below 10, Byar from 10")
    return replace(figure, value=value, denominator=denominator, interval=interval)
