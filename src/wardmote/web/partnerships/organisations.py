"""Bodies under the names they had, and who took over from them: a return of 2014 still finds whose it is."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from wardmote.web.partnerships.models import Organisation, Succession


@dataclass(frozen=True, slots=True)
class Step:
    """One body in a chain of successors: what it is, and when and how it took over."""

    organisation: Organisation
    from_organisation: Organisation | None
    on: date | None
    note: str = ""


def find_organisation(name_or_alias: str, on: date | None = None) -> Organisation | None:
    """The body that a document calls by this name, its short name or an alias.

    Where several have had the name, the one that existed on the day `on`. None where there is none, or where it cannot
    be told which.
    """
    wanted = _fold(name_or_alias)
    if not wanted:
        return None
    found = [body for body in Organisation.objects.all() if wanted in _list_names(body)]
    if on is not None and len(found) > 1:
        found = [body for body in found if existed_on(body, on)]
    exact = [body for body in found if _fold(body.name) == wanted]
    if len(found) > 1 and len(exact) == 1:
        return exact[0]
    return found[0] if len(found) == 1 else None


def _fold(name: str) -> str:
    """A name as it is compared: case, spaces and the sign for "and" do not matter."""
    return " ".join(name.casefold().replace("&", " and ").split())


def _list_names(body: Organisation) -> set[str]:
    return {_fold(name) for name in (body.name, body.short_name, *body.aliases) if name}


def existed_on(body: Organisation, day: date) -> bool:
    """Whether a body existed on a day, as far as its dates are known; both are days on which it did."""
    return (body.started_on is None or body.started_on <= day) and (body.ended_on is None or day <= body.ended_on)


def resolve_successors(organisation: Organisation, on: date) -> list[Organisation]:
    """Who does the work of a body on a day: the body itself while nobody has taken over, else all who have.

    Follows successors of successors. A body may be split (several answers) or merged (the same answer for several).
    """
    return make_resolver(on)(organisation)


def make_resolver(on: date) -> Callable[[Organisation], list[Organisation]]:
    """As `resolve_successors`, for many bodies on one day: who took over from whom is read once."""
    by_predecessor = _read_successions(on)

    def resolve(organisation: Organisation) -> list[Organisation]:
        found: dict[object, Organisation] = {}
        _collect(organisation, by_predecessor, found, seen=set())
        return sorted(found.values(), key=lambda body: body.name)

    return resolve


def _read_successions(on: date | None) -> dict[object, list[Succession]]:
    rows = Succession.objects.select_related("predecessor", "successor").order_by("on", "successor__name")
    found: dict[object, list[Succession]] = {}
    for row in rows if on is None else rows.filter(on__lte=on):
        found.setdefault(row.predecessor_id, []).append(row)
    return found


def _collect(
    body: Organisation, by_predecessor: dict[object, list[Succession]], found: dict[object, Organisation],
    *, seen: set[object],
) -> None:  # fmt: skip
    if body.pk in seen:
        return
    seen.add(body.pk)
    steps = by_predecessor.get(body.pk, [])
    if not steps:
        found[body.pk] = body
    for step in steps:
        _collect(step.successor, by_predecessor, found, seen=seen)


def list_successors(organisation: Organisation) -> list[Step]:
    """Every body that came after, in order, with the day and the note of each step."""
    return _walk(organisation, _read_successions(None))


def _walk(organisation: Organisation, by_predecessor: dict[object, list[Succession]]) -> list[Step]:
    found: list[Step] = []
    waiting, seen = [organisation], {organisation.pk}
    while waiting:
        body = waiting.pop(0)
        for row in by_predecessor.get(body.pk, []):
            found.append(Step(row.successor, body, row.on, row.note))
            if row.successor_id not in seen:
                seen.add(row.successor_id)
                waiting.append(row.successor)
    return found


def list_predecessors(organisation: Organisation) -> list[Step]:
    """The bodies whose work this one took over, directly, the latest first."""
    rows: Iterable[Succession] = organisation.preceded_by.select_related("predecessor").order_by("-on")
    return [Step(row.predecessor, organisation, row.on, row.note) for row in rows]
