"""The pages of grants and bids: who sees what, forms that refuse, files, and the sample's year."""

import csv
import io
import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from python_calamine import CalamineWorkbook

from support.browser import OpenPage, check_accessible, check_fits
from support.web.world import World, make_world
from wardmote.web.foundation.refusals import RefusedError
from wardmote.web.foundation.to_do import list_things_to_do
from wardmote.web.governance.grants.actions import bids
from wardmote.web.governance.grants.actions.grants import make_grant_of_bid, set_years
from wardmote.web.governance.grants.actions.outputs import add_output, record_delivery
from wardmote.web.governance.grants.models import Bid, Grant, LedgerEntry
from wardmote.web.governance.grants.policies import find_win_rate
from wardmote.web.governance.grants.presenters import list_all_years, list_won
from wardmote.web.governance.grants.queries import find_ledger_faults, list_bids, list_grants
from wardmote.web.governance.grants.states import BidState
from wardmote.web.governance.risks.models import RegisteredRisk
from wardmote.web.partnerships.interface import Role, find_roles
from wardmote.web.project.sample_grants import load_grants
from wardmote.web.project.sample_risks import load_risks
from web.foundation.design.local_site import serve_pages
from web.governance.grants.ledger_world import add_grant, commit, read, spend, today


@pytest.fixture
def world(db: None) -> World:
    return make_world("ashmere")


def find(name: str, **keys: Any) -> str:
    return reverse(name, kwargs={"slug": "ashmere", **keys})


def show(client: Client, name: str, **keys: Any) -> str:
    answer = client.get(find(name, **keys))
    assert answer.status_code == 200, answer
    return answer.content.decode()


def type_date(name: str, day: date) -> dict[str, int]:
    return {f"{name}-day": day.day, f"{name}-month": day.month, f"{name}-year": day.year}


def name_commitment(commitment: Any) -> dict[str, Any]:
    return {"grant_id": commitment.grant_id, "commitment_id": commitment.pk}


def test_form_refuses_to_over_commit_and_says_what_is_left(world: World) -> None:
    grant = add_grant(world)
    commit(grant, 90_000)
    client, typed = (
        world.sign_in(Role.COORDINATOR),
        {"project": "Doors", "decision": "Minute 8", **type_date("on", today())},
    )
    answer = client.post(find("add_commitment", grant_id=grant.pk), typed | {"amount": "100.01"})
    page = answer.content.decode()
    assert "£100.01 is more than is left: £1,000.00 was awarded, £900.00 is committed, £100.00 is left" in page
    assert 'href="#id_amount"' in page
    assert client.post(find("add_commitment", grant_id=grant.pk), typed | {"amount": "£100"}).status_code == 302
    assert read(grant).uncommitted_pence == 0


def test_coordinator_writes_a_year_by_forms(world: World) -> None:
    client = world.sign_in(Role.COORDINATOR)
    said = {"title": "Safety grant", "funder": "Commissioner", "award": "96,000"} | type_date("awarded_on", today())
    said |= type_date("starts_on", today()) | type_date("ends_on", today() + timedelta(300))
    assert client.post(find("make_grant"), said).status_code == 302
    grant = Grant.objects.get()
    lamps, doors = commit(grant, 5_000_000, "Lamps"), commit(grant, 4_000_000, "Doors")
    day = type_date("on", today())
    one, two = name_commitment(lamps), name_commitment(doors)
    steps: list[tuple[str, dict[str, Any], dict[str, Any]]] = [
        ("record_spend", one, {"which": "spent", "amount": "1250.50", "reference": "INV 7"}),
        ("record_spend", one, {"which": "refunded", "amount": "50.50", "reference": "CN", "reason": "Broken"}),
        ("change_commitment", two, {"which": "less", "amount": "100", "decision": "M 9", "reason": "Cheaper"}),
        ("move_money", {"grant_id": grant.pk}, {"giver": lamps.pk, "taker": doors.pk, "amount": "10", "reason": "Up"}),
        ("change_award", {"grant_id": grant.pk}, {"award": "95,000", "reason": "Cut"}),
        ("record_match", {"grant_id": grant.pk}, {"amount": "5", "reference": "Council"}),
        ("add_output", one, {"unit": "lamps", "planned_count": "40"}),
    ]  # fmt: skip
    for name, keys, typed in steps:
        answer = client.post(find(name, **keys), typed | day)
        assert answer.status_code == 302, (name, re.findall(r"error-message.*?</p>", answer.content.decode(), re.S))
    output = lamps.outputs.get()
    keys = name_commitment(lamps) | {"grant_output_id": output.pk}
    assert client.post(find("record_delivery", **keys), {"count": "12"} | day).status_code == 302
    entry = LedgerEntry.objects.get(reference="INV 7")
    where = find("reverse_entry", grant_id=grant.pk, ledger_entry_id=entry.pk)
    refused = client.post(where, {"reason": "Keyed twice"} | day).content.decode()
    assert "Only £1,200.00 was spent" in refused
    page = show(client, "grant", grant_id=grant.pk)
    for words in ("£95,000.00", "£5,100.00 is left to commit", "£1,200.00", "12 of 40", "£100.00", "Cut"):
        assert words in page
    assert find_ledger_faults(world.partnership) == []


