"""Evidence that is told outright instead of loaded: what the rules' examples are judged with."""

import re
from dataclasses import dataclass, field
from typing import Literal

from wardmote.evidence.claims.contract import Known
from wardmote.evidence.claims.wording.scan import Scanned


@dataclass(frozen=True)
class ToldEvidence:
    """One area with its residents by year and its figures by keywords, first and last month, and kind."""

    area: str
    populations: dict[int, float] = field(default_factory=dict)
    figures: dict[tuple[frozenset[str], tuple[int, int], str], Known] = field(default_factory=dict)

    def find_population(self, area: str, year: int) -> float | None:
        return self.list_populations(area).get(year)

    def list_populations(self, area: str) -> dict[int, float]:
        return self.populations if area == self.area else {}

    def find_area(self, document: Scanned) -> str | None:
        return self.area if any(self.area in block.text for block in document.document.blocks()) else None

    def find_areas(self, text: str) -> tuple[str, ...]:
        return (self.area,) if re.search(rf"\b{re.escape(self.area)}\b", text) else ()

    def find_figure(
        self, measure: frozenset[str], area: str, *, months: tuple[int, int], kind: Literal["count", "rate"]
    ) -> Known | None:
        return self.figures.get((measure, months, kind)) if area == self.area else None


def tell_burglaries(value: float, *, year: int = 2024, is_official: bool = True) -> ToldEvidence:
    """Northmarsh with so many burglaries in a calendar year, and with 100,000 residents."""
    known = Known(value, "offences", "Burglary", "The official table", is_official)
    key = (frozenset({"burglary"}), (year * 12, year * 12 + 11), "count")
    return ToldEvidence("Northmarsh", {year: 100_000.0}, {key: known})
