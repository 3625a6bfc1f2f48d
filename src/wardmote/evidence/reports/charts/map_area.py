"""One area of a map."""

from collections.abc import Sequence
from dataclasses import dataclass

from wardmote.evidence.reports.charts.cartography import Boundary
from wardmote.evidence.reports.charts.states import PointState, say_absence


@dataclass(frozen=True, slots=True)
class MapArea:
    """One area: its boundary in longitude and latitude (None if not held), and its value in the map's unit or None.

    `label` is what the reader knows the place by, where that is not its name. `note` says why there is no value.
    """

    code: str
    name: str
    geometry: Boundary | None
    value: float | None
    label: str = ""
    state: PointState = "actual"
    note: str = ""

    @property
    def title(self) -> str:
        return self.label or self.name or self.code

    @property
    def absence(self) -> str:
        """Why there is no value, in a word or two; empty where there is one."""
        return "" if self.value is not None else say_absence(self.state, self.note)


def rank_areas(areas: Sequence[MapArea]) -> list[tuple[MapArea, float]]:
    """Return the areas that have a value, highest first, each with it; equal ones in order of name."""
    held = [(area, area.value) for area in areas if area.value is not None]
    return sorted(held, key=lambda pair: (-pair[1], pair[0].title, pair[0].code))


def count_ties(ranked: Sequence[tuple[MapArea, float]], top: int) -> int:
    """How many areas are left out of the top ones although they equal the last of them?"""
    if not 0 < top < len(ranked):
        return 0
    return sum(value == ranked[top - 1][1] for _, value in ranked[top:])
