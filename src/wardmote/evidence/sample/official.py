"""What would the official yearly tables say about the sample: ONS police force area tables by partnership?

Official totals count crimes that never reach the open street-level files, so they lie above them; here by a borrowed
ratio. Missing and incomplete months are faults of the open files only; the recording break is in both.
"""

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from wardmote.evidence.sample.faults import count_break_rows
from wardmote.evidence.sample.margins import (
    ANTI_SOCIAL_BEHAVIOUR,
    CRIME_TYPES,
    FINANCIAL_YEARS,
    Counts,
    apportion,
    find_context,
)
from wardmote.evidence.sample.places import DISTRICTS, FORCE_AREA_NAME, FORCE_CODE, PARTNERSHIPS
from wardmote.evidence.sample.tables import Cell, write_xlsx

OFFENCES = (
    "Total recorded crime\n (excluding fraud)",
    "Violence against the person",
    "Homicide",
    "Death or serious injury caused by illegal driving",
    "Violence with injury",
    "Violence without injury",
    "Stalking and harassment",
    "Sexual offences",
    "Robbery",
    "Theft offences",
    "Burglary",
    "Residential burglary",
    "Non-residential burglary",
    "Vehicle offences",
    "Theft from the person",
    "Bicycle theft",
    "Shoplifting",
    "All other theft offences",
    "Criminal damage and arson",
    "Drug offences",
    "Possession of weapons offences",
    "Public order offences",
    "Miscellaneous crimes against society",
)
# The open files' category for each single offence column of the official table.
_SAME = {
    "Robbery": "Robbery",
    "Burglary": "Burglary",
    "Vehicle offences": "Vehicle crime",
    "Theft from the person": "Theft from the person",
    "Bicycle theft": "Bicycle theft",
    "Shoplifting": "Shoplifting",
    "All other theft offences": "Other theft",
    "Criminal damage and arson": "Criminal damage and arson",
    "Drug offences": "Drugs",
    "Possession of weapons offences": "Possession of weapons",
    "Public order offences": "Public order",
    "Miscellaneous crimes against society": "Other crime",
}
_PARTS = {
    "Violence and sexual offences": ("Violence against the person", "Sexual offences"),
    "Violence against the person": OFFENCES[2:7],
    "Burglary": OFFENCES[11:13],
}
_THEFT = ("Burglary", *OFFENCES[13:18])
_PEOPLE_PER_HOUSEHOLD = 2.5
_SMALL_BASE = 50
_HEADS = (
    "Police Force\nArea code",
    "Police Force\nArea name",
    "Community Safety\nPartnership code",
    "Community Safety\nPartnership name",
    "Local Authority code",
    "Local Authority name",
)


@dataclass(frozen=True)
class OfficialYear:
    """Official counts of one year, a row per partnership, then the unassigned ones, in the columns OFFENCES."""

    counts: Counts

    @property
    def force(self) -> Counts:
        """Return the force's own row, the sum of all others."""
        total: Counts = self.counts.sum(axis=0)
        return total


def count_official_years(months: Counts) -> tuple[OfficialYear, ...]:
    """Return the official counts of the five years from districts by months by types without their faults."""
    recorded = months + np.stack([count_break_rows(table) for table in months])
    by_year = recorded.reshape(len(DISTRICTS), len(FINANCIAL_YEARS), 12, -1).sum(axis=2)
    return tuple(OfficialYear(_count_year(by_year[:, year])) for year in range(len(FINANCIAL_YEARS)))


def _count_year(by_district: Counts) -> Counts:
    codes = [district.csp_code for district in DISTRICTS]
    rows = [
        _count_offences(by_district[[code == csp for code in codes]].sum(axis=0)) for csp, _ in PARTNERSHIPS
    ]  # fmt: skip
    unassigned = find_context("unassigned_weight", place="force")
    share = np.array(rows).sum(axis=0) * unassigned["unassigned"] / (unassigned["force"] - unassigned["unassigned"])
    return np.array([*rows, _add_up(dict(zip(OFFENCES, share.astype(np.int64).tolist(), strict=True)))])


