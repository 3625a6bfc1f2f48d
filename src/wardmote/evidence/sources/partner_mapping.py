"""What a partner's mapping file says: what the data is, and which columns hold the date, the place and the count.

dataset: deliberate_fires
title: Deliberate fires
publisher: Northshire Fire and Rescue
licence: Sharing agreement of May 2024
polarity: lower_is_better
minimum_count: 5
file: {sheet: Incidents, header_row: 3}
covers: 2021-04..2024-03
caveats: [Fires put out before a crew came are not recorded]
columns:
  date: {name: Month, format: "%Y-%m"}
  area: {name: Ward code, type: ward@2024}
  category:
    - {name: Fire type, as: fire_type}
  count: {name: Incidents}
categories:
  fire_type: {Primary: primary, Secondary: secondary}
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from wardmote.evidence.definitions.files import DefinitionReader, LinedDict, read_mapping
from wardmote.evidence.definitions.indicators import POLARITIES
from wardmote.evidence.model.areas import AreaSet
from wardmote.evidence.model.errors import DefinitionError, Fault, UnreadableInputError, UsageError
from wardmote.evidence.model.periods import Period
from wardmote.evidence.sources.cells import show_text
from wardmote.evidence.sources.csv_records import find_control

QUARTER = "quarter"
DEFAULT_MINIMUM_COUNT = 5
_NAME = re.compile(r"[a-z][a-z0-9_]*")
_MIDDLE_OF_YEAR = datetime(2021, 11, 25, 13, 45)  # noqa: DTZ001 - only to see what a format writes and reads


@dataclass(frozen=True, slots=True)
class AreaColumns:
    """Where a row's place stands: a code of `area_set`, or a point that is to be put into an area of `area_set`."""

    area_set: AreaSet
    code: str = ""
    longitude: str = ""
    latitude: str = ""

    @property
    def columns(self) -> tuple[str, ...]:
        return (self.code,) if self.code else (self.longitude, self.latitude)


@dataclass(frozen=True, slots=True)
class Category:
    """A column that sorts the items. `values` maps what the file says to what is stored; empty takes it as it is."""

    column: str
    name: str
    values: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PartnerMapping:
    """A mapping file, checked. `count` is '' where each row is one item; `covers` is None where nothing says it."""

    dataset: str
    title: str
    publisher: str
    licence: str
    polarity: str
    minimum_count: int
    date: str
    date_format: str
    area: AreaColumns
    categories: tuple[Category, ...]
    count: str
    sheet: str
    header_row: int
    covers: Period | None
    caveats: tuple[str, ...]
    where: str
    part_of: str = ""

    @property
    def step(self) -> str:
        return QUARTER if self.date_format == QUARTER else "month"

    @property
    def months_a_step(self) -> int:
        return 3 if self.step == QUARTER else 1

    @property
    def columns(self) -> tuple[str, ...]:
        """Every column of the file that is read."""
        named = (self.date, *self.area.columns, *(c.column for c in self.categories), self.count)
        return tuple(dict.fromkeys(n for n in named if n))


def read_mapping_file(path: Path) -> PartnerMapping:
    """Read and check a mapping file.

    Raises UnreadableInputError where there is none, DefinitionError naming every fault with its line.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise UnreadableInputError(
            "the mapping file cannot be read", where=path.name, expected="a YAML file in UTF-8"
        ) from error
    return parse_mapping(text, path.name)


def parse_mapping(text: str, where: str) -> PartnerMapping:
    """Check the text of a mapping file and return what it says; `where` is the file's name for messages."""
    reader = read_mapping(text, where)
    columns = _Nested(reader, "columns")
    date, date_format = _read_date(columns)
    area = _read_area(columns)
    category_columns = _read_category_columns(columns)
    count = _read_count(columns)
    columns.finish()
    file = _Nested(reader, "file", required=False)
    sheet, header_row = file.reader.text("sheet", default=""), _read_number(file.reader, "header_row", 1, lowest=1)
    file.finish()
    categories = _read_values(reader, category_columns)
    mapping = PartnerMapping(
        dataset=_read_dataset(reader),
        title=_read_words(reader, "title"),
        publisher=_read_words(reader, "publisher"),
        licence=_read_words(reader, "licence"),
        polarity=reader.choice("polarity", POLARITIES),
        minimum_count=_read_number(reader, "minimum_count", DEFAULT_MINIMUM_COUNT, lowest=2),
        date=date,
        date_format=date_format,
        area=area,
        categories=categories,
        count=count,
        sheet=sheet,
        header_row=header_row,
        covers=_read_covers(reader),
        caveats=reader.texts("caveats"),
        where=where,
        part_of=_read_part_of(reader),
    )
    reader.finish()
    return mapping


class _Nested:
    """A mapping inside the mapping file, whose faults are told with those of the whole."""

    def __init__(self, parent: DefinitionReader, key: str, *, required: bool = True) -> None:
        self.parent = parent
        self.key = key
        body = parent.mapping(key, default=None if required else {})
        self.present = bool(body)
        if not body.lines:
            body.lines = {}
        self.reader = DefinitionReader(body, parent.where)

    def finish(self) -> None:
        if not self.present:
            return
        try:
            self.reader.finish()
        except DefinitionError as error:
            self.parent.faults.extend(error.faults)

    def line(self, key: str) -> int:
        return self.reader.body.lines.get(key, self.parent.body.lines.get(self.key, 1))


def _complain(reader: DefinitionReader, key: str, found: str, expected: str) -> None:
    line = reader.body.lines.get(key, 1)
    reader.faults.append(Fault(found, where=f"{reader.where}, line {line}", expected=expected))


