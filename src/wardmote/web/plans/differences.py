"""What changed between two plans, or two versions of one: field by field, and targets moved without a word."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from wardmote.web.foundation.design.words import say_date
from wardmote.web.plans.models import Action, Indicator, Plan, PlanRecord, Priority, Programme, Risk, Target
from wardmote.web.plans.presenters import say_target
from wardmote.web.plans.queries import find_target_on
from wardmote.web.plans.states import StatutoryTheme


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field, before and after, in words."""

    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Difference:
    """One record that is new, gone or changed. `is_silent`: its target moved and nobody wrote down why."""

    kind: str
    how: Literal["added", "removed", "changed"]
    name: str
    fields: tuple[FieldChange, ...] = ()
    reason: str = ""
    is_silent: bool = False


@dataclass(frozen=True, slots=True)
class Contents:
    """All that is compared of one plan, read once."""

    plan: Plan
    priorities: list[Priority] = field(default_factory=list)
    programmes: list[Programme] = field(default_factory=list)
    actions: list[Action] = field(default_factory=list)
    indicators: list[Indicator] = field(default_factory=list)
    risks: list[Risk] = field(default_factory=list)


def read_contents(plan: Plan) -> Contents:
    own = {"partnership": plan.partnership_id, "plan": plan}
    return Contents(
        plan,
        list(Priority.objects.filter(**own).select_related("lead")),
        list(Programme.objects.filter(**own).select_related("priority")),
        list(Action.objects.filter(**own).select_related("priority", "programme", "owner")),
        list(Indicator.objects.filter(**own).select_related("priority", "owner").prefetch_related("targets")),
        list(Risk.objects.filter(**own)),
    )


#: A record's fields that are compared: label and how to say it.
Fields = Mapping[str, Callable[[Any], Any]]
PLAN_FIELDS: Fields = {
    "Title": lambda plan: plan.title,
    "Starts": lambda plan: say_date(plan.starts_on),
    "Ends": lambda plan: say_date(plan.ends_on),
    "Vision": lambda plan: plan.vision,
    "Drivers": lambda plan: join_texts(plan.drivers),
    "Statutory themes": lambda plan: ", ".join(theme.label for theme in StatutoryTheme if theme.value in plan.themes),
}
PRIORITY_FIELDS: Fields = {
    "Number": lambda row: row.number,
    "Title": lambda row: row.title,
    "Aim": lambda row: row.aim,
    "Lead": lambda row: row.lead or row.lead_title,
    "Themes": lambda row: ", ".join(row.themes),
}
PROGRAMME_FIELDS: Fields = {
    "Priority": lambda row: row.priority.title, "Title": lambda row: row.title, "Text": lambda row: row.text,
}  # fmt: skip
ACTION_FIELDS: Fields = {
    "Priority": lambda row: row.priority.title,
    "Programme": lambda row: row.programme.title if row.programme else "",
    "Text": lambda row: row.text,
    "Owner": lambda row: row.owner,
    "Due": lambda row: say_date(row.due_on) if row.due_on else "",
    "Four Ps": lambda row: row.get_four_p_display(),
    "State": lambda row: row.get_state_display(),
}
INDICATOR_FIELDS: Fields = {
    "Reference": lambda row: row.ref,
    "In own words": lambda row: row.title,
    "Priority": lambda row: row.priority.title,
    "Definition": lambda row: row.definition,
    "Numerator": lambda row: row.numerator,
    "Denominator": lambda row: row.denominator,
    "Unit": lambda row: row.unit,
    "What is returned": lambda row: row.get_shape_display(),
    "Which way is good": lambda row: row.get_polarity_display(),
    "Owner": lambda row: row.owner,
    "Source": lambda row: row.data_source,
    "Lag": lambda row: row.lag,
    "How often": lambda row: row.get_frequency_display(),
    "Discontinued": lambda row: say_date(row.discontinued_on) if row.discontinued_on else "",
}
RISK_FIELDS: Fields = {
    "Risk": lambda row: row.text, "Mitigation": lambda row: row.mitigation, "Owner": lambda row: row.owner,
    "Likelihood": lambda row: row.likelihood, "Impact": lambda row: row.impact, "Rating": lambda row: row.rating,
}  # fmt: skip
#: Ways to tell that two records are the same one, the surest first.
Keys = Sequence[Callable[[Any], Any]]
PRIORITY_KEYS: Keys = (lambda row: (row.number, fold(row.title)), lambda row: fold(row.title), lambda row: row.number)
PROGRAMME_KEYS: Keys = (lambda row: (fold(row.priority.title), fold(row.title)), lambda row: fold(row.title))
ACTION_KEYS: Keys = (lambda row: fold(row.text), lambda row: (row.number, row.priority.number))
INDICATOR_KEYS: Keys = (lambda row: row.series, lambda row: row.ref, lambda row: fold(row.title))
RISK_KEYS: Keys = (lambda row: fold(row.text), lambda row: row.number)


