"""Boundaries of areas: GeoJSON, TopoJSON, GeoPackage and shapefile in any coordinate system, kept as valid WGS84.

Settings: `set` (ward@2013) where no column says it, `code` and `name` for the columns, `crs` where the file names none.
The scope by which a later file replaces an earlier one is the district of each shape where the file gives it, else the
area itself.
"""

import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import shapely

from wardmote.evidence.model.areas import AreaSet, kind_of_code
from wardmote.evidence.model.errors import UnreadableInputError, WardmoteError
from wardmote.evidence.sources.boundary_columns import ColumnWishes, ShapeColumns, find_shape_columns
from wardmote.evidence.sources.boundary_files import BoundaryFile, find_boundary_files, prepare_source
from wardmote.evidence.sources.boundary_shapes import (
    WGS84,
    find_shape_fault,
    parse_shapes,
    plan_reprojection,
    repair_shape,
)
from wardmote.evidence.sources.contract import KEYS, TABLES, LoadOptions, Reading
from wardmote.evidence.sources.inputs import describe_input
from wardmote.evidence.sources.table_files import FileReader, Part, join_parts
from wardmote.evidence.store.staging import Staging


@dataclass(frozen=True, slots=True)
class _Layer:
    """One layer of a file as it was read: where it is, its columns' headings and values, and its geometries."""

    where: str
    crs: str | None
    labels: tuple[str, ...]
    values: list[Any]
    wkb: Any


@dataclass(frozen=True, slots=True)
class _Feature:
    """One shape that was taken."""

    code: str
    name: str
    scope: str
    shape: Any


def read(paths: Sequence[Path], staging: Staging, options: LoadOptions) -> Reading:
    """Read boundaries into `boundaries`. Of two files in one load that draw the same area the later one counts."""
    reading = Reading()
    found = find_boundary_files(paths)
    reading.faults += found.faults
    parts: list[Part] = []
    for number, file in enumerate(found.files):
        options.progress(file.found.name, number, len(found.files))
        reader = FileReader(file.found, options, staging)
        _read_file(reader, file)
        parts += reader.parts
        kept = reader.rows_in - reader.rows_refused
        counts = {"rows_in": reader.rows_in, "rows_kept": kept, "rows_refused": reader.rows_refused}
        reading.inputs.append(describe_input(file.found, **counts))
        reading.faults += reader.list_faults()
    rows, faults = join_parts(parts, schema=TABLES["boundaries"], area_column="area_code")
    reading.faults += faults
    staging.write_table("boundaries", rows, key=KEYS["boundaries"])
    return reading


def _read_file(reader: FileReader, file: BoundaryFile) -> None:
    """Read each layer; a fault of one does not stop the others."""
    try:
        source, was_rewritten = prepare_source(file, reader.staging.scratch)
        if was_rewritten:
            reader.warn("its letters are not UTF-8, as GeoJSON must be; they were read as Windows-1252")
        with _collecting_warnings(reader):
            layers = _open_layers(source, reader.name)
    except UnreadableInputError as error:
        reader.faults.append(error.fault)
        return
    for layer in layers:
        try:
            _read_layer(reader, layer)
        except WardmoteError as error:
            reader.faults.append(error.fault)


@contextmanager
def _collecting_warnings(reader: FileReader) -> Iterator[None]:
    """What is remarked while a file is read, by the geometry library too, becomes a warning about it, each once."""
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        yield
    remarks = dict.fromkeys(str(w.message).split(". To avoid", maxsplit=1)[0] for w in caught)
    for remark in remarks:
        reader.warn(f"remarked while it was read: {remark}")


def _open_layers(source: str, name: str) -> list[_Layer]:
    import pyogrio
    from pyogrio.errors import DataLayerError, DataSourceError

    try:
        titles = [title for title, kind in pyogrio.list_layers(source) if kind is not None]
        if not titles:
            raise UnreadableInputError("this file holds tables but no shapes", where=name)
        return [
            _open_layer(source, title, name if len(titles) == 1 else f"{name}, layer '{title}'") for title in titles
        ]
    except (DataSourceError, DataLayerError, UnicodeDecodeError) as error:
        reason = str(error).split("; It might help", maxsplit=1)[0].replace(f"'{source}'", "it")
        raise UnreadableInputError(
            f"this file cannot be read ({reason})",
            where=name,
            expected="a whole GeoJSON, TopoJSON, GeoPackage or shapefile",
            to_do="Download it again: it may be cut off, or no boundaries at all",
        ) from error


def _open_layer(source: str, title: str, where: str) -> _Layer:
    import pyogrio

    try:
        meta, _, wkb, values = pyogrio.raw.read(source, layer=title)
    except UnicodeDecodeError:
        meta, _, wkb, values = pyogrio.raw.read(source, layer=title, encoding="cp1252")
        warnings.warn("its letters are not those that it says; they were read as Windows-1252", stacklevel=2)
    is_topology = source.lower().endswith((".topojson", ".json")) and meta["crs"] is None
    # TopoJSON has no place for a coordinate system; its makers use degrees, and what is not is refused as far away.
    return _Layer(where, WGS84 if is_topology else meta["crs"], tuple(meta["fields"]), list(values), wkb)


