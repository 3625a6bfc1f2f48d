"""What a page of evidence is asked in its address, and what is shown where it asks in vain."""

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.urls import reverse

from wardmote.evidence.interface import (
    ask_figures,
    check_indicator,
    count_most_cells,
    describe_indicator,
    list_periods,
    list_related_areas,
    list_splits,
    mark_small,
    resolve_area,
)
from wardmote.evidence.model.areas import Area
from wardmote.evidence.model.errors import UsageError
from wardmote.evidence.model.figures import Figure, FigureTable
from wardmote.evidence.model.periods import Period
from wardmote.web.observatory.evidence.forms import SPLITS, STEPS, AskForm
from wardmote.web.observatory.loads.doubts import Doubt, choose_first, list_doubts
from wardmote.web.observatory.reading import read_evidence
from wardmote.web.partnerships.interface import Partnership, PartnershipRequest, can

if TYPE_CHECKING:
    from wardmote.evidence.definitions.indicators import IndicatorDefinition
    from wardmote.evidence.interface import Evidence

#: More figures than this are not counted for a page or a download: nobody would wait for them.
MOST_FIGURES = 20_000
#: More than this are offered as a download only.
MOST_SHOWN = 1_500
#: A split by place starts without time, or a county would be shown a thousand cells at once.
_PLACES = ("ward", "district", "lsoa")


class TooMuchAskedError(Exception):
    """The answer would be too long; the sentence says what to ask instead."""


