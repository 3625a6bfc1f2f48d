"""What the performance pages put on the first page: what turned red, and documents that are out of date."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Count
from django.urls import reverse

from wardmote.web.foundation.design.words import say_count
from wardmote.web.foundation.to_do import ThingToDo, offer_things_to_do
from wardmote.web.partnerships.interface import Role
from wardmote.web.plans.interface import Priority
from wardmote.web.returns.models import IssuedDocument
from wardmote.web.returns.performance.core_plan import read_judged
from wardmote.web.returns.performance.plans_seen import choose_plan
from wardmote.web.returns.performance.summaries import has_turned_now


@offer_things_to_do
def offer_turned_red(request: Any) -> Iterable[ThingToDo]:
    """To a lead what turned red under their priorities; to the coordinator all of it."""
    if not request.roles & {Role.LEAD, Role.COORDINATOR}:
        return
    choice = choose_plan(request, {})
    if choice is None or choice.plan.is_historic:
        return
    newest = choice.newest.ends_on if choice.newest else None
    turned = [row for row in read_judged(choice.plan).rows if has_turned_now(row, newest)]
    if Role.COORDINATOR not in request.roles:
        led = set(Priority.objects.filter(plan=choice.plan, lead=request.user).values_list("id", flat=True))
        turned = [row for row in turned if row.priority_id in led]
    for row in turned:
        address = reverse("indicator", kwargs={"slug": request.partnership.slug, "indicator_id": row.id})
        yield ThingToDo(f"{row.ref} turned red: {row.title}", address, row.why, urgency=2)


@offer_things_to_do
def offer_documents(request: Any) -> Iterable[ThingToDo]:
    """To the coordinator, and to who made them, the documents whose figures were revised and that nobody settled."""
    rows = IssuedDocument.objects.filter(
        partnership=request.partnership, values__replaced_by__isnull=False, values__settled_at=None
    )
    if Role.COORDINATOR not in request.roles:
        rows = rows.filter(made_by=request.user.pk)
    count = rows.aggregate(builds=Count("build", distinct=True))["builds"]
    if count:
        address = reverse("documents", kwargs={"slug": request.partnership.slug})
        title = f"{say_count(count, 'document')} used a figure that was revised"
        yield ThingToDo(title, address, "Reissue, correct, or leave with a note", urgency=1)
