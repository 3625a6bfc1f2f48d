"""The sample's money: a commissioner's grant, nearly all committed, a won bid that became one, and a lost one."""

from datetime import date, timedelta
from typing import Any

from wardmote.web.governance.interface import (
    Bid,
    BidState,
    Commitment,
    Grant,
    add_commitment,
    add_output,
    change_award,
    make_bid,
    make_grant,
    make_grant_of_bid,
    move_bid,
    move_money,
    record_delivery,
    record_refund,
    record_spend,
    set_years,
)
from wardmote.web.partnerships.interface import Organisation, Partnership, Person

#: Project, the body's first words, pence, days into the grant, the decision.
_COMMITTED = (
    ("Call blockers for people at risk of scams", "Zellmouth Council", 840_000, 20, "Executive, minute 6"),
    ("Detached youth work on the quay", "Zellmouth Youth", 3_850_000, 20, "Executive, minute 7"),
    ("Adviser hours in the hospital", "Zindle Harbour", 2_400_000, 48, "Executive, minute 14"),
    ("Lights and locks in Station Street", "Zarrowquay Homes", 1_860_000, 48, "Executive, minute 15"),
    ("Partnership day", "Zellmouth Council", 320_000, 62, "Coordinator’s delegation, no. 3"),
)
#: Project by number, pence, days into the grant, invoice.
_SPENT = (
    (0, 341_000, 40, "ZC-20117"), (0, 176_000, 75, "ZC-20160"), (1, 962_500, 60, "YJS-44"), (1, 962_500, 85, "YJS-51"),
    (2, 600_000, 80, "ZHR-0091"), (3, 1_431_000, 78, "ZQ-7780"), (4, 318_550, 84, "ZC-20171"),
)  # fmt: skip
#: Project by number, unit, planned, then what was delivered: days into the grant and how many.
_OUTPUTS: tuple[tuple[int, str, int, tuple[tuple[int, int], ...]], ...] = (
    (0, "call blockers fitted", 84, ((44, 33), (80, 18))),
    (1, "evening sessions", 120, ((60, 26), (85, 31))),
    (2, "hours of advice", 800, ((82, 188),)),
    (3, "homes made secure", 60, ()),
)
_YEAR_STARTS = (4, 1)


def load_grants(partnership: Partnership, *, by: Person | None, today: date) -> None:
    """Fill the ledger and the pipeline of the sample partnership."""
    earlier = today - timedelta(90)  # so that some of the year is always gone
    starts = date(earlier.year if earlier.month >= _YEAR_STARTS[0] else earlier.year - 1, *_YEAR_STARTS)
    bodies = list(Organisation.objects.filter(seats__partnership=partnership))
    _make_yearly(partnership, bodies, starts, by)
    _make_won(partnership, bodies, starts, by)
    _make_lost(partnership, by, today)
    _make_waiting(partnership, by, today)


def _find(bodies: list[Organisation], start: str) -> Organisation | None:
    return next((body for body in bodies if body.name.startswith(start)), None)


def _make_yearly(partnership: Partnership, bodies: list[Organisation], starts: date, by: Person | None) -> None:
    """£96,000 for a year, of which £3,300 is left."""
    fields = {
        "title": f"Commissioner’s safety grant {starts.year}/{(starts.year + 1) % 100:02d}",
        "funder": "Police and Crime Commissioner for the Zellmouth Estuary", "fund": "Community safety fund",
        "reference": f"CSF/{starts.year}/07", "starts_on": starts, "ends_on": date(starts.year + 1, 3, 31),
        "conditions": "Spent by 31 March. A report on outputs each half year.", "is_public": True,
        "match_pence": 1_000_000, "match_source": "Zellmouth Council",
    }  # fmt: skip
    grant = make_grant(partnership=partnership, fields=fields, award_pence=9_340_000, on=starts, by=by)
    change_award(
        grant=grant, award_pence=9_600_000, on=starts + timedelta(30), by=by,
        reason="The commissioner shared out what another district gave back",
    )  # fmt: skip
    set_years(grant=grant, shares_pence={starts.year: 9_600_000}, by=by)
    made = [_commit(grant, bodies, row, starts, by) for row in _COMMITTED]
    _spend(made, starts, by)
    _deliver(made, starts, by)


def _commit(grant: Grant, bodies: list[Organisation], row: Any, starts: date, by: Person | None) -> Commitment:
    project, body, pence, days, decision = row
    fields = {
        "project": project,
        "body": _find(bodies, body),
        "decided_on": starts + timedelta(days),
        "decision": decision,
    }
    return add_commitment(grant=grant, fields=fields, amount_pence=pence, by=by)


