"""Does a value meet a level, and if not, by how much does it miss?

Green is met. Amber is missed by no more than a set share of the target (5% unless the partnership chose otherwise).
Red is missed by more. Figures are compared unrounded; two that differ by less than a billionth part are equal, since
that is the machine's arithmetic and not the partnership's.
"""

import math

from wardmote.evidence.targets.kinds import Operator
from wardmote.evidence.targets.status.case import Case
from wardmote.evidence.targets.status.words import find_decimals, show_gap, show_limit, show_measure, show_number
from wardmote.evidence.targets.statuses import Colour, PeriodStatus, WhyCode

_EQUAL_WITHIN = 1e-9


def is_floor(operator: Operator) -> bool:
    """Whether more is better for this limit."""
    return operator in (">=", ">")


def is_met(value: float, operator: Operator, level: float) -> bool:
    """Does a value meet a limit? "< 50" is not met by 50; "<= 50" is.

    >>> is_met(50, "<=", 50), is_met(50, "<", 50), is_met(0.1 + 0.2, "<=", 0.3)
    (True, False, True)
    """
    if math.isclose(value, level, rel_tol=_EQUAL_WITHIN, abs_tol=1e-12):
        return operator in (">=", "<=")
    return value > level if is_floor(operator) else value < level


def find_colour(value: float, operator: Operator, level: float, amber_within_pct: float = 5.0) -> Colour:
    """Which colour has a value earned against a level?

    Parameters: the value and the level in one unit; `amber_within_pct`, the tolerance as a share of the level (%).
    Returns green, amber or red. A strict limit that is touched is missed by nothing, hence amber. A level of 0 has no
    share to be within, hence every miss of it is red.

    >>> find_colour(25.4, "<", 25), find_colour(74.5, ">=", 75), find_colour(77.8, ">=", 85)
    ('amber', 'amber', 'red')
    """
    if is_met(value, operator, level):
        return "green"
    allowed = abs(level) * amber_within_pct / 100
    miss = abs(value - level)
    return "amber" if miss <= allowed or math.isclose(miss, allowed, rel_tol=_EQUAL_WITHIN) else "red"


def score_level(
    case: Case,
    operator: Operator,
    level: float,
    *,
    number: float | None = None,
    why_code: WhyCode = "",
    lead: str = "",
    tail: str = "",
    unit: str | None = None,
) -> PeriodStatus:
    """Hold a value (or `number` in its place) against a level, and say so in one sentence.

    `lead` stands before the figures, `tail` after them. `unit` is the unit of both where it is not the value's own.
    """
    value = case.value.best if number is None else number
    if value is None:
        raise ValueError("a level is scored only where there is a number")
    unit = case.shown_unit if unit is None else unit
    decimals = find_decimals(value, level)
    shown, limit = show_measure(value, unit, decimals), show_limit(operator, level, unit, decimals)
    verdict = _describe_verdict(value, operator, level, unit=unit, within_pct=case.settings.amber_within_pct)
    return PeriodStatus(
        case.value.period,
        find_colour(value, operator, level, case.settings.amber_within_pct),
        f"{lead}{shown} against {limit}: {verdict}{tail}{case.caveats}",
        why_code=why_code,
        value=value,
        target=level,
        shown_value=shown,
        shown_target=limit,
    )


def _describe_verdict(value: float, operator: Operator, level: float, *, unit: str, within_pct: float) -> str:
    gap = abs(value - level)
    is_equal = math.isclose(value, level, rel_tol=_EQUAL_WITHIN, abs_tol=1e-12)
    if is_met(value, operator, level):
        return "met exactly" if is_equal else f"met with {show_gap(gap, unit)} to spare"
    if is_equal:
        return "touched, and the target asks for " + ("more" if is_floor(operator) else "less")
    side = "short by" if is_floor(operator) else "over by"
    return f"{side} {show_gap(gap, unit)}{_describe_share(gap, level, within_pct)}"


def _describe_share(gap: float, level: float, within_pct: float) -> str:
    if not level:
        return ""
    share = gap / abs(level) * 100
    text = show_number(share, find_decimals(share, within_pct, least=1))
    return f" ({'less than 0.1' if text == '0' else text}% of the target)"
