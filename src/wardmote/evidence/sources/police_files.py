"""Which files of what the user named are police files of the asked kind, and what their names say about them.

The publisher's archive lays them as 2024-01/2024-01-kent-street.csv, three kinds side by side. A file of another
kind is passed over: silently inside a folder or archive, with a warning when the user named it.
"""

import difflib
import re
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from wardmote.evidence.model.errors import Fault, UsageError
from wardmote.evidence.model.periods import Month
from wardmote.evidence.sources.inputs import DAMAGED_ZIP, FoundFile, explain_empty, explain_no_file, unpack_member
from wardmote.evidence.sources.police_forces import is_known_slug, slugs_by_name

KIND_TITLES = {"street": "street-level crime", "outcomes": "outcomes", "stop-and-search": "stop and search"}
SOURCES = {"street": "police-street", "outcomes": "police-outcomes", "stop-and-search": "police-stop-search"}

# A browser that downloads a file twice writes "name (1).csv"; the copy is named no differently otherwise.
_NAME = re.compile(
    r"(?P<month>\d{4}-\d{2})-(?P<force>[a-z0-9-]+?)-(?P<kind>street|outcomes|stop-and-search)"
    r"(?:\s*\(\d+\))?\.csv(?:\.gz)?(?:\s*\(\d+\))?",
    re.IGNORECASE,
)
_ARCHIVE_DATE = re.compile(r"(?<!\d)(20\d\d-(?:0[1-9]|1[0-2])(?:-\d\d)?)(?!\d)")


@dataclass(frozen=True, slots=True)
class Label:
    """What a file's name says of it; None and '' where it says nothing."""

    month: Month | None = None
    force: str = ""
    kind: str = ""


@dataclass(frozen=True, slots=True)
class PoliceFile:
    """A file to look at.

    `name` is relative to what the user named; `origin` is the whole way to it, archives included, and decides between
    two issues of a month so that the order of the arguments cannot. `is_named`: the user named this very file.
    """

    path: Path
    name: str
    origin: str
    label: Label
    is_named: bool = False

    @property
    def archive_date(self) -> str:
        """The latest date in the names of the folders and archives above the file's own month; '' for none."""
        parts = PurePosixPath(self.origin).parts[:-1]
        if parts and parts[-1] == str(self.label.month):
            parts = parts[:-1]
        return max((m[1] for p in parts for m in _ARCHIVE_DATE.finditer(p)), default="")


@dataclass(slots=True)
class Found:
    """The files that may fit, and a fault for each that cannot."""

    files: list[PoliceFile] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)


def parse_label(name: str) -> Label:
    """What does a file's name say?

    >>> label = parse_label('2022-03-city-of-london-stop-and-search.csv.gz')
    >>> str(label.month), label.force, label.kind
    ('2022-03', 'city-of-london', 'stop-and-search')
    >>> parse_label('crimes.csv')
    Label(month=None, force='', kind='')
    """
    match = _NAME.fullmatch(name)
    if not match:
        return Label()
    try:
        month: Month | None = Month.parse(match["month"])
    except UsageError:
        month = None
    return Label(month, match["force"].lower(), match["kind"].lower())


def find_police_files(paths: Sequence[Path], kind: str, *, scratch: Path) -> Found:
    """Every file under the paths that is of this kind or whose name does not say. Members of zips are unpacked."""
    found = Found()
    for path in paths:
        if path.is_dir():
            _look_into_folder(path, kind, found, scratch)
        elif not path.is_file():
            found.faults.append(explain_no_file(path.name))
        else:
            _look_at(path, path.name, kind, found, scratch, is_named=True)
    return found


def _look_into_folder(folder: Path, kind: str, found: Found, scratch: Path) -> None:
    inside = sorted(p for p in folder.rglob("*") if not p.is_dir() and not p.name.startswith((".", "~$")))
    if not inside:
        found.faults.append(explain_empty(folder.name, "folder"))
    for path in inside:
        name = PurePosixPath(folder.resolve().name, *path.relative_to(folder).parts).as_posix()
        if not path.is_file():
            found.faults.append(explain_no_file(name))
            continue
        _look_at(path, name, kind, found, scratch, is_named=False)


