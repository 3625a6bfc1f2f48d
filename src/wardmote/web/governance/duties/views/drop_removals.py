"""The page on which a file of a data drop is removed."""

from typing import Any

from django.http import HttpResponse

from wardmote.web.governance.duties.drop_removals import remove_drop_file
from wardmote.web.governance.duties.drops import get_drop
from wardmote.web.governance.duties.forms import ReasonForm
from wardmote.web.governance.duties.models import DropFile
from wardmote.web.governance.duties.views.drops import DROPS, say_drop
from wardmote.web.governance.duties.views.frame import find_address, finish
from wardmote.web.partnerships.interface import PartnershipRequest, check_may, get_own, in_partnership


@in_partnership("governance.remove_drop_files")
def remove_file(request: PartnershipRequest, data_drop_id: Any, drop_file_id: Any) -> HttpResponse:
    """Say why, and the file is gone."""
    drop = get_drop(request, data_drop_id)
    rows = DropFile.objects.filter(partnership=request.partnership, drop=drop, removal=None)
    file = get_own(rows.select_related("file", "drop__partnership"), request, id=drop_file_id)
    check_may(request, "governance.remove_drop_files", file)
    form = ReasonForm(request.POST or None)

    def save() -> None:
        remove_drop_file(file=file, reason=form.cleaned_data["reason"], by=request.user)

    back = find_address(request, "data_drop", data_drop_id=drop.pk)
    return finish(
        request, form, save, title="Remove this file", back=back, done="The file is deleted.", submit="Delete the file",
        crumbs=[(DROPS, find_address(request, "data_drops")), (say_drop(drop), back)],
        intro=f"No {file.number}, {drop.organisation}: {say_drop(drop)}. It is deleted here for good; backups keep it "
        "until they are replaced. That it was here, who brought it and why it went stays in the record: name nobody.",
    )  # fmt: skip
