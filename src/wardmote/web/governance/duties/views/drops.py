"""The pages of the data drops."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from wardmote.web.foundation.clock import read_today
from wardmote.web.foundation.design.words import say_count
from wardmote.web.foundation.files import answer_file
from wardmote.web.foundation.table_files import answer_table
from wardmote.web.governance.duties import drop_actions
from wardmote.web.governance.duties.drops import (
    SHOWN_QUARTERS,
    describe_drops,
    get_category,
    get_drop,
    list_months,
    list_seen_drops,
    list_unopened,
)
from wardmote.web.governance.duties.forms import DropForm, ReasonForm
from wardmote.web.governance.duties.models import DataDrop, DropFile
from wardmote.web.governance.duties.presenters import DROP_COLUMNS, describe_files, group_drops, list_drop_lines
from wardmote.web.governance.duties.states import DropState
from wardmote.web.governance.duties.views.frame import describe_page, find_address, finish
from wardmote.web.partnerships.interface import PartnershipRequest, can, check_may, get_own, in_partnership, name_people

DROPS = "Data drops"


@in_partnership("governance.view_data_drops")
def show_drops(request: PartnershipRequest) -> HttpResponse:
    """What each agency gave for each quarter: the last four, or all of them with ?all=1."""
    today, shows_all = read_today(), request.GET.get("all") == "1"
    rows = describe_drops(list_seen_drops(request.user, request.partnership), today)
    groups, may_change = group_drops(rows), can(request.user, "governance.change_data_drops", request.partnership)
    counts = {state: sum(row.state == state for row in rows) for state in (DropState.MISSING, DropState.DUE)}
    facts = describe_page(request, DROPS) | {
        "groups": groups if shows_all else groups[:SHOWN_QUARTERS], "hidden": len(groups) - SHOWN_QUARTERS,
        "shows_all": shows_all, "counts": counts, "flagged": sum(bool(row.flags) for row in rows),
        "may_change": may_change, "may_receive": lambda drop: can(request.user, "governance.receive_data_drops", drop),
        "waits": may_change and not any(q.period == g[0] for q in list_unopened(request.partnership, today)[-1:]
                                        for g in groups),
    }  # fmt: skip
    return render(request, "governance/duties/drops.html", facts)


@in_partnership("governance.view_data_drops")
def show_drop(request: PartnershipRequest, data_drop_id: Any) -> HttpResponse:
    """One drop: what is prescribed, what came, and how good it is."""
    drop = get_drop(request, data_drop_id)
    own = list_seen_drops(request.user, request.partnership).filter(organisation=drop.organisation_id)
    row = next(
        one for one in describe_drops(own.filter(category=drop.category), read_today()) if one.drop.pk == drop.pk
    )  # fmt: skip
    files = describe_files(row)
    facts = describe_page(request, say_drop(drop), (DROPS, find_address(request, "data_drops"))) | {
        "row": row, "drop": drop, "category": row.category, "files": files, "months": list_months(drop),
        "names": name_people({one["file"].received_by for one in files}),
        "may_change": can(request.user, "governance.change_data_drops", request.partnership),
        "may_receive": can(request.user, "governance.receive_data_drops", drop),
        "may_remove": lambda file: can(request.user, "governance.remove_drop_files", file),
    }  # fmt: skip
    return render(request, "governance/duties/drop.html", facts)


def say_drop(drop: DataDrop) -> str:
    return f"{get_category(drop.category).title}, {drop.period}"


@in_partnership("governance.receive_data_drops")
def receive_drop(request: PartnershipRequest, data_drop_id: Any) -> HttpResponse:
    """Take in a file. It is checked first, and where somebody could be recognised nothing of it is kept."""
    drop = get_drop(request, data_drop_id)
    check_may(request, "governance.receive_data_drops", drop)
    form = DropForm(request.POST or None, request.FILES or None)

    def save() -> None:
        drop_actions.receive_drop(
            drop=drop, upload=form.cleaned_data["upload"], received_on=form.cleaned_data["received_on"], by=request.user
        )

    columns = ", ".join(column.name for column in get_category(drop.category).columns)
    return _finish(
        request, drop, form, save, title="Send the file", done="The file is received. See its quality below.",
        submit="Check and send", intro=f"{drop.organisation}: {say_drop(drop)}. One row an event, with columns for "
        f"{columns}. It is checked before it is kept: where somebody could be recognised, nothing of it stays here.",
    )  # fmt: skip


@in_partnership("governance.change_data_drops")
def waive_drop(request: PartnershipRequest, data_drop_id: Any) -> HttpResponse:
    drop, form = get_drop(request, data_drop_id), ReasonForm(request.POST or None)

    def save() -> None:
        drop_actions.waive_drop(drop=drop, reason=form.cleaned_data["reason"], by=request.user)

    intro = f"{drop.organisation}: {say_drop(drop)}."
    return _finish(request, drop, form, save, title="It is not owed", done="It is kept with the reason.", intro=intro)


@in_partnership("governance.change_data_drops")
def restore_drop(request: PartnershipRequest, data_drop_id: Any) -> HttpResponse:
    drop, form = get_drop(request, data_drop_id), ReasonForm(request.POST or None)

    def save() -> None:
        drop_actions.restore_drop(drop=drop, reason=form.cleaned_data["reason"], by=request.user)

    return _finish(request, drop, form, save, title="It is owed after all", done="It is owed again.")


@require_POST
@in_partnership("governance.change_data_drops")
def open_drops(request: PartnershipRequest) -> HttpResponse:
    """Open the quarters that have ended, without waiting for the night's round."""
    count = drop_actions.open_quarters(partnership=request.partnership, today=read_today(), by=request.user)
    messages.success(request, f"{say_count(count, 'data drop')} opened.")
    return redirect(find_address(request, "data_drops"))


@in_partnership("governance.view_data_drops")
def download_file(request: PartnershipRequest, data_drop_id: Any, drop_file_id: Any) -> HttpResponseBase:
    """A file as it came."""
    drop = get_drop(request, data_drop_id)
    rows = DropFile.objects.filter(partnership=request.partnership, drop=drop, removal=None).select_related("file")
    return answer_file(get_own(rows, request, id=drop_file_id).file)


@in_partnership("governance.view_data_drops")
def download_drops(request: PartnershipRequest, table_form: str) -> HttpResponse:
    """The register as CSV or as a workbook."""
    today = read_today()
    rows = list_drop_lines(describe_drops(list_seen_drops(request.user, request.partnership), today))
    name = f"{request.partnership.slug}-data-drops-{today:%Y-%m-%d}"
    return answer_table(table_form, DROP_COLUMNS, rows, name=name, title=DROPS)


def _finish(
    request: PartnershipRequest,
    drop: DataDrop,
    form: Any,
    save: Any,
    *,
    title: str,
    done: str,
    intro: str = "",
    submit: str = "Save",
) -> HttpResponse:
    back = find_address(request, "data_drop", data_drop_id=drop.pk)
    crumbs = [(DROPS, find_address(request, "data_drops")), (say_drop(drop), back)]
    return finish(
        request, form, save, title=title, back=back, done=done, crumbs=crumbs, intro=intro, submit=submit
    )  # fmt: skip
