"""Something to be done: is it done, under way, or lost?

Done is green, under way amber, lost red; what is not done by its day is red. The state may come from the source's own
report on the action, from a list of parts, or from the words reported for a period.
"""

import re
from datetime import date

from wardmote.evidence.targets.kinds import Milestone
from wardmote.evidence.targets.status.case import Case, make_grey, make_status
from wardmote.evidence.targets.status.words import join_words, show_number
from wardmote.evidence.targets.statuses import Colour, PeriodStatus, WhyCode

_FAILED = re.compile(r"\b(fail\w*|lost|unsuccessful|cancelled|abandoned|rejected|withdrawn|not achieved)\b", re.I)
_UNDONE = re.compile(
    r"\b(not|yet to|to be|in)\s+(yet\s+|been\s+|be\s+|fully\s+)*"
    r"(complet\w*|done|start\w*|finish\w*|deliver\w*|achiev\w*|launch\w*|progress)\b"
    r"|\b(nearly|almost|partly|partially|part|half|due to be|incomplete|uncomplete\w*|under ?way|ongoing|on ?track)\b",
    re.I,
)
_DONE = re.compile(r"\b(complete[d]?|done|finished|achieved|delivered|met|in place)\b", re.I)


def read_state(text: str) -> Colour | None:
    """Which colour do the words of a state earn? None where they say neither done, under way nor lost.

    >>> read_state("complete (service opened 2014-07-01)"), read_state("not started"), read_state("failed, superseded")
    ('green', 'amber', 'red')
    >>> read_state("not yet completed"), read_state("areas named")
    ('amber', None)
    """
    if _FAILED.search(text):
        return "red"
    if _UNDONE.search(text):
        return "amber"
    return "green" if _DONE.search(text) else None


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
    colour = read_state(target.state)
    if colour is None:
        return make_grey(case, "definition", f"reported as '{target.state}', which is neither done, under way nor lost")
    return _finish(case, target, colour, lead=f"reported as {target.state}", code="milestone_status")


def _judge_text(case: Case, target: Milestone) -> PeriodStatus:
    """Words that name no state are a sign of work, not of its end: amber."""
    colour = read_state(case.value.text)
    lead = f"reported as '{case.value.text}'"
    if colour is None:
        lead += ", which does not say that it is done"
    code: WhyCode = "milestone_status" if colour in ("green", "red") else "qualitative"
    return _finish(case, target, colour or "amber", lead=lead, code=code)


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
