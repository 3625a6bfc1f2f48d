"""Figures found by words, for somebody who writes: what each is called, what it says, and how to refer to it."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import partial

from wardmote.evidence.definitions.indicators import IndicatorDefinition, list_indicators
from wardmote.evidence.indicators.compute import compute_figures, compute_one
from wardmote.evidence.model.areas import Area
from wardmote.evidence.model.errors import WardmoteError
from wardmote.evidence.model.figures import Figure
from wardmote.evidence.model.periods import Period
from wardmote.evidence.reports.assessment.context import Context
from wardmote.evidence.reports.assessment.desk import Desk
from wardmote.evidence.reports.assessment.verdicts import judge_references
from wardmote.evidence.reports.direction import name_period
from wardmote.evidence.reports.markdown import Reference
from wardmote.evidence.reports.numbers import write_figure, write_interval

_PERIOD = re.compile(r"\b\d{4}/\d{2}(?:Q[1-4])?\b|\b\d{4}-\d{2}(?:\.\.\d{4}-\d{2})?\b")
_MOST_INDICATORS, _MOST_WARD_INDICATORS = 24, 2
_SILENT = frozenset({"the", "of", "in", "for", "and", "number", "how", "many", "ward"})
_SAME = {"antisocial": "anti-social", "crimes": "crime", "burglaries": "burglary", "rates": "rate", "counts": "count"}


@dataclass(frozen=True, slots=True)
class FoundFigure:
    """One figure that can be referred to. `says` is what the data bears out of its change, empty where none is told.

    `why_missing` is why it has no value, and then nobody can refer to it.
    """

    figure_id: str
    title: str
    area: str
    period: str
    value: str
    interval: str
    says: str = ""
    why_missing: str = ""

    @property
    def reference(self) -> str:
        """What is typed for it."""
        return f"{{{{ {self.figure_id} }}}}"

    @property
    def change_reference(self) -> str:
        """What is typed for its change on a year before; empty where none is told."""
        return f"{{{{ {self.figure_id} | change }}}}" if self.says else ""


@dataclass(frozen=True, slots=True)
class _Query:
    """What was asked: words of an indicator, words of a place, a period."""

    indicator: tuple[str, ...]
    place: tuple[str, ...]
    period: Period


def find_figures(desk: Desk, query: str, *, limit: int = 12) -> tuple[FoundFigure, ...]:
    """Which figures do these words name? At most `limit`, the plainest first.

    `query` holds words of a title ("burglary rate"), perhaps a period ("2023/24", "2024-05"; else it is that of the
    assessment) and the name of a ward or of an area around the assessment's own. Where none of them has a value, those
    without one are given, each with the reason.
    """
    with desk.lock:
        context = desk.context
        wards = list_wards(context)
        asked = _read_query(query, context, wards)
        if asked is None:
            return ()
        found: list[FoundFigure] = []
        missing: list[FoundFigure] = []
        for figure, title in _iterate_figures(context, asked, wards):
            is_held = figure.value is not None and figure.missing is None
            (found if is_held else missing).append(_describe(context, figure, title))
            if len(found) == limit:
                break
    return tuple(found or missing[:limit])


def _read_query(query: str, context: Context, wards: Iterable[Area]) -> _Query | None:
    """Each word is the indicator's or a place's; None where one is neither, or there is none."""
    written = _PERIOD.search(query)
    words = [w for w in re.findall(r"[\w'-]+", _PERIOD.sub(" ", query).lower()) if w not in _SILENT]
    words = [_SAME.get(w, w) for w in words]
    titles = [_name_indicator(d) for d in list_indicators().values()] + [d.title for d in context.partner_datasets]
    named = [w for w in words if _is_in(w, *titles)]
    places = [w for w in words if w not in named]
    names = [a.title for a in (*_list_areas(context), *wards)]
    if not words or not all(_is_in(w, *names) for w in places):
        return None
    return _Query(tuple(named) or ("all", "crime"), tuple(places), _read_period(written, context.period))


def _read_period(written: re.Match[str] | None, default: Period) -> Period:
    text = written.group() if written else ""
    try:
        return Period.parse(f"{text}..{text}" if re.fullmatch(r"\d{4}-\d{2}", text) else text) if text else default
    except WardmoteError:
        return default


def _iterate_figures(context: Context, asked: _Query, wards: Iterable[Area]) -> Iterator[tuple[Figure, str]]:
    for area in _list_areas(context):
        if all(_is_in(w, area.title) for w in asked.place):
            for definition in _list_fitting(asked):
                yield compute_one(context.evidence, definition.id, area.code, asked.period), definition.title
        if not asked.place:
            break
    if asked.place:
        chosen = {ward.code for ward in wards if all(_is_in(w, ward.title) for w in asked.place)}
        yield from _iterate_wards(context, asked, chosen)
    else:
        yield from _iterate_partners(context, asked)


def _iterate_wards(context: Context, asked: _Query, chosen: set[str]) -> Iterator[tuple[Figure, str]]:
    for definition in [d for d in _list_fitting(asked) if d.kind == "count"][:_MOST_WARD_INDICATORS] if chosen else ():
        try:
            table = compute_figures(context.evidence, definition.id, context.area.code, asked.period, "ward")
        except WardmoteError:
            continue
        yield from ((f, definition.title) for f in table.figures if dict(f.dimensions).get("ward") in chosen)


def _iterate_partners(context: Context, asked: _Query) -> Iterator[tuple[Figure, str]]:
    for dataset in context.partner_datasets:
        if dataset.total is not None and all(_is_in(w, dataset.title) for w in asked.indicator):
            yield dataset.total, dataset.title


def _list_areas(context: Context) -> list[Area]:
    """The assessment's own area, then those around it."""
    places = context.evidence.places
    around = [places.find_area(code) for code in places.get_enclosing(context.area.code).values()]
    return [context.area, *(a for a in around if a.code != context.area.code)]


