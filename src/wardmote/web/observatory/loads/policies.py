"""What may be loaded, taken back and tried again, as things stand."""

import shutil
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied

from wardmote.web.foundation.jobs import is_under_way
from wardmote.web.foundation.refusals import RefusedError
from wardmote.web.foundation.uploads import MEGABYTE
from wardmote.web.observatory.loads.models import EvidenceLoad
from wardmote.web.observatory.loads.queries import HeldLoad
from wardmote.web.observatory.stores import is_being_prepared, shares_store
from wardmote.web.partnerships.interface import Partnership, can

#: What a browser may send at once, and what a partnership may have lying there: a force's three years are 200 MB.
MOST_SENT_BYTES = 1024 * MEGABYTE
MOST_KEPT_BYTES = 2048 * MEGABYTE
#: A load needs room for its files unpacked, and must leave some for everybody else.
_ROOM_FACTOR = 3
_LEFT_FREE_BYTES = 300 * MEGABYTE
_PARTNER = "partner"


def say_size(size_bytes: int) -> str:
    """A size in words: "1.5 GB".

    >>> say_size(1_610_612_736), say_size(2_300_000), say_size(900)
    ('1.5 GB', '2.2 MB', '1 kB')
    """
    for unit, name in ((1024**3, "GB"), (MEGABYTE, "MB")):
        if size_bytes >= unit:
            return f"{size_bytes / unit:.1f} {name}".replace(".0 ", " ")
    return f"{max(1, size_bytes // 1024)} kB"


def check_may_load(partnership: Partnership, source: str) -> None:
    """Raise RefusedError where this source cannot be loaded here now."""
    if is_being_prepared(partnership):
        raise RefusedError("The sample’s evidence is being prepared. Load when it is there.")
    if source == _PARTNER and shares_store(partnership):
        raise RefusedError(
            "A partner’s statistics are given to one partnership, and the evidence here is read by others too. "
            "Whoever runs this installation can give your partnership a store of its own."
        )


def check_room(partnership: Partnership, size_bytes: int) -> None:
    """Raise RefusedError where so many bytes more cannot be taken in."""
    kept = sum(one["size_bytes"] for row in list_with_files(partnership) for one in row.files)
    if kept + size_bytes > MOST_KEPT_BYTES:
        raise RefusedError(
            f"Files of {say_size(kept)} wait here to be loaded already, and at most {say_size(MOST_KEPT_BYTES)} may. "
            "Wait until they are loaded, or remove those of loads that failed."
        )
    free = shutil.disk_usage(_find_existing(Path(settings.UPLOADS))).free
    if free < size_bytes * _ROOM_FACTOR + _LEFT_FREE_BYTES:
        raise RefusedError(
            f"The server has {say_size(free)} free, which is too little to unpack and load these files. "
            "Ask whoever runs this installation for room."
        )


def list_with_files(partnership: Partnership) -> list[EvidenceLoad]:
    """Loads whose files were sent and still lie here."""
    rows = EvidenceLoad.objects.filter(partnership=partnership, load="", origin="upload")
    return [row for row in rows if row.kept_until is not None or is_under_way(row)]


def _find_existing(folder: Path) -> Path:
    return next(path for path in (folder, *folder.parents) if path.exists())


def can_undo(person: Any, held: HeldLoad, partnership: Partnership) -> bool:
    """Who loaded it, or a coordinator; never what another partnership loaded, and nothing twice."""
    if held.is_undone or held.is_foreign:
        return False
    is_own = held.own is not None and held.own.asked_by == person.pk
    may_load = can(person, "observatory.load_evidence", partnership)
    return (is_own and may_load) or can(person, "observatory.undo_any_load", partnership)


def can_see_source(person: Any, source: str, partnership: Partnership) -> bool:
    """Whether somebody may see months, faults and rows of a source: a partner's hold small numbers."""
    return source != _PARTNER or can(person, "observatory.view_partner_evidence", partnership)


def check_source(person: Any, source: str, partnership: Partnership) -> None:
    """Raise PermissionDenied for what a partner shared, where the person may see published figures only."""
    if not can_see_source(person, source, partnership):
        raise PermissionDenied("observatory.view_partner_evidence")


def can_retry(load: EvidenceLoad) -> bool:
    """A load that failed and whose files still lie here."""
    has_files = load.origin == "folder" or load.kept_until is not None
    return not load.load and has_files and not is_under_way(load)
