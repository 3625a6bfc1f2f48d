"""Plan files that somebody has sent to look at: kept apart for a day at most, until they are confirmed."""

import os
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ValidationError

from wardmote.web.foundation.rounds import join_round
from wardmote.web.foundation.writes import writing
from wardmote.web.partnerships.interface import Person

_KEPT_FOR = timedelta(days=1)


def keep_tried(digest: str, content: bytes, *, by: Person) -> None:
    """Keep a file for the person who tries it."""
    place = _find_place(digest, by)
    place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with os.fdopen(os.open(place, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(content)


def read_tried(digest: str, *, by: Person) -> bytes:
    """The file that the person tried. Raises ValidationError where it is kept no longer."""
    try:
        return _find_place(digest, by).read_bytes()
    except FileNotFoundError:
        raise ValidationError("The file is kept no longer: send it again") from None


def drop_tried(digest: str, *, by: Person) -> None:
    """The file has been confirmed."""
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
