"""From a figure's name back to the figure: what `trace` and the commentary ask."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from numpy.random import Generator

from wardmote.evidence.definitions.breaks import Break
from wardmote.evidence.definitions.indicators import get_indicator
from wardmote.evidence.indicators.compute import Evidence, compute_figures, compute_one
from wardmote.evidence.indicators.readings.comparisons import compare_periods, derive_change, derive_rate_change
from wardmote.evidence.indicators.readings.geography import measure_concentration
from wardmote.evidence.indicators.readings.measured import MEASURES, derive, share_of
from wardmote.evidence.indicators.readings.peers import PeerGroup, choose_peers, find_position
from wardmote.evidence.indicators.readings.series import derive_trend, read_years
from wardmote.evidence.indicators.readings.trust import check_completeness
from wardmote.evidence.model.errors import UsageError
from wardmote.evidence.model.figures import Figure, Missing
from wardmote.evidence.model.periods import Month, Period

_FORM = "indicator:area:period[:dimension=value...], such as crime_count:E06000035:2021/22:month=2021-04"


@dataclass(frozen=True, slots=True)
class FigureName:
    """The parts of a figure's id. `measure` and `against` are set for figures worked out from others."""

    indicator: str
    area: str
    period: Period
    dimensions: tuple[tuple[str, str], ...]
    measure: str = ""
    against: str = ""


def parse_figure_id(text: str) -> FigureName:
    """Take a figure's id apart, or say what is wrong with it.

    >>> parse_figure_id("crime_count:E06000035:2021/22:month=2021-04").dimensions
    (('month', '2021-04'),)
    """
    parts = text.strip().split(":", 3)
    if len(parts) < 3:
        raise UsageError(f"'{text}' is not the name of a figure", expected=_FORM)
    pairs = [_split_pair(p, text) for p in re.split(r":(?=[a-z_]+=)", parts[3])] if len(parts) == 4 else []
    special = dict(p for p in pairs if p[0] in ("measure", "against"))
    if special.get("measure", "share_pct") not in MEASURES:
        raise UsageError(f"there is no measure '{special['measure']}'", expected="one of " + ", ".join(MEASURES))
    dimensions = tuple(p for p in pairs if p[0] not in ("measure", "against"))
    return FigureName(
        parts[0], parts[1], _parse_period(parts[2]), dimensions, special.get("measure", ""), special.get("against", "")
    )


def _parse_period(text: str) -> Period:
    """In an id 2010-11 is always the month: wardmote writes financial years with a stroke."""
    return Period.month(Month.parse(text)) if re.fullmatch(r"\d{4}-\d{2}", text) else Period.parse(text)


def _split_pair(part: str, whole: str) -> tuple[str, str]:
    name, mark, value = part.partition("=")
    if not mark:
        raise UsageError(f"'{part}' in '{whole}' is not a dimension with its value", expected=_FORM)
    return name, value


@dataclass(frozen=True, slots=True)
class Setting:
    """What the derived figures of a partnership depend on besides the evidence."""

    breaks: tuple[Break, ...]
    generator: Generator
    group: PeerGroup | None = None


def evaluate_figure(evidence: Evidence, figure_id: str, setting: Setting) -> Figure:
    """The figure of that name, worked out anew from the evidence.

    Raises UsageError when the name is malformed, or names an indicator, area, breakdown or value that there is not.
    """
    name = parse_figure_id(figure_id)
    get_indicator(name.indicator)
    base = _find_base(evidence, name)
    return base if not name.measure else _DERIVERS[name.measure](evidence, name, base, setting)


