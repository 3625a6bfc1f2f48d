"""A plan file's structure as records: the plan, its priorities, actions, indicators, targets, risks, approval."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any
from uuid import UUID, uuid4

from django.utils.timezone import make_aware

from wardmote.evidence.interface import encode_target
from wardmote.evidence.model.errors import Fault
from wardmote.evidence.targets.kinds import TargetVersion
from wardmote.evidence.targets.plan import Indicator as CoreIndicator
from wardmote.evidence.targets.plan_file import Action as CoreAction
from wardmote.evidence.targets.plan_file import PlanFile
from wardmote.web.foundation.clock import read_now
from wardmote.web.foundation.writes import writing
from wardmote.web.partnerships import interface as partnerships
from wardmote.web.partnerships.interface import Organisation, Partnership, PartnershipRecord, Person
from wardmote.web.plans.actions.gates import open_gates
from wardmote.web.plans.models import (
    Action,
    Consultation,
    CrossWalk,
    Gate,
    Indicator,
    Plan,
    PlanRecord,
    Priority,
    Programme,
    Risk,
    Target,
)
from wardmote.web.plans.states import DEFAULT_GATES, PASSING, FourP, PlanState
from wardmote.web.plans.structure.exporting import EXTRA_COLUMNS
from wardmote.web.plans.structure.settling import EXTRAS, settle
from wardmote.web.plans.structure.wording import ACTION_STATES, NO_PRIORITY, keep_wording

#: The body that a file names, or None where it is not known.
FindOrganisation = Callable[[str], Organisation | None]


@dataclass(slots=True)
class Keying:
    """One plan while it is taken over: what was made of it so far, and none of it kept yet."""

    file: PlanFile
    plan: Plan
    find_organisation: FindOrganisation
    faults: list[Fault]
    priorities: dict[int, Priority] = field(default_factory=dict)
    programmes: dict[tuple[int, str], Programme] = field(default_factory=dict)
    unknown_owners: dict[str, int] = field(default_factory=dict)
    indicators: list[Indicator] = field(default_factory=list)
    others: list[Sequence[PlanRecord]] = field(default_factory=list)

    def own(self) -> dict[str, Any]:
        return {"partnership": self.plan.partnership, "plan": self.plan}


def build_plan_from_file(
    plan_file: PlanFile,
    *,
    partnership: Partnership,
    by: Person | None,
    is_historic: bool = False,
    state: PlanState = PlanState.DRAFT,
    find_organisation: FindOrganisation | None = None,
    predecessor: Plan | None = None,
    faults: list[Fault] | None = None,
) -> Keying:
    """Make the records of everything that a file says but its values, which are the returns'; none of them is saved.

    The database is only read. Bodies that `find_organisation` does not know are left without an owner; each is a fault
    in `faults`, where a list is given. A plan that is worked on gets the usual gates where the file names none.
    """
    plan = _make_plan(
        plan_file, partnership=partnership, by=by, is_historic=is_historic, state=state, predecessor=predecessor
    )
    gathered = faults if faults is not None else []
    keying = Keying(plan_file, plan, find_organisation or make_finder(plan.starts_on), gathered)
    _key_priorities(keying)
    actions = [_make_action(keying, at, row) for at, row in enumerate(plan_file.actions, 1)]
    _key_indicators(keying)
    keying.others += [actions, _make_risks(keying), _make_crosswalk(keying), _make_consultations(keying)]
    keying.others += [_make_gates(keying)]
    gathered += [_fault_unknown(name, count) for name, count in keying.unknown_owners.items()]
    return keying


def list_built_records(built: Keying) -> list[Sequence[PartnershipRecord]]:
    """Every record that was made, kind by kind, in the order in which they can be saved."""
    return [[built.plan], [*built.priorities.values()], [*built.programmes.values()], built.indicators, *built.others]


def save_built_plan(built: Keying, *, by: Person | None) -> Plan:
    """Keep what was built. A plan that is worked on gets the usual gates where the file names none."""
    plan, kinds = built.plan, list_built_records(built)[1:]
    with writing(by=by, verb="plans.imported", partnership=plan.partnership, subject=plan):
        plan.save()
        for records in kinds:
            if records:
                type(records[0]).objects.bulk_create(records)
        if not built.file.gates and not plan.is_historic and plan.state != PlanState.ADOPTED:
            open_gates(plan, DEFAULT_GATES)
    return plan


def make_finder(on: date) -> FindOrganisation:
    """Finds a body by a name it had on a day, asking the register once for each name."""
    known: dict[str, Organisation | None] = {}

    def find(name: str) -> Organisation | None:
        if name not in known:
            known[name] = partnerships.find_organisation(name, on)
        return known[name]

    return find


def _make_plan(
    file: PlanFile, *, partnership: Partnership, by: Person | None, is_historic: bool, state: PlanState,
    predecessor: Plan | None,
) -> Plan:  # fmt: skip
    starts_on, ends_on, unsaid = _settle_dates(file)
    not_covered = [theme for theme, is_covered in file.statutory.items() if not is_covered]
    details = {"area": file.area, "not_covered": not_covered, "unsaid": unsaid}
    is_in_force = state in (PlanState.ADOPTED, PlanState.SUPERSEDED)
    return Plan(
        partnership=partnership, lineage=uuid4(), predecessor=predecessor, title=file.title, starts_on=starts_on,
        ends_on=ends_on, vision=file.vision, drivers=list(file.drivers), state=state, is_historic=is_historic,
        themes=[theme for theme, is_covered in file.statutory.items() if is_covered], source=file.source,
        adopted_on=_find_adoption(file, starts_on) if is_in_force else None, made_at=read_now(),
        made_by=by.pk if by else None,
        details={name: held for name, held in details.items() if held},
    )  # fmt: skip


def _find_adoption(file: PlanFile, starts_on: date) -> date:
    """The day of the last decision, where every gate of the last round let the plan pass; else its first day."""
    newest = max((gate.round for gate in file.gates), default=0)
    gates = [gate for gate in file.gates if gate.round == newest]
    days = [gate.held_on for gate in gates if gate.held_on is not None and gate.outcome in PASSING]
    return max(days) if days and len(days) == len(gates) else starts_on


def _settle_dates(file: PlanFile) -> tuple[date, date, list[str]]:
    """The plan's first and last day; where the file does not say, the stretch that its values and targets speak of."""
    spoken = sorted(_list_days(file.plan.indicators)) or [read_now().date()]
    starts_on = file.starts_on or min(spoken[0], file.ends_on or spoken[0])
    ends_on = file.ends_on or max(spoken[-1], starts_on)
    unsaid = [name for name in ("starts_on", "ends_on") if getattr(file, name) is None]
    return starts_on, ends_on, unsaid


