"""The ledger: no more is committed than was awarded, no more spent than committed, and nothing is ever struck out."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import IntegrityError, connection, connections, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from support.web.together import run_together
from support.web.world import World, make_world
from wardmote.web.foundation.refusals import RefusedError
from wardmote.web.foundation.writes import writing
from wardmote.web.governance.grants.actions import ledger
from wardmote.web.governance.grants.actions.grants import change_award, change_grant, set_years
from wardmote.web.governance.grants.actions.outputs import add_output, record_delivery
from wardmote.web.governance.grants.models import AwardChange, Commitment, Grant, LedgerEntry
from wardmote.web.governance.grants.policies import find_warnings
from wardmote.web.governance.grants.presenters import list_year_rows
from wardmote.web.governance.grants.queries import find_ledger_faults
from wardmote.web.governance.kept import RewritingError
from web.governance.grants.ledger_world import add_grant, adds_up, commit, read, spend, today


@pytest.fixture
def world(db: None) -> World:
    return make_world("ashmere")


def reverse(entry: LedgerEntry, reason: str = "Keyed twice") -> list[LedgerEntry]:
    return ledger.reverse_entry(entry=read(entry), on=today(), reason=reason, by=None)


def test_commitments_stop_at_the_award(world: World) -> None:
    grant = add_grant(world)
    commit(grant, 60_000)
    commit(grant, 40_000)
    with pytest.raises(
        RefusedError, match=r"£0\.01 is more than is left: £1,000\.00 was awarded, £1,000\.00 is committed"
    ):
        commit(grant, 1)
    assert (read(grant).committed_pence, Commitment.objects.count(), adds_up(world)) == (100_000, 2, True)


def test_old_page_cannot_commit_what_another_has_committed(world: World) -> None:
    grant = add_grant(world)
    first, second = read(grant), read(grant)
    commit(first, 70_000)
    with pytest.raises(RefusedError, match=r"£300\.00 is left"):
        commit(second, 70_000)
    assert adds_up(world)


def test_database_itself_refuses_too_much(world: World) -> None:
    grant = add_grant(world)
    commitment = commit(grant, 100_000)
    for row, name, value in ((grant, "committed_pence", 100_001), (commitment, "spent_pence", 100_001)):
        forced = read(row)
        setattr(forced, name, value)
        with pytest.raises(IntegrityError), writing(by=None, verb="test.forced"), transaction.atomic():
            forced.save()


def test_spending_stops_at_the_commitment(world: World) -> None:
    commitment = commit(add_grant(world), 50_000)
    spend(commitment, 49_999)
    with pytest.raises(RefusedError, match=r"£0\.02 is more than is left of “Lighting”"):
        spend(commitment, 2)
    spend(commitment, 1)
    assert (read(commitment).unspent_pence, adds_up(world)) == (0, True)


def test_award_cannot_fall_below_what_is_committed(world: World) -> None:
    grant = add_grant(world)
    commit(grant, 60_000)
    with pytest.raises(RefusedError, match=r"£600\.00 of the award is committed\. Release £0\.01 of it first"):
        change_award(grant=grant, award_pence=59_999, on=today(), reason="Cut", by=None)
    change_award(grant=grant, award_pence=60_000, on=today(), reason="Cut by the funder", by=None)
    kept = [(one.before_pence, one.amount_pence, one.reason) for one in AwardChange.objects.filter(grant=grant)]
    assert kept == [(0, 100_000, "As awarded"), (100_000, 60_000, "Cut by the funder")]


def test_refund_gives_back_with_a_reason_and_no_more_than_was_spent(world: World) -> None:
    commitment = commit(add_grant(world), 50_000)
    spend(commitment, 20_000)
    back: dict[str, Any] = {"commitment": commitment, "on": today(), "reference": "CN 1", "by": None}
    with pytest.raises(RefusedError, match="Say why"):
        ledger.record_refund(**back, amount_pence=5_000, reason=" ")
    with pytest.raises(RefusedError, match=r"Only £200\.00 was spent"):
        ledger.record_refund(**back, amount_pence=20_001, reason="Returned")
    entry = ledger.record_refund(**back, amount_pence=5_000, reason="Two lamps returned")
    assert (entry.amount_pence, read(commitment).spent_pence, adds_up(world)) == (-5_000, 15_000, True)


def test_release_stops_at_what_is_spent(world: World) -> None:
    grant = add_grant(world)
    commitment = commit(grant, 50_000)
    spend(commitment, 30_000)
    change: dict[str, Any] = {
        "commitment": commitment,
        "on": today(),
        "decision": "Minute 9",
        "reason": "Cheaper",
        "by": None,
    }
    with pytest.raises(RefusedError, match=r"£200\.00 is left"):
        ledger.change_commitment(**change, by_pence=-20_001)
    ledger.change_commitment(**change, by_pence=-20_000)
    assert (read(grant).uncommitted_pence, read(commitment).amount_pence) == (70_000, 30_000)
    assert adds_up(world)


def test_money_moves_and_a_move_is_taken_back_whole(world: World) -> None:
    grant = add_grant(world)
    giver, taker = commit(grant, 60_000, "Lamps"), commit(grant, 40_000, "Doors")
    out, _ = ledger.move_money(
        giver=read(giver), taker=read(taker), amount_pence=10_000, on=today(), reason="Doors cost more", by=None
    )
    assert [read(one).amount_pence for one in (giver, taker)] == [50_000, 50_000]
    assert read(grant).committed_pence == 100_000
    assert [one.amount_pence for one in reverse(out)] == [-10_000, 10_000]
    assert [read(one).amount_pence for one in (giver, taker)] == [60_000, 40_000]
    assert adds_up(world)


def test_move_is_not_taken_back_once_it_is_spent(world: World) -> None:
    grant = add_grant(world)
    giver, taker = commit(grant, 60_000, "Lamps"), commit(grant, 10_000, "Doors")
    out, _ = ledger.move_money(
        giver=giver, taker=taker, amount_pence=10_000, on=today(), reason="Doors cost more", by=None
    )
    spend(read_commitment(taker), 20_000)
    with pytest.raises(RefusedError, match="more than is left of “Doors”"):
        reverse(out)
    assert ([read(one).amount_pence for one in (giver, taker)], adds_up(world)) == ([50_000, 20_000], True)


def read_commitment(row: Commitment) -> Commitment:
    return Commitment.objects.select_related("grant__partnership", "partnership").get(pk=row.pk)


def test_mistake_is_put_right_by_a_reversing_entry_once(world: World) -> None:
    commitment = commit(add_grant(world), 50_000)
    wrong = spend(commitment, 5_000)
    (right,) = reverse(wrong)
    assert (right.amount_pence, right.reverses_id, read(commitment).spent_pence) == (-5_000, wrong.pk, 0)
    with pytest.raises(RefusedError, match="reversed already"):
        reverse(wrong)
    with pytest.raises(RefusedError, match="reverses another"):
        reverse(right)
    assert (LedgerEntry.objects.filter(side="spend").count(), adds_up(world)) == (2, True)


@pytest.mark.parametrize(
    ("act", "words"),
    [
        (lambda one: spend(one, 0), "above nought"),
        (lambda one: spend(one, -5), "above nought"),
        (lambda one: commit(one.grant, -5), "above nought"),
        (lambda one: ledger.record_spend(
            commitment=one, amount_pence=1, on=today() + timedelta(1), reference="INV", by=None), "one to come"),
        (lambda one: ledger.move_money(
            giver=one, taker=one, amount_pence=1, on=today(), reason="Why not", by=None), "two commitments"),
        (lambda one: change_award(grant=one.grant, award_pence=0, on=today(), reason="X", by=None), "than nothing"),
    ],
)  # fmt: skip
def test_entry_that_makes_no_sense_is_refused(world: World, act: Callable[[Commitment], Any], words: str) -> None:
    commitment = commit(add_grant(world), 50_000)
    with pytest.raises(RefusedError, match=words):
        act(commitment)
    assert adds_up(world)


@given(st.lists(st.tuples(st.sampled_from("csrmx"), st.integers(1, 60_000), st.integers(0, 5)), max_size=14))
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_ledger_adds_up_whatever_is_tried(world: World, steps: list[tuple[str, int, int]]) -> None:
    """Commit, spend, refund, move, reverse in any order: sums are those of the entries and within their bounds."""
    with transaction.atomic():
        grant = add_grant(world)
        for what, pence, which in steps:
            try:
                try_step(grant, what, pence, which)
            except RefusedError:
                continue
        assert find_ledger_faults(world.partnership) == []
        held = read(grant)
        assert 0 <= held.committed_pence <= held.award_pence
        assert all(0 <= one.spent_pence <= one.amount_pence for one in Commitment.objects.filter(grant=grant))
        transaction.set_rollback(True)


def try_step(grant: Grant, what: str, pence: int, which: int) -> None:
    rows = list(Commitment.objects.filter(grant=grant).select_related("grant__partnership", "partnership"))
    entries = list(LedgerEntry.objects.filter(grant=grant).select_related("grant__partnership", "partnership"))
    if what == "c" or not rows:
        commit(grant, pence, f"Project {len(rows)}")
    elif what == "s":
        spend(rows[which % len(rows)], pence)
    elif what == "r":
        row = rows[which % len(rows)]
        ledger.record_refund(commitment=row, amount_pence=pence, on=today(), reference="C", reason="Back", by=None)
    elif what == "m":
        giver, taker = rows[which % len(rows)], rows[(which + 1) % len(rows)]
        ledger.move_money(giver=giver, taker=taker, amount_pence=pence, on=today(), reason="Needed", by=None)
    else:
        reverse(entries[which % len(entries)])


def test_years_add_up_to_the_award(world: World) -> None:
    grant = add_grant(world, starts_on=date(2025, 4, 1), ends_on=date(2027, 3, 31))
    with pytest.raises(RefusedError, match=r"£0\.01 is not placed yet"):
        set_years(grant=grant, shares_pence={2025: 60_000, 2026: 39_999}, by=None)
    with pytest.raises(RefusedError, match="Only years in which the grant runs"):
        set_years(grant=grant, shares_pence={2024: 100_000}, by=None)
    set_years(grant=grant, shares_pence={2025: 60_000, 2026: 40_000}, by=None)
    commit(grant, 30_000, decided_on=date(2026, 3, 31))
    commit(grant, 20_000, "Doors", decided_on=date(2026, 4, 1))
    rows = list_year_rows(read(grant), LedgerEntry.objects.filter(grant=grant))
    assert [(row.name, row.share_pence, row.committed_pence) for row in rows] == [
        ("2025/26", 60_000, 30_000), ("2026/27", 40_000, 20_000), ("Together", 100_000, 50_000),
    ]  # fmt: skip
    change_award(grant=grant, award_pence=90_000, on=today(), reason="Cut", by=None)
    assert [alarm.kind for alarm in find_warnings(read(grant), 90_000, today(), committed_pence={})] == ["years"]


@pytest.mark.parametrize(
    ("gone", "left", "spent", "kinds"),
    [
        (100, 265, 30_000, []), (200, 165, 10_000, ["lags"]), (273, 92, 90_000, ["ends_soon"]),
        (366, -1, 99_999, ["ended_unspent"]), (366, -1, 100_000, []), (-1, 300, 0, []),
    ],
)  # fmt: skip
def test_idle_money_is_told_before_the_end(world: World, gone: int, left: int, spent: int, kinds: list[str]) -> None:
    grant = add_grant(world, starts_on=today() - timedelta(gone), ends_on=today() + timedelta(left))
    assert [alarm.kind for alarm in find_warnings(grant, spent, today(), committed_pence={})] == kinds


def test_outputs_are_counted_and_put_right_with_a_word(world: World) -> None:
    output = add_output(commitment=commit(add_grant(world), 77_000), unit="call blockers", planned_count=77, by=None)
    record_delivery(output=output, count=44, on=today(), note="", by=None)
    with pytest.raises(RefusedError, match="say why"):
        record_delivery(output=output, count=-4, on=today(), note="", by=None)
    with pytest.raises(RefusedError, match="Only 44 were delivered"):
        record_delivery(output=output, count=-45, on=today(), note="Counted twice", by=None)
    record_delivery(output=output, count=-4, on=today(), note="Counted twice", by=None)
    assert read(output).delivered_count == 40


def test_entry_is_neither_changed_nor_removed(world: World) -> None:
    entry = spend(commit(add_grant(world), 50_000), 10_000)
    entry.amount_pence = 1
    with pytest.raises(RewritingError, match="puts it right"), writing(by=None, verb="test.forced"):
        entry.save()
    with pytest.raises(RewritingError, match="not removed"), writing(by=None, verb="test.forced"):
        entry.delete()
    assert adds_up(world)


def test_sum_that_was_written_past_the_ledger_is_told(world: World) -> None:
    grant = add_grant(world)
    commitment = commit(grant, 50_000)
    commitment.spent_pence = 10
    with writing(by=None, verb="test.forced"):
        commitment.save()
    assert find_ledger_faults(world.partnership, grant) == ["Lighting: spent_pence is 10, its entries add up to 0"]
    assert find_ledger_faults(world.partnership, add_grant(world, title="Another")) == []


class TestAtOnce:
    """Threads with a connection each, on either database; the tests' SQLite in memory has one, so a file stands in."""

    @pytest.fixture
    def world(self, transactional_db: None, tmp_path: Path) -> Iterator[World]:
        made, place = make_world("ashmere"), tmp_path / "wardmote.sqlite3"
        with pytest.MonkeyPatch.context() as patch:
            if connection.vendor == "sqlite":
                with closing(sqlite3.connect(place)) as file:
                    connection.connection.backup(file)
                patch.setitem(connections.settings["default"], "NAME", place)
            yield made

    def test_many_who_commit_at_once_stay_within_the_award(self, world: World) -> None:
        rows = apart(lambda: [read(grant) for grant in [add_grant(world)] for _ in range(8)])
        found = run_together(*(lambda row=row, at=at: commit(row, 30_000, f"P{at}") for at, row in enumerate(rows)))
        assert all(isinstance(one, RefusedError | Commitment) for one in found), found
        assert sum(isinstance(one, Commitment) for one in found) == 3
        assert apart(lambda: (read(rows[0]).committed_pence, adds_up(world))) == (90_000, True)

    def test_many_who_spend_and_release_at_once_stay_within_the_commitment(self, world: World) -> None:
        commitment = apart(lambda: commit(add_grant(world), 50_000))
        rows = apart(lambda: [read_commitment(commitment) for _ in range(8)])
        spends = [lambda row=row, at=at: spend(row, 20_000, reference=f"INV {at}") for at, row in enumerate(rows[:4])]
        change: dict[str, Any] = {
            "by_pence": -20_000,
            "on": today(),
            "reason": "Less",
            "by": None,
        }
        releases = [
            lambda row=row, at=at: ledger.change_commitment(commitment=row, decision=f"Minute {at}", **change)
            for at, row in enumerate(rows[4:])
        ]
        found = run_together(*spends, *releases)
        assert all(isinstance(one, RefusedError | LedgerEntry) for one in found), found
        assert sum(isinstance(one, LedgerEntry) for one in found) == 2
        assert apart(lambda: adds_up(world))

    def test_one_invoice_sent_by_many_at_once_is_entered_once(self, world: World) -> None:
        commitment = apart(lambda: commit(add_grant(world), 50_000))
        rows = apart(lambda: [read_commitment(commitment) for _ in range(5)])
        found = run_together(*(lambda row=row: spend(row, 5_000) for row in rows))
        assert sum(isinstance(one, LedgerEntry) for one in found) == 1, found
        assert apart(lambda: (read(commitment).spent_pence, adds_up(world))) == (5_000, True)

    def test_one_entry_is_reversed_once(self, world: World) -> None:
        entry = apart(lambda: spend(commit(add_grant(world), 50_000), 10_000))
        found = run_together(*(lambda: reverse(entry) for _ in range(5)))
        assert sum(isinstance(one, list) for one in found) == 1, found
        assert apart(lambda: adds_up(world))

    def test_award_is_not_cut_under_a_commitment(self, world: World) -> None:
        first, second = apart(lambda: [read(grant) for grant in [add_grant(world)] for _ in range(2)])
        run_together(
            lambda: commit(first, 80_000),
            lambda: change_award(grant=second, award_pence=50_000, on=today(), reason="Cut", by=None),
        )
        held = apart(lambda: read(first))
        assert (held.award_pence, held.committed_pence) in ((100_000, 80_000), (50_000, 0))


def apart(act: Callable[[], Any]) -> Any:
    """What an act gave that was done in a thread of its own, where the database of the test's threads is."""
    (found,) = run_together(act)
    assert not isinstance(found, Exception), found
    return found


def test_what_is_said_of_a_grant_leaves_its_money_alone(world: World) -> None:
    grant = add_grant(world)
    old = read(grant)
    commit(grant, 60_000)
    change_grant(grant=old, fields={"title": "Renamed"}, by=None)
    assert (read(grant).title, read(grant).committed_pence, adds_up(world)) == ("Renamed", 60_000, True)
