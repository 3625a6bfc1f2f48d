"""What a county sees of its districts: sums that a second route confirms, and nothing that is not shared."""

import csv
import io
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from support.web.districts import NAMES, County, District, make_county, share, sign_value
from support.web.world import NOW, World, make_world
from wardmote.web.foundation.clock import read_today
from wardmote.web.foundation.refusals import RefusedError
from wardmote.web.foundation.to_do import list_things_to_do
from wardmote.web.foundation.writes import writing
from wardmote.web.governance.tiers import actions
from wardmote.web.governance.tiers.matching import list_links, match_measure
from wardmote.web.governance.tiers.models import DismissedProposal, MeasureLink, SharingAgreement
from wardmote.web.governance.tiers.reading import DistrictSeen, read_districts
from wardmote.web.governance.tiers.rolling import RolledMeasure, roll_measures
from wardmote.web.partnerships.interface import Role
from wardmote.web.plans.models import CrossWalk

pytestmark = pytest.mark.django_db


def read(county: County) -> list[DistrictSeen]:
    return read_districts(county.world.partnership, read_today())


def roll(county: County) -> RolledMeasure:
    return roll_measures(county.world.partnership, [county.measure], read(county), read_today())[0]


def change(record: Any, **fields: Any) -> None:
    with writing(by=None, verb="test.changed"):
        for name, value in fields.items():
            setattr(record, name, value)
        record.save()


def open_page(county: County, path: str, role: Role = Role.COORDINATOR) -> Any:
    return county.world.sign_in(role).get(f"/p/{county.world.partnership.slug}/governance/{path}")


# ---- the sum --------------------------------------------------------------------------------------------------------


def test_roll_up_of_thirteen_districts_equals_the_sum_by_a_second_route() -> None:
    county = make_county(13)
    for at, district in enumerate(county.districts):
        for quarter, period in enumerate(("2026/27Q1", "2026/27Q2")):
            sign_value(district, period, 20 + 3 * at + quarter, 60 + 7 * at)
    rolled = roll(county)
    with connection.cursor() as cursor:  # the database itself adds up the columns, which the roll-up never reads
        cursor.execute(
            "SELECT q.period, COUNT(*), SUM(v.numerator), SUM(v.denominator) FROM returns_returnversion v"
            " JOIN returns_return r ON r.version_id = v.id JOIN returns_quarter q ON q.id = r.quarter_id"
            " JOIN partnerships_partnership p ON p.id = v.partnership_id"
            " WHERE p.tier = 'district' GROUP BY q.period ORDER BY q.period"
        )
        second = cursor.fetchall()
    first = [
        (one.period, len(one.rolled.parts), one.rolled.value.part, one.rolled.value.whole)
        for one in rolled.quarters if one.rolled
    ]  # fmt: skip
    assert first == second
    assert [count for _, count, _, _ in second] == [13, 13]
    page = open_page(county, f"districts/measures/{county.measure.pk}/").content.decode()
    assert "all 13 districts" in page
    assert f"{second[1][2]:,.0f} of {second[1][3]:,.0f}" in page


def test_sum_without_a_district_is_partial_and_has_no_status() -> None:
    county = make_county(3)
    for district in county.districts:
        sign_value(district, "2026/27Q1", 90, 100)
    for district in county.districts[:2]:
        sign_value(district, "2026/27Q2", 90, 100)
    first, second = roll(county).quarters
    assert first.status is not None
    assert first.status.status == "green"
    assert (second.status, second.rolled and second.rolled.is_partial) == (None, True)
    page = open_page(county, f"districts/measures/{county.measure.pk}/").content.decode()
    assert "2 of 3 districts; missing: Cedarham" in page
    assert "only of the 2 districts with a value in every quarter: Ashdown, Birchley" in page


def test_context_measure_never_gets_a_status() -> None:
    county = make_county(3)
    for district in county.districts:
        sign_value(district, "2026/27Q1", 1, 100)
    assert roll(county).quarters[0].status is not None
    change(county.measure, is_context=True)
    assert roll(county).quarters[0].status is None
    for path in ("districts/", f"districts/measures/{county.measure.pk}/"):
        page = open_page(county, path).content.decode()
        assert "Context only" in page
        assert "wm-status" not in page