def _list_days(rows: Iterable[CoreIndicator]) -> set[date]:
    of_values = {day for row in rows for value in row.values for day in (value.start, value.end) if day}
    return of_values or {day for row in rows for one in row.targets for day in (one.valid_from, one.valid_to) if day}


# ---- priorities and actions -----------------------------------------------------------------------------------------


def _key_priorities(keying: Keying) -> None:
    """The priorities that the file describes, then those that its rows only name, which are not exported."""
    for row in keying.file.priorities:
        if row.no in keying.priorities or row.no < 0:
            keying.faults.append(_fault_doubled_priority(row.no, row.title))
            continue
        priority = Priority(
            **keying.own(), number=row.no, title=row.title, aim=row.aim, lead_title=row.lead, themes=list(row.themes),
            source=row.source,
        )  # fmt: skip
        keying.priorities[row.no] = priority
        for number, one in enumerate(row.programmes, start=1):
            programme = Programme(
                **keying.own(), priority=priority, number=number, title=one.title, text=one.text, source=one.source
            )
            keying.programmes[(row.no, f"{one.title}#{number}")] = programme
    _key_implied(keying)


def _key_implied(keying: Keying) -> None:
    named = {row.priority_no: row.priority_title for row in reversed(keying.file.plan.indicators)}
    for action in keying.file.actions:
        named.setdefault(action.priority if action.priority is not None else NO_PRIORITY, "")
    implied = sorted(number for number in named if number not in keying.priorities)
    for number in implied:
        title = named[number] or ("Not under a priority" if number == NO_PRIORITY else f"Priority {number}")
        keying.priorities[number] = Priority(**keying.own(), number=number, title=title)
    if implied:
        keying.plan.details["implied_priorities"] = implied