def _look_at(path: Path, name: str, kind: str, found: Found, scratch: Path, *, is_named: bool) -> None:
    if path.suffix.lower() == ".zip":
        _unpack(path, name, kind, found, scratch)
        return
    label = _read_label(path.name, name, kind, found)
    if label.kind == kind or (not label.kind and _is_table(path.name)):
        found.files.append(PoliceFile(path, name, path.resolve().as_posix(), label, is_named))
    elif label.kind and is_named:
        found.faults.append(explain_other_kind(name, label.kind))
    elif not label.kind:
        found.faults.append(explain_no_table(name, is_named=is_named))


def _read_label(base: str, name: str, kind: str, found: Found) -> Label:
    """What a file's own name says; a force that there is not is said, and left for the rows to tell."""
    label = parse_label(base)
    if label.kind != kind or not label.force or is_known_slug(label.force):
        return label
    found.faults.append(explain_unknown_force(name, label))
    return Label(label.month, "", label.kind)


def _is_table(name: str) -> bool:
    return name.lower().endswith((".csv", ".csv.gz"))


def _unpack(path: Path, name: str, kind: str, found: Found, scratch: Path) -> None:
    """Members are written under numbers, so that no name inside an archive decides where a file lands."""
    target = scratch / f"archive{len(list(scratch.glob('archive*')))}"
    target.mkdir()
    try:
        with zipfile.ZipFile(path) as archive:
            if not archive.infolist():
                found.faults.append(explain_empty(name, "zip archive"))
            for number, member in enumerate(_list_members(archive, kind)):
                _unpack_member(archive, member, target / str(number), found, (path, name), kind=kind)
    except DAMAGED_ZIP as error:
        found.faults.append(_explain_damage(name, f"this zip archive cannot be opened ({error})"))


def _list_members(archive: zipfile.ZipFile, kind: str) -> Iterator[zipfile.ZipInfo]:
    for member in sorted(archive.infolist(), key=lambda m: m.filename):
        base = PurePosixPath(member.filename).name
        if member.is_dir() or base.startswith(".") or member.filename.startswith("__MACOSX"):
            continue
        if base.lower().endswith(".zip") or (_is_table(base) and parse_label(base).kind in ("", kind)):
            yield member


def _unpack_member(
    archive: zipfile.ZipFile, member: zipfile.ZipInfo, target: Path, found: Found, outer: tuple[Path, str], *, kind: str
) -> None:
    file = FoundFile(target, f"{outer[1]}/{member.filename}")
    if not unpack_member(archive, member, file, found.faults):
        return
    label = _read_label(PurePosixPath(member.filename).name, file.name, kind, found)
    origin = f"{outer[0].resolve().as_posix()}/{member.filename}"
    found.files.append(PoliceFile(target, file.name, origin, label))


def _explain_damage(name: str, what: str) -> Fault:
    return Fault(f"{what}; nothing of it was loaded", where=name, expected="a whole file", to_do="Download it again")


def explain_other_kind(name: str, kind: str) -> Fault:
    """The user named a file that another source reads."""
    return Fault(
        f"this is a file of {KIND_TITLES[kind]}; it was passed over",
        where=name,
        to_do=f"Load it with 'wardmote load {SOURCES[kind]}'",
        severity="warning",
        code="other_kind",
    )


def explain_unknown_force(name: str, label: Label) -> Fault:
    """A file's name names a force that there is not: any word there would become one."""
    near = difflib.get_close_matches(label.force, sorted(set(slugs_by_name().values())), n=1, cutoff=0.6)
    month = label.month or "2022-03"
    return Fault(
        f"its name says the force '{label.force}', and no force is known by that; only what its rows say counts",
        where=name,
        expected=f"a name as data.police.uk gives it, such as {month}-{near[0] if near else 'kent'}-{label.kind}.csv",
        to_do="See whether its rows were kept, and give the file its published name",
        severity="warning",
        code="unknown_force",
    )


def explain_no_table(name: str, *, is_named: bool) -> Fault:
    """Nothing here looks like a police file."""
    return Fault(
        "this is no police file; it was passed over",
        where=name,
        expected="files as data.police.uk publishes them: csv, csv.gz, or a zip or folder of them",
        severity="error" if is_named else "warning",
        code="no_police_file",
    )