@pytest.mark.parametrize("typed", ["12.345", "lots", "-5", "0", "2,000,000,000"])
def test_amount_that_is_none_is_refused_beside_its_box(world: World, typed: str) -> None:
    commitment = commit(add_grant(world), 50_000)
    data = {"which": "spent", "amount": typed, "reference": "INV"} | type_date("on", today())
    answer = world.sign_in(Role.COORDINATOR).post(find("record_spend", **name_commitment(commitment)), data)
    assert answer.status_code == 422
    assert 'id="id_amount-error"' in answer.content.decode()


def test_each_role_sees_what_is_meant_for_it(world: World) -> None:
    grant = add_grant(world, title="Hidden grant", conditions="Secret terms")
    public = add_grant(world, title="Published grant", is_public=True)
    own, other = commit(grant, 30_000, "Ours", body=world.police), commit(grant, 20_000, "Theirs", body=world.council)
    spend(own, 12_345, reference="INV-OURS")
    spend(other, 5_000, reference="INV-THEIRS")
    executive = show(world.sign_in(Role.EXECUTIVE), "grant_ledger", grant_id=grant.pk)
    assert "INV-OURS" in executive
    assert "INV-THEIRS" in executive
    scrutiny = world.sign_in(Role.SCRUTINY)
    assert "£123.45" in show(scrutiny, "grant", grant_id=grant.pk)
    assert scrutiny.get(find("commitment", **name_commitment(own))).status_code == 403
    contributor = world.sign_in(Role.CONTRIBUTOR)
    assert "INV-OURS" in show(contributor, "commitment", **name_commitment(own))
    assert contributor.get(find("commitment", **name_commitment(other))).status_code == 404
    page = show(contributor, "grant", grant_id=grant.pk)
    assert "Ours" in page
    assert not [words for words in ("Theirs", "£1,000.00", "£500.00") if words in page]
    assert contributor.get(find("grant", grant_id=public.pk)).status_code == 404
    reader = show(world.sign_in(Role.READER), "grants")
    assert "Published grant" in reader
    assert not [words for words in ("Hidden grant", "Ours", "/grants/" + str(public.pk)) if words in reader]


def test_ledger_leaves_as_a_file_with_whole_pence(world: World) -> None:
    grant = add_grant(world, title="=Grant")
    commitment = commit(grant, 30_050, body=world.police)
    spend(commitment, 12_345, reference="@INV")
    client = world.sign_in(Role.LEAD)
    text = client.get(find("ledger_file", table_form="csv")).content.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert [(row["amount_pence"], row["amount_pounds"]) for row in rows] == [("30050", "300.50"), ("12345", "123.45")]
    assert (rows[1]["grant"], rows[1]["reference"], rows[1]["body"]) == ("'=Grant", "'@INV", "Ashmere Police")
    content = client.get(find("ledger_file", table_form="xlsx")).content
    lines = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()
    assert lines[1][11:13] == [30050.0, 300.5]


