"""A plan that a coordinator filled: workbook and flat CSV, with the slips that people make."""

import csv
import io
import zipfile
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from wardmote.evidence.model.errors import UnreadableInputError, UsageError, WardmoteError
from wardmote.evidence.sources.action_plan import read_plan, table_rows, write_template
from wardmote.evidence.sources.action_plan.columns import FLAT_COLUMNS, INDICATOR_COLUMNS, VALUE_COLUMNS, Column
from wardmote.evidence.sources.action_plan.template import defuse
from wardmote.evidence.targets import kinds as k
from wardmote.evidence.targets.plan import Indicator, Plan, Value

type Cells = dict[str, Any]

#: A row with its target in the typed columns.
ROW: Cells = {
    "id": "1.1", "title": "People satisfied", "polarity": "higher", "unit": "percent", "target": "80%",
    "target_kind": "threshold", "operator": "at least", "number": 80,
}  # fmt: skip


def write_book(path: Path, rows: Sequence[Cells], values: Sequence[Cells] = ()) -> Path:
    with xlsxwriter.Workbook(path) as book:
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        for name, columns, lines in (("Indicators", INDICATOR_COLUMNS, rows), ("Values", VALUE_COLUMNS, values)):
            sheet = book.add_worksheet(name)
            sheet.write_row(0, 0, [c.heading for c in columns])
            for number, line in enumerate(lines, start=1):
                for at, column in enumerate(columns):
                    cell = line.get(column.field, "")
                    sheet.write(number, at, cell, *([day] if isinstance(cell, date) else []))
    return path


def write_flat(path: Path, rows: Sequence[Cells], columns: Sequence[Column] = FLAT_COLUMNS) -> Path:
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    writer.writerow([c.heading for c in columns])
    writer.writerows([row.get(c.field, "") for c in columns] for row in rows)
    path.write_text(buffer.getvalue())
    return path


def read_book(tmp_path: Path, rows: Sequence[Cells], values: Sequence[Cells] = ()) -> Plan:
    return read_plan(write_book(tmp_path / "plan.xlsx", rows, values))


def read_row(tmp_path: Path, **cells: Any) -> Indicator:
    plan = read_book(tmp_path, [ROW | cells])
    assert plan.faults == ()
    return plan.indicators[0]


def read_values(tmp_path: Path, *values: Cells, unit: str = "percent") -> tuple[Value, ...]:
    plan = read_book(tmp_path, [ROW | {"unit": unit}], [{"id": "1.1", "period": "2025/26 Q1"} | v for v in values])
    assert plan.faults == ()
    return plan.indicators[0].values


# -- the template ---------------------------------------------------------------------------------------------
@pytest.mark.parametrize("name", ["plan.xlsx", "plan.csv"])
def test_template_reads_back_without_fault(tmp_path: Path, name: str) -> None:
    write_template(tmp_path / name)
    plan = read_plan(tmp_path / name)
    assert plan.faults == ()
    rows = {i.id: i for i in plan.indicators}
    assert sorted(rows) == ["1.1", "1.2", "1.3", "2.1", "2.2", "3.1", "3.2"]
    assert [len(i.values) for i in plan.indicators] == [2, 2, 1, 2, 2, 2, 1]
    earlier, later = rows["2.2"].targets
    assert (earlier.valid_to, later.valid_from) == (date(2025, 6, 30), date(2025, 7, 1))
    assert rows["1.1"].values[0].best == pytest.approx(41 / 52 * 100)


def test_both_templates_hold_the_same_plan(tmp_path: Path) -> None:
    plans = []
    for name in ("plan.xlsx", "plan.csv"):
        write_template(tmp_path / name)
        plans.append(read_plan(tmp_path / name))
    described = [[(i.id, i.title, i.targets, [v.best for v in i.values]) for i in p.indicators] for p in plans]
    assert described[0] == described[1]


def test_template_is_the_same_bytes_each_time(tmp_path: Path) -> None:
    for name in ("a.xlsx", "b.xlsx"):
        write_template(tmp_path / name)
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()


def test_template_offers_words_and_holds_the_headings_still(tmp_path: Path) -> None:
    write_template(tmp_path / "plan.xlsx")
    with zipfile.ZipFile(tmp_path / "plan.xlsx") as archive:
        sheet = archive.read("xl/worksheets/sheet2.xml").decode()
    assert '"higher,lower,contested,none"' in sheet.replace("&quot;", '"')
    assert 'state="frozen"' in sheet


