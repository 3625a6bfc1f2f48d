"""What a table answers to a question: counts by cell, and for each slice of time why there may be none."""

from collections.abc import Callable
from dataclasses import dataclass, field

from wardmote.evidence.indicators.questions import Question
from wardmote.evidence.model.areas import AreaSet
from wardmote.evidence.model.figures import Missing
from wardmote.evidence.model.periods import Month, Period, financial_year_of

Cell = tuple[str, ...]


@dataclass(slots=True)
class Counts:
    """Counted rows by cell, the values that each breakdown can take, and what the reader must know."""

    cells: dict[Cell, float]
    domains: dict[str, tuple[str, ...]]
    titles: dict[str, dict[str, str]] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    place_set: AreaSet | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """Counts with what is missing: `missing_for` says for each time slice (or the whole period) why it has no value.

    `missing_cells` are single cells whose count the publisher or partner withheld.
    """

    counts: Counts
    missing_for: Callable[[Period], Missing | None]
    loads: tuple[str, ...]
    source: str
    missing_cells: dict[Cell, Missing] = field(default_factory=dict)


def answer_missing(question: Question, missing: Missing) -> Answer:
    """An answer that is missing as a whole: one figure, or one for each slice of time."""
    step = question.breakdown.time
    domains: dict[str, tuple[str, ...]] = dict.fromkeys(question.breakdown.names, ())
    if step:
        domains[step] = tuple(map(str, time_slices(step, question.period)))
    return Answer(Counts({}, domains), lambda _: missing, (), question.indicator.numerator.source)


def is_never_missing(_: Period) -> Missing | None:
    """For tables whose every slice is held once the whole is."""
    return None


def time_label(step: str, month: Month, period: Period) -> str:
    """The label of the month's step: 2022-03, 2021/22Q4 or 2021/22; parts of a step carry the run that is inside."""
    return str(time_slice(step, month, period))


def time_slice(step: str, month: Month, period: Period) -> Period:
    """The part of the period's month, quarter or financial year that the month lies in."""
    if step == "month":
        return Period.month(month)
    whole = financial_year_of(month)
    if step == "quarter":
        whole = Period.financial_quarter(month.financial_year, (month.number - 4) % 12 // 3 + 1)
    first, last = max(whole.first, period.first), min(whole.last, period.last)
    return whole if (first, last) == (whole.first, whole.last) else Period(first, last)


def time_slices(step: str, period: Period) -> tuple[Period, ...]:
    """The steps of the period in order."""
    return tuple(dict.fromkeys(time_slice(step, m, period) for m in period.months))