def list_wards(context: Context) -> tuple[Area, ...]:
    """The wards of the area, of the set in which figures by ward are given."""
    try:
        table = compute_figures(context.evidence, "crime_count", context.area.code, context.period, "ward")
    except WardmoteError:  # no street-level data, or no look-up of wards
        return ()
    codes = sorted({dict(f.dimensions).get("ward", "") for f in table.figures} - {""})
    return tuple(a for a in map(context.evidence.places.find_area, codes) if a.name)


def _list_fitting(asked: _Query) -> list[IndicatorDefinition]:
    """Indicators whose title or id holds every word: the one of that very name first, official ones last."""
    fitting = [d for d in list_indicators().values() if all(_is_in(w, _name_indicator(d)) for w in asked.indicator)]
    name = "_".join(w for w in asked.indicator if w not in ("rate", "count"))
    return sorted(fitting, key=partial(_rank, f"{name}_count"))[:_MOST_INDICATORS]


def _rank(wanted: str, definition: IndicatorDefinition) -> tuple[bool, bool, int, str]:
    is_official = definition.id.startswith("official")
    return definition.count_id != wanted, is_official, len(definition.title), definition.id


def _name_indicator(definition: IndicatorDefinition) -> str:
    return f"{definition.title} {definition.id.replace('_', ' ')}"


def _is_in(word: str, *texts: str) -> bool:
    """Does a word of one of the texts begin with it?"""
    pattern = re.compile(rf"(?<![\w-]){re.escape(word)}", re.IGNORECASE)
    return any(pattern.search(text) for text in texts)


def _describe(context: Context, figure: Figure, title: str) -> FoundFigure:
    ward = dict(figure.dimensions).get("ward")
    area = context.evidence.places.find_area(ward) if ward else figure.area
    return FoundFigure(
        figure.id, title, area.title, name_period(figure.period), write_figure(figure), write_interval(figure) or "",
        "" if figure.dimensions or figure.missing else _say_change(context, figure),
        figure.missing.why if figure.missing else "",
    )  # fmt: skip


def _say_change(context: Context, figure: Figure) -> str:
    """What the data bears out of the change on a year before; nothing where no comparison is made."""
    try:
        verdict = judge_references(context, [Reference(figure.id, "value", 1, 1)])
    except WardmoteError:
        return ""
    return verdict.says if verdict.direction else ""