def _read_layer(reader: FileReader, layer: _Layer) -> None:
    if not len(layer.wkb):
        raise UnreadableInputError("there are no shapes in it", where=layer.where)
    wishes = ColumnWishes(*(reader.setting(k) for k in ("set", "code", "name")))
    columns = find_shape_columns(layer.labels, layer.values, wishes, where=layer.where)
    if columns.passed_over:
        others = ", ".join(columns.passed_over)
        reader.warn(f"the shapes were taken as {columns.area_set}, not by {others}", where=layer.where,
                    to_do="Say which with the setting 'set' if that is wrong")  # fmt: skip
    shapes = _bring_to_wgs84(reader, layer)
    features = _collect_features(reader, layer, columns, shapes)
    if features:
        table = _build_table(columns.area_set, _join_pieces(reader, layer, features))
        reader.parts.append(Part((str(columns.area_set),), table, reader.name))


def _bring_to_wgs84(reader: FileReader, layer: _Layer) -> Any:
    crs = reader.setting("crs") or layer.crs
    if not crs:
        raise UnreadableInputError(
            "the file does not say in which system its coordinates are (a shapefile says it in its .prj file)",
            where=layer.where,
            expected="a named coordinate system",
            to_do="Load it with its .prj file, or with the setting crs=EPSG:27700 if it is the British National Grid",
        )
    plan = plan_reprojection(crs, where=layer.where)
    if plan.turn:
        known = f"to about {plan.accuracy_m:g} m" if plan.accuracy_m is not None else "to an unknown degree"
        reader.warn(f"coordinates were turned from {plan.name} into WGS84, accurate {known}", where=layer.where,
                    code="reprojected")  # fmt: skip
    return parse_shapes(layer.wkb, plan)


def _collect_features(reader: FileReader, layer: _Layer, columns: ShapeColumns, shapes: Any) -> list[_Feature]:
    taken, repaired = list[_Feature](), list[str]()
    for number, shape in enumerate(shapes):
        reader.rows_in += 1
        code, name, district = (_text(layer, p, number) for p in (columns.code, columns.name, columns.district))
        reason = _find_code_fault(code, columns.area_set) or find_shape_fault(shape)
        whole = None if reason else repair_shape(shape)
        if whole is None:
            place = f"{layer.where}, feature {number + 1}" + (f" ({code})" if code else "")
            reader.refuse(number + 1, [code, name], reason or "nothing is left of the shape when it is repaired",
                          where=place)  # fmt: skip
            continue
        if whole is not shape:
            repaired.append(code)
        taken.append(_Feature(code, name, district or code, whole))
    if repaired:
        reader.warn(f"shapes that cross themselves were repaired: {_list_some(repaired)}", where=layer.where,
                    rows=len(repaired), code="repaired")  # fmt: skip
    return taken


def _text(layer: _Layer, position: int | None, number: int) -> str:
    value = None if position is None else layer.values[position][number]
    return "" if value is None else " ".join(str(value).split())


def _find_code_fault(code: str, area_set: AreaSet) -> str:
    if not code:
        return "the shape has no code"
    found = kind_of_code(code)
    if found == area_set.kind or (found == "unknown" and area_set.kind != "custom"):
        return ""  # 'unknown' are areas outside England and Wales
    return f"the code is not one of a {area_set.kind}"


def _list_some(codes: Sequence[str]) -> str:
    return ", ".join(codes[:8]) + (f" and {len(codes) - 8} more" if len(codes) > 8 else "")


def _join_pieces(reader: FileReader, layer: _Layer, features: Sequence[_Feature]) -> list[_Feature]:
    """One feature an area: some files draw an island apart from the mainland under the same code."""
    pieces: dict[str, list[_Feature]] = {}
    for feature in features:
        pieces.setdefault(feature.code, []).append(feature)
    several = sorted(code for code, group in pieces.items() if len(group) > 1)
    if several:
        reader.warn(f"areas drawn in several pieces were joined: {_list_some(several)}", where=layer.where,
                    rows=len(several), code="joined")  # fmt: skip
    return [_join(pieces[code]) for code in sorted(pieces)]


def _join(group: Sequence[_Feature]) -> _Feature:
    first = group[0]
    shape = first.shape if len(group) == 1 else shapely.union_all([f.shape for f in group])
    return _Feature(first.code, first.name, first.scope, shape)


def _build_table(area_set: AreaSet, features: Sequence[_Feature]) -> pa.Table:
    columns = {
        "area_set": pa.repeat(str(area_set), len(features)),
        "scope": [f.scope for f in features],
        "area_code": [f.code for f in features],
        "area_name": [f.name for f in features],
        "geometry": [shapely.to_wkb(f.shape) for f in features],
    }
    return pa.table(columns, schema=TABLES["boundaries"])
