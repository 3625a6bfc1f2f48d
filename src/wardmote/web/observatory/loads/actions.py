"""Loads asked for, tried again, done and taken back; flags looked at."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any

from django.core.files.uploadedfile import UploadedFile

from wardmote.evidence.interface import list_loads, load_files, open_store, undo_load
from wardmote.evidence.model.errors import Fault, WardmoteError
from wardmote.web.foundation.clock import read_now
from wardmote.web.foundation.files import clean_name
from wardmote.web.foundation.jobs import Tell, does_job, start_job
from wardmote.web.foundation.models import Job
from wardmote.web.foundation.refusals import RefusedError
from wardmote.web.foundation.rounds import join_round
from wardmote.web.foundation.writes import writing
from wardmote.web.observatory.loads.files import check_files, find_paths, keep_uploads, remove_lost, remove_uploads
from wardmote.web.observatory.loads.incoming import WaitingFile
from wardmote.web.observatory.loads.marks import read_mark, write_mark, write_undo_mark
from wardmote.web.observatory.loads.models import EvidenceLoad, FlagLook
from wardmote.web.observatory.loads.policies import can_retry, can_undo, check_may_load, check_room
from wardmote.web.observatory.loads.quality import read_quality
from wardmote.web.observatory.loads.queries import HeldLoad
from wardmote.web.observatory.loads.states import Origin
from wardmote.web.observatory.stores import find_store, name_store
from wardmote.web.partnerships.interface import Partnership, Person

KIND = "observatory.load"
_KEPT = timedelta(days=1)
_MOST_FAULTS = 200


def ask_for_load(
    *,
    by: Person,
    partnership: Partnership,
    source: str,
    settings: Mapping[str, str],
    uploads: "Sequence[UploadedFile[Any]]" = (),
    waiting: Sequence[WaitingFile] = (),
) -> EvidenceLoad:
    """Take the files and have them loaded in the background. Raises RefusedError where it cannot be."""
    check_may_load(partnership, source)
    size = sum(one.size or 0 for one in uploads) + sum(one.size_bytes for one in waiting)
    check_room(partnership, size)
    files = [{"name": clean_name(str(one.name)), "size_bytes": one.size} for one in uploads]
    files += [{"name": one.name, "size_bytes": one.size_bytes} for one in waiting]
    load = EvidenceLoad(
        partnership=partnership, source=source, settings={k: v for k, v in settings.items() if v}, files=files,
        store=name_store(partnership), origin=Origin.UPLOAD if uploads else Origin.FOLDER, asked_at=read_now(),
        asked_by=by.pk,
    )  # fmt: skip
    keep_uploads(load, uploads)
    try:
        with writing(by=by, verb="evidence.load_asked_for", partnership=partnership, subject=load):
            load.save()
        start_job(kind=KIND, partnership=partnership, subject=load, by=by)
    except BaseException:
        remove_uploads(load)
        raise
    return load


def retry_load(*, by: Person, load: EvidenceLoad) -> None:
    """Load the same files once more. Raises RefusedError where they are gone or at work."""
    if not can_retry(load):
        raise RefusedError("There is nothing to try again: the files are loaded, at work, or gone.")
    check_may_load(load.partnership, load.source)
    with writing(by=by, verb="evidence.load_tried_again", partnership=load.partnership, subject=load):
        load.faults, load.kept_until, load.store = [], None, name_store(load.partnership)
        load.save()
    start_job(kind=KIND, partnership=load.partnership, subject=load, by=by)


def discard_files(*, by: Person | None, load: EvidenceLoad) -> None:
    """Let go of the files of a load that failed."""
    with writing(by=by, verb="evidence.load_files_removed", partnership=load.partnership, subject=load):
        load.kept_until = None
        load.save()
    remove_uploads(load)


def _settle(job: Job) -> str | None:
    """Of a load that was cut off: whether it had reached the store, which it does whole or not at all."""
    load = _get_load(job)
    folder = find_store(load.partnership)
    records = list_loads(open_store(folder)) if (folder / "store.json").exists() else ()
    found = next((r.manifest.id for r in records if read_mark(r.manifest.by) == load.pk), None)
    if found is None:
        _note_failure(load, ())
        return None
    return _note_success(load, found)


@does_job(KIND, settle=_settle)
def do_load(job: Job, tell: Tell) -> str:
    """Load the files into the partnership's store, all of them or nothing."""
    load = _get_load(job)
    try:
        check_may_load(load.partnership, load.source)
        tell("Looking at the files", 0, 0)
        paths = find_paths(load)
        check_files(paths)
        store = open_store(find_store(load.partnership), create=True)
        report = load_files(
            store, load.source, paths, now=read_now().replace(microsecond=0), by=write_mark(load),
            settings=load.settings, progress=lambda name, done, total: tell(f"Reading {name}", done, total),
        )  # fmt: skip
    except WardmoteError as error:
        _note_failure(load, error.faults, may_keep=not error.is_identifying)
        raise type(error)(error.fault.found, expected=error.fault.expected, to_do=error.fault.to_do) from None
    except Exception:
        _note_failure(load, ())
        raise
    return _note_success(load, report.manifest.id)


