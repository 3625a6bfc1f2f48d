"""The map of an indicator: the page, its boundaries, its picture for who has no scripts, its table as a file."""

import gzip
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.templatetags.static import static

from wardmote.evidence.interface import (
    describe_indicator,
    draw_map,
    draw_outlines,
    find_unlocated_pct,
    name_set,
    rank_within,
)
from wardmote.evidence.model.areas import AreaSet
from wardmote.evidence.model.figures import Missing
from wardmote.web.observatory.places.downloads import answer_csv, describe_table
from wardmote.web.observatory.places.maps import (
    MEASURES,
    SORTS,
    MapReading,
    Sort,
    list_measures,
    name_map,
    read_map,
    say_unlocated,
)
from wardmote.web.observatory.places.numbers import write_count
from wardmote.web.observatory.places.questions import (
    NothingToShowError,
    Question,
    answer_question,
    find_address,
    list_crumbs,
    list_pages,
    name_state,
)
from wardmote.web.partnerships.interface import PartnershipRequest, in_partnership

if TYPE_CHECKING:
    from wardmote.evidence.interface import Ranking

_A_DAY = 24 * 60 * 60
#: What MapLibre says of itself, in our words.
_MAP_WORDS = {
    "Map.Title": "Map. Arrow keys move it, plus and minus change its scale, Enter chooses the place in the middle",
    "NavigationControl.ZoomIn": "Larger", "NavigationControl.ZoomOut": "Smaller",
    "CooperativeGesturesHandler.WindowsHelpText": "Hold Ctrl and scroll to change the map's scale",
    "CooperativeGesturesHandler.MacHelpText": "Hold \N{PLACE OF INTEREST SIGN} and scroll to change the map's scale",
    "CooperativeGesturesHandler.MobileHelpText": "Move the map with two fingers",
    "outside": "No place lies in the middle of the map.",
}  # fmt: skip


@in_partnership("observatory.view_evidence")
@answer_question
def show_map(request: PartnershipRequest, question: Question) -> HttpResponse:
    """Where is it high, where is it low: a map and all its places as a table beside it."""
    ranking, sets = _rank(request, question)
    reading = _read(request, question, ranking)
    asked = _list_asked(request, question, ranking, reading)
    facts = {
        "question": question, "ranking": ranking, "reading": reading, "sets": [(str(s), name_set(s)) for s in sets],
        "measures": [(name, MEASURES[name]) for name in list_measures(ranking)], "asked": asked,
        "title": name_map(ranking, question.indicator.title), "set_name": name_set(_set_of(ranking)),
        "unlocated": say_unlocated(ranking), "nowhere": _say_nowhere(question),
        "sort": _choose_sort(request), "chosen": request.GET.get("chosen", ""),
        "sorts": {name: _at(request, question, "evidence_map", asked, sort=name) for name in SORTS},
        "choices": {row.code: _at(request, question, "evidence_map", asked, chosen=row.code) for row in reading.rows},
        "picture": _at(request, question, "evidence_map_picture", asked),
        "download": _at(request, question, "download_evidence_map", asked),
        "pages": list_pages(request, question.indicator.id, _keep(asked), "evidence_map"),
        "breadcrumbs": list_crumbs(request, question.indicator.id, question.indicator.title, "Map"),
        **_describe_drawing(request, question, ranking, reading, asked),
    }  # fmt: skip
    return render(request, "observatory/places/map.html", facts)


def _rank(request: HttpRequest, question: Question) -> "tuple[Ranking, tuple[AreaSet, ...]]":
    chosen, sets = question.choose_set(request.GET.get("by", ""))
    found = rank_within(
        question.evidence, question.indicator.id, question.area.code, question.period, chosen, with_ranks=False
    )
    if isinstance(found, Missing):
        raise NothingToShowError(f"{question.area.title}, {question.period.title}: {found.why}.")
    return found, sets


def _read(request: HttpRequest, question: Question, ranking: "Ranking") -> MapReading:
    measures = list_measures(ranking)
    asked = request.GET.get("show", "")
    measure = asked if asked in measures else measures[0]
    if asked and asked not in measures:
        question.faults.append(f"'{asked}' cannot be shown of these places; {MEASURES[measure].lower()} is shown.")
    unit = ranking.total.unit if ranking.total else "counted"
    return read_map(ranking, measure, sort=_choose_sort(request), count_unit=unit)


def _choose_sort(request: HttpRequest) -> Sort:
    asked = request.GET.get("sort", "")
    return asked if asked in SORTS else "value"


def _say_nowhere(question: Question) -> str:
    """What share of the force's rows carry no small area at all: they are in no district, and on no map."""
    share = find_unlocated_pct(question.evidence, question.indicator.id, question.area.code, question.period)
    if not share:
        return ""
    return f"Of all rows of the police force in this period {share:.1f}% carry no place at all and are in no district."


def _set_of(ranking: "Ranking") -> AreaSet:
    return ranking.area_set or AreaSet("ward")


