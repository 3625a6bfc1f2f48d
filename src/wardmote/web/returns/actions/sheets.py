"""A workbook that came back: kept with what it would enter, then entered into drafts. It never submits."""

from uuid import UUID

from wardmote.web.foundation.clock import read_now
from wardmote.web.foundation.refusals import RefusedError
from wardmote.web.foundation.writes import writing
from wardmote.web.partnerships.interface import Person
from wardmote.web.returns.actions.drafts import put_draft
from wardmote.web.returns.actions.locking import lock_return
from wardmote.web.returns.models import Quarter, SheetUpload
from wardmote.web.returns.policies import can_edit
from wardmote.web.returns.workbooks.reading import ReadSheet


def keep_sheet(*, quarter: Quarter, organisation_id: UUID, name: str, read: ReadSheet, by: Person) -> SheetUpload:
    """Keep what a workbook holds, so that it can be looked at before it is entered."""
    with writing(by=by, verb="returns.workbook_sent", partnership=quarter.partnership) as write:
        upload = SheetUpload.objects.create(
            partnership=quarter.partnership, quarter=quarter, organisation_id=organisation_id, name=name[:200],
            rows=read.rows, refused=read.refused, uploaded_at=read_now(), uploaded_by=by.pk,
        )  # fmt: skip
        write.subject = upload
        write.facts |= {"rows": len(read.rows), "refused": len(read.refused)}
    return upload


def enter_sheet(*, upload: SheetUpload, by: Person) -> tuple[int, list[str]]:
    """Put the rows into the drafts; how many, and the refs of those that can no longer be typed into.

    A draft that holds something else is kept beside: a workbook takes the place of nothing unseen.
    """
    left: list[str] = []
    with writing(by=by, verb="returns.workbook_entered", partnership=upload.partnership, subject=upload) as write:
        upload = SheetUpload.objects.select_for_update().get(pk=upload.pk)
        if upload.entered_at is not None:
            raise RefusedError("the workbook has been entered already")
        for row in upload.rows:
            ret = lock_return(UUID(row["return"]))
            if can_edit(ret) and ret.organisation_id == upload.organisation_id:
                both = {**ret.draft, **row["fields"]}
                put_draft(ret, {name: typed for name, typed in both.items() if typed}, by.pk, keeps_own=True)
            else:
                left.append(row["ref"])
        upload.entered_at = read_now()
        upload.save()
        write.facts["entered"] = len(upload.rows) - len(left)
    return len(upload.rows) - len(left), left
