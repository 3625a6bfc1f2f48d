"""The tolerances by which a partnership judges its plans, and since when: a change never reaches back."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from wardmote.web.foundation.clock import read_now, read_today
from wardmote.web.foundation.refusals import RefusedError
from wardmote.web.partnerships.models import Partnership, Person, TermsChange


def find_first_day(today: date) -> date:
    """The day from which a change made today counts: the first of the next quarter, of which nothing is returned."""
    month = (today.month - 1) // 3 * 3 + 4
    return date(today.year + (month > 12), month % 12, 1)


def list_terms_changes(partnership: Partnership) -> list[TermsChange]:
    """Every change of the tolerances, in the order in which they count."""
    return list(TermsChange.objects.filter(partnership=partnership).order_by("counts_from", "changed_at"))


def find_overtaken(changes: Sequence[TermsChange]) -> dict[UUID, TermsChange]:
    """The changes that never counted, each with the one of the same quarter that took its place before it did."""
    last = {change.counts_from: change for change in changes}
    return {one.pk: last[one.counts_from] for one in changes if last[one.counts_from].pk != one.pk}


def note_terms_change(
    *, partnership: Partnership, settings: Mapping[str, Any], reason: str, by: Person | None
) -> TermsChange | None:
    """Keep what the tolerances were where settings change them; for an action that is writing. None where they do not.

    Raises RefusedError without a reason.
    """
    held = Partnership.objects.select_for_update().get(pk=partnership.pk)
    before, after = (held.amber_within_pct, held.small_number), (settings["amber_within_pct"], settings["small_number"])
    if before == after:
        return None
    if not reason.strip():
        raise RefusedError("Say why the tolerances change; the reason is shown wherever statuses are.")
    return TermsChange.objects.create(
        partnership=partnership, amber_before_pct=before[0], small_before=before[1], amber_within_pct=after[0],
        small_number=after[1], counts_from=find_first_day(read_today()), reason=reason.strip(), changed_at=read_now(),
        changed_by=by.pk if by else None,
    )  # fmt: skip
