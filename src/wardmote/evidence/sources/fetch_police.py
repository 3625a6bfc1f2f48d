"""Fetching police files from data.police.uk: which archives, brought surely, one force's files taken out.

The publisher documents one archive a month, /data/archive/YYYY-MM.zip, and recommends it for programs (see
https://data.police.uk/about/, "Data Download"). Each holds every force's files of the 36 months up to its name and is
about 1.6 GB large. Later archives carry the publisher's revisions, so of those that cover the asked months the newest
are taken. /api/crimes-street-dates says which months exist, /api/forces which forces.
"""

import json
import re
import time
import zipfile
import zlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import Any

import httpx

from wardmote.evidence.model.errors import Fault, UnreadableInputError, UsageError
from wardmote.evidence.model.periods import Month
from wardmote.evidence.sources.fetch_files import (
    Download,
    NotPublishedError,
    Progress,
    Sleep,
    download_file,
    explain_full_disk,
    fetch_json,
    make_client,
)
from wardmote.evidence.sources.inputs import hash_file

BASE_URL = "https://data.police.uk"
ARCHIVE_MONTHS = 36
#: Street-level data begins with December 2010 (https://data.police.uk/about/).
FIRST_MONTH = Month(2010, 12)
#: What can be fetched, and the source that reads it.
KINDS: Mapping[str, str] = {
    "street": "police-street",
    "outcomes": "police-outcomes",
    "stop-and-search": "police-stop-search",
}
#: British Transport Police have files in the archive but no entry in the list of forces.
_UNLISTED_FORCES = frozenset({"btp"})
_COPY_BYTES = 1 << 20
#: How a damaged member of an archive shows itself: a wrong checksum, a broken stream, an early end, an odd method.
_DAMAGE = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError)
MANIFEST_NAME = "fetch-manifest.json"


@dataclass(frozen=True, slots=True)
class FetchedArchive:
    """An archive as it came."""

    url: str
    size_bytes: int
    sha256: str
    etag: str


@dataclass(frozen=True, slots=True)
class FetchedFile:
    """A force's file taken out of an archive. `path` is relative to the folder of the fetch."""

    path: str
    kind: str
    month: str
    size_bytes: int
    sha256: str
    archive: str


@dataclass(frozen=True, slots=True)
class UnavailableMonth:
    """A file that was asked for and is not to be had, with the reason."""

    month: str
    kind: str
    why: str


@dataclass(frozen=True, slots=True)
class FetchReport:
    """What a fetch brought, and what it could not."""

    folder: Path
    force: str
    fetched_at: datetime
    archives: tuple[FetchedArchive, ...]
    files: tuple[FetchedFile, ...]
    unavailable: tuple[UnavailableMonth, ...]

    def paths_of(self, kind: str) -> tuple[Path, ...]:
        """The files of that kind, to be loaded into the source `KINDS[kind]`."""
        return tuple(self.folder / f.path for f in self.files if f.kind == kind)

    @property
    def faults(self) -> tuple[Fault, ...]:
        """One warning for each file that is not to be had."""
        return tuple(
            Fault(f"{u.kind} is not available: {u.why}", where=f"{self.force}, {u.month}", severity="warning")
            for u in self.unavailable
        )


def fetch_police(
    out: Path,
    *,
    force: str,
    first: Month,
    last: Month,
    fetched_at: datetime,
    kinds: Sequence[str] = ("street",),
    base_url: str = BASE_URL,
    progress: Progress = lambda *_: None,
    client_factory: Callable[[], httpx.Client] = make_client,
    sleep: Sleep = time.sleep,
) -> FetchReport:
    """Which of the force's files of these months does the publisher have? Bring them to `out`/YYYY-MM/.

    `force` is the publisher's own id ("kent"), `kinds` are keys of `KINDS`. `progress` is told (name, bytes so far,
    bytes in all or 0). A run that broke off goes on where it stopped. `fetch-manifest.json` in `out` gains an entry
    with the address, size and sha256 of every archive and file. Archives are deleted once their files are out.

    Raises UsageError for an unknown force, kind or reversed months; UnreadableInputError when the publisher cannot be
    reached, an archive stays damaged, or the disk is full. Months that the publisher does not have are no error: they
    are in the report.
    """
    _check_question(force=force, first=first, last=last, kinds=kinds, base_url=base_url)
    earlier = _read_fetches(out / MANIFEST_NAME)
    base = base_url.rstrip("/")
    with client_factory() as client:
        _check_force(force, fetch_json(client, f"{base}/api/forces", sleep=sleep))
        latest = _read_latest(fetch_json(client, f"{base}/api/crimes-street-dates", sleep=sleep), base)
        fetch = _Fetch(
            client=client, base=base, out=out, force=force, kinds=tuple(kinds), progress=progress, sleep=sleep
        )
        for window in plan_archives(first, last, latest=latest):
            fetch.take_window(window)
    _remove_if_empty(out / "archives")
    report = FetchReport(
        out,
        force,
        fetched_at,
        tuple(fetch.archives),
        _in_order(fetch.files),
        fetch.list_unavailable(first, last, latest),
    )
    _write_manifest(report, first=first, last=last, earlier=earlier)
    return report


