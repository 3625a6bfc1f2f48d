"""Which files make up the sample partnership, and what exactly is in them?"""

import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from wardmote.evidence.model.errors import UsageError
from wardmote.evidence.sample.area_files import (
    write_boundaries,
    write_deprivation,
    write_lookups,
    write_population,
)
from wardmote.evidence.sample.commentary import ASSESSED_YEAR, write_commentary
from wardmote.evidence.sample.crimes import Crimes, count_published, draw_crimes, tabulate_true_months
from wardmote.evidence.sample.faults import PlantedFault, list_faults, render_breaks
from wardmote.evidence.sample.geography import Geography, draw_geography
from wardmote.evidence.sample.loads import list_loads
from wardmote.evidence.sample.margins import CRIME_TYPES, FINANCIAL_YEARS, MONTHS, Counts
from wardmote.evidence.sample.official import OfficialYear, count_official_years, write_official
from wardmote.evidence.sample.other_files import write_fly_tipping, write_partner, write_roads
from wardmote.evidence.sample.places import DISTRICTS, FORCE_NAME, MAIN, PARTNERSHIP_NAME
from wardmote.evidence.sample.population import Residents, draw_deprivation, draw_residents
from wardmote.evidence.sample.stop_search import write_stop_search
from wardmote.evidence.sample.street import write_street
from wardmote.evidence.sample.tables import write_text

DEFAULT_SEED = 20250401


@dataclass(frozen=True)
class SampleManifest:
    """What was written: files by the source that loads them, planted faults, and the margins on both sides of them.

    `files` holds paths relative to `root`. `months_before` and `months_after` are counts of the main district's
    street-level rows, sixty months by fourteen crime types: as the committed table has them, and as the files do.
    """

    root: Path
    seed: int
    files: dict[str, tuple[str, ...]]
    faults: tuple[PlantedFault, ...]
    months_before: Counts
    months_after: Counts
    force_before: Counts
    force_after: Counts
    official_crimes: dict[str, int]

    def to_dict(self) -> dict[str, object]:
        """Return what `sample.json` holds."""
        return {
            "synthetic": True,
            "partnership": PARTNERSHIP_NAME,
            "force": FORCE_NAME,
            "main_district": {"code": MAIN.code, "name": MAIN.name, "csp_code": MAIN.csp_code},
            "peers": [{"code": d.code, "name": d.name, "csp_code": d.csp_code} for d in DISTRICTS[1:]],
            "seed": self.seed,
            "assess": {"area": MAIN.code, "year": ASSESSED_YEAR},
            "months": [MONTHS[0], MONTHS[-1]],
            "sources": {name: list(paths) for name, paths in self.files.items()},
            "loads": list_loads(self.files),
            "breaks": "breaks.yaml",
            "commentary": "commentary",
            "planted_faults": [fault.to_dict() for fault in self.faults],
            "main_margins": {
                "before_faults": _tabulate(self.months_before),
                "after_faults": _tabulate(self.months_after),
            },
            "force_years": {
                "before_faults": _name_years(self.force_before),
                "after_faults": _name_years(self.force_after),
            },
            "official_crimes_main": self.official_crimes,
        }


def _tabulate(months: Counts) -> dict[str, object]:
    years = months.reshape(len(FINANCIAL_YEARS), 12, -1).sum(axis=1)
    return {"by_year": _name_years(years), "by_month": _name_rows(MONTHS, months)}


def _name_years(years: Counts) -> dict[str, dict[str, int]]:
    return _name_rows(FINANCIAL_YEARS, years)


def _name_rows(names: tuple[str, ...], rows: Counts) -> dict[str, dict[str, int]]:
    return {n: dict(zip(CRIME_TYPES, row, strict=True)) for n, row in zip(names, rows.tolist(), strict=True)}


