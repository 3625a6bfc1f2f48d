"""Police files drawn as small tables, laid out as the publisher's archive lays them."""

import gzip
import zipfile
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import pyarrow.parquet as pq

from wardmote.evidence.sources.loading import LoadReport, load_source
from wardmote.evidence.store.store import Store, open_store

NOW = datetime(2024, 6, 1, 12, tzinfo=UTC)

STREET = (
    "Crime ID,Month,Reported by,Falls within,Longitude,Latitude,Location,LSOA code,LSOA name,Crime type,"
    "Last outcome category,Context"
)
OUTCOMES = "Crime ID,Month,Reported by,Falls within,Longitude,Latitude,Location,LSOA code,LSOA name,Outcome type"
STOPS = (
    "Type,Date,Part of a policing operation,Policing operation,Latitude,Longitude,Gender,Age range,"
    "Self-defined ethnicity,Officer-defined ethnicity,Legislation,Object of search,Outcome,"
    "Outcome linked to object of search,Removal of more than just outer clothing"
)

UNDER = "Under investigation"
LSOA = "E01016014"


def street_row(
    month: str = "2022-03",
    crime_type: str = "Burglary",
    *,
    lsoa: str = LSOA,
    outcome: str = UNDER,
    crime_id: str = "a1",
    force: str = "Kent Police",
    point: str = "0.536410,51.383250",
    location: str = "On or near High Street",
) -> str:
    """One line of a street-level file."""
    name = "Medway 014A" if lsoa else ""
    return f"{crime_id},{month},{force},{force},{point},{location},{lsoa},{name},{crime_type},{outcome},"


def outcome_row(month: str = "2022-03", outcome: str = "Suspect charged", *, crime_id: str = "a1") -> str:
    """One line of an outcomes file."""
    place = "0.536410,51.383250,On or near High Street,E01016014,Medway 014A"
    return f"{crime_id},{month},Kent Police,Kent Police,{place},{outcome}"


def stop_row(date: str = "2022-03-05T14:30:00+00:00", *, outcome: str = "Arrest", kind: str = "Person search") -> str:
    """One line of a stop and search file."""
    who = "Male,18-24,White - English/Welsh/Scottish/Northern Irish/British,White"
    law = "Misuse of Drugs Act 1971 (section 23),Controlled drugs"
    return f"{kind},{date},False,,51.383250,0.536410,{who},{law},{outcome},True,False"


def write_text(path: Path, header: str, rows: Iterable[str], *, end: str = "\n", encoding: str = "utf-8") -> Path:
    """Write a file; one whose name ends in .gz is gzipped without a time stamp."""
    path.parent.mkdir(parents=True, exist_ok=True)
    body = (end.join([header, *rows]) + end).encode(encoding)
    path.write_bytes(gzip.compress(body, mtime=0) if path.suffix == ".gz" else body)
    return path


def write_street(
    folder: Path,
    rows: Iterable[str],
    *,
    month: str = "2022-03",
    force: str = "kent",
    suffix: str = ".csv",
    end: str = "\n",
    encoding: str = "utf-8",
) -> Path:
    """Write a month's street-level file where the publisher's archive has it."""
    return write_text(folder / month / f"{month}-{force}-street{suffix}", STREET, rows, end=end, encoding=encoding)


def zip_folder(folder: Path, target: Path) -> Path:
    """Pack a folder as the publisher does, with names relative to it."""
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(p for p in folder.rglob("*") if p.is_file()):
            archive.write(path, path.relative_to(folder).as_posix())
    return target


def load(store: Path | Store, paths: Path | Sequence[Path], source: str = "police-street") -> LoadReport:
    """Load into a store, made where there is none."""
    opened = store if isinstance(store, Store) else open_store(store, create=True)
    return load_source(opened, source, [paths] if isinstance(paths, Path) else paths, now=NOW, by="ann")


def table_path(store: Path, report: LoadReport, table: str) -> Path:
    return store / "loads" / report.manifest.id / f"{table}.parquet"


def read_rows(store: Path, report: LoadReport, table: str, columns: str = "*") -> list[tuple[object, ...]]:
    """Rows of one table of a load, in the order in which they lie there."""
    with duckdb.connect() as connection:
        path = table_path(store, report, table)
        return connection.execute(f"SELECT {columns} FROM read_parquet('{path}')").fetchall()


def read_schema(store: Path, report: LoadReport, table: str) -> list[str]:
    return list(pq.read_schema(table_path(store, report, table)).names)


def codes(report: LoadReport) -> list[str]:
    """The codes of the faults, in order."""
    return [fault.code for fault in report.faults]
