"""Which files hold boundaries, and whether all that belongs to one of them is there.

A shapefile is several files with one name; inside a zip they are read in place, for apart they are worth nothing. A
gzipped GeoJSON is unpacked, and one in Windows letters rewritten, into the scratch folder.
"""

import gzip
import zipfile
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from wardmote.evidence.model.errors import Fault, UnreadableInputError
from wardmote.evidence.sources.inputs import FoundFile

_ENDINGS = (".geojson", ".json", ".topojson", ".gpkg", ".shp", ".geojson.gz", ".json.gz", ".topojson.gz")
#: What lies beside a shapefile or a GeoPackage and is read, or not needed, with it.
_COMPANIONS = (
    ".shx", ".dbf", ".prj", ".cpg", ".sbn", ".sbx", ".qix", ".qmd", ".qpj", ".lyr", ".xml", ".gpkg-wal", ".gpkg-shm",
)  # fmt: skip
_SHAPEFILE_PARTS = {".shx": "the index of its shapes", ".dbf": "the table with codes and names"}
_EXPECTED = "GeoJSON, TopoJSON, GeoPackage or a shapefile, the first two gzipped or not, all of them zipped or not"


@dataclass(frozen=True, slots=True)
class BoundaryFile:
    """A file to read: `found` is what lies on the disk, `source` how the geometry library is to open it."""

    found: FoundFile
    source: str


@dataclass(slots=True)
class BoundaryFiles:
    """The files that can be tried, and a fault for each that cannot."""

    files: list[BoundaryFile] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)


def find_boundary_files(paths: Sequence[Path]) -> BoundaryFiles:
    """Which files under these paths hold boundaries? In the order of the paths, then of names."""
    found = BoundaryFiles()
    for path in paths:
        if path.is_dir():
            _take_folder(path, found)
        elif path.suffix.lower() == ".zip":
            _take_archive(path, path.name, found)
        else:
            siblings = [p.name for p in path.parent.iterdir()]
            _take_file(FoundFile(path, path.name), str(path), siblings, found, named=True)
    return found


def _take_folder(folder: Path, found: BoundaryFiles) -> None:
    files = sorted(p for p in folder.rglob("*") if p.is_file() and not p.name.startswith("."))
    for path in files:
        name = PurePosixPath(folder.name, *path.relative_to(folder).parts).as_posix()
        if path.suffix.lower() == ".zip":
            _take_archive(path, name, found)
            continue
        siblings = [p.name for p in files if p.parent == path.parent]
        _take_file(FoundFile(path, name), str(path), siblings, found, named=False)


def _take_archive(path: Path, name: str, found: BoundaryFiles) -> None:
    try:
        with zipfile.ZipFile(path) as archive:
            members = sorted(m for m in archive.namelist() if not m.endswith("/") and not m.startswith("__MACOSX"))
            damaged = archive.testzip()
        if damaged:
            raise zipfile.BadZipFile(f"'{damaged}' inside is damaged")
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
        fault = Fault(f"this zip archive cannot be unpacked ({error})", where=name, to_do="Download it again")
        found.faults.append(fault)
        return
    for member in members:
        siblings = [PurePosixPath(m).name for m in members if PurePosixPath(m).parent == PurePosixPath(member).parent]
        file = FoundFile(path, f"{name}/{member}")
        _take_file(file, f"/vsizip/{path}/{member}", siblings, found, named=False)


def _take_file(file: FoundFile, source: str, siblings: Iterable[str], found: BoundaryFiles, *, named: bool) -> None:
    base = PurePosixPath(file.name).name.lower()
    if base.endswith(_COMPANIONS) and not named:
        return
    if not base.endswith(_ENDINGS):
        found.faults.append(
            Fault(
                "this file is of no kind that holds boundaries; it was passed over",
                where=file.name,
                expected=_EXPECTED,
                severity="error" if named else "warning",
            )
        )
        return
    missing = _find_missing_part(base, siblings) if base.endswith(".shp") else ""
    if missing:
        found.faults.append(_explain_missing_part(file.name, missing))
        return
    found.files.append(BoundaryFile(file, source))


def _find_missing_part(base: str, siblings: Iterable[str]) -> str:
    present = {s.lower() for s in siblings}
    stem = base.removesuffix(".shp")
    return next((ending for ending in _SHAPEFILE_PARTS if stem + ending not in present), "")


def _explain_missing_part(name: str, ending: str) -> Fault:
    return Fault(
        f"this shapefile is not whole: its {ending} file ({_SHAPEFILE_PARTS[ending]}) is not beside it",
        where=name,
        expected="files of one name ending in .shp, .shx, .dbf and .prj",
        to_do="Unpack the publisher's zip again and load the folder, or load the zip as it came",
    )


def prepare_source(file: BoundaryFile, scratch: Path) -> tuple[str, bool]:
    """Where the geometry library is to read this file, and whether its letters had to be rewritten as UTF-8.

    Raises UnreadableInputError for a gzip that is cut off.
    """
    base = PurePosixPath(file.found.name).name.lower()
    if base.endswith((".gpkg", ".shp")):
        return file.source, False
    content = _read_text_bytes(file, base)
    try:
        content.decode("utf-8-sig")
        is_utf8 = True
    except UnicodeDecodeError:
        is_utf8 = False
        content = content.decode("cp1252", errors="replace").encode()
    if is_utf8 and not base.endswith(".gz") and not file.source.startswith("/vsizip/"):
        return file.source, False
    target = scratch / f"boundaries{len(list(scratch.iterdir()))}" / base.removesuffix(".gz")
    target.parent.mkdir()
    target.write_bytes(content)
    return str(target), not is_utf8


def _read_text_bytes(file: BoundaryFile, base: str) -> bytes:
    path = file.found.path
    try:
        if file.source.startswith("/vsizip/"):
            with zipfile.ZipFile(path) as archive:
                content = archive.read(file.source.removeprefix(f"/vsizip/{path}/"))
        else:
            content = path.read_bytes()
        return gzip.decompress(content) if base.endswith(".gz") else content
    except (EOFError, zlib.error, OSError) as error:
        raise UnreadableInputError(
            f"this file is cut off or damaged ({error})", where=file.found.name, to_do="Download it again"
        ) from error