def test_years_of_all_grants_come_to_what_was_awarded(world: World) -> None:
    first = add_grant(world, starts_on=date(2025, 4, 1), ends_on=date(2027, 3, 31))
    set_years(grant=first, shares_pence={2025: 60_000, 2026: 40_000}, by=None)
    second = add_grant(world, 50_000)
    commit(first, 30_000, decided_on=date(2025, 5, 1))
    commit(second, 20_000, decided_on=date(2026, 5, 1))
    rows = list_all_years(list(list_grants(world.partnership)), LedgerEntry.objects.all())
    assert [(row.name, row.share_pence, row.committed_pence) for row in rows] == [
        ("2025/26", 60_000, 30_000), ("2026/27", 40_000, 20_000), ("Not placed in a year", 50_000, 0),
        ("Together", 150_000, 50_000),
    ]  # fmt: skip
    assert "Not placed in a year" in show(world.sign_in(Role.SCRUTINY), "grants")


def make_bid(world: World, title: str, pence: int, *moves: BidState, **more: Any) -> Bid:
    fields = {"title": title, "funder": "Home Office", "asked_pence": pence, **more}
    bid = bids.make_bid(partnership=world.partnership, fields=fields, on=today() - timedelta(90), by=None)
    for to in moves:
        bids.move_bid(bid=bid, to=to, on=today() - timedelta(9), note=f"It is {to}", by=None)
    return bid


SENT, WON, LOST = BidState.SUBMITTED, BidState.WON, BidState.LOST


def test_win_rate_is_of_what_was_decided(world: World) -> None:
    assert find_win_rate([]).words == "No bid has been decided yet"
    make_bid(world, "A", 100, SENT, WON)
    make_bid(world, "B", 250, SENT, LOST)
    make_bid(world, "C", 50, SENT, LOST)
    make_bid(world, "D", 9_999, SENT)
    make_bid(world, "E", 9_999, BidState.WITHDRAWN)
    rate = find_win_rate(list(list_bids(world.partnership)))
    assert rate.words == "1 of 3 decided bids won (33%); £1.00 of £4.00 asked for in them"


def test_won_bid_becomes_a_grant_and_the_difference_is_explained(world: World) -> None:
    bid = make_bid(world, "Safer streets", 12_000_000, SENT, WON)
    client = world.sign_in(Role.COORDINATOR)
    said = {"title": "Safer streets", "funder": "Home Office", "award": "111000"} | type_date("awarded_on", today())
    said |= type_date("starts_on", today()) | type_date("ends_on", today() + timedelta(300))
    where = find("make_grant_from_bid", bid_id=bid.pk)
    assert "Say why the award is not what was asked for" in client.post(where, said).content.decode()
    assert client.post(where, said | {"difference_reason": "One camera fewer"}).status_code == 302
    (row,) = list_won(list_bids(world.partnership).filter(pk=bid.pk))
    assert (row.awarded_pence, row.difference) == (11_100_000, "−\u2060£9,000.00")
    assert "One camera fewer" in show(client, "bids")
    fields = {"title": "T", "funder": "F", "starts_on": today(), "ends_on": today()}
    with pytest.raises(RefusedError, match="become a grant already"):
        make_grant_of_bid(bid=bid, fields=fields, award_pence=1, on=today(), difference_reason="Y", by=None)
    with pytest.raises(RefusedError, match="has become a grant"):
        bids.move_bid(bid=bid, to=SENT, on=today(), note="", by=None)


def test_submitted_text_stays_and_a_lost_one_is_found_and_used_again(world: World) -> None:
    bid = make_bid(world, "Mentors", 100, SENT, LOST, text="A trusted adult for every child")
    with pytest.raises(RefusedError, match="stay as they were submitted"):
        bids.change_bid(bid=bid, fields={"text": "Better words"}, by=None)
    bids.change_bid(bid=bid, fields={"partners": "The school"}, by=None)
    make_bid(world, "Lamps", 100)
    client = world.sign_in(Role.COORDINATOR)
    page = client.get(find("bids") + "?words=child+TRUSTED").content.decode()
    assert "1 of 2 bids" in page
    assert "Mentors" in page
    new = client.get(find("make_bid") + f"?reuse={bid.pk}").content.decode()
    assert "A trusted adult for every child" in new
    typed = {"title": "Mentors again", "funder": "Fund", "asked_pence": "5000", "text": "A trusted adult"}
    assert client.post(find("make_bid") + f"?reuse={bid.pk}", typed).status_code == 302
    assert Bid.objects.get(title="Mentors again").reuses == bid
    assert client.get(find("make_bid") + "?reuse=nonsense").status_code == 404
    assert "It is lost" in show(client, "bid", bid_id=bid.pk)