def test_template_never_writes_over_a_file(tmp_path: Path) -> None:
    (tmp_path / "plan.csv").write_text("somebody's work")
    with pytest.raises(UsageError, match="already"):
        write_template(tmp_path / "plan.csv")
    with pytest.raises(UsageError, match="ending in"):
        write_template(tmp_path / "plan.ods")


@pytest.mark.parametrize("text", ["=1+1", "+44", "-5% on last year", "@here"])
def test_words_that_begin_like_a_formula_come_back_as_they_were(tmp_path: Path, text: str) -> None:
    plan = read_plan(write_flat(tmp_path / "plan.csv", [ROW | {"title": defuse(text)}]))
    assert plan.indicators[0].title == text


# -- targets --------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("cells", "target"),
    [
        ({}, k.Threshold(">=", 80, "percent")),
        ({"operator": "below", "number": 30}, k.Threshold("<", 30, "percent")),
        ({"operator": "", "polarity": "lower"}, k.Threshold("<=", 80, "percent")),
        (
            {"target_kind": "count per quarter", "number": 4, "target_unit": "talks"},
            k.CountPerPeriod(">=", 4, "talks", "quarter"),
        ),
        (
            {
                "target_kind": "reduction",
                "number": 5,
                "base_kind": "outturn",
                "base_value": 120,
                "base_period": "2024/25",
            },
            k.RelativeChange("decrease", 5, k.Base("outturn", 120, "2024/25", "percent")),
        ),
        ({"target_kind": "points", "number": 2}, k.PointsChange(2, k.Base("not_stated", unit="percent"))),
        ({"target_kind": "no increase", "number": ""}, k.NoChange("no_increase", k.Base("not_stated", unit="percent"))),
        ({"target_kind": "milestone", "number": "", "target": "Lamps lit"}, k.Milestone("Lamps lit")),
        ({"target_kind": "none", "number": "", "target": "awaited"}, k.NoTarget("awaited")),
        (
            {"target_kind": "share of a cohort", "number": 80, "target_unit": "Year 12"},
            k.CohortShare(">=", 80, "Year 12"),
        ),
    ],
)
def test_typed_columns_are_taken_in_place_of_the_words(tmp_path: Path, cells: dict[str, Any], target: k.Target) -> None:
    assert read_row(tmp_path, **cells).targets[0].target == target


WORDS: Cells = {"id": "1", "title": "Fly tips", "polarity": "lower", "unit": "count"}


@pytest.mark.parametrize(
    ("words", "columns"),
    [
        ("5% reduction", "'Base', 'Base value', 'Base period'"),
        ("100 visits", "'Target kind', 'Number'"),
        ("a kinder town", "'Target kind', 'Operator', 'Number'"),
    ],
)
def test_words_that_leave_a_question_open_name_the_column_to_answer_in(
    tmp_path: Path, words: str, columns: str
) -> None:
    plan = read_book(tmp_path, [WORDS | {"target": words}])
    assert plan.faults
    assert {f.severity for f in plan.faults} == {"warning"}
    assert any(columns in f.to_do for f in plan.faults)
    assert "sheet 'Indicators', row 2, column 'Target in words'" in plan.faults[0].where
    assert plan.indicators[0].targets[0].text == words


def test_base_column_answers_the_question_after_the_base(tmp_path: Path) -> None:
    plan = read_book(
        tmp_path,
        [WORDS | {"target": "5% reduction", "base_kind": "baseline", "base_value": 200, "base_period": "2024/25"}],
    )
    assert plan.faults == ()
    expected = k.RelativeChange("decrease", 5, k.Base("baseline", 200, "2024/25", "count"))
    assert plan.indicators[0].targets[0].target == expected


def test_row_without_a_target_has_none_and_is_no_fault(tmp_path: Path) -> None:
    plan = read_book(tmp_path, [WORDS])
    assert (plan.faults, plan.indicators[0].targets[0].target) == ((), k.NoTarget("not set"))


def test_rows_of_one_id_are_versions_of_its_target(tmp_path: Path) -> None:
    later = {
        "id": "1.1",
        "target_kind": "threshold",
        "number": 85,
        "valid_from": "01/10/2025",
        "reason_for_change": "new",
    }
    plan = read_book(tmp_path, [ROW | {"valid_to": date(2025, 9, 30)}, later])
    assert plan.faults == ()
    earlier, now = plan.indicators[0].targets
    assert (earlier.valid_to, now.valid_from) == (date(2025, 9, 30), date(2025, 10, 1))
    assert now.target == k.Threshold(">=", 85, "percent")
    assert now.reason_for_change == "new"


