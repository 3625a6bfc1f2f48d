"""Which files of what the user named belong to a source, and the record of each in the manifest."""

import hashlib
import shutil
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from wardmote.evidence.model.errors import Fault
from wardmote.evidence.store.manifest import InputFile

_CHUNK_BYTES = 1 << 20


@dataclass(frozen=True, slots=True)
class FoundFile:
    """A file to read. `name` is relative to what the user named, for messages and the manifest."""

    path: Path
    name: str


@dataclass(slots=True)
class FoundFiles:
    """The files that fit, and a fault for each that does not."""

    files: list[FoundFile] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)


def hash_file(path: Path) -> str:
    """The sha256 of the bytes on disk, as a hexadecimal text."""
    digest = hashlib.sha256()
    with path.open("rb") as stream:
        while chunk := stream.read(_CHUNK_BYTES):
            digest.update(chunk)
    return digest.hexdigest()


def describe_input(found: FoundFile, *, rows_in: int = 0, rows_kept: int = 0, rows_refused: int = 0) -> InputFile:
    """The file's entry in the manifest."""
    size = found.path.stat().st_size
    return InputFile(found.name, hash_file(found.path), size, rows_in, rows_kept, rows_refused)


def find_input_files(paths: Sequence[Path], fits: Callable[[Path], bool], *, scratch: Path) -> FoundFiles:
    """Which files under these paths does `fits` take? Folders are walked, zip archives unpacked into `scratch`.

    A file that the user named and that does not fit is an error, one met inside a folder or archive a warning. The
    order is that of the paths, then of names, so that the same inputs always give the same load.
    """
    found = FoundFiles()
    for number, path in enumerate(paths):
        if path.is_dir():
            _take_folder(path, fits, found)
        elif path.suffix.lower() == ".zip":
            _take_archive(path, fits, scratch / f"archive{number}", found)
        else:
            _take_file(FoundFile(path, path.name), fits, found, named=True)
    return found


def _take_folder(folder: Path, fits: Callable[[Path], bool], found: FoundFiles) -> None:
    for path in sorted(p for p in folder.rglob("*") if p.is_file() and not p.name.startswith((".", "~$"))):
        name = PurePosixPath(folder.name, *path.relative_to(folder).parts).as_posix()
        _take_file(FoundFile(path, name), fits, found, named=False)


def _take_archive(path: Path, fits: Callable[[Path], bool], scratch: Path, found: FoundFiles) -> None:
    """Members are written under numbers, so that no name inside an archive decides where a file lands."""
    try:
        with zipfile.ZipFile(path) as archive:
            for number, member in enumerate(sorted(archive.infolist(), key=lambda m: m.filename)):
                base = PurePosixPath(member.filename).name
                if member.is_dir() or base.startswith(".") or member.filename.startswith("__MACOSX"):
                    continue
                target = scratch / str(number) / base
                target.parent.mkdir(parents=True, exist_ok=True)
                with archive.open(member) as source, target.open("wb") as sink:
                    shutil.copyfileobj(source, sink, _CHUNK_BYTES)
                _take_file(FoundFile(target, f"{path.name}/{member.filename}"), fits, found, named=False)
    except (zipfile.BadZipFile, EOFError, NotImplementedError, RuntimeError) as error:
        found.faults.append(
            Fault(f"this zip archive cannot be unpacked ({error})", where=path.name, to_do="Download it again")
        )


def _take_file(file: FoundFile, fits: Callable[[Path], bool], found: FoundFiles, *, named: bool) -> None:
    if fits(file.path):
        found.files.append(file)
        return
    found.faults.append(
        Fault(
            "this file is of no kind that this source reads; it was passed over",
            where=file.name,
            expected="a table: csv, xlsx or ods, gzipped or not",
            severity="error" if named else "warning",
        )
    )
