"""A figure, or the reason why there is none: one of the two."""

from collections.abc import Iterator

from wardmote.evidence.targets.plan import Value
from wardmote.evidence.targets.queries.case import Case, Query

CODE = "reason_or_number"
QUESTION = "Is there either a figure or a reason why there is none?"
EXAMPLE = "There is neither a figure nor a reason why there is none."


def find(case: Case) -> Iterator[Query]:
    value = case.value
    if value.missing_reason and _has_figure(value):
        sentence = "There is a figure, and a reason why there is none."
        yield Query(CODE, "impossible", sentence, "Keep one of the two.", "missing_reason")
    is_explained = bool(value.missing_reason) or value.state in ("not_due", "discontinued", "suppressed")
    if not is_explained and not _has_figure(value):
        sentence = "There is neither a figure nor a reason why there is none."
        yield Query(CODE, "impossible", sentence, "Give the figure, or choose the reason.", "missing_reason")


def _has_figure(value: Value) -> bool:
    """Whether something was reported: a number, counts, parts, steps, or how a milestone stands."""
    numbers = (value.number, value.part, value.whole, value.printed_percent, value.change_pct)
    return any(number is not None for number in numbers) or bool(value.parts or value.checks or value.text.strip())
