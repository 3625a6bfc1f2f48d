"""Returns, values and questions in words, for pages and workbooks."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from wardmote.evidence.interface import decode_value, describe_target
from wardmote.web.foundation.clock import read_now
from wardmote.web.partnerships.interface import Person
from wardmote.web.plans.interface import Indicator
from wardmote.web.returns.actions.drafts import SITTING
from wardmote.web.returns.models import DraftCopy, Return, ReturnVersion
from wardmote.web.returns.past import Past, find_expected
from wardmote.web.returns.performance.value_words import say_value
from wardmote.web.returns.policies import awaits_revision
from wardmote.web.returns.states import CopyKind, ReasonCode, ReturnState
from wardmote.web.returns.typed import PROVISIONAL

#: The tag beside a return: text and the design system's colour; the text alone tells.
STATE_TAGS = {
    ReturnState.OWED: "grey",
    ReturnState.DRAFT: "yellow",
    ReturnState.SUBMITTED: "blue",
    ReturnState.QUERIED: "orange",
    ReturnState.SIGNED_OFF: "green",
    ReturnState.CLOSED: "grey",
}
NARRATIVE_LABELS = (("what_happened", "What happened"), ("so_what", "So what"), ("what_next", "What next"))
FIELD_LABELS = {
    **dict(NARRATIVE_LABELS),
    "numerator": "Numerator", "denominator": "Denominator", "number": "Figure", "count": "Count", "checks": "Steps",
    PROVISIONAL: "Provisional", "status": "How far", "reason_code": "Why no figure", "reason": "Explanation",
    "answer": "Answer to the query",
}  # fmt: skip


def say_version(version: ReturnVersion) -> str:
    """The value of a version in words."""
    return say_value(decode_value(version.value))


def say_target(past: Past, ends_on: date) -> str:
    """The target in force at the end of a quarter, in the partnership's words or the core's."""
    found = [target for target in past.indicator.targets if target.holds_on(ends_on)]
    return (found[-1].text or describe_target(found[-1].target)) if found else "No target is set"


def say_state(ret: Return) -> dict[str, str]:
    """A return's state as a tag."""
    text = "Reopened" if awaits_revision(ret) else ReturnState(ret.state).label
    return {"text": str(text), "colour": STATE_TAGS[ReturnState(ret.state)]}


@dataclass(frozen=True, slots=True)
class Editor:
    """Who else is typing: their agency, never their name, and since when."""

    agency: str
    since: datetime


def find_other_editor(ret: Return, person: Any) -> Editor | None:
    """Whoever else has saved this draft within the last quarter of an hour."""
    if ret.draft_saved_by in (None, person.pk) or ret.draft_saved_at is None:
        return None
    if read_now() - ret.draft_saved_at > SITTING:
        return None
    other = Person.objects.filter(pk=ret.draft_saved_by).select_related("organisation").first()
    agency = other.organisation.name if other and other.organisation else "another agency"
    return Editor(agency, ret.draft_since or ret.draft_saved_at)


def find_own_copy(ret: Return, person: Any) -> DraftCopy | None:
    """The person's own text that a later save of theirs took the place of a short while ago, if it says more."""
    if ret.draft_saved_by != person.pk:
        return None
    since = read_now() - SITTING
    own = ret.copies.filter(saved_by=person.pk, kind=CopyKind.OVERTAKEN, kept_at__gt=since).last()
    return own if own is not None and says_more(ret, own) else None


def says_more(ret: Return, copy: DraftCopy) -> bool:
    """Whether a text that was kept holds something that the draft does not."""
    return any(typed and ret.draft.get(name) != typed for name, typed in copy.fields.items())


def describe_return(ret: Return, past: Past) -> dict[str, Any]:
    """What stands above the boxes: last values, target, expected range."""
    expected = find_expected(ret, past)
    return {
        "last_values": [(value.period, say_value(value)) for value in past.last_values],
        "target": say_target(past, ret.quarter.ends_on),
        "expected": expected.sentence if expected else "",
    }


def say_fit(ret: Return, past: Past) -> str:
    """Whether a submitted value lies where its own past lets expect it; empty where the past does not say."""
    version = ret.version
    expected = find_expected(ret, past, whole=version.denominator if version else None)
    if expected is None or version is None or version.amount is None:
        return ""
    return "As expected" if expected.low <= version.amount <= expected.high else f"Outside of {expected.words}"


def name_field(indicator: Indicator, name: str) -> str:
    """What a box is called on a page about it."""
    if name.startswith("part_"):
        at = int(name.removeprefix("part_"))
        return str(indicator.part_names[at]) if at < len(indicator.part_names) else name
    return (indicator.numerator if name == "numerator" else indicator.denominator if name == "denominator" else "") or (
        FIELD_LABELS.get(name, name)
    )


def say_typed(indicator: Indicator, name: str, typed: Any) -> str:
    """What stands in a box, as text."""
    if name == "reason_code" and typed in ReasonCode.values:
        return str(ReasonCode(typed).label)
    if name == PROVISIONAL:
        return "yes" if typed else "no"
    if isinstance(typed, list):
        steps = [str(indicator.part_names[int(at)]) for at in typed if int(at) < len(indicator.part_names)]
        return ", ".join(steps)
    return str(typed or "")


def list_differences(indicator: Indicator, before: dict[str, Any], after: dict[str, Any]) -> list[dict[str, str]]:
    """Every box in which two texts differ: its name, label, and both texts."""
    names = dict.fromkeys([*before, *after])
    return [
        {"name": name, "label": name_field(indicator, name), "before": say_typed(indicator, name, before.get(name)),
         "after": say_typed(indicator, name, after.get(name))}
        for name in names
        if before.get(name) != after.get(name)
    ]  # fmt: skip
