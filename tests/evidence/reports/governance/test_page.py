"""The papers as web pages: nothing that axe finds, no wider than a phone, letter and shape beside every colour."""

import re
from pathlib import Path

from evidence.reports.governance.test_accounts import ACCOUNTS
from support.browser import OpenPage, check_accessible, check_fits
from wardmote.evidence.interface import write_governance_report


def test_papers_fit_a_phone_and_have_no_fault_that_axe_finds(open_page: OpenPage, tmp_path: Path) -> None:
    page = open_page(width=320)
    for account in ACCOUNTS:
        out = tmp_path / f"{type(account).__name__}.html"
        write_governance_report(account, [out])
        page.goto(out.as_uri())
        check_fits(page)
        check_accessible(page)


def test_no_status_is_told_by_colour_alone(tmp_path: Path) -> None:
    for account in ACCOUNTS[:3]:
        out = tmp_path / "paper.html"
        write_governance_report(account, [out])
        marks = re.findall(r'<span class="mark \w+">(.*?)</span>', out.read_text(encoding="utf-8"))
        assert marks
        assert set(marks) <= {"R ■", "A ▲", "G ●", "–"}