def write_sample(out: Path, *, seed: int = DEFAULT_SEED) -> SampleManifest:
    """Write the fictional partnership's files below `out` and return what was written.

    The same seed gives the same bytes. `out` is made where it does not exist.

    Raises:
        UsageError: `out` holds something already, which would mix two samples.
    """
    _check_empty(out)
    rng = np.random.default_rng(seed)
    geography = draw_geography(rng)
    residents = draw_residents(rng, geography)
    deprivation = draw_deprivation(rng, geography)
    months = tabulate_true_months(rng)
    middle = residents.small_areas[2023].sum(axis=1)
    crimes = draw_crimes(rng, geography, residents=middle, deprivation=deprivation, months=months)
    official = count_official_years(months)
    files = {
        **_write_police(rng, out, crimes, geography),
        "ons-csp-tables": write_official(out / "ons-csp-tables", official, residents.districts),
        **_write_areas(rng, out, geography, residents, deprivation),
        **_write_others(rng, out, geography, residents),
    }
    manifest = _describe(out, seed, files, months=months, crimes=crimes, official=official)
    _write_notes(out, manifest)
    return manifest


def _check_empty(out: Path) -> None:
    if out.exists() and any(out.iterdir()):
        raise UsageError(
            "the folder for the sample is not empty",
            where=str(out),
            expected="a folder that is empty or does not exist yet",
            to_do="Name another folder, or empty this one.",
        )


def _write_police(rng: np.random.Generator, out: Path, crimes: Crimes, geography: Geography) -> dict[str, list[Path]]:
    street = write_street(rng, out / "police" / "street", crimes=crimes, geography=geography)
    return {
        "police-street": [path for path in street if path.stem.endswith("-street")],
        "police-outcomes": [path for path in street if path.stem.endswith("-outcomes")],
        "police-stop-search": write_stop_search(rng, out / "police" / "street", geography),
    }


def _write_areas(
    rng: np.random.Generator,
    out: Path,
    geography: Geography,
    residents: Residents,
    deprivation: np.ndarray[tuple[int, ...], np.dtype[np.float64]],
) -> dict[str, list[Path]]:
    return {
        "ons-population": write_population(out / "ons-population", geography, residents),
        "ons-lookups": write_lookups(out / "ons-lookups", geography),
        "boundaries": write_boundaries(out / "boundaries", geography),
        "imd": write_deprivation(rng, out / "imd", geography, deprivation),
    }


def _write_others(
    rng: np.random.Generator, out: Path, geography: Geography, residents: Residents
) -> dict[str, list[Path]]:
    return {
        "fly-tipping": write_fly_tipping(out / "fly-tipping", residents.districts),
        "stats19": write_roads(rng, out / "stats19", geography),
        "partner": write_partner(rng, out / "partner", geography),
    }


def _describe(
    out: Path,
    seed: int,
    files: dict[str, list[Path]],
    *,
    months: Counts,
    crimes: Crimes,
    official: tuple[OfficialYear, ...],
) -> SampleManifest:
    published = np.stack([count_published(crimes, index) for index in range(len(DISTRICTS))])
    by_year = (len(DISTRICTS), len(FINANCIAL_YEARS), 12, len(CRIME_TYPES))
    totals = [int(year.counts[0, 0]) for year in official]
    return SampleManifest(
        root=out,
        seed=seed,
        files={name: tuple(p.relative_to(out).as_posix() for p in paths) for name, paths in files.items()},
        faults=list_faults(),
        months_before=months[0],
        months_after=published[0],
        force_before=months.reshape(by_year).sum(axis=(0, 2)),
        force_after=published.reshape(by_year).sum(axis=(0, 2)),
        official_crimes=dict(zip(FINANCIAL_YEARS, totals, strict=True)),
    )


def _write_notes(out: Path, manifest: SampleManifest) -> None:
    write_text(out / "sample.json", json.dumps(manifest.to_dict(), indent=1, ensure_ascii=False) + "\n")
    write_text(out / "FAULTS.md", _render_faults(manifest))
    write_text(out / "breaks.yaml", render_breaks())
    write_commentary(out / "commentary")


def _render_faults(manifest: SampleManifest) -> str:
    lines = [
        "# Faults planted in the synthetic sample",
        "",
        f"{PARTNERSHIP_NAME}. Everything here is invented. Each fault below is there on purpose.",
        "",
        "| fault | what was done | where | what the report should say |",
        "|---|---|---|---|",
    ]
    lines += [f"| {f.id} | {f.what} | {f.where} | {f.expect} |" for f in manifest.faults]
    return "\n".join(lines) + "\n"