def _make_action(keying: Keying, number: int, row: CoreAction) -> Action:
    at = row.priority if row.priority is not None else NO_PRIORITY
    programme = next(
        (one for (no, _), one in keying.programmes.items() if no == at and one.title == row.programme), None
    )
    details: dict[str, Any] = {}
    keep_wording(details, "no", said=row.no, shown=str(number))
    if row.priority is None:
        details["is_loose"] = True
    if row.programme and programme is None:
        details["programme"] = row.programme
    state = ACTION_STATES.get(row.state.strip().lower(), "not_started")
    if row.state != state:
        details["state"] = row.state
    return Action(
        **keying.own(), priority=keying.priorities[at], programme=programme, number=number, text=row.text,
        owner=_find_owner(keying, row.owner, details), due_on=row.due, four_p=FourP(row.four_p) if row.four_p else "",
        state=state, progress=row.progress, details=details, source=row.source,
    )  # fmt: skip


def _find_owner(keying: Keying, name: str, details: dict[str, Any]) -> Organisation | None:
    """The body of a name; the name itself stays in `details` where it would not come back as it was."""
    owner = keying.find_organisation(name) if name.strip() else None
    if name.strip() and owner is None:
        keying.unknown_owners[name] = keying.unknown_owners.get(name, 0) + 1
    keep_wording(details, "owner", said=name, shown=owner.name if owner else "")
    return owner


# ---- indicators and targets -----------------------------------------------------------------------------------------


def _key_indicators(keying: Keying) -> None:
    series = _find_series(keying)
    rows = keying.file.plan.indicators
    keying.indicators = [_make_indicator(keying, at, row, series) for at, row in enumerate(rows, start=1)]
    pairs = zip(rows, keying.indicators, strict=True)
    keying.others += [[target for row, indicator in pairs for target in _make_targets(keying, row, indicator)]]


def _find_series(keying: Keying) -> dict[str, UUID]:
    """The series of measures that stand in the partnership's own plans already, by the key that the files give them.

    A plan that is kept as it stood joins nobody's series: whose past it is, a person says (`link_past`).
    """
    if keying.plan.is_historic:
        return {}
    keys = {row.series_key for row in keying.file.plan.indicators if row.series_key}
    known = Indicator.objects.filter(partnership=keying.plan.partnership, series_key__in=keys, plan__is_historic=False)
    return dict(known.values_list("series_key", "series"))


def _make_indicator(keying: Keying, number: int, row: CoreIndicator, series: dict[str, UUID]) -> Indicator:
    details: dict[str, Any] = {}
    priority = keying.priorities[row.priority_no]
    keep_wording(details, "plan", said=row.plan, shown=keying.plan.title)
    keep_wording(details, "priority_title", said=row.priority_title, shown=priority.title)
    columns, evidence, rest = _split_extra(row)
    if rest:
        details["extra"] = rest
    if any(one.because for one in row.withdrawn):
        first = len(row.targets) + 1
        details["withdrawn_because"] = {str(at): one.because for at, one in enumerate(row.withdrawn, first)}
    own_series = series.setdefault(row.series_key, uuid4()) if row.series_key else uuid4()
    return Indicator(
        **keying.own(), **columns, **settle(row), priority=priority, ref=row.id, number=number, title=row.title,
        unit=row.unit, polarity=row.polarity, owner=_find_owner(keying, row.owner, details), lag=row.lag,
        series=own_series, series_key=row.series_key, discontinued_on=row.discontinued_on, evidence=evidence,
        details=details, source=row.source,
    )  # fmt: skip


