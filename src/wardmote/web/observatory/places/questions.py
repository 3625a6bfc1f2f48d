"""What a page of places is asked: which indicator, where, when, and by which places; and what was asked in vain."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import wraps
from hashlib import sha256
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from wardmote.evidence.interface import (
    check_indicator,
    describe_indicator,
    find_area,
    list_periods,
    list_place_sets,
    list_related_areas,
    name_set,
)
from wardmote.evidence.model.areas import Area, AreaSet
from wardmote.evidence.model.errors import UnreadableInputError, UsageError
from wardmote.evidence.model.periods import Period
from wardmote.web.foundation.design.frame import find_url
from wardmote.web.foundation.design.words import begin_sentence
from wardmote.web.observatory.evidence.questions import check_source, say_expected
from wardmote.web.observatory.loads.doubts import Doubt, choose_first, find_doubts, list_doubts
from wardmote.web.observatory.reading import find_state, has_evidence, read_evidence
from wardmote.web.observatory.stores import find_store, is_being_prepared
from wardmote.web.partnerships.interface import Partnership, PartnershipRequest

if TYPE_CHECKING:
    from wardmote.evidence.definitions.indicators import IndicatorDefinition
    from wardmote.evidence.interface import Evidence

#: The pages about one indicator's places: text and name of the address.
PAGES = (("Map", "evidence_map"), ("Ranking", "evidence_ranking"), ("Comparison", "compare_evidence"))


class NothingToShowError(Exception):
    """There is no answer to be drawn: the sentence says why, and what to do."""


@dataclass(slots=True)
class Question:
    """One indicator in one area and period. `faults` are what was asked in the address and could not be had."""

    evidence: "Evidence"
    indicator: "IndicatorDefinition"
    area: Area
    period: Period
    periods: tuple[Period, ...]
    areas: tuple[Area, ...]
    faults: list[str] = field(default_factory=list)
    is_invented: bool = False
    known_doubts: tuple[Doubt, ...] = ()
    quality_url: str = ""
    other: Period | None = None  # what the period is compared with

    @property
    def doubts(self) -> list[Doubt]:
        """The months of the period that may be incomplete."""
        found = [*find_doubts(self.known_doubts, self.period), *find_doubts(self.known_doubts, self.other)]
        return list(dict.fromkeys(found))

    @property
    def boundaries(self) -> str:
        """Whose the boundaries are, as their publishers ask to be named."""
        return (
            "invented" if self.is_invented else "contain OS data \N{COPYRIGHT SIGN} Crown copyright and database right"
        )

    def choose_set(self, text: str) -> tuple[AreaSet, tuple[AreaSet, ...]]:
        """The set of places asked for, else the first that there is; and all there are."""
        sets = list_place_sets(self.evidence, self.indicator.id, self.area.code, self.period)
        if not sets:
            raise NothingToShowError(
                f"{self.indicator.title} cannot be shown by place in {self.area.title}: its source gives totals only, "
                "or no look-up links the small areas to wards."
            )
        chosen = next((s for s in sets if str(s) == text), None)
        if text and chosen is None:
            self.faults.append(f"There are no places '{text}' here; {name_set(sets[0])} are shown.")
        return chosen or sets[0], sets


View = Callable[..., HttpResponse]


def answer_question(view: View) -> View:
    """Call the view with the question; where there is nothing to show, say so on a page of its own."""

    @wraps(view)
    def answer(request: PartnershipRequest, indicator: str) -> HttpResponse:
        try:
            return view(request, read_question(request, indicator))
        except NothingToShowError as nothing:
            return _say_nothing(request, indicator, str(nothing))
        except UnreadableInputError as error:
            return _say_nothing(request, indicator, f"The evidence cannot be read: {error.fault.found}.")

    return answer


def _say_nothing(request: PartnershipRequest, indicator: str, why: str) -> HttpResponse:
    title = check_indicator(indicator).title
    facts = {
        "why": why, "title": title, "pages": list_pages(request, indicator, {}),
        "breadcrumbs": list_crumbs(request, indicator, title, ""),
    }  # fmt: skip
    return render(request, "observatory/places/nothing.html", facts)


def read_question(request: PartnershipRequest, indicator: str) -> Question:
    """What the address asks; what it names wrongly is replaced by what is shown at first, and said."""
    try:
        check_indicator(indicator)
    except UsageError as error:
        raise Http404 from error
    partnership = request.partnership
    if not has_evidence(partnership):
        if is_being_prepared(partnership):
            raise NothingToShowError("The sample's evidence is being prepared. It comes by itself within minutes.")
        raise NothingToShowError("No evidence is loaded yet. An analyst loads it on the page of loads.")
    evidence = read_evidence(partnership)
    definition = describe_indicator(evidence, indicator)
    check_source(request, definition)
    area, faults = _choose_area(evidence, partnership, request.GET.get("area", ""))
    try:
        periods = list_periods(evidence, indicator, area.code)
    except UsageError as error:
        raise NothingToShowError(f"Nothing is known of {area.title}: {error}") from error
    doubts = list_doubts(partnership, definition.numerator.source)
    period = _choose_period(periods, request.GET.get("period", ""), doubts, faults)
    if period is None:
        raise NothingToShowError(f"Nothing of '{definition.title}' is loaded for {area.title}.")
    areas = list_related_areas(evidence, area.code)
    return Question(
        evidence, definition, area, period, periods, areas, faults, is_invented=partnership.is_sample,
        known_doubts=doubts, quality_url=find_url("evidence_quality", slug=partnership.slug),
    )  # fmt: skip


def _choose_area(evidence: "Evidence", partnership: Partnership, asked: str) -> tuple[Area, list[str]]:
    code = partnership.area_code
    if asked and asked != code:
        try:
            return find_area(evidence, asked), []
        except UsageError as error:
            fault = f"There is no area \u201c{asked}\u201d. {say_expected(error)}"
            if not code:
                raise NothingToShowError(fault) from error
            return find_area(evidence, code), [fault]
    if not code:
        raise NothingToShowError("The partnership has no area yet. An administrator names its code in the settings.")
    try:
        return find_area(evidence, code), []
    except UsageError as error:
        raise NothingToShowError(f"Nothing that is loaded knows the partnership's area, {code}.") from error


def _choose_period(
    periods: tuple[Period, ...], asked: str, doubts: tuple[Doubt, ...], faults: list[str]
) -> Period | None:
    first = choose_first(periods, doubts)
    if not asked:
        return first
    try:
        return Period.parse(asked)
    except UsageError as error:
        faults.append(say_fault(error))
        return first


def say_fault(error: UsageError) -> str:
    """What was asked in vain, and how it is written."""
    fault = error.fault
    expected = f" Write {fault.expected}." if fault.expected else ""
    return f"{begin_sentence(fault.found)}.{expected}"


# -- addresses --------------------------------------------------------------------------------------------------
def find_address(request: PartnershipRequest, name: str, indicator: str, **asked: str) -> str:
    """The address of a page about an indicator with what it is asked."""
    path = reverse(name, kwargs={"slug": request.partnership.slug, "indicator": indicator})
    query = urlencode({key: value for key, value in asked.items() if value})
    return f"{path}?{query}" if query else path


def list_pages(request: PartnershipRequest, indicator: str, asked: dict[str, str], here: str = "") -> list[Any]:
    """The pages about the indicator's places, each asked the same."""
    return [
        {"text": text, "href": find_address(request, name, indicator, **asked), "current": name == here}
        for text, name in PAGES
    ]


def list_crumbs(request: PartnershipRequest, indicator: str, title: str, last: str) -> list[dict[str, str]]:
    """The way back: the evidence, the indicator, this page."""
    slug = request.partnership.slug
    evidence, own = find_url("evidence", slug=slug), find_url("show_evidence", slug=slug, indicator=indicator)
    crumbs = [{"text": "Evidence", "href": evidence}] if evidence else [{"text": "Evidence"}]
    crumbs.append({"text": title, "href": own} if own else {"text": title})
    return [*crumbs, {"text": last}] if last else crumbs


def name_state(partnership: Partnership) -> str:
    """A short mark of the state of the partnership's store: it changes with every load made or taken back."""
    state = find_state(find_store(partnership))
    return sha256(repr((state.marks, sorted(state.names))).encode()).hexdigest()[:16]
