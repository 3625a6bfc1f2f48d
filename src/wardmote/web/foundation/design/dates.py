"""A date typed in three boxes, with errors that say which part is wrong."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

PARTS = ("day", "month", "year")
#: What a partnership writes down lies between these: beyond them a year is a slip of the finger.
FIRST_YEAR, LAST_YEAR = 1900, 2199
MONTHS = {dt.date(2000, month, 1).strftime(style).lower(): month for month in range(1, 13) for style in ("%B", "%b")}


class DatePartsWidget(forms.Widget):
    """Reads `name-day`, `name-month` and `name-year`; drawn by the design system's date input."""

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> dict[str, str]:
        return {part: str(data.get(f"{name}-{part}", "")).strip() for part in PARTS}

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Any, name: str) -> bool:
        return not any(f"{name}-{part}" in data for part in PARTS)

    def split(self, value: Any) -> dict[str, str]:
        """The three parts of a stored date or of what was typed."""
        if isinstance(value, dt.date):
            return {part: str(getattr(value, part)) for part in PARTS}
        return dict(value) if isinstance(value, dict) else dict.fromkeys(PARTS, "")

    def list_wrong(self, value: Any) -> list[str]:
        """The parts that are missing or no number; all three where each is possible and the whole is not."""
        parts = self.split(value)
        return [part for part in PARTS if read_part(part, parts[part]) is None] or list(PARTS)

    def find_first_wrong(self, value: Any) -> str:
        """The part that a link to the error points at."""
        return self.list_wrong(value)[0]


def read_part(part: str, typed: str) -> int | None:
    """A day, month (number or name) or year of four digits; None where it is none."""
    number = MONTHS.get(typed.lower()) if part == "month" else None
    if number is None and len(typed) <= 4 and typed.isascii() and typed.isdigit():
        number = int(typed)
    limits = {"day": (1, 31), "month": (1, 12), "year": (1000, 9999)}[part]
    return number if number is not None and limits[0] <= number <= limits[1] else None


class DatePartsField(forms.Field):
    """A date in three boxes. The month may be a name."""

    widget = DatePartsWidget

    def to_python(self, value: Any) -> dt.date | None:
        """The date, or an error that names the part to change."""
        if value is None or isinstance(value, dt.date):
            return value
        if not any(value.values()):
            return None
        self.check_parts(value)
        numbers = {part: read_part(part, value[part]) or 0 for part in PARTS}
        try:
            return dt.date(numbers["year"], numbers["month"], numbers["day"])
        except ValueError:
            raise ValidationError(f"{self.label or 'The date'} must be a real date", code="invalid") from None

    def check_parts(self, value: Mapping[str, str]) -> None:
        """Raises for parts that are missing, then for parts that are no number."""
        name = self.label or "The date"
        if missing := [part for part in PARTS if not value[part]]:
            raise ValidationError(f"{name} must include a {' and '.join(missing)}", code="incomplete")
        if read_part("year", value["year"]) is None:
            raise ValidationError(f"{name}: the year must have 4 numbers, such as 2026", code="invalid")
        if not FIRST_YEAR <= (read_part("year", value["year"]) or 0) <= LAST_YEAR:
            raise ValidationError(f"{name}: the year must lie between {FIRST_YEAR} and {LAST_YEAR}", code="invalid")
        if any(read_part(part, value[part]) is None for part in PARTS):
            raise ValidationError(f"{name} must be a real date", code="invalid")

    def has_changed(self, initial: Any, data: Any) -> bool:
        return self.widget_parts(initial) != self.widget_parts(data)

    def widget_parts(self, value: Any) -> dict[str, int | None]:
        """Parts as numbers, so that 03 and 3 are the same day."""
        return {part: read_part(part, typed) for part, typed in DatePartsWidget().split(value).items()}
