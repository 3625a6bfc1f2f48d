"""The pages of the duty calendar."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render

from wardmote.web.foundation.clock import read_now, read_today
from wardmote.web.foundation.files import answer_file
from wardmote.web.foundation.overtaken import watch
from wardmote.web.foundation.table_files import answer_table
from wardmote.web.governance.duties import actions
from wardmote.web.governance.duties.calendar import Standing, count_alarms, read_calendar, read_standing
from wardmote.web.governance.duties.drops import describe_drops, list_seen_drops
from wardmote.web.governance.duties.forms import (
    DoneForm,
    EventForm,
    LocalDutyForm,
    OwnerForm,
    ReasonForm,
    SetClockForm,
    describe_clock,
)
from wardmote.web.governance.duties.ics import write_calendar
from wardmote.web.governance.duties.models import DutyClock, DutyDone
from wardmote.web.governance.duties.presenters import COLUMNS, list_asked, list_due_events, list_lines, say_terms
from wardmote.web.governance.duties.states import DutyState
from wardmote.web.governance.duties.views.frame import Crumb, describe_page, find_address, finish
from wardmote.web.partnerships.interface import PartnershipRequest, can, get_own, in_partnership, name_people

DUTIES = "Duties"


def may_change(request: PartnershipRequest) -> bool:
    return can(request.user, "governance.change_duties", request.partnership)


def get_standing(request: PartnershipRequest, duty_key: str) -> Standing:
    """A duty of this partnership, or 404."""
    found = read_standing(request.partnership, duty_key, read_today())
    if found is None:
        raise Http404
    return found


def list_crumbs(request: PartnershipRequest, one: Standing | None = None) -> list[Crumb]:
    crumbs = [(DUTIES, find_address(request, "duties"))]
    return crumbs + ([(one.terms.title, find_duty(request, one))] if one else [])


def find_duty(request: PartnershipRequest, one: Standing) -> str:
    return find_address(request, "duty", duty_key=one.terms.key)


@in_partnership("governance.view_duties")
def show_duties(request: PartnershipRequest) -> HttpResponse:
    """Every duty, the most urgent first; what does not apply stands below with why."""
    standings = read_calendar(request.partnership, read_today())
    apart = (DutyState.NOT_APPLICABLE, DutyState.STANDING)
    facts = describe_page(request, DUTIES) | {
        "dated": [one for one in standings if one.state not in apart],
        "always": [one for one in standings if one.state == DutyState.STANDING],
        "exempt": [one for one in standings if one.state == DutyState.NOT_APPLICABLE],
        "counts": count_alarms(standings), "say_terms": say_terms, "may_change": may_change(request),
        "unconfirmed": sum(1 for one in standings if one.terms.duty and not one.terms.duty.is_confirmed),
    }  # fmt: skip
    return render(request, "governance/duties/duties.html", facts)


@in_partnership("governance.view_duties")
def show_duty(request: PartnershipRequest, duty_key: str) -> HttpResponse:
    """One duty: what it asks, how it stands, every time it was done, and every clock that it had."""
    one = get_standing(request, duty_key)
    own = {"partnership": request.partnership, "key": duty_key}
    withdrawn = DutyDone.objects.filter(**own, withdrawn_on__isnull=False)
    clocks = list(DutyClock.objects.filter(**own))
    facts = describe_page(request, one.terms.title, *list_crumbs(request)) | {
        "one": one, "terms": one.terms, "clock": say_terms(one), "asked": list_asked(one), "withdrawn": withdrawn,
        "clocks": clocks, "names": name_people({row.set_by for row in clocks}), "may_change": may_change(request),
    }  # fmt: skip
    return render(request, "governance/duties/duty.html", facts)


@in_partnership("governance.change_duties")
def add_duty(request: PartnershipRequest) -> HttpResponse:
    form = LocalDutyForm(request.POST or None)

    def save() -> None:
        actions.add_duty(
            partnership=request.partnership, fields=form.read_fields(), clock=form.read_clock(), by=request.user
        )

    return finish(
        request, form, save, title="Add a duty of our own", back=find_address(request, "duties"),
        done="The duty is in the calendar. Open it to say who owns it.", crumbs=list_crumbs(request),
        intro="Something that the partnership has taken on itself, or that the catalogue does not have.",
    )  # fmt: skip


@in_partnership("governance.change_duties")
def change_duty(request: PartnershipRequest, duty_key: str) -> HttpResponse:
    """Who owns it, and how early they are asked."""
    one = get_standing(request, duty_key)
    form = OwnerForm(request.partnership, request.POST or None, held=one.terms.held)
    watch(form)

    def save() -> None:
        actions.change_duty(partnership=request.partnership, key=duty_key, fields=form.cleaned_data, by=request.user)

    intro = f"Now it is asked for {one.terms.lead_days} days before."
    return _finish(request, form, save, one, title="Owner and lead time", done="It is changed.", intro=intro)


@in_partnership("governance.change_duties")
def record_done(request: PartnershipRequest, duty_key: str) -> HttpResponse:
    one = get_standing(request, duty_key)
    form = DoneForm(one, request.POST or None, request.FILES or None)

    def save() -> None:
        found = form.cleaned_data
        actions.record_done(
            partnership=request.partnership, key=duty_key, done_on=found["done_on"], title=found["title"],
            link=found["link"], upload=found["upload"], event=found.get("event"), by=request.user,
        )  # fmt: skip

    title, intro = "Write down that it was done", f"What shows it: {one.terms.evidence}."
    return _finish(request, form, save, one, title=title, done="It is written down.", intro=intro)


@in_partnership("governance.change_duties")
def add_event(request: PartnershipRequest, duty_key: str) -> HttpResponse:
    """Something has started the clock."""
    one = get_standing(request, duty_key)
    if one.terms.clock.kind != "after":
        messages.info(request, "The clock of this duty runs by the calendar; nothing has to start it.")
        return redirect(find_duty(request, one))
    form = EventForm(request.POST or None)

    def save() -> None:
        actions.add_event(partnership=request.partnership, key=duty_key, by=request.user, **form.cleaned_data)

    return _finish(
        request, form, save, one, title="Start the clock", done="The clock runs.", intro=f"{say_terms(one)}."
    )


@in_partnership("governance.change_duties")
def set_clock(request: PartnershipRequest, duty_key: str) -> HttpResponse:
    """Another clock than the catalogue's, from a day on."""
    one = get_standing(request, duty_key)
    form = SetClockForm(request.POST or None, initial=describe_clock(one.terms.clock) | {"counts_from": read_today()})

    def save() -> None:
        found = form.cleaned_data
        actions.set_clock(
            partnership=request.partnership, key=duty_key, clock=form.read_clock(), counts_from=found["counts_from"],
            reason=found["reason"], source=found["source"], by=request.user,
        )  # fmt: skip

    return _finish(
        request, form, save, one, title="Set another clock", done="The clock is set, and the one before is kept.",
        intro=f"Now: {say_terms(one)}. Where the law differs from our catalogue, say what says so.",
    )  # fmt: skip


