"""Writes of the data drops. A file in which somebody could be recognised is refused before anything of it is kept."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile

from wardmote.evidence.interface import read_drop
from wardmote.evidence.model.drops import DropReading
from wardmote.web.foundation.clock import read_now, read_today
from wardmote.web.foundation.files import check_upload, store_file
from wardmote.web.foundation.refusals import RefusedError
from wardmote.web.foundation.writes import writing
from wardmote.web.governance.duties.drops import get_category, list_owed_drops, list_unopened
from wardmote.web.governance.duties.models import DataDrop, DropFile
from wardmote.web.partnerships.interface import Partnership, Person
from wardmote.web.returns.interface import QuarterDates

#: What faults call a file: its own name may tell of somebody.
_NAME = "the file"
_ENDINGS = frozenset({".csv", ".xlsx", ".ods"})


def open_quarter(*, partnership: Partnership, quarter: QuarterDates, today: date, by: Person | None) -> int:
    """Open what each agency owes for a quarter, once; how many were opened."""
    with writing(by=by, verb="governance.data_drops_opened", partnership=partnership) as write:
        Partnership.objects.select_for_update().get(pk=partnership.pk)
        held = DataDrop.objects.filter(partnership=partnership, period=quarter.period)
        there = set(held.values_list("organisation_id", "category"))
        fresh = [
            DataDrop(
                partnership=partnership, organisation=owed.agency.organisation, category=owed.category.id,
                period=quarter.period, starts_on=quarter.starts_on, ends_on=quarter.ends_on, due_on=owed.due_on,
                opened_on=today,
            ) for owed in list_owed_drops(partnership, quarter)
            if (owed.agency.organisation_id, owed.category.id) not in there
        ]  # fmt: skip
        DataDrop.objects.bulk_create(fresh)
        write.facts |= {"period": quarter.period, "count": len(fresh)}
    return len(fresh)


def open_quarters(*, partnership: Partnership, today: date, by: Person | None) -> int:
    """Open every quarter that has ended and is not open; how many drops."""
    return sum(
        open_quarter(partnership=partnership, quarter=quarter, today=today, by=by)
        for quarter in list_unopened(partnership, today)
    )


def measure_upload(drop: DataDrop, upload: "UploadedFile[bytes]") -> DropReading:
    """How good an uploaded file is. Raises ValidationError or the core's errors where it may not be taken."""
    content, _ = check_upload(upload)
    ending = Path(str(upload.name)).suffix.lower()
    if ending not in _ENDINGS:
        raise RefusedError("A data drop is a table: send a CSV, XLSX or ODS file")
    folder = Path(settings.UPLOADS) / "under-way"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    with TemporaryDirectory(dir=folder) as place:
        path = Path(place) / f"drop{ending}"
        path.write_bytes(content)
        category = get_category(drop.category)
        return read_drop(path, category, first_day=drop.starts_on, last_day=drop.ends_on, name=_NAME)


def receive_drop(*, drop: DataDrop, upload: "UploadedFile[bytes]", received_on: date, by: Person) -> DropFile:
    """Take a file in. Nothing of it is kept where it may not be taken; an earlier file of the drop stays readable."""
    if received_on > read_today() or received_on < drop.starts_on:
        raise RefusedError("The day on which it came lies after the quarter began and not after today")
    reading = measure_upload(drop, upload)
    upload.name = f"{drop.category}-{drop.period.replace('/', '-')}{Path(str(upload.name)).suffix.lower()}"
    with writing(by=by, verb="governance.data_drop_received", partnership=drop.partnership, subject=drop):
        held = DataDrop.objects.select_for_update().get(partnership=drop.partnership_id, pk=drop.pk)
        if held.waived_on is not None:
            raise RefusedError("The drop was said not to apply. The coordinator takes that back first")
        file = DropFile.objects.create(
            partnership=drop.partnership, drop=held, number=held.files.count() + 1, received_on=received_on,
            file=store_file(upload, by=by, partnership=drop.partnership), received_at=read_now(), received_by=by.pk,
            rows_count=reading.rows_count, reading=_to_plain(reading),
        )  # fmt: skip
        if held.received_on is None or received_on < held.received_on:
            held.received_on = received_on
            held.save()
    return file


def _to_plain(reading: DropReading) -> Mapping[str, Any]:
    return {name: value for name, value in asdict(reading).items() if name != "rows_count"}


def waive_drop(*, drop: DataDrop, reason: str, by: Person | None) -> None:
    """Say that an agency does not owe this, and why."""
    with writing(by=by, verb="governance.data_drop_waived", partnership=drop.partnership, subject=drop, reason=reason):
        if drop.received_on is not None:
            raise RefusedError("It has come already")
        drop.waived_on, drop.waived_reason = read_today(), reason
        drop.save()


def restore_drop(*, drop: DataDrop, reason: str, by: Person | None) -> None:
    """Say that it is owed after all."""
    with writing(
        by=by, verb="governance.data_drop_restored", partnership=drop.partnership, subject=drop, reason=reason
    ):
        if drop.waived_on is None:
            raise RefusedError("It is owed already")
        drop.waived_on, drop.waived_reason = None, ""
        drop.save()
