"""A partnership's own areas - beats, localities, hot spots - as unions of small areas.

Read are lists (csv, xlsx, ods) with an area and a small area on each row, and shapes (GeoJSON and what `boundaries`
reads). Shapes are kept as boundaries, and each small area is linked to the shape that holds most of it; lists get the
shapes of their small areas. Both need boundaries of small areas to be loaded before.

Settings: `set` (custom, or custom@2025 to tell sets of areas apart), `small_areas` (lsoa@2021) where nothing says it,
`scheme` (what the areas are called together; the file's name otherwise), `code` and `name` for the columns.
"""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from wardmote.evidence.model.areas import AreaSet, kind_of_code
from wardmote.evidence.model.errors import Fault, UnreadableInputError, UsageError
from wardmote.evidence.sources import boundaries
from wardmote.evidence.sources.cells import clean_text
from wardmote.evidence.sources.contract import KEYS, TABLES, LoadOptions, Reading
from wardmote.evidence.sources.custom_area_columns import ListColumns, find_list_columns, make_code
from wardmote.evidence.sources.custom_area_fit import (
    Fit,
    choose_vintage,
    fit_small_areas,
    guess_code_property,
    unite_small_areas,
)
from wardmote.evidence.sources.sheets import Sheet, is_table_file
from wardmote.evidence.sources.table_files import FileReader, Part, read_table_files
from wardmote.evidence.store.staging import Staging

#: A small area more than a tenth of which lies outside the shape makes the union a poor likeness of it.
_GOOD_FIT = 0.9


def read(paths: Sequence[Path], staging: Staging, options: LoadOptions) -> Reading:
    """Read areas into `area_links`, and shapes into `boundaries` besides."""
    area_set = _read_set(options)
    lists = [p for p in paths if p.is_dir() or is_table_file(p)]
    if not lists:
        return _read_shapes(paths, staging, options, area_set)
    if len(lists) < len(paths):
        raise UnreadableInputError(
            "lists and shapes of areas cannot be loaded together", to_do="Load each in a command of its own"
        )
    reading = read_table_files(
        paths,
        staging,
        options,
        table="area_links",
        read_file=lambda r: _read_list(r, area_set),
        area_column="child_code",
    )
    shapes = unite_small_areas(pq.read_table(staging.table_path("area_links")), area_set, staging)
    if shapes.num_rows:
        staging.write_table("boundaries", shapes, key=KEYS["boundaries"])
    return reading


def _read_set(options: LoadOptions) -> AreaSet:
    said = options.settings.get("set", "").strip() or "custom"
    area_set = AreaSet.parse(said)
    if area_set.kind != "custom":
        raise UsageError(f"{said} are not areas of your own", expected="custom or custom@YEAR, such as custom@2025")
    return area_set


# -- lists ------------------------------------------------------------------------------------------------------
def _read_list(reader: FileReader, area_set: AreaSet) -> None:
    read = 0
    for sheet in reader.read_sheets():
        columns = find_list_columns(sheet, code=reader.setting("code"), name=reader.setting("name"))
        if columns:
            read += 1
            _read_rows(reader, sheet, columns, area_set)
    if not read:
        raise UnreadableInputError(
            "this file does not say which small areas make up which area",
            where=reader.name,
            expected="a column of LSOA codes (E01…) and a column that names or codes an area, one pair a row",
        )


def _read_rows(reader: FileReader, sheet: Sheet, columns: ListColumns, area_set: AreaSet) -> None:
    sheet = reader.drop_ragged(sheet, columns.header)
    links: dict[str, tuple[str, str]] = {}
    for line, row in sheet.rows_below(columns.header):
        small = clean_text(row[columns.small])
        name = clean_text(row[columns.name]) if columns.name is not None else ""
        code = clean_text(row[columns.code]) if columns.code is not None else make_code(name)
        reader.rows_in += 1
        reason = _find_fault(small, code, links)
        if reason:
            reader.refuse(line, row, reason, where=sheet.where(line))
            continue
        links[small] = (code, name or code)
    vintage = choose_vintage(links, said=reader.setting("small_areas"), heading=columns.vintage, staging=reader.staging)
    if vintage is None:
        reader.complain(
            "nothing says whether these small areas are those of 2011 or of 2021",
            where=sheet.where(columns.header.line),
            expected="a heading such as LSOA21CD",
            to_do="Say it with the setting small_areas=lsoa@2021 (or lsoa@2011)",
        )
        return
    scheme = reader.setting("scheme") or Path(reader.name).name.split(".")[0]
    fits = [Fit(small, code, name, 1.0) for small, (code, name) in links.items()]
    table = _build_links(fits, vintage, area_set, scheme)
    if links:
        reader.parts.append(Part((str(area_set), scheme), table, reader.name))


