"""Which area lies in which: look-ups of the ONS Open Geography portal and files made from them.

One file may give several links (small area to ward, ward to district). Each pair of sets is an edition, such as
'lsoa@2011>ward@2017', and each link carries a scope, the part of the country that a later file replaces with it:

- the district, where the file says in which district the smaller area lies, so that a file for Kent and one for Essex
  stand beside each other and a new file for Kent replaces Kent's links alone;
- the smaller area itself where that is a district; the larger area otherwise (a custom area is replaced as a whole).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from wardmote.evidence.model.areas import AreaKind, kind_of_code
from wardmote.evidence.model.errors import UnreadableInputError
from wardmote.evidence.sources.cells import Cell, clean_label, clean_text, show_text
from wardmote.evidence.sources.contract import TABLES, LoadOptions, Reading
from wardmote.evidence.sources.lookup_columns import AreaColumn, AreaColumns, find_area_columns
from wardmote.evidence.sources.sheets import SheetStream
from wardmote.evidence.sources.table_files import FileReader, Part, find_ragged, read_table_files
from wardmote.evidence.store.staging import Staging

#: Which larger areas each kind is linked to. A middle-layer area does not nest in wards, nor a ward in partnerships.
_PARENTS: dict[AreaKind, tuple[AreaKind, ...]] = {
    "lsoa": ("msoa", "ward", "district", "csp", "force", "custom"),
    "msoa": ("district",),
    "ward": ("district", "custom"),
    "district": ("csp", "force", "region", "country", "custom"),
    "csp": ("force",),
    "region": ("country",),
}
#: Kinds that may lie in several areas: districts are split between partnerships, custom areas overlap.
_MANY = {("district", "csp"), ("district", "force")}
_BELOW_DISTRICT = ("lsoa", "msoa", "ward")
_CHANGES = ("U", "S", "M", "X")
_NOTHING = frozenset({"", "na", "n/a", "null"})
_HEADER_WITHIN = 60
_EXPECTED = "two or more columns of codes such as LSOA21CD, WD24CD, LAD24CD or lsoa21_code, ward24_code, ltla24_code"


@dataclass(frozen=True, slots=True)
class _Pair:
    """One edition of a file: the columns of the smaller and of the larger area."""

    child: AreaColumn
    parent: AreaColumn
    district: AreaColumn | None  # says in which district the smaller area lies

    @property
    def edition(self) -> str:
        return f"{self.child.area_set}>{self.parent.area_set}"

    @property
    def may_repeat(self) -> bool:
        kinds = (self.child.area_set.kind, self.parent.area_set.kind)
        return kinds[0] == kinds[1] or kinds[1] == "custom" or kinds in _MANY


@dataclass(slots=True)
class _Links:
    """What a file says of one edition: (child, parent) -> the link's cells."""

    pair: _Pair
    cells: dict[tuple[str, str], tuple[str, ...]] = field(default_factory=dict)
    parent_of: dict[str, str] = field(default_factory=dict)


def read(paths: Sequence[Path], staging: Staging, options: LoadOptions) -> Reading:
    """Read look-ups into `area_links`.

    Of two files in one load that link the same smaller area in the same edition the later one counts.
    """
    return read_table_files(paths, staging, options, table="area_links", read_file=_read_file, area_column="child_code")


def _read_file(reader: FileReader) -> None:
    found = False
    seen: list[str] = []
    for sheet in reader.open_sheets():
        rows = iter(sheet.numbered_rows)
        header = _find_header(rows, seen)
        if header is not None:
            found = True
            _read_rows(reader, sheet, rows, *header)
    if not found:
        raise UnreadableInputError(
            f"this is no look-up between areas (its headings are {_quote(seen)})" if seen else "this file is empty",
            where=reader.name,
            expected=_EXPECTED,
            to_do="Look for a renamed heading: the year of the boundaries is read from it",
        )


def _quote(labels: Sequence[str]) -> str:
    return ", ".join(f"'{show_text(label)}'" for label in labels[:12]) + (" …" if len(labels) > 12 else "")


def _find_header(rows: Iterator[tuple[int, list[Cell]]], seen: list[str]) -> tuple[AreaColumns, list[str]] | None:
    """Read on to the row of headings; `seen` is left with the first row that was not blank, for the message."""
    for line, row in rows:
        labels = [clean_label(cell) for cell in row]
        seen[:] = seen or [label for label in labels if label]
        columns = find_area_columns(labels)
        if len(columns.columns) > 1:
            return columns, labels
        if line >= _HEADER_WITHIN:
            return None
    return None


# -- rows -------------------------------------------------------------------------------------------------------
def _read_rows(
    reader: FileReader,
    sheet: SheetStream,
    rows: Iterator[tuple[int, list[Cell]]],
    columns: AreaColumns,
    labels: list[str],
) -> None:
    if columns.undated:
        reader.warn(
            f"{_quote(columns.undated)} names no year of boundaries and was passed over",
            to_do="Write the year into the heading, as in LAD24CD, if its links are wanted",
        )
    editions = [_Links(pair) for pair in _list_pairs(columns)]
    place = f"{sheet.file}, sheet '{sheet.name}'" if sheet.name else sheet.file
    reader.complain_of_repeated(columns.repeated, place)
    for line, row in rows:
        cells = [clean_text(cell) for cell in row]
        if not any(cells):
            continue
        reader.rows_in += 1
        ragged = "" if sheet.name else find_ragged(cells, labels)
        reason = ragged or _take_row(cells, columns, editions)
        if reason:
            reader.refuse(line, row, reason, where=f"{place}, row {line}")
    _drop_unlinked(reader, editions)
    for links in editions:
        reader.parts += _list_parts(links, reader.name)


