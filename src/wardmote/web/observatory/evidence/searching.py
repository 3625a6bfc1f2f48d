"""Indicators as the search lists them: by source, a count beside its rate."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from wardmote.evidence.interface import find_source
from wardmote.evidence.model.errors import UsageError

if TYPE_CHECKING:
    from wardmote.evidence.definitions.indicators import IndicatorDefinition
    from wardmote.evidence.interface import Evidence


@dataclass(slots=True)
class Pair:
    """A count and its rate, as far as both were found."""

    title: str
    question: str
    count: "IndicatorDefinition | None" = None
    rate: "IndicatorDefinition | None" = None


@dataclass(slots=True)
class Group:
    """The indicators of one source."""

    id: str
    title: str
    publisher: str
    pairs: list[Pair] = field(default_factory=list)


def group_by_source(evidence: "Evidence", indicators: "Iterable[IndicatorDefinition]") -> list[Group]:
    """By source, and in it by title. Partners' records name every partner who publishes one."""
    groups: dict[str, Group] = {}
    pairs: dict[str, Pair] = {}
    for indicator in sorted(indicators, key=lambda i: (i.kind == "rate", i.title)):
        found = _make_group(evidence, indicator)
        group = groups.setdefault(found.id, found)
        if found.publisher not in group.publisher.split("; "):
            group.publisher += f"; {found.publisher}"
        pair = pairs.get(indicator.count_id)
        if pair is None:
            pair = pairs[indicator.count_id] = Pair(indicator.title.removesuffix(", rate"), indicator.question)
            group.pairs.append(pair)
        setattr(pair, indicator.kind, indicator)
    return sorted(groups.values(), key=lambda g: (g.id != "police-street", g.id != "ons-csp-tables", g.title))


def _make_group(evidence: "Evidence", indicator: "IndicatorDefinition") -> Group:
    name = indicator.numerator.source
    try:
        source = find_source(evidence, indicator)
    except UsageError:
        return Group(name, name, "")
    return Group(name, source.title.partition(": ")[0], source.publisher)