def _split_extra(row: CoreIndicator) -> tuple[dict[str, str], dict[str, str], dict[str, str]]:
    """The extras with a column here, those that bind the row to evidence, and the rest."""
    columns = {name: text for name, text in row.extra.items() if name in EXTRA_COLUMNS and text}
    prefix = "evidence_"
    evidence = {name.removeprefix(prefix): text for name, text in row.extra.items() if name.startswith(prefix)}
    taken = {*columns, *EXTRAS, *(f"{prefix}{name}" for name in evidence)}
    return columns, evidence, {name: text for name, text in row.extra.items() if name not in taken}


def _make_targets(keying: Keying, row: CoreIndicator, indicator: Indicator) -> list[Target]:
    """Those that hold, then those that had been taken back; all set at the moment of the import, by nobody here."""
    versions: list[tuple[TargetVersion, date | None]] = [(one, None) for one in row.targets]
    versions += [(one.version, one.withdrawn_on or keying.plan.made_at.date()) for one in row.withdrawn]
    return [
        Target(
            **keying.own(), indicator=indicator, number=number, text=one.text, spec=encode_target(one.target),
            also=[encode_target(other) for other in one.also], valid_from=one.valid_from, valid_to=one.valid_to,
            set_by=one.set_by, reason=one.reason_for_change, set_at=keying.plan.made_at, set_by_person=None,
            withdrawn_at=make_aware(datetime.combine(withdrawn_on, time(12))) if withdrawn_on else None,
        )
        for number, (one, withdrawn_on) in enumerate(versions, start=1)
    ]  # fmt: skip


# ---- the rest -------------------------------------------------------------------------------------------------------


def _make_risks(keying: Keying) -> list[Risk]:
    return [
        Risk(
            **keying.own(), number=number, text=row.text, cause=row.cause, mitigation=row.mitigation,
            owner=row.owner, likelihood=row.likelihood, impact=row.impact, rating=row.rating, source=row.source,
        )
        for number, row in enumerate(keying.file.risks, start=1)
    ]  # fmt: skip


def _make_crosswalk(keying: Keying) -> list[CrossWalk]:
    return [
        CrossWalk(
            **keying.own(), number=number, external_plan=row.external_plan, fit=row.fit, note=row.note,
            external_priority=row.external_priority, source=row.source,
            priority=keying.priorities.get(row.priority) if row.priority is not None else None,
        )
        for number, row in enumerate(keying.file.crosswalk, start=1)
    ]  # fmt: skip


def _make_consultations(keying: Keying) -> list[Consultation]:
    return [
        Consultation(
            **keying.own(), number=number, audience=row.audience, starts_on=row.starts_on, ends_on=row.ends_on,
            answers_count=row.answers_count, what_was_said=row.what_was_said, effect=row.effect, source=row.source,
        )
        for number, row in enumerate(keying.file.consultations, start=1)
    ]  # fmt: skip


def _make_gates(keying: Keying) -> list[Gate]:
    """What was asked and decided, as the file tells it: nobody here recorded the decisions."""
    numbers: Counter[int] = Counter()
    gates = []
    for row in keying.file.gates:
        numbers[row.round] += 1
        gates.append(
            Gate(
                **keying.own(), kind=row.kind, round=row.round, number=numbers[row.round], outcome=row.outcome,
                body=row.body, held_on=row.held_on, record=row.record, source=row.source,
                recorded_at=None if row.outcome == "waiting" else read_now(),
            )
        )  # fmt: skip
    return gates


def _fault_unknown(name: str, count: int) -> Fault:
    return Fault(
        f"no organisation is called '{name}'", expected="the name or an alias of an organisation of the register",
        to_do="Add the name to an organisation as an alias, then choose the owner in the plan", severity="warning",
        rows=count, code="unknown_organisation",
    )  # fmt: skip


def _fault_doubled_priority(number: int, title: str) -> Fault:
    return Fault(
        f"priority {number} ('{title}') stands in the file twice, or has a number below 0",
        expected="a number of its own for every priority", to_do="Number it anew", rows=1, code="doubled_priority",
    )  # fmt: skip