def _count_offences(street: Counts) -> Counts:
    """Return official counts from street-level ones: raised by the borrowed ratio, types kept in proportion."""
    uplift = find_context("official_uplift")
    crimes = np.delete(street, ANTI_SOCIAL_BEHAVIOUR)
    total = (int(crimes.sum()) * uplift["official"] * 2 + uplift["street"]) // (2 * uplift["street"])
    by_type = dict(zip(CRIME_TYPES[1:], apportion(total, crimes).tolist(), strict=True))
    offences = {column: by_type[kind] for column, kind in _SAME.items()}
    offences |= _split_group(by_type["Violence and sexual offences"], "Violence and sexual offences")
    offences |= _split_group(offences["Violence against the person"], "Violence against the person")
    offences |= _split_group(offences["Burglary"], "Burglary")
    return _add_up(offences)


def _split_group(total: int, group: str) -> dict[str, int]:
    weights = find_context("offence_weight")
    parts = apportion(total, [weights[" ".join(part.split())] for part in _PARTS[group]])
    return dict(zip(_PARTS[group], parts.tolist(), strict=True))


def _add_up(offences: dict[str, int]) -> Counts:
    """Fill the columns that are sums of others, and return all of them in order."""
    offences["Violence against the person"] = sum(offences[part] for part in OFFENCES[2:7])
    offences["Burglary"] = sum(offences[part] for part in OFFENCES[11:13])
    offences["Theft offences"] = sum(offences[part] for part in _THEFT)
    tops = ("Violence against the person", "Sexual offences", "Robbery", "Theft offences", *OFFENCES[18:])
    offences[OFFENCES[0]] = sum(offences[part] for part in tops)
    return np.array([offences[column] for column in OFFENCES], dtype=np.int64)


def write_official(root: Path, years: tuple[OfficialYear, ...], residents: dict[int, Counts]) -> list[Path]:
    """Write one workbook for the year to each March; return their paths."""
    paths = []
    for number, year in enumerate(years):
        ending = 2022 + number
        before = years[number - 1] if number else None
        sheets = _lay_out_workbook(year, before, ending=ending, residents=residents[ending - 2])
        paths.append(write_xlsx(root / f"policeforceareatablesyemarch{ending}.xlsx", sheets))
    return paths


def _lay_out_workbook(
    year: OfficialYear, before: OfficialYear | None, *, ending: int, residents: Counts
) -> dict[str, list[list[Cell]]]:
    now, then = f"year ending March {ending}", f"year ending March {ending - 1}"
    counts = [list(row) for row in _list_rows(year.counts.tolist())]
    earlier = _list_rows((before.counts if before else np.zeros_like(year.counts)).tolist())
    unknown: list[Cell] = ["[x]"] * len(OFFENCES)
    return {
        "Cover_sheet": [[f"SYNTHETIC - police force area data tables - {now}"], ["Invented data; no real place."]],
        "Table of Contents": [["Table of contents"], ["Table number", "Table title"], ["Table C2", f"Counts, {now}"]],
        "Notes- PFA ": [["Notes"], ["Note number", "Note text"], [1, "Synthetic: fraud is left out."]],
        "Table P1": _lay_out_force(year, now),
        "Notes - CSP": [["Notes"], ["Note number", "Note text"], [1, "Synthetic; take care with small numbers."]],
        "Table C1": _lay_out_combined(),
        "Table C2": _lay_out("Table C2: Number of police recorded crimes", now, counts),
        "Table C3": _lay_out(
            "Table C3: Percentage change between recorded crimes",
            f"{then} and {now}",
            [_change(new, old if before else unknown) for new, old in zip(counts, earlier, strict=True)],
        ),
        "Table C4": _lay_out_rates(counts, now, residents, ending=ending),
        "Table C5": _lay_out(
            "Table C5: Number of police recorded crimes",
            then,
            [list(old) if before else [*old[:6], *unknown] for old in earlier],
        ),
    }


def _list_rows(counts: list[list[int]]) -> list[list[Cell]]:
    """Return the force's row, each partnership's, and the unassigned one, with their six naming cells."""
    force = [sum(column) for column in zip(*counts, strict=True)]
    rows: list[list[Cell]] = [[FORCE_CODE, FORCE_AREA_NAME, "", "", "", "", *force]]
    for (code, name), row in zip(PARTNERSHIPS, counts, strict=False):
        members = [d for d in DISTRICTS if d.csp_code == code]
        combined = len(members) > 1
        authority = ["Combined Local Authorities", ""] if combined else [members[0].code, f"{members[0].name} "]
        rows.append([FORCE_CODE, f"{FORCE_AREA_NAME} ", code, name, *authority, *row])
    rows.append([FORCE_CODE, FORCE_AREA_NAME, "", f"Unassigned {FORCE_AREA_NAME}", "", "", *counts[-1]])
    return rows


