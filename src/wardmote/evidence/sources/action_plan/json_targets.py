"""The targets of a plan's JSON: each kind in its own few lines."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import cast, get_args

from wardmote.evidence.sources.action_plan.entries import Entry
from wardmote.evidence.targets.kinds import (
    Base,
    BaseKind,
    Benchmark,
    CohortShare,
    Compound,
    CountPerPeriod,
    Frequency,
    Milestone,
    NoChange,
    NoTarget,
    Operator,
    PointsChange,
    RelativeChange,
    Simple,
    Span,
    Target,
    TargetVersion,
    Threshold,
    Trajectory,
)

_OPERATORS = {word: word for word in get_args(Operator)}
_BASES = {word: word for word in get_args(BaseKind)}
_SPANS = {word: word for word in get_args(Span)} | {
    "year": "financial_year", "financial year": "financial_year", "calendar year": "calendar_year",
    "academic year": "academic_year",
}  # fmt: skip
_PRO_RATA = {"linear": "linear", "none": "none", "by_size": "by_size"}
_RELATIONS = {word: word for word in ("similar", "better", "at_or_below", "at_or_above")}
_DIRECTIONS = {"increase": "increase", "decrease": "decrease"}
_NO_CHANGES = {word: word for word in ("maintain", "no_increase", "no_decrease")}
_YEARS = re.compile(r"((?:19|20)\d\d)\s*(?:-|–|to)\s*((?:19|20)\d\d)")
#: Kept in words beside the row by whoever asks for `leftovers`; these say again what is read elsewhere.
SAID_ELSEWHERE = ("kind", "op", "resulting", "end_change_pct", "annual_step_pct_of_baseline")


def read_versions(entry: Entry, *, since: date | None) -> tuple[TargetVersion, ...]:
    """The target as it stands and the ones before it, oldest first.

    An earlier target held until the day before `since`, the first day that the row reports on; where no day is known
    nothing can be scored against it, and it is left to the words beside the row.
    """
    target = read_target(entry)
    if target is None:
        return ()
    earlier = _read_earlier(entry)
    now = TargetVersion(
        target,
        text=entry.text("text"),
        valid_from=entry.day("valid_from"),
        valid_to=entry.day("valid_to"),
        set_by=entry.text("set_by"),
        reason_for_change=entry.text("change_reason") or entry.text("reason_for_change"),
        also=_read_also(entry),
    )
    since = now.valid_from or since
    if earlier is None or since is None or since == date.min:
        return (now,)
    before = TargetVersion(earlier, valid_to=since - timedelta(days=1))
    return (before, replace(now, valid_from=since))


def _read_also(entry: Entry) -> tuple[Target, ...]:
    """Further forms of the same promise, at one with it or not."""
    forms = [entry.entry(key) for key in ("also", "conflicting")]
    read = [read_target(form) for form in forms if form is not None]
    return tuple(target for target in read if target is not None)


def _read_earlier(entry: Entry) -> Target | None:
    for key in ("superseded", "previous"):
        if (older := entry.entry(key)) is not None:
            return read_target(older)
    number = entry.number("previous_target")
    if number is None:
        return None
    key = "pct" if "pct" in entry.body else "value"
    own = {k: v for k, v in entry.body.items() if k not in ("also", "conflicting", "previous_target")}
    return read_target(Entry({**own, key: number}, entry.where("previous_target"), entry.faults))


def read_target(entry: Entry) -> Target | None:
    """The target that an object describes; None, with a fault, where it describes none."""
    before = entry.faults.errors_count
    kind = entry.text("kind")
    target = _read_compound(entry) if kind == "compound" else _read_simple(entry, kind)
    return target if entry.faults.errors_count == before else None


def _read_simple(entry: Entry, kind: str) -> Simple | None:
    reader = _READERS.get(kind)
    if reader is None:
        entry.refuse("kind", "one of " + ", ".join([*_READERS, "compound"]), code="unknown_kind")
        return None
    return reader(entry)


def _read_compound(entry: Entry) -> Compound | None:
    named = entry.entry("parts")
    if named is None or not named.body:
        entry.refuse("parts", "an object with one target a part")
        return None
    entries = [(name, named.entry(name)) for name in named.body]
    read = [(name, _read_simple(part, part.text("kind"))) for name, part in entries if part is not None]
    return Compound(tuple((name, target) for name, target in read if target is not None))


def _needed(entry: Entry, key: str) -> float:
    """A number that the kind cannot do without; its lack is a fault, which costs the target."""
    return entry.number(key, needed=True) or 0.0


def _operator(entry: Entry) -> Operator:
    return cast(Operator, entry.choice("op", _OPERATORS))


def _read_threshold(entry: Entry) -> Threshold:
    return Threshold(
        _operator(entry),
        _needed(entry, "value"),
        unit=entry.text("unit"),
        source=entry.text("source"),
        is_split_unstated=entry.get("part_unspecified") is True,
    )


def _read_count(entry: Entry) -> CountPerPeriod:
    return CountPerPeriod(
        _operator(entry),
        _needed(entry, "value"),
        thing=entry.text("unit"),
        span=cast(Span, entry.choice("period", _SPANS, "financial_year")),
        window=entry.text("window"),
        pro_rata=entry.choice("pro_rata", _PRO_RATA, "by_size"),  # type: ignore[arg-type]
    )


def _read_change(entry: Entry) -> RelativeChange:
    direction, percent = entry.choice("direction", _DIRECTIONS), abs(_needed(entry, "pct"))
    base, resulting = _read_base(entry), entry.number("resulting")
    kept = 1 + percent / 100 * (1 if direction == "increase" else -1)
    if resulting is not None and base.value is None and not base.by_period and kept > 0:
        base = replace(base, value=resulting / kept, is_derived=True)
    return RelativeChange(direction, percent, base)  # type: ignore[arg-type]


def _read_base(entry: Entry) -> Base:
    """What the change is measured from. A value that is said to be of one period only holds for no other."""
    inner = entry.entry("base")
    if inner is None:
        return Base("not_stated")
    value, derived = inner.number("value"), inner.get("derived")
    by_period: dict[str, float] = {}
    if isinstance(derived, dict):
        of_periods = Entry(derived, inner.where("derived"), inner.faults)
        by_period = {p: n for p in derived if (n := of_periods.number(p)) is not None}
    if (only := inner.text("for_period")) and value is not None:
        by_period, value = {only: value}, None
    return Base(
        cast(BaseKind, inner.choice("kind", _BASES, "baseline" if inner.text("period") else "not_stated")),
        value=value,
        period=inner.text("period"),
        unit=inner.text("unit"),
        by_period=by_period,
        is_derived=bool(derived),
    )


def _read_points(entry: Entry) -> PointsChange:
    sign = -1 if entry.text("kind") == "points_decrease" else 1
    return PointsChange(sign * _needed(entry, "points"), _read_base(entry), entry.number("resulting"))


def _read_benchmark(entry: Entry) -> Benchmark:
    low, high = entry.number("comparator_low"), entry.number("comparator_high")
    return Benchmark(
        entry.choice("relation", _RELATIONS),  # type: ignore[arg-type]
        entry.text("comparator"),
        entry.number("comparator_value"),
        (low, high) if low is not None and high is not None else None,
    )


def _read_cohort(entry: Entry) -> CohortShare:
    return CohortShare(_operator(entry), _needed(entry, "value"), entry.text("cohort"))


def _read_milestone(entry: Entry) -> Milestone:
    parts = entry.get("parts")
    if parts is not None and not (isinstance(parts, list) and all(isinstance(p, str) for p in parts)):
        entry.refuse("parts", "a list of words")
        parts = None
    named = tuple(str(p) for p in parts) if isinstance(parts, list) else ()
    return Milestone(entry.text("done_when"), named, entry.text("state"), entry.day("due"))


def _read_trajectory(entry: Entry) -> Trajectory:
    baseline, period, share = _needed(entry, "baseline"), entry.text("baseline_period"), entry.number("end_change_pct")
    end = entry.number("end_value", needed=share is None)
    if end is None:
        end = baseline * (1 + (share or 0) / 100)
    years = _YEARS.search(period)
    return Trajectory(
        baseline,
        period,
        _read_year(entry, "end_year"),
        end,
        shape=_read_shape(entry),  # type: ignore[arg-type]
        baseline_start=int(years[1]) if years else None,
        baseline_end=int(years[2]) if years else None,
        steps=_read_steps(entry),
        annual_step=_read_annual_step(entry, baseline, end),
        unit=entry.text("unit"),
        end_period=entry.text("end_period"),
    )


def _read_year(entry: Entry, key: str) -> int:
    year = _needed(entry, key)
    if not (1900 <= year <= 2199 and year == int(year)):
        entry.refuse(key, "a year, such as 2020", code="date")
        return 0
    return int(year)


def _read_shape(entry: Entry) -> str:
    """'linear, 7 steps' is a straight line taken a year at a time."""
    word = entry.text("shape").partition(",")[0].strip() or ("steps" if entry.body.get("steps") else "linear")
    if word not in ("linear", "compound", "steps"):
        entry.refuse("shape", "linear, compound or steps", code="unknown_word")
    return word


def _read_steps(entry: Entry) -> dict[int, float]:
    inner = entry.entry("steps")
    if inner is None:
        return {}
    wrong = [year for year in inner.body if not re.fullmatch(r"(19|20)\d\d", year)]
    if wrong:
        inner.refuse(wrong[0], 'a level for each year, such as {"2018": 60}')
        return {}
    return {int(year): _needed(inner, year) for year in inner.body}


def _read_annual_step(entry: Entry, baseline: float, end: float) -> float | None:
    """The step in the measure's unit, downward where the path goes down."""
    step, share = entry.number("annual_step"), entry.number("annual_step_pct_of_baseline")
    if step is None and share is not None:
        step = abs(share) / 100 * baseline * (1 if end >= baseline else -1)
    return step


def _read_frequency(entry: Entry) -> Frequency:
    span = cast(Span, entry.choice("period", _SPANS, "financial_year"))
    return Frequency(_needed(entry, "value"), entry.text("unit"), span)


def _read_no_change(entry: Entry) -> NoChange:
    relation = entry.choice("kind", _NO_CHANGES)
    return NoChange(relation, _read_base(entry), entry.number("tolerance_pct") or 0.0)  # type: ignore[arg-type]


def _read_none(entry: Entry) -> NoTarget:
    return NoTarget(entry.text("state") or "not set")


_READERS: dict[str, Callable[[Entry], Simple]] = {
    "absolute_threshold": _read_threshold,
    "count_per_period": _read_count,
    "relative_change": _read_change,
    "points_increase": _read_points,
    "points_decrease": _read_points,
    "benchmark": _read_benchmark,
    "cohort_percent": _read_cohort,
    "milestone": _read_milestone,
    "trajectory": _read_trajectory,
    "frequency": _read_frequency,
    "no_increase": _read_no_change,
    "no_decrease": _read_no_change,
    "maintain": _read_no_change,
    "none": _read_none,
}
