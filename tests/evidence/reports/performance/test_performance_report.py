"""The written report: nothing lost, never a colour alone, the same bytes, and fit for every reader."""

import itertools
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from lxml import html
from python_calamine import CalamineWorkbook

from evidence.reports.performance.plans import Q2, build_plan, build_two_plans, indicator, judged, status
from support.browser import OpenPage, check_accessible, check_fits
from wardmote.evidence.model.errors import Fault, UsageError
from wardmote.evidence.reports.document import Chart, Section, Table, walk_document
from wardmote.evidence.reports.performance import build_performance_document, write_performance_report
from wardmote.evidence.reports.writers.files import unpack
from wardmote.evidence.reports.writers.html import render_html
from wardmote.evidence.reports.writers.write import write_element
from wardmote.evidence.sources.action_plan import read_plan
from wardmote.evidence.targets.assess import assess_plan
from wardmote.evidence.targets.plan import Plan

SHEETS = [
    "Raise", "Counts", "Exceptions", "Measures", "Targets changed", "Not reported", "Cannot be right", "All periods",
    "Notes",
]  # fmt: skip


@pytest.fixture(scope="module")
def page() -> Any:
    return html.fromstring(render_html(build_performance_document(*build_plan(), as_at=date(2024, 10, 31))))


def words_of(node: Any) -> str:
    return " ".join(node.text_content().split())


def test_sections_stand_in_the_order_of_a_meeting(page: Any) -> None:
    assert [words_of(node) for node in page.xpath("//main//h2")] == [
        "Summary", "Exceptions first", "Every measure, by priority", "Targets that changed", "Stopped or not reported",
        "Values that cannot be right", "Notes: how to read this report",
    ]  # fmt: skip
    levels = [int(node.tag[1]) for node in page.xpath("//main//*[self::h2 or self::h3 or self::h4]")]
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))


def test_counts_by_priority_add_up(page: Any) -> None:
    rows = [[words_of(cell) for cell in row] for row in page.xpath("//div[@id='status-counts']//tr")]
    assert rows == [
        ["Priority", "R ■ Red", "A ▲ Amber", "G ● Green", "– Grey", "Measures"],
        ["Priority 1: Safer streets", "2", "1", "1", "0", "4"],
        ["Priority 2: Homes", "0", "0", "0", "3", "3"],
        ["Whole plan", "2", "1", "1", "3", "7"],
    ]


def test_a_status_is_never_a_colour_alone(page: Any) -> None:
    marks = page.xpath("//span[starts-with(@class, 'mark')]")
    assert {(node.get("class"), node.text) for node in marks} == {
        ("mark red", "R ■"), ("mark amber", "A ▲"), ("mark green", "G ●"), ("mark grey", "–"),
    }  # fmt: skip
    said = {words_of(node.getnext()) for node in marks}
    assert {"Red", "Red; small numbers", "Grey: no figure reported", "Grey: measure stopped"} <= said


def test_every_measure_has_a_row_with_counts_movement_and_outlook(page: Any) -> None:
    rows = page.xpath("//section[@id='priorities']//div[@class='table']//tbody/tr")
    shown = {words_of(row[0]).split()[-1] if "," not in words_of(row[0]) else words_of(row[0]): row for row in rows}
    assert len(rows) == 7
    closed = [words_of(cell) for cell in shown["Cases closed 1.2, Police"]]
    assert closed[3] == f"72% {Q2}; 18 of 25"
    satisfied = [words_of(cell) for cell in shown["Victims satisfied 1.1, Council"]]
    assert satisfied[4:6] == ["70% 2024-25 Q1", "Down 10 points within noise"]
    assert [words_of(cell) for cell in shown["1.4"]][6] == "likely: about 9 in 10"


def test_a_measure_with_four_values_is_drawn() -> None:
    charts = [b for b in walk_document(build_performance_document(*build_plan())) if isinstance(b, Chart)]
    assert [chart.title for chart in charts] == ["Tips cleared"]
    assert "90" in charts[0].alt


def test_several_plans_are_parts_with_ids_of_their_own() -> None:
    document = build_performance_document(*build_two_plans())
    assert [section.title for section in document.sections[:2]] == ["Plan 2024-25", "Plan 2023-24"]
    ids = [block.id for block in walk_document(document) if isinstance(block, Section | Table)]
    assert len(ids) == len(set(ids))


def test_day_comes_from_the_values_and_never_from_a_clock() -> None:
    assert build_performance_document(*build_plan()).as_at.date() == date(2024, 9, 30)
    undated = Plan("Plan", (indicator("1", "Measure"),))
    with pytest.raises(UsageError, match="dated"):
        build_performance_document(undated, [judged("1")])


def test_rows_that_could_not_be_read_are_announced() -> None:
    plan, answers = build_plan()
    faulty = replace(plan, faults=(Fault("no title", "row 9", "words", "Name it."),))
    text = words_of(html.fromstring(render_html(build_performance_document(faulty, answers))))
    assert "1 part of the plan's file could not be read" in text
    assert "row 9: no title. Name it." in text


def test_an_empty_plan_and_an_unknown_ending_are_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no indicator"):
        build_performance_document(Plan("Plan", ()), [])
    with pytest.raises(UsageError, match="no known form"):
        write_performance_report(*build_plan(), tmp_path / "report.txt")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("form", ["html", "docx", "odt", "pdf", "xlsx"])