@in_partnership("governance.change_duties")
def waive_duty(request: PartnershipRequest, duty_key: str) -> HttpResponse:
    one = get_standing(request, duty_key)
    form = ReasonForm(request.POST or None)

    def save() -> None:
        actions.waive_duty(
            partnership=request.partnership, key=duty_key, reason=form.cleaned_data["reason"], by=request.user
        )

    intro = "It stays in the calendar with the reason, and nobody is asked for it."
    return _finish(request, form, save, one, title="It does not apply here", done="It is kept.", intro=intro)


@in_partnership("governance.change_duties")
def restore_duty(request: PartnershipRequest, duty_key: str) -> HttpResponse:
    one = get_standing(request, duty_key)
    form = ReasonForm(request.POST or None)

    def save() -> None:
        actions.restore_duty(
            partnership=request.partnership, key=duty_key, reason=form.cleaned_data["reason"], by=request.user
        )

    return _finish(request, form, save, one, title="It applies after all", done="It is asked for again.")


@in_partnership("governance.view_duties")
def download_evidence(request: PartnershipRequest, duty_done_id: Any) -> HttpResponseBase:
    """The file that shows that a duty was done."""
    rows = DutyDone.objects.filter(partnership=request.partnership, file__isnull=False).select_related("file")
    return answer_file(get_own(rows, request, id=duty_done_id).file)


@in_partnership("governance.change_duties")
def withdraw_done(request: PartnershipRequest, duty_done_id: Any) -> HttpResponse:
    rows = DutyDone.objects.filter(partnership=request.partnership).select_related("partnership")
    done = get_own(rows, request, id=duty_done_id)
    one, form = get_standing(request, done.key), ReasonForm(request.POST or None)

    def save() -> None:
        actions.withdraw_done(done=done, reason=form.cleaned_data["reason"], by=request.user)

    return _finish(
        request, form, save, one, title="Take back that it was done", done="It is taken back and stays readable.",
        intro=f"{done.title}, {done.done_on:%-d %B %Y}",
    )  # fmt: skip


@in_partnership("governance.view_duties")
def download_duties(request: PartnershipRequest, table_form: str) -> HttpResponse:
    """The calendar as CSV or as a workbook."""
    today = read_today()
    rows = list_lines(read_calendar(request.partnership, today))
    name = f"{request.partnership.slug}-duties-{today:%Y-%m-%d}"
    return answer_table(table_form, COLUMNS, rows, name=name, title=DUTIES)


@in_partnership("governance.view_duties")
def download_calendar(request: PartnershipRequest) -> HttpResponse:
    """The due dates for somebody's own calendar: duties, and the data drops that they may see."""
    today = read_today()
    drops = describe_drops(list_seen_drops(request.user, request.partnership), today)
    events = list_due_events(read_calendar(request.partnership, today), drops, host=request.get_host())
    content = write_calendar(f"Duties of {request.partnership.name}", events, now=read_now())
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{request.partnership.slug}-duties.ics"'
    return response


def _finish(
    request: PartnershipRequest, form: Any, save: Any, one: Standing, *, title: str, done: str, intro: str = ""
) -> HttpResponse:
    back, crumbs = find_duty(request, one), list_crumbs(request, one)
    return finish(request, form, save, title=title, back=back, done=done, crumbs=crumbs, intro=intro)