@pytest.mark.parametrize(("start", "to"), [((), WON), ((SENT, LOST), WON), ((SENT,), BidState.IDEA)])
def test_bid_does_not_leap(world: World, start: tuple[BidState, ...], to: BidState) -> None:
    bid = make_bid(world, "A", 100, *start)
    with pytest.raises(RefusedError, match="cannot become"):
        bids.move_bid(bid=bid, to=to, on=today(), note="", by=None)


def test_idle_money_and_bids_wait_for_the_coordinator(world: World, rf: Any) -> None:
    add_grant(world, title="Ends soon", ends_on=today() + timedelta(20))
    make_bid(world, "Won one", 100, SENT, WON)
    make_bid(world, "Due one", 100, deadline_on=today() + timedelta(5))
    found = {}
    for role in (Role.COORDINATOR, Role.READER):
        request = rf.get("/")
        request.user, request.partnership = world.people[role], world.partnership
        request.roles = find_roles(request.user, request.partnership)
        found[role] = {thing.title for thing in list_things_to_do(request)}
    wanted = {"Grant: Ends soon", "Make a grant of a won bid: Won one", "Submit a bid: Due one"}
    assert wanted <= found[Role.COORDINATOR]
    assert not wanted & found[Role.READER]


@pytest.mark.parametrize("day", [date(2026, 11, 21), date(2026, 4, 1), date(2027, 1, 2)])
def test_sample_is_a_year_that_adds_up(world: World, day: date, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("risks.actions", "grants.actions.posting", "grants.actions.bids", "grants.actions.outputs"):
        monkeypatch.setattr(f"wardmote.web.governance.{module}.read_today", lambda: day)
    load_risks(world.partnership, by=None, today=day)
    load_grants(world.partnership, by=None, today=day)
    assert RegisteredRisk.objects.filter(state="open").count() == 4
    yearly = Grant.objects.get(bid=None)
    assert (yearly.award_pence, yearly.uncommitted_pence) == (9_600_000, 330_000)
    assert find_ledger_faults(world.partnership) == []
    assert find_win_rate(list(list_bids(world.partnership))).decided_count == 2


@pytest.mark.browser
def test_pages_have_no_fault_that_axe_finds_and_fit_a_phone(world: World, open_page: OpenPage) -> None:
    day = today()
    load_risks(world.partnership, by=None, today=day)
    load_grants(world.partnership, by=None, today=day)
    client, grant = world.sign_in(Role.COORDINATOR), Grant.objects.get(bid=None)
    lamps = grant.commitments.all()[0]
    record_delivery(
        output=add_output(commitment=lamps, unit="talks", planned_count=0, by=None), count=3, on=day, note="", by=None
    )
    bid, risk = Bid.objects.get(state="lost"), RegisteredRisk.objects.get(number=1)
    own, one = {"grant_id": grant.pk}, name_commitment(lamps)
    named = [
        ("risk_register", {}), ("risk", {"risk_id": risk.pk}), ("score_risk", {"risk_id": risk.pk}), ("grants", {}),
        ("grant", own), ("grant_ledger", own), ("commitment", one), ("record_spend", one), ("move_money", own),
        ("bids", {}), ("bid", {"bid_id": bid.pk}),
    ]  # fmt: skip
    addresses = [find(name, **keys) for name, keys in named]
    pages = {address: client.get(address).content.decode() for address in addresses}
    pages["/refused"] = client.post(find("add_commitment", **own), {"amount": "x"}).content.decode()
    bill = {"which": "spent", "amount": "5", "reference": "INV 7", **type_date("on", day)}
    pages["/asked"] = [client.post(find("record_spend", **one), bill).content.decode() for _ in range(2)][1]
    page = open_page(width=1280)
    with serve_pages(pages) as site:
        for address in pages:
            page.goto(site.address + address)
            check_accessible(page)
            page.set_viewport_size({"width": 320, "height": 900})
            check_fits(page)
            page.set_viewport_size({"width": 1280, "height": 900})