def _list_pairs(columns: AreaColumns) -> list[_Pair]:
    """The editions that a file gives: vintages of one kind in turn, and of the newest vintage the areas it lies in."""
    pairs: list[_Pair] = []
    for kind, parents in _PARENTS.items():
        children = columns.of_kind(kind)
        if not children:
            continue
        districts = columns.of_kind("district") if kind in _BELOW_DISTRICT else ()
        district = districts[-1] if districts else None
        pairs += [_Pair(old, new, district) for old, new in pairwise(children)]
        # A publisher fits the newest vintage to the larger areas; an older one reaches them through the newest.
        wanted = (p for p in parents if not (kind == "district" and p == "force" and columns.of_kind("csp")))
        pairs += [_Pair(children[-1], parent, district) for p in wanted for parent in columns.of_kind(p)]
    return pairs


def _take_row(cells: list[str], columns: AreaColumns, editions: list[_Links]) -> str:
    """Add a row's links; what is wrong with the row, or ''."""
    bad = next((b for column in columns.columns if (b := _find_bad_code(cells, column))), "")
    if bad:
        return bad
    change = _cell(cells, columns.change_position).upper()
    if change not in ("", *_CHANGES):
        return "the change indicator is none of U, S, M and X"
    taken = [links for links in editions if _code(cells, links.pair.child) and _code(cells, links.pair.parent)]
    if not taken:
        return "the row names fewer than two areas that can be linked"
    twice = next((t for links in taken if (t := _find_second_parent(cells, links))), "")
    if twice:
        return twice
    for links in taken:
        _add_link(cells, links, change)
    return ""


def _cell(cells: list[str], position: int | None) -> str:
    text = cells[position] if position is not None and position < len(cells) else ""
    return "" if text.casefold() in _NOTHING else text


def _code(cells: list[str], column: AreaColumn) -> str:
    return _cell(cells, column.code_position)


def _find_bad_code(cells: list[str], column: AreaColumn) -> str:
    code, kind = _code(cells, column), column.area_set.kind
    found = kind_of_code(code) if code else kind
    if found == kind or (found == "unknown" and kind != "custom"):
        return ""  # 'unknown' are areas outside England and Wales, which some look-ups carry
    what = "no GSS code" if found == "custom" else f"the code of a {found}" if found != "unknown" else "a GSS code"
    return f"column '{column.label}' holds {what} where a {kind} is expected"


def _find_second_parent(cells: list[str], links: _Links) -> str:
    pair = links.pair
    child, parent = _code(cells, pair.child), _code(cells, pair.parent)
    if pair.may_repeat or links.parent_of.setdefault(child, parent) == parent:
        return ""
    kinds = (pair.child.area_set.kind, pair.parent.area_set.kind)
    return f"the {kinds[0]} was given to another {kinds[1]} further up ({pair.edition})"


def _add_link(cells: list[str], links: _Links, change: str) -> None:
    pair = links.pair
    child, parent = _code(cells, pair.child), _code(cells, pair.parent)
    is_recoding = pair.child.area_set.kind == pair.parent.area_set.kind
    names = (_cell(cells, pair.child.name_position), _cell(cells, pair.parent.name_position))
    scope = _find_scope(cells, pair, child, parent)
    links.cells.setdefault((child, parent), (*names, change if is_recoding else "", scope))


def _find_scope(cells: list[str], pair: _Pair, child: str, parent: str) -> str:
    if pair.parent.area_set.kind == "custom":
        return parent
    if pair.child.area_set.kind == "district":
        return child
    return (_code(cells, pair.district) if pair.district else "") or parent


def _drop_unlinked(reader: FileReader, editions: list[_Links]) -> None:
    """Say it where a pair of columns gave no link at all, for then a column is empty."""
    for links in editions:
        if reader.rows_in > reader.rows_refused and not links.cells:
            reader.warn(f"no row has codes for both sides of {links.pair.edition}; it was left out")


def _list_parts(links: _Links, file: str) -> list[Part]:
    """The edition as one part; custom areas, which may overlap, one by one so that none takes another's members."""
    if not links.cells:
        return []
    table = _build_table(links)
    if links.pair.parent.area_set.kind != "custom":
        return [Part((links.pair.edition,), table, file)]
    codes = sorted({parent for _, parent in links.cells})
    return [Part((links.pair.edition, c), table.filter(pc.equal(table["parent_code"], c)), file) for c in codes]


def _build_table(links: _Links) -> pa.Table:
    pair, count = links.pair, len(links.cells)
    ordered = sorted(links.cells.items())
    columns = {
        "edition": pa.repeat(pair.edition, count),
        "child_set": pa.repeat(str(pair.child.area_set), count),
        "parent_set": pa.repeat(str(pair.parent.area_set), count),
        "child_code": [child for (child, _), _ in ordered],
        "child_name": [cells[0] for _, cells in ordered],
        "parent_code": [parent for (_, parent), _ in ordered],
        "parent_name": [cells[1] for _, cells in ordered],
        "change": [cells[2] for _, cells in ordered],
        "scope": [cells[3] for _, cells in ordered],
    }
    return pa.table(columns, schema=TABLES["area_links"])
