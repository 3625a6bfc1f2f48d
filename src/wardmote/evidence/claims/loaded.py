"""What a store knows that a report's figures can be held against: populations, and counts and rates by area and period.

Which indicator a report's words mean is read off the indicators' own titles: "burglaries" and "Burglary" have the same
keywords. Official totals are asked first, counts from street-level files where there are none.
"""

import re
from collections import Counter
from collections.abc import Iterator
from functools import cached_property
from typing import Literal

from wardmote.evidence.claims.contract import Known
from wardmote.evidence.claims.wording.scan import Scanned, find_keywords
from wardmote.evidence.definitions.indicators import IndicatorDefinition, get_indicator, list_indicators
from wardmote.evidence.definitions.offences import get_offence_tree
from wardmote.evidence.definitions.sources import get_source
from wardmote.evidence.indicators.compute import Evidence, compute_one
from wardmote.evidence.model.errors import WardmoteError
from wardmote.evidence.model.periods import Month, Period

#: "Kent Police", "Kent County Council": a body named after a place is not the place.
_BODY_AFTER = r"(?!\s(?:Police|Fire|County Council|Council|and Essex|& Essex|,? Surrey))"
#: An area must be named this often, and this many times as often as the next, for a document to be about it.
_TIMES, _AHEAD = 3, 2.0
#: What a title says of its source and kind, and words that say no more than that something was counted.
_ASIDE = re.compile(r"\s\(official tables\)|, rate$")
#: What a loaded name says beside the name: "Zellmouth (synthetic)".
_REMARK = re.compile(r"\s*\([^()]*\)$")
_LOSSY = re.compile(r"\b(?:other|than)\b", re.IGNORECASE)
GENERIC = find_keywords("offence incident case crime police")
_OFFICIAL = "recorded_crime"


class LoadedEvidence:
    """Answers the rules' questions from an opened store."""

    def __init__(self, evidence: Evidence) -> None:
        self._evidence = evidence
        self._codes = self._read_codes()
        names = sorted(self._codes, key=len, reverse=True)
        self._names = re.compile(rf"\b(?:{'|'.join(map(re.escape, names))})\b{_BODY_AFTER}") if names else None
        self._areas: dict[str, str | None] = {}

    def _read_codes(self) -> dict[str, str]:
        """Name, without a remark in brackets behind it -> code of every district that has a population."""
        snapshot = self._evidence.snapshot
        if not snapshot.has("population"):
            return {}
        rows = snapshot.connection.execute(
            "SELECT area_name, arg_max(area_code, year) FROM population "
            "WHERE area_set LIKE 'district%' AND area_name <> '' GROUP BY area_name"
        ).fetchall()
        return {_REMARK.sub("", name): code for name, code in rows}

    def find_area(self, document: Scanned) -> str | None:
        """The district that the document is about: named at least three times, and twice as often as any other."""
        if document.name not in self._areas:
            self._areas[document.name] = self._choose_area(document)
        return self._areas[document.name]

    def _choose_area(self, document: Scanned) -> str | None:
        if self._names is None:
            return None
        named = Counter(
            match.group() for part in document.document.blocks() for match in self._names.finditer(part.text)
        )
        first, second = [*named.most_common(2), ("", 0), ("", 0)][:2]
        return first[0] if first[1] >= _TIMES and first[1] >= _AHEAD * second[1] else None

    def find_population(self, area: str, year: int) -> float | None:
        """Residents of a district in the middle of a year, from the edition in force; None where not loaded."""
        code = self._codes.get(area)
        if code is None:
            return None
        found = self._evidence.denominators.find(code, Period.financial_year(year))
        return found.value if found is not None and found.year == year else None

    def list_populations(self, area: str) -> dict[int, float]:
        """Residents of a district in every year that is loaded."""
        found = {year: self.find_population(area, year) for year in self._years if area in self._codes}
        return {year: value for year, value in found.items() if value is not None}

    @cached_property
    def _years(self) -> tuple[int, ...]:
        if not self._codes:
            return ()
        rows = self._evidence.snapshot.connection.execute("SELECT DISTINCT year FROM population ORDER BY 1").fetchall()
        return tuple(year for (year,) in rows)

    def find_areas(self, text: str) -> tuple[str, ...]:
        """The districts that a text names, each once."""
        found = self._names.finditer(text) if self._names else ()
        return tuple(dict.fromkeys(match.group() for match in found))

    def find_figure(
        self, measure: frozenset[str], area: str, *, months: tuple[int, int], kind: Literal["count", "rate"]
    ) -> Known | None:
        """The first loaded figure of the indicators whose titles have these keywords: official totals first."""
        code = self._codes.get(area)
        if code is None:
            return None
        period = Period(Month.from_ordinal(months[0]), Month.from_ordinal(months[1]))
        for indicator in self._indicators.get((measure, kind), ()):
            known = self._compute(indicator, code, period)
            if known is not None:
                return known
        return None

    @cached_property
    def _indicators(self) -> dict[tuple[frozenset[str], str], list[IndicatorDefinition]]:
        """The indicators by their titles' keywords and kind, official ones first."""
        found: dict[tuple[frozenset[str], str], list[IndicatorDefinition]] = {}
        for indicator in sorted(map(get_indicator, list_indicators()), key=_stands_after):
            for keywords in _list_keywords(indicator):
                found.setdefault((keywords, indicator.kind), []).append(indicator)
        return found

    def _compute(self, indicator: IndicatorDefinition, code: str, period: Period) -> Known | None:
        try:
            figure = compute_one(self._evidence, indicator.id, code, period)
        except WardmoteError:  # an area that the look-ups of this source do not place has no figure
            return None
        if figure.value is None:
            return None
        is_official = indicator.numerator.table == _OFFICIAL
        title = _ASIDE.sub("", _ASIDE.sub("", indicator.title))
        source = get_source(figure.source or indicator.numerator.source).title
        return Known(figure.value, figure.unit, title, source, is_official, _is_firm(indicator))


def _stands_after(indicator: IndicatorDefinition) -> bool:
    return indicator.numerator.table != _OFFICIAL


def _is_firm(indicator: IndicatorDefinition) -> bool:
    """Whether the offence is one category of its source, or the whole of recorded crime."""
    offence = indicator.numerator.offence
    tree = get_offence_tree()
    mapping = tree.find_mapping(indicator.numerator.source, offence) if offence else None
    return mapping is None or len(mapping.categories) == 1 or not tree.nodes[offence].parent


def _list_keywords(indicator: IndicatorDefinition) -> Iterator[frozenset[str]]:
    """The keywords of a title, bare: "Drug offences" is {"drug"}; all crime keeps its one word.

    None for a title that rests on a word which is no keyword: "Other theft" is not theft.
    """
    title = _ASIDE.sub("", _ASIDE.sub("", indicator.title))
    if not _LOSSY.search(title):
        yield strip_generic(find_keywords(title))


def strip_generic(keywords: frozenset[str]) -> frozenset[str]:
    """Keywords without those that say only that something was counted, unless nothing else is left.

    >>> sorted(strip_generic(frozenset({"burglary", "offence"}))), sorted(strip_generic(frozenset({"crime", "police"})))
    (['burglary'], ['crime'])
    """
    return keywords - GENERIC or keywords & {"crime"}
