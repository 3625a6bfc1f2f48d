"""One indicator of the plan, its targets through time, and how they are changed."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from wardmote.evidence.model.errors import WardmoteError
from wardmote.web.foundation.clock import read_today
from wardmote.web.foundation.overtaken import SEEN, is_overtaken, watch
from wardmote.web.foundation.refusals import RefusedError
from wardmote.web.partnerships.interface import PartnershipRequest, check_may, get_own, in_partnership
from wardmote.web.plans import actions, policies
from wardmote.web.plans.forms.plans import DiscontinueForm
from wardmote.web.plans.forms.targets import RebaseForm, VersionForm, WordsForm, suggest_start
from wardmote.web.plans.forms.typed import TYPED_FORMS, order_fields
from wardmote.web.plans.meanwhile import find_meanwhile, find_twin
from wardmote.web.plans.models import Indicator, Plan, Target
from wardmote.web.plans.presenters import find_shown_target, list_gaps, list_target_rows, say_spec, say_target
from wardmote.web.plans.queries import find_target_on, get_current_plan, get_plan, list_indicators
from wardmote.web.plans.readings import read_words
from wardmote.web.plans.states import PlanState
from wardmote.web.plans.views.frame import describe_page, find_address, is_post
from wardmote.web.plans.views.removed import give_back_typed

#: Kinds of target that are measured from a base, so that the base can be moved.
BASED = ("relative_change", "points_change", "no_change", "trajectory")
#: Bases that are another figure for every period.
MOVING_BASES = ("same_period_last_year", "same_point_last_year", "previous_period")


def get_indicator(request: PartnershipRequest, plan: Plan, indicator_id: Any) -> Indicator:
    """An indicator of this very plan, or 404."""
    return get_own(list_indicators(plan), request, id=indicator_id)


@in_partnership("plans.view_plans")
def show_indicator(request: PartnershipRequest, plan_id: Any, indicator_id: Any) -> HttpResponse:
    """How the indicator is defined, and every target it ever had."""
    plan = get_plan(request, plan_id)
    indicator = get_indicator(request, plan, indicator_id)
    target = find_target_on(indicator, None)
    shown = find_shown_target(indicator, read_today())
    facts = describe_page(request, plan, title=indicator.ref) | {
        "indicator": indicator, "targets": list_target_rows(indicator, read_today()), "gaps": list_gaps(indicator),
        "target": say_target(shown), "understood": say_spec(shown.spec) if shown else "",
        "successor": find_successor(indicator),
        "has_base": target is not None and target.spec.get("kind") in BASED,
    }  # fmt: skip
    return render(request, "plans/indicator.html", facts)


def find_successor(indicator: Indicator) -> Indicator | None:
    """The same row of the plan in force, where its own was superseded; None where that has no such row."""
    if indicator.plan.state != PlanState.SUPERSEDED or indicator.plan.is_historic:
        return None
    current = get_current_plan(indicator.plan.partnership)
    return find_twin(indicator, list_indicators(current)) if current is not None else None


def open_target(request: PartnershipRequest, plan_id: Any, indicator_id: Any) -> tuple[Plan, Indicator]:
    """The indicator whose target the person may change. Raises RefusedError where its plan's state forbids it."""
    plan = get_plan(request, plan_id)
    indicator = get_indicator(request, plan, indicator_id)
    check_may(request, "plans.change_target", indicator)
    return plan, indicator


@in_partnership("plans.change_target")
@give_back_typed(Indicator, "indicator_id", noun="indicator")
def change_target(request: PartnershipRequest, plan_id: Any, indicator_id: Any) -> HttpResponse:
    """The target in the partnership's own words; what they are understood to say is shown before it is kept."""
    plan, indicator = open_target(request, plan_id, indicator_id)
    refusal = find_refusal(indicator)
    if refusal:
        return refuse_target(request, plan, indicator, refusal)
    form = WordsForm(indicator, request.POST if is_post(request) else None, initial={"valid_from": suggest_start(plan)})
    is_reading = "read" in request.POST
    watch_target(form, indicator)
    if is_post(request) and not is_reading and form.is_valid() and not is_overtaken(form):
        meaning, reading = form.get_meaning(), form.reading
        also = reading.also if reading is not None and reading.meanings[0] == meaning else ()
        told = {"spec": meaning.spec, "text": form.cleaned_data["text"], "also": also, **form.describe_version()}
        if keep_target(request, indicator, form, told):
            return redirect(find_address(plan, "plan_indicator", request, indicator_id=indicator.pk))
    if is_reading:
        form = WordsForm(indicator, initial=read_typed(request))
        watch_target(form, indicator, seen=request.POST.get(SEEN, ""))
    return draw_target(request, plan, indicator, form)


