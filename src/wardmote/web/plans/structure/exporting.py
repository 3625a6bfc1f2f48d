"""Records to the core's values: the way by which a plan is judged, exported and compared."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, cast

from django.utils import timezone

from wardmote.evidence.interface import decode_target
from wardmote.evidence.targets.kinds import Polarity, TargetVersion, WithdrawnVersion
from wardmote.evidence.targets.plan import Indicator as CoreIndicator
from wardmote.evidence.targets.plan import Override, Value
from wardmote.evidence.targets.plan import Plan as CorePlan
from wardmote.evidence.targets.plan_file import Action as CoreAction
from wardmote.evidence.targets.plan_file import Consultation as CoreConsultation
from wardmote.evidence.targets.plan_file import CrosswalkRow, GateKind, GateOutcome, PlanFile, Score, StatutoryTheme
from wardmote.evidence.targets.plan_file import Gate as CoreGate
from wardmote.evidence.targets.plan_file import Priority as CorePriority
from wardmote.evidence.targets.plan_file import Programme as CoreProgramme
from wardmote.evidence.targets.plan_file import Risk as CoreRisk
from wardmote.web.plans.models import Action, Consultation, CrossWalk, Gate, Indicator, Plan, Priority, Risk, Target
from wardmote.web.plans.structure.settling import Settled, describe_settled
from wardmote.web.plans.structure.wording import ACTION_STATES, NO_PRIORITY, recall_wording

#: Columns of an indicator that the core keeps in `extra`.
EXTRA_COLUMNS = ("definition", "numerator", "denominator", "data_source")


def to_core_indicator(
    indicator: Indicator, values: Iterable[Value] = (), overrides: Iterable[Override] = ()
) -> CoreIndicator:
    """The row as the core judges it, with what was returned and what people set by hand.

    Reads the indicator's plan, priority, owner and targets: fetch them with it where there are many.
    """
    details = indicator.details
    bare = CoreIndicator(
        id=indicator.ref, title=indicator.title, polarity=cast(Polarity, indicator.polarity),
        targets=tuple(describe_version(target) for target in list_versions(indicator)), values=tuple(values),
        priority_no=indicator.priority.number,
        priority_title=recall_wording(details, "priority_title", shown=indicator.priority.title),
        unit=indicator.unit, owner=say_owner(indicator.owner, details), lag=indicator.lag,
        series_key=indicator.series_key, discontinued_on=indicator.discontinued_on, overrides=tuple(overrides),
        withdrawn=list_withdrawn(indicator),
        plan=recall_wording(details, "plan", shown=indicator.plan.title), source=indicator.source,
        extra=describe_extra(indicator),
    )  # fmt: skip
    settled: Settled = {
        "shape": indicator.shape, "basis": indicator.basis, "frequency": indicator.frequency,
        "part_names": indicator.part_names, "is_context": indicator.is_context,
    }  # fmt: skip
    extra: dict[str, str] = cast(dict[str, str], bare.extra)
    extra.update(describe_settled(settled, bare))
    return bare


def list_versions(indicator: Indicator) -> list[Target]:
    """The target's versions without those that a correction withdrew, in order; works on what was prefetched."""
    return sorted((one for one in indicator.targets.all() if one.withdrawn_at is None), key=lambda one: one.number)


def list_withdrawn(indicator: Indicator) -> tuple[WithdrawnVersion, ...]:
    """The versions that a correction took back, each with its day and the reason of what took its place."""
    targets = sorted(indicator.targets.all(), key=lambda one: one.number)
    reasons = {one.set_at: one.reason for one in targets}
    told = indicator.details.get("withdrawn_because", {})  # by the file that it came from
    return tuple(
        WithdrawnVersion(
            describe_version(one), timezone.localdate(one.withdrawn_at),
            told.get(str(one.number)) or reasons.get(one.withdrawn_at, ""),
        )
        for one in targets
        if one.withdrawn_at is not None
    )  # fmt: skip


def describe_version(target: Target) -> TargetVersion:
    """A version as the core's value."""
    return TargetVersion(
        decode_target(target.spec, where="the target"), target.text, target.valid_from, target.valid_to, target.set_by,
        target.reason, tuple(decode_target(one) for one in target.also),
    )  # fmt: skip


def say_owner(organisation: Any, details: Mapping[str, Any]) -> str:
    """The owner as the file wrote it, as long as it is the same body; else its name."""
    return recall_wording(details, "owner", shown=organisation.name if organisation else "")


def describe_extra(indicator: Indicator) -> dict[str, str]:
    extra: dict[str, str] = dict(indicator.details.get("extra", {}))
    extra |= {name: getattr(indicator, name) for name in EXTRA_COLUMNS if getattr(indicator, name)}
    return extra | {f"evidence_{name}": str(held) for name, held in indicator.evidence.items()}


