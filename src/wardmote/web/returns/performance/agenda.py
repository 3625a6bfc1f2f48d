"""The newest quarter's exceptions for the agenda of a meeting: plain lines, without words that nobody signed off."""

from wardmote.web.partnerships.interface import Partnership
from wardmote.web.plans.interface import get_current_plan
from wardmote.web.returns.performance.core_plan import read_judged
from wardmote.web.returns.performance.exceptions import KINDS, list_exceptions
from wardmote.web.returns.performance.plans_seen import choose_newest


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
        for one in rows
    ]
    return choice.newest.period, lines