def test_unlike_measure_is_refused_by_name() -> None:
    county = make_county(3)
    for district in county.districts:
        sign_value(district, "2026/27Q1", 9, 10)
    change(county.districts[1].indicator, unit="points")
    quarter = roll(county).quarters[0]
    assert quarter.rolled is None
    page = open_page(county, f"districts/measures/{county.measure.pk}/").content.decode()
    assert "its unit is “points”" in page


# ---- what is read ---------------------------------------------------------------------------------------------------


def test_county_reads_nothing_without_an_agreement_in_force() -> None:
    county = make_county(5, shared=False)
    none, to_come, ended, other, shared = county.districts
    elsewhere = make_world("otherland", tier="county").partnership
    today = read_today()
    with writing(by=None, verb="test.shared"):
        share(to_come, starts_on=today + timedelta(days=1))
        share(ended, ended_on=today, ended_at=NOW)
        share(other, county=elsewhere)
        share(shared)
    for district in county.districts:
        sign_value(district, "2026/27Q1", 9, 10)
    seen = read(county)
    assert [one.is_shared for one in seen] == [False, False, False, False, True]
    for one in seen[:4]:
        assert (one.plan, one.priorities, one.indicators, one.newest) == (None, (), (), None)
    page = open_page(county, f"districts/{none.partnership.pk}/").content.decode()
    assert "shares nothing with its county" in page
    assert none.plan.title not in page


def test_county_reads_its_own_districts_and_no_others() -> None:
    ours, theirs = make_county(2), make_county(1, name="othershire")
    sign_value(theirs.districts[0], "2026/27Q1", 9, 10)
    assert [one.district for one in read(ours)] == [one.partnership for one in ours.districts]
    assert open_page(ours, f"districts/{theirs.districts[0].partnership.pk}/").status_code == 404
    change(ours.districts[0].partnership, county=theirs.world.partnership)  # a district that moves takes no one along
    assert [one.is_shared for one in read(ours)] == [True]
    assert [one.is_shared for one in read(theirs)] == [False, True]


def test_only_signed_values_are_read_and_no_word_beside_them() -> None:
    county = make_county(1)
    district = county.districts[0]
    sign_value(district, "2026/27Q1", 5, 10, narrative="Mrs Smith was pleased", note="ask Tom", source="cell D7")
    sign_value(district, "2026/27Q2", 7, 10, is_signed=False)
    values = read(county)[0].indicators[0].values
    assert [(one.period, one.value.part, one.is_revised_now) for one in values] == [("2026/27Q1", 5, False)]
    assert (values[0].value.narrative, values[0].value.note, values[0].value.source) == ("", "", "")
    sign_value(district, "2026/27Q1", 9, 10, is_signed=False)  # revised, and not signed off again
    values = read(county)[0].indicators[0].values
    assert [(one.value.part, one.is_revised_now) for one in values] == [(5, True)]
    quarter = roll(county).quarters[0]
    assert quarter.revised == (NAMES[0],)


def test_two_districts_of_one_name_are_two_places() -> None:
    county = make_county(2)
    for district, part in zip(county.districts, (2, 9), strict=True):
        change(district.partnership, name="Dalewick")
        sign_value(district, "2026/27Q1", part, 10)
    rolled = roll(county).quarters[0].rolled
    assert rolled is not None
    assert rolled.places == {"Dalewick (kentmere-0)", "Dalewick (kentmere-1)"}


def test_quarters_before_the_agreed_day_stay_unread() -> None:
    county = make_county(2)
    for district in county.districts:
        sign_value(district, "2026/27Q1", 5, 10)
    change(SharingAgreement.objects.get(partnership=county.districts[0].partnership), values_from=date(2026, 7, 1))
    quarter = roll(county).quarters[0]
    assert quarter.rolled is not None
    assert [(one.place, one.why) for one in quarter.rolled.missing] == [("Ashdown", "not shared for this quarter")]


