"""The newest quarter's exceptions for the agenda of a meeting: plain lines, without words that nobody signed off."""

from wardmote.web.foundation.design.words import say_count
from wardmote.web.partnerships.interface import Partnership
from wardmote.web.plans.interface import get_current_plan
from wardmote.web.returns.performance.core_plan import read_judged
from wardmote.web.returns.performance.exceptions import KINDS, Exceptional, list_exceptions
from wardmote.web.returns.performance.plans_seen import choose_newest

_MISSING = "missing"


def list_agenda_lines(partnership: Partnership) -> tuple[str, list[dict[str, str]]]:
    """The quarter's name, and each exception with its kind, indicator and reason; empty where no quarter has ended."""
    plan = get_current_plan(partnership)
    choice = choose_newest(plan) if plan is not None else None
    if choice is None or choice.newest is None:
        return "", []
    found = list_exceptions(read_judged(choice.plan, as_at=choice.as_at), choice)
    lines = [
        {"kind": KINDS[kind], "ref": one.row.ref, "title": one.row.title, "reason": one.reason}
        for kind, rows in found.items()
        if kind != _MISSING
        for one in rows
    ]
    return choice.newest.period, lines + _gather_missing(found.get(_MISSING, []))


def _gather_missing(rows: list[Exceptional]) -> list[dict[str, str]]:
    """What is missing, a line for each agency: a meeting asks the agency and not the indicator."""
    by_reason: dict[str, list[str]] = {}
    for one in rows:
        by_reason.setdefault(one.reason, []).append(one.row.ref)
    return [
        {
            "kind": KINDS[_MISSING],
            "ref": say_count(len(refs), "indicator") + ":",
            "title": ", ".join(refs),
            "reason": said,
        }
        for said, refs in by_reason.items()
    ]
