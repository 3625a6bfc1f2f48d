"""A partner's own records, counted by month, place and category as a mapping file says.

Settings: `mapping`, the path of the YAML file (see `partner_mapping`); it may stand among the paths instead. Data in
which somebody could be recognised is refused as a whole, whatever the mapping says about the column. Rows that cannot
be used are kept aside by their line only: what stands in them may be anything.
"""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import pyarrow as pa

from wardmote.evidence.model.errors import Fault, UnreadableInputError
from wardmote.evidence.model.periods import Month
from wardmote.evidence.sources.cells import clean_label, clean_text
from wardmote.evidence.sources.contract import KEYS, TABLES, LoadOptions, Reading
from wardmote.evidence.sources.partner_identity import LONGEST_CELL, find_identifying, find_identifying_elsewhere
from wardmote.evidence.sources.partner_lost import Lost, describe_lost, warn_of_lost
from wardmote.evidence.sources.partner_mapping import PartnerMapping, read_mapping_file
from wardmote.evidence.sources.partner_places import place_in_areas
from wardmote.evidence.sources.partner_rows import PartnerRow, read_remains, read_row
from wardmote.evidence.sources.sheets import HeaderMatch, Sheet
from wardmote.evidence.sources.table_files import FileReader, Part, read_table_files
from wardmote.evidence.store.staging import Staging

_MAPPING_ENDINGS = (".yaml", ".yml")
#: Beyond these a column without listed values is free text rather than a category.
_MOST_VALUES, _LONGEST_VALUE = 100, 60


class IdentifyingDataError(UnreadableInputError):
    """The files hold data in which somebody could be recognised; nothing of them is kept."""

    is_identifying = True


@dataclass(slots=True)
class _Tally:
    """What is counted in one cell; one withheld part withholds the whole."""

    total: float = 0.0
    is_withheld: bool = False

    def add(self, count: float | None) -> None:
        self.total += count or 0.0
        self.is_withheld = self.is_withheld or count is None


@dataclass(slots=True)
class _Load:
    """The mapping, what was found in any file that must not be there, and what could not be read of each month."""

    mapping: PartnerMapping
    identifying: list[Fault] = field(default_factory=list)
    lost: dict[Month, Lost] = field(default_factory=dict)  # of the file that answers for the month
    undated_count: int = 0  # refused rows of all files whose month cannot be read


def read(paths: Sequence[Path], staging: Staging, options: LoadOptions) -> Reading:
    """Read a partner's files into `partner_counts` and `partner_datasets`.

    Raises IdentifyingDataError where any file holds what could identify somebody, DefinitionError for a mapping file
    that does not say what it must.
    """
    load = _Load(read_mapping_file(_find_mapping(paths, options)))
    tables = [p for p in paths if p.suffix.lower() not in _MAPPING_ENDINGS]
    reading = read_table_files(
        tables, staging, options, table="partner_counts", read_file=lambda reader: _read_file(reader, load),
        complete=lambda parts: _fill_covered(parts, load),
    )  # fmt: skip
    if load.identifying:
        raise IdentifyingDataError(
            "these files hold data in which somebody could be recognised; nothing was loaded and nothing kept",
            faults=load.identifying,
        )
    reading.publisher, reading.licence = load.mapping.publisher, load.mapping.licence
    if any(table.rows for table in staging.tables):
        staging.write_table("partner_datasets", _describe_dataset(load.mapping), key=KEYS["partner_datasets"])
        staging.write_table(
            "partner_refusals", describe_lost(load.lost, load.undated_count, load.mapping), key=KEYS["partner_refusals"]
        )
        reading.months |= {month + n for month in load.lost for n in range(load.mapping.months_a_step)}
        reading.faults += [
            *_find_gaps(reading, load.mapping),
            *warn_of_lost(load.lost, load.undated_count, load.mapping),
        ]
    return reading


def _find_mapping(paths: Sequence[Path], options: LoadOptions) -> Path:
    if said := options.settings.get("mapping", "").strip():
        return Path(said)
    given = [p for p in paths if p.suffix.lower() in _MAPPING_ENDINGS]
    if len(given) == 1:
        return given[0]
    raise UnreadableInputError(
        "a partner's data needs one mapping file, and " + ("none was named" if not given else "several were named"),
        expected="a YAML file that says which columns hold the date, the area and the count",
        to_do="Name it with the setting 'mapping', or beside the data file",
    )


def _describe_dataset(mapping: PartnerMapping) -> pa.Table:
    row = {
        "dataset": mapping.dataset,
        "title": mapping.title,
        "publisher": mapping.publisher,
        "licence": mapping.licence,
        "polarity": mapping.polarity,
        "minimum_count": mapping.minimum_count,
        "step": mapping.step,
        "caveats": list(mapping.caveats),
        "has_listed_categories": all(c.values for c in mapping.categories),
        "part_of": mapping.part_of,
    }
    return pa.Table.from_pylist([row], TABLES["partner_datasets"])


