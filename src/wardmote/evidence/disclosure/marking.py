"""Small numbers for the partnership: seen by those who may see them, and marked so that they go no further."""

from collections.abc import Sequence
from dataclasses import replace

from wardmote.evidence.disclosure.counts import count_behind
from wardmote.evidence.model.figures import Figure

SMALL_NUMBER_NOTE = "small number: do not publish"


def mark_small_numbers(figures: Sequence[Figure], minimum_count: int) -> tuple[Figure, ...]:
    """Which of these may the partnership read but not pass on?

    Figures whose count, or the count behind whose rate or share, lies from 1 to minimum_count - 1 get the note; value
    and state stay. Zero and missing are not marked. Marking twice changes nothing.
    """
    return tuple(_mark(figure) if _is_small(figure, minimum_count) else figure for figure in figures)


def _is_small(figure: Figure, minimum_count: int) -> bool:
    count = count_behind(figure)
    return count is not None and 0 < count < minimum_count


def _mark(figure: Figure) -> Figure:
    if SMALL_NUMBER_NOTE in figure.notes:
        return figure
    return replace(figure, notes=(*figure.notes, SMALL_NUMBER_NOTE))
