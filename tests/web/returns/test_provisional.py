"""A number that is not the last word on its quarter: ticked, kept through every step, and said wherever it is shown."""

from io import BytesIO

import pytest
from django.urls import reverse
from python_calamine import CalamineWorkbook

from support.web.world import World, make_world
from wardmote.web.partnerships.states import Role
from wardmote.web.project.exports_returns import COLUMNS, read_return_rows
from wardmote.web.returns.actions.drafts import save_draft
from wardmote.web.returns.models import Return
from wardmote.web.returns.owing import list_owed
from wardmote.web.returns.past import read_pasts
from wardmote.web.returns.workbooks.layout import FIRST_ROW
from wardmote.web.returns.workbooks.reading import _read_tick
from wardmote.web.returns.workbooks.writing import write_workbook

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return make_world("ashmere")


def read(world: World) -> Return:
    return Return.objects.select_related("version", "indicator").get(pk=world.returns["P1-1"].pk)


def test_ticked_number_stays_provisional_from_draft_to_dashboard(world: World) -> None:
    contributor, lead = world.sign_in(Role.CONTRIBUTOR), world.sign_in(Role.LEAD)
    address = reverse("show_return", args=["ashmere", read(world).pk])
    typed = {"numerator": "45", "denominator": "60", "provisional": "on", "what_happened": "Two teams are late.",
             "reason": "Checked.", "draft_version": "0"}  # fmt: skip
    contributor.post(address, typed | {"action": "save"})
    assert read(world).draft["provisional"] == "yes"
    assert 'name="provisional" type="checkbox" value="on" checked' in contributor.get(address).content.decode()

    contributor.post(address, typed | {"action": "submit", "draft_version": "1"})
    version = read(world).version
    assert version is not None
    assert version.value["state"] == "provisional"
    lead.post(reverse("sign_off_return", args=["ashmere", read(world).pk]), {"version": str(version.pk)})
    assert read(world).state == "signed_off"

    indicator = reverse("indicator", args=["ashmere", read(world).indicator_id])
    assert "45 of 60 (75%) (provisional)" in lead.get(address).content.decode()
    assert "Provisional: a final figure follows" in lead.get(reverse("dashboard", args=["ashmere"])).content.decode()
    assert "75% (provisional)" in lead.get(indicator).content.decode()
    rows = [dict(zip(COLUMNS, row, strict=True)) for row in read_return_rows(world.partnership)]
    assert [row["state"] for row in rows] == ["provisional"]


def test_tick_stands_in_the_workbook_and_no_takes_it_away(world: World) -> None:
    ret = read(world)
    save_draft(
        ret=ret, fields={"numerator": "45", "provisional": "yes"}, number=0, by=world.people[Role.CONTRIBUTOR]
    )  # fmt: skip
    owed = next(one for one in list_owed(world.partnership) if one.organisation == world.police)
    book = CalamineWorkbook.from_filelike(BytesIO(write_workbook(owed, read_pasts(owed.returns))))
    rows = book.get_sheet_by_name("returns").to_python(skip_empty_area=False)
    column = rows[FIRST_ROW - 1].index("Provisional (yes or no)")
    assert [row[column] for row in rows[FIRST_ROW:][:2]] == ["yes", ""]
    ticked = read(world)
    assert [_read_tick(ticked, word)[0] for word in ("Yes", "no")] == ["yes", ""]
    assert _read_tick(ticked, "perhaps") == (None, "“perhaps” is neither yes nor no")
    ticked.draft = {}
    assert _read_tick(ticked, "no") == (None, "")


def test_what_is_answered_without_a_number_has_no_tick(world: World) -> None:
    ret = read(world)
    ret.indicator.shape = "status"
    assert _read_tick(ret, "yes") == (None, "only a number can be provisional")
