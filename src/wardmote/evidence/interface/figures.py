"""Questions about figures: what can be asked, what the answer is, where it comes from."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from wardmote.evidence.definitions.indicators import IndicatorDefinition
    from wardmote.evidence.indicators.compute import Evidence
    from wardmote.evidence.indicators.questions import Scope
    from wardmote.evidence.model.figures import Figure, FigureTable
    from wardmote.evidence.reports.tracing import Trace
    from wardmote.evidence.store.store import Store


def open_evidence(
    store: Store,
    *,
    as_at: datetime | None = None,
    most_remembered: int | None = None,
    threads: int | None = None,
    earlier: Evidence | None = None,
) -> Evidence:
    """The store's evidence as it stood at `as_at`, or as it stands; ask several questions of one, in any thread.

    It remembers what it answered: everything, or about `most_remembered` figures where it is kept for long. `threads`
    are the engine's for one question: where many are asked at once, one is quickest for all. What `earlier` answered
    of the store's state before, and no load since then touches, is known from the beginning.
    """
    from wardmote.evidence.indicators.carrying import carry_over
    from wardmote.evidence.indicators.compute import Evidence

    opened = Evidence.of(store.snapshot(as_at, most_remembered=most_remembered, threads=threads))
    if earlier is not None:
        carry_over(earlier, opened)
    return opened


def list_indicators() -> dict[str, IndicatorDefinition]:
    """Every indicator of the catalogue by id."""
    from wardmote.evidence.definitions import indicators

    return indicators.list_indicators()


def check_indicator(name: str) -> IndicatorDefinition:
    """The indicator of that id. Raises UsageError that names near ones where there is none."""
    from wardmote.evidence.indicators import known

    return known.check_indicator(name)


def describe_indicator(evidence: Evidence, name: str) -> IndicatorDefinition:
    """The indicator of that id as what is loaded describes it: a partner's dataset says its own title and caveats."""
    from wardmote.evidence.indicators import described

    return described.describe_indicator(evidence.snapshot, name)


def ask_figures(
    evidence: Evidence, indicator: str, area: str, period: str, by: str = "", *, scope: Scope = "force"
) -> FigureTable:
    """The figures of an indicator for an area and period, split by `by` ("month,ward,offence").

    Raises UsageError for an unknown indicator, area, breakdown, or a period with two readings.
    """
    from wardmote.evidence.indicators.compute import compute_figures
    from wardmote.evidence.indicators.known import check_area
    from wardmote.evidence.model.periods import Period

    check_indicator(indicator)
    asked = Period.parse(period)
    check_area(evidence, area)
    return compute_figures(evidence, indicator, area, asked, by, scope=scope)


def describe_figures(evidence: Evidence, table: FigureTable) -> list[dict[str, Any]]:
    """The table's figures as plain values, each with all that is known about it."""
    from wardmote.evidence.reports.assessment.figures_file import describe

    return [describe(figure, evidence.snapshot) for figure in table.figures]


def write_value(figure: Figure) -> tuple[str, str]:
    """A figure's value and interval as readers see them; a mark where it has no value."""
    from wardmote.evidence.reports.numbers import write_figure, write_interval

    return write_figure(figure), write_interval(figure)


def trace_figure(evidence: Evidence, figure_id: str, *, partnership: Path | None = None) -> Trace:
    """Where does this figure come from, down to the input files and the rows counted?"""
    from wardmote.evidence.reports.partnership import load_partnership
    from wardmote.evidence.reports.tracing import trace

    return trace(evidence, figure_id, load_partnership(partnership))


def describe_trace(evidence: Evidence, found: Trace) -> dict[str, Any]:
    """A trace as plain values."""
    from wardmote.evidence.reports import tracing

    return tracing.describe_trace(found, evidence.snapshot)