def _lay_out(title: str, period: str, rows: list[list[Cell]], *, heads: tuple[str, ...] = OFFENCES) -> list[list[Cell]]:
    """Return a table as the publisher lays it out: seven lines of notes, headings on row 8, rows from 9."""
    return [
        [f"{title} for headline offences by Community Safety Partnership area, SYNTHETIC, {period} [note 1]"],
        ["Synthetic data in the layout of the official statistics"],
        ["This worksheet contains one table. Some cells refer to notes which can be found on the notes worksheet."],
        ["Some shorthand is used in this table. [u] indicates a base of less than 50. [x] indicates unavailable."],
        ["Link to Notes page"],
        ["Link to table of contents"],
        ["Source: generated by wardmote; no real place"],
        [*_HEADS, *heads],
        *rows,
    ]


def _change(new: list[Cell], old: list[Cell]) -> list[Cell]:
    unassigned = str(new[3]).startswith("Unassigned")
    pairs = zip(new[6:], old[-len(OFFENCES) :], strict=True)
    return [*new[:6], *("[x]" if unassigned else _change_cell(now, then) for now, then in pairs)]


def _change_cell(now: Cell, then: Cell) -> Cell:
    if isinstance(then, str) or isinstance(now, str):
        return "[x]"
    return "[u]" if then < _SMALL_BASE else 100 * (now - then) / then


def _lay_out_rates(counts: list[list[Cell]], period: str, residents: Counts, *, ending: int) -> list[list[Cell]]:
    heads = (
        f"Population figures\n (mid-{ending - 2}) \n- rounded to 100",
        "Household figures\n (mid-2021)\n - rounded to 100",
        *OFFENCES[:11],
        "Residential burglary (per 1,000 population)",
        "Residential burglary (per 1,000 household)",
        *OFFENCES[12:],
    )
    pairs = list(zip(residents.tolist(), DISTRICTS, strict=True))
    by_csp = [sum(number for number, d in pairs if d.csp_code == code) for code, _ in PARTNERSHIPS]
    people = [sum(by_csp), *by_csp, 0]
    rows = [_rate_row(row, count) for row, count in zip(counts, people, strict=True)]
    return _lay_out("Table C4: Recorded crime rate per 1,000 population/households", period, rows, heads=heads)


def _rate_row(row: list[Cell], people: int) -> list[Cell]:
    if not people:
        return [*row[:6], *["[x]"] * (len(OFFENCES) + 3)]
    rounded = round(people, -2)
    homes = round(people / _PEOPLE_PER_HOUSEHOLD / 100) * 100
    rates: list[Cell] = [1000 * float(value) / rounded for value in row[6:]]
    return [*row[:6], rounded, homes, *rates[:12], 1000 * float(row[17]) / homes, *rates[12:]]


def _lay_out_combined() -> list[list[Cell]]:
    rows: list[list[Cell]] = [
        ["Table C1: List of combined Local Authorities by Community Safety Partnership, SYNTHETIC"],
        ["This worksheet contains one table."],
        ["Link to table of contents"],
        ["Police Force Area name", "Community Safety Partnership name", "Local Authority code", "Local Authority name"],
    ]
    for code, name in PARTNERSHIPS:
        members = [d for d in DISTRICTS if d.csp_code == code]
        if len(members) > 1:
            rows += [[FORCE_AREA_NAME if k == 0 else "", name if k == 0 else "", d.code, d.name]
                     for k, d in enumerate(members)]  # fmt: skip
    return rows


def _lay_out_force(year: OfficialYear, period: str) -> list[list[Cell]]:
    return [
        [f"Table P1:  Police recorded crime by offence group and police force area, SYNTHETIC, {period} [note 1]"],
        ["This worksheet contains one table. Some cells refer to notes which can be found on the notes worksheet."],
        ["Link to Notes page"],
        ["Synthetic data in the layout of the official statistics"],
        ["Link to Table of Contents"],
        ["Source: generated by wardmote; no real place"],
        ["Area Code", "Area Name", *OFFENCES],
        [FORCE_CODE, FORCE_AREA_NAME, *year.force.tolist()],
    ]
