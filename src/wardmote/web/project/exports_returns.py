"""Every value ever submitted, as a table that people read: one row a version."""

from collections.abc import Iterator
from typing import Any

from wardmote.web.partnerships.interface import Partnership
from wardmote.web.returns.interface import ReturnVersion

COLUMNS = (
    "plan", "indicator", "title", "period", "agency", "version", "kind", "counts_now", "value", "unit", "state",
    "numerator", "denominator", "reason_code", "what_happened", "so_what", "what_next", "reason",
    "submitted_at", "signed_off_at", "after_sign_off", "source", "value_as_json",
)  # fmt: skip
_FROM = (
    "of__indicator__plan__title", "of__indicator__ref", "of__indicator__title", "of__quarter__period",
    "of__organisation__name", "number", "kind", "of__version_id", "amount", "of__indicator__unit",
    "value__state", "numerator", "denominator", "reason_code", "what_happened", "so_what", "what_next", "reason",
    "submitted_at", "signed_off_at", "is_after_sign_off", "source", "value", "pk",
)  # fmt: skip
_COUNTING, _STATE = _FROM.index("of__version_id"), _FROM.index("value__state")


def read_return_rows(partnership: Partnership) -> Iterator[list[Any]]:
    """The rows in the order of plan, indicator, quarter and version."""
    rows = ReturnVersion.objects.filter(partnership=partnership)
    ordered = rows.order_by("of__indicator__plan__starts_on", "of__indicator__number", "of__quarter__ends_on", "number")
    for row in ordered.values_list(*_FROM).iterator(chunk_size=2000):
        *cells, key = row
        cells[_COUNTING] = "yes" if cells[_COUNTING] == key else "no"
        cells[_STATE] = cells[_STATE] or "actual"  # which the encoded value leaves out
        yield cells
