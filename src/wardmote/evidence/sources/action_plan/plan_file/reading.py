"""A plan-1 file's plain values to a plan: what can be used is kept, and the faults of the rest are gathered."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from wardmote.evidence.model.errors import Fault, UnreadableInputError
from wardmote.evidence.sources.action_plan.entries import FaultList, clean_signs
from wardmote.evidence.sources.action_plan.plan_file.describing import SCHEMA
from wardmote.evidence.sources.action_plan.plan_file.short_forms import Defaults, expand_targets, expand_value
from wardmote.evidence.targets.codec import UNREAD, read_as
from wardmote.evidence.targets.codec.reading import refuse
from wardmote.evidence.targets.codec.shapes import list_fields
from wardmote.evidence.targets.plan import Indicator, Plan, Terms, Value
from wardmote.evidence.targets.plan_file import Action, Consultation, CrosswalkRow, Gate, PlanFile, Priority, Risk
from wardmote.evidence.targets.sizes import is_sensible
from wardmote.evidence.targets.versions import check_versions

type Faults = list[Fault]

#: The lists of the file whose entries stand for themselves: one that cannot be used costs only itself.
_LISTS: Mapping[str, type] = {
    "priorities": Priority, "actions": Action, "risks": Risk, "crosswalk": CrosswalkRow,
    "consultations": Consultation, "gates": Gate,
}  # fmt: skip
_MOST_ROUNDS, _MOST_PEOPLE = 99, 1_000_000_000
_OWN = ("schema", "title", "terms", "indicators")


def read_plan_body(body: object, name: str) -> PlanFile:
    """The plan that a file's plain values describe. `name` is the file's, for its faults.

    Raises UnreadableInputError where they are no plan-1 at all.
    """
    if not isinstance(body, dict) or body.get("schema") != SCHEMA:
        raise UnreadableInputError("this is no plan-1 file", where=name, expected="an object with 'schema: plan-1'")
    faults: Faults = FaultList()
    clean: dict[str, Any] = clean_signs(body)
    if clean != body:
        faults.append(Fault("signs that cannot be shown were left out, or replaced by ?", name, severity="warning",
                            to_do="Look for ? in the texts", code="signs"))  # fmt: skip
    rest = _read_head(clean, name, faults)
    title = read_as(str, clean.get("title") or "", f"{name}, title", faults)
    lists: dict[str, Any] = {key: _read_list(kind, clean, key, name, faults) for key, kind in _LISTS.items()}
    named = "" if title is UNREAD else str(title)
    rows = _read_rows(clean, name, Defaults(named, {p.no: p.title for p in lists["priorities"]}), faults)
    _find_loose_ends(rows, lists, name, faults)
    terms = _read_terms(clean, name, faults)
    return PlanFile(Plan(named, tuple(rows), tuple(faults), terms), **rest, **lists)


def _read_terms(body: dict[str, Any], name: str, faults: Faults) -> Terms:
    """How the plan was judged where the file was written; a slip there leaves the reader's own terms."""
    if body.get("terms") is None:
        return Terms()
    found: Any = read_as(Terms, body["terms"], f"{name}, terms", faults)
    if found is UNREAD:
        return Terms()
    terms: Terms = found
    if terms.amber_within_pct is not None and not 0 <= terms.amber_within_pct <= 100:
        refuse(terms.amber_within_pct, f"{name}, terms.amber_within_pct", faults, "0 to 100", code="number")
        return replace(terms, amber_within_pct=None)
    if any(not 0 <= one.amber_within_pct <= 100 for one in terms.earlier):
        refuse("a tolerance", f"{name}, terms.earlier", faults, "0 to 100", code="number")
        return replace(terms, earlier=())
    return replace(terms, earlier=tuple(sorted(terms.earlier, key=lambda one: one.until)))


def _read_head(body: dict[str, Any], name: str, faults: Faults) -> dict[str, Any]:
    """What stands once in a plan, such as its vision; a slip there costs the one field."""
    fields = {field.name: hint for field, hint in list_fields(PlanFile) if field.name not in ("plan", *_LISTS)}
    for key in body:
        if key not in fields and key not in _LISTS and key not in _OWN:
            known = ", ".join((*_OWN, *fields, *_LISTS))
            faults.append(Fault(f"the key '{key[:40]}' is not known", name, known, "Take it out", rows=1,
                                code="unknown_key"))  # fmt: skip
    given = {key: hint for key, hint in fields.items() if body.get(key) is not None}
    read = {key: read_as(hint, body[key], f"{name}, {key}", faults) for key, hint in given.items()}
    return {key: held for key, held in read.items() if held is not UNREAD}


def _read_list(kind: type, body: dict[str, Any], key: str, name: str, faults: Faults) -> tuple[Any, ...]:
    read = [(place, read_as(kind, held, place, faults)) for place, held in _list_entries(body, key, name, faults)]
    return tuple(one for place, one in read if one is not UNREAD and _check_sense(one, place, faults))


