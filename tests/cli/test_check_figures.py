"""The check figures of Medway, reproduced through the command line from the real files, however they are loaded."""

import csv
import io
import random
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from gzip import open as open_gzip
from pathlib import Path

import pytest

from support.command_line import ask
from support.police_files import zip_folder

pytestmark = pytest.mark.realdata

MEDWAY, SWALE = "E06000035", "E07000113"
ASB = "Anti-social behaviour"
TOTAL = "ALL CRIME EXCL ASB"
Loader = Callable[[Path, Path, Path], None]


def load(store: Path, source: str, *paths: Path) -> None:
    answer = ask(store, "load", source, *paths)
    assert answer.code == 0, answer.out + answer.err


def read_table(path: Path) -> list[dict[str, str]]:
    with path.open(newline="") as stream:
        return list(csv.DictReader(stream))


def figures(store: Path, indicator: str, area: str, period: str, by: str) -> list[dict[str, str]]:
    answer = ask(store, "figures", indicator, "--area", area, "--period", period, "--by", by, "--csv")
    assert answer.code == 0, answer.err
    return list(csv.DictReader(io.StringIO(answer.out)))


def split_runs(months: Sequence[str]) -> list[str]:
    """The months as periods: a run for each stretch without a gap."""
    ordinals = sorted(int(m[:4]) * 12 + int(m[5:]) - 1 for m in months)
    runs: list[list[int]] = []
    for ordinal in ordinals:
        if runs and runs[-1][-1] + 1 == ordinal:
            runs[-1].append(ordinal)
        else:
            runs.append([ordinal])
    return [f"{r[0] // 12}-{r[0] % 12 + 1:02d}..{r[-1] // 12}-{r[-1] % 12 + 1:02d}" for r in runs]


def count_by_month(store: Path, area: str, months: Sequence[str]) -> dict[tuple[str, str], int]:
    """Month and type, crime with anti-social behaviour beside it; zeros left out, as the check figures do."""
    found: dict[tuple[str, str], int] = {}
    for run in split_runs(months):
        for row in figures(store, "crime_count", area, run, "month,offence"):
            found[row["month"], row["offence"]] = int(row["value"])
        for row in figures(store, "asb_count", area, run, "month"):
            found[row["month"], ASB] = int(row["value"])
    return {key: number for key, number in found.items() if number}


# -- the ways of loading --------------------------------------------------------------------------------------
def load_lookups(store: Path, data: Path) -> None:
    load(store, "ons-lookups", *sorted((data / "geography").glob("*.csv")))


def load_folder(store: Path, data: Path, _: Path) -> None:
    load_lookups(store, data)
    load(store, "police-street", data / "police-street" / "kent")


def load_in_any_order_and_twice(store: Path, data: Path, _: Path) -> None:
    files = sorted((data / "police-street" / "kent").glob("*.gz"))
    random.Random(7).shuffle(files)
    for start in range(0, len(files), 6):
        ask(store, "load", "police-street", *files[start : start + 6])
    load(store, "police-street", *files, data / "police-street" / "kent")
    load_lookups(store, data)


def load_zip(store: Path, data: Path, folder: Path) -> None:
    load_lookups(store, data)
    load(store, "police-street", zip_folder(data / "police-street" / "kent", folder / "kent.zip"))


def load_everything(store: Path, data: Path, _: Path) -> None:
    load_folder(store, data, _)
    load(store, "police-street", data / "police-street" / "btp", data / "police-street" / "all-forces")
    load(store, "police-outcomes", data / "police-outcomes")
    maps = [p for p in sorted((data / "geography").iterdir()) if p.suffix in (".geojson", ".gz", ".topojson")]
    for source, paths in (
        ("boundaries", maps), ("ons-population", sorted((data / "population").iterdir())), ("imd", [data / "imd"]),
        ("ons-csp-tables", [data / "crime-csp"]), ("fly-tipping", [data / "fly-tipping"]),
    ):  # fmt: skip
        assert ask(store, "load", source, *paths).code in (0, 1)


@pytest.fixture(scope="module", params=[load_folder, load_in_any_order_and_twice, load_zip, load_everything],
                ids=["folder", "any order and twice", "zip", "beside all others"])  # fmt: skip
def real_store(request: pytest.FixtureRequest, shared_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("real")
    loader: Loader = request.param
    loader(folder / "store", shared_data, folder)
    return folder / "store"


# -- Medway ---------------------------------------------------------------------------------------------------
def test_every_month_and_type_is_reproduced(real_store: Path, shared_data: Path) -> None:
    rows = read_table(shared_data / "check-figures" / "medway_month_type.csv")
    expected = {(r["month"], r["crime_type"]): int(r["count"]) for r in rows}
    assert len(expected) == len(rows) == 308
    assert count_by_month(real_store, MEDWAY, sorted({m for m, _ in expected})) == expected


def test_every_year_and_type_is_reproduced_and_part_years_are_missing(real_store: Path, shared_data: Path) -> None:
    by_year: dict[tuple[str, str], dict[str, int]] = defaultdict(dict)
    for row in read_table(shared_data / "check-figures" / "medway_fy_type.csv"):
        by_year[row["financial_year"], row["months_present"]][row["crime_type"]] = int(row["count"])
    whole = {year for year, months in by_year if months == "12"}
    assert whole == {"2021/22"}
    for (year, months), expected in by_year.items():
        period = year if months == "12" else {"2018/19": "2018-10..2019-02"}[year]
        crimes = {r["offence"]: int(r["value"]) for r in figures(real_store, "crime_count", MEDWAY, period, "offence")}
        (asb,) = figures(real_store, "asb_count", MEDWAY, period, "")
        (whole_period,) = figures(real_store, "crime_count", MEDWAY, period, "")
        found = {k: v for k, v in crimes.items() if v} | {ASB: int(asb["value"]), TOTAL: int(whole_period["value"])}
        assert found == expected
    (part,) = figures(real_store, "crime_count", MEDWAY, "2018/19", "")
    assert (part["value"], part["state"]) == ("", "missing")


# -- another district by a second route -----------------------------------------------------------------------
def test_another_district_equals_plain_python_over_the_lines(real_store: Path, shared_data: Path) -> None:
    """Swale: its small areas read off the look-ups by hand, the lines of the files counted one by one."""
    geography = shared_data / "geography"
    inside = {
        r["lsoa11_code"] for r in read_table(geography / "lookup_lsoa11_ltla21_kent.csv") if r["ltla21_code"] == SWALE
    } | {
        r["lsoa21_code"]
        for r in read_table(geography / "lookup_lsoa21_ward24_ltla24_kent.csv")
        if r["ltla24_code"] == SWALE
    }
    counted: Counter[tuple[str, str]] = Counter()
    for path in sorted((shared_data / "police-street" / "kent").glob("2021-*.gz")):
        with open_gzip(path, "rt", newline="") as stream:
            for row in csv.DictReader(stream):
                if row["LSOA code"] in inside:
                    counted[row["Month"], row["Crime type"]] += 1
    assert len(counted) > 100
    assert count_by_month(real_store, SWALE, sorted({m for m, _ in counted})) == dict(counted)
