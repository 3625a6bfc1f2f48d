"""A file of a data drop: measured where it is depersonalised, refused whole where somebody could be known."""

from datetime import date
from pathlib import Path

import pytest

from wardmote.evidence.definitions.duties import list_drop_categories
from wardmote.evidence.model.drops import DropReading
from wardmote.evidence.model.errors import UnreadableInputError
from wardmote.evidence.sources.drops import read_drop
from wardmote.evidence.sources.partner import IdentifyingDataError

INCIDENTS = next(one for one in list_drop_categories() if one.id == "police-incidents")


def read(folder: Path, text: str) -> DropReading:
    path = folder / "drop.csv"
    path.write_text(text, encoding="utf-8")
    return read_drop(path, INCIDENTS, first_day=date(2026, 7, 1), last_day=date(2026, 9, 30), name="the file")


def test_quality_counts_rows_months_blanks_and_what_lies_outside(tmp_path: Path) -> None:
    found = read(
        tmp_path,
        "Incidents of the quarter,,,\nDate,Hour,Ward,Category\n01/07/2026,14,Zell East,Noise\n2026-09-30,,Zell West,\n"
        "05/10/2026,2,,Noise\n,3,Zell East,Noise\n",
    )
    assert found == DropReading(
        rows_count=4, rows_by_month={"2026-07": 1, "2026-09": 1}, outside_count=1, undated_count=1,
        blanks={"date": 1, "time": 1, "place": 1, "kind": 1},
    )  # fmt: skip


def test_a_prescribed_column_that_is_not_there_is_said(tmp_path: Path) -> None:
    assert read(tmp_path, "Date,Ward\n2026-07-01,Zell East\n").blanks == {
        "date": 0, "time": None, "place": 0, "kind": None,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("heading", "cell", "kind"),
    [
        ("Victim name", "A B", "names"), ("Date of birth", "1980-01-01", "dates of birth"),
        ("Place", "CT1 2AB", "full postcodes"), ("Note", "07700 900123", "phone numbers"),
        ("Note", "somebody@example.org", "e-mail addresses"),
    ],
)  # fmt: skip
def test_identifying_columns_are_refused_with_where_they_stand(
    tmp_path: Path, heading: str, cell: str, kind: str
) -> None:
    with pytest.raises(IdentifyingDataError) as error:
        read(tmp_path, f"Date,Category,{heading}\n2026-07-01,Noise,\n2026-07-02,Noise,{cell}\n")
    said = " ".join(str(fault) for fault in error.value.faults)
    assert kind in said
    assert "row" in said
    assert cell not in said


def test_a_file_without_headings_is_refused_and_still_looked_at_for_people(tmp_path: Path) -> None:
    with pytest.raises(UnreadableInputError, match="no heading names a date"):
        read(tmp_path, "Zell East,12\nZell West,13\n")
    with pytest.raises(IdentifyingDataError):
        read(tmp_path, "Zell East,a@example.org\nZell West,b@example.org\nZell North,c@example.org\n")


def test_headings_alone_say_that_nothing_happened_and_another_quarter_is_refused(tmp_path: Path) -> None:
    assert read(tmp_path, "Date,Ward,Category\n").rows_count == 0
    for day in ("2026-10-01", "soon"):
        with pytest.raises(UnreadableInputError, match="no row is dated within the quarter"):
            read(tmp_path, f"Date,Ward,Category\n{day},Zell East,Noise\n")
