"""A map in words, for those who do not see it."""

from collections import Counter
from collections.abc import Sequence

from wardmote.evidence.reports.charts.map_area import MapArea, rank_areas
from wardmote.evidence.reports.charts.month_layout import UNSURE
from wardmote.evidence.reports.charts.numbers import choose_decimals, write_number
from wardmote.evidence.reports.charts.words import count_things, join_names, join_sentences, say_name

LOWEST_NAMED = 3


def say_map(
    areas: Sequence[MapArea],
    *,
    title: str,
    unit: str,
    top: int = 5,
    highlights: Sequence[str] = (),
    highlight_label: str = "highlighted",
) -> str:
    """Return which places are highest and lowest, the range, and what has no value."""
    ranked = [(area.title, value) for area, value in rank_areas(areas)]
    chosen = set(highlights)
    named = [area.title for area in areas if area.code in chosen]
    parts = [title, f"Map of {count_things(len(areas), 'area')}: {unit}", *_say_values(ranked, max(1, top))]
    if named:
        parts.append(f"Heavy line, {highlight_label}: {join_names(named, most=8)}")
    return join_sentences([*parts, *_say_absences(areas)])


def _say_values(ranked: Sequence[tuple[str, float]], top: int) -> list[str]:
    if not ranked:
        return ["No area has a value"]
    decimals = choose_decimals(value for _, value in ranked)
    low, high = write_number(ranked[-1][1], decimals), write_number(ranked[0][1], decimals)
    if len(ranked) == 1 or ranked[0][1] == ranked[-1][1]:
        return [f"{say_name(ranked[0][0])}: {high}" if len(ranked) == 1 else f"Every area has {high}"]

    def listed(pairs: Sequence[tuple[str, float]]) -> str:
        return "; ".join(f"{say_name(name)}, {write_number(value, decimals)}" for name, value in pairs)

    ties = sum(value == ranked[top - 1][1] for _, value in ranked[top:]) if top < len(ranked) else 0
    others = f"; and {count_things(ties, 'other')} as high as the last" if ties else ""
    lowest = list(reversed(ranked[max(top, len(ranked) - LOWEST_NAMED) :])) or [ranked[-1]]
    return [
        f"Values run from {low} to {high}",
        f"Highest: {listed(ranked[:top])}{others}",
        f"Lowest: {listed(lowest)}" if top < len(ranked) else "",
    ]


def _say_absences(areas: Sequence[MapArea]) -> list[str]:
    """Say how many areas have no value and why, how many are not firm, how many have no boundary."""
    absent = Counter(area.absence for area in areas if area.absence)
    parts = [f"Without a value, {words}: {count_things(count, 'area')}" for words, count in sorted(absent.items())]
    unsure = Counter(area.state for area in areas if area.value is not None and area.state in UNSURE)
    parts += [f"{state.capitalize()}: {count_things(count, 'area')}" for state, count in sorted(unsure.items())]
    unplaced = [area.title for area in areas if area.geometry is None]
    return [*parts, f"Not drawn, having no boundary: {join_names(unplaced)}" if unplaced else ""]