def watch_target(form: VersionForm | RebaseForm, indicator: Indicator, *, seen: str = "") -> None:
    """Notice a version that somebody else adds while the form is filled in."""
    rows = [row for row in indicator.targets.all() if row.withdrawn_at is None]
    newest = max(rows, key=lambda row: row.number, default=None)
    since = f", from {newest.valid_from:%-d %B %Y}" if newest and newest.valid_from else ""
    watch(form, {"target": f"{say_target(newest)}{since}"}, seen=seen)


def read_typed(request: PartnershipRequest) -> dict[str, Any]:
    """What was typed so far, given back without a word about what is still missing."""
    day = {part: request.POST.get(f"valid_from-{part}", "") for part in ("day", "month", "year")}
    typed = {name: request.POST.get(name, "") for name in ("text", "set_by", "reason")}
    return typed | {"valid_from": day, "as_correction": "as_correction" in request.POST}


def find_refusal(indicator: Indicator) -> str:
    try:
        policies.check_may_change_target(indicator)
    except RefusedError as refusal:
        return str(refusal)
    return ""


def refuse_target(request: PartnershipRequest, plan: Plan, indicator: Indicator, refusal: str) -> HttpResponse:
    messages.error(request, refusal)
    return redirect(find_address(plan, "plan_indicator", request, indicator_id=indicator.pk))


def keep_target(request: PartnershipRequest, indicator: Indicator, form: VersionForm, told: dict[str, Any]) -> bool:
    """Write the new version; a refusal stands over the form."""
    try:
        kept = actions.change_target(indicator=indicator, by=request.user, **told)
    except WardmoteError as refusal:
        form.add_error(None, str(refusal))
        return False
    said = f"{say_scheduled(indicator, kept)}{say_carried(indicator)}"
    messages.success(request, f"The target of {indicator.ref} is set.{said}")
    return True


def say_scheduled(indicator: Indicator, kept: Target) -> str:
    """That the version that was set to begin later still does, where there is one."""
    later = actions.find_scheduled_after(actions.list_in_force(indicator), kept.valid_from)
    if later is None or later.valid_from is None or kept.valid_to is None:
        return ""
    return (
        f" It holds until {kept.valid_to:%-d %B %Y}: from {later.valid_from:%-d %B %Y} the target that was set before "
        f"stays, “{say_target(later)}”. To be rid of that one, set a target from its first day as a correction."
    )


def say_carried(indicator: Indicator) -> str:
    """What became of a change in the revision that is on its way, where there is one."""
    found = find_meanwhile(indicator)
    if found is None:
        return ""
    version = found.row.plan.version
    if found.must_choose:
        return f" Version {version}, which is being drafted, has changed it too: choose there which one holds."
    return f" Version {version}, which is being drafted, has it too."


def ask_while_typing(address: str) -> dict[str, str]:
    """What makes a box ask how its words are understood whenever somebody rests from typing."""
    return {
        "hx-post": address, "hx-trigger": "input changed delay:600ms", "hx-target": "#reading",
        "hx-include": "closest form",
    }  # fmt: skip


def draw_target(request: PartnershipRequest, plan: Plan, indicator: Indicator, form: WordsForm) -> HttpResponse:
    reading = find_address(plan, "read_target_words", request, indicator_id=indicator.pk)
    form.fields["text"].widget.attrs |= ask_while_typing(reading)
    title = "Change the target" if indicator.targets.all() else "Set the target"
    facts = describe_page(request, plan, title=f"{indicator.ref}: {title.lower()}") | {
        "form": form, "reading": form.reading, "title": title, "indicator": indicator, "kinds": list_kinds(),
        "shown": say_target(find_shown_target(indicator, read_today())),
        "cancel_url": find_address(plan, "plan_indicator", request, indicator_id=indicator.pk),
        "submit_text": title,
        "fields": [name for name in form.fields if name not in ("text", "meaning")],
    }  # fmt: skip
    return render(request, "plans/target.html", facts)


def list_kinds() -> list[tuple[str, str]]:
    return [(kind, form.title) for kind, form in TYPED_FORMS.items()]


@in_partnership("plans.change_target")
def read_target_words(request: PartnershipRequest, plan_id: Any, indicator_id: Any) -> HttpResponse:
    """How the words are understood, for the part of the page below them, while somebody types."""
    plan, indicator = open_target(request, plan_id, indicator_id)
    if not is_post(request):
        return redirect(find_address(plan, "change_target", request, indicator_id=indicator.pk))
    words = request.POST.get("text", "")[:500]
    form = WordsForm(indicator, initial={"text": words})
    reading = read_words(words, indicator) if words.strip() else None
    return render(request, "plans/reading.html", {"form": form, "reading": reading})