@dataclass(frozen=True, slots=True)
class ArchiveWindow:
    """The months to take from one archive. `names` are archives that hold them all, the one to try first in front."""

    months: tuple[Month, ...]
    names: tuple[Month, ...]


def plan_archives(first: Month, last: Month, *, latest: Month) -> tuple[ArchiveWindow, ...]:
    """Which are the fewest archives that hold these months, and of those the newest?

    An archive holds its own month and the 35 before it. Months before December 2010 and after `latest` are left out.
    Where the newest fitting archive turns out not to exist, the one before it and the one that ends with the window
    are tried.

    >>> [[str(n) for n in w.names] for w in plan_archives(Month(2021, 4), Month(2022, 3), latest=Month(2023, 6))]
    [['2023-06', '2023-05', '2022-03']]
    >>> [str(w.names[0]) for w in plan_archives(Month(2019, 1), Month(2022, 3), latest=Month(2026, 9))]
    ['2021-12', '2024-12']
    """
    windows: list[ArchiveWindow] = []
    start, end = max(first, FIRST_MONTH), min(last, latest)
    while start <= end:
        newest = min(latest, start + (ARCHIVE_MONTHS - 1))
        stop = min(end, newest)
        months = tuple(Month.from_ordinal(n) for n in range(start.ordinal, stop.ordinal + 1))
        names = dict.fromkeys(name for name in (newest, newest - 1, stop) if name >= stop)
        windows.append(ArchiveWindow(months, tuple(names)))
        start = stop + 1
    return tuple(windows)


# -- before anything large is asked for -------------------------------------------------------------------------
def _check_question(*, force: str, first: Month, last: Month, kinds: Sequence[str], base_url: str) -> None:
    if last < first:
        raise UsageError(f"the months {first} to {last} end before they start", expected="the earlier month first")
    if not kinds or set(kinds) - KINDS.keys():
        raise UsageError(f"'{', '.join(kinds)}' cannot be fetched", expected="some of " + ", ".join(KINDS))
    if not re.fullmatch(r"[a-z][a-z-]*", force):
        raise UsageError(f"'{force}' is not a force", expected="the publisher's own id, such as kent or west-midlands")
    if not base_url.startswith(("https://", "http://")):
        raise UsageError(f"'{base_url}' is not an address", expected="an address such as " + BASE_URL)


def _check_force(force: str, listed: object) -> None:
    ids = {str(f["id"]) for f in listed if isinstance(f, dict) and "id" in f} if isinstance(listed, list) else set()
    if ids and force not in ids | _UNLISTED_FORCES:
        raise UsageError(f"the publisher has no force '{force}'", expected="one of " + ", ".join(sorted(ids)))


def _read_latest(listed: object, base: str) -> Month:
    texts = [str(d.get("date")) for d in listed if isinstance(d, dict)] if isinstance(listed, list) else []
    months = [Month.parse(text) for text in texts if re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])", text)]
    if not months:
        raise UnreadableInputError(
            "the publisher's list of months has none",
            where=f"{base}/api/crimes-street-dates",
            expected='entries such as {"date": "2022-03", …}',
        )
    return max(months)


