"""Whole plans in and out: a file's structure by the plan app, its values as historic quarters of ours."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from pathlib import Path
from tempfile import TemporaryDirectory

from django.utils import timezone

from wardmote.evidence.interface import encode_value, write_plan_template
from wardmote.evidence.model.errors import Fault
from wardmote.evidence.targets.plan import Indicator as CoreRow
from wardmote.evidence.targets.plan import Override, Value
from wardmote.evidence.targets.plan_file import PlanFile
from wardmote.web.foundation.clock import read_now
from wardmote.web.foundation.refusals import RefusedError
from wardmote.web.foundation.writes import writing
from wardmote.web.partnerships.interface import Partnership, PartnershipRecord, Person
from wardmote.web.plans.interface import (
    Indicator,
    Keying,
    Plan,
    PlanState,
    build_plan_from_file,
    describe_structure,
    find_record_faults,
    list_built_records,
    save_built_plan,
)
from wardmote.web.returns.calendar import find_quarter
from wardmote.web.returns.models import Quarter, Return, ReturnVersion, StatusOverride
from wardmote.web.returns.performance.core_plan import read_judged
from wardmote.web.returns.states import ChangeKind, QuarterState, ReasonCode, ReturnState


def export_plan_file(plan: Plan, *, with_unsigned_texts: bool = True) -> PlanFile:
    """The whole plan with all that was reported and set by hand: what `wardmote status` judges as the pages do.

    `with_unsigned_texts`: with what was written beside values that nobody has signed off yet.
    """
    return replace(describe_structure(plan), plan=read_judged(plan, with_words=with_unsigned_texts).plan)


def write_template_bytes(form: str) -> bytes:
    """A plan to be filled, with an invented example: xlsx or csv."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"plan.{form}"
        write_plan_template(path)
        return path.read_bytes()


def import_plan_file(
    plan_file: PlanFile,
    *,
    partnership: Partnership,
    by: Person | None,
    is_historic: bool,
    state: PlanState | None = None,
    until: date | None = None,
    faults: list[Fault] | None = None,
) -> Plan:
    """Make a plan of a file, and keep its values as taken over, in quarters in which nobody owes anything.

    A historic plan is superseded, another a draft, unless `state` says otherwise. Values of stretches that end after
    `until` are left out. `faults` gathers what could not be matched. Raises RefusedError for what cannot be kept.
    """
    made = build_import(
        plan_file, partnership=partnership, by=by, is_historic=is_historic, state=state, until=until, faults=faults
    )
    if refusals := find_refusals(made):
        raise RefusedError(" ".join(map(str, refusals)))
    return save_import(made, by=by)


@dataclass(frozen=True, slots=True)
class Import:
    """All records of a file, none of them saved: what a trial looks at and a real import keeps."""

    built: Keying
    keeping: "_Keeping"


def build_import(
    plan_file: PlanFile,
    *,
    partnership: Partnership,
    by: Person | None,
    is_historic: bool,
    state: PlanState | None = None,
    until: date | None = None,
    faults: list[Fault] | None = None,
) -> Import:
    """The records that `import_plan_file` would keep. The database is only read, so that nobody's saves wait."""
    chosen = state or (PlanState.SUPERSEDED if is_historic else PlanState.DRAFT)
    built = build_plan_from_file(
        plan_file, partnership=partnership, by=by, is_historic=is_historic, state=chosen, faults=faults
    )
    keeping = _Keeping(built.plan, plan_file.source, by)
    for record, row in zip(built.indicators, plan_file.plan.indicators, strict=True):
        keeping.take(record, row, until)
    return Import(built, keeping)


def find_refusals(made: Import) -> list[Fault]:
    """What the database would not take of the records; of none that is here anything is saved."""
    return find_record_faults([*list_built_records(made.built), *made.keeping.list_records()])