def test_versions_that_overlap_are_told(tmp_path: Path) -> None:
    later = {"id": "1.1", "target_kind": "threshold", "number": 85, "valid_from": "2025-10-01"}
    assert len(read_book(tmp_path, [ROW, later]).faults) == 1


# -- values ---------------------------------------------------------------------------------------------------
def test_counts_win_over_the_percentage_typed_beside_them(tmp_path: Path) -> None:
    cells = {"id": "1.1", "period": "2025/26 Q1", "value": 83, "numerator": 568, "denominator": 820}
    plan = read_book(tmp_path, [ROW], [cells])
    (value,) = plan.indicators[0].values
    assert (value.part, value.whole, value.printed_percent) == (568, 820, 83)
    assert value.best == pytest.approx(69.268, abs=0.001)
    (fault,) = plan.faults
    assert (fault.severity, fault.code) == ("warning", "printed_percent")


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ({"value": "85%"}, {"number": 85, "shape": "percent", "state": "actual"}),
        ({"value": "48 of 57"}, {"part": 48, "whole": 57, "shape": "x_of_y"}),
        ({"value": 12, "state": "provisional"}, {"number": 12, "state": "provisional"}),
        ({"missing_reason": "not due"}, {"number": None, "state": "not_due", "missing_reason": "not_due"}),
        ({"value": ":"}, {"number": None, "state": "missing", "note": ":"}),
        ({"value": "*"}, {"number": None, "state": "suppressed"}),
        ({"value": 3, "change_pct": -24, "change_base": "previous quarter"}, {"change_base": "previous quarter"}),
        ({"value": 0}, {"number": 0, "state": "actual"}),
        ({"value": 9, "stretch": "cumulative"}, {"basis": "cumulative"}),
        ({"value": 9, "narrative": "Late in May,\nthen on time"}, {"narrative": "Late in May,\nthen on time"}),
    ],
)
def test_value_is_read_as_it_was_filled(tmp_path: Path, cells: Cells, expected: dict[str, Any]) -> None:
    (value,) = read_values(tmp_path, cells)
    assert {name: getattr(value, name) for name in expected} == expected


@pytest.mark.parametrize(
    ("period", "start", "end"),
    [
        ("2014-15 Q3", date(2014, 10, 1), date(2014, 12, 31)),
        ("2014/15 Q3", date(2014, 10, 1), date(2014, 12, 31)),
        ("2021/22Q3", date(2021, 10, 1), date(2021, 12, 31)),
        ("Q4 2010-11", date(2011, 1, 1), date(2011, 3, 31)),
        ("2014", date(2014, 1, 1), date(2014, 12, 31)),
        (2014, date(2014, 1, 1), date(2014, 12, 31)),
        ("2014-07", date(2014, 7, 1), date(2014, 7, 31)),
        (date(2014, 7, 1), date(2014, 7, 1), date(2014, 7, 31)),
        ("2014-15 H2", date(2014, 10, 1), date(2015, 3, 31)),
        ("2014-15", date(2014, 4, 1), date(2015, 3, 31)),
        ("AY2014/15", date(2014, 9, 1), date(2015, 8, 31)),
        ("Jan-Sep 2014", date(2014, 1, 1), date(2014, 9, 30)),
    ],
)
def test_period_is_read_however_it_is_written(tmp_path: Path, period: Any, start: date, end: date) -> None:
    (value,) = read_values(tmp_path, {"period": period, "value": 1})
    assert (value.start, value.end) == (start, end)


def test_rows_of_parts_become_one_value(tmp_path: Path) -> None:
    (value,) = read_values(tmp_path, {"part": "day", "value": 94}, {"part": "evening", "value": 47})
    assert (value.shape, value.parts) == ("parts", (("day", 94.0), ("evening", 47.0)))