@dataclass(slots=True)
class Asked:
    """One question to one indicator. `faults` are what the address asked and could not be had."""

    evidence: "Evidence"
    indicator: "IndicatorDefinition"
    area: Area | None
    period: Period | None
    step: str
    split: str
    periods: tuple[Period, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    faults: list[str] = field(default_factory=list)

    @property
    def by(self) -> str:
        return ",".join(filter(None, (self.step, self.split)))

    @property
    def query(self) -> dict[str, str]:
        """The question as an address carries it."""
        found = {"area": self.area.code if self.area else "", "period": str(self.period or "")}
        return found | {"step": self.step or "none", "split": self.split}


def read_question(request: PartnershipRequest, name: str) -> Asked:
    """What the address asks of the indicator; what it names wrongly is replaced by what is shown at first, and said.

    404 for an indicator that there is not, 403 for a partner's where the person may not see them.
    """
    evidence = read_evidence(request.partnership)
    try:
        check_indicator(name)
    except UsageError as error:
        raise Http404 from error
    indicator = describe_indicator(evidence, name)
    check_source(request, indicator)
    faults: list[str] = []
    area = _choose_area(evidence, request, faults)
    periods = list_periods(evidence, name, area.code) if area else ()
    doubts = list_doubts(request.partnership, indicator.numerator.source)
    period = _choose_period(request, periods, doubts, faults)
    step, split = _choose_splits(request, indicator, faults)
    return Asked(evidence, indicator, area, period, step, split, periods, doubts, faults)


def check_source(request: PartnershipRequest, indicator: "IndicatorDefinition") -> None:
    """Raise PermissionDenied for what a partner shared, where the person may see published figures only."""
    if not may_see(request, indicator):
        raise PermissionDenied("observatory.view_partner_evidence")


def may_see(request: PartnershipRequest, indicator: "IndicatorDefinition") -> bool:
    return indicator.numerator.source != "partner" or can(
        request.user, "observatory.view_partner_evidence", request.partnership
    )


def _choose_area(evidence: "Evidence", request: PartnershipRequest, faults: list[str]) -> Area | None:
    """The area typed, else the one chosen, else the partnership's own."""
    own = request.partnership.area_code
    asked = request.GET.get("other_area", "").strip() or request.GET.get("area", "").strip()
    for text in dict.fromkeys(filter(None, (asked, own))):
        try:
            return resolve_area(evidence, text)
        except UsageError as error:
            faults.append(f"There is no area “{text}”. {say_expected(error)}")
    return None


def say_expected(error: UsageError) -> str:
    """What was expected instead, for a reader of pages, whom commands do not help."""
    near = error.fault.expected
    return f"Perhaps: {near}." if "(" in near else "Check its name or code."


def _choose_period(
    request: PartnershipRequest, periods: tuple[Period, ...], doubts: tuple[Doubt, ...], faults: list[str]
) -> Period | None:
    asked = request.GET.get("other_period", "").strip() or request.GET.get("period", "").strip()
    if asked:
        try:
            return Period.parse(asked)
        except UsageError as error:
            faults.append(f"{error.fault.found[:1].upper()}{error.fault.found[1:]}. Write {error.fault.expected}.")
    return choose_first(periods, doubts)


def _choose_splits(request: PartnershipRequest, indicator: "IndicatorDefinition", faults: list[str]) -> tuple[str, str]:
    """By which step of time and by what else; a split by place is shown without time unless time is asked for."""
    steps, splits = list_splits(indicator)
    split = request.GET.get("split", "")
    if split and split.split("@", maxsplit=1)[0] not in splits:
        faults.append(f"{indicator.title} cannot be split by “{split}”.")
        split = ""
    usual = "" if split.split("@", maxsplit=1)[0] in _PLACES else next(iter(steps), "")
    step = request.GET.get("step", "")
    if step and step != "none" and step not in steps:
        faults.append(f"{indicator.title} cannot be split by “{step}”.")
        step = ""
    return "" if step == "none" else step or usual, split


# -- answering --------------------------------------------------------------------------------------------------
def ask_whole(asked: Asked) -> Figure | None:
    """The one figure for the whole period, as the partnership may read it."""
    if asked.area is None or asked.period is None:
        return None
    name = asked.indicator.id
    table = ask_figures(asked.evidence, name, asked.area.code, str(asked.period))
    return mark_small(asked.evidence, name, table.figures)[0]


def ask_table(asked: Asked) -> FigureTable | None:
    """The figures split as asked. Raises TooMuchAskedError before it counts what nobody would wait for."""
    if asked.area is None or asked.period is None or not asked.by:
        return None
    name, area = asked.indicator.id, asked.area.code
    most = count_most_cells(asked.evidence, name, area, asked.period, asked.by)
    if most > MOST_FIGURES:
        raise TooMuchAskedError(
            f"This would be up to {most:,} figures, more than the {MOST_FIGURES:,} that are worked out at once. "
            "Choose a shorter period, financial years instead of months, or a smaller area."
        )
    table = ask_figures(asked.evidence, name, area, str(asked.period), asked.by)
    figures = mark_small(asked.evidence, name, table.figures)
    return FigureTable(table.indicator, table.breakdown, figures, table.notes, table.titles)


# -- addresses --------------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Addresses:
    """Where the pages about an indicator lie, and those of single figures."""

    partnership: Partnership
    doubts: tuple[Doubt, ...] = ()

    @cached_property
    def trace(self) -> str:
        return reverse("trace_figure", kwargs={"slug": self.partnership.slug})

    def find(self, name: str, indicator: str, **query: str) -> str:
        path = reverse(name, kwargs={"slug": self.partnership.slug, "indicator": indicator})
        return f"{path}?{urlencode(query)}" if query else path

    def find_trace(self, figure_id: str) -> str:
        return f"{self.trace}?{urlencode({'id': figure_id})}"


def make_form(asked: Asked) -> AskForm:
    """The form with what is shown chosen in it."""
    areas = list(list_related_areas(asked.evidence, asked.area.code)) if asked.area else []
    periods = list(asked.periods)
    if asked.period and asked.period not in periods:
        periods.insert(0, asked.period)
    steps, splits = list_splits(asked.indicator)
    base = asked.split.split("@", maxsplit=1)[0]
    return AskForm(
        asked.query | {"split": base},
        areas=[(a.code, a.title) for a in areas],
        periods=[(str(p), f"{p.title[:1].upper()}{p.title[1:]}") for p in periods],
        steps=[(name or "none", STEPS[name]) for name in (*steps, "")] if steps else (),
        splits=[(name, SPLITS[name]) for name in ("", *splits)],
    )
