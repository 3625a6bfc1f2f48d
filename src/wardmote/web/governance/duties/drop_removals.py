"""Taking away a file of a data drop that should not have come: its bytes go for good, that it was there stays known."""

from functools import partial

from django.db import transaction

from wardmote.web.foundation.clock import read_now
from wardmote.web.foundation.files import find_place
from wardmote.web.foundation.models import StoredFile
from wardmote.web.foundation.refusals import RefusedError
from wardmote.web.foundation.writes import writing
from wardmote.web.governance.duties.models import DataDrop, DropFile, DropFileRemoval
from wardmote.web.partnerships.interface import Person


def remove_drop_file(*, file: DropFile, reason: str, by: Person) -> DropFileRemoval:
    """Remove a file of a drop. The trail keeps who brought and removed it, when and why, and none of its rows."""
    drop = file.drop
    with writing(by=by, verb="governance.data_drop_file_removed", partnership=drop.partnership, subject=drop,
                 reason=reason):  # fmt: skip
        held = DataDrop.objects.select_for_update().get(partnership=drop.partnership_id, pk=drop.pk)
        if DropFileRemoval.objects.filter(drop_file=file).exists():
            raise RefusedError("The file was removed already")
        removal = DropFileRemoval.objects.create(
            partnership=drop.partnership, drop_file=file, removed_at=read_now(), removed_by=by.pk, reason=reason
        )
        left = held.files.filter(removal=None).order_by("received_on").first()
        held.received_on = left.received_on if left else None
        held.save()
        transaction.on_commit(partial(_delete_bytes, file.file.sha256))
    return removal


def _delete_bytes(digest: str) -> None:
    """The bytes lie once under their digest, whoever brought them: another file that still counts keeps them."""
    removed = DropFileRemoval.objects.values("drop_file__file")
    if not StoredFile.objects.filter(sha256=digest).exclude(pk__in=removed).exists():
        find_place(digest).unlink(missing_ok=True)
