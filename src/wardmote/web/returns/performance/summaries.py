"""The plan in one sentence and a few counts: what is off target, what turned, what nobody can say."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from wardmote.web.foundation.design.words import say_count
from wardmote.web.plans.interface import Indicator
from wardmote.web.returns.models import Quarter, Return
from wardmote.web.returns.owing import AWAITS_EVIDENCE
from wardmote.web.returns.performance.plans_seen import Choice
from wardmote.web.returns.performance.rows import URGENCY, Row
from wardmote.web.returns.states import UNSENT

OFF_TARGET = "off-target"  # where the exceptions tell of all that are red, those that have turned among them
_A_QUARTER = timedelta(days=92)  # the longest is July to September or October to December


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of the sentence on top, with where it leads."""

    text: str
    query: str  # of the exceptions page: its anchor; empty where it leads nowhere


@dataclass(frozen=True, slots=True)
class Group:
    """A priority with its rows."""

    number: int
    title: str
    rows: tuple[Row, ...]
    counts: Mapping[str, int]


def count_looks(rows: Iterable[Row]) -> dict[str, int]:
    """How many rows stand at each status, in the order of urgency; those that only give context last."""
    counts = Counter(row.look for row in rows)
    return {look: counts[look] for look in URGENCY if counts[look] or look != "none"}


def group_rows(rows: Sequence[Row], *, is_urgent_first: bool = False) -> list[Group]:
    """The rows by priority; inside of each as the plan has them, or what to raise first."""
    groups: dict[int, list[Row]] = {}
    for row in rows:
        groups.setdefault(row.priority_no, []).append(row)
    return [
        Group(number, held[0].priority_title, tuple(_order(held, is_urgent_first)), count_looks(held))
        for number, held in sorted(groups.items())
    ]


def _order(rows: list[Row], is_urgent_first: bool) -> list[Row]:
    return sorted(rows, key=lambda row: URGENCY.index(row.look)) if is_urgent_first else rows


def list_missing(choice: Choice) -> set[UUID]:
    """The indicators whose return for the page's quarter is not in, as the progress of the agencies counts them."""
    quarter = choice.newest
    if quarter is None:
        return set()
    rows = Return.objects.filter(partnership_id=quarter.partnership_id, quarter=quarter, state__in=UNSENT)
    owed = list(rows.exclude(AWAITS_EVIDENCE).select_related("indicator"))
    missing = {row.indicator_id for row in owed}
    if not owed or quarter.plan_id == choice.plan.pk:
        return missing
    # returned against another version of the plan: the row of the same series and reference stands for it here
    known = {(row.indicator.series, row.indicator.ref) for row in owed}
    own = Indicator.objects.filter(partnership=quarter.partnership_id, plan=choice.plan)
    return missing | {key for key, *name in own.values_list("id", "series", "ref") if tuple(name) in known}


def has_turned_now(row: Row, newest: date | None) -> bool:
    """Whether the row turned red with its last return, in the page's quarter or the one before."""
    if not row.has_turned_red or newest is None or row.quarter_ends_on is None:
        return row.has_turned_red
    return row.quarter_ends_on >= newest - _A_QUARTER


def has_turned_in(row: Row, quarter: Quarter | None) -> bool:
    """Whether the row turned red in the page's own quarter: a paper of a quarter calls nothing older news."""
    ends_on = row.quarter_ends_on
    return row.has_turned_red and (quarter is None or ends_on is None or ends_on >= quarter.ends_on)


def list_reds(rows: Iterable[Row], newest: Quarter | None) -> list[tuple[Row, bool]]:
    """What is off target, in the plan's order, each with whether it turned red with its last return."""
    ends_on = newest.ends_on if newest else None
    return [(row, has_turned_now(row, ends_on)) for row in rows if row.is_red]


def build_summary(rows: Sequence[Row], missing: set[UUID], newest: Quarter | None) -> list[Part]:
    """The sentence on top, in parts: "9 of 60 are off target", "2 turned red this quarter" …

    Where all is context, that is the sentence, and leads nowhere.
    `newest` is the quarter that the page speaks of, and of which `missing` have no return.
    """
    judged = [row for row in rows if row.look != "none"]
    red = sum(row.is_red for row in judged)
    if rows and not judged:
        return [Part(f"{say_count(len(rows), 'indicator')} for context only: nothing is judged", "")]
    verb = "is" if red == 1 else "are"
    turned = sum(has_turned_now(row, newest.ends_on if newest else None) for row in judged)
    first = OFF_TARGET if red else ""
    parts = [Part(f"{red} of {say_count(len(judged), 'indicator')} {verb} off target", first)]
    if turned:
        are_all_new = turned == sum(has_turned_in(row, newest) for row in judged)
        parts.append(Part(f"{turned} turned red with the last return", "turned" if are_all_new else OFF_TARGET))
    grey = sum(row.is_grey_twice for row in judged)
    if grey:
        parts.append(Part(f"{grey} could not be judged twice running", "grey"))
    absent = sum(row.id in missing for row in rows)
    if absent and newest:
        parts.append(Part(f"{absent} {'has' if absent == 1 else 'have'} no return for {newest.period} yet", "missing"))
    return parts
