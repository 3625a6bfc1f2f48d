"""The quarterly data drops: opened, owed, received, refused whole where somebody could be known, compared, reminded."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from support.web.world import TODAY, World, make_world
from wardmote.web.foundation.clock import read_today
from wardmote.web.foundation.files import find_place
from wardmote.web.foundation.models import AuditEntry, Message, StoredFile
from wardmote.web.foundation.refusals import RefusedError
from wardmote.web.foundation.writes import writing
from wardmote.web.governance.duties import drop_actions, drop_removals, rounds
from wardmote.web.governance.duties.calendar import read_standing
from wardmote.web.governance.duties.drops import describe_drops, find_state, list_drops, list_seen_drops
from wardmote.web.governance.duties.models import DataDrop, DropFile
from wardmote.web.governance.duties.states import DropState, DutyState
from wardmote.web.partnerships.interface import Role, can


def make_rows(*months: str) -> str:
    """A file of four thefts a month."""
    rows = [f"{month}-1{n},14,Zell East,Theft" for month in months for n in range(4)]
    return "\n".join(["Date,Hour,Ward,Category", *rows, ""])


GOOD = make_rows("2026-07", "2026-08", "2026-09")


@pytest.fixture
def world(db: None) -> World:
    found = make_world("ashmere")
    drop_actions.open_quarters(partnership=found.partnership, today=TODAY, by=None)
    return found


def get(world: World, category: str = "police-crime") -> DataDrop:
    return DataDrop.objects.select_related("partnership").get(partnership=world.partnership, category=category)


def send(world: World, text: str, drop: DataDrop | None = None, name: str = "drop.csv", on: date = TODAY) -> DropFile:
    upload = SimpleUploadedFile(name, text.encode())
    by = world.people[Role.COORDINATOR]
    return drop_actions.receive_drop(drop=drop or get(world), upload=upload, received_on=on, by=by)


def address(world: World, name: str, **keys: Any) -> str:
    return reverse(name, kwargs={"slug": world.partnership.slug, **keys})


def test_each_agency_owes_what_its_kind_holds_by_the_end_of_the_next_quarter(world: World) -> None:
    found = {(one.organisation.kind, one.category) for one in list_drops(world.partnership)}
    assert found == {
        ("police", "police-crime"), ("police", "police-incidents"), ("council", "council-behaviour"),
        ("council", "school-exclusions"), ("council", "road-collisions"),
    }  # fmt: skip
    assert {(one.period, one.due_on) for one in list_drops(world.partnership)} == {("2026/27Q2", date(2026, 12, 31))}
    assert drop_actions.open_quarters(partnership=world.partnership, today=TODAY, by=None) == 0


def test_quarters_that_a_sleeping_server_missed_are_opened_later(world: World) -> None:
    drop_actions.open_quarters(partnership=world.partnership, today=date(2027, 5, 1), by=None)
    periods = set(DataDrop.objects.filter(partnership=world.partnership).values_list("period", flat=True))
    assert periods == {"2026/27Q2", "2026/27Q3", "2026/27Q4"}


@pytest.mark.parametrize(
    ("came", "today", "state"),
    [
        (None, date(2026, 12, 31), DropState.DUE), (None, date(2027, 1, 1), DropState.MISSING),
        (date(2026, 12, 31), date(2027, 6, 1), DropState.COME), (date(2027, 1, 1), date(2027, 6, 1), DropState.LATE),
    ],
)  # fmt: skip
def test_what_comes_on_its_day_is_in_time(came: date | None, today: date, state: DropState) -> None:
    drop = DataDrop(due_on=date(2026, 12, 31), received_on=came)
    assert find_state(drop, today) == state


@pytest.mark.parametrize("bad", ["Victim name,A B", "DOB,1/1/1980", "Postcode,CT1 2AB", "Note,a@example.org"])
def test_a_file_in_which_somebody_could_be_known_leaves_nothing_behind(world: World, bad: str) -> None:
    heading, cell = bad.split(",")
    client, drop = world.sign_in(Role.CONTRIBUTOR), get(world)
    before = sorted(Path(settings.FILES).rglob("*")) if Path(settings.FILES).exists() else []
    upload = SimpleUploadedFile("A B.csv", f"Date,Category,{heading}\n2026-07-01,Theft,{cell}\n".encode())
    day = read_today()
    typed = {"received_on-day": day.day, "received_on-month": day.month, "received_on-year": day.year}
    answer = client.post(address(world, "receive_data_drop", data_drop_id=drop.pk), typed | {"upload": upload})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "could be recognised" in page
    assert "row 2" in page or "row 1" in page
    assert cell not in page
    assert not StoredFile.objects.exists()
    assert not DropFile.objects.exists()
    assert (sorted(Path(settings.FILES).rglob("*")) if Path(settings.FILES).exists() else []) == before
    assert not list((Path(settings.UPLOADS) / "under-way").rglob("*"))


def test_a_file_is_kept_under_our_name_with_its_quality(world: World) -> None:
    file = send(world, GOOD, name="jane doe.csv")
    assert (file.rows_count, file.file.name) == (12, "police-crime-2026-27Q2.csv")
    row = next(one for one in describe_drops(list_drops(world.partnership), TODAY) if one.drop.pk == file.drop_id)
    assert (row.state, row.flags) == (DropState.COME, [])
    page = world.sign_in(Role.CONTRIBUTOR).get(address(world, "data_drop", data_drop_id=file.drop_id)).content.decode()
    assert "2026-07: 4, 2026-08: 4, 2026-09: 4" in page
    assert "time: 0" in page


def test_fewer_rows_missing_months_and_blanks_are_asked_about(world: World) -> None:
    send(world, GOOD)
    drop_actions.open_quarters(partnership=world.partnership, today=date(2027, 1, 1), by=None)
    later = DataDrop.objects.get(partnership=world.partnership, category="police-crime", period="2026/27Q3")
    send(world, "Date,Ward,Category\n2026-10-02,,Theft\n2026-11-02,Zell,Theft\nsoon,Zell,Theft\n", later)
    row = next(one for one in describe_drops(list_drops(world.partnership), TODAY) if one.drop.pk == later.pk)
    assert row.flags == [
        "75% fewer rows than the last one, which had 12", "No row is of 2026-12",
        "1 row without a date that can be read", "No column for time", "1 blank in place",
    ]  # fmt: skip
    send(world, make_rows("2026-10", "2026-11", "2026-12"), later)
    better = next(one for one in describe_drops(list_drops(world.partnership), TODAY) if one.drop.pk == later.pk)
    assert (better.flags, len(later.files.all())) == ([], 2)


def test_a_contributor_sees_and_sends_their_own_agency_only(world: World) -> None:
    who, council = world.people[Role.CONTRIBUTOR], get(world, "council-behaviour")
    seen = {one.organisation_id for one in list_seen_drops(who, world.partnership)}
    assert seen == {world.police.pk}
    client = world.sign_in(Role.CONTRIBUTOR)
    assert client.get(address(world, "data_drop", data_drop_id=council.pk)).status_code == 404
    assert client.get(address(world, "receive_data_drop", data_drop_id=council.pk)).status_code == 404
    assert "Council" not in client.get(address(world, "data_drops_file", table_form="csv")).content.decode()
    file = send(world, GOOD)
    other = address(world, "data_drop_file", data_drop_id=council.pk, drop_file_id=file.pk)
    assert world.sign_in(Role.COORDINATOR).get(other).status_code == 404
    assert (
        world.sign_in(Role.ANALYST).get(address(world, "receive_data_drop", data_drop_id=council.pk)).status_code == 403
    )


def test_what_is_not_owed_says_why_and_takes_no_file(world: World) -> None:
    drop = get(world, "school-exclusions")
    drop_actions.waive_drop(drop=drop, reason="The county holds them", by=None)
    assert find_state(drop, date(2028, 1, 1)) == DropState.NOT_APPLICABLE
    with pytest.raises(RefusedError, match="not to apply"):
        send(world, GOOD, drop)
    drop_actions.restore_drop(drop=drop, reason="They are ours", by=None)
    send(world, GOOD, drop)
    with pytest.raises(RefusedError, match="has come already"):
        drop_actions.waive_drop(drop=get(world, "school-exclusions"), reason="No", by=None)


def test_the_duty_of_the_drops_is_settled_by_the_last_of_them(world: World) -> None:
    for drop in DataDrop.objects.filter(partnership=world.partnership).select_related("partnership"):
        one = read_standing(world.partnership, "data-drop", TODAY)
        assert one is not None
        assert one.due_on == date(2026, 12, 31)
        send(world, GOOD, drop)
    after = read_standing(world.partnership, "data-drop", date(2027, 2, 1))
    assert after is not None
    assert (after.state, after.due_on) == (DutyState.IN_TIME, None)


def test_reminders_are_sent_once_a_stage_and_counted(world: World) -> None:
    def go(day: date) -> int:
        rounds.remind_of_drops(world.partnership, day)
        return Message.objects.filter(template="data_drops_due", to=world.people[Role.CONTRIBUTOR].email).count()

    assert [go(TODAY), go(TODAY), go(date(2026, 12, 17)), go(date(2026, 12, 30)), go(date(2027, 1, 1))] == [
        1,
        1,
        2,
        2,
        3,
    ]
    assert get(world).reminders_count == 3
    last = Message.objects.filter(to=world.people[Role.COORDINATOR].email).first()
    assert last is not None
    assert set(last.facts) == {"count", "late", "due_on", "link"}
    send(world, GOOD)
    send(world, GOOD, get(world, "police-incidents"))
    assert go(date(2027, 2, 1)) == 3


def test_the_round_opens_and_reminds(db: None) -> None:
    world = make_world("birchmere")
    said = rounds.act_on_drops(datetime(2026, 11, 21, 6, tzinfo=UTC))
    assert said.startswith("5 data drops opened")
    assert rounds.act_on_drops(datetime(2026, 11, 21, 7, tzinfo=UTC)) == "0 data drops opened, 0 reminders queued"
    assert DataDrop.objects.filter(partnership=world.partnership).count() == 5


def test_a_former_agency_owes_for_the_quarters_in_which_it_sat(world: World) -> None:
    from wardmote.web.partnerships.models import Agency

    with writing(by=None, verb="test.left", partnership=world.partnership):
        seat = Agency.objects.get(partnership=world.partnership, organisation=world.police)
        seat.ended_on = date(2026, 12, 30)
        seat.save()
    drop_actions.open_quarters(partnership=world.partnership, today=date(2027, 1, 2) + timedelta(days=1), by=None)
    later = DataDrop.objects.filter(partnership=world.partnership, period="2026/27Q3")
    assert {one.organisation_id for one in later} == {world.council.pk}


# -- a file that should not have come -----------------------------------------------------------------------------
@pytest.mark.django_db(transaction=True)
def test_a_removed_file_is_gone_and_the_trail_knows_that_it_was_there(world: World) -> None:
    file = send(world, GOOD)
    place, remove = find_place(file.file.sha256), {"data_drop_id": file.drop_id, "drop_file_id": file.pk}
    assert place.exists()
    client = world.sign_in(Role.COORDINATOR)
    page = address(world, "data_drop", data_drop_id=file.drop_id)
    assert address(world, "remove_drop_file", **remove) in client.get(page).content.decode()
    answer = client.post(address(world, "remove_drop_file", **remove), {"reason": "It holds what may not be here"})
    assert (answer.status_code, place.exists()) == (302, False)
    assert client.get(address(world, "data_drop_file", **remove)).status_code == 404
    assert find_state(get(world), TODAY) == DropState.DUE
    text = client.get(page).content.decode()
    assert "It holds what may not be here" in text
    assert address(world, "remove_drop_file", **remove) not in text
    verbs = set(AuditEntry.objects.values_list("verb", flat=True))
    assert {"governance.data_drop_received", "governance.data_drop_file_removed"} <= verbs


@pytest.mark.django_db(transaction=True)
def test_the_earlier_file_counts_again_and_bytes_that_another_needs_stay(world: World) -> None:
    earlier, later = send(world, GOOD), send(world, GOOD)
    drop_removals.remove_drop_file(file=later, reason="Twice", by=world.people[Role.COORDINATOR])
    assert find_place(earlier.file.sha256).exists()
    (row,) = [one for one in describe_drops(list_drops(world.partnership), TODAY) if one.drop.pk == earlier.drop_id]
    assert row.file == earlier
    with pytest.raises(RefusedError, match="removed already"):
        drop_removals.remove_drop_file(file=later, reason="Again", by=world.people[Role.COORDINATOR])


def test_only_the_coordinator_and_who_brought_a_file_may_remove_it(world: World) -> None:
    file = send(world, GOOD)
    people = world.people
    assert can(people[Role.COORDINATOR], "governance.remove_drop_files", file)
    assert not can(people[Role.CONTRIBUTOR], "governance.remove_drop_files", file)
    file.received_by = people[Role.CONTRIBUTOR].pk
    assert can(people[Role.CONTRIBUTOR], "governance.remove_drop_files", file)
    assert not can(people[Role.READER], "governance.remove_drop_files", file)
