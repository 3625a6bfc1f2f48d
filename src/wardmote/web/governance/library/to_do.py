"""What waits for somebody in `library`: documents that no longer hold, notices to publish, themes left alone."""

from collections.abc import Iterator
from typing import Any

from django.urls import reverse

from wardmote.web.foundation.clock import read_today
from wardmote.web.foundation.design.words import say_count
from wardmote.web.foundation.to_do import ThingToDo, offer_things_to_do
from wardmote.web.governance.library import comparing  # noqa: F401 - says how editions are compared in the background
from wardmote.web.governance.library.actions import corrections  # noqa: F401 - and how a notice looks at sentences
from wardmote.web.governance.library.erratum import list_edition_errata
from wardmote.web.governance.library.models import Correction
from wardmote.web.governance.library.states import CorrectionState
from wardmote.web.governance.library.themes import list_themes
from wardmote.web.partnerships.interface import Role, can, find_roles


@offer_things_to_do
def list_corrections_to_do(request: Any) -> Iterator[ThingToDo]:
    """Assessments for who writes notices, notices for who publishes them; documents of the returns wait in returns."""
    partnership = request.partnership
    address = reverse("corrections", kwargs={"slug": partnership.slug})
    if can(request.user, "governance.write_corrections", partnership):
        waiting = sum(bool(one.open) for one in list_edition_errata(partnership))
        if waiting:
            title = f"{say_count(waiting, 'published assessment')} with a figure that has changed since"
            yield ThingToDo(title, address, urgency=2)
    if can(request.user, "governance.publish_corrections", partnership):
        drafts = Correction.objects.filter(partnership=partnership, state=CorrectionState.DRAFT).count()
        if drafts:
            yield ThingToDo(f"{say_count(drafts, 'notice')} of correction to read and publish", address, urgency=2)


@offer_things_to_do
def list_themes_to_do(request: Any) -> Iterator[ThingToDo]:
    """Themes that nobody has looked at for a year, for the coordinator and the analyst."""
    if not find_roles(request.user, request.partnership) & {Role.COORDINATOR, Role.ANALYST}:
        return
    stale = sum(one.is_stale for one in list_themes(request.user, request.partnership, read_today()))
    if stale:
        address = reverse("themes", kwargs={"slug": request.partnership.slug})
        yield ThingToDo(
            f"{say_count(stale, 'emerging theme')} that nobody has looked at for a year", address, urgency=3
        )