def test_parts_that_are_done_or_not_become_a_checklist(tmp_path: Path) -> None:
    parts = ({"part": "launched", "value": "yes"}, {"part": "evaluated", "value": "no"})
    (value,) = read_values(tmp_path, *parts, unit="milestone")
    assert (value.shape, value.checks) == ("checklist", (True, False))


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        ({"period": "2025/27 Q1"}, "period"),
        ({"period": "2010-11"}, "period"),
        ({"period": ""}, "period"),
        ({"value": "about 12"}, "number"),
        ({"value": "1e300"}, "number"),
        ({"value": -7}, "number"),
        ({"numerator": 4}, "counts"),
        ({"numerator": -4, "denominator": 9}, "counts"),
        ({"numerator": 4, "denominator": 1e9}, "counts"),
        ({"state": "guessed"}, "unknown_word"),
        ({"missing_reason": "because"}, "unknown_word"),
        ({"id": "9.9"}, "unknown_id"),
        ({"id": ""}, "unknown_id"),
    ],
)
def test_value_that_cannot_be_used_is_a_fault_with_its_cell(tmp_path: Path, cells: Cells, code: str) -> None:
    good = {"id": "1.1", "period": "2025/26 Q1", "value": 80}
    plan = read_book(tmp_path, [ROW], [good, good | cells])
    assert [f.code for f in plan.faults] == [code]
    assert "sheet 'Values', row 3, column" in plan.faults[0].where
    assert [v.number for v in plan.indicators[0].values] == [80]


@pytest.mark.parametrize(("second", "kept"), [(81, [80, 81]), (80, [80])])
def test_a_period_told_twice_is_a_fault_and_no_figure_is_preferred(
    tmp_path: Path, second: float, kept: list[float]
) -> None:
    told = {"id": "1.1", "period": "2025/26 Q1", "value": 80}
    plan = read_book(tmp_path, [ROW], [told, told | {"value": second}])
    assert [f.code for f in plan.faults] == ["doubled_value"]
    assert "sheet 'Values', row 3, column" in plan.faults[0].where
    assert [v.number for v in plan.indicators[0].values] == kept


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        ({"id": ""}, "missing_id"),
        ({}, "doubled_id"),
        ({"id": "2", "title": ""}, "title"),
        ({"id": "2", "polarity": "up"}, "unknown_word"),
        ({"id": "2", "number": "many"}, "number"),
        ({"id": "2", "number": ""}, "number"),
        ({"id": "2", "valid_from": "31/02/2025"}, "date"),
        ({"id": "2", "valid_from": "2025-05-01", "valid_to": "2025-04-01"}, "date"),
        ({"valid_from": "2025-05-01", "title": "Something else"}, "doubled_id"),
    ],
)
def test_row_that_cannot_be_used_is_a_fault_with_its_cell(tmp_path: Path, cells: Cells, code: str) -> None:
    plan = read_book(tmp_path, [ROW, ROW | cells])
    assert {f.code for f in plan.faults} == {code}
    assert "sheet 'Indicators', row 3, column" in plan.faults[0].where
    assert [i.id for i in plan.indicators] == ["1.1"]


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        ({"value": 0.85}, "fraction"),
        ({"numerator": 9, "denominator": 8}, "counts"),
        ({"numerator": 0, "denominator": 0}, "counts"),
        ({"state": "provisional"}, "no_value"),
    ],
)
def test_odd_value_is_kept_and_warned_of(tmp_path: Path, cells: Cells, code: str) -> None:
    plan = read_book(tmp_path, [ROW], [{"id": "1.1", "period": "2025/26 Q1"} | cells])
    assert [(f.code, f.severity) for f in plan.faults] == [(code, "warning")]
    assert len(plan.indicators[0].values) == 1


def test_column_that_is_not_known_is_told(tmp_path: Path) -> None:
    columns = (*FLAT_COLUMNS, Column("x", "Naratives", ""))
    plan = read_plan(write_flat(tmp_path / "plan.csv", [ROW], columns))
    assert [(f.code, f.severity) for f in plan.faults] == [("unknown_column", "warning")]
    assert "Naratives" in plan.faults[0].found