# -- archive by archive -----------------------------------------------------------------------------------------
@dataclass(slots=True, kw_only=True)
class _Fetch:
    """One fetch under way: what it asks for and what it has found."""

    client: httpx.Client
    base: str
    out: Path
    force: str
    kinds: tuple[str, ...]
    progress: Progress
    sleep: Sleep
    archives: list[FetchedArchive] = field(default_factory=list)
    files: list[FetchedFile] = field(default_factory=list)
    without_archive: set[str] = field(default_factory=set)

    def take_window(self, window: ArchiveWindow) -> None:
        """Bring the archive and take the window's files out of it; a damaged one is brought a second time."""
        archive = self._bring(window)
        if archive is None:
            self.without_archive |= {str(m) for m in window.months}
        elif not self._unpack(archive, window, last_try=False):
            second = self._bring(window)
            if second is not None:
                self._unpack(second, window, last_try=True)

    def _bring(self, window: ArchiveWindow) -> Download | None:
        for name in window.names:
            url, target = f"{self.base}/data/archive/{name}.zip", self.out / "archives" / f"{name}.zip"
            try:
                return download_file(self.client, url, target, progress=self.progress, sleep=self.sleep)
            except NotPublishedError:
                continue
        return None

    def _unpack(self, archive: Download, window: ArchiveWindow, *, last_try: bool) -> bool:
        try:
            files = extract_files(
                archive.path, self.out, force=self.force, kinds=self.kinds, months=window.months, url=archive.url
            )
        except zipfile.BadZipFile as error:
            if not last_try:
                return False
            raise UnreadableInputError(
                f"the archive arrived damaged twice ({error})",
                where=archive.url,
                expected=f"a zip archive; {archive.size_bytes:,} bytes with sha256 {archive.sha256[:16]}… came",
                to_do="Try again later, or download the archive by hand and load it",
            ) from error
        finally:
            archive.path.unlink()
        self.archives.append(FetchedArchive(archive.url, archive.size_bytes, archive.sha256, archive.etag))
        self.files += files
        return True

    def list_unavailable(self, first: Month, last: Month, latest: Month) -> tuple[UnavailableMonth, ...]:
        """Each month and kind that was asked for and did not come, with the reason."""
        held = {(f.month, f.kind) for f in self.files}
        asked = [Month.from_ordinal(n) for n in range(first.ordinal, last.ordinal + 1)]
        return tuple(
            UnavailableMonth(str(month), kind, self._explain(month, latest))
            for month in asked
            for kind in self.kinds
            if (str(month), kind) not in held
        )

    def _explain(self, month: Month, latest: Month) -> str:
        if month > latest:
            return f"the publisher's latest month is {latest}"
        if month < FIRST_MONTH:
            return f"the publisher's data begins with {FIRST_MONTH}"
        if str(month) in self.without_archive:
            return "the publisher offers no archive that holds this month"
        return f"the archive has no such file of {self.force}"


def extract_files(
    archive: Path, out: Path, *, force: str, kinds: Iterable[str], months: Iterable[Month], url: str
) -> list[FetchedFile]:
    """Which of the force's files does the archive hold? Write them to `out`/YYYY-MM/ and return them.

    Names inside the archive decide nothing about where a file lands. Raises zipfile.BadZipFile for an archive that is
    damaged or cut short; a file under its final name is always whole.
    """
    wanted = {f"{m}-{force}-{kind}.csv": (m, kind) for m in months for kind in kinds}
    files: list[FetchedFile] = []
    with zipfile.ZipFile(archive) as source:
        for member in source.infolist():
            name = PurePosixPath(member.filename).name
            if name in wanted:
                month, kind = wanted[name]
                target = out / str(month) / name
                _write_member(source, member, target)
                path = target.relative_to(out).as_posix()
                files.append(FetchedFile(path, kind, str(month), target.stat().st_size, hash_file(target), url))
    return files


def _write_member(source: zipfile.ZipFile, member: zipfile.ZipInfo, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    partial = target.with_name(target.name + ".part")
    try:
        with explain_full_disk(target), source.open(member) as stream, partial.open("wb") as sink:
            while chunk := stream.read(_COPY_BYTES):
                sink.write(chunk)
    except _DAMAGE as error:
        partial.unlink(missing_ok=True)
        raise zipfile.BadZipFile(f"{member.filename}: {error}") from error
    partial.rename(target)


def _remove_if_empty(folder: Path) -> None:
    """What is left in it are parts of archives, which a later run goes on with."""
    if folder.is_dir() and not any(folder.iterdir()):
        folder.rmdir()


def _in_order(files: list[FetchedFile]) -> tuple[FetchedFile, ...]:
    return tuple(sorted(files, key=lambda f: (f.kind, f.month)))


# -- the record -------------------------------------------------------------------------------------------------
def _write_manifest(report: FetchReport, *, first: Month, last: Month, earlier: list[Any]) -> None:
    """Add this fetch to the folder's record; earlier entries stay, since their files may still lie here."""
    report.folder.mkdir(parents=True, exist_ok=True)
    path = report.folder / MANIFEST_NAME
    entry: dict[str, Any] = {
        "force": report.force,
        "first": str(first),
        "last": str(last),
        "fetched_at": report.fetched_at.isoformat(),
        "archives": [asdict(a) for a in report.archives],
        "files": [asdict(f) for f in report.files],
        "unavailable": [asdict(u) for u in report.unavailable],
    }
    body = {"format": 1, "fetches": [*earlier, entry]}
    partial = path.with_name(path.name + ".part")
    partial.write_text(json.dumps(body, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    partial.rename(path)


def _read_fetches(path: Path) -> list[Any]:
    if not path.exists():
        return []
    try:
        return list(json.loads(path.read_text(encoding="utf-8"))["fetches"])
    except (ValueError, KeyError, TypeError) as error:
        raise UnreadableInputError(
            "the record of earlier fetches cannot be read",
            where=str(path),
            expected=f"{MANIFEST_NAME} as written by an earlier fetch",
            to_do="Move it away or choose another folder; the fetched files lie beside it",
        ) from error
