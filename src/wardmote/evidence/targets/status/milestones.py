"""Something to be done: is it done, under way, or lost?

Done is green, under way amber, lost red; what is not done by its day is red. The state may come from the source's own
report on the action, from a list of parts, or from the words reported for a period.
"""

from datetime import date

from wardmote.evidence.targets.kinds import Milestone
from wardmote.evidence.targets.status.case import Case, make_grey, make_status
from wardmote.evidence.targets.status.doneness import find_reservation, read_state, says_no
from wardmote.evidence.targets.status.words import join_words, show_number
from wardmote.evidence.targets.statuses import Colour, PeriodStatus, WhyCode

_PLAIN_STATES = ("in progress", "under way", "underway", "ongoing", "on track", "started")


def judge_milestone(case: Case, target: Milestone) -> PeriodStatus:
    """Score an action by what is said of it for this period, else by the source's report on the whole."""
    value = case.value
    if value.checks:
        return _judge_checks(case, target)
    if value.text:
        return _judge_text(case, target)
    if target.state:
        return _judge_state(case, target)
    if value.best is not None:
        why = f"{show_number(value.best)} was reported, and the target is something to be done: a number is no answer"
        return make_grey(case, "unit_mismatch", why)
    if _is_overdue(case, target.due):
        return make_status(case, "red", f"nothing was reported{_say_due(target.due)}", "milestone_status")
    return make_grey(case, "no_data", "nothing was reported about this action")


def _judge_state(case: Case, target: Milestone) -> PeriodStatus:
    colour = read_state(target.state, by=case.as_at)
    if colour is None:
        return make_grey(case, "definition", f"reported as '{target.state}', which is neither done, under way nor lost")
    lead = f"reported as {target.state}{_say_reservation(target.state, colour)}"
    return _finish(case, target, colour, lead=lead, code="milestone_status")


def _judge_text(case: Case, target: Milestone) -> PeriodStatus:
    """Words that name no state, or that say done with a reservation, are a sign of work, not of its end: amber."""
    text = case.value.text
    colour = read_state(text, by=case.as_at or case.value.end)
    if colour is None:
        lead = f"reported as '{text}', which does not say that it is done"
    else:
        lead = f"reported as '{text}'{_say_reservation(text, colour)}"
    code: WhyCode = "milestone_status" if colour in ("green", "red") else "qualitative"
    return _finish(case, target, colour or "amber", lead=lead, code=code)


def _say_reservation(text: str, colour: Colour) -> str:
    """Why words are no plain "done"; nothing where they are, or where they say what happened plainly enough."""
    if colour != "amber":
        return ""
    if says_no(text):
        return ", so it is not done"
    reservation = find_reservation(text)
    if reservation:
        return f", which {reservation}, so it is not taken as done"
    return "" if text.strip().casefold() in _PLAIN_STATES else ", which is no plain word that all of it is done"


def _judge_checks(case: Case, target: Milestone) -> PeriodStatus:
    checks = case.value.checks
    names = target.parts if len(target.parts) == len(checks) else tuple(f"part {n + 1}" for n in range(len(checks)))
    undone = [name for name, is_done in zip(names, checks, strict=True) if not is_done]
    if not undone:
        return _finish(case, target, "green", lead=f"all {len(checks)} parts are done", code="milestone_status")
    done = len(checks) - len(undone)
    lead = f"{done} of {len(checks)} parts done; open: {join_words(undone)}"
    return _finish(case, target, "amber", lead=lead, code="milestone_status")


def _finish(case: Case, target: Milestone, colour: Colour, *, lead: str, code: WhyCode) -> PeriodStatus:
    """Turn what is open red once its day has passed."""
    if colour == "amber" and _is_overdue(case, target.due):
        return make_status(case, "red", f"{lead}{_say_due(target.due)}{case.caveats}", "milestone_status")
    return make_status(case, colour, lead + case.caveats, code)


def _say_due(due: date | None) -> str:
    return "" if due is None else f"; it was due on {due.day} {due:%B %Y}"


def _is_overdue(case: Case, due: date | None) -> bool:
    """Whether the day had passed: by now for the latest report, by its own end for an earlier one."""
    if due is None or case.as_at is None:
        return False
    day = case.as_at if case.is_latest or case.value.end is None else min(case.as_at, case.value.end)
    return day > due