def _check_sense(entry: object, place: str, faults: Faults) -> bool:
    """Whether an entry of a list can be meant: a consultation ends after it begins, and people are counted from 0."""
    before = len(faults)
    if isinstance(entry, Consultation):
        count, ends_on = entry.answers_count, entry.ends_on
        if count is not None and not 0 <= count <= _MOST_PEOPLE:
            refuse(count, f"{place}.answers_count", faults, "a count of people", code="number")
        if ends_on is not None and ends_on < entry.starts_on:
            refuse(ends_on, f"{place}.ends_on", faults, f"{entry.starts_on} or a later day", code="date")
    if isinstance(entry, Gate) and not 1 <= entry.round <= _MOST_ROUNDS:
        refuse(entry.round, f"{place}.round", faults, f"1 to {_MOST_ROUNDS}", code="number")
    return len(faults) == before


def _list_entries(body: dict[str, Any], key: str, place: str, faults: Faults) -> list[tuple[str, Any]]:
    """The entries of a list with their places; nothing there is an empty list."""
    held = body.get(key)
    if held is not None and not isinstance(held, list):
        refuse(held, f"{place}, {key}", faults, "a list")
    return [(f"{place}, {key}[{at}]", one) for at, one in enumerate(held if isinstance(held, list) else [])]


def _read_rows(body: dict[str, Any], name: str, defaults: Defaults, faults: Faults) -> list[Indicator]:
    rows: dict[str, Indicator] = {}
    for place, held in _list_entries(body, "indicators", name, faults):
        row = _read_row(held, place, defaults, faults)
        if row is not None and rows.setdefault(row.id, row) is not row:
            faults.append(Fault(f"the id '{row.id}' stands here again", place, "an id of its own for every row", rows=1,
                                code="doubled_id"))  # fmt: skip
    return list(rows.values())


def _read_row(held: object, place: str, defaults: Defaults, faults: Faults) -> Indicator | None:
    """One row; a value that cannot be used costs only itself, anything else the row, for its answers would mislead."""
    if not isinstance(held, dict):
        refuse(held, place, faults, "an object with id, title, polarity, targets and values")
        return None
    place = f"{place} ({held['id']})" if isinstance(held.get("id"), str) else place
    bare = {key: inner for key, inner in held.items() if key not in ("targets", "values")}
    targets = expand_targets(held, place, faults)
    given = defaults.fill(bare) | {"targets": targets, "values": []}
    found = read_as(Indicator, given, place, faults)
    is_sound = _check_sizes(given, place, faults)
    if found is UNREAD or not is_sound:
        return None
    row: Indicator = replace(found, values=_read_values(held, found, place, faults))
    if any(isinstance(entry, str) or (isinstance(entry, dict) and "target" not in entry) for entry in _list(held)):
        faults += check_versions(row)
    return row


def _list(held: dict[str, Any]) -> list[Any]:
    targets = held.get("targets")
    return targets if isinstance(targets, list) else []


def _read_values(held: dict[str, Any], row: Indicator, place: str, faults: Faults) -> tuple[Value, ...]:
    read: list[Value] = []
    for where, body in _list_entries(held, "values", place, faults):
        expanded = expand_value(body, row, where, faults)
        found: Any = UNREAD if expanded is None else read_as(Value, expanded, where, faults)
        if found is not UNREAD and _check_sizes(expanded, where, faults):
            read.append(found)
    return tuple(read)


def _check_sizes(held: object, place: str, faults: Faults) -> bool:
    """Whether every number is one that a partnership can mean; beyond it lies what no arithmetic survives."""
    inner = _list_inner(held)
    if inner:
        sound = [_check_sizes(one, f"{place}{at}", faults) for at, one in inner]  # a list, so that all are named
        return all(sound)
    if isinstance(held, bool) or not isinstance(held, int | float) or is_sensible(held):
        return True
    if any(fault.where == place for fault in faults):
        return False  # it is named already, as what is no number at all
    refuse(held, place, faults, "a number of sensible size", code="number")
    return False


def _list_inner(held: object) -> list[tuple[str, object]]:
    if isinstance(held, dict):
        return [(f".{key}", inner) for key, inner in held.items()]
    return [(f"[{at}]", inner) for at, inner in enumerate(held)] if isinstance(held, list) else []


def _find_loose_ends(rows: list[Indicator], lists: dict[str, Any], name: str, faults: Faults) -> None:
    """Priorities that something names and nothing describes."""
    known = {priority.no for priority in lists["priorities"]}
    named = [(f"indicator {row.id}", row.priority_no or None) for row in rows]
    named += [(f"action {action.no}", action.priority) for action in lists["actions"]]
    named += [(f"the crosswalk to {row.external_plan}", row.priority) for row in lists["crosswalk"]]
    for what, number in named:
        if known and number is not None and number not in known:
            faults.append(Fault(f"there is no priority {number}", f"{name}, {what}", f"one of {sorted(known)}",
                                "Describe it among the priorities, or name another", "warning",
                                code="unknown_priority"))  # fmt: skip