def test_same_plan_gives_the_same_bytes(tmp_path: Path, form: str) -> None:
    one, other = tmp_path / f"one.{form}", tmp_path / f"other.{form}"
    write_performance_report(*build_plan(), one)
    write_performance_report(*build_plan(), other)
    assert one.read_bytes() == other.read_bytes()


def test_word_document_lies_on_its_side_with_marked_statuses(tmp_path: Path) -> None:
    write_performance_report(*build_plan(), tmp_path / "report.docx")
    body = unpack((tmp_path / "report.docx").read_bytes())["word/document.xml"].decode()
    assert 'w:orient="landscape"' in body
    assert body.count('"StatusRed"') == 4  # two reds, in the exceptions and in their priority


def test_workbook_has_a_sheet_for_each_section_with_filters(tmp_path: Path) -> None:
    path = tmp_path / "report.xlsx"
    write_performance_report(*build_plan(), path)
    book = CalamineWorkbook.from_path(str(path))
    assert book.sheet_names == SHEETS
    parts = unpack(path.read_bytes())
    for place in range(1, len(SHEETS) + 1):
        assert b"<autoFilter" in parts[f"xl/worksheets/sheet{place}.xml"]


def test_flat_sheet_holds_every_period_with_numbers_as_numbers(tmp_path: Path) -> None:
    path = tmp_path / "report.xlsx"
    plan, answers = build_plan()
    write_performance_report(plan, answers, path)
    rows = CalamineWorkbook.from_path(str(path)).get_sheet_by_name("All periods").to_python(skip_empty_area=False)
    top = next(at for at, row in enumerate(rows) if row[0] == "Plan")
    told = rows[top + 1 :]
    assert len(told) == sum(len(answer.periods) for answer in answers)
    closed = dict(zip(rows[top], next(row for row in told if row[2] == "1.2" and row[8] == Q2), strict=True))
    assert (closed["Value"], closed["Target"], closed["x"], closed["of y"]) == (72, 80, 18, 25)
    assert (closed["Mark"], closed["Status"], closed["Small numbers"]) == ("R ■", "Red", "yes")


def test_a_status_set_by_a_person_shows_the_computed_one(tmp_path: Path) -> None:
    row = replace(status(Q2, "amber", 70), computed="red", why_code="override")
    plan = Plan("Plan", (indicator("1", "Measure"),))
    text = words_of(html.fromstring(render_html(
        build_performance_document(plan, [judged("1", row)], as_at=date(2024, 10, 1))
    )))  # fmt: skip
    assert "Amber; set by a person; computed red" in text


def test_a_table_alone_keeps_its_second_lines(tmp_path: Path) -> None:
    document = build_performance_document(*build_plan())
    write_element(document, "exceptions-table", tmp_path / "misses.csv")
    first = (tmp_path / "misses.csv").read_text(encoding="utf-8-sig").splitlines()[1]
    assert first.startswith('"Victims satisfied; 1.1, Council",R ■; Red,60%; 2024-25 Q2,')


def test_findings_are_parted_by_weight_and_name_their_check() -> None:
    tables = {b.id: b for b in walk_document(build_performance_document(*build_plan())) if isinstance(b, Table)}
    assert [cell.text for cell in tables["oddities-table-1"].rows[0]] == [
        "Tips cleared", "Printed percent differs", Q2, "Printed as 90%, but 8 of 10 is 80%.",
    ]  # fmt: skip
    assert "oddities-table-2" not in tables


@pytest.mark.realdata
def test_two_real_plans_are_reported_whole(shared_data: Path) -> None:
    plan = read_plan(shared_data / "medway" / "indicators.json")
    rows = tuple(row for row in plan.indicators if row.plan.startswith("medway_201"))
    plan = replace(plan, indicators=rows)
    answers = assess_plan(plan)
    document = build_performance_document(plan, answers)
    tables = {b.id: b for b in walk_document(document) if isinstance(b, Table)}
    measures = [row[0].detail for id_, table in tables.items() if "-measures-" in id_ for row in table.rows]
    assert sorted(measures) == sorted(row.id for row in rows)
    missed = {answer.id for answer in answers if answer.latest and answer.latest.status in ("red", "amber")}
    listed = {row[0].detail for id_, table in tables.items() if "exceptions" in id_ for row in table.rows}
    assert listed == missed
    assert [section.id for section in document.sections] == ["plan-2", "plan-1", "notes"]


@pytest.mark.browser
@pytest.mark.parametrize("width", [320, 1280])
def test_page_breaks_no_accessibility_rule_and_never_scrolls_sideways(
    open_page: OpenPage, tmp_path: Path, width: int
) -> None:
    write_performance_report(*build_two_plans(), tmp_path / "two.html")
    write_performance_report(*build_plan(), tmp_path / "one.html")
    page = open_page(width=width, bypass_csp=True)
    for name in ("two.html", "one.html"):
        page.goto((tmp_path / name).as_uri())
        check_fits(page)
        check_accessible(page)


@pytest.mark.browser
def test_rows_become_cards_on_a_telephone_and_stay_a_table_for_readers(open_page: OpenPage, tmp_path: Path) -> None:
    path = tmp_path / "report.html"
    write_performance_report(*build_plan(), path)
    page = open_page(width=320)
    page.goto(path.as_uri())
    table = page.locator("#exceptions-table table")
    assert table.locator("tr td").first.evaluate("cell => getComputedStyle(cell).display") == "grid"
    assert table.get_by_role("rowheader").count() == 3
    assert table.evaluate("table => table.parentElement.scrollWidth <= table.parentElement.clientWidth")