def _read_words(reader: DefinitionReader, key: str) -> str:
    """A text that says something, in letters that can be shown."""
    text = reader.text(key)
    if key in reader.body and not text and not isinstance(reader.body[key], (dict, list)):
        _complain(reader, key, f"{key} is empty", "one line of text")
    elif find_control(text):
        _complain(reader, key, f"{key} holds the control sign {find_control(text)}", "one line of plain text")
    return text


def _read_dataset(reader: DefinitionReader) -> str:
    name = reader.text("dataset")
    if name and not _NAME.fullmatch(name):
        _complain(reader, "dataset", f"dataset is '{name}'", "small letters, digits and _, such as deliberate_fires")
    return name


def _read_part_of(reader: DefinitionReader) -> str:
    """The larger dataset, every item of this one being an item of it."""
    name = reader.text("part_of", default="")
    if name and (not _NAME.fullmatch(name) or name == reader.body.get("dataset")):
        _complain(reader, "part_of", f"part_of is '{name}'", "the name of another dataset, such as all_fires")
    return name


def _read_number(reader: DefinitionReader, key: str, default: int, *, lowest: int) -> int:
    text = reader.text(key, default=str(default))
    if text.isdigit() and int(text) >= lowest:
        return int(text)
    _complain(reader, key, f"{key} is '{text}'", f"a whole number of {lowest} or more")
    return default


def _read_covers(reader: DefinitionReader) -> Period | None:
    text = reader.text("covers", default="")
    try:
        return Period.parse(text) if text else None
    except UsageError as error:
        _complain(reader, "covers", f"covers is '{text}'", error.fault.expected)
        return None


def _read_date(columns: _Nested) -> tuple[str, str]:
    date = _Nested(columns.reader, "date")
    if not date.present:
        return "", ""
    name, date_format = _read_words(date.reader, "name"), _read_words(date.reader, "format")
    if date_format and date_format != QUARTER and not _tells_month(date_format):
        _complain(
            date.reader,
            "format",
            f"format is '{show_text(date_format)}', which does not tell a year and month",
            "such as %d/%m/%Y, %Y-%m or %B %Y; or 'quarter' for financial quarters written 2021/22 Q3",
        )
    date.finish()
    return name, date_format


def _tells_month(date_format: str) -> bool:
    if not (re.search("%[Yy]", date_format) and re.search("%[mbB]", date_format)):
        return False
    try:
        read = datetime.strptime(_MIDDLE_OF_YEAR.strftime(date_format), date_format)  # noqa: DTZ007 - no moment, a form
    except ValueError:
        return False
    return (read.year, read.month) == (_MIDDLE_OF_YEAR.year, _MIDDLE_OF_YEAR.month)


def _read_area(columns: _Nested) -> AreaColumns:
    area = _Nested(columns.reader, "area")
    if not area.present:
        return AreaColumns(AreaSet("unknown"))
    by_point = "longitude" in area.reader.body or "latitude" in area.reader.body
    area_set = _read_area_set(area, default="lsoa@2021" if by_point else None)
    if by_point:
        found = AreaColumns(area_set, longitude=area.reader.text("longitude"), latitude=area.reader.text("latitude"))
    else:
        found = AreaColumns(area_set, code=area.reader.text("name"))
    area.finish()
    return found


def _read_area_set(area: _Nested, *, default: str | None) -> AreaSet:
    text = area.reader.text("type", default=default)
    try:
        found = AreaSet.parse(text)
    except UsageError:
        found = None
    if found is None or (found.kind in ("lsoa", "msoa", "ward") and found.year is None):
        if text:
            _complain(area.reader, "type", f"type is '{text}'", "a kind of area and its year: ward@2024, lsoa@2021")
        return AreaSet("unknown")
    return found


def _read_count(columns: _Nested) -> str:
    """The count's column; '' for a file with one row for each item."""
    if "count" not in columns.reader.body:
        columns.reader.taken.add("count")
        return ""
    count = _Nested(columns.reader, "count")
    name = count.reader.text("name") if count.present else ""
    count.finish()
    return name


def _read_category_columns(columns: _Nested) -> tuple[tuple[str, str], ...]:
    """Heading and stored name of each category column."""
    said: Any = columns.reader.take("category", [])
    found = []
    for entry in said if isinstance(said, list) else [said]:
        if not isinstance(entry, LinedDict):
            _complain(
                columns.reader, "category", "a category names no column", "such as {name: Fire type, as: fire_type}"
            )
            continue
        reader = DefinitionReader(entry, columns.reader.where)
        column = reader.text("name")
        name = reader.text("as", default=re.sub(r"\W+", "_", column.lower()).strip("_"))
        try:
            reader.finish()
        except DefinitionError as error:
            columns.reader.faults.extend(error.faults)
        found.append((column, name))
    return tuple(found)


def _read_values(reader: DefinitionReader, columns: Sequence[tuple[str, str]]) -> tuple[Category, ...]:
    values = reader.mapping("categories", default={})
    for name in values.keys() - {name for _, name in columns}:
        reader.faults.append(
            Fault(
                f"categories speaks of '{name}', which no category column is stored as",
                where=f"{reader.where}, line {values.lines.get(name, 1)}",
                expected=", ".join(n for _, n in columns) or "a category column under 'columns'",
            )
        )
    return tuple(Category(column, name, _map_values(values.get(name))) for column, name in columns)


def _map_values(values: Any) -> dict[str, str]:
    """What the file says, without regard to case and blanks, to what is stored."""
    if not isinstance(values, dict):
        return {}
    return {" ".join(str(k).split()).casefold(): str(v) for k, v in values.items()}