def _spend(made: list[Commitment], starts: date, by: Person | None) -> None:
    for at, pence, days, invoice in _SPENT:
        record_spend(
            commitment=made[at], amount_pence=pence, on=starts + timedelta(days), reference=invoice, by=by
        )  # fmt: skip
    record_refund(
        commitment=made[3], amount_pence=31_000, on=starts + timedelta(86), reference="ZQ-7780C", by=by,
        reason="Two lamps were faulty and went back",
    )  # fmt: skip
    move_money(
        giver=made[3], taker=made[1], amount_pence=100_000, on=starts + timedelta(88), by=by,
        reason="Fewer locks were needed; the quay asked for sessions in the half-term week",
    )  # fmt: skip


def _deliver(made: list[Commitment], starts: date, by: Person | None) -> None:
    for at, unit, planned, deliveries in _OUTPUTS:
        output = add_output(commitment=made[at], unit=unit, planned_count=planned, by=by)
        for days, count in deliveries:
            record_delivery(output=output, count=count, on=starts + timedelta(days), note="", by=by)


def _make_won(partnership: Partnership, bodies: list[Organisation], starts: date, by: Person | None) -> None:
    """Asked for £120,000 and given £111,000, for two years."""
    fields = {
        "title": "Safer Station Street", "funder": "Home Office", "fund": "Safer streets", "asked_pence": 12_000_000,
        "partners": "Zellmouth Police\nZarrowquay Homes", "lead": _find(bodies, "Zellmouth Council"),
        "deadline_on": starts - timedelta(120),
        "text": "Station Street has a third of the town’s robberies on a twentieth of its pavements.\n\nWe ask"
        " for lights, cameras at two junctions, and locks for sixty homes. Residents walked the street with us twice.",
    }  # fmt: skip
    bid = make_bid(partnership=partnership, fields=fields, on=starts - timedelta(170), by=by)
    for to, days, note in (
        (BidState.SUBMITTED, 122, ""), (BidState.SHORTLISTED, 80, "Asked for the survey of residents"),
        (BidState.WON, 35, "Without the second camera"),
    ):  # fmt: skip
        move_bid(bid=bid, to=to, on=starts - timedelta(days), note=note, by=by)
    said = {
        "title": "Safer Station Street", "funder": "Home Office", "fund": "Safer streets", "reference": "SS5-114",
        "starts_on": starts, "ends_on": date(starts.year + 2, 3, 31), "conditions": "Evaluated by a third body.",
    }  # fmt: skip
    grant = make_grant_of_bid(
        bid=bid, fields=said, award_pence=11_100_000, on=starts - timedelta(35), by=by,
        difference_reason="The second camera was left out (£9,000)",
    )  # fmt: skip
    set_years(grant=grant, shares_pence={starts.year: 7_000_000, starts.year + 1: 4_100_000}, by=by)
    row = ("Lights and the first camera", "Zellmouth Council", 6_250_000, 55, "Executive, minute 18")
    lights = _commit(grant, bodies, row, starts, by)
    record_spend(commitment=lights, amount_pence=2_087_500, on=starts + timedelta(88), reference="ZC-20190", by=by)


def _make_lost(partnership: Partnership, by: Person | None, today: date) -> Bid:
    """Shortlisted and not funded; its words are kept for the next round."""
    fields = {
        "title": "A trusted adult for every child at risk", "funder": "Home Office", "fund": "Trusted relationships",
        "asked_pence": 28_500_000, "partners": "Zellmouth Youth Justice Service\nZindle Harbour Refuge",
        "deadline_on": today - timedelta(260),
        "text": "Children who are exploited tell us of one adult who stayed. Most had none.\n\nThe money pays"
        " four workers for three years, each with no more than eight children, and an evaluation by the university.",
    }  # fmt: skip
    bid = make_bid(partnership=partnership, fields=fields, on=today - timedelta(300), by=by)
    said = "Strong on need. The panel missed a plan for when the money ends, and a figure for children reached."
    for to, days, note in (
        (BidState.SUBMITTED, 262, ""), (BidState.SHORTLISTED, 215, "About twenty were shortlisted"),
        (BidState.LOST, 160, said),
    ):  # fmt: skip
        move_bid(bid=bid, to=to, on=today - timedelta(days), note=note, by=by)
    return bid


def _make_waiting(partnership: Partnership, by: Person | None, today: date) -> None:
    """One that waits for its answer, and one that must be finished soon."""
    common: dict[str, Any] = {"partnership": partnership, "by": by}
    fund = {"title": "Youth workers in the evening", "funder": "Youth Endowment", "asked_pence": 9_150_000}
    asked = make_bid(**common, fields={**fund, "deadline_on": today - timedelta(30)}, on=today - timedelta(75))
    move_bid(bid=asked, to=BidState.SUBMITTED, on=today - timedelta(32), note="", by=by)
    drug = {"title": "Treatment after the grant", "funder": "Department of Health", "asked_pence": 42_000_000}
    draft = make_bid(**common, fields={**drug, "deadline_on": today + timedelta(18)}, on=today - timedelta(20))
    move_bid(bid=draft, to=BidState.DRAFTING, on=today - timedelta(6), note="", by=by)
