"""Which breaks concern a series, and whether they forbid a comparison or only ask for caution?"""

from collections.abc import Iterable
from dataclasses import dataclass

from wardmote.evidence.definitions.breaks import Break
from wardmote.evidence.definitions.indicators import IndicatorDefinition
from wardmote.evidence.definitions.offences import OffenceTree
from wardmote.evidence.indicators.compute import Evidence
from wardmote.evidence.model.periods import Month, Period


@dataclass(frozen=True, slots=True)
class SeriesBreaks:
    """The breaks of one series: those on the offence itself forbid, those on a part of it ask for caution."""

    own: tuple[Break, ...]
    of_parts: tuple[Break, ...]

    def refusal(self, earlier: Period, later: Period) -> Break | None:
        """The break that makes the comparison wrong, if one does."""
        return next((b for b in self.own if b.stands_between(earlier, later)), None)

    def cautions(self, earlier: Period, later: Period) -> tuple[str, ...]:
        """What to bear in mind: a part of the total changed its meaning between the two."""
        return tuple(_describe_part(b) for b in self.of_parts if b.stands_between(earlier, later))

    def between(self, first: Month, last: Month) -> tuple[Break, ...]:
        """The forbidding breaks that begin after `first` and no later than `last`."""
        return tuple(b for b in self.own if first < b.first <= last)


def find_breaks(evidence: Evidence, indicator: IndicatorDefinition, area: str, breaks: Iterable[Break]) -> SeriesBreaks:
    """The breaks, of those given, that touch the indicator's source, offence and area.

    A break names every offence that it makes incomparable. One that names only parts of the asked offence (violence, of
    all crime) does not forbid comparing the whole: it is told as a caution.
    """
    numerator = indicator.numerator
    codes = {area, *evidence.places.get_enclosing(area).values()}
    parts = _list_parts(evidence.tree, numerator.offence)
    known = tuple(breaks)
    own = tuple(b for b in known if b.concerns(source=numerator.source, offence=numerator.offence, areas=codes))
    of_parts = tuple(b for b in known if b not in own and _concerns_any(b, numerator.source, parts, codes))
    return SeriesBreaks(own, of_parts)


def _concerns_any(item: Break, source: str, offences: Iterable[str], areas: set[str]) -> bool:
    return any(item.concerns(source=source, offence=offence, areas=areas) for offence in offences)


def _list_parts(tree: OffenceTree, offence: str) -> tuple[str, ...]:
    """Every node below the offence."""
    found: list[str] = []
    level = [offence] if offence else []
    while level:
        level = [child.id for node in level for child in tree.children(node)]
        found += level
    return tuple(found)


def _describe_part(item: Break) -> str:
    return f"Part of this total is touched by a break: {item.sentence} {item.action}"
