"""The sample's duties and drops: a year as it is, with what a newcomer should see go wrong."""

import time

import pytest

from support.web.world import TODAY, make_world
from wardmote.web.foundation.writes import writing
from wardmote.web.governance.duties.calendar import read_calendar
from wardmote.web.governance.duties.drops import describe_drops, list_drops
from wardmote.web.governance.duties.states import DropState, DutyState
from wardmote.web.partnerships.models import Agency, Organisation
from wardmote.web.project.sample_duties import load_duties


@pytest.mark.django_db
def test_sample_has_duties_overdue_and_never_done_a_drop_missing_and_one_late() -> None:
    partnership = make_world("zellmouth").partnership
    with writing(by=None, verb="test.seated", partnership=partnership):
        for kind in ("fire", "health"):
            body = Organisation.objects.create(name=f"Zellmouth {kind}", kind=kind)
            Agency.objects.create(partnership=partnership, organisation=body, standing="responsible")
    started = time.process_time()
    load_duties(partnership, by=None, today=TODAY)
    assert time.process_time() - started < 3
    states = {one.terms.key: one.state for one in read_calendar(partnership, TODAY)}
    assert states["domestic-abuse-report"] == DutyState.NEVER
    assert states["accessibility-statement"] == states["data-drop"] == DutyState.OVERDUE
    assert states["protection-order-end"] == DutyState.SOON
    assert states["young-person-order-review"] == DutyState.NOT_APPLICABLE
    rows = describe_drops(list_drops(partnership), TODAY)
    assert len({row.drop.period for row in rows}) == 4
    assert [row.drop.category for row in rows if row.state == DropState.MISSING] == ["school-exclusions"]
    assert [row.drop.category for row in rows if row.state == DropState.LATE] == ["fire-incidents"]
    assert ["60% fewer rows than the last one, which had 60"] in [row.flags for row in rows]
