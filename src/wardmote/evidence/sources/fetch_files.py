"""Downloading one large file surely: resumed where it broke off, retried while there is hope, never half a file.

What was received lies beside the target as NAME.part, with a note of the publisher's mark (ETag or date) for that
edition. A later attempt, in this run or the next, asks for the rest of the same edition; if the publisher has
replaced the file meanwhile, or does not serve parts, it starts anew.
"""

import errno
import json
import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from email.utils import parsedate_to_datetime
from pathlib import Path

import httpx

from wardmote import __version__
from wardmote.evidence.model.errors import UnreadableInputError
from wardmote.evidence.sources.fetch_answers import (
    UNPACKED,
    check_error,
    check_length,
    is_packed,
    open_answer,
    read_json,
)
from wardmote.evidence.sources.inputs import hash_file

Progress = Callable[[str, int, int], None]
Sleep = Callable[[float], None]

ATTEMPTS = 6
#: Three times the police's archive; what is longer is something else, or does not end.
MOST_FILE_BYTES = 5_000_000_000
#: The publisher is asked again after 1, 2, 4, 8 and 16 seconds: half a minute in all, the length of a restart.
FIRST_WAIT_SECONDS = 1.0
#: Nobody waits longer than this on a publisher's word; the run can be repeated and goes on where it stopped.
LONGEST_WAIT_SECONDS = 300.0
_MOMENTARY = frozenset({408, 425, 429, 500, 502, 503, 504})
_GONE = frozenset({403, 404, 410})  # a file storage may answer 403 for a name that it does not hold


class NotPublishedError(Exception):
    """The publisher has no file of that name."""


class _TryAgainError(Exception):
    """The attempt failed in a way that may pass. `wait` is what the publisher asked for, in seconds."""

    def __init__(self, why: str, wait: float | None = None) -> None:
        super().__init__(why)
        self.wait = wait


@dataclass(frozen=True, slots=True)
class Download:
    """A file that arrived whole. `etag` is the publisher's mark for the edition, '' where it gives none."""

    url: str
    path: Path
    size_bytes: int
    sha256: str
    etag: str


@dataclass(frozen=True, slots=True)
class _Edition:
    """Which edition of a file a part belongs to. `size` is None where the publisher does not say."""

    etag: str = ""
    modified: str = ""
    size: int | None = None

    @property
    def validator(self) -> str:
        """What If-Range may carry: a strong ETag, else a date; '' where a part cannot be trusted to fit."""
        return self.modified if self.etag.startswith("W/") else self.etag or self.modified


def make_client() -> httpx.Client:
    """A client that waits a minute for the publisher's next bytes."""
    return httpx.Client(
        timeout=httpx.Timeout(60, connect=20),
        headers={"User-Agent": f"wardmote/{__version__}"},
    )


def fetch_json(client: httpx.Client, url: str, *, sleep: Sleep) -> object:
    """What does the publisher's service answer? Retried like a file while it is down, but not for a wrong answer."""

    def ask() -> object:
        with open_answer(client, url, UNPACKED) as response:
            _check_status(response)
            return read_json(response, url)

    try:
        return _persist(ask, url, sleep=sleep)
    except NotPublishedError:
        raise UnreadableInputError(
            "the publisher has no such service",
            where=url,
            to_do="Check the address; the service may have moved. Files downloaded by hand can be loaded all the same",
        ) from None


