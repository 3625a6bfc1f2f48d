"""What changed for the whole plan: the terms of judgement, and the plans whose values are taken as its past."""

from uuid import UUID

from wardmote.web.foundation.design.words import say_date
from wardmote.web.partnerships.interface import TermsChange, find_overtaken, list_terms_changes
from wardmote.web.plans.interface import PastLink, Plan
from wardmote.web.returns.performance.doers import Names, name_doers
from wardmote.web.returns.performance.past import list_own_lineages
from wardmote.web.returns.performance.terms import say_change
from wardmote.web.returns.performance.windows import Window


def list_plan_wide(plan: Plan, window: Window, *, with_names: bool) -> list[str]:
    """What a page of exceptions says of the plan as a whole, in sentences."""
    if plan.is_historic:
        return []
    terms = [one for one in list_terms_changes(plan.partnership) if window.holds(one.changed_at, one.counts_from)]
    links = _list_links(plan)
    names = name_doers(_list_people(terms, links), with_names=with_names)
    overtaken = find_overtaken(list_terms_changes(plan.partnership))
    said = [say_change(one, names[one.changed_by], overtaken_by=overtaken.get(one.pk)) for one in terms]
    for link in links:
        said += _say_link(link, names, window)
    return said


def _list_people(terms: list[TermsChange], links: list[PastLink]) -> list[UUID | None]:
    return [one.changed_by for one in terms] + [who for link in links for who in (link.linked_by, link.ended_by)]


def _list_links(plan: Plan) -> list[PastLink]:
    """Those that speak for this plan, and those that were ended: its own, and of the plans it takes over from."""
    rows = PastLink.objects.filter(partnership_id=plan.partnership_id, plan__lineage__in=list_own_lineages(plan))
    return list(rows.select_related("past").order_by("linked_at"))


def _say_link(link: PastLink, names: Names, window: Window) -> list[str]:
    said, past = [], link.past
    if window.holds(link.linked_at, None):
        said.append(
            f"The values of “{past.title}” were taken as the past of this plan. Linked on {say_date(link.linked_at)} "
            f"by {names[link.linked_by]}; the reason given: {link.reason}"
        )
    if link.ended_at is not None and window.holds(link.ended_at, None):
        said.append(
            f"The values of “{past.title}” are the past of this plan no more. Ended on {say_date(link.ended_at)} by "
            f"{names[link.ended_by]}; the reason given: {link.ended_because}"
        )
    return said
