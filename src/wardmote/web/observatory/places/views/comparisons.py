"""Two periods side by side, and several areas in one: only where like stands beside like."""

from functools import partial
from typing import TYPE_CHECKING, Any

from django.http import HttpResponse
from django.shortcuts import render

from wardmote.evidence.interface import compare_areas, compare_pair, find_area, suggest_pairs
from wardmote.evidence.model.areas import Area
from wardmote.evidence.model.errors import UsageError
from wardmote.evidence.model.periods import Period
from wardmote.web.observatory.places.comparisons import ComparisonRow, read_area, read_pair
from wardmote.web.observatory.places.downloads import answer_csv, describe_table
from wardmote.web.observatory.places.questions import (
    Question,
    answer_question,
    find_address,
    list_crumbs,
    list_pages,
    say_fault,
)
from wardmote.web.partnerships.interface import PartnershipRequest, in_partnership

if TYPE_CHECKING:
    from wardmote.evidence.interface import Comparison

#: More areas than this beside one another are a ranking.
MOST_AREAS = 16


@in_partnership("observatory.view_evidence")
@answer_question
def compare_evidence(request: PartnershipRequest, question: Question) -> HttpResponse:
    """What changed between two periods, and which areas differ, said only as far as the figures bear it."""
    if not request.GET.keys() & {"period", "with"}:
        _begin_with_what_compares(question)
    areas, other = _choose_areas(request, question), _choose_other(request, question)
    question.other = other
    pairs = _compare_periods(question, areas, other) if other else []
    rows = [read_pair(pair) for pair in pairs]
    beside = _compare_areas(question, areas) if len(areas) > 1 else []
    asked = {"area": question.area.code, "period": str(question.period), "with": str(other or "")}
    facts = {
        "question": question, "areas": areas, "chosen": {a.code for a in areas}, "other": other, "rows": rows,
        "beside": beside, "title": question.indicator.title,
        "earlier": pairs[0].previous.period if pairs else None, "later": pairs[0].current.period if pairs else None,
        "instead": _suggest(request, question, rows, other),
        "pages": list_pages(request, question.indicator.id, asked, "compare_evidence"),
        "breadcrumbs": list_crumbs(request, question.indicator.id, question.indicator.title, "Comparison"),
        "download": _find_download(request, question, areas, asked),
    }  # fmt: skip
    return render(request, "observatory/places/compare.html", facts)


def _begin_with_what_compares(question: Question) -> None:
    """Where nothing is asked, the newest periods that may be compared a year apart are better than a refusal."""
    pairs = suggest_pairs(
        question.evidence, question.indicator.id, question.area.code, question.period, question.period.previous()
    )
    question.period = next((later for later, earlier in pairs if earlier == later.previous()), question.period)


def _choose_areas(request: PartnershipRequest, question: Question) -> list[Area]:
    """The area asked about, and those to hold beside it."""
    found = [question.area]
    for code in dict.fromkeys(request.GET.getlist("beside")):
        if code == question.area.code:
            continue
        try:
            found.append(find_area(question.evidence, code))
        except UsageError as error:
            question.faults.append(say_fault(error))
    if len(found) > MOST_AREAS:
        question.faults.append(f"The first {MOST_AREAS} areas are compared; more of them are a ranking.")
    return found[:MOST_AREAS]


def _choose_other(request: PartnershipRequest, question: Question) -> Period | None:
    """The period to compare with: the one asked for, a year earlier where none is, nothing where none is wanted."""
    asked = request.GET.get("with")
    if asked is None:
        return _find_previous(question.period)
    if asked.strip() in ("", "none"):
        return None
    try:
        return Period.parse(asked)
    except UsageError as error:
        question.faults.append(say_fault(error))
        return None


def _find_previous(period: Period) -> Period | None:
    """A year earlier; None before the years that are kept."""
    try:
        return period.previous()
    except UsageError:
        return None


def _compare_periods(question: Question, areas: list[Area], other: Period) -> "list[Comparison]":
    key = ("pairs", question.indicator.id, question.period, other)

    found = []
    for area in areas:
        make = partial(compare_pair, question.evidence, question.indicator.id, area.code, question.period, other)
        try:
            found.append(question.evidence.places.recall((*key, area.code), make))
        except UsageError as error:
            question.faults.append(f"{area.title}: {say_fault(error)}")
    return found


def _compare_areas(question: Question, areas: list[Area]) -> list[ComparisonRow]:
    codes = tuple(area.code for area in areas)
    key = ("beside", question.indicator.id, question.period, codes)
    try:
        found = question.evidence.places.recall(
            key, lambda: compare_areas(question.evidence, question.indicator.id, codes, question.period)
        )
    except UsageError as error:
        question.faults.append(say_fault(error))
        return []
    return [read_area(one, first=areas[0].title) for one in found]


def _suggest(
    request: PartnershipRequest, question: Question, rows: list[ComparisonRow], other: Period | None
) -> list[dict[str, str]]:
    """Links to pairs of periods that may be compared, where the area's own may not."""
    if other is None or not rows or not rows[0].is_refused:
        return []
    pairs = suggest_pairs(question.evidence, question.indicator.id, question.area.code, question.period, other)
    return [
        {
            "text": f"{later.title} with {earlier.title}",
            "href": find_address(
                request, "compare_evidence", question.indicator.id,
                area=question.area.code, period=str(later), **{"with": str(earlier)},
            ),
        }
        for later, earlier in pairs
    ]  # fmt: skip


def _find_download(request: PartnershipRequest, question: Question, areas: list[Area], asked: dict[str, str]) -> str:
    address = find_address(request, "download_comparison", question.indicator.id, **asked)
    return address + "".join(f"&beside={area.code}" for area in areas[1:])


@in_partnership("observatory.view_evidence")
@answer_question
def download_comparison(request: PartnershipRequest, question: Question) -> HttpResponse:
    """Each area's counts and rates in both periods with the verdict, or the reason why there is none."""
    areas, other = _choose_areas(request, question), _choose_other(request, question)
    pairs = _compare_periods(question, areas, other) if other else []
    columns = (
        "area_code", "area_name", "earlier_count", "later_count", "earlier_rate", "later_rate", "difference",
        "ratio", "ratio_low", "ratio_high", "p_value", "verdict", "refused_because", "cautions",
    )  # fmt: skip
    name = f"{question.indicator.id} comparison {question.area.code} {question.period}"
    return answer_csv(name, _describe_pairs(question, pairs), columns, [_list_cells(pair) for pair in pairs])


def _describe_pairs(question: Question, pairs: "list[Comparison]") -> list[tuple[str, str]]:
    counted = [figure for pair in pairs for figure in (pair.current, pair.previous)]
    periods = [(pair.previous.period, pair.current.period) for pair in pairs[:1]]
    more = [(title, str(p)) for both in periods for title, p in zip(("Earlier", "Later"), both, strict=True)]
    return describe_table(question, by="area", sources=counted, period=question.period, more=more)


def _list_cells(pair: "Comparison") -> tuple[Any, ...]:
    change, area = pair.change, pair.current.area
    rates = [rate.value if rate else None for rate in (pair.previous_rate, pair.current_rate)]
    tested = [None] * 5 if change is None else [
        change.difference, change.rate_ratio, change.ratio_low, change.ratio_high, change.p_value,
    ]  # fmt: skip
    verdict = pair.direction or "not compared"
    return (
        area.code, area.title, pair.previous.value, pair.current.value, *rates, *tested, verdict,
        pair.refused.why if pair.refused else "", " ".join(pair.cautions),
    )  # fmt: skip
