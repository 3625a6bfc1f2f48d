"""A partnership's settings and its audit trail."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from wardmote.web.foundation.clock import read_today
from wardmote.web.foundation.overtaken import watch
from wardmote.web.foundation.writes import SITE_CHAIN, writing
from wardmote.web.partnerships.audit_trail import describe_entries, find_entries, list_doers, list_verbs, write_csv
from wardmote.web.partnerships.doors import PartnershipRequest, check_may, in_partnership, signed_in
from wardmote.web.partnerships.forms import AuditFilterForm, SettingsForm
from wardmote.web.partnerships.models import Partnership
from wardmote.web.partnerships.queries import name_people
from wardmote.web.partnerships.setting_up import change_settings
from wardmote.web.partnerships.terms import find_first_day, find_overtaken, list_terms_changes
from wardmote.web.partnerships.views.frame import answer_form, make_trail

_PAGE = 50


@in_partnership("partnerships.change_settings")
def show_settings(request: PartnershipRequest) -> HttpResponse:
    """Change the partnership's settings, with a reason."""

    def act(said: dict[str, Any]) -> None:
        reason = said.pop("reason")
        change_settings(by=request.user, partnership=request.partnership, settings=said, reason=reason)

    form = SettingsForm(request.POST or None, instance=request.partnership)
    watch(form)
    return answer_form(
        request,
        form,
        act=act,
        done="The settings are changed.",
        to=reverse("partnership_settings", kwargs={"slug": request.partnership.slug}),
        title="Settings",
        submit_text="Save the settings",
        template="partnerships/settings.html",
        breadcrumbs=make_trail(request),
        counts_from=find_first_day(read_today()),
        changes=_describe_changes(request.partnership),
    )


def _describe_changes(partnership: Partnership) -> list[dict[str, Any]]:
    """Every change of the tolerances, the newest first, with the name of who made it."""
    changes = list_terms_changes(partnership)[::-1]
    names, overtaken = name_people(change.changed_by for change in changes), find_overtaken(changes[::-1])
    return [
        {"change": change, "who": names[change.changed_by], "overtaken_by": overtaken.get(change.pk)}
        for change in changes
    ]


def _read_filter(request: HttpRequest, chain: str) -> tuple[AuditFilterForm, Any]:
    form = AuditFilterForm(request.GET, people=list_doers(chain), verbs=list_verbs(chain))
    wanted = form.cleaned_data if form.is_valid() else {}
    return form, find_entries(
        chain, person=wanted.get("person", ""), verb=wanted.get("verb", ""), since=wanted.get("since")
    )


def _show(request: HttpRequest, chain: str, **page: Any) -> HttpResponse:
    form, entries = _read_filter(request, chain)
    shown = Paginator(entries, _PAGE).get_page(request.GET.get("page"))
    query = request.GET.copy()
    query.pop("page", None)
    page |= {"form": form, "shown": shown, "lines": describe_entries(list(shown)), "query": query.urlencode()}
    return render(request, "partnerships/audit.html", page)


@in_partnership("partnerships.view_audit")
def show_audit(request: PartnershipRequest) -> HttpResponse:
    """Who did what in this partnership, and when."""
    download = reverse("download_audit", kwargs={"slug": request.partnership.slug})
    return _show(request, str(request.partnership.pk), download=download, breadcrumbs=make_trail(request))


@in_partnership("partnerships.view_audit")
def download_audit(request: PartnershipRequest) -> HttpResponse:
    """The same as CSV. That somebody took it away is in the trail too."""
    _, entries = _read_filter(request, str(request.partnership.pk))
    text = write_csv(entries)
    with writing(by=request.user, verb="audit.downloaded", partnership=request.partnership):
        pass
    response = HttpResponse(text, content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="audit-{request.partnership.slug}.csv"'
    return response


@signed_in
def show_site_audit(request: HttpRequest) -> HttpResponse:
    """Sign-ins, accounts and what else belongs to no partnership: for operators."""
    check_may(request, "partnerships.operate", None)
    return _show(request, SITE_CHAIN, download="", breadcrumbs=[{"text": "First page", "href": "/"}])