def list_differences(old: Plan, new: Plan) -> list[Difference]:
    """Everything that the newer plan says otherwise than the older one."""
    before, after = read_contents(old), read_contents(new)
    fields = compare_fields(old, new, PLAN_FIELDS)
    found = [Difference("Plan", "changed", new.title, fields)] if fields else []
    found += compare_rows("Priority", before.priorities, after.priorities, PRIORITY_KEYS, PRIORITY_FIELDS)
    found += compare_rows("Programme", before.programmes, after.programmes, PROGRAMME_KEYS, PROGRAMME_FIELDS)
    found += compare_rows("Action", before.actions, after.actions, ACTION_KEYS, ACTION_FIELDS)
    found += compare_rows("Indicator", before.indicators, after.indicators, INDICATOR_KEYS, INDICATOR_FIELDS)
    found += compare_targets(match_rows(before.indicators, after.indicators, INDICATOR_KEYS))
    return found + compare_rows("Risk", before.risks, after.risks, RISK_KEYS, RISK_FIELDS)


def compare_rows(kind: str, old: Iterable[Any], new: Iterable[Any], keys: Keys, fields: Fields) -> list[Difference]:
    """Records of one kind: changed ones, new ones, gone ones."""
    old, new = list(old), list(new)
    pairs = match_rows(old, new, keys)
    changed = [
        Difference(kind, "changed", name_row(after), said)
        for before, after in pairs
        if (said := compare_fields(before, after, fields))
    ]
    kept_old, kept_new = {row.pk for row, _ in pairs}, {row.pk for _, row in pairs}
    added = [Difference(kind, "added", name_row(row)) for row in new if row.pk not in kept_new]
    removed = [Difference(kind, "removed", name_row(row)) for row in old if row.pk not in kept_old]
    return [*changed, *added, *removed]


def match_rows(old: Iterable[Any], new: Iterable[Any], keys: Keys) -> list[tuple[Any, Any]]:
    """Pairs of records that are the same one; each record stands in one pair at most."""
    left, right = list(old), list(new)
    pairs: list[tuple[Any, Any]] = []
    for key in keys:
        waiting: dict[Any, list[Any]] = {}
        for row in left:
            waiting.setdefault(key(row), []).append(row)
        found = [(waiting[key(row)].pop(0), row) for row in right if waiting.get(key(row))]
        pairs += found
        paired = {row.pk for pair in found for row in pair}
        left = [row for row in left if row.pk not in paired]
        right = [row for row in right if row.pk not in paired]
    return pairs


def compare_fields(old: Any, new: Any, fields: Fields) -> tuple[FieldChange, ...]:
    said = ((label, write(say(old)), write(say(new))) for label, say in fields.items())
    return tuple(FieldChange(label, before, after) for label, before, after in said if before != after)


def compare_targets(pairs: Iterable[tuple[Indicator, Indicator]]) -> list[Difference]:
    """Targets that hold otherwise in the newer plan, with the reason that was written down, if any was."""
    found = []
    for old, new in pairs:
        before, after = find_latest(old), find_latest(new)
        if (before.spec if before else None) == (after.spec if after else None):
            continue
        reason = after.reason if after is not None and has_moved(before, after) else ""
        change = FieldChange("Target", say_target(before), say_target(after))
        found.append(Difference("Target", "changed", name_row(new), (change,), reason, is_silent=not reason.strip()))
    return found


def has_moved(before: Target | None, after: Target) -> bool:
    """Whether the newer plan's version is one that the older had not: only then its reason speaks of this change."""
    return before is None or after.set_at > before.set_at or after.number != before.number


def find_latest(indicator: Indicator) -> Target | None:
    """The version without an end, else the last one."""
    kept = [target for target in indicator.targets.all() if target.withdrawn_at is None]
    return find_target_on(indicator, None) or max(kept, key=lambda target: target.number, default=None)


def name_row(row: PlanRecord) -> str:
    if isinstance(row, Indicator):
        return f"{row.ref} {row.title}"
    return str(getattr(row, "title", "") or getattr(row, "text", ""))


def join_texts(texts: Iterable[str]) -> str:
    """Texts in a row: sentences stand as sentences, all else is parted by semicolons."""
    held = [text.strip() for text in texts if text.strip()]
    parted = (text if text.endswith((".", "!", "?")) else f"{text};" for text in held[:-1])
    return " ".join([*parted, *held[-1:]])


def fold(text: str) -> str:
    return " ".join(text.casefold().split())


def write(held: object) -> str:
    return "" if held is None else " ".join(str(held).split())
