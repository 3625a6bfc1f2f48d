"""The coordinator runs a quarter: opens one, puts a due date off, chases; an agency returns by workbook."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from wardmote.web.foundation.clock import read_today
from wardmote.web.returns.workbooks.layout import FIXED

pytestmark = pytest.mark.browser
FIRST_BOX = len(FIXED)


def test_coordinator_opens_a_quarter_puts_off_a_date_and_chases(site: Any) -> None:
    bram = site.sign_in("bram.zellick")
    bram.press("Returns")
    site.photograph(bram, "returns")
    bram.press("All quarters")
    bram.press("Open a quarter")
    bram.tick("[name=period]")
    bram.press("Open the quarter")
    bram.reads("Open")
    bram.press("Put off a due date")
    bram.choose("Agency", "Zellmouth Youth Justice Service")
    bram.type_date("New due date", read_today() + timedelta(days=100))
    bram.type_into("Reason", "The case system is being changed.")
    bram.press("Put off", role="button")
    bram.reads("Other due dates", "The case system is being changed.")
    site.photograph(bram, "quarter")
    bram.press("Returns")
    bram.press("Who is late")
    site.photograph(bram, "chase")


def test_reminder_tells_nobody_a_name_or_a_figure(site: Any) -> None:
    """In the sample nobody is written to, unless they ask for it as Hamza does here."""
    hamza = site.sign_in("hamza.zickell")
    hamza.go("/account/change/")
    hamza.tick("Tell me by e-mail what waits for me, once a day at most")
    hamza.press("Save")
    before = len(site.read_mail())
    bram = site.sign_in("bram.zellick")
    bram.go("/p/zellmouth/returns/chase/")
    bram.press("Chase now Zellmouth Probation")
    bram.reads("Zellmouth Probation")
    mail = site.wait_for_mail("hamza.zickell", after=before)
    body = mail.split("\n\n", 1)[1]
    assert "/p/zellmouth/returns/" in body
    assert not [private for private in ("Hamza", "Zickell", "reoffended", "%") if private in body]


def fill_workbook(source: Path, target: Path, typed: dict[str, tuple[Any, ...]]) -> None:
    """The same sheets again with figures typed into the rows of these indicators."""
    import xlsxwriter
    from python_calamine import CalamineWorkbook

    with xlsxwriter.Workbook(target) as copy:
        read = CalamineWorkbook.from_path(source)
        for name in read.sheet_names:
            sheet = copy.add_worksheet(name)
            rows = read.get_sheet_by_name(name).to_python(skip_empty_area=False)
            for at, row in enumerate(rows):
                cells = list(row[:40])
                figures = typed.get(str(cells[1]), ()) if len(cells) > 1 else ()
                cells[FIRST_BOX : FIRST_BOX + len(figures)] = figures
                sheet.write_row(at, 0, cells)


def test_agency_returns_by_workbook(site: Any, tmp_path: Path) -> None:
    iris = site.sign_in("iris.zolland")
    iris.press("Enter ")
    workbook = iris.download("Download as a workbook")
    filled = tmp_path / "returns.xlsx"
    fill_workbook(workbook, filled, {"4.5": (14, 20), "4.8": (31,)})
    iris.press("Send a workbook back")
    iris.attach("Workbook", filled)
    iris.press("Read the workbook")
    iris.stands_at("What the workbook would enter")
    site.photograph(iris, "workbook")
    iris.press("Enter these as drafts")
    iris.go("/p/zellmouth/returns/owed/")
    iris.reads("ready to be submitted")
