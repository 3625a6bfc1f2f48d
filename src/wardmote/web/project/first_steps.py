"""What a new partnership needs before its first quarter can open: a short list that is gone when all of it is done."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.urls import reverse

from wardmote.web.foundation.clock import read_today
from wardmote.web.foundation.design.words import say_date
from wardmote.web.partnerships.interface import Agency, Membership, Partnership, can
from wardmote.web.plans.interface import Plan, PlanState
from wardmote.web.returns.calendar import list_quarters
from wardmote.web.returns.models import Quarter

_ADOPTABLE = (PlanState.DRAFT, PlanState.CONSULTATION, PlanState.APPROVAL)


@dataclass(frozen=True, slots=True)
class Step:
    """One step, whether it is done, and where to do it; no address where nothing is to be done by hand."""

    title: str
    detail: str
    is_done: bool
    address: str = ""
    other_title: str = ""
    other_address: str = ""


def list_first_steps(request: Any) -> list[Step]:
    """The steps for who runs the partnership; none once the first quarter is open, and none in the sample."""
    partnership = request.partnership
    if partnership.is_sample or not can(request.user, "partnerships.invite_people", partnership):
        return []
    if Quarter.objects.filter(partnership=partnership, is_historic=False).exists():
        return []
    return [_step_agencies(partnership), _step_people(partnership), *_list_plan_steps(request)]


def _find(partnership: Partnership, name: str, **more: Any) -> str:
    return reverse(name, kwargs={"slug": partnership.slug, **more})


def _step_agencies(partnership: Partnership) -> Step:
    is_done = Agency.objects.filter(partnership=partnership, ended_on=None).exists()
    return Step(
        "Add the agencies", "Who sits in the partnership: council, police, probation and the others", is_done,
        _find(partnership, "organisations"),
    )  # fmt: skip


def _step_people(partnership: Partnership) -> Step:
    members = Membership.objects.filter(partnership=partnership, ended_at=None).values("person").distinct()
    return Step(
        "Invite people", "A contributor for each agency, a lead for each priority, an analyst and the chair",
        members.count() > 1, _find(partnership, "invite_person"),
    )  # fmt: skip


def _list_plan_steps(request: Any) -> list[Step]:
    partnership = request.partnership
    plans = Plan.objects.filter(partnership=partnership, is_historic=False)
    adopted = plans.filter(state=PlanState.ADOPTED).order_by("starts_on").first()
    begun = plans.filter(state__in=_ADOPTABLE).order_by("-made_at").first()
    return [
        _step_plan(request, is_done=bool(adopted or begun)),
        _step_adopt(partnership, begun, is_done=adopted is not None),
        Step("The first quarter opens by itself", _say_opening(adopted, read_today()), is_done=False),
    ]


def _step_plan(request: Any, *, is_done: bool) -> Step:
    partnership, detail = request.partnership, "Its priorities, indicators and targets"
    if not can(request.user, "plans.import_plan", partnership):
        return Step("Make a plan, or bring one in", f"{detail}: the coordinator or analyst does it", is_done)
    return Step(
        "Make a plan", detail, is_done, _find(partnership, "make_plan"), "or bring one in from a file",
        _find(partnership, "import_plan"),
    )  # fmt: skip


def _step_adopt(partnership: Partnership, begun: Plan | None, *, is_done: bool) -> Step:
    address = _find(partnership, "plan_approval", plan_id=begun.pk) if begun and not is_done else ""
    return Step("Adopt the plan", "Through the gates that your partnership asks for", is_done, address)


def _say_opening(adopted: Plan | None, today: date) -> str:
    """The day after the first quarter that ends in the plan's time and after its adoption."""
    if adopted is None:
        return "On the day after the first quarter that ends once a plan is adopted"
    since = max(adopted.starts_on, adopted.adopted_on or adopted.starts_on)
    quarters = (one for one in list_quarters(adopted.starts_on, adopted.ends_on) if one.ends_on >= since)
    first = next(quarters, None)
    if first is None:
        return "The plan ends before a quarter does: make the plan that follows"
    opens_on = first.ends_on + timedelta(days=1)
    return f"{first.period} opens on {say_date(opens_on)}" if opens_on > today else f"{first.period} opens today"
