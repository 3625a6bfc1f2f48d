"""Which rows of a plan stand in the series of another plan: what is told before it is brought in, and adopted."""

from collections.abc import Sequence

from wardmote.web.plans.models import Indicator, Plan

_MOST_NAMED = 12


def say_joined(plan: Plan, indicators: Sequence[Indicator]) -> list[str]:
    """A sentence for each other plan of the partnership that has measures of these rows. One query.

    `indicators`: the plan's, saved or not.
    """
    own = {row.series for row in indicators}
    rows = Indicator.objects.filter(partnership=plan.partnership_id, series__in=own)
    others = rows.exclude(plan__lineage=plan.lineage).order_by("plan__starts_on", "plan__version", "number", "ref")
    found: dict[tuple[bool, str], list[str]] = {}
    for key, title, series in others.values_list("plan_id", "plan__title", "series"):
        refs = found.setdefault((key == plan.predecessor_id, title), [])
        refs += [row.ref for row in indicators if row.series == series and row.ref not in refs]
    return [_say(title, refs, is_named=is_named) for (is_named, title), refs in found.items()]


def _say(title: str, refs: list[str], *, is_named: bool) -> str:
    count = "1 row joins a measure" if len(refs) == 1 else f"{len(refs)} rows join measures"
    named = ", ".join(refs[:_MOST_NAMED]) + (" and others" if len(refs) > _MOST_NAMED else "")
    meaning = (
        "It takes over from that plan, whose earlier values are its past."
        if is_named
        else "Neither plan's values speak for the other, unless a coordinator links them with a reason."
    )
    return f"{count} of “{title}”: {named}. {meaning}"