def download_file(
    client: httpx.Client,
    url: str,
    target: Path,
    *,
    progress: Progress = lambda *_: None,
    sleep: Sleep,
    most_bytes: int = MOST_FILE_BYTES,
) -> Download:
    """Bring the file to `target`, whole, whatever happens on the way.

    Raises NotPublishedError where there is no such file, UnreadableInputError when the publisher cannot be reached,
    refuses, or keeps sending something else than it announces, and when the disk is full. What was received stays,
    except of a file that turns out longer than `most_bytes`.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    part = _Part(target)

    def attempt() -> _Edition:
        return _receive(client, url, part=part, progress=progress, most_bytes=most_bytes)

    edition = _persist(attempt, url, sleep=sleep, measure=part.size)
    part.finish()
    return Download(url, target, target.stat().st_size, hash_file(target), edition.etag)


def _persist[T](attempt: Callable[[], T], url: str, *, sleep: Sleep, measure: Callable[[], int] = lambda: 0) -> T:
    """Repeat the attempt with growing pauses. Attempts that brought something (`measure` grew) are not counted."""
    tries, held = 0, measure()
    while True:
        try:
            return attempt()
        except (httpx.RequestError, _TryAgainError) as error:
            check_error(url, error)
            now = measure()
            tries, held = (1 if now > held else tries + 1), max(now, held)
            if tries >= ATTEMPTS:
                raise _give_up(url, error) from error
            asked = error.wait if isinstance(error, _TryAgainError) else None
            pause = FIRST_WAIT_SECONDS * 2 ** (tries - 1) if asked is None else asked
            sleep(min(pause, LONGEST_WAIT_SECONDS))


def _give_up(url: str, error: Exception) -> UnreadableInputError:
    return UnreadableInputError(
        f"the publisher could not be reached or did not send the file ({str(error) or type(error).__name__})",
        where=url,
        expected=f"an answer within {ATTEMPTS} tries",
        to_do="Check the network and run the command again later; what was received is kept and continued",
    )


# -- one attempt ------------------------------------------------------------------------------------------------
def _receive(client: httpx.Client, url: str, *, part: "_Part", progress: Progress, most_bytes: int) -> _Edition:
    held, wanted = part.size(), part.edition()
    headers = dict(UNPACKED)
    if held and wanted.validator:
        headers |= {"Range": f"bytes={held}-", "If-Range": wanted.validator}
    with open_answer(client, url, headers) as response:
        if response.status_code == httpx.codes.REQUESTED_RANGE_NOT_SATISFIABLE:
            return _settle_range(response, part)
        _check_status(response)
        start = _start_of(response, held=held, wanted=wanted, part=part)
        edition = _edition_of(response, start)
        if start == 0:
            part.discard()  # before the note: bytes of one edition never lie beside the mark of another
        check_length(url, edition.size or 0, most_bytes)
        _check_room(part.path.parent, edition, start)
        part.note(edition)
        _write_body(response, part, start=start, size=edition.size or 0, progress=progress, most_bytes=most_bytes)
    if edition.size is not None and part.size() != edition.size:
        raise _TryAgainError(f"{part.size():,} bytes came of {edition.size:,}")
    return edition


def _settle_range(response: httpx.Response, part: "_Part") -> _Edition:
    """The publisher has nothing after what is held: either all of it came already, or the file is another one."""
    total = re.fullmatch(r"bytes \*/(\d+)", response.headers.get("Content-Range", ""))
    if total and int(total[1]) == part.size() == part.edition().size:
        return part.edition()
    part.discard()
    raise _TryAgainError("the file was replaced by a shorter one", wait=0)


def _start_of(response: httpx.Response, *, held: int, wanted: _Edition, part: "_Part") -> int:
    """From which byte does the answer go on? 0 where the publisher sends the whole file."""
    if response.status_code != httpx.codes.PARTIAL_CONTENT:
        return 0
    span = re.match(r"bytes (\d+)-", response.headers.get("Content-Range", ""))
    etag = response.headers.get("ETag", "")
    if span and int(span[1]) == held and etag in ("", wanted.etag) and not is_packed(response):
        return held
    part.discard()
    raise _TryAgainError("the publisher sent a part of another edition", wait=0)


def _edition_of(response: httpx.Response, start: int) -> _Edition:
    if is_packed(response):  # its length and mark are those of the packed stream, of which no part can be asked
        return _Edition()
    length = response.headers.get("Content-Length", "")
    size = start + int(length) if length.isdecimal() else None
    return _Edition(response.headers.get("ETag", ""), response.headers.get("Last-Modified", ""), size)


def _write_body(
    response: httpx.Response, part: "_Part", *, start: int, size: int, progress: Progress, most_bytes: int
) -> None:
    done = start
    # As it comes: bytes gathered into larger pieces are lost with the connection.
    chunks = response.iter_bytes() if is_packed(response) else response.iter_raw()
    with explain_full_disk(part.path), part.path.open("ab" if start else "wb") as sink:
        for chunk in chunks:
            done += len(chunk)
            if done > most_bytes:
                part.discard()
            check_length(str(response.url), done, most_bytes)
            sink.write(chunk)
            sink.flush()
            progress(part.target.name, done, size)


def _check_status(response: httpx.Response) -> None:
    status = response.status_code
    if status in _GONE:
        raise NotPublishedError(str(response.url))
    if status in _MOMENTARY:
        raise _TryAgainError(f"it answered with status {status}", _asked_wait(response))
    if status >= httpx.codes.BAD_REQUEST:
        raise UnreadableInputError(
            f"the publisher refused the request (status {status})",
            where=str(response.url),
            expected="the file, or that there is none",
            to_do="Check the address given with --base-url, or download the file by hand and load it",
        )


def _asked_wait(response: httpx.Response) -> float | None:
    """For how many seconds does Retry-After ask? A date is read against the publisher's own clock, not ours."""
    text = response.headers.get("Retry-After", "").strip()
    if text.isdecimal():
        return float(text)
    try:
        seconds = (parsedate_to_datetime(text) - parsedate_to_datetime(response.headers["Date"])).total_seconds()
    except (ValueError, KeyError, TypeError):
        return None
    return max(seconds, 0.0)


def _check_room(folder: Path, edition: _Edition, start: int) -> None:
    needed = (edition.size or 0) - start
    free = shutil.disk_usage(folder).free
    if needed > free:
        raise UnreadableInputError(
            f"the file needs {needed / 1e9:.1f} GB and {free / 1e9:.1f} GB are free",
            where=str(folder),
            expected="room for the publisher's archive",
            to_do="Free some space or name another folder with --out",
        )


@contextmanager
def explain_full_disk(path: Path) -> Iterator[None]:
    """Say what a full disk means for whoever waits for `path`."""
    try:
        yield
    except OSError as error:
        if error.errno not in (errno.ENOSPC, errno.EDQUOT):
            raise
        raise UnreadableInputError(
            "the disk became full", where=str(path), to_do="Free some space and run the command again: it goes on here"
        ) from error


class _Part:
    """The bytes received so far and the note of the edition that they belong to."""

    def __init__(self, target: Path) -> None:
        self.target = target
        self.path = target.with_name(target.name + ".part")
        self._note = target.with_name(target.name + ".part.json")

    def size(self) -> int:
        return self.path.stat().st_size if self.path.exists() else 0

    def edition(self) -> _Edition:
        try:
            return _Edition(**json.loads(self._note.read_text(encoding="utf-8")))
        except (OSError, ValueError, TypeError):
            return _Edition()

    def note(self, edition: _Edition) -> None:
        self._note.write_text(json.dumps(asdict(edition)), encoding="utf-8")

    def discard(self) -> None:
        self.path.unlink(missing_ok=True)
        self._note.unlink(missing_ok=True)

    def finish(self) -> None:
        self.path.rename(self.target)
        self._note.unlink(missing_ok=True)
