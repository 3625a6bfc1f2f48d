"""What people may leave out of a plan-1 file, filled in: a target given in words, a value given by its period."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from wardmote.evidence.model.errors import Fault, UsageError
from wardmote.evidence.sources.action_plan.spoken_periods import SpokenPeriod, read_period
from wardmote.evidence.sources.action_plan.table_values import STATE_OF_REASON, find_shape
from wardmote.evidence.targets.codec import encode_target
from wardmote.evidence.targets.codec.reading import refuse
from wardmote.evidence.targets.kinds import NoTarget, Polarity
from wardmote.evidence.targets.plan import Indicator

type Faults = list[Fault]
type Body = dict[str, Any]

_HINTS = ("percent", "points", "count", "rate", "money", "days")
_NO_TARGET: Body = {"target": encode_target(NoTarget("not set"))}
_NUMBERS = ("number", "part", "whole", "parts", "checks", "text", "change_pct")


@dataclass(frozen=True, slots=True)
class Defaults:
    """What a row that does not say is taken to say: the plan's title, and its priority's."""

    plan: str
    priorities: Mapping[int, str]

    def fill(self, row: Body) -> Body:
        number = row.get("priority_no")
        title = self.priorities.get(number, "") if isinstance(number, int) else ""
        return {"plan": self.plan, "priority_title": title, **row}


def expand_targets(row: Body, place: str, faults: Faults) -> object:
    """The row's targets, each of them typed; a row that says nothing of one has a target that is not set."""
    held = row.get("targets")
    if held is None:
        return [_NO_TARGET]
    if not isinstance(held, list):
        return held  # refused with its place by whoever reads it
    return [_expand_target(one, row, f"{place}.targets[{at}]", faults) for at, one in enumerate(held)]


def _expand_target(held: object, row: Body, place: str, faults: Faults) -> object:
    body = {"text": held} if isinstance(held, str) else held
    if not isinstance(body, dict) or "target" in body or not isinstance(body.get("text"), str):
        return body
    return {**body, **_read_words(body["text"], row, place, faults)}


def _read_words(text: str, row: Body, place: str, faults: Faults) -> Body:
    """What the words promise; each question that they leave open is a warning."""
    from wardmote.evidence.targets.grammar import parse_target

    title, unit, polarity = row.get("title"), row.get("unit"), row.get("polarity")
    understood = parse_target(
        text, title=title if isinstance(title, str) else "", unit_hint=unit if unit in _HINTS else "",
        polarity=_take_polarity(polarity),
    )  # fmt: skip
    for question in understood.questions:
        choices = f" ({', '.join(question.options)})" if question.options else ""
        faults.append(Fault(f"the target '{text}' leaves open: {question.text}{choices}", place,
                            to_do="Say it in the words, or write the target out under 'target'", severity="warning",
                            code=f"asks_{question.code}"))  # fmt: skip
    if understood.target is None:
        faults.append(Fault(f"the target '{text}' was not understood: {understood.why}", place,
                            to_do="Write the target out under 'target'", severity="warning",
                            code="target_not_understood"))  # fmt: skip
    target = understood.target or NoTarget("not understood")
    return {"target": encode_target(target), "also": [encode_target(other) for other in understood.also]}


def _take_polarity(word: object) -> Polarity | None:
    words: tuple[Polarity, ...] = ("higher", "lower", "contested", "none")
    return next((known for known in words if known == word), None)


def expand_value(held: object, row: Indicator, place: str, faults: Faults) -> Body | None:
    """A value with its days, basis, shape and state, which follow from its period and the row where it does not say.

    What is said, be it that there is no day, stays as it is said. None, with a fault, where the period names no days.
    """
    if not isinstance(held, dict):
        refuse(held, place, faults, "an object with a period and a number")
        return None
    spoken = _hear_period(held, place, faults)
    if spoken is None:
        return None
    return {**_settle(held, row, spoken), **held}


def _hear_period(held: Body, place: str, faults: Faults) -> Body | None:
    """The days and the basis of the period's label, where the value itself says nothing of them."""
    label, is_dated = held.get("period"), "start" in held or "end" in held
    if not isinstance(label, str):
        return {}  # refused with its place by whoever reads it
    try:
        spoken: SpokenPeriod = read_period(label)
    except UsageError as error:
        if is_dated:  # the label is for people; the days beside it are what counts
            return {}
        expected = f"{error.fault.expected}; or days under 'start' and 'end'"
        refuse(label, f"{place}.period", faults, expected, code="period")
        return None
    days = {} if is_dated else {"start": spoken.start.isoformat(), "end": spoken.end.isoformat()}
    return {**days, "basis": spoken.basis}


def _settle(held: Body, row: Indicator, spoken: Body) -> Body:
    return {**spoken, "shape": _find_shape(held, row), "state": _find_state(held)}


def _find_shape(held: Body, row: Indicator) -> str:
    given = {name for name in _NUMBERS if held.get(name) is not None}
    if {"part", "whole"} & given:
        return "x_of_y"
    for name, shape in (("parts", "parts"), ("checks", "checklist"), ("text", "status")):
        if name in given and "number" not in given:
            return shape
    return find_shape(row.unit)


def _find_state(held: Body) -> str:
    if any(held.get(name) is not None for name in _NUMBERS):
        return "actual"
    reason = held.get("missing_reason")
    return STATE_OF_REASON.get(reason.replace("_", " "), "missing") if isinstance(reason, str) else "missing"