def _find_gaps(reading: Reading, mapping: PartnerMapping) -> list[Fault]:
    """Months inside the span that no row is about: missing, not zero, unless the mapping says they are covered."""
    held = reading.months
    months = [] if not held else [Month.from_ordinal(n) for n in range(min(held).ordinal, max(held).ordinal + 1)]
    gaps = [m for m in months if m not in held]
    if not gaps:
        return []
    reading.months_missing = tuple(map(str, gaps))
    return [
        Fault(
            f"no row is about {', '.join(map(str, gaps))}; these months count as missing, not as none",
            where=mapping.where,
            to_do="If nothing happened then, say in the mapping file which months the data covers ('covers: 2021/22')",
            severity="warning",
            code="months_missing",
        )
    ]


# -- one file ---------------------------------------------------------------------------------------------------
def _read_file(reader: FileReader, load: _Load) -> None:
    mapping = load.mapping
    reader.keeps_text = False
    sheets = reader.read_sheets()
    sheet = _choose_sheet(sheets, mapping, reader.name)
    if not sheet.rows:
        raise UnreadableInputError(
            "there is nothing in this table", where=sheet.where(), expected="a row of headings and rows below it"
        )
    header = mapping.header_row
    index = next((i for i, line in enumerate(sheet.lines) if line >= header), 0)
    labels = [clean_label(c) for c in sheet.rows[index]] if sheet.rows else []
    lost = Lost()
    items = _collect_items(reader, sheet, index, labels, mapping, lost=lost) if _has_columns(labels, mapping) else None
    found = find_identifying(sheet, index, event_years=[i.month.year for i in items or ()])
    found += [f for other in sheets if other is not sheet for f in find_identifying_elsewhere(other)]
    load.identifying += found
    if found:
        return
    _check_repeated(labels, mapping, sheet, header)
    if items is None:
        _explain_columns(labels, mapping, sheet, header)
    else:
        _check_categories(items, mapping, sheet)
        _hand_over(reader, sheet, items, mapping, lost)
        load.lost.update(dict.fromkeys(_list_months(reader.parts), lost))
        load.undated_count += lost.undated_count


def _list_months(parts: Sequence[Part]) -> list[Month]:
    return [Month.parse(part.key[1]) for part in parts]


def _fill_covered(parts: Sequence[Part], load: _Load) -> list[Part]:
    """Months that the mapping says are covered and of which no file has a row: nothing happened, and that is held."""
    mapping, held = load.mapping, set(_list_months(parts))
    if not mapping.covers or not parts:
        return []
    empty = [m for m in mapping.covers.months if m not in held and (m.number - 1) % mapping.months_a_step == 0]
    load.lost.update(dict.fromkeys(empty, Lost()))
    return [Part((mapping.dataset, str(m)), _build_table({("", ""): _Tally()}, m, mapping), "") for m in empty]


def _choose_sheet(sheets: Sequence[Sheet], mapping: PartnerMapping, name: str) -> Sheet:
    if not mapping.sheet and sheets:
        return sheets[0]
    wanted = mapping.sheet.casefold()
    found = next((s for s in sheets if s.name.casefold() == wanted or not s.name), None)
    if found is None:
        raise UnreadableInputError(
            f"there is no sheet '{mapping.sheet}', which the mapping file names",
            where=name,
            expected="one of " + ", ".join(s.name for s in sheets),
        )
    return found


def _has_columns(labels: Sequence[str], mapping: PartnerMapping) -> bool:
    return not _missing_columns(labels, mapping)


def _missing_columns(labels: Sequence[str], mapping: PartnerMapping) -> list[str]:
    present = {label.casefold() for label in labels}
    return [c for c in mapping.columns if clean_label(c).casefold() not in present]


def _check_repeated(labels: Sequence[str], mapping: PartnerMapping, sheet: Sheet, header: int) -> None:
    """Of two columns of one name nobody can say which the mapping file means."""
    folded = [label.casefold() for label in labels]
    repeated = ", ".join(f"'{c}'" for c in mapping.columns if folded.count(clean_label(c).casefold()) > 1)
    if repeated:
        raise UnreadableInputError(
            f"the heading {repeated} stands more than once, and {mapping.where} names it",
            where=sheet.where(header),
            expected="each column that is read once",
            to_do="Rename or remove the other column",
        )


