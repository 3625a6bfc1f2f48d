"""What happened in a period that is not over."""

from collections.abc import Iterator

from wardmote.evidence.targets.queries.case import Case, Query

CODE = "period_not_ended"
QUESTION = "Is the period over of which a final figure is given?"
EXAMPLE = "2026/27Q3 ends on 31 December 2026 and is not over yet."

_AT_A_MOMENT = ("stock", "snapshot")


def find(case: Case) -> Iterator[Query]:
    value, end = case.value, case.value.end
    if case.as_at is None or end is None or end < case.as_at or value.basis in _AT_A_MOMENT:
        return
    has_number = value.best is not None or value.part is not None or bool(value.parts)
    if value.state in ("actual", "derived") and has_number:
        sentence = f"{value.period} ends on {end.day} {end:%B %Y} and is not over yet."
        asks = "Choose the period that is meant, or mark the figure as provisional."
        yield Query(CODE, "unlikely", sentence, asks, "period")
