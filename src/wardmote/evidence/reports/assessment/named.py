"""Figures named in words: what a list of ids says to somebody who does not read ids."""

from collections.abc import Iterable
from dataclasses import dataclass

from wardmote.evidence.definitions.indicators import IndicatorDefinition, get_indicator
from wardmote.evidence.definitions.offences import get_offence_tree
from wardmote.evidence.indicators.places import Places
from wardmote.evidence.indicators.readings.evaluate import FigureName, parse_figure_id
from wardmote.evidence.indicators.readings.measured import MEASURES
from wardmote.evidence.model.errors import WardmoteError
from wardmote.evidence.model.periods import Month
from wardmote.evidence.reports.assessment.outline import list_sections
from wardmote.evidence.reports.direction import name_period

_OF_TABLES = {
    "outcome_counts": "outcomes",
    "collisions": "roads",
    "casualties": "roads",
    "fly_tipping": "fly-tipping",
    "partner_counts": "partner-data",
}
_PER_CENT = ("change_pct", "share_pct", "trend_pct", "half_of_crime_pct", "unlocated_pct")


@dataclass(frozen=True, slots=True)
class NamedFigure:
    """A figure in words. `section` is the title of the report's section on it; `is_small_area`: of one small area."""

    figure_id: str
    title: str
    section: str
    unit: str
    is_small_area: bool = False


def name_figures(places: Places, figure_ids: Iterable[str]) -> tuple[NamedFigure, ...]:
    """What are these figures called, of which section, in which unit? In the order given.

    An id that nothing is known of any more stands for itself.
    """
    return tuple(_name_one(places, one) for one in figure_ids)


def _name_one(places: Places, figure_id: str) -> NamedFigure:
    try:
        name = parse_figure_id(figure_id)
        definition = get_indicator(name.indicator)
    except WardmoteError:
        return NamedFigure(figure_id, figure_id, "Other figures", "")
    dimensions = dict(name.dimensions)
    parts = [_say_dimension(places, kind, value) for kind, value in name.dimensions if kind != "month"]
    when = Month.parse(dimensions["month"]).title if "month" in dimensions else name_period(name.period)
    title = f"{definition.title}: {', '.join([*(parts or [places.find_area(name.area).title]), when])}"
    if name.measure:
        title += f", {MEASURES[name.measure]}"
        title += f" ({name.against})" if name.measure == "change_pct" and name.against else ""
    return NamedFigure(figure_id, title, _find_section(definition), _find_unit(name, definition), "lsoa" in dimensions)


def _say_dimension(places: Places, kind: str, value: str) -> str:
    if kind in ("ward", "lsoa"):
        found = places.find_area(value)
        return found.title if found.name else f"{'ward' if kind == 'ward' else 'small area'} {value}"
    return value.replace("_", " ")


def _find_section(definition: IndicatorDefinition) -> str:
    titles = dict(list_sections())
    tree, offence = get_offence_tree(), definition.numerator.offence
    if offence in ("all_crime", "anti_social_behaviour"):
        return titles["all-crime" if offence == "all_crime" else "anti-social-behaviour"]
    groups = {group.id: group.title for group in tree.groups()}
    found = [groups[one] for one in (tree.ancestors(offence) if offence in tree.nodes else ()) if one in groups]
    return found[0] if found else titles.get(_OF_TABLES.get(definition.numerator.table, ""), "Other figures")


def _find_unit(name: FigureName, definition: IndicatorDefinition) -> str:
    if name.measure in _PER_CENT:
        return "%"
    return "" if name.measure else definition.unit
