"""The ranking of places by rate, and the same as a file."""

from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from wardmote.evidence.interface import list_place_sets, name_set, rank_peers, rank_within
from wardmote.evidence.model.errors import UsageError
from wardmote.evidence.model.figures import Missing
from wardmote.web.foundation.design.frame import find_url
from wardmote.web.observatory.places.downloads import answer_csv
from wardmote.web.observatory.places.questions import (
    NothingToShowError,
    Question,
    answer_question,
    find_address,
    list_crumbs,
    list_pages,
)
from wardmote.web.observatory.places.rankings import (
    MOST_DRAWN,
    MOST_ROWS,
    count_clear,
    draw_ranking,
    read_rows,
    say_own_place,
)
from wardmote.web.observatory.places.views.maps import describe_ranking_table
from wardmote.web.partnerships.interface import PartnershipRequest, in_partnership

if TYPE_CHECKING:
    from wardmote.evidence.interface import Ranking

PEERS = "peers"


@in_partnership("observatory.view_evidence")
@answer_question
def show_ranking(request: PartnershipRequest, question: Question) -> HttpResponse:
    """Which places are surely high, and which only look so?"""
    by, choices = _choose_group(request, question)
    asked = {"area": question.area.code, "period": str(question.period), "by": by}
    facts = {
        "question": question, "asked": asked, "choices": choices, "by": by, "title": question.indicator.title,
        "pages": list_pages(request, question.indicator.id, asked, "evidence_ranking"),
        "breadcrumbs": list_crumbs(request, question.indicator.id, question.indicator.title, "Ranking"),
        "download": find_address(request, "download_evidence_ranking", question.indicator.id, **asked),
        "small_number": request.partnership.small_number, "most_drawn": MOST_DRAWN,
    }  # fmt: skip
    ranking = _rank(question, by)
    if isinstance(ranking, Missing):
        return render(request, "observatory/places/ranking.html", {**facts, "ranking": None, "why": ranking.why})
    everything = request.GET.get("rows") == "all"
    rows = read_rows(ranking, small_number=request.partnership.small_number, tracing=_find_tracing(request))
    facts |= {
        "ranking": ranking, "rows": rows, "own": say_own_place(ranking), "clear": count_clear(ranking),
        "drawing": draw_ranking(ranking), "has_steadied": any(row.steadied for row in rows),
        "shown": rows if everything else rows[:MOST_ROWS],
        "all_rows": find_address(request, "evidence_ranking", question.indicator.id, **asked, rows="all"),
        "why": "" if ranking.ranked else _explain_no_rank(ranking),
    }  # fmt: skip
    return render(request, "observatory/places/ranking.html", facts)


def _find_tracing(request: PartnershipRequest) -> str:
    return find_url("trace_figure", slug=request.partnership.slug)


def _choose_group(request: HttpRequest, question: Question) -> tuple[str, list[tuple[str, str]]]:
    """Places inside the area, or the area among its peers."""
    sets = list_place_sets(question.evidence, question.indicator.id, question.area.code, question.period)
    choices = [(str(s), f"{name_set(s).capitalize()} in {question.area.title}") for s in sets]
    if question.area.kind in ("district", "csp"):
        choices.append((PEERS, f"{question.area.title} among its peers"))
    if not choices:
        raise NothingToShowError(f"Nothing ranks {question.area.title}: its places and its peers are not known.")
    asked = request.GET.get("by", "")
    known = [value for value, _ in choices]
    if asked and asked not in known:
        question.faults.append(f"'{asked}' cannot be ranked here; {choices[0][1].lower()} are shown.")
    return (asked if asked in known else known[0]), choices


def _rank(question: Question, by: str) -> "Ranking | Missing":
    evidence, name, area, period = question.evidence, question.indicator.id, question.area.code, question.period
    if by == PEERS:
        return rank_peers(evidence, name, area, period)
    sets = list_place_sets(evidence, name, area, period)
    chosen = next(s for s in sets if str(s) == by)
    try:
        return rank_within(evidence, name, area, period, chosen)
    except UsageError as error:
        return Missing("not_published", str(error))


def _explain_no_rank(ranking: "Ranking") -> str:
    """Why nothing is ranked although counts are held: a ranking by count would be one by size."""
    reasons = list(dict.fromkeys(row.why for row in ranking.rows if row.why))
    return f"No rates can be worked out, and counts alone would rank the size of the places: {'; '.join(reasons[:3])}."


@in_partnership("observatory.view_evidence")
@answer_question
def download_ranking(request: PartnershipRequest, question: Question) -> HttpResponse:
    """The ranking with its limits, with what it is of."""
    by, _ = _choose_group(request, question)
    ranking = _rank(question, by)
    if isinstance(ranking, Missing):
        raise NothingToShowError(f"{question.area.title}, {question.period.title}: {ranking.why}.")
    columns = (
        "rank", "rank_low", "rank_high", "code", "name", "rate", "rate_low", "rate_high", "rate_steadied", "count",
        "residents", "why_no_rank",
    )  # fmt: skip
    rows = [
        (
            r.rank,
            r.rank_low,
            r.rank_high,
            r.code,
            r.name,
            r.rate,
            r.low,
            r.high,
            r.steadied,
            r.count,
            r.residents,
            r.why,
        )
        for r in ranking.rows
    ]
    name = f"{ranking.indicator} ranking {question.area.code} {ranking.period}"
    return answer_csv(name, describe_ranking_table(question, ranking), columns, rows)
