"""What waits for somebody in `loads`: a load that failed and whose files are here, flags that nobody looked at."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.urls import reverse

from wardmote.web.foundation.clock import read_now
from wardmote.web.foundation.to_do import ThingToDo, offer_things_to_do
from wardmote.web.observatory.loads.models import EvidenceLoad
from wardmote.web.observatory.loads.quality import count_open
from wardmote.web.observatory.loads.replaced import list_replaced
from wardmote.web.observatory.loads.source_words import name_source
from wardmote.web.partnerships.interface import can

_TOLD = timedelta(days=14)


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
    yield from _list_replaced(partnership)
    yield from _list_flags(partnership)


def _list_replaced(partnership: Any) -> Iterator[ThingToDo]:
    """What another partnership took the place of in a shared store, for a fortnight."""
    since = read_now() - _TOLD
    for one in list_replaced(partnership):
        if one.is_ours_replaced and one.replaced_at >= since:
            address = reverse("show_held_load", kwargs={"slug": partnership.slug, "load_name": one.replaced})
            title = "Look at what another partnership replaced of your evidence"
            yield ThingToDo(title, address, detail=f"{one.what}, on {one.replaced_at:%-d %B %Y}.", urgency=2)


def _list_flags(partnership: Any) -> Iterator[ThingToDo]:
    count = count_open(partnership)
    if count:
        things = "1 thing" if count == 1 else f"{count} things"
        address = reverse("evidence_quality", kwargs={"slug": partnership.slug})
        yield ThingToDo(f"Look at {things} in the evidence that nobody has looked at", address, urgency=3)
