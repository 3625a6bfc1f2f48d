"""The English indices of deprivation."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from support.official_tables import load, write_workbook
from wardmote.evidence.model.errors import UnreadableInputError
from wardmote.evidence.sources.imd import AREAS_RANKED, decile_of, parse_heading

ALL = "SELECT edition, area_set, lsoa_code, domain, decile, rank, score FROM deprivation ORDER BY ALL"
FILE_7 = [
    "LSOA code (2021)", "LSOA name (2021)", "Local Authority District code (2024)",
    "Index of Multiple Deprivation (IMD) Score", "Index of Multiple Deprivation (IMD) Rank (where 1 is most deprived)",
    "Index of Multiple Deprivation (IMD) Decile (where 1 is most deprived 10% of LSOAs)",
    "Income Deprivation Affecting Children Index (IDACI) Rank (where 1 is most deprived)",
    "Education, Skills and Training Rank (where 1 is most deprived)",
    "Children and Young People Sub-domain Rank (where 1 is most deprived)",
]  # fmt: skip


def test_file_7_of_2025_gives_index_and_domains_but_no_sub_domains(tmp_path: Path) -> None:
    path = tmp_path / "File_7_IoD2025_All_Ranks_Scores_Deciles.csv"
    quoted = ",".join(f'"{h}"' for h in FILE_7)
    path.write_text(f'{quoted}\nE01016016,Medway 015A,E06000035,43.088,"3,801",2,5000,7773,9\n', encoding="utf-8-sig")
    loaded = load("imd", path, tmp_path)
    assert loaded.ask(ALL) == [
        ("IMD 2025", "lsoa@2021", "E01016016", "education", 3, 7773, None),
        ("IMD 2025", "lsoa@2021", "E01016016", "imd", 2, 3801, 43.088),
    ]


def test_file_1_and_file_2_of_2019_complete_each_other(tmp_path: Path) -> None:
    area = ["LSOA code (2011)", "LSOA name (2011)", "Local Authority District code (2019)"]
    imd = [*area, "Index of Multiple Deprivation (IMD) Rank", "Index of Multiple Deprivation (IMD) Decile"]
    crime = [*area, "Crime Rank (where 1 is most deprived)", "Crime Decile (where 1 is most deprived 10% of LSOAs)"]
    medway = ["E01016016", "Medway 015A", "E06000035"]
    paths = [
        write_workbook(tmp_path / "File_1.xlsx", {"Notes": [["Notes"]], "IMD2019": [imd, [*medway, 6597, 3]]}),
        write_workbook(tmp_path / "File_2.xlsx", {"IoD2019 Domains": [crime, [*medway, 1851, 1]]}),
    ]
    loaded = load("imd", paths, tmp_path)
    assert loaded.ask(ALL) == [
        ("IMD 2019", "lsoa@2011", "E01016016", "crime", 1, 1851, None),
        ("IMD 2019", "lsoa@2011", "E01016016", "imd", 3, 6597, None),
    ]


@pytest.mark.parametrize(
    ("name", "heading", "edition"),
    [
        ("imd2015.csv", "lsoa11_code,IMD_rank", "IMD 2015"),
        ("index.csv", "lsoa11_code,lad13_code,IMD_rank", "IMD 2015"),
        ("index.csv", "LSOA code (2011),Local Authority District code (2019),IMD_rank", "IMD 2019"),
        ("index.csv", "lsoa21_code,IMD_rank", "IMD 2025"),
    ],
)
def test_index_is_told_from_name_or_headings(tmp_path: Path, name: str, heading: str, edition: str) -> None:
    middle = "E06000035," if heading.count(",") == 2 else ""
    (tmp_path / name).write_text(f"{heading}\nE01016016,{middle}6597\n")
    assert load("imd", tmp_path / name, tmp_path).one("SELECT edition FROM deprivation") == edition


def test_index_that_nothing_tells_is_not_guessed_but_may_be_told(tmp_path: Path) -> None:
    (tmp_path / "index.csv").write_text("lsoa11_code,IMD_rank\nE01016016,6597\n")
    with pytest.raises(UnreadableInputError, match="which index of deprivation"):
        load("imd", tmp_path / "index.csv", tmp_path)
    assert load("imd", tmp_path / "index.csv", tmp_path, edition="2019").one("SELECT decile FROM deprivation") == 3


def test_impossible_ranks_and_foreign_codes_are_kept_aside(tmp_path: Path) -> None:
    path = tmp_path / "imd2019.csv"
    path.write_text(
        "lsoa11_code,IMD_rank,IMD_decile\nE01016016,6597,3\nE01016017,40000,10\nW01000001,5,1\nE01016018,5.5,1\n"
        "E01016016,6597,3\n\nSource: MHCLG\n"
    )
    loaded = load("imd", path, tmp_path)
    reasons = {line: reason for _, line, reason in loaded.refused()}
    assert reasons == {
        3: "the rank of 'imd' is not one of the index of 2019",
        4: "the row has no code of an English small area (E01…)",
        5: "the rank of 'imd' is not one of the index of 2019",
        6: "the area stands twice",
    }
    assert len(loaded.ask(ALL)) == 1


def test_deciles_turned_round_are_a_fault(tmp_path: Path) -> None:
    (tmp_path / "imd2019.csv").write_text("lsoa11_code,IMD_rank,IMD_decile\nE01016016,10,10\nE01016017,32000,1\n")
    assert "2 deciles of 'imd' are not those of their ranks" in load("imd", tmp_path / "imd2019.csv", tmp_path).said()


def test_headings_of_other_indices_are_left_alone() -> None:
    for heading in (
        "Income Deprivation Affecting Older People (IDAOPI) Score (rate)",
        "Indoors Sub-domain Rank",
        "IMD",
    ):
        assert parse_heading(heading) is None
    assert parse_heading("Barriers to Housing and Services Score") == ("housing", "score")
    assert parse_heading("Income Score (rate)") == ("income", "score")


@given(st.sampled_from(sorted(AREAS_RANKED)), st.data())
def test_decile_is_the_tenth_that_the_rank_lies_in(edition: int, data: st.DataObject) -> None:
    areas = AREAS_RANKED[edition]
    rank = data.draw(st.integers(1, areas))
    slow = next(tenth for tenth in range(1, 11) if rank < tenth * areas / 10 + 0.1)
    assert decile_of(rank, edition) == slow


@pytest.mark.realdata
def test_real_medway_deciles_are_the_published_ones(tmp_path: Path, shared_data: Path) -> None:
    loaded = load("imd", shared_data / "imd", tmp_path)
    (tmp_path / "medway.csv").write_text((shared_data / "geography/lookup_lsoa11_ltla21_kent.csv").read_text())
    medway = f"SELECT lsoa11_code FROM '{tmp_path / 'medway.csv'}' WHERE ltla21_code = 'E06000035'"
    spread = loaded.ask(
        "SELECT decile, count(*) FROM deprivation WHERE edition = 'IMD 2019' AND domain = 'imd' "
        f"AND lsoa_code IN ({medway}) GROUP BY 1 ORDER BY 1"
    )
    assert [n for _, n in spread] == [14, 23, 27, 19, 15, 11, 15, 18, 17, 4]  # 163 small areas
    assert loaded.one("SELECT count(DISTINCT domain) FROM deprivation WHERE edition = 'IMD 2025'") == 8
    assert not loaded.report.has_refusals


@pytest.mark.realdata
def test_real_deciles_are_those_of_their_ranks(tmp_path: Path, shared_data: Path) -> None:
    loaded = load("imd", shared_data / "imd", tmp_path)
    rows = loaded.ask("SELECT edition, rank, decile FROM deprivation WHERE rank IS NOT NULL")
    assert len(rows) > 18_000
    assert all(decile_of(rank, int(edition[4:])) == decile for edition, rank, decile in rows)
