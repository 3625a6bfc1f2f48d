"""The columns of a plan's workbook and of its flat CSV: their headings, what they are for, what may be chosen."""

from dataclasses import dataclass
from typing import get_args

from wardmote.evidence.targets.kinds import BaseKind
from wardmote.evidence.targets.plan import Basis, ValueState
from wardmote.evidence.targets.statuses import ReasonCode

INDICATORS_SHEET = "Indicators"
VALUES_SHEET = "Values"
README_SHEET = "Read me"
TERMS_SHEET = "Terms"
OVERRIDES_SHEET = "Set by hand"


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name in the code, its heading in the file, a note for whoever fills it, words to choose from."""

    field: str
    heading: str
    note: str
    choices: tuple[str, ...] = ()
    width: int = 14


POLARITIES = ("higher", "lower", "contested", "none")
OPERATORS = ("at least", "more than", "at most", "below")
TARGET_KINDS = (
    "threshold", "count per year", "count per quarter", "count per month", "count per academic year", "reduction",
    "increase", "points", "no increase", "no decrease", "maintain", "share of a cohort", "milestone", "none",
)  # fmt: skip
#: What a change may be measured from, in words; read back as the kinds of base.
BASES = tuple(word.replace("_", " ") for word in get_args(BaseKind))
STATES = tuple(word.replace("_", " ") for word in get_args(ValueState))
STRETCHES = tuple(word.replace("_", " ") for word in get_args(Basis))
REASONS = tuple(word.replace("_", " ") for word in get_args(ReasonCode))
CHANGED_FROM = ("same period last year", "previous year", "previous quarter", "previous month", "baseline")

_ID = Column("id", "Id", "A short name of the row that never changes, such as 1.2. The two sheets meet on it.", (), 8)

ROW_COLUMNS = (
    Column("priority_no", "Priority no", "The number of the priority.", (), 10),
    Column("priority", "Priority", "The priority's title.", (), 22),
    Column("title", "Indicator", "What is measured, in words that a councillor understands.", (), 40),
    Column("owner", "Owner", "The post or body that answers for it.", (), 22),
    Column(
        "polarity", "Which way is good",
        "higher, lower, contested (more can be more harm or more trust) or none (nothing is measured).", POLARITIES, 17,
    ),
    Column("unit", "Unit", "percent, count, rate, money, days, milestone, or the thing counted, such as schools."),
)  # fmt: skip
TARGET_COLUMNS = (
    Column(
        "target", "Target in words",
        "The target as it was agreed. Where it can be read in two ways you are asked which.", (), 44,
    ),
    Column("valid_from", "Target from", "First day on which it held, such as 2025-04-01. Empty: from the start."),
    Column("valid_to", "Target to", "Last day on which it held. Empty: it still holds."),
    Column("set_by", "Set by", "Who set this target.", (), 20),
    Column("reason_for_change", "Reason for change", "Why it took the place of the one before.", (), 30),
)  # fmt: skip
TYPED_COLUMNS = (
    Column(
        "target_kind", "Target kind",
        "Only where the words were not understood. What stands in these columns is taken in their place.",
        TARGET_KINDS, 18,
    ),
    Column("operator", "Operator", "at least, more than, at most, below.", OPERATORS),
    Column("number", "Number", "The number of the target: 85 for 85%, 5 for a reduction of 5%."),
    Column("target_unit", "Number's unit", "Such as percent, or the thing counted."),
    Column("base_kind", "Base", "What a change is measured from.", BASES, 22),
    Column("base_value", "Base value", "The value that it is measured from, where it is known."),
    Column("base_period", "Base period", "The period of the base value."),
)  # fmt: skip
INDICATOR_COLUMNS = (_ID, *ROW_COLUMNS, *TARGET_COLUMNS, *TYPED_COLUMNS)

REPORT_COLUMNS = (
    Column("period", "Period", "2025/26 Q1, 2025/26 H2, 2025/26, 2025, 2025-07, Jan-May 2025, AY2025/26.", (), 14),
    Column("part", "Part", "Of a measure with several parts, the part: one row each, such as day and evening."),
    Column("value", "Value", "The number, 85 for 85%; of a milestone how it stands, such as complete or in progress."),
    Column("numerator", "Numerator", "Of a percentage, how many. Counts are always better than a percentage alone."),
    Column("denominator", "Denominator", "Of a percentage, out of how many."),
    Column(
        "stretch", "Speaks of",
        "What stretch the value speaks of, where the period does not say: cumulative is since the start of the year, "
        "stock how many there are now.", STRETCHES, 16,
    ),
    Column("state", "State", "Empty for a value that is final.", STATES, 14),
    Column("missing_reason", "Reason if missing", "Why there is no value.", REASONS, 18),
    Column("measure", "Measure", "Where a row carries several measures, which this is.", (), 20),
    Column("change_pct", "Change %", "A change that was reported beside the value: -24 for 24% fewer.", (), 10),
    Column("change_base", "Changed from", "What that change is measured from.", CHANGED_FROM, 22),
    Column("narrative", "Narrative", "The partner's own account.", (), 60),
)  # fmt: skip
VALUE_COLUMNS = (_ID, *REPORT_COLUMNS)
FLAT_COLUMNS = (*INDICATOR_COLUMNS, *REPORT_COLUMNS)
