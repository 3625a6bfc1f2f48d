"""A typed target read back to whoever typed it: what was understood, what else it may mean, and what is missing."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from wardmote.evidence.targets.grammar import Outcome, Question, Understanding, describe_target, parse_target
from wardmote.evidence.targets.kinds import (
    Base,
    BaseKind,
    CohortShare,
    Compound,
    CountPerPeriod,
    Frequency,
    Milestone,
    NoChange,
    Operator,
    PointsChange,
    Polarity,
    RelativeChange,
    Simple,
    Span,
    Target,
    Threshold,
    Trajectory,
)


@dataclass(frozen=True, slots=True)
class TargetOption:
    """One answer to a question: as it is offered, and the target that it makes, with that target in words.

    `target` is None where the answer needs words of its own ("a named year's out-turn", which?). `is_assumed`: what the
    reading takes until somebody answers.
    """

    label: str
    target: Target | None
    words: str = ""
    is_assumed: bool = False


@dataclass(frozen=True, slots=True)
class TargetChoice:
    """A question that the words leave open, with the answers to choose from. `code` is the grammar's."""

    code: str
    question: str
    options: tuple[TargetOption, ...]


@dataclass(frozen=True, slots=True)
class TargetReading:
    """What was made of a typed target.

    `words` says the target back ("at least 85%"); `also` are further forms of the promise in the same words; `choices`
    are settled by choosing, `missing` by writing more; `unread` are the words that were of no use. `why` says why there
    is no target, where there is none.
    """

    text: str
    outcome: Outcome
    target: Target | None
    words: str = ""
    also: tuple[Target, ...] = ()
    choices: tuple[TargetChoice, ...] = ()
    missing: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()
    why: str = ""


def read_target(text: str, *, title: str = "", unit: str = "", polarity: Polarity | None = None) -> TargetReading:
    """What does a target promise as far as its words go, and what must still be said?

    Parameters: `text` as it is typed, finished or not; `title` the measure's; `unit` "percent", "count" and the like,
    where the plan says it; `polarity` which way is good. Never raises, whatever the text.

    >>> reading = read_target("at least 10 schools")
    >>> reading.words, [option.words for option in reading.choices[0].options][3]
    ('at least 10 schools in a financial year', 'at least 10 schools in a quarter')
    >>> read_target("soon").why
    'no number, comparison, date or finished act was found in the words'
    """
    understood = parse_target(text, title=title, unit_hint=unit, polarity=polarity)
    target = understood.target
    choices = [] if target is None else [_offer(question, target, understood) for question in understood.questions]
    open_questions = [choice for choice in choices if choice is not None]
    settled = {choice.code for choice in open_questions}
    return TargetReading(
        text, understood.outcome, target, describe_target(target) if target is not None else "", understood.also,
        tuple(open_questions), tuple(q.text for q in understood.questions if q.code not in settled),
        understood.not_understood, understood.why,
    )  # fmt: skip


def _offer(question: Question, target: Target, understood: Understanding) -> TargetChoice | None:
    """The question with the target that each answer makes; None where no answer can be chosen."""
    makers = _list_makers(question, understood)
    made = [(label, _make(maker, target)) for label, maker in makers]
    if not any(other is not None and other != target for _, other in made):
        return None
    options = [
        TargetOption(label, other, describe_target(other) if other is not None else "", other == target)
        for label, other in made
    ]
    return TargetChoice(question.code, question.text, tuple(options))


type Maker = Callable[[Simple], Simple | Compound | None]


def _make(maker: Maker, target: Target) -> Target | None:
    """The target that an answer makes; of a target in parts the answer holds for every part."""
    if not isinstance(target, Compound):
        return maker(target)
    parts = [(name, maker(part)) for name, part in target.parts]
    simple = tuple((name, part) for name, part in parts if part is not None and not isinstance(part, Compound))
    return Compound(simple) if len(simple) == len(parts) else None


def _list_makers(question: Question, understood: Understanding) -> list[tuple[str, Maker]]:
    if question.code == "which_governs":
        return _list_governing(question, understood)
    if question.code == "by_when" and question.options and understood.due is not None:
        return [(question.options[0], lambda target: target), (question.options[1], _fall_due(understood.due))]
    makers = _MAKERS.get(question.code, {})
    return [(label, makers[label]) for label in question.options if label in makers]


def _list_governing(question: Question, understood: Understanding) -> list[tuple[str, Maker]]:
    """Each of the forms alone, or both; where the words hold no second form nothing can be chosen."""
    forms = [understood.target, *understood.also]
    if not understood.also or any(form is None or isinstance(form, Compound) for form in forms):
        return []
    simple = [form for form in forms if form is not None and not isinstance(form, Compound)]
    alone: list[tuple[str, Maker]] = [
        (label, lambda _, form=form: form)  # type: ignore[misc]
        for label, form in zip(question.options, simple, strict=False)
    ]
    both = Compound(tuple((describe_target(form), form) for form in simple))
    return [*alone, ("both", lambda _: both)]