def test_county_sees_how_many_returns_came() -> None:
    county = make_county(1)
    sign_value(county.districts[0], "2026/27Q2", 7, 10, is_signed=False)
    newest = read(county)[0].newest
    assert newest is not None
    assert (newest.period, newest.asked_count, newest.returned_count, newest.signed_count) == ("2026/27Q2", 1, 1, 0)


def test_reading_takes_as_many_queries_for_thirteen_as_for_two() -> None:
    few, many = make_county(2), make_county(13, name="broadshire")
    counts = []
    for county in (few, many):
        for district in county.districts:
            sign_value(district, "2026/27Q1", 5, 10)
        with CaptureQueriesContext(
            connection,
        ) as caught:
            roll(county)
        counts.append(len(caught))
    assert counts[0] == counts[1] <= 13


# ---- which indicator it is ------------------------------------------------------------------------------------------


def match(county: County) -> list[tuple[str, int]]:
    found = match_measure(county.measure, read(county), list_links(county.world.partnership))
    return [(one.how, len(one.proposals)) for one in found]


def unkey(district: District) -> None:
    change(district.indicator, series_key="")


def test_equal_words_are_proposed_and_never_taken_silently() -> None:
    county = make_county(3)
    unkey(county.districts[1])
    change(county.districts[2].indicator, series_key="", title="Something else", definition="other")
    assert match(county) == [("the same series key", 0), ("", 1), ("", 0)]
    request = county.world.sign_in(Role.COORDINATOR).get("/p/kentmere/").wsgi_request
    request.partnership = county.world.partnership
    assert [one.title for one in list_things_to_do(request) if "worded like" in one.title] == [
        "1 measure of districts to look at: worded like the county’s own"
    ]


def test_dismissed_proposal_comes_back_only_where_its_words_change() -> None:
    county = make_county(1)
    (district,) = county.districts
    unkey(district)
    base = f"/p/kentmere/governance/districts/measures/{county.measure.pk}/"
    client = county.world.sign_in(Role.COORDINATOR)
    dismiss = f"{base}dismiss/?indicator={district.partnership.pk}.{district.indicator.series}"
    assert dismiss in client.get(base).content.decode()
    assert client.post(dismiss, {"reason": ""}).status_code == 422
    assert client.post(dismiss, {"reason": "Asked of other people"}).status_code == 302
    assert client.post(dismiss, {"reason": "Again"}).status_code == 302  # is not proposed any more
    assert DismissedProposal.objects.count() == 1
    page = client.get(base).content.decode()
    assert "Asked of other people" in page
    assert dismiss not in page
    assert "worded like" not in client.get("/p/kentmere/").content.decode()
    change(district.indicator, definition="  VICTIMS who said that they felt safer after support ")
    assert dismiss not in client.get(base).content.decode()  # the same words
    change(district.indicator, definition="Victims who said so on the phone")
    assert dismiss in client.get(base).content.decode()
    assert "worded like" in client.get("/p/kentmere/").content.decode()


def test_catalogue_binding_is_the_same_measure_wherever_it_is_counted() -> None:
    county = make_county(1)
    unkey(county.districts[0])
    change(county.measure, evidence={"indicator": "crime_rate", "area": "E10000016", "scale": 1000})
    change(county.districts[0].indicator, evidence={"indicator": "crime_rate", "area": "E07000105", "scale": 1000})
    assert match(county)[0][0] == "the same catalogue indicator"
    change(county.districts[0].indicator, evidence={"indicator": "crime_rate", "area": "E07000105", "scale": 100})
    assert match(county)[0][0] == ""


