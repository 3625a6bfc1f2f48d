"""The annotated report: marks where the claims stand, nothing of the text lost, safe and usable in a browser."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from support.browser import OpenPage, check_accessible, check_fits
from wardmote.evidence.claims.check import Checked, check_documents
from wardmote.evidence.claims.model import Claim, Quantity
from wardmote.evidence.claims.reading import read_text
from wardmote.evidence.claims.text import Block, Place, TextDocument
from wardmote.evidence.model.errors import UsageError
from wardmote.evidence.reports.checked import render_checked_report, write_checked_report
from wardmote.evidence.reports.checked.marks import cut_blocks, number_claims
from wardmote.evidence.reports.checked.page import show_quantity

REPORT = """
# Safer Northmarsh

Of those seen, 19% (15 of 52 young people) came back. Of the next group 35% (15 of 43) did.

| Row | Text |
|---|---|
| Level of crime | 12,480 recorded crimes |
| Annual change | 9% increase, 820 additional offences |
"""


def check(text: str) -> Checked:
    return check_documents([read_text(text, name="report.md", format="md")])


def make_claim(start: int, end: int, verdict: str = "ok") -> Claim:
    place = Place("a.md", line=1, paragraph=0, start=start, end=end)
    return Claim(place, "", "count", verdict, "", "plain")  # type: ignore[arg-type]


def test_accusations_come_first_worst_first() -> None:
    numbered = number_claims([make_claim(0, 1, "ok"), make_claim(1, 2, "imprecise"), make_claim(2, 3, "wrong")])
    assert [(one.number, one.claim.verdict) for one in numbered] == [(1, "wrong"), (2, "imprecise"), (3, "ok")]


@given(st.text(max_size=60), st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), max_size=8))
def test_stretches_joined_are_the_text(text: str, spans: list[tuple[int, int]]) -> None:
    block = Block("paragraph", text, Place("a.md", line=1, paragraph=0))
    claims = number_claims([make_claim(start, end) for start, end in spans])
    stretches = cut_blocks(TextDocument("a.md", "md", (block,)), claims)[id(block)]
    assert "".join(stretch.text for stretch in stretches) == text


def test_overlapping_marks_keep_the_worse() -> None:
    block = Block("paragraph", "a 19% of it", Place("a.md", line=1, paragraph=0))
    claims = number_claims([make_claim(2, 5, "ok"), make_claim(0, 6, "wrong")])
    marked = [s for s in cut_blocks(TextDocument("a.md", "md", (block,)), claims)[id(block)] if s.claim]
    assert [stretch.text for stretch in marked] == ["a 19% "]


def test_page_says_what_was_printed_and_what_comes_out() -> None:
    page = render_checked_report(check(REPORT))
    for said in ("15 of 52 is 28.8%", "share 19%", "share 28.85%", "line 4", 'class="claim wrong"'):
        assert said in page, said


def test_page_is_the_same_twice() -> None:
    assert render_checked_report(check(REPORT)) == render_checked_report(check(REPORT))


def test_hostile_text_stays_text() -> None:
    page = render_checked_report(
        check('<p>5 of 9 (12%) <script>alert("x")</script> {{ 7*7 }}</p>\n\n"><img src=x onerror=y> 3 of 4 (9%)')
    )
    assert "<script" not in page
    assert "<img" not in page
    assert "default-src 'none'" in page


def test_nothing_accused_is_said() -> None:
    assert "Nothing is accused" in render_checked_report(check("35% (15 of 43) came back."))


def test_other_endings_are_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"ends in \.html"):
        write_checked_report(check(REPORT), tmp_path / "report.docx")


@pytest.mark.parametrize(
    ("quantity", "said"),
    [
        (Quantity(278542, "residents", "population"), "population 278,542 residents"),
        (Quantity(1362645, "£", "amount"), "amount £1,362,645"),
        (Quantity(201801, "year-month", "published"), "published January 2018"),
        (Quantity(2016, "year", "break named"), "break named 2016"),
        (Quantity(0.4, "points", "gap"), "gap 0.4 points"),
        (Quantity(0.0, "", "significant"), "no significant change"),
        (Quantity(0.0312, "", "p_value"), "p = 0.031"),
    ],
)
def test_quantity_reads_as_a_person_writes_it(quantity: Quantity, said: str) -> None:
    assert show_quantity(quantity) == said


@pytest.mark.browser
@pytest.mark.parametrize("width", [320, 1280])
def test_page_in_a_browser(tmp_path: Path, open_page: OpenPage, width: int) -> None:
    write_checked_report(check(REPORT), tmp_path / "checked.html")
    page = open_page(width=width, bypass_csp=True)
    page.goto((tmp_path / "checked.html").as_uri())
    check_accessible(page)
    check_fits(page)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to what to look at"
    page.locator("#claim-1 .back a").press("Enter")
    assert page.evaluate("location.hash") == "#mark-1"
    page.locator("#mark-1 a").press("Enter")
    assert page.evaluate("location.hash") == "#claim-1"
    assert page.complaints == []
