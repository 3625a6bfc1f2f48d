"""How the workbook is laid out: a row for each return, boxes numbered as on the page, keys on a sheet of their own."""

from collections.abc import Iterable

from wardmote.web.plans.interface import Indicator, ReturnShape
from wardmote.web.returns.typed import NARRATIVES, PROVISIONAL, list_boxes

FORM, FORM_VERSION = "wardmote returns", "1"
KEY_SHEET, SHEET = "key", "returns"
FIRST_ROW = 4  # the first return's row, counted from 0; above it title, instruction, nothing, head
FIXED = ("Return", "Ref", "Indicator", "Target", "Last values", "What to enter")
WORDS = (
    ("reason_code", "No figure because"),
    ("reason", "Explanation"),
    *zip(NARRATIVES, ("What happened", "So what", "What next"), strict=True),
    (PROVISIONAL, "Provisional (yes or no)"),
)
YES = frozenset({"yes", "y", "done", "true", "1", "x"})
NO = frozenset({"", "no", "n", "not done", "false", "0"})


def list_inputs(indicator: Indicator) -> tuple[str, ...]:
    """What each numbered box of a row stands for, in words."""
    if indicator.shape == ReturnShape.CHECKLIST:
        return tuple(f"{name} (yes or no)" for name in indicator.part_names)
    if indicator.shape == ReturnShape.STATUS:
        return ("How far: Not started, Under way, Done or Stopped",)
    return tuple(label for _, label in list_boxes(indicator))


def count_boxes(indicators: Iterable[Indicator]) -> int:
    """How many numbered boxes the sheet needs; two at least, so that most workbooks look alike."""
    return max([2, *(len(list_inputs(indicator)) for indicator in indicators)])


def list_columns(boxes: int) -> tuple[str, ...]:
    return (*FIXED, *(f"Box {at + 1}" for at in range(boxes)), *(label for _, label in WORDS))