def _list_asked(request: HttpRequest, question: Question, ranking: "Ranking", reading: MapReading) -> dict[str, str]:
    """All that decides what is shown, as it was understood: so that an address keeps its meaning after a new load."""
    return {
        "area": question.area.code, "period": str(question.period), "by": str(_set_of(ranking)),
        "show": reading.measure, "sort": request.GET.get("sort", ""),
    }  # fmt: skip


def _keep(asked: dict[str, str]) -> dict[str, str]:
    return {key: asked[key] for key in ("area", "period", "by")}


def _at(request: PartnershipRequest, question: Question, name: str, asked: dict[str, str], **more: str) -> str:
    return find_address(request, name, question.indicator.id, **{**asked, **more})


# -- the drawing ------------------------------------------------------------------------------------------------
def _describe_drawing(
    request: PartnershipRequest, question: Question, ranking: "Ranking", reading: MapReading, asked: dict[str, str]
) -> dict[str, Any]:
    """What the browser needs to draw the map; nothing where no boundary is held."""
    outlines = draw_outlines(question.evidence, [row.code for row in ranking.rows], _set_of(ranking))
    names = {row.code: row.name for row in ranking.rows}
    lacking = [names[code] for code in outlines.lacking]
    if outlines.bounds is None:
        return {"drawing": None, "lacking": lacking}
    shapes = _at(request, question, "evidence_map_shapes", _keep(asked), state=name_state(request.partnership))
    drawing = {
        "shapes": shapes, "worker": static("observatory/map-worker.js"), "bounds": outlines.bounds,
        "shades": reading.colours, "words": _MAP_WORDS, "chosen": request.GET.get("chosen", ""),
        "areas": {row.code: {"shade": row.shade, "words": row.words} for row in reading.rows},
    }  # fmt: skip
    return {"drawing": drawing, "lacking": lacking}


@in_partnership("observatory.view_evidence")
@answer_question
def send_shapes(request: PartnershipRequest, question: Question) -> HttpResponse:
    """The boundaries of the places, packed; a browser keeps them as long as the store stands as it does."""
    ranking, _ = _rank(request, question)
    outlines = draw_outlines(question.evidence, [row.code for row in ranking.rows], _set_of(ranking))
    takes_packed = "gzip" in request.headers.get("Accept-Encoding", "")
    response = HttpResponse(
        outlines.packed if takes_packed else gzip.decompress(outlines.packed), content_type="application/geo+json"
    )
    if takes_packed:
        response.headers["Content-Encoding"] = "gzip"
    is_current = request.GET.get("state") == name_state(request.partnership)
    response.headers["Cache-Control"] = f"private, max-age={_A_DAY}, immutable" if is_current else "no-store"
    response.headers["Vary"] = "Accept-Encoding, Cookie"
    return response


@in_partnership("observatory.view_evidence")
@answer_question
def send_picture(request: PartnershipRequest, question: Question) -> HttpResponse:
    """The map as a picture that needs no script, with the same classes and the same key."""
    ranking, _ = _rank(request, question)
    reading = _read(request, question, ranking)
    area_set = _set_of(ranking)
    values = {row.code: (row.name, row.value, row.state) for row in reading.rows}
    key = ("map picture", question.indicator.id, question.area.code, question.period, area_set, reading.measure)
    picture = question.evidence.places.recall(
        key, lambda: draw_map(question.evidence, area_set, values, unit=reading.unit, title="")[0]
    )
    if not picture:
        raise Http404
    response = HttpResponse(picture, content_type="image/svg+xml")
    response.headers["Cache-Control"] = "private, max-age=300"
    return response


@in_partnership("observatory.view_evidence")
@answer_question
def download_map(request: PartnershipRequest, question: Question) -> HttpResponse:
    """The table beside the map, with what it is of."""
    ranking, _ = _rank(request, question)
    columns = ("code", "name", "count", "residents", "rate", "rate_low", "rate_high", "rate_steadied", "why_no_value")
    rows = [
        (r.code, r.name, r.count, r.residents, r.rate, r.low, r.high, r.steadied, r.why) for r in ranking.rows
    ]  # fmt: skip
    name = f"{ranking.indicator} map {question.area.code} {question.period}"
    return answer_csv(name, describe_ranking_table(question, ranking), columns, rows)


def describe_ranking_table(question: Question, ranking: "Ranking") -> list[tuple[str, str]]:
    """What is told above a table of places."""
    counted = describe_indicator(question.evidence, ranking.indicator)  # peers may be those of the official tables
    question = replace(question, indicator=counted)
    by = str(ranking.area_set or ranking.title)
    more = [("Rates are", ranking.unit), ("Residents", ranking.residents), ("Interval", "95%")]
    if ranking.area_set:
        more += [("Not placed", write_count(ranking.unplaced)), ("Boundaries", question.boundaries)]
    return describe_table(question, by=by, sources=ranking.sources, period=ranking.period, more=more)