def describe_structure(plan: Plan) -> PlanFile:
    """Everything that stands in a plan, as the core's file; its indicators without values."""
    own = {"partnership": plan.partnership_id, "plan": plan}
    indicators = Indicator.objects.filter(**own).select_related("plan", "priority", "owner")
    rows = tuple(to_core_indicator(row) for row in indicators.prefetch_related("targets").order_by("number", "ref"))
    details = plan.details
    implied = set(details.get("implied_priorities", ()))
    actions = Action.objects.filter(**own).select_related("priority", "programme", "owner").order_by("number")
    crosswalk = CrossWalk.objects.filter(**own).select_related("priority").order_by("number")
    return PlanFile(
        plan=CorePlan(plan.title, rows), area=details.get("area", ""), starts_on=_say_day(plan, "starts_on"),
        ends_on=_say_day(plan, "ends_on"), vision=plan.vision, drivers=tuple(plan.drivers), source=plan.source,
        statutory=_describe_statutory(plan), priorities=_describe_priorities(plan, implied),
        actions=tuple(_describe_action(action) for action in actions),
        risks=tuple(_describe_risk(risk) for risk in Risk.objects.filter(**own).order_by("number")),
        crosswalk=tuple(_describe_crosswalk(row) for row in crosswalk),
        consultations=tuple(_describe_consultation(row) for row in Consultation.objects.filter(**own)),
        gates=tuple(_describe_gate(row) for row in Gate.objects.filter(**own)),
    )  # fmt: skip


def _say_day(plan: Plan, name: str) -> date | None:
    return None if name in plan.details.get("unsaid", ()) else getattr(plan, name)


def _describe_statutory(plan: Plan) -> dict[StatutoryTheme, bool]:
    said = [(theme, True) for theme in plan.themes]
    said += [(theme, False) for theme in plan.details.get("not_covered", ()) if theme not in plan.themes]
    return {cast(StatutoryTheme, theme): answer for theme, answer in said}


def _describe_priorities(plan: Plan, implied: set[int]) -> tuple[CorePriority, ...]:
    rows = Priority.objects.filter(partnership=plan.partnership_id, plan=plan).prefetch_related("programmes")
    return tuple(
        CorePriority(
            row.number, row.title, row.aim, row.lead_title, tuple(row.themes), row.source,
            tuple(CoreProgramme(one.title, one.text, one.source) for one in row.programmes.all()),
        )
        for row in rows.order_by("number")
        if row.number not in implied or is_described(row)
    )  # fmt: skip


def is_described(row: Priority) -> bool:
    """Whether more is known of a priority than that rows of the file named it."""
    return bool(row.aim or row.lead_title or row.lead_id or row.themes or row.programmes.all())


def _describe_action(action: Action) -> CoreAction:
    details = action.details
    number = action.priority.number
    is_loose = number == NO_PRIORITY and details.get("is_loose", False)
    programme = action.programme.title if action.programme else details.get("programme", "")
    return CoreAction(
        no=recall_wording(details, "no", shown=str(action.number)), text=action.text,
        priority=None if is_loose else number, programme=programme, owner=say_owner(action.owner, details),
        due=action.due_on, four_p=cast(Any, action.four_p), state=_say_state(action), progress=action.progress,
        source=action.source,
    )  # fmt: skip


def _say_state(action: Action) -> str:
    """The state in the file's own word while it still means the same."""
    printed: str | None = action.details.get("state")
    if printed is not None and ACTION_STATES.get(printed.strip().lower(), "not_started") == action.state:
        return printed
    return str(action.state)


def _describe_risk(risk: Risk) -> CoreRisk:
    return CoreRisk(
        risk.text, risk.cause, risk.mitigation, risk.owner, cast(Score | None, risk.likelihood),
        cast(Score | None, risk.impact), risk.rating, risk.source,
    )  # fmt: skip


def _describe_crosswalk(row: CrossWalk) -> CrosswalkRow:
    number = row.priority.number if row.priority else None
    return CrosswalkRow(row.external_plan, row.external_priority, number, row.fit, row.note, row.source)


def _describe_consultation(row: Consultation) -> CoreConsultation:
    return CoreConsultation(
        row.audience, row.starts_on, row.ends_on, row.answers_count, row.what_was_said, row.effect, row.source
    )


def _describe_gate(row: Gate) -> CoreGate:
    return CoreGate(
        cast(GateKind, row.kind), row.body, row.held_on, cast(GateOutcome, row.outcome), row.record, row.source,
        row.round,
    )  # fmt: skip
