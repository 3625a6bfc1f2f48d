"""Held against somebody else's moving figure: "similar to England", "at or below the predicted rate".

"Similar" is a question about chance. Where counts or intervals are known it is answered by them (overlapping intervals,
or the exact binomial test against a single figure); only where neither is known does the amber tolerance stand in.
"""

from dataclasses import dataclass

from wardmote.evidence.statistics.proportions import wilson_interval
from wardmote.evidence.targets.kinds import Benchmark, Operator
from wardmote.evidence.targets.status.case import Case, make_grey
from wardmote.evidence.targets.status.levels import score_level
from wardmote.evidence.targets.status.projections import is_projected, judge_projection
from wardmote.evidence.targets.status.words import show_measure, show_number
from wardmote.evidence.targets.statuses import PeriodStatus

_BETTER: dict[str, Operator] = {"higher": ">", "lower": "<"}
_AT_OR: dict[str, Operator] = {"at_or_below": "<=", "at_or_above": ">="}


@dataclass(frozen=True, slots=True)
class _Likeness:
    """Whether two figures can be told apart, and by what."""

    is_similar: bool
    by: str


def judge_benchmark(case: Case, target: Benchmark) -> PeriodStatus:
    """Score a value against another's figure, where that figure is known."""
    level = target.comparator_value
    if level is None:
        why = f"the figure of {target.comparator} is not given, so there is nothing to hold the value against"
        return make_grey(case, "no_comparator", why + case.doubts)
    operator = _AT_OR.get(target.relation) or _BETTER.get(case.polarity)
    if target.relation == "better" and operator is None:
        return make_grey(case, "definition", "nobody says which way is better for this measure", target=level)
    if is_projected(case.value):
        return judge_projection(case, operator or "<=", level)
    if target.relation == "similar":
        return _judge_similar(case, target, level)
    return score_level(case, operator or "<=", level, tail=f"; of {target.comparator}")


def _judge_similar(case: Case, target: Benchmark, level: float) -> PeriodStatus:
    """Similar is met; so is a difference in the good direction; a worse figure is missed by its distance."""
    likeness = compare(case, target, level)
    value = case.value.best or 0.0
    gap = f"{show_measure(value, case.shown_unit)} and {show_number(level)} ({target.comparator})"
    if likeness.is_similar:
        return _say_similar(case, level, f"{gap} are similar by {likeness.by}{case.caveats}")
    if case.polarity in _BETTER:
        operator: Operator = ">=" if case.polarity == "higher" else "<="
    else:
        operator = "<=" if value > level else ">="
    return score_level(case, operator, level, tail=f"; {gap} are not similar by {likeness.by}")


def _say_similar(case: Case, level: float, why: str) -> PeriodStatus:
    unit = case.shown_unit
    return PeriodStatus(
        case.value.period, "green", why, value=case.value.best, target=level,
        shown_value=show_measure(case.value.best or 0.0, unit), shown_target=f"similar to {show_measure(level, unit)}",
    )  # fmt: skip


def compare(case: Case, target: Benchmark, level: float) -> _Likeness:
    """Can the value and the comparator be told apart?"""
    own = _find_interval(case)
    if own is not None and target.comparator_interval is not None:
        low, high = target.comparator_interval
        return _Likeness(own[0] <= high and low <= own[1], "overlap of intervals")
    if _has_counts(case):
        return _test_exactly(case, level)
    if own is not None:
        return _Likeness(own[0] <= level <= own[1], "the value's interval")
    allowed = abs(level) * case.settings.amber_within_pct / 100
    is_near = abs((case.value.best or 0.0) - level) <= allowed
    return _Likeness(is_near, f"the tolerance of {case.settings.amber_within_pct:g}%, no counts being given")


def _find_interval(case: Case) -> tuple[float, float] | None:
    value = case.value
    if value.low is not None and value.high is not None:
        return value.low, value.high
    if not _has_counts(case):
        return None
    low, high = wilson_interval(value.part or 0, value.whole or 1, case.settings.level)
    return float(low) * 100, float(high) * 100


def _has_counts(case: Case) -> bool:
    """Whether the value is so many of so many; 110 done of 100 planned is a share, but no sample."""
    part, whole = case.value.part, case.value.whole
    return part is not None and bool(whole) and 0 <= part <= (whole or 0)


def _test_exactly(case: Case, level: float) -> _Likeness:
    from scipy.stats import binomtest

    part, whole = int(case.value.part or 0), int(case.value.whole or 1)
    chance = float(binomtest(part, whole, min(max(level / 100, 0.0), 1.0)).pvalue)
    by = f"the exact binomial test ({part} of {whole}, p = {chance:.2g})"
    return _Likeness(chance >= 1 - case.settings.level, by)