def _find_fault(small: str, code: str, links: dict[str, tuple[str, str]]) -> str:
    if kind_of_code(small) != "lsoa":
        return "the row has no code of a small area (E01…)"
    if not code:
        return "the row names no area"
    if kind_of_code(code) != "custom":
        return "the area's code is that of an official area; areas of your own need codes of their own"
    if small in links and links[small][0] != code:
        return "the small area stands in two areas; areas that overlap go into files and sets of their own"
    return ""


def _build_links(fits: Sequence[Fit], vintage: AreaSet, area_set: AreaSet, scheme: str) -> pa.Table:
    count = len(fits)
    columns = {
        "edition": pa.repeat(f"{vintage}>{area_set}", count),
        "child_set": pa.repeat(str(vintage), count),
        "parent_set": pa.repeat(str(area_set), count),
        "child_code": [f.small for f in fits],
        "child_name": pa.repeat("", count),
        "parent_code": [f.code for f in fits],
        "parent_name": [f.name for f in fits],
        "change": pa.repeat("", count),
        "scope": pa.repeat(scheme, count),
    }
    return pa.table(columns, schema=TABLES["area_links"])


# -- shapes -----------------------------------------------------------------------------------------------------
def _read_shapes(paths: Sequence[Path], staging: Staging, options: LoadOptions, area_set: AreaSet) -> Reading:
    """Shapes are read as any boundaries are; their small areas follow from the boundaries in the store."""
    settings = {"code": guess_code_property(paths), **options.settings, "set": str(area_set)}
    reading = boundaries.read(paths, staging, replace(options, settings=settings))
    shapes = pq.read_table(staging.table_path("boundaries"))
    if not shapes.num_rows:
        return reading
    vintage = AreaSet.parse(options.settings.get("small_areas", "") or "lsoa@2021")
    fits = fit_small_areas(shapes, vintage, staging)
    if not fits:
        reading.faults.append(_explain_no_links(vintage, paths))
        return reading
    reading.faults += _judge_fits(fits, shapes, vintage, paths)
    scheme = options.settings.get("scheme", "") or paths[0].name.split(".")[0]
    staging.write_table("area_links", _build_links(fits, vintage, area_set, scheme), key=KEYS["area_links"])
    return reading


def _explain_no_links(vintage: AreaSet, paths: Sequence[Path]) -> Fault:
    return Fault(
        f"no loaded boundary of {vintage} lies in these shapes, so nothing can be counted for them yet",
        where=paths[0].name,
        to_do=f"Load boundaries of {vintage} with 'wardmote load boundaries FILE', then these shapes again",
        severity="warning",
        code="no_links",
    )


def _judge_fits(fits: Sequence[Fit], shapes: pa.Table, vintage: AreaSet, paths: Sequence[Path]) -> list[Fault]:
    """What the reader must know: shapes without small areas, and unions that are not quite the shapes."""
    linked = {f.code for f in fits}
    empty = [c for c in shapes["area_code"].to_pylist() if c not in linked]
    rough = sorted({f.code for f in fits if f.share < _GOOD_FIT})
    faults = []
    if empty:
        faults.append(
            Fault(
                f"no small area lies mostly in {', '.join(empty)}; nothing can be counted for them by small area",
                where=paths[0].name,
                severity="warning",
                code="no_links",
            )
        )
    if rough:
        faults.append(
            Fault(
                f"{', '.join(rough)} cut through small areas of {vintage}; counts are for the small areas that lie "
                "mostly inside",
                where=paths[0].name,
                severity="warning",
                code="best_fit",
            )
        )
    return faults
