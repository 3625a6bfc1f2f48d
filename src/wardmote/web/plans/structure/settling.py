"""What a core indicator implies of its return: the shape that is asked for, its basis, how often, its parts.

The core's values say it by what was reported; a plan without values by its target and unit. What is set otherwise by
hand is written into the indicator's `extra` under `return_…` when it leaves, and read back from there.
"""

from collections import Counter
from collections.abc import Callable, Mapping
from typing import Any, TypedDict, get_args

from wardmote.evidence.targets.kinds import Compound, Milestone, NoTarget, PointsChange, Target
from wardmote.evidence.targets.plan import Basis, Indicator
from wardmote.web.plans.states import Frequency, ReturnShape


class Settled(TypedDict):
    """The columns of an indicator that the core's has no field for."""

    shape: str
    basis: str
    frequency: str
    part_names: list[str]
    is_context: bool


_SHAPES: Mapping[str, ReturnShape] = {
    "percent": ReturnShape.PERCENT, "count": ReturnShape.COUNT, "rate": ReturnShape.RATE,
    "x_of_y": ReturnShape.X_OF_Y, "parts": ReturnShape.PARTS, "percent_change": ReturnShape.PERCENT,
    "status": ReturnShape.STATUS, "checklist": ReturnShape.CHECKLIST, "text": ReturnShape.STATUS,
    "money": ReturnShape.MONEY, "breakdown": ReturnShape.PARTS,
}  # fmt: skip
_FREQUENCIES: Mapping[str, Frequency] = {
    "year_total": Frequency.YEARLY, "calendar_year": Frequency.YEARLY, "academic_year": Frequency.YEARLY,
    "projected_year": Frequency.YEARLY, "half_year": Frequency.HALF_YEARLY,
}  # fmt: skip
PARTS_BETWEEN = "; "


def settle(row: Indicator) -> Settled:
    """The columns for a core indicator: what its `extra` says of its return, else what the row implies."""
    settled = imply(row)
    said = {name.removeprefix("return_"): text for name, text in row.extra.items() if name in EXTRAS}
    for name, text in said.items():
        read = EXTRAS[f"return_{name}"](text)
        if read is not None:
            settled[name] = read  # type: ignore[literal-required]
    return settled


def imply(row: Indicator) -> Settled:
    """The columns that follow from the row itself."""
    basis = _find_commonest([value.basis for value in row.values]) or "quarter"
    return {
        "shape": find_shape(row).value,
        "basis": basis,
        "frequency": _FREQUENCIES.get(basis, Frequency.QUARTERLY).value,
        "part_names": _find_parts(row),
        "is_context": row.polarity == "none" and bool(row.targets) and isinstance(_get_target(row), NoTarget),
    }


def describe_settled(wanted: Settled, row: Indicator) -> dict[str, str]:
    """The `return_…` extras by which the row, without them, would be settled otherwise."""
    implied: Mapping[str, Any] = imply(row)
    return {f"return_{name}": _write(held) for name, held in wanted.items() if held != implied[name]}


def _write(held: object) -> str:
    if isinstance(held, bool):
        return "yes" if held else "no"
    return PARTS_BETWEEN.join(held) if isinstance(held, list) else str(held)


def _find_commonest(words: list[str]) -> str:
    return Counter(words).most_common(1)[0][0] if words else ""


def find_shape(row: Indicator) -> ReturnShape:
    """The shape that most values had; before there are any, what the target and the unit ask for."""
    reported = _find_commonest([value.shape for value in row.values])
    if reported:
        return _SHAPES[reported]
    target = _get_target(row)
    if isinstance(target, Milestone):
        return ReturnShape.CHECKLIST if target.parts else ReturnShape.STATUS
    if isinstance(target, Compound):
        return ReturnShape.PARTS
    return _find_shape_of_unit(row, target)


def _find_shape_of_unit(row: Indicator, target: Target | None) -> ReturnShape:
    unit = row.unit.strip().lower()
    if unit in ("percent", "%", "points") or isinstance(target, PointsChange):
        has_both = bool(row.extra.get("numerator") and row.extra.get("denominator"))
        return ReturnShape.X_OF_Y if has_both else ReturnShape.PERCENT
    if unit == "rate" or " per " in f" {unit} ":
        return ReturnShape.RATE
    return ReturnShape.MONEY if unit in ("money", "£", "gbp") else ReturnShape.COUNT


def _get_target(row: Indicator) -> Target | None:
    return row.targets[-1].target if row.targets else None


def _find_parts(row: Indicator) -> list[str]:
    target = _get_target(row)
    if isinstance(target, Compound):
        return [name for name, _ in target.parts]
    if isinstance(target, Milestone):
        return list(target.parts)
    newest = next((value for value in reversed(row.values) if value.parts), None)
    return [name for name, _ in newest.parts] if newest else []


def _one_of(words: object) -> Callable[[str], str | None]:
    known = frozenset(str(word) for word in words)  # type: ignore[attr-defined]
    return lambda text: text if text in known else None


EXTRAS: Mapping[str, Callable[[str], Any]] = {
    "return_shape": _one_of(ReturnShape.values),
    "return_basis": _one_of(get_args(Basis)),
    "return_frequency": _one_of(Frequency.values),
    "return_part_names": lambda text: text.split(PARTS_BETWEEN) if text else [],
    "return_is_context": {"yes": True, "no": False}.get,
}
