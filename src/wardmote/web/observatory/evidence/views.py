"""The evidence looked at: what there is, one indicator, the way of one figure back to the rows, the files to take."""

from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from wardmote.evidence.interface import (
    check_indicator,
    describe_trace,
    find_source,
    list_holdings,
    resolve_area,
    search_indicators,
)
from wardmote.evidence.interface import (
    trace_figure as ask_trace,
)
from wardmote.evidence.model.errors import UnreadableInputError, UsageError
from wardmote.web.foundation.clock import read_now
from wardmote.web.foundation.design.frame import find_url
from wardmote.web.observatory.evidence.downloads import TYPES, write_file
from wardmote.web.observatory.evidence.forms import SearchForm
from wardmote.web.observatory.evidence.presenters import describe_series, describe_table, describe_whole, name_places
from wardmote.web.observatory.evidence.questions import (
    Addresses,
    Asked,
    TooMuchAskedError,
    ask_table,
    ask_whole,
    check_source,
    make_form,
    may_see,
    read_question,
)
from wardmote.web.observatory.evidence.searching import group_by_source
from wardmote.web.observatory.loads.doubts import find_doubts
from wardmote.web.observatory.reading import has_evidence, read_evidence
from wardmote.web.observatory.stores import is_being_prepared
from wardmote.web.partnerships.interface import PartnershipRequest, can, in_partnership

#: Other pages about the same indicator: text and name of the address; one that is not there is left out.
_PLACES = (("On a map", "evidence_map"), ("Ranked", "evidence_ranking"), ("Compared", "compare_evidence"))


@in_partnership("observatory.view_evidence")
def search_evidence(request: PartnershipRequest) -> HttpResponse:
    """What is loaded, and every indicator that has the words asked for."""
    words = request.GET.get("words", "").strip()
    facts: dict[str, Any] = {
        "form": SearchForm(initial={"words": words}), "words": words, "loads_url": _find_loads(request),
        "breadcrumbs": [{"text": "Evidence"}], "slug": request.partnership.slug,
    }  # fmt: skip
    if not has_evidence(request.partnership):
        return _say_empty(request)
    try:
        evidence = read_evidence(request.partnership)
    except UnreadableInputError as error:
        return _say_damaged(request, error)
    found = search_indicators(evidence, words)
    seen = [i for i in found.found if may_see(request, i)]
    area = request.partnership.area_code
    try:
        place = resolve_area(evidence, area) if area else None
    except UsageError:
        place = None
    facts |= {
        "groups": group_by_source(evidence, seen), "count": len(seen),
        "near": [i for i in found.near if may_see(request, i)],
        "area": place, "holdings": list_holdings(evidence, area),
    }  # fmt: skip
    return render(request, "observatory/evidence/search.html", facts)


def _find_loads(request: PartnershipRequest) -> str:
    """The page on which files are loaded, for who may load."""
    may = can(request.user, "observatory.load_evidence", request.partnership)
    return find_url("loads", slug=request.partnership.slug) if may else ""


@in_partnership("observatory.view_evidence")
def show_evidence(request: PartnershipRequest, indicator: str) -> HttpResponse:
    """One indicator: its figure, table, run chart, usual year, and what it means."""
    if not has_evidence(request.partnership):
        return _say_empty(request)
    try:
        asked = read_question(request, indicator)
        facts = _describe_answer(request, asked)
    except UnreadableInputError as error:
        return _say_damaged(request, error)
    return render(request, "observatory/evidence/indicator.html", facts)


def _describe_answer(request: PartnershipRequest, asked: Asked) -> dict[str, Any]:
    at, table, too_much, faults = Addresses(request.partnership, asked.doubts), None, "", asked.faults
    whole, shown, series = None, {}, {}
    try:
        whole = ask_whole(asked)
        series = describe_series(asked)
        table = ask_table(asked)
        shown = describe_table(table, asked, at) if table else {}
    except TooMuchAskedError as error:
        too_much = str(error)
    except UsageError as error:
        faults = [*faults, str(error.fault.found).capitalize() + "."]
    return {
        "asked": asked, "indicator": asked.indicator, "whole": describe_whole(whole, at) if whole else None,
        "table": shown, "too_much": too_much, "faults": faults, "form": make_form(asked),
        "breadcrumbs": list_crumbs(request, asked.indicator.title), "pages": _list_pages(request, asked),
        "downloads": _list_downloads(at, asked), "source": _find_source(asked), "series": series,
        "wards": _link_places(at, asked, table), "doubts": find_doubts(asked.doubts, asked.period),
        "quality_url": reverse("evidence_quality", kwargs={"slug": request.partnership.slug}),
    }  # fmt: skip


def list_crumbs(request: PartnershipRequest, *titles: str) -> list[dict[str, str]]:
    evidence = reverse("evidence", kwargs={"slug": request.partnership.slug})
    return [{"text": "Evidence", "href": evidence}, *({"text": title} for title in titles)]


def _list_pages(request: PartnershipRequest, asked: Asked) -> list[dict[str, str]]:
    """The same indicator on a map, ranked, compared."""
    query = {"area": asked.query["area"], "period": asked.query["period"]}
    slug, name = request.partnership.slug, asked.indicator.id
    found = ((text, find_url(page, slug=slug, indicator=name)) for text, page in _PLACES)
    return [{"text": text, "href": f"{path}?{urlencode(query)}"} for text, path in found if path]