def _explain_columns(labels: Sequence[str], mapping: PartnerMapping, sheet: Sheet, header: int) -> None:
    missing = ", ".join(f"'{c}'" for c in _missing_columns(labels, mapping))
    raise UnreadableInputError(
        f"the columns {missing} that {mapping.where} names are not there",
        where=sheet.where(header),
        expected="headings " + (", ".join(f"'{label}'" for label in labels if label) or "(the row is empty)"),
        to_do="Correct the names in the mapping file, or its header_row",
    )


def _collect_items(
    reader: FileReader, sheet: Sheet, index: int, labels: Sequence[str], mapping: PartnerMapping, *, lost: Lost
) -> list[PartnerRow]:
    """Every row that can be understood. The others are kept aside without what stands in them."""
    folded = [label.casefold() for label in labels]
    position = {c: folded.index(clean_label(c).casefold()) for c in mapping.columns}
    items: list[PartnerRow] = []
    lost.undated_count += reader.rows_refused  # lines that could not be parted into cells
    whole = reader.drop_ragged(sheet, HeaderMatch(index, sheet.lines[index], tuple(labels), ()))
    lost.note_ragged(sheet, whole, index, position[mapping.date], mapping)
    for line, cells in zip(whole.lines[index + 1 :], whole.rows[index + 1 :], strict=True):
        if not any(clean_text(c) for c in cells):
            continue
        reader.rows_in += 1
        row = {c: cells[p] if p < len(cells) else None for c, p in position.items()}
        try:
            if any(isinstance(c, str) and len(c) > LONGEST_CELL for c in cells):
                raise ValueError(f"a cell is longer than {LONGEST_CELL:,} letters")
            items.append(read_row(line, row, mapping))
        except ValueError as fault:
            reader.refuse(line, [], str(fault), where=sheet.where(line))
            lost.note(read_remains(line, row, mapping))
    return items


def _check_categories(items: Sequence[PartnerRow], mapping: PartnerMapping, sheet: Sheet) -> None:
    """A column of free text is no category, and what people write in one may name somebody."""
    for number, category in enumerate(mapping.categories):
        values = {item.category.split("; ")[number] for item in items}
        room = _LONGEST_VALUE + len(category.name)
        if not category.values and (len(values) > _MOST_VALUES or max(map(len, values), default=0) > room):
            raise UnreadableInputError(
                f"the column '{category.column}' holds free text or more than {_MOST_VALUES} different values",
                where=sheet.where(),
                expected="a column that sorts the items into kinds",
                to_do=f"Leave it out of {mapping.where}, or list the values to take under 'categories'",
            )


# -- into the table ---------------------------------------------------------------------------------------------
def _hand_over(
    reader: FileReader, sheet: Sheet, items: Sequence[PartnerRow], mapping: PartnerMapping, lost: Lost
) -> None:
    placed = _place_items(reader, sheet, items, mapping)
    by_month: dict[Month, dict[tuple[str, str], _Tally]] = defaultdict(dict)
    for item, code in placed:
        by_month[item.month].setdefault((code, item.category), _Tally()).add(item.count)
    if not mapping.count:
        lost.set_few_aside(Counter(item.month for item, _ in placed))
    lost.forget_what_nobody_listed(placed, mapping)
    for month in {row.month for row in lost.rows if row.month} - by_month.keys() if placed else ():
        by_month[month][("", "")] = _Tally()  # its figures say that a row was refused, not that none came
    for month in sorted(by_month):
        table = _build_table(by_month[month], month, mapping)
        reader.parts.append(Part((mapping.dataset, str(month)), table, reader.name))
        reader.months.update(month + n for n in range(mapping.months_a_step))


def _place_items(
    reader: FileReader, sheet: Sheet, items: Sequence[PartnerRow], mapping: PartnerMapping
) -> list[tuple[PartnerRow, str]]:
    if mapping.area.code:
        return [(item, item.area) for item in items]
    codes = place_in_areas([i.point for i in items if i.point], mapping.area.area_set, reader.staging)
    for item, code in zip(items, codes, strict=True):
        if not code:
            reason = f"the point lies in no area of {mapping.area.area_set} whose boundary is loaded"
            reader.refuse(item.line, [], reason, where=sheet.where(item.line))
    return [(item, code) for item, code in zip(items, codes, strict=True) if code]


def _build_table(cells: dict[tuple[str, str], _Tally], month: Month, mapping: PartnerMapping) -> pa.Table:
    ordered = sorted(cells.items())
    count = len(ordered)
    columns = {
        "dataset": pa.repeat(mapping.dataset, count),
        "month": pa.repeat(pa.scalar(date(month.year, month.number, 1)), count),
        "area_set": pa.repeat(str(mapping.area.area_set), count),
        "area_code": [code for (code, _), _ in ordered],
        "category": [category for (_, category), _ in ordered],
        "items_count": [None if tally.is_withheld else tally.total for _, tally in ordered],
    }
    return pa.table(columns, schema=TABLES["partner_counts"])