def _get_load(job: Job) -> EvidenceLoad:
    found: EvidenceLoad = EvidenceLoad.objects.select_related("partnership").get(pk=job.subject)
    return found


def _note_success(load: EvidenceLoad, load_id: str) -> str:
    with writing(by=None, verb="evidence.loaded", partnership=load.partnership, subject=load):
        load.load, load.faults, load.kept_until, load.store = load_id, [], None, name_store(load.partnership)
        load.save()
    remove_uploads(load)
    with suppress(WardmoteError):  # what is odd is worked out here, so that no page waits for it
        read_quality(load.partnership)
    return f"Loaded as {load_id}."


def _note_failure(load: EvidenceLoad, faults: Sequence[Fault], *, may_keep: bool = True) -> None:
    """Nothing was loaded. The files stay for another try, unless somebody could be recognised in them."""
    keeps = may_keep and load.origin == Origin.UPLOAD
    with writing(by=None, verb="evidence.load_failed", partnership=load.partnership, subject=load):
        load.faults = [asdict(fault) for fault in faults[:_MOST_FAULTS]]
        load.kept_until = read_now() + _KEPT if keeps else None
        load.save()
    if not may_keep:
        remove_uploads(load)


@join_round("files of loads that failed")
def remove_old_files(now: datetime) -> str:
    """Let go of files that nobody came back for, and of what was left by a request that was cut off."""
    rows = list(EvidenceLoad.objects.filter(kept_until__lt=now).select_related("partnership"))
    for load in rows:
        discard_files(by=None, load=load)
    return f"{len(rows) + remove_lost((now - _KEPT).timestamp())} removed"


def take_back(*, by: Person, partnership: Partnership, held: HeldLoad, reason: str) -> None:
    """Take a load back. Raises RefusedError where the person may not, or a load is being written just now."""
    if not can_undo(by, held, partnership):
        raise RefusedError("This load is not yours to take back, or it was taken back already.")
    facts = {"load": held.id}
    with writing(
        by=by, verb="evidence.load_taken_back", partnership=partnership, subject=held.own, reason=reason, facts=facts
    ):
        try:
            undo_load(
                open_store(find_store(partnership)), held.id, now=read_now().replace(microsecond=0),
                by=write_undo_mark(partnership.name, by.pk), reason=reason,
            )  # fmt: skip
        except WardmoteError:  # its words may name another partnership that loads just now
            raise RefusedError(
                "Nothing was taken back: another load is being written, or this one was taken back meanwhile. "
                "Try again in a minute."
            ) from None


def note_look(*, by: Person, partnership: Partnership, key: str, saw: str, note: str) -> FlagLook:
    """Somebody has looked at a flag and says what it is; it is closed until its numbers change."""
    look = FlagLook(
        partnership=partnership, key=key, saw=saw, store=name_store(partnership), note=note, looked_at=read_now(),
        looked_by=by.pk,
    )  # fmt: skip
    with writing(by=by, verb="evidence.flag_looked_at", partnership=partnership, subject=look):
        look.save()
    return look
