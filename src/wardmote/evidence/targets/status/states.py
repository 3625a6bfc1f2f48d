"""Why is there nothing to score? Missing, not yet due, given up, held back and never meant as an answer differ."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import get_args

from wardmote.evidence.model.periods import find_month_number
from wardmote.evidence.targets.kinds import Frequency, Milestone, Target
from wardmote.evidence.targets.plan import Value
from wardmote.evidence.targets.status.case import Case, make_grey
from wardmote.evidence.targets.status.words import show_measure
from wardmote.evidence.targets.statuses import PeriodStatus, ReasonCode

_ONGOING = re.compile(r"\b(on-?going|continuous\w*|continual\w*|all the time|throughout)\b", re.IGNORECASE)
_NOT_YET = re.compile(
    r"\bnot (yet )?due\b|\bnot yet (been )?(collect|releas|publish|availab|report)\w*|\b(awaited|pending|to follow)\b",
    re.IGNORECASE,
)
_COMES = re.compile(
    r"(collect|releas|publi[sc]|availab|report|survey)\w*\b[^.;]{0,30}?\b(?P<word>after|from|in|by|on|until|next)\b"
    r"(?P<when>[^.;]*)"
    r"|\b(due|expected|planned)\b[^.;]{0,30}?\b(?P<word2>after|from|in|by|on|until|next)\b(?P<when2>[^.;]*)",
    re.IGNORECASE,
)
_LAG = re.compile(
    r"\b(lag\w*|arrears|delay\w*|behind)\b|\b\d+\s*(?:[-–]|to)?\s*\d*\s*(day|week|month|year)s?\s+(late\w*|after|behind)",
    re.IGNORECASE,
)
_DATE = re.compile(
    r"\b(?P<month>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?\s*(?P<year>(?:19|20)\d\d)?\b"
    r"|\b(?P<only_year>(?:19|20)\d\d)\b",
    re.IGNORECASE,
)
_UNSEEN = ("missing", "not_due", "suppressed")
_FORWARD = {"after", "until", "next"}
#: The words for each reason that a return gives without any of its own.
_SAID: Mapping[ReasonCode, str] = {
    "no_target": "no target was set",
    "no_baseline": "the base is not known",
    "no_data": "no figure was reported",
    "not_due": "the figure is not due yet",
    "no_comparator": "the comparator's figure is not known",
    "discontinued": "the measure is no longer collected",
    "definition": "the definition does not fit",
    "denominator": "what the figure is out of is not known",
    "unit_mismatch": "the figure is in another unit than the target",
    "ongoing": "the work goes on, and nothing is counted",
}


@dataclass(frozen=True, slots=True)
class _Reason:
    code: ReasonCode
    why: str


def says_ongoing(value: Value) -> bool:
    """Whether the words about a value say that a thing simply goes on."""
    return bool(_ONGOING.search(f"{value.note} {value.text}"))


def has_answer(value: Value) -> bool:
    """Whether a value holds anything that a target could be held against."""
    has_figure = value.best is not None or bool(value.parts or value.checks) or value.change_pct is not None
    return has_figure or bool(value.text)


def judge_state(case: Case, target: Target, discontinued_on: date | None = None) -> PeriodStatus | None:
    """Is there a reason not to score this value at all? None where it can be scored."""
    value = case.value
    reported = isinstance(target, Milestone) and bool(target.state)
    if (value.state == "proxy" or not value.is_scored) and not reported:
        return make_grey(case, "definition", _explain_unscored(value))
    if value.state == "discontinued" or _is_after(value, discontinued_on):
        return make_grey(case, "discontinued", explain_discontinued(case, discontinued_on))
    # Silence about an action whose day is set is read against the day.
    is_action = reported or (isinstance(target, Milestone) and target.due is not None)
    if is_action or (value.state not in _UNSEEN and has_answer(value)):
        return None
    reason = find_missing_reason(case, target)
    return make_grey(case, reason.code, reason.why)


def _explain_unscored(value: Value) -> str:
    note = f": {value.note}" if value.note else ""
    if value.state == "proxy":
        return f"another measure standing in is shown and never scored{note}"
    return f"the source itself says that this figure is no answer to the target{note}"


def _is_after(value: Value, day: date | None) -> bool:
    return day is not None and value.end is not None and value.end > day


def explain_discontinued(case: Case, day: date | None) -> str:
    """Say that a measure ended, and keep its last value."""
    when = "" if day is None else f" since {day.day} {day:%B %Y}"
    kept = [other for other in case.others if other.best is not None and other.is_scored and other.state != "proxy"]
    known = [other for other in kept if not _is_after(other, day)]
    last = max(known, key=lambda other: other.end or date.min, default=None)
    if last is None or last.best is None:
        return f"the measure is no longer collected{when}"
    shown = show_measure(last.best, replace(case, value=last).shown_unit)
    return f"the measure is no longer collected{when}; its last value was {shown} for {last.period}"


def find_missing_reason(case: Case, target: Target) -> _Reason:
    """Why is there no figure: as the return says, else as its state, its words and its day tell?"""
    value = case.value
    if value.missing_reason in get_args(ReasonCode):
        code: ReasonCode = value.missing_reason  # type: ignore[assignment]
        return _Reason(code, _SAID[code] + _add_note(value))
    if value.state == "suppressed":
        return _Reason("no_data", f"the figure for {value.period} is held back because it is small")
    if isinstance(target, Frequency) and says_ongoing(value):
        thing = target.thing or "occurrence"
        return _Reason("ongoing", f"described as going on all the time, with no {thing} counted")
    late = _explain_late(case)
    if late:
        return _Reason("not_due", late)
    return _Reason("no_data", f"{_say_nothing(value)}{_add_note(value)}")


def _say_nothing(value: Value) -> str:
    if value.part is not None and value.whole == 0:
        return f"{value.part:g} of 0 is no share: in {value.period} there was nothing to take a share of"
    return f"no figure was reported for {value.period}"


def _add_note(value: Value) -> str:
    return f": {value.note}" if value.note else ""


def _explain_late(case: Case) -> str:
    """Why a figure is not due yet; "" where nothing says so."""
    value = case.value
    if value.lag:
        return f"the figure for {value.period} comes late ({value.lag}) and is not due yet"
    if value.state == "not_due" or comes_later(value.note, value.end):
        return f"the figure for {value.period} is not due yet{_add_note(value)}"
    is_over = case.as_at is None or value.end is None or value.end <= case.as_at
    return "" if is_over else f"{value.period} is not over"


def comes_later(note: str, end: date | None) -> bool:
    """Does a note say that the figure is to come after the period's end?

    >>> comes_later("official collection after April 2015", date(2015, 3, 31))
    True
    >>> comes_later("not released since the second quarter", date(2015, 3, 31))
    False
    """
    if _NOT_YET.search(note) or _LAG.search(note):
        return True
    match = _COMES.search(note)
    if match is None:
        return False
    word, when = match["word"] or match["word2"], match["when"] or match["when2"] or ""
    named = _DATE.search(when)
    if named is None:
        return word.casefold() in _FORWARD
    return _is_date_after(named, end, is_forward=word.casefold() in _FORWARD or match["word2"] is not None)


def _is_date_after(named: re.Match[str], end: date | None, *, is_forward: bool) -> bool:
    """Whether a day named in a note lies after the period; a month without a year is read forward where words do."""
    if named["only_year"]:
        return end is not None and int(named["only_year"]) > end.year
    if not named["year"]:
        return is_forward
    month = find_month_number(named["month"])
    return end is not None and date(int(named["year"]), month, 1) > end
