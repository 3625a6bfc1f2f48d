"""The duty calendar alarms: somebody sees it among what waits, writes down what was done, and the alarm is gone."""

from datetime import UTC, datetime

import pytest

from journeys.web.conftest import Site

_DUTY = "Accessibility statement of the partnership's pages"


@pytest.mark.parametrize("served", ["by keyboard at 320 px"], indirect=True)
def test_overdue_duty_alarms_until_it_is_written_down_as_done(site: Site) -> None:
    bram = site.sign_in("bram.zellick")
    bram.go("/p/zellmouth/")
    bram.press("1 duty overdue")
    bram.press(_DUTY)
    bram.reads("Overdue", "general knowledge, confirm")
    bram.press("Write down that it was done")
    bram.type_date("Done on", datetime.now(UTC).date())
    bram.type_into("What shows it", "Statement, looked at with the web team")
    bram.press("Save")
    bram.reads("In time", "Statement, looked at with the web team")
    bram.go("/p/zellmouth/")
    assert "duty overdue" not in bram.page.inner_text("main")