def _link_places(at: Addresses, asked: Asked, table: Any) -> list[dict[str, str]]:
    """The areas of the table, each with a page of its own."""
    kind = asked.split.split("@", maxsplit=1)[0]
    if table is None or kind not in ("ward", "district") or asked.step:
        return []
    codes = {f.dimensions[0][1] for f in table.figures} - {"unplaced", ""}
    places = sorted((table.title_of(kind, code), code) for code in codes)
    period = asked.query["period"]
    return [
        {"text": title, "href": at.find("show_evidence", asked.indicator.id, area=code, period=period)}
        for title, code in places
    ]


def _list_downloads(at: Addresses, asked: Asked) -> list[dict[str, str]]:
    if asked.area is None or asked.period is None:
        return []
    name = asked.indicator.id
    return [
        {"text": kind.upper(), "href": at.find("download_evidence", name, **asked.query, format=kind)} for kind in TYPES
    ]


def _find_source(asked: Asked) -> Any:
    try:
        return find_source(asked.evidence, asked.indicator)
    except UsageError:
        return None


@in_partnership("observatory.view_evidence")
def trace_figure(request: PartnershipRequest) -> HttpResponse:
    """Where one figure comes from: its loads, their files, the rows counted."""
    name = request.GET.get("id", "").strip()
    if not has_evidence(request.partnership):
        return _say_empty(request)
    if not name:
        return _ask_name(request)
    try:
        check_source(request, check_indicator(name.split(":", maxsplit=1)[0]))
        evidence = read_evidence(request.partnership)
        traced = evidence.places.recall(("trace", name), lambda: ask_trace(evidence, name))
        found, entry = describe_trace(evidence, traced), traced.entry
    except UnreadableInputError as error:
        return _say_damaged(request, error)
    except UsageError as error:
        return _ask_name(request, name, why=error.fault.found, status=404)
    title = found["definition"]["title"]
    found["figure"]["title"] = name_places(evidence, traced.figure, found["figure"]["title"])
    crumbs = list_crumbs(request, title, "Where a figure comes from")
    crumbs[1]["href"] = Addresses(request.partnership).find(
        "show_evidence", found["figure"]["indicator"], area=found["figure"]["area"]["code"],
        period=found["figure"]["period"],
    )  # fmt: skip
    loaded_on = {load["id"]: datetime.fromisoformat(load["loaded_at"]) for load in found["loads"]}
    facts: dict[str, Any] = {"found": found, "entry": entry, "breadcrumbs": crumbs, "loaded_on": loaded_on}
    return render(request, "observatory/evidence/trace.html", facts)


def _ask_name(request: PartnershipRequest, name: str = "", *, why: str = "", status: int = 200) -> HttpResponse:
    """The page of a figure that was not named, or of a name that no figure has: type another."""
    told = {"name": name, "why": why, "breadcrumbs": list_crumbs(request, "A figure")}
    return render(request, "observatory/evidence/no_figure.html", told, status=status)


@in_partnership("observatory.view_evidence")
def download_evidence(request: PartnershipRequest, indicator: str) -> HttpResponse:
    """The figures asked for as a file; what the address asks wrongly is refused, for a file shows no warning."""
    kind = request.GET.get("format", "csv")
    if kind not in TYPES:
        raise Http404
    if not has_evidence(request.partnership):
        return _say_empty(request)
    try:
        asked = read_question(request, indicator)
        table = ask_table(asked)
        whole = ask_whole(asked)
    except UnreadableInputError as error:
        return _say_damaged(request, error)
    except (UsageError, TooMuchAskedError) as error:
        why = error.fault.found if isinstance(error, UsageError) else str(error)
        return _refuse_file(request, indicator, [why])
    if asked.faults or whole is None:
        return _refuse_file(request, indicator, asked.faults or ["There is nothing to take along"])
    body = write_file(kind, asked, table.figures if table else [whole], table, now=read_now())
    response = HttpResponse(body, content_type=TYPES[kind])
    period = str(asked.period).replace("/", "-").replace("..", "-to-")
    name = f"{asked.indicator.id}_{asked.area.code if asked.area else ''}_{period}.{kind}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _refuse_file(request: PartnershipRequest, indicator: str, faults: list[str]) -> HttpResponse:
    back = Addresses(request.partnership).find("show_evidence", indicator)
    facts = {"faults": faults, "back": back, "breadcrumbs": list_crumbs(request, "Download")}
    return render(request, "observatory/evidence/no_file.html", facts, status=400)


def _say_empty(request: PartnershipRequest) -> HttpResponse:
    facts = {
        "form": SearchForm(), "words": "", "loads_url": _find_loads(request), "breadcrumbs": [{"text": "Evidence"}],
        "is_being_prepared": is_being_prepared(request.partnership),
    }  # fmt: skip
    return render(request, "observatory/evidence/empty.html", facts)


def _say_damaged(request: PartnershipRequest, error: UnreadableInputError) -> HttpResponse:
    """Which table is damaged is for who can mend it; a path of the server is not for a page."""
    facts = {"why": error.fault.found, "breadcrumbs": [{"text": "Evidence"}], "loads_url": _find_loads(request)}
    return render(request, "observatory/evidence/damaged.html", facts, status=503)
