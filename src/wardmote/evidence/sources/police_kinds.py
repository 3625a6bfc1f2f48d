"""What the publisher's three monthly files are: their columns, what each row becomes, and when a row is refused.

Checks and values are SQL over the publisher's own column names, because DuckDB reads the files itself: a month of a
large force never passes through Python.
"""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Check:
    """One reason for which a row is refused: `reason` is SQL that is null for a good row."""

    code: str
    reason: str
    expected: str
    to_do: str = ""


@dataclass(frozen=True, slots=True)
class PoliceKind:
    """One kind of monthly file.

    `columns` are the publisher's, in order; a file without one of them is refused unless it is in `optional`. `values`
    gives SQL for each column of the rows table after force and month; `month` is SQL for a row's own month as YYYY-MM,
    or null; `reporter` names the column that says whose row it is ('' where the publisher gives none).
    """

    source: str
    suffix: str
    title: str
    columns: tuple[str, ...]
    rows_table: str
    values: dict[str, str]
    month: str
    month_column: str
    optional: frozenset[str] = frozenset()
    reporter: str = ""
    counts_table: str = ""
    counts_value: str = ""
    counts_columns: tuple[str, ...] = ()
    category: str = ""
    category_title: str = ""
    categories: frozenset[str] = frozenset()
    watches_categories: bool = False
    near_month: str = ""  # SQL that is true for a row of another month that still belongs to the file's
    checks: tuple[Check, ...] = field(default=())


MONTH_OF_TEXT = """CASE WHEN regexp_full_match("Month", '(19|20)\\d\\d-(0[1-9]|1[0-2])') THEN "Month" END"""

DOWNLOAD_AGAIN = "Download the file again; a spreadsheet that saved it may have rewritten the dates"


def check_coordinate(column: str, limit: int) -> Check:
    """A coordinate that is given must be a number of degrees; a blank one is no fault."""
    name = f'"{column}"'
    return Check(
        column.lower(),  # a code of its own: what is expected is found by it
        f"CASE WHEN {name} IS NULL OR abs(TRY_CAST({name} AS DOUBLE)) <= {limit} THEN NULL "
        f"ELSE '{column} ''' || {name} || ''' is not a number of degrees' END",
        f"a number from -{limit} to {limit}, or nothing",
        "Download the file again, or mend the cell",
    )


def check_present(column: str) -> Check:
    """A row without this value cannot be counted."""
    return Check(
        "blank",
        f"CASE WHEN \"{column}\" IS NULL THEN '{column} is blank' END",
        f"a value in the column '{column}'",
        "Download the file again, or ask the publisher",
    )


def number_of(column: str) -> str:
    """SQL for a coordinate's value."""
    return f'TRY_CAST("{column}" AS DOUBLE)'


#: What both files about crimes carry, in the publisher's order.
CRIME_COLUMNS = (
    "Crime ID", "Month", "Reported by", "Falls within", "Longitude", "Latitude", "Location", "LSOA code", "LSOA name",
)  # fmt: skip