def test_coordinator_links_by_the_page_and_ends_it_again() -> None:
    county = make_county(2)
    district = county.districts[0]
    unkey(district)
    change(district.indicator, definition="Victims who said so")
    for one in county.districts:
        sign_value(one, "2026/27Q1", 5, 10)
    client = county.world.sign_in(Role.COORDINATOR)
    base = f"/p/kentmere/governance/districts/measures/{county.measure.pk}/"
    option = f"{district.partnership.pk}.{district.indicator.series}"
    assert option in client.get(f"{base}link/?indicator={option}").content.decode()
    fields = {"indicator": option, "reason": "One survey, one question"}
    client.post(f"{base}link/", fields)
    assert "its definition reads" in client.get(base).content.decode()
    link = MeasureLink.objects.get()
    client.post(f"{base}links/{link.pk}/end/", {"reason": "The words differ"})
    client.post(f"{base}link/", {**fields, "is_same_by_word": "on"})
    page = client.get(base).content.decode()
    assert "all 2 districts" in page
    assert "One survey, one question" in page
    assert MeasureLink.objects.count() == 2  # the ended one is kept
    with pytest.raises(RefusedError, match="ended already"):
        actions.end_measure_link(link=link, reason="Again", by=None)


def test_rate_takes_its_denominator_from_the_link() -> None:
    county = make_county(2)
    rate = {"shape": "rate", "unit": "per 1,000 residents"}
    change(county.measure, **rate)
    for district, count, residents in zip(county.districts, (30, 10), (1000, 9000), strict=True):
        change(district.indicator, **rate, series_key="")
        version = sign_value(district, "2026/27Q1", 0, 0)
        change(version, value=version.value | {"shape": "rate", "part": None, "whole": None, "count": count,
                                               "number": count / residents * 1000})  # fmt: skip
        actions.link_measure(
            county=county.world.partnership, series=county.measure.series, district=district.partnership, by=None,
            fields={"district_series": district.indicator.series, "title": "A1", "reason": "The same",
                    "denominator": residents if district is county.districts[0] else None},
        )  # fmt: skip
    quarter = roll(county).quarters[0]
    assert "Birchley: the rate came without its denominator" in str(quarter.refusal)
    change(MeasureLink.objects.get(district=county.districts[1].partnership), denominator=9000.0)
    quarter = roll(county).quarters[0]
    assert quarter.rolled is not None
    assert (quarter.rolled.value.number, quarter.rolled.value.whole) == (4.0, 10_000)


# ---- pages ----------------------------------------------------------------------------------------------------------


def test_priorities_meet_by_cross_walk_and_by_measure() -> None:
    county = make_county(2)
    plan, first = county.world.plan, county.districts[0]
    with writing(by=None, verb="test.walked"):
        CrossWalk.objects.create(
            partnership=first.partnership, plan=first.plan, priority=first.priority, external_plan=plan.title,
            external_priority=county.world.priority.title, fit="part",
        )  # fmt: skip
    page = open_page(county, "districts/priorities/").content.decode()
    assert "1. Support after crime (part)" in page
    assert page.count("1. Support after crime (by a shared measure)") == 2


def test_file_holds_every_quarter_and_district() -> None:
    county = make_county(2)
    sign_value(county.districts[0], "2026/27Q1", 5, 10)
    body = open_page(county, f"districts/measures/{county.measure.pk}/districts.csv").content.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(body)))
    assert [(row["district"], row["value"], row["why_missing"]) for row in rows] == [
        ("All", "50.0", ""), ("Ashdown", "50.0", ""), ("Birchley", "", "nothing signed off"),
    ]  # fmt: skip
    assert rows[0]["is_partial"] == "yes"


@pytest.mark.parametrize("role", [Role.SCRUTINY, Role.READER, Role.CONTRIBUTOR])
def test_who_does_not_run_the_county_reads_no_district(role: Role) -> None:
    county = make_county(1)
    for path in ("districts/", f"districts/{county.districts[0].partnership.pk}/", "districts/priorities/"):
        assert open_page(county, path, role).status_code == 403


def test_single_tier_is_told_that_there_is_no_second_tier() -> None:
    world: World = make_world("ashmere")
    client = world.sign_in(Role.COORDINATOR)
    assert "no county partnership" in client.get("/p/ashmere/governance/districts/").content.decode()
    assert "no second tier" in client.get("/p/ashmere/governance/standing/").content.decode()
    assert "/governance/districts/" not in client.get("/p/ashmere/governance/").content.decode()
