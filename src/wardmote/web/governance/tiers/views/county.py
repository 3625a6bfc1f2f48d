"""What a county sees: its districts, its measures over them, and how the priorities meet."""

from dataclasses import replace
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from wardmote.web.foundation.clock import read_today
from wardmote.web.foundation.table_files import answer_table
from wardmote.web.governance.tiers import presenters
from wardmote.web.governance.tiers.matching import list_links, match_measure
from wardmote.web.governance.tiers.policies import is_county
from wardmote.web.governance.tiers.proposals import list_dismissals, set_aside_dismissed
from wardmote.web.governance.tiers.reading import DistrictSeen, read_districts
from wardmote.web.governance.tiers.rolling import RolledMeasure, list_measures, roll_measures
from wardmote.web.governance.tiers.views.frame import DISTRICTS, below_districts, describe_page
from wardmote.web.partnerships.interface import PartnershipRequest, get_own, in_partnership
from wardmote.web.plans.interface import Indicator, Priority, get_current_plan


@in_partnership("governance.view_districts")
def show_districts(request: PartnershipRequest) -> HttpResponse:
    """The districts, each as far as it lets itself be read, and the agreement's measures over them."""
    county, today = request.partnership, read_today()
    districts = read_districts(county, today)
    rolled = roll_measures(county, list_measures(county), districts, today) if districts else []
    facts = describe_page(request, DISTRICTS) | {
        "is_county": is_county(county), "districts": districts, "measures": rolled, "say": presenters,
        "shared_count": sum(one.is_shared for one in districts), "plan": get_current_plan(county),
    }  # fmt: skip
    return render(request, "governance/tiers/districts.html", facts)


@in_partnership("governance.view_districts")
def show_district(request: PartnershipRequest, district_id: Any) -> HttpResponse:
    """One district: its plan in force, its priorities, and its indicators by what was signed off."""
    seen = next(
        (one for one in read_districts(request.partnership, read_today()) if one.district.pk == district_id), None
    )
    if seen is None:
        raise Http404
    facts = describe_page(request, seen.district.name, below=below_districts(request)) | {
        "seen": seen, "rows": presenters.list_indicator_rows(seen),
    }  # fmt: skip
    return render(request, "governance/tiers/district.html", facts)


@in_partnership("governance.view_districts")
def show_measure(request: PartnershipRequest, measure_id: Any) -> HttpResponse:
    """One of the county's measures: the sum by quarter, what each district gave to it, and who is missing."""
    rolled = find_measure(request, measure_id)
    measure = rolled.record
    quarter = presenters.choose_quarter(rolled, request.GET.get("quarter", ""))
    facts = describe_page(request, f"{measure.ref} {measure.title}", below=below_districts(request)) | {
        "measure": measure, "rolled": rolled, "quarter": quarter, "line": presenters.draw_line(rolled),
        "say": presenters, "proposals_count": sum(len(one.proposals) for one in rolled.matches),
    }  # fmt: skip
    return render(request, "governance/tiers/measure.html", facts)


@in_partnership("governance.view_districts")
def download_measure(request: PartnershipRequest, measure_id: Any, table_form: str) -> HttpResponse:
    """Every quarter's sum and what each district gave to it, as CSV or as a workbook."""
    rolled = find_measure(request, measure_id)
    name = f"{request.partnership.slug}-{rolled.record.ref}-districts-{read_today():%Y-%m-%d}".lower()
    rows = presenters.list_table_rows(rolled)
    return answer_table(table_form, presenters.COLUMNS, rows, name=name, title=rolled.record.ref)


@in_partnership("governance.view_districts")
def show_priorities(request: PartnershipRequest) -> HttpResponse:
    """Districts down, the county's priorities across."""
    county, today = request.partnership, read_today()
    plan, districts = get_current_plan(county), read_districts(county, today)
    priorities = list(Priority.objects.filter(partnership=county, plan=plan).order_by("number")) if plan else []
    links = list_links(county)
    matches = [one for measure in list_measures(county) for one in match_measure(measure, districts, links)]
    matrix = presenters.build_matrix(plan, priorities, _list_shared(districts), matches) if plan else []
    facts = describe_page(request, "Priorities", below=below_districts(request)) | {
        "plan": plan, "priorities": priorities, "matrix": matrix,
        "silent": [one.place for one in districts if one.plan is None],
    }  # fmt: skip
    return render(request, "governance/tiers/priorities.html", facts)


def _list_shared(districts: list[DistrictSeen]) -> list[DistrictSeen]:
    return [one for one in districts if one.plan is not None]


def get_measure(request: PartnershipRequest, measure_id: Any) -> Indicator:
    """One of the county's own indicators, or 404."""
    rows = Indicator.objects.select_related("plan", "plan__partnership", "priority", "owner")
    return get_own(rows.prefetch_related("targets"), request, id=measure_id)


def find_measure(request: PartnershipRequest, measure_id: Any) -> RolledMeasure:
    measure, today, county = get_measure(request, measure_id), read_today(), request.partnership
    rolled = roll_measures(county, [measure], read_districts(county, today), today)[0]
    return replace(rolled, matches=tuple(set_aside_dismissed(measure, rolled.matches, list_dismissals(county))))


def find_measure_address(request: PartnershipRequest, measure: Indicator) -> str:
    return reverse("county_measure", kwargs={"slug": request.partnership.slug, "measure_id": measure.pk})
