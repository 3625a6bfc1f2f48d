"""Rows of a csv whose quotation marks do not close, which hold control signs, or whose cells are too many or few."""

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from support.official_tables import load
from wardmote.evidence.sources.csv_records import iterate_records

HEAD = "code,name,count\n"


def _read(text: str) -> tuple[list[tuple[int, list[str]]], dict[int, str]]:
    refused: dict[int, str] = {}
    rows = list(iterate_records(text.splitlines(keepends=True), lambda line, _t, why: refused.__setitem__(line, why)))
    return rows, refused


# -- quotation marks --------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "bad",
    ['b,"Ward b,2\n', '"b,Ward b,2\n', 'b,Ward b,"2\n', 'b,"Ward b"" x,2\n'],
    ids=["middle", "first", "last", "doubled"],
)
@pytest.mark.parametrize("later", ["c,Ward c,3\n", 'c,"Ward, c",3\n', '"c","Ward c","3"\n'])
def test_a_mark_that_is_not_closed_costs_its_own_line_only(bad: str, later: str) -> None:
    rows, refused = _read(f"{HEAD}a,Ward a,1\n{bad}{later}d,Ward d,4\n")
    assert [(line, cells[0]) for line, cells in rows] == [(1, "code"), (2, "a"), (4, "c"), (5, "d")]
    assert refused == {3: "a quotation mark is not closed"}


def test_a_mark_that_is_not_closed_on_the_last_line_is_found() -> None:
    rows, refused = _read(f'{HEAD}a,A,1\nb,"B,2')
    assert [line for line, _ in rows] == [1, 2]
    assert list(refused) == [3]


def test_headings_and_cells_that_break_over_lines_are_whole() -> None:
    rows, refused = _read('"Area\ncode","Name,\nof the area",count\na,"Two\nlines",1\nb,B,2\n')
    assert not refused
    assert rows == [
        (1, ["Area\ncode", "Name,\nof the area", "count"]),
        (4, ["a", "Two\nlines", "1"]),
        (6, ["b", "B", "2"]),
    ]


@given(st.sets(st.integers(0, 29), max_size=6))
def test_every_line_is_a_row_or_refused_whatever_marks_are_lost(bad: set[int]) -> None:
    lines = [f'{i},"{i}\n' if i in bad else f'{i},"ward, {i}"\n' for i in range(30)]
    rows, refused = _read("number,name\n" + "".join(lines))
    assert {line for line, _ in rows} | set(refused) == set(range(1, 32))
    assert set(refused) == {i + 2 for i in bad}


def test_control_signs_are_refused_with_their_number_and_tabs_are_not() -> None:
    rows, refused = _read(f"{HEAD}a,A\x07,1\nb,B\t,2\nc,C\0,3\n")
    assert [cells[0] for _, cells in rows] == ["code", "b"]
    assert refused == {2: "the row holds the control sign U+0007", 4: "the row holds the control sign U+0000"}


# -- in the sources ---------------------------------------------------------------------------------------------
IMD = "LSOA code (2011),Index of Multiple Deprivation (IMD) Rank,Index of Multiple Deprivation (IMD) Decile\n"
CASES = {
    "imd": ("imd2019.csv", IMD, [f"E0101601{i},{i + 1},1" for i in range(6)]),
    "ons-lookups": (
        "lookup.csv",
        "LSOA21CD,LSOA21NM,WD24CD\n",
        [f"E0101601{i},Medway {i},E05014449" for i in range(6)],
    ),
    "ons-population": (
        "population-mid-2020.csv",
        "LSOA Code,LSOA Name,All Ages\n",
        [f"E0101601{i},Medway {i},1500" for i in range(6)],
    ),
    "stats19": (
        "collisions.csv",
        "collision_index,date,collision_severity,local_authority_ons_district\n",
        [f"20210{i},01/02/2021,3,E06000035" for i in range(6)],
    ),
    "fly-tipping": (
        "fly.csv",
        "Year,ONS Code,LA Name,Region,Total Incidents\n",
        [f"2012-13,E0600003{i},Council {i},South East,5" for i in range(6)],
    ),
    "home-office-csp": (
        "csp.csv",
        "Financial Year,Financial Quarter,Force Name,CSP Name,Offence Description,Offence Group,Offence Subgroup,"
        "Offence Code,Offence Count\n",
        [f"2021/22,1,Kent,Partnership {i},Burglary,Theft offences,Burglary,28,5" for i in range(6)],
    ),
}


@pytest.mark.parametrize("source", CASES)
@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lambda line: '"' + line, "a quotation mark is not closed"),
        (lambda line: line + ",x,y,z", "cells stand where there are"),
        (lambda line: line.split(",")[0] + ",1", "cells stand where there are"),
        (lambda line: line.replace(",", "\x02,", 1), "the control sign U+0002"),
    ],
    ids=["quote", "long", "short", "control"],
)
def test_a_bad_line_is_refused_by_number_and_the_others_are_kept(
    tmp_path: Path, source: str, spoil: Callable[[str], str], said: str
) -> None:
    name, head, lines = CASES[source]
    path = tmp_path / name
    path.write_text(head + "\n".join([*lines[:2], spoil(lines[2]), *lines[3:]]) + "\n")
    loaded = load(source, path, tmp_path)
    assert [(line, said in reason) for _, line, reason in loaded.refused()] == [(4, True)]
    assert (loaded.report.manifest.inputs[0].rows_in, loaded.report.manifest.inputs[0].rows_kept) == (6, 5)
    assert loaded.report.has_refusals


@pytest.mark.parametrize("source", CASES)
def test_empty_cells_at_the_end_are_no_fault(tmp_path: Path, source: str) -> None:
    name, head, lines = CASES[source]
    (tmp_path / name).write_text(head + "".join(f"{line},,\n" for line in lines))
    assert load(source, tmp_path / name, tmp_path).refused() == []


@pytest.mark.parametrize("source", CASES)
def test_a_heading_that_stands_twice_is_a_fault_that_names_it(tmp_path: Path, source: str) -> None:
    name, head, lines = CASES[source]
    first = head.split(",")[0]
    text = "\n".join([f"{head.strip()},{first}", *(f"{line},{line.split(',')[0]}" for line in lines)]) + "\n"
    (tmp_path / name).write_text(text)
    faults = [f.found for f in load(source, tmp_path / name, tmp_path).report.faults]
    assert any(f"'{first}' stands more than once" in found for found in faults)


@pytest.mark.parametrize("number", ["1e400", "-1", "nan", "9" * 400])
@pytest.mark.parametrize("source", ["ons-population", "fly-tipping", "imd"])
def test_a_number_beyond_all_sense_is_refused(tmp_path: Path, source: str, number: str) -> None:
    name, head, lines = CASES[source]
    cells = lines[2].split(",")
    cells[1 if source == "imd" else -1] = number
    (tmp_path / name).write_text(head + "\n".join([*lines[:2], ",".join(cells), *lines[3:]]) + "\n")
    loaded = load(source, tmp_path / name, tmp_path)
    assert [line for _, line, _ in loaded.refused()] == [4]
    assert loaded.report.manifest.inputs[0].rows_kept == 5
