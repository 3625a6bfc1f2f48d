"""The files to take along: the same figures, what they are, and no cell that a spreadsheet would run."""

import csv
import io
import json
from typing import Any
from zipfile import ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from support.small_county import HERE
from wardmote.web.foundation.table_files import disarm_cell

ASKED = {"period": "2020-04..2021-04", "step": "month"}


def read_csv(answer: Any) -> tuple[dict[str, str], list[dict[str, str]]]:
    """The facts at the head, and the table."""
    lines = answer.content.decode("utf-8-sig").splitlines()
    facts = dict(row for row in csv.reader(line for line in lines if line.startswith("# ")))  # type: ignore[misc]
    return facts, list(csv.DictReader(line for line in lines if not line.startswith("# ")))


def test_a_csv_says_what_it_is_and_holds_every_month(ask: Any) -> None:
    answer = ask("burglary_rate/download/", format="csv", **ASKED)
    facts, rows = read_csv(answer)
    assert facts["# Indicator"] == "burglary_rate"
    assert facts["# Licence"] == "Open Government Licence v3.0"
    assert "Home Office" in facts["# Publisher"]
    assert facts["# Load 0002-test"]
    assert facts["# Definition version"] == "1"
    assert len(rows) == 13
    assert (rows[0]["numerator_count"], rows[0]["state"]) == ("26.0", "actual")
    assert (rows[-1]["value"], rows[-1]["state"]) == ("", "missing")
    assert "not loaded" in rows[-1]["reason"]
    assert answer["Content-Disposition"] == f'attachment; filename="burglary_rate_{HERE}_2020-04-to-2021-04.csv"'


def test_all_three_forms_hold_the_same_figures(ask: Any) -> None:
    _, rows = read_csv(ask("burglary_count/download/", format="csv", **ASKED))
    body = json.loads(ask("burglary_count/download/", format="json", **ASKED).content)
    book = CalamineWorkbook.from_filelike(io.BytesIO(ask("burglary_count/download/", format="xlsx", **ASKED).content))
    head, *cells = book.get_sheet_by_name("Figures").to_python()
    ids = [row["figure_id"] for row in rows]
    assert [f["id"] for f in body["figures"]] == ids
    assert [row[head.index("figure_id")] for row in cells] == ids
    values = [f["value"] for f in body["figures"]]
    assert [row["value"] and float(row["value"]) for row in rows] == [v if v is not None else "" for v in values]
    assert [row[head.index("value")] for row in cells] == [v if v is not None else "" for v in values]
    assert body["about"]["Title"] == "Burglary"


def test_no_cell_is_a_formula(ask: Any) -> None:
    asked = {"period": "2020-04..2020-05"}
    facts, _ = read_csv(ask("partner_visits_count/download/", format="csv", **asked))
    assert facts["# Title"] == "'=Visits to victims"
    packed = ZipFile(io.BytesIO(ask("partner_visits_count/download/", format="xlsx", **asked).content))
    sheets = [packed.read(name) for name in packed.namelist() if name.startswith("xl/worksheets/")]
    assert len(sheets) == 2
    assert not any(b"<f>" in sheet or b"<f " in sheet for sheet in sheets)


@given(st.text())
def test_no_text_begins_like_a_formula_and_none_is_lost(text: str) -> None:
    plain = disarm_cell(text)
    assert isinstance(plain, str)
    assert not plain.startswith(("=", "+", "-", "@", "\t", "\r", "\n"))
    assert plain.removeprefix("'") == text or plain == text


def test_a_partners_file_says_that_it_stays_in_the_partnership(ask: Any) -> None:
    facts, rows = read_csv(ask("partner_visits_count/download/", period="2020-04..2020-05", format="csv"))
    assert "must not be published" in facts["# Handling"]
    assert rows[0]["notes"] == "small number: do not publish"


@pytest.mark.parametrize("asked", [{"other_area": "Nowhere"}, {"other_period": "2010-11"}, {"split": "planet"}])
def test_what_was_asked_wrongly_gives_no_file(ask: Any, asked: dict[str, str]) -> None:
    answer = ask("burglary_count/download/", **asked)
    assert answer.status_code == 400
    assert "Content-Disposition" not in answer


def test_an_unknown_form_is_not_found(ask: Any) -> None:
    assert ask("burglary_count/download/", format="exe").status_code == 404
