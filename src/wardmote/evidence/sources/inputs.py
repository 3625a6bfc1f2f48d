"""Which files of what the user named belong to a source, and the record of each in the manifest."""

import hashlib
import lzma
import shutil
import zipfile
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from wardmote.evidence.model.errors import Fault
from wardmote.evidence.sources.cells import show_text
from wardmote.evidence.store.manifest import InputFile

_CHUNK_BYTES = 1 << 20
#: What damaged, encrypted and strangely packed archives raise when they are opened or read.
DAMAGED_ZIP = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, NotImplementedError, RuntimeError, ValueError)


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
        elif not path.is_file():
            found.faults.append(explain_no_file(path.name))
        elif path.suffix.lower() == ".zip":
            _take_archive(path, fits, scratch / f"archive{number}", found)
        else:
            _take_file(FoundFile(path, path.name), fits, found, named=True)
    return found


def _take_folder(folder: Path, fits: Callable[[Path], bool], found: FoundFiles) -> None:
    """Whatever is neither file nor folder is told of, not opened: reading from a pipe might never end."""
    inside = sorted(p for p in folder.rglob("*") if not p.is_dir() and not p.name.startswith((".", "~$")))
    if not inside:
        found.faults.append(explain_empty(folder.name, "folder"))
    for path in inside:
        name = PurePosixPath(folder.name, *path.relative_to(folder).parts).as_posix()
        if path.is_file():
            _take_file(FoundFile(path, name), fits, found, named=False)
        else:
            found.faults.append(explain_no_file(name))


def _take_archive(path: Path, fits: Callable[[Path], bool], scratch: Path, found: FoundFiles) -> None:
    """Members are written under numbers, so that no name inside an archive decides where a file lands."""
    try:
        with zipfile.ZipFile(path) as archive:
            members = [m for m in sorted(archive.infolist(), key=lambda m: m.filename) if _is_member(m)]
            if not members:
                found.faults.append(explain_empty(path.name, "zip archive"))
            for number, member in enumerate(members):
                target = scratch / str(number) / PurePosixPath(member.filename).name
                file = FoundFile(target, f"{path.name}/{member.filename}")
                if unpack_member(archive, member, file, found.faults):
                    _take_file(file, fits, found, named=False)
    except DAMAGED_ZIP as error:
        found.faults.append(_explain_damage(path.name, f"this zip archive cannot be unpacked ({error})"))


def _is_member(member: zipfile.ZipInfo) -> bool:
    base = PurePosixPath(member.filename).name
    return not (member.is_dir() or base.startswith(".") or member.filename.startswith("__MACOSX"))


def unpack_member(archive: zipfile.ZipFile, member: zipfile.ZipInfo, file: FoundFile, faults: list[Fault]) -> bool:
    """Write a member of an archive to its place. False, with a fault, where it is damaged or an archive itself."""
    if member.filename.lower().endswith(".zip"):
        faults.append(_explain_nested(file.name))
        return False
    try:
        file.path.parent.mkdir(parents=True, exist_ok=True)
        with archive.open(member) as source, file.path.open("wb") as sink:
            shutil.copyfileobj(source, sink, _CHUNK_BYTES)
    except DAMAGED_ZIP as error:
        found = f"this file is incomplete or damaged in its archive ({show_text(str(error))})"
        faults.append(_explain_damage(file.name, found))
        return False
    return True


def _explain_damage(name: str, what: str) -> Fault:
    return Fault(f"{what}; nothing of it was loaded", where=name, expected="a whole file", to_do="Download it again")


def _explain_nested(name: str) -> Fault:
    return Fault(
        "this is a zip archive inside another, which is not opened; nothing of it was loaded",
        where=name,
        expected="an archive that holds the files themselves",
        to_do="Unpack the outer archive and load what is in it",
    )


def explain_no_file(name: str) -> Fault:
    """Something that is neither a file nor a folder: a pipe, a device, a link to nothing."""
    return Fault(
        "this is neither a file nor a folder; it was not read",
        where=name,
        expected="an ordinary file",
        to_do="Save what should be read into a file",
    )


def explain_empty(name: str, what: str) -> Fault:
    """A folder or an archive in which there is nothing to read."""
    return Fault(
        f"this {what} holds no file",
        where=name,
        expected="the files to load inside it",
        to_do="Check that it is the right one, and that the download or copy came to its end",
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
