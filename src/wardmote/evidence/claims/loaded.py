"""What a store knows that a report's figures can be held against: populations and the areas they belong to."""

import re
from collections import Counter

from wardmote.evidence.claims.wording.scan import Scanned
from wardmote.evidence.indicators.compute import Evidence
from wardmote.evidence.model.periods import Period

#: "Kent Police", "Kent County Council": a body named after a place is not the place.
_BODY_AFTER = r"(?!\s(?:Police|Fire|County Council|Council|and Essex|& Essex|,? Surrey))"
#: An area must be named this often, and this many times as often as the next, for a document to be about it.
_TIMES, _AHEAD = 3, 2.0


class LoadedEvidence:
    """Answers the rules' questions from an opened store."""

    def __init__(self, evidence: Evidence) -> None:
        self._evidence = evidence
        self._codes = self._read_codes()
        names = sorted(self._codes, key=len, reverse=True)
        self._names = re.compile(rf"\b(?:{'|'.join(map(re.escape, names))})\b{_BODY_AFTER}") if names else None
        self._areas: dict[str, str | None] = {}

    def _read_codes(self) -> dict[str, str]:
        """Name -> code of every district that has a population."""
        snapshot = self._evidence.snapshot
        if not snapshot.has("population"):
            return {}
        rows = snapshot.connection.execute(
            "SELECT area_name, arg_max(area_code, year) FROM population "
            "WHERE area_set LIKE 'district%' AND area_name <> '' GROUP BY area_name"
        ).fetchall()
        return dict(rows)

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
