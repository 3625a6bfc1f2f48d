"""The plan that the template holds: a fictitious area's, which shows how each kind of row is filled.

Cells stand in the order of the columns named above each table; what is not named stays empty.
"""

from collections.abc import Mapping

type Row = Mapping[str, str | int | float]

_ROW_FIELDS = ("id", "priority_no", "priority", "title", "owner", "polarity", "unit", "target",
               "valid_from", "valid_to", "set_by", "reason_for_change")  # fmt: skip
_SAFE, _STREETS, _HOME = "Feeling safe", "Cleaner streets", "Safe at home"
_ROWS = (
    (1.1, 1, _SAFE, "People satisfied with how their report of anti-social behaviour was handled",
     "Community safety manager", "higher", "percent", "At least 80%", "", "", "Strategy group", ""),
    (1.2, 1, _SAFE, "Practitioners given awareness training", "Training lead", "higher", "people",
     "At least 100 people a year", "", "", "Strategy group", ""),
    (2.1, 2, _STREETS, "Fly tips reported", "Head of environment", "lower", "count",
     "5% reduction on the same quarter last year", "", "", "Strategy group", ""),
    (2.2, 2, _STREETS, "Fly tips cleared by the next working day", "Head of environment", "higher", "percent",
     "At least 70%", "", "2025-06-30", "Strategy group", ""),
    (2.2, "", "", "", "", "", "", "At least 75%", "2025-07-01", "", "Strategy group",
     "The new contract asks for more"),
    (3.1, 3, _HOME, "Repeat referrals of domestic abuse", "Domestic abuse co-ordinator", "contested", "percent",
     "Below 30%", "", "", "Strategy group", ""),
)  # fmt: skip
#: Targets given in the typed columns, beside their words.
_TYPED_FIELDS = ("id", "priority_no", "priority", "title", "owner", "polarity", "unit", "target", "set_by",
                 "target_kind")  # fmt: skip
_TYPED = (
    (1.3, 1, _SAFE, "New street-lighting scheme", "Highways", "none", "milestone", "Scheme agreed and lamps working",
     "Strategy group", "milestone"),
    (3.2, 3, _HOME, "People supported at court", "Domestic abuse co-ordinator", "higher", "people",
     "Figure awaited from the new provider", "Strategy group", "none"),
)  # fmt: skip
_VALUE_FIELDS = ("id", "period", "value", "numerator", "denominator", "state", "missing_reason", "change_pct",
                 "change_base", "narrative")  # fmt: skip
_VALUES = (
    (1.1, "2025/26 Q1", "", 41, 52, "", "", "", "", "Three months of the new call-back."),
    (1.1, "2025/26 Q2", "", 44, 53, "", "", "", "", ""),
    (1.2, "2025/26 Q1", 31, "", "", "", "", "", "", ""),
    (1.2, "2025/26 Q2", 18, "", "", "", "", "", "", "Fewer sessions in August."),
    (1.3, "2025/26 Q2", "in progress", "", "", "", "", "", "", "Scheme agreed in July; lamps ordered."),
    (2.1, "2025/26 Q1", 214, "", "", "", "", -7.8, "same period last year", ""),
    (2.1, "2025/26 Q2", 231, "", "", "provisional", "", 2.2, "same period last year", ""),
    (2.2, "2025/26 Q1", "", 150, 214, "", "", "", "", ""),
    (2.2, "2025/26 Q2", "", 165, 231, "", "", "", "", ""),
    (3.1, "2025/26 Q1", 27.5, "", "", "", "", "", "", ""),
    (3.1, "2025/26 Q2", "", "", "", "missing", "no data", "", "", "The return is late."),
    (3.2, "2025/26 Q2", 12, "", "", "", "", "", "", ""),
)


def _name_cells(fields: tuple[str, ...], rows: tuple[tuple[str | int | float, ...], ...]) -> list[Row]:
    return [dict(zip(fields, row, strict=True)) for row in rows]


def list_example_rows() -> list[Row]:
    """The rows of the sheet of indicators, in order of their ids."""
    rows = _name_cells(_ROW_FIELDS, _ROWS) + _name_cells(_TYPED_FIELDS, _TYPED)
    return sorted(rows, key=lambda row: float(row["id"]))


def list_example_values() -> list[Row]:
    """The rows of the sheet of values."""
    return _name_cells(_VALUE_FIELDS, _VALUES)


def list_flat_rows() -> list[Row]:
    """Both as one table: an indicator's first value stands in its first row."""
    values = list_example_values()
    flat: list[Row] = []
    for row in list_example_rows():
        own = [v for v in values if v["id"] == row["id"] and v not in flat]
        taken = next((v for v in own if not any(f.items() >= v.items() for f in flat)), {})
        flat.append({**taken, **row})
    joined = [v for v in values if not any(f.items() >= v.items() for f in flat)]
    return sorted(flat + joined, key=lambda row: (float(row["id"]), str(row.get("period", ""))))
