"""A form about a record that somebody removed while it was filled in: what was typed is given back, and why."""

from collections.abc import Callable, Iterator
from functools import wraps
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from wardmote.web.foundation.design.words import say_date_time
from wardmote.web.foundation.overtaken import SEEN
from wardmote.web.foundation.refusals import REFUSED
from wardmote.web.partnerships.interface import PartnershipRequest
from wardmote.web.plans.models import Plan, PlanRecord
from wardmote.web.plans.queries import get_plan
from wardmote.web.plans.removals import Removal, find_removal
from wardmote.web.plans.views.frame import describe_page, find_address, is_post

View = Callable[..., HttpResponse]
#: What a form sends beside what somebody typed.
_NOT_TYPED = frozenset({"csrfmiddlewaretoken", SEEN, "read", "meaning"})
_DATE_PARTS = ("day", "month", "year")
_LABELS = {
    "text": "The target, in words", "valid_from": "From which day it holds", "set_by": "Who set it", "reason": "Why",
    "on": "The last day", "progress": "How far it has come", "state": "State", "choice": "Which one holds",
}  # fmt: skip


def give_back_typed(kind: type[PlanRecord], key: str, *, noun: str, back: str = "plan") -> Callable[[View], View]:
    """Answer what is sent about a record that was removed meanwhile with what was typed, and not with 404.

    `key` is the record's name in the address, `back` the page of the plan to go on from.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def answer(request: PartnershipRequest, plan_id: Any, **keys: Any) -> HttpResponse:
            if is_post(request):
                plan = get_plan(request, plan_id)
                removal = find_removal(plan, kind, keys[key])
                if removal is not None:
                    return _draw(request, plan, removal, noun=noun, back=back)
            return view(request, plan_id, **keys)

        return answer

    return decorate


def _draw(request: PartnershipRequest, plan: Plan, removal: Removal, *, noun: str, back: str) -> HttpResponse:
    title = f"This {noun} was removed"
    facts = describe_page(request, plan, title=title) | {
        "title": title, "noun": noun, "by": removal.by, "at": say_date_time(removal.at),
        "typed": list(list_typed(request.POST)), "back": find_address(plan, back, request),
    }  # fmt: skip
    return render(request, "plans/removed.html", facts, status=REFUSED)


def list_typed(sent: Any) -> Iterator[tuple[str, str]]:
    """What was typed, each with a name for its box; the three boxes of a day together."""
    told: set[str] = set()
    for box in sent:
        stem, _, part = box.rpartition("-")
        name = stem if part in _DATE_PARTS else box
        if name in told or box in _NOT_TYPED:
            continue
        told.add(name)
        parts = [sent.get(f"{name}-{one}", "").strip() for one in _DATE_PARTS] if name != box else sent.getlist(box)
        text = (" " if name != box else "; ").join(one for one in parts if one.strip())
        if text:
            yield _LABELS.get(name, name.replace("_", " ").capitalize()), text
