"""The sample partnership's plan, whole: what is planned, what was promised, and how the quarters came out.

Everything is invented and is counted from the day that is passed in, so that the sample is never out of date.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from functools import cache
from typing import Any

import numpy as np

from wardmote.evidence.sample.plan.people import find_agency
from wardmote.evidence.sample.plan.rows import build_rows, read_catalogue
from wardmote.evidence.sample.plan.stretches import find_plan_year
from wardmote.evidence.targets.codec import decode_target
from wardmote.evidence.targets.grammar import describe_target
from wardmote.evidence.targets.kinds import TargetVersion
from wardmote.evidence.targets.plan import Indicator, Plan
from wardmote.evidence.targets.plan_file import (
    Action,
    Consultation,
    CrosswalkRow,
    Gate,
    PlanFile,
    Priority,
    Programme,
    Risk,
)

AREA = "Zellmouth (synthetic)"
SOURCE = "The synthetic sample of wardmote"
type Spec = Mapping[str, Any]


def build_sample_plan(*, today: date, rng: np.random.Generator) -> PlanFile:
    """What does the fictional partnership's plan hold on a day?

    Parameters: the day that everything is counted from; the generator, whose state is moved on. The same day and state
    give the same plan: five priorities, sixty indicators with eleven settled quarters, the last one partly returned.
    """
    spec = _read_structure()["plan"]
    priorities = _build_priorities(spec)
    name = name_sample_plan(today)
    titles = {priority.no: priority.title for priority in priorities}
    rows = build_rows(today=today, rng=rng, plan=name, priorities=titles)
    return _assemble(spec, Plan(name, rows), priorities, today)


def build_sample_predecessor(*, today: date) -> PlanFile:
    """What did the plan before it hold? Twelve indicators without figures, most of which the new plan carries on."""
    spec = _read_structure()["predecessor"]
    priorities = _build_priorities(spec)
    name = _name_plan(spec, today)
    titles = {priority.no: priority.title for priority in priorities}
    rows = tuple(_build_former_row(entry, name, titles) for entry in spec["indicators"])
    return _assemble(spec, Plan(name, rows), priorities, today)


def name_sample_plan(today: date) -> str:
    """The plan's title with its years.

    >>> name_sample_plan(date(2026, 11, 21))
    'Zellmouth Community Safety Plan 2025-29'
    """
    return _name_plan(_read_structure()["plan"], today)


@cache
def _read_structure() -> Spec:
    read: Spec = read_catalogue("structure.yaml")
    return read


def _find_days(spec: Spec, today: date) -> tuple[date, date]:
    first = find_plan_year(today, spec["starts_in_years"])
    return date(first, 4, 1), date(first + spec["ends_after_years"], 3, 31)


def _name_plan(spec: Spec, today: date) -> str:
    starts, ends = _find_days(spec, today)
    return f"{spec['title']} {starts.year}-{ends.year % 100:02d}"


def _build_priorities(spec: Spec) -> tuple[Priority, ...]:
    return tuple(
        Priority(
            entry["number"],
            entry["title"],
            entry["aim"],
            entry["lead"],
            tuple(entry["themes"]),
            programmes=tuple(Programme(**one) for one in entry["programmes"]),
        )
        for entry in spec["priorities"]
    )


def _assemble(spec: Spec, plan: Plan, priorities: Sequence[Priority], today: date) -> PlanFile:
    starts, ends = _find_days(spec, today)
    return PlanFile(
        plan,
        area=AREA,
        starts_on=starts,
        ends_on=ends,
        vision=spec["vision"],
        drivers=tuple(spec["drivers"]),
        source=SOURCE,
        statutory=dict.fromkeys(spec["statutory"], True),
        priorities=tuple(priorities),
        actions=tuple(_build_actions(spec["actions"], priorities, today)),
        risks=tuple(Risk(**{**entry, "owner": find_agency(entry["owner"]).name}) for entry in spec["risks"]),
        crosswalk=tuple(
            CrosswalkRow(spec["external_plan"], theirs, ours, fit, note)
            for ours, theirs, fit, note in spec["crosswalk"]
        ),
        consultations=tuple(
            Consultation(who, starts + timedelta(days=first), starts + timedelta(days=last), answers, said, effect)
            for who, first, last, answers, said, effect in spec["consultations"]
        ),
        gates=tuple(
            Gate(kind, body, starts + timedelta(days=days), outcome, record)
            for kind, body, days, outcome, record in spec["gates"]
        ),
    )


def _build_actions(entries: Sequence[Any], priorities: Sequence[Priority], today: date) -> Iterable[Action]:
    programmes = {priority.no: priority.programmes for priority in priorities}
    for no, priority, place, text, owner, days, four_p, state in entries:
        yield Action(
            no, text, priority, programmes[priority][place].title, find_agency(owner).name,
            today + timedelta(days=days), four_p, state,
        )  # fmt: skip


def _build_former_row(entry: Sequence[Any], plan: str, titles: Mapping[int, str]) -> Indicator:
    id_, title, owner, polarity, unit, body, series_key = entry
    target = decode_target(body)
    number = int(id_.partition(".")[0])
    return Indicator(
        id_, title, polarity, (TargetVersion(target, describe_target(target)),), (), number, titles[number], unit,
        find_agency(owner).name, series_key=series_key, plan=plan,
    )  # fmt: skip
