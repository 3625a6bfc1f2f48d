"""Reading a return or a quarter that is about to be changed, so that two writers queue."""

from typing import Any
from uuid import UUID

from wardmote.web.returns.models import Quarter, Return


def lock_return(pk: UUID) -> Return:
    """The return as it stands now, held until the write under way ends."""
    rows = Return.objects.select_for_update(of=("self",))
    found: Return = rows.select_related(
        "partnership", "quarter", "indicator", "indicator__priority", "version", "organisation"
    ).get(pk=pk)
    return found


def lock_quarter(pk: UUID) -> Quarter:
    rows: Any = Quarter.objects.select_for_update(of=("self",)).select_related("partnership", "plan")
    found: Quarter = rows.get(pk=pk)
    return found
