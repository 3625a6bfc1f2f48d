"""What the grammar answers: a typed target, the words behind it, and what remains to be asked."""

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from wardmote.evidence.targets.kinds import Target

Outcome = Literal["understood", "asked", "refused"]
QuestionCode = Literal[
    "base",
    "span",
    "percent_or_points",
    "higher_or_lower",
    "at_least_or_exactly",
    "level_or_change",
    "which_governs",
    "how_much",
    "shape",
    "part",
    "comparator",
    "by_when",
    "done_when",
    "contradiction",
    "provisional",
    "unit",
]


@dataclass(frozen=True, slots=True)
class Question:
    """One thing that the words leave open and that changes the status. The first option is the one assumed."""

    code: QuestionCode
    text: str
    options: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Understanding:
    """What was made of one target's words.

    `understood` and `not_understood` are stretches of the source's own words. `outcome` is "understood" where the
    words settle everything; "asked" where a target stands but a question that changes the status is open; "refused"
    where nothing typed can be built, and `why` says why.
    """

    text: str
    target: Target | None
    also: tuple[Target, ...] = ()
    outcome: Outcome = "refused"
    understood: tuple[str, ...] = ()
    not_understood: tuple[str, ...] = ()
    questions: tuple[Question, ...] = ()
    why: str = ""
    due: date | None = None  # the last day that the words give and that the target's kind does not hold


@dataclass(slots=True)
class Draft:
    """What one form made of a row: the target, the tokens that it rests on and what it must ask.

    `target` None with a `why` is a refusal by a form that recognised the words and cannot type them.
    """

    target: Target | None
    used: set[int] = field(default_factory=set)
    also: tuple[Target, ...] = ()
    questions: tuple[Question, ...] = ()
    why: str = ""
    due: date | None = None


ASK_SPAN = Question(
    "span", "In which stretch of time must the number be reached?",
    ("financial year", "calendar year", "academic year", "quarter", "once")
)  # fmt: skip
ASK_BASE = Question(
    "base",
    "What is the change measured from, and what was its value?",
    ("the previous year", "the same period last year", "a named year's out-turn", "the previous period"),
)
ASK_BASE_VALUE = Question("base", "What was the value of the base that the change is measured from?")
ASK_POINTS = Question(
    "percent_or_points", "Is the change a share of the base, or percentage points?", ("per cent", "percentage points")
)
ASK_DIRECTION = Question("higher_or_lower", "Is a higher or a lower value better?", ("higher", "lower"))
ASK_EXACTLY = Question(
    "at_least_or_exactly",
    "Is the number to be reached at least, at most or exactly?",
    ("at least", "at most", "exactly"),
)
ASK_LEVEL = Question(
    "level_or_change", "Is the percentage the level to reach, or the size of the change?", ("the level", "the change")
)
ASK_GOVERNS = Question(
    "which_governs", "The words make two promises. Which one governs?", ("the first", "the second", "both")
)
ASK_HOW_MUCH = Question("how_much", "By how much? Any change in this direction is taken to do.", ("any change",))
ASK_SHAPE = Question(
    "shape",
    "Which path leads from the baseline to the end?",
    ("a straight line", "the same share each year", "named steps"),
)
ASK_PART = Question("part", "The measure has several parts. Which part does the number belong to?", ("each part",))
ASK_COMPARATOR = Question("comparator", "Whose figure is it held against, and where is that figure published?")
ASK_BY_WHEN = Question("by_when", "By when must it be reached?")
ASK_DONE_WHEN = Question("done_when", "What will show that it is done?")
ASK_PROVISIONAL = Question(
    "provisional", "The words call the figure provisional. Has it been confirmed?", ("no", "yes")
)
ASK_UNIT = Question("unit", "Is the number a count or a percentage?", ("a count", "a percentage"))
