"""What one judgement is given, and how its answer is made: the values that all kinds of target share."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from wardmote.evidence.targets.kinds import Polarity
from wardmote.evidence.targets.plan import Value
from wardmote.evidence.targets.status.words import is_percent, show_measure
from wardmote.evidence.targets.statuses import DEFAULT_SETTINGS, Colour, PeriodStatus, ReasonCode, Settings, WhyCode

_PERCENT_SHAPES = {"percent", "x_of_y", "parts", "breakdown"}
_SAID_OF_STATE = {
    "provisional": "the figure is provisional",
    "derived": "the count was made by a reader from what was described",
}
_SEVERITY: dict[Colour, int] = {"green": 0, "grey": 1, "amber": 2, "red": 3}


@dataclass(frozen=True, slots=True)
class Case:
    """One value to be held against one target, with what else the row reports.

    `others` are the row's further values, of any period. `is_latest` is true where no later value was reported.
    """

    value: Value
    polarity: Polarity = "higher"
    settings: Settings = DEFAULT_SETTINGS
    others: tuple[Value, ...] = ()
    unit: str = ""
    as_at: date | None = None
    is_latest: bool = True

    @property
    def is_share(self) -> bool:
        """Whether the value is a percentage."""
        return self.value.shape in _PERCENT_SHAPES or (self.value.part is not None and bool(self.value.whole))

    @property
    def shown_unit(self) -> str:
        """The unit the value is written in."""
        if self.is_share:
            return "percent"
        return "" if is_percent(self.unit) and self.value.shape == "count" else self.unit

    @property
    def caveats(self) -> str:
        """What a coloured answer must add about the value itself and about the direction of good."""
        added = ", so the colour says only whether the target is met" if self.polarity == "contested" else ""
        return self.doubts + added

    @property
    def doubts(self) -> str:
        """What any answer must add, coloured or not."""
        found = [_SAID_OF_STATE[self.value.state]] if self.value.state in _SAID_OF_STATE else []
        if self.value.state == "suspect":
            found = [f"the figure is doubtful: {self.value.note or 'the source contradicts itself'}"]
        if self.polarity == "contested":
            found.append("a low or a high figure here can mean either good or ill")
        return "".join(f"; {text}" for text in found)


def make_grey(case: Case, code: ReasonCode, why: str, *, target: float | None = None) -> PeriodStatus:
    """Answer that a value cannot be scored, and why."""
    number = case.value.best
    shown = "" if number is None else show_measure(number, case.shown_unit)
    return PeriodStatus(
        case.value.period, "grey", why, reason_code=code, value=number, target=target, shown_value=shown
    )


def make_status(case: Case, colour: Colour, why: str, why_code: WhyCode = "") -> PeriodStatus:
    """Answer with a colour that rests on words, not on a number."""
    return PeriodStatus(case.value.period, colour, why, why_code=why_code, shown_value=case.value.text)


def find_worst(statuses: Sequence[PeriodStatus]) -> PeriodStatus:
    """Which of several answers governs: the worst miss; where nothing is missed, the part that is not known."""
    return max(statuses, key=lambda status: (_SEVERITY[status.status], _measure_badness(status)))


def _measure_badness(status: PeriodStatus) -> float:
    """How far a figure lies on the wrong side, as a share of its target; a wide margin on the right side is least."""
    if status.value is None or not status.target:
        return 0.0
    distance = abs(status.value - status.target) / abs(status.target)
    return -distance if status.status == "green" else distance


def change_why(status: PeriodStatus, why: str, why_code: WhyCode | None = None) -> PeriodStatus:
    """The same answer with another sentence; a colour's own code is kept unless another is given."""
    return replace(status, why=why, why_code=status.why_code if why_code is None else why_code)
