"""May what was typed be submitted? Read, held against its own past, and asked about, in one look."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from wardmote.evidence.targets.plan import Value
from wardmote.evidence.targets.queries import Query as Question
from wardmote.web.returns.models import Return
from wardmote.web.returns.past import Past, ask_about
from wardmote.web.returns.policies import awaits_revision
from wardmote.web.returns.said import find_said
from wardmote.web.returns.states import ReturnState
from wardmote.web.returns.typed import find_empty, list_field_names, read_value

#: The value's own names, as a question names them, and the box of the page it is asked beside.
_BOXES = {"part": "numerator", "whole": "denominator", "missing_reason": "reason_code", "narrative": "what_happened"}


@dataclass(frozen=True, slots=True)
class Examination:
    """What was read, what is wrong with it by box, and what must be asked about it."""

    value: Value
    errors: Mapping[str, str] = field(default_factory=dict)
    questions: tuple[Question, ...] = ()

    @property
    def is_ready(self) -> bool:
        return not self.errors


def examine(ret: Return, past: Past, fields: Mapping[str, Any]) -> Examination:
    """Everything that stands between the boxes and a submitted value, each thing by the box to mend it in."""
    value, errors = read_value(ret.indicator, ret.quarter, fields)
    found = {**find_empty(ret.indicator, fields), **errors}
    questions = () if errors else ask_about(past, value)
    is_doubted = any(question.severity == "unlikely" for question in questions)
    has_reason = bool(fields.get("reason") or (is_doubted and find_said(ret, value)))
    for question in questions:
        _place(ret, question, found, has_reason=has_reason)
    if ret.state == ReturnState.QUERIED and not awaits_revision(ret) and not fields.get("answer"):
        found["answer"] = "Answer the query"
    return Examination(value, found, () if find_empty(ret.indicator, fields) else questions)


def ask_now(ret: Return, past: Past, fields: Mapping[str, Any]) -> Examination:
    """What can be said while somebody is still typing: empty boxes are not held against them."""
    value, errors = read_value(ret.indicator, ret.quarter, fields)
    if errors or find_empty(ret.indicator, fields):
        return Examination(value, errors)
    return Examination(value, errors, ask_about(past, value))


def find_box(ret: Return, question: Question) -> str:
    """The box of the page that a question is asked beside."""
    names = list_field_names(ret.indicator)
    box = _BOXES.get(question.field, question.field)
    return box if box in names else names[0]


def _place(ret: Return, question: Question, errors: dict[str, str], *, has_reason: bool) -> None:
    """Impossible stands in the way; unlikely until a word of explanation is given; to ask never does."""
    if question.severity == "impossible":
        errors.setdefault(find_box(ret, question), f"{question.sentence} {question.asks}")
    elif question.severity == "unlikely" and not has_reason:
        errors.setdefault("reason", f"{question.sentence} Correct it, or say here why it is right")
