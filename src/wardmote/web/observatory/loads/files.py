"""The files of a load on their way: taken from the request into the home, looked at before they are read, removed.

What comes from outside can lie about its size: an archive is measured by what it says of itself, which its reader
holds it to, and a packed file by unpacking it to nowhere.
"""

import gzip
import shutil
import zipfile
import zlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile

from wardmote.evidence.model.errors import Fault, UnreadableInputError
from wardmote.web.foundation.files import clean_name
from wardmote.web.foundation.uploads import MEGABYTE, remove_left
from wardmote.web.foundation.uploads import find_folder as find_under_way
from wardmote.web.observatory.loads.incoming import list_waiting
from wardmote.web.observatory.loads.models import EvidenceLoad
from wardmote.web.observatory.loads.source_words import SOURCES
from wardmote.web.observatory.loads.states import Origin

#: What the files of one load may unpack to: the publisher's whole archive of one force in all its years is 3 GB.
MOST_UNPACKED_BYTES = 6 * 1024 * MEGABYTE
MOST_MEMBERS = 20_000
_MOST_TIMES = 250  # text packs to a tenth; what packs to less than a two-hundredth is a bomb
_SMALL_BYTES = 50 * MEGABYTE
_CHUNK_BYTES = MEGABYTE
_BINARY_KINDS = {b"PK\x03\x04": ("zip", "xlsx", "ods"), b"\x1f\x8b": ("gz",)}
_LEAD_BYTES = 65536


def find_folder(load: EvidenceLoad) -> Path:
    """Where the files of a load lie that a browser sent."""
    return Path(settings.UPLOADS) / str(load.pk)


def keep_uploads(load: EvidenceLoad, uploads: "Sequence[UploadedFile[Any]]") -> None:
    """Move what the browser sent into the load's folder, each in a folder of its own: two may have one name."""
    for number, upload in enumerate(uploads):
        folder = find_folder(load) / str(number)
        folder.mkdir(parents=True, mode=0o700)
        target = folder / clean_name(str(upload.name))
        try:
            Path(upload.temporary_file_path()).rename(target)  # type: ignore[attr-defined]
        except AttributeError:  # a small one, in memory
            with target.open("xb") as file:
                for chunk in upload.chunks():
                    file.write(chunk)
        target.chmod(0o600)


def remove_uploads(load: EvidenceLoad) -> None:
    """Let go of what was sent."""
    shutil.rmtree(find_folder(load), ignore_errors=True)


def remove_lost(before: float) -> int:
    """Remove what a process that was killed left behind before that moment: half-sent files, files of no load."""
    kept = {str(key) for key in EvidenceLoad.objects.filter(load="").values_list("pk", flat=True)}
    folders = Path(settings.UPLOADS).glob("*-*-*-*-*")
    half = remove_left(find_under_way().glob("*.upload"), before=before)
    return half + remove_left(folders, before=before, kept=kept)


def find_paths(load: EvidenceLoad) -> list[Path]:
    """The files of a load, in the order in which they were named. Raises UnreadableInputError where one is gone."""
    if load.origin == Origin.FOLDER:
        there = {one.name: one.path for one in list_waiting(load.partnership, SOURCES[load.source].endings)}
        found = [there.get(one["name"]) for one in load.files]
    else:
        found = [next(iter((find_folder(load) / str(n)).glob("*")), None) for n in range(len(load.files))]
    gone = [one["name"] for one, path in zip(load.files, found, strict=True) if path is None]
    if gone:
        raise UnreadableInputError(
            f"the file {gone[0]} is not there any more", expected="the files as they were chosen",
            to_do="Choose the files again",
        )  # fmt: skip
    return [path for path in found if path is not None]


def check_files(paths: Sequence[Path]) -> None:
    """Raise UnreadableInputError, with a fault for each, for files that are not what they are called, or are bombs."""
    found = [_examine(path) for path in paths]
    faults = [one for one in found if isinstance(one, Fault)]
    if not faults and sum(one for one in found if isinstance(one, int)) > MOST_UNPACKED_BYTES:
        faults = [Fault("these files unpack to more than 6 GB together", to_do="Load them in several parts")]
    if faults:
        raise UnreadableInputError("nothing was loaded", faults=faults)


def _examine(path: Path) -> Fault | int:
    """What is wrong with a file, or how many bytes it unpacks to."""
    ending = path.suffix.lower().lstrip(".")
    with path.open("rb") as file:
        lead = file.read(_LEAD_BYTES)
    if not lead:
        return Fault("the file is empty", where=path.name, to_do="Send it again")
    for mark, endings in _BINARY_KINDS.items():
        if lead.startswith(mark) != (ending in endings):
            kind = f"a file of the kind {ending}"
            return Fault("this file is not what its name says", where=path.name, expected=kind)
    if ending in ("zip", "xlsx", "ods"):
        return _examine_archive(path)
    return _examine_packed(path) if ending == "gz" else _find_text_fault(path, lead) or path.stat().st_size


def _find_text_fault(path: Path, lead: bytes) -> Fault | None:
    is_wide = lead.startswith((b"\xff\xfe", b"\xfe\xff"))  # Excel's "Unicode text"
    if b"\x00" in lead and not is_wide:
        return Fault("this is no text", where=path.name, expected="a table, shapes or an explanation as text")
    return None


def _examine_archive(path: Path) -> Fault | int:
    """An archive is read to the size that its own list gives; so that list is the bound."""
    try:
        with zipfile.ZipFile(path) as archive:
            members = archive.infolist()
            if len(members) > MOST_MEMBERS:
                many = f"this archive holds {len(members):,} files"
                return Fault(many, where=path.name, expected=f"{MOST_MEMBERS:,} or less")
            packed = [one for one in members if one.filename.lower().endswith(".gz")]
            size = sum(one.file_size for one in members) + sum(_measure_member(archive, one) for one in packed)
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
        return Fault("this archive is damaged", where=path.name, to_do="Download or save it again, and send it again")
    return _explain_bomb(path) if _is_bomb(path, size) else size


def _examine_packed(path: Path) -> Fault | int:
    try:
        with gzip.open(path) as stream:
            size = _count_bytes(stream)
    except (OSError, EOFError, zlib.error):
        return Fault("this packed file is damaged", where=path.name, to_do="Download it again, and send it again")
    return _explain_bomb(path) if _is_bomb(path, size) else size


def _is_bomb(path: Path, size: int) -> bool:
    return size > _SMALL_BYTES and size > _MOST_TIMES * path.stat().st_size


def _explain_bomb(path: Path) -> Fault:
    return Fault(
        "this file unpacks to far more than any table does; it was not opened", where=path.name,
        expected=f"at most {_MOST_TIMES} times its size",
    )  # fmt: skip


def _measure_member(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> int:
    """A damaged one counts nothing here: whoever reads it says so."""
    try:
        with archive.open(member) as packed, gzip.open(packed) as stream:
            return _count_bytes(stream)
    except (OSError, EOFError, zlib.error, RuntimeError, zipfile.BadZipFile):
        return 0


def _count_bytes(stream: Any) -> int:
    size = 0
    while size <= MOST_UNPACKED_BYTES and (chunk := stream.read(_CHUNK_BYTES)):
        size += len(chunk)
    return size