@in_partnership("plans.change_target")
@give_back_typed(Indicator, "indicator_id", noun="indicator")
def change_target_typed(request: PartnershipRequest, plan_id: Any, indicator_id: Any, kind: str) -> HttpResponse:
    """A target of one kind, box by box."""
    plan, indicator = open_target(request, plan_id, indicator_id)
    refusal = find_refusal(indicator)
    if refusal:
        return refuse_target(request, plan, indicator, refusal)
    if kind not in TYPED_FORMS:
        raise Http404
    made = TYPED_FORMS[kind]
    held = find_target_on(indicator, None)
    initial = {"valid_from": suggest_start(plan)} | (made.describe_initial(held.spec) if held else {})
    form = made(indicator, request.POST if is_post(request) else None, initial=initial)
    form.order_fields(order_fields(form))
    watch_target(form, indicator)
    back = find_address(plan, "plan_indicator", request, indicator_id=indicator.pk)
    if is_post(request) and form.is_valid() and not is_overtaken(form):
        told = {"spec": form.make_spec(), "text": form.cleaned_data["text"], **form.describe_version()}
        if keep_target(request, indicator, form, told):
            return redirect(back)
    facts = describe_page(request, plan, title=f"{indicator.ref}: target") | {
        "form": form, "title": made.title, "intro": str(indicator), "submit_text": "Set the target", "cancel_url": back,
    }  # fmt: skip
    return render(request, "foundation/form_page.html", facts)


@in_partnership("plans.change_target")
@give_back_typed(Indicator, "indicator_id", noun="indicator")
def rebase_target(request: PartnershipRequest, plan_id: Any, indicator_id: Any) -> HttpResponse:
    """Measure the same change from another base, with the reason."""
    plan, indicator = open_target(request, plan_id, indicator_id)
    refusal = find_refusal(indicator)
    if refusal:
        return refuse_target(request, plan, indicator, refusal)
    form = RebaseForm(request.POST if is_post(request) else None)
    watch_target(form, indicator)
    back = find_address(plan, "plan_indicator", request, indicator_id=indicator.pk)
    if is_post(request) and form.is_valid() and not is_overtaken(form):
        try:
            actions.rebase_target(indicator=indicator, by=request.user, **form.cleaned_data)
            messages.success(request, f"The base of {indicator.ref} is moved.{say_carried(indicator)}")
            return redirect(back)
        except WardmoteError as refused:
            form.add_error(None, str(refused))
    facts = describe_page(request, plan, title=f"{indicator.ref}: move the base") | {
        "form": form, "title": "Move the base of the target", "submit_text": "Move the base", "cancel_url": back,
        "intro": f"Now: {say_target(find_shown_target(indicator, read_today()))}. The change stays, its level moves."
        + warn_of_fixed_base(find_target_on(indicator, None)),
    }  # fmt: skip
    return render(request, "foundation/form_page.html", facts)


def warn_of_fixed_base(target: Target | None) -> str:
    """That a base which goes with the seasons becomes one figure for all of them."""
    base = (target.spec.get("base") or {}) if target is not None else {}
    if base.get("kind") not in MOVING_BASES or base.get("moved_on"):
        return ""
    return (
        " Until now every period is measured from a base of its own, such as the same quarter of the year before. The "
        "new base is one fixed figure for every season: a summer is held against it as a winter is. If that is not "
        "meant, change the target instead."
    )


@in_partnership("plans.discontinue_indicator")
@give_back_typed(Indicator, "indicator_id", noun="indicator")
def discontinue_indicator(request: PartnershipRequest, plan_id: Any, indicator_id: Any) -> HttpResponse:
    """Stop an indicator from a day on."""
    plan = get_plan(request, plan_id)
    indicator = get_indicator(request, plan, indicator_id)
    form = DiscontinueForm(request.POST if is_post(request) else None)
    back = find_address(plan, "plan_indicator", request, indicator_id=indicator.pk)
    if is_post(request) and form.is_valid():
        try:
            actions.discontinue_indicator(indicator=indicator, by=request.user, **form.cleaned_data)
            messages.success(request, f"{indicator.ref} is discontinued.")
            return redirect(back)
        except RefusedError as refusal:
            form.add_error(None, str(refusal))
    title = f"Discontinue {indicator.ref}?"
    facts = describe_page(request, plan, title=title) | {
        "form": form, "title": title, "submit_text": "Discontinue it", "cancel_url": back,
        "consequences": ["No return is asked for after that day.", "What was returned stays, with its last status."],
    }  # fmt: skip
    return render(request, "foundation/confirm_page.html", facts)
