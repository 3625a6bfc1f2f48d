"""Plan files that somebody has sent to look at: kept apart for a day at most, until they are confirmed."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ValidationError

from wardmote.web.foundation.rounds import join_round
from wardmote.web.foundation.writes import writing
from wardmote.web.partnerships.interface import Partnership, Person

_KEPT_FOR = timedelta(days=1)
_MOST_KEPT = 5  # for each person


def note_tried(digest: str, bytes_count: int, kind: str, *, by: Person, partnership: Partnership) -> None:
    """Say in the trail that somebody tried a file, read or not. Its name, which may be a person's, is left out."""
    facts = {"sha256": digest, "bytes_count": bytes_count, "kind": kind.lstrip(".")}
    with writing(by=by, verb="returns.plan_tried", partnership=partnership, facts=facts):
        return  # the entry is all there is to keep of it


def keep_tried(digest: str, content: bytes, *, by: Person) -> None:
    """Keep a file for the person who tries it, and of those that they tried before the last few only."""
    place = _find_place(digest, by)
    place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with os.fdopen(os.open(place, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(content)
    others = [path for path in _folder().glob(f"{by.pk}-*") if path != place]
    for path in sorted(others, key=_find_age, reverse=True)[_MOST_KEPT - 1 :]:
        path.unlink(missing_ok=True)


def _find_age(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except FileNotFoundError:  # another try of theirs took it away
        return 0.0


def read_tried(digest: str, *, by: Person) -> bytes:
    """The file that the person tried. Raises ValidationError where it is kept no longer."""
    try:
        return _find_place(digest, by).read_bytes()
    except FileNotFoundError:
        raise ValidationError("The file is kept no longer: send it again") from None


@contextmanager
def taking_tried(digest: str, *, by: Person) -> Iterator[None]:
    """Take the file away while it is brought in, so that nobody does it twice; it is back where that fails.

    Without a digest there is none to take. Raises ValidationError where it is kept no longer.
    """
    if not digest:
        yield
        return
    place = _find_place(digest, by)
    taken = place.with_name(f"{place.name}-taken")
    try:
        place.rename(taken)
    except FileNotFoundError:
        raise ValidationError("The file is kept no longer: send it again") from None
    try:
        yield
    except BaseException:
        taken.rename(place)
        raise
    taken.unlink(missing_ok=True)


def drop_tried(digest: str, *, by: Person) -> None:
    """Nothing will be made of the file."""
    _find_place(digest, by).unlink(missing_ok=True)


@join_round("remove plan files that were only tried")
def remove_tried(now: datetime) -> str:
    """Remove what nobody has confirmed within a day."""
    old = [path for path in _folder().glob("*") if path.stat().st_mtime < (now - _KEPT_FOR).timestamp()]
    if old:
        with writing(by=None, verb="returns.tried_plans_removed", facts={"files_count": len(old)}):
            for path in old:
                path.unlink(missing_ok=True)
    return f"{len(old)} tried plan files removed"


def _folder() -> Path:
    return Path(settings.FILES) / "tried-plans"


def _find_place(digest: str, by: Person) -> Path:
    return _folder() / f"{by.pk}-{digest}"