def _fall_due(due: date) -> Maker:
    """The same promise as something to be done by a day: nothing is asked of the periods before it."""
    return lambda target: Milestone(describe_target(target), due=due)


def _set_span(span: Span) -> Maker:
    return lambda target: replace(target, span=span) if isinstance(target, CountPerPeriod | Frequency) else None


def _set_base(kind: BaseKind) -> Maker:
    def make(target: Simple) -> Simple | None:
        if isinstance(target, RelativeChange | PointsChange | NoChange):
            return replace(target, base=replace(target.base, kind=kind))
        return None

    return make


def _as_percent(target: Simple) -> Simple | None:
    if isinstance(target, PointsChange):
        return RelativeChange("increase" if target.points >= 0 else "decrease", abs(target.points), target.base)
    return target if isinstance(target, RelativeChange) else None


def _as_points(target: Simple) -> Simple | None:
    if isinstance(target, RelativeChange):
        return PointsChange(target.percent if target.direction == "increase" else -target.percent, target.base)
    return target if isinstance(target, PointsChange) else None


_HIGHER: dict[Operator, Operator] = {">=": ">=", ">": ">", "<=": ">=", "<": ">"}
_LOWER: dict[Operator, Operator] = {">=": "<=", ">": "<", "<=": "<=", "<": "<"}


def _turn(*, is_up: bool) -> Maker:
    """The same promise where a higher, or a lower, value is better."""
    operators = _HIGHER if is_up else _LOWER

    def make(target: Simple) -> Simple | None:
        if isinstance(target, Threshold | CountPerPeriod | CohortShare):
            return replace(target, operator=operators[target.operator])
        if isinstance(target, RelativeChange):
            return replace(target, direction="increase" if is_up else "decrease")
        if isinstance(target, NoChange):
            return replace(target, relation="no_decrease" if is_up else "no_increase")
        return (
            replace(target, points=abs(target.points) * (1 if is_up else -1))
            if isinstance(target, PointsChange)
            else None
        )

    return make


def _hold_to(operator: Operator) -> Maker:
    levels = Threshold | CountPerPeriod | CohortShare
    return lambda target: replace(target, operator=operator) if isinstance(target, levels) else None


def _hold_exactly(target: Simple) -> Compound | None:
    """Not less and not more, which are two promises."""
    if not isinstance(target, Threshold | CountPerPeriod | CohortShare):
        return None
    return Compound((("lower end", replace(target, operator=">=")), ("upper end", replace(target, operator="<="))))


def _as_level(target: Simple) -> Simple | None:
    if isinstance(target, RelativeChange):
        return Threshold(">=" if target.direction == "increase" else "<=", target.percent, "percent")
    return target if isinstance(target, Threshold) else None


def _as_change(target: Simple) -> Simple | None:
    if isinstance(target, Threshold):
        direction = "increase" if target.operator in (">=", ">") else "decrease"
        return RelativeChange(direction, target.value, Base("not_stated"))  # type: ignore[arg-type]
    return target if isinstance(target, RelativeChange) else None


def _as_count(target: Simple) -> Simple | None:
    if isinstance(target, Threshold):
        return CountPerPeriod(target.operator, target.value)
    return target if isinstance(target, CountPerPeriod) else None


def _as_share(target: Simple) -> Simple | None:
    if isinstance(target, CountPerPeriod | Threshold):
        return Threshold(target.operator, target.value, "percent")
    return None


def _bend(shape: str) -> Maker:
    return lambda target: replace(target, shape=shape) if isinstance(target, Trajectory) else None  # type: ignore[arg-type]


def _needs_words(_target: Simple) -> None:
    return None


#: What each answer makes of the target, by the question's code and the answer's own words.
_MAKERS: dict[str, dict[str, Maker]] = {
    "span": {
        "financial year": _set_span("financial_year"),
        "calendar year": _set_span("calendar_year"),
        "academic year": _set_span("academic_year"),
        "quarter": _set_span("quarter"),
        "once": _set_span("once"),
    },
    "base": {
        "the previous year": _set_base("previous_year"),
        "the same period last year": _set_base("same_period_last_year"),
        "a named year's out-turn": _needs_words,
        "the previous period": _set_base("previous_period"),
    },
    "percent_or_points": {"per cent": _as_percent, "percentage points": _as_points},
    "higher_or_lower": {"higher": _turn(is_up=True), "lower": _turn(is_up=False)},
    "at_least_or_exactly": {"at least": _hold_to(">="), "at most": _hold_to("<="), "exactly": _hold_exactly},
    "level_or_change": {"the level": _as_level, "the change": _as_change},
    "shape": {
        "a straight line": _bend("linear"),
        "the same share each year": _bend("compound"),
        "named steps": _needs_words,
    },
    "unit": {"a count": _as_count, "a percentage": _as_share},
}
