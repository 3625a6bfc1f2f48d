"""Evidence files of a return: attached while it is drafted, kept with the version that it was submitted with."""

from typing import Any

from django.core.files.uploadedfile import UploadedFile

from wardmote.web.foundation.clock import read_now
from wardmote.web.foundation.files import store_file
from wardmote.web.foundation.writes import writing
from wardmote.web.partnerships.interface import Person
from wardmote.web.returns.actions.locking import lock_return
from wardmote.web.returns.models import Return, ReturnFile
from wardmote.web.returns.policies import check_can_edit


def attach_file(*, ret: Return, upload: "UploadedFile[Any]", by: Person) -> ReturnFile:
    """Keep a file with a draft. Raises ValidationError where the file may not be attached."""
    with writing(by=by, verb="returns.file_attached", partnership=ret.partnership, subject=ret):
        ret = lock_return(ret.pk)
        check_can_edit(ret)
        stored = store_file(upload, by=by, partnership=ret.partnership)
        return ReturnFile.objects.create(partnership=ret.partnership, of=ret, file=stored)


def remove_file(*, attached: ReturnFile, by: Person) -> None:
    """Take a file off a draft. It stays with the versions it was submitted with."""
    with writing(by=by, verb="returns.file_removed", partnership=attached.partnership, subject=attached):
        check_can_edit(lock_return(attached.of_id))
        attached.removed_at = read_now()
        attached.save()