def save_import(made: Import, *, by: Person | None) -> Plan:
    """Keep all of it."""
    plan = made.built.plan
    with writing(by=by, verb="returns.plan_imported", partnership=plan.partnership, subject=plan):
        save_built_plan(made.built, by=by)
        made.keeping.save()
    return plan


@dataclass(slots=True)
class _Keeping:
    """The records of a file's values while they are gathered. A second figure for a stretch is a quarter apart."""

    plan: Plan
    source: str
    by: Person | None
    quarters: dict[tuple[str, date, date, int], Quarter] = field(default_factory=dict)
    labels: set[str] = field(default_factory=set)
    returns: list[Return] = field(default_factory=list)
    versions: list[ReturnVersion] = field(default_factory=list)
    overrides: list[StatusOverride] = field(default_factory=list)

    def take(self, record: Indicator, row: CoreRow, until: date | None) -> None:
        """One row's values; of a plan as it stood, too, the statuses that its file says were set by hand.

        In a plan that is worked on a status is set by a named person here, never by a file.
        """
        seen: dict[tuple[str, date, date], int] = {}
        for value in row.values:
            start, end = value.start or self.plan.starts_on, value.end or self.plan.ends_on
            if until is None or end <= until:
                times = seen[value.period, start, end] = seen.get((value.period, start, end), 0) + 1
                quarter = self._find_quarter(value, start=start, end=end, times=times)
                self._add(record, quarter, value)
        if self.plan.is_historic:
            self.overrides += [_make_override(record, one) for one in row.overrides]

    def _find_quarter(self, value: Value, *, start: date, end: date, times: int) -> Quarter:
        key = value.period, start, end, times
        if key not in self.quarters:
            self.quarters[key] = Quarter(
                partnership=self.plan.partnership, plan=self.plan, period=self._name(value.period, start, end),
                starts_on=min(start, end), ends_on=end, opened_at=read_now(), due_on=end, state=QuarterState.LOCKED,
                locked_at=read_now(), is_historic=True,
            )  # fmt: skip
        return self.quarters[key]

    def _name(self, period: str, start: date, end: date) -> str:
        """The quarter's label: the house's own for a financial quarter, else the file's, numbered from the second."""
        known = find_quarter(end)
        label = known.period if (known.starts_on, known.ends_on) == (start, end) else period[:30] or "undated"
        name, number = label, 1
        while name in self.labels:
            number += 1
            name = f"{label} ({number})"
        self.labels.add(name)
        return name

    def _add(self, record: Indicator, quarter: Quarter, value: Value) -> None:
        row = Return(
            partnership=self.plan.partnership, quarter=quarter, indicator=record, organisation=record.owner,
            state=ReturnState.SIGNED_OFF,
        )  # fmt: skip
        code = value.missing_reason if value.missing_reason in ReasonCode.values else ""
        version = ReturnVersion(
            partnership=self.plan.partnership, of=row, number=1, kind=ChangeKind.IMPORTED, value=encode_value(value),
            numerator=value.part, denominator=value.whole, amount=value.best, reason_code=code,
            what_happened=value.narrative, submitted_at=read_now(), submitted_by=self.by.pk if self.by else None,
            source=(value.source or self.source)[:100],
        )  # fmt: skip
        row.version_id = version.pk
        self.returns.append(row)
        self.versions.append(version)

    def list_records(self) -> list[Sequence[PartnershipRecord]]:
        """Kind by kind. Returns and versions point at each other by keys of ours, checked at the end."""
        return [[*self.quarters.values()], self.returns, self.versions, self.overrides]

    def save(self) -> None:
        for records in self.list_records():
            if records:
                type(records[0]).objects.bulk_create(records)


def _make_override(record: Indicator, one: Override) -> StatusOverride:
    at = timezone.make_aware(datetime.combine(one.on, time(12))) if one.on else read_now()
    return StatusOverride(
        partnership_id=record.partnership_id, indicator=record, period=one.period, status=one.status, reason=one.reason,
        set_by_name=one.by, set_at=at,
    )  # fmt: skip