# -- files ----------------------------------------------------------------------------------------------------
def test_workbook_without_the_sheets_is_unreadable(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(tmp_path / "plan.xlsx") as book:
        book.add_worksheet("Sheet1")
    with pytest.raises(UnreadableInputError, match="there is no sheet 'Indicators'"):
        read_plan(tmp_path / "plan.xlsx")


def test_csv_without_the_headings_is_unreadable(tmp_path: Path) -> None:
    (tmp_path / "plan.csv").write_text("a,b\n1,2\n")
    with pytest.raises(UnreadableInputError, match="the headings are not there"):
        read_plan(tmp_path / "plan.csv")


def test_workbook_that_unpacks_beyond_all_measure_is_refused_unread(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(table_rows, "LARGEST_UNPACKED", 1_000_000)
    with zipfile.ZipFile(tmp_path / "plan.xlsx", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 2_000_000)
    with pytest.raises(UnreadableInputError, match="too large"):
        read_plan(tmp_path / "plan.xlsx")


@pytest.mark.parametrize("name", ["plan.xlsx", "plan.csv", "plan.json"])
def test_file_that_is_not_there_is_unreadable(tmp_path: Path, name: str) -> None:
    with pytest.raises(UnreadableInputError, match="no such file"):
        read_plan(tmp_path / name)


CELL = st.sampled_from(
    ["", "1.1", "1", "=1+1", "5 of 0", "0", "-3", "1e400", "2025/26 Q1", "2025/26 H3", "threshold", "reduction", "day",
     "missing", "yes", "percent", "milestone", "2025-02-30", "lower", "nan", "'=x", "0000-01", "1899-12 to 1900-01"]
) | st.text(max_size=6)  # fmt: skip


@given(rows=st.lists(st.dictionaries(st.sampled_from([c.field for c in FLAT_COLUMNS]), CELL), max_size=5))
def test_whatever_a_table_holds_is_read_or_gathered(
    tmp_path_factory: pytest.TempPathFactory, rows: list[dict[str, str]]
) -> None:
    path = tmp_path_factory.mktemp("plan") / "plan.csv"
    try:
        read_plan(write_flat(path, [dict(ROW), *({"target_kind": "none"} | row for row in rows)]))
    except UnreadableInputError as error:
        pytest.fail(f"one bad row must not cost the file: {error}")
    except UnicodeEncodeError:
        pytest.skip("half a surrogate pair cannot be in a file")


@given(content=st.binary(max_size=200), name=st.sampled_from(["plan.csv", "plan.xlsx"]))
def test_random_bytes_are_an_error_and_never_a_crash(
    tmp_path_factory: pytest.TempPathFactory, content: bytes, name: str
) -> None:
    path = tmp_path_factory.mktemp("plan") / name
    path.write_bytes(content)
    with pytest.raises(WardmoteError):
        read_plan(path)


@given(at=st.integers(0, 20_000), content=st.binary(min_size=1, max_size=8))
def test_damaged_workbook_is_read_or_an_error(
    tmp_path_factory: pytest.TempPathFactory, at: int, content: bytes
) -> None:
    path = write_book(
        tmp_path_factory.mktemp("plan") / "plan.xlsx", [ROW], [{"id": "1.1", "period": "2025", "value": 1}]
    )
    body = bytearray(path.read_bytes())
    at %= len(body)
    body[at : at + len(content)] = content
    path.write_bytes(bytes(body))
    try:
        assert isinstance(read_plan(path), Plan)
    except WardmoteError as error:
        assert error.exit_code == 3  # noqa: PT017 - either answer is right, a crash is not


@pytest.mark.parametrize("unit", ["percent", ""])
@pytest.mark.parametrize(
    ("typed", "found", "to_do"),
    [
        ("'=1+1", "is a formula", "Write the number that the formula comes to"),
        ("85,5", "has a comma as its decimal sign", "Write 85.5"),
        ("1.234,5", "has a comma as its decimal sign", "Write 1234.5"),
        ("NaN", "is not a number", "leave the place empty"),
    ],
)
def test_a_usual_slip_in_a_number_is_named_with_what_to_write(
    tmp_path: Path, typed: str, found: str, to_do: str, unit: str
) -> None:
    plan = read_book(tmp_path, [ROW | {"unit": unit}], [{"id": "1.1", "period": "2025/26 Q1", "value": typed}])
    (fault,) = plan.faults
    assert fault.code == "number"
    assert found in fault.found
    assert to_do in fault.to_do


@pytest.mark.parametrize("typed", ["85.5", "1,234", "12,345,678", "85.5%"])
def test_a_number_as_the_british_write_it_is_no_slip(tmp_path: Path, typed: str) -> None:
    plan = read_book(tmp_path, [ROW | {"unit": "count"}], [{"id": "1.1", "period": "2025/26 Q1", "value": typed}])
    assert plan.faults == ()
