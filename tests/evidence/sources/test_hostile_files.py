"""Archives, pipes, pictures and other things that are given where a table is expected."""

import os
import random
import zipfile
from pathlib import Path

import pytest

from support.official_tables import load
from wardmote.evidence.model.errors import Fault, UnreadableInputError
from wardmote.evidence.sources.inputs import find_input_files
from wardmote.evidence.sources.police_files import find_police_files
from wardmote.evidence.sources.sheets import is_table_file

HEAD = "Month,Reported by,Falls within,Longitude,Latitude,Location,LSOA code,LSOA name,Crime type,Last outcome category"
STREET = f"Crime ID,{HEAD},Context\n"
STREET_ROW = ",2022-03,Kent Police,Kent Police,0.5,51.3,On or near Lane,E01016016,Medway,Burglary,,\n"
STREET_NAME = "2022-03-kent-street.csv"
STOPS = (
    "Type,Date,Part of a policing operation,Policing operation,Latitude,Longitude,Gender,Age range,"
    "Self-defined ethnicity,Officer-defined ethnicity,Legislation,Object of search,Outcome,"
    "Outcome linked to object of search,Removal of more than just outer clothing\n"
)


def _zip(path: Path, members: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return path


def _find(kind: str, paths: list[Path], scratch: Path) -> tuple[list[str], list[Fault]]:
    scratch.mkdir(exist_ok=True)
    if kind == "police":
        police = find_police_files(paths, "street", scratch=scratch)
        return [f.name for f in police.files], police.faults
    tables = find_input_files(paths, is_table_file, scratch=scratch)
    return [f.name for f in tables.files], tables.faults


@pytest.mark.parametrize("kind", ["police", "tables"])
def test_a_damaged_member_is_a_fault_and_the_others_are_taken(tmp_path: Path, kind: str) -> None:
    noise = random.Random(1).randbytes(4000).hex().encode()
    path = _zip(tmp_path / "a.zip", {"a.csv": noise, "b.csv": b"a,b\n1,2\n"})
    content = bytearray(path.read_bytes())
    content[40:60] = b"\xff" * 20  # inside the first member's deflated bytes
    path.write_bytes(content)
    files, (fault,) = _find(kind, [path], tmp_path / "scratch")
    assert files == ["a.zip/b.csv"]
    assert (fault.where, fault.severity) == ("a.zip/a.csv", "error")
    assert "incomplete or damaged in its archive" in fault.found


@pytest.mark.parametrize("kind", ["police", "tables"])
def test_an_archive_in_an_archive_and_empty_ones_say_what_to_do(tmp_path: Path, kind: str) -> None:
    inner = _zip(tmp_path / "inner.zip", {"a.csv": b"a,b\n"}).read_bytes()
    outer, empty = _zip(tmp_path / "outer.zip", {"inner.zip": inner}), _zip(tmp_path / "empty.zip", {})
    folder = tmp_path / "data.csv"
    folder.mkdir()
    files, faults = _find(kind, [outer, empty, folder], tmp_path / "scratch")
    assert files == []
    assert [(f.where, f.found.split(",")[0]) for f in faults] == [
        ("outer.zip/inner.zip", "this is a zip archive inside another"),
        ("empty.zip", "this zip archive holds no file"),
        ("data.csv", "this folder holds no file"),
    ]
    assert all(f.to_do and f.expected for f in faults)


@pytest.mark.parametrize("kind", ["police", "tables"])
def test_a_pipe_and_a_link_to_nothing_are_not_opened(tmp_path: Path, kind: str) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    os.mkfifo(folder / "a.csv")
    (folder / "b.csv").symlink_to(folder / "gone.csv")
    files, faults = _find(kind, [folder, folder / "a.csv"], tmp_path / "scratch")
    assert files == []
    assert [f.where for f in faults] == ["folder/a.csv", "folder/b.csv", "a.csv"]
    assert {f.found for f in faults} == {"this is neither a file nor a folder; it was not read"}


# -- police files -----------------------------------------------------------------------------------------------
def test_a_police_file_that_is_no_gzip_is_refused_and_the_other_kept(tmp_path: Path) -> None:
    (tmp_path / "2022-04-kent-street.csv.gz").write_text(STREET + STREET_ROW)
    (tmp_path / STREET_NAME).write_text(STREET + STREET_ROW)
    paths = [tmp_path / "2022-04-kent-street.csv.gz", tmp_path / STREET_NAME]
    loaded = load("police-street", paths, tmp_path)
    assert loaded.one("SELECT count(*) FROM street_rows") == 1
    (fault,) = (f for f in loaded.report.faults if f.severity == "error")
    assert "this is no gzip file" in fault.found


@pytest.mark.parametrize("size", [200_000, 5_000_000])
def test_a_police_line_of_megabytes_costs_itself_only(tmp_path: Path, size: int) -> None:
    (tmp_path / STREET_NAME).write_text(f"{STREET}{STREET_ROW}{'x' * size}\n{STREET_ROW}")
    loaded = load("police-street", tmp_path / STREET_NAME, tmp_path)
    assert loaded.one("SELECT count(*) FROM street_rows") == 2
    assert [line for _, line, _ in loaded.refused()] == [3]


@pytest.mark.parametrize(
    ("source", "name"),
    [("police-street", STREET_NAME), ("police-stop-search", "2022-03-kent-stop-and-search.csv")],
)
@pytest.mark.parametrize("seed", range(4))
def test_a_police_file_of_chance_bytes_is_said_in_few_and_plain_letters(
    tmp_path: Path, source: str, name: str, seed: int
) -> None:
    (tmp_path / name).write_bytes(b"M\rZ" + random.Random(seed).randbytes(20_000))
    with pytest.raises(UnreadableInputError) as caught:
        load(source, tmp_path / name, tmp_path)
    assert "names none of the columns" in caught.value.render()
    assert all(f.found.isprintable() and len(f.found) < 300 for f in caught.value.faults)


def test_a_repeated_police_heading_is_named(tmp_path: Path) -> None:
    (tmp_path / STREET_NAME).write_text(STREET.strip() + ",Month\n" + STREET_ROW.strip() + ",2022-04\n")
    with pytest.raises(UnreadableInputError, match="the heading 'Month' stands more than once"):
        load("police-street", tmp_path / STREET_NAME, tmp_path)


# -- tables -----------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("source", ["imd", "ons-lookups", "ons-population", "stats19", "home-office-csp"])
def test_a_table_of_chance_bytes_is_said_in_few_and_plain_letters(tmp_path: Path, source: str) -> None:
    (tmp_path / "a.csv").write_bytes(b"\0\1\2,PNG," * 900)
    with pytest.raises(UnreadableInputError, match="this is not a text file") as caught:
        load(source, tmp_path / "a.csv", tmp_path)
    assert caught.value.render().replace("\n", "").isprintable()
