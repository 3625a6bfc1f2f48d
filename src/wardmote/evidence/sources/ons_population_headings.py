"""What does a heading of a population table say: an area code, a year, a sex, an age, a total?

The ONS has laid out the same estimates in a dozen ways since 2002, and others copy them under headings of their own.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from wardmote.evidence.sources.cells import Cell, clean_label
from wardmote.evidence.sources.sheets import HeaderMatch, Sheet

#: Small areas first: a table of small areas names their districts in further columns.
_KINDS = (
    ("lsoa", re.compile(r"(lsoa|lower (layer )?super output area)", re.IGNORECASE)),
    ("msoa", re.compile(r"(msoa|middle (layer )?super output area)", re.IGNORECASE)),
    ("ward", re.compile(r"(ward|wd(?=\d|cd|_| ))", re.IGNORECASE)),
    ("district", re.compile(r"(ltla|lad|la\b|local authority|district)", re.IGNORECASE)),
    ("", re.compile(r"(area\b|geography)?\s*_?(?=codes?\b)|mnemonic|name\b", re.IGNORECASE)),
)
_IS_CODE = re.compile(r"(code|cd\b|codes\b|mnemonic)", re.IGNORECASE)
_IS_NAME = re.compile(r"(name|nm\b)", re.IGNORECASE)
_BOUNDARY_YEAR = re.compile(r"(?<!\d)(20\d\d|\d\d)(?!\d)")

_TOTAL = re.compile(
    r"(all|total|all ages|all persons|all people|persons|total[ _]population|population|residents|usual residents)"
    r"|population_[a-z]\w*",
    re.IGNORECASE,
)
_YEAR = re.compile(
    r"(?:estimated )?population[ _]*(?:mid-?)?((?:19|20)\d\d)|mid-((?:19|20)\d\d)(?:: population)?|((?:19|20)\d\d)",
    re.IGNORECASE,
)
_AGE = re.compile(
    r"(f|m|females?|males?|persons?)?[ _]*(?:aged?[ _]*)?(\d{1,2})"
    r"(?:(\+| and over| years and over)|(?: to |-|–)(\d{1,2}))?",
    re.IGNORECASE,
)
_HOUSEHOLDS = re.compile(r"(number of |all |total )?households", re.IGNORECASE)
_OLDEST = 90
_SEXES = {"f": "females", "m": "males", "p": "persons"}
#: Tables of the same workbooks that hold something other than people, under headings that look alike.
_NOT_COUNTS = re.compile(r"median age|components of (population )?change|sex ratio", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Measure:
    """What one column counts. `year` is None where the table as a whole is for one year."""

    position: int
    label: str
    what: str = "residents"
    sex: str = ""  # '' where the heading says none: the table's sex holds
    year: int | None = None
    age_from: int | None = None
    age_to: int | None = None


@dataclass(frozen=True, slots=True)
class Layout:
    """Where the columns of a table stand, and the year of the boundaries that its codes belong to, where it says so."""

    header: HeaderMatch
    code: int
    name: int | None
    kind: str
    boundary_year: int | None
    measures: tuple[Measure, ...]
    sex: int | None = None  # the columns of a table with one row for each sex and age
    age: int | None = None
    district: int | None = None  # of a table of smaller areas


def find_layout(sheet: Sheet, *, within: int = 60) -> Layout | None:
    """On which of the first rows do an area code and something counted stand? None where no row has both."""
    for index, row in enumerate(sheet.rows[:within]):
        labels = tuple(clean_label(c) for c in row)
        if sum(1 for label in labels if label) < 2:
            continue
        layout = _read_labels(HeaderMatch(index, sheet.lines[index], labels, ()))
        if layout and not _NOT_COUNTS.search(title_of(sheet, layout.header)):
            return layout
    return None


def title_of(sheet: Sheet, header: HeaderMatch) -> str:
    """The lines above the headings as one text, the sheet's name first."""
    return " | ".join([sheet.name, *(t for row in sheet.rows[: header.index] for c in row if (t := clean_label(c)))])


def _read_labels(header: HeaderMatch) -> Layout | None:
    area = _find_area(header.labels)
    if area is None:
        return None
    code, name, kind, boundary_year = area
    measures = tuple(m for i, label in enumerate(header.labels) if i not in (code, name) and (m := _measure(i, label)))
    if not measures:
        return None
    sex, age = header.find("sex"), header.find("age")
    long = sex is not None and age is not None
    return Layout(
        header, code, name, kind, boundary_year, measures,
        sex=sex if long else None, age=age if long else None, district=_find_district(header.labels, kind),
    )  # fmt: skip


def _find_district(labels: Sequence[str], kind: str) -> int | None:
    """The column that says in which district a smaller area lies: of codes where there is one, else of names."""
    if kind == "district":
        return None
    pattern = dict(_KINDS)["district"]
    mine = [i for i, label in enumerate(labels) if pattern.match(label)]
    return next((i for wanted in (_IS_CODE, _IS_NAME) for i in mine if wanted.search(labels[i])), None)


def _find_area(labels: Sequence[str]) -> tuple[int, int | None, str, int | None] | None:
    for kind, pattern in _KINDS:
        mine = [i for i, label in enumerate(labels) if pattern.match(label)]
        code = next((i for i in mine if _IS_CODE.search(labels[i])), None)
        if code is not None:
            name = next((i for i in mine if i != code and _IS_NAME.search(labels[i])), None)
            return code, name, kind, _read_boundary_year(labels[code])
    return None


def _read_boundary_year(label: str) -> int | None:
    match = _BOUNDARY_YEAR.search(label)
    return None if match is None else int(match[1]) if len(match[1]) == 4 else 2000 + int(match[1])


def _measure(position: int, label: str) -> Measure | None:
    if _HOUSEHOLDS.fullmatch(label):
        return Measure(position, label, what="households", sex="persons")
    if _TOTAL.fullmatch(label):
        return Measure(position, label)
    if match := _YEAR.fullmatch(label):
        return Measure(position, label, year=int(match[1] or match[2] or match[3]))
    if match := _AGE.fullmatch(label):
        sex = _SEXES[match[1][0].lower()] if match[1] else ""
        age_from, age_to = _read_age(match)
        return Measure(position, label, sex=sex, age_from=age_from, age_to=age_to)
    return None


def parse_age(cell: Cell) -> tuple[int, int | None] | None:
    """First and last age of an age cell: '17', 17, '90+'. None as the last means 'and over'.

    90 alone is 90 and over: no estimate tells single ages beyond 89.

    >>> parse_age('17'), parse_age(90), parse_age('85+'), parse_age('all')
    ((17, 17), (90, None), (85, None), None)
    """
    match = _AGE.fullmatch(clean_label(cell))
    return None if match is None else _read_age(match)


def _read_age(match: re.Match[str]) -> tuple[int, int | None]:
    first = int(match[2])
    if match[4]:
        return first, int(match[4])
    return first, None if match[3] or first == _OLDEST else first


def parse_sex(cell: Cell) -> str:
    """'males', 'females' or 'persons' for the codes of the ONS' tables ('M', 'F', 1, 2), '' for anything else.

    >>> parse_sex('F'), parse_sex(1), parse_sex('Persons'), parse_sex('?')
    ('females', 'males', 'persons', '')
    """
    text = clean_label(cell).lower()
    return {"1": "males", "2": "females"}.get(text, _SEXES.get(text[:1], "") if text.isalpha() else "")