def _find_base(evidence: Evidence, name: FigureName) -> Figure:
    if not name.dimensions:
        return compute_one(evidence, name.indicator, name.area, name.period)
    by = ",".join(_breakdown(n, v, evidence, name) for n, v in name.dimensions)
    table = compute_figures(evidence, name.indicator, name.area, name.period, by)
    wanted = name.dimensions
    found = next((f for f in table.figures if f.dimensions == wanted), None)
    if found is not None:
        return found
    missing = next((f for f in table.figures if f.missing), None)
    if missing is not None and not dict(missing.dimensions).get(wanted[0][0]):
        return missing
    raise UsageError(
        f"{name.indicator} has no {' and '.join('='.join(p) for p in wanted)} in {name.area}, {name.period}",
        expected=_list_values(table.figures, wanted[0][0]),
    )


def _breakdown(dimension: str, value: str, evidence: Evidence, name: FigureName) -> str:
    """A ward's or small area's code says which set it belongs to: the one in force if that has it, else the newest.

    Rows that no place holds are those of the first set that leaves any: their name does not say of which.
    """
    for by in _list_sets(evidence, dimension):
        table = compute_figures(evidence, name.indicator, name.area, name.period, by)
        if value in {dict(f.dimensions)[dimension] for f in table.figures}:
            return by
    return dimension


def _list_sets(evidence: Evidence, dimension: str) -> tuple[str, ...]:
    if dimension == "lsoa":
        return ("lsoa", "lsoa@2021", "lsoa@2011")
    return ("ward", *map(str, reversed(evidence.places.list_sets("ward")))) if dimension == "ward" else ()


def _list_values(figures: Iterable[Figure], dimension: str) -> str:
    values = list(dict.fromkeys(dict(f.dimensions)[dimension] for f in figures))
    shown = ", ".join(values[:12])
    return f"one of {shown}" + (f" and {len(values) - 12} more" if len(values) > 12 else "")


# -- figures worked out from others -------------------------------------------------------------------------
def _change(evidence: Evidence, name: FigureName, _: Figure, setting: Setting) -> Figure:
    previous = Period.parse(name.against) if name.against else None
    found = compare_periods(evidence, name.indicator, name.area, name.period, previous, breaks=setting.breaks)
    is_rate = get_indicator(name.indicator).count_id != name.indicator
    return derive_rate_change(found) if is_rate else derive_change(found)


def _share(evidence: Evidence, name: FigureName, base: Figure, _: Setting) -> Figure:
    return share_of(base, compute_one(evidence, name.against or name.indicator, name.area, name.period))


def _rank(evidence: Evidence, name: FigureName, base: Figure, setting: Setting) -> Figure:
    group = setting.group or choose_peers(evidence, name.area)
    found = find_position(
        evidence,
        get_indicator(name.indicator).count_id,
        name.area,
        name.period,
        group=group,
        generator=setting.generator,
    )
    if isinstance(found, Missing):
        return derive(base, "rank", None, unit="", against=name.against, missing=found)
    return found.rank


def _trend(evidence: Evidence, name: FigureName, base: Figure, setting: Setting) -> Figure:
    series = read_years(evidence, name.indicator, name.area, name.period, setting.breaks)
    why = Missing("not_enough", "fewer than three years in a row are held that may be joined")
    return derive_trend(series) or derive(base, "trend_pct", None, unit="% a year", missing=why)


def _concentration(evidence: Evidence, name: FigureName, base: Figure, setting: Setting) -> Figure:
    found = measure_concentration(evidence, name.indicator, name.area, name.period, setting.generator)
    if isinstance(found, Missing):
        return derive(base, name.measure, None, unit="", missing=found)
    return found.half_figure if name.measure == "half_of_crime_pct" else found.gini_figure


def _unlocated(evidence: Evidence, name: FigureName, base: Figure, _: Setting) -> Figure:
    found = check_completeness(evidence, name.area, name.period, name.period).unlocated
    return found or derive(base, "unlocated_pct", None, unit="%")


_DERIVERS = {
    "change_pct": _change,
    "share_pct": _share,
    "rank": _rank,
    "trend_pct": _trend,
    "half_of_crime_pct": _concentration,
    "generalised_gini": _concentration,
    "unlocated_pct": _unlocated,
}
