"""What waits for somebody in `loads`: a load that failed and whose files are here, flags that nobody looked at."""

from collections.abc import Iterator
from typing import Any

from django.urls import reverse

from wardmote.web.foundation.to_do import ThingToDo, offer_things_to_do
from wardmote.web.observatory.loads.models import EvidenceLoad
from wardmote.web.observatory.loads.quality import count_open
from wardmote.web.observatory.loads.source_words import name_source
from wardmote.web.partnerships.interface import can


@offer_things_to_do
def list_loading_to_do(request: Any) -> Iterator[ThingToDo]:
    """For who loads evidence."""
    partnership = request.partnership
    if not can(request.user, "observatory.load_evidence", partnership):
        return
    rows = EvidenceLoad.objects.filter(
        partnership=partnership, load="", kept_until__isnull=False, asked_by=request.user.pk
    )
    for load in rows:
        address = reverse("show_load", kwargs={"slug": partnership.slug, "load_id": load.pk})
        title = f"A load did not work: {name_source(load.source)}"
        yield ThingToDo(title, address, detail="The files are kept for a day.", urgency=1)
    yield from _list_flags(partnership)


def _list_flags(partnership: Any) -> Iterator[ThingToDo]:
    count = count_open(partnership)
    if count:
        things = "1 thing" if count == 1 else f"{count} things"
        address = reverse("evidence_quality", kwargs={"slug": partnership.slug})
        yield ThingToDo(f"Look at {things} in the evidence that nobody has looked at", address, urgency=3)
