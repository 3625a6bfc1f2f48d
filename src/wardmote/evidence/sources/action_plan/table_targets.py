"""Targets of a plan's workbook: typed columns where they are filled, else the words by the grammar."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, cast

from wardmote.evidence.sources.action_plan.columns import (
    BASES,
    OPERATORS,
    TARGET_KINDS,
    TYPED_COLUMNS,
)
from wardmote.evidence.sources.action_plan.table_rows import TableRow
from wardmote.evidence.targets.kinds import (
    Base,
    BaseKind,
    CohortShare,
    CountPerPeriod,
    Milestone,
    NoChange,
    NoTarget,
    Operator,
    PointsChange,
    Polarity,
    RelativeChange,
    Simple,
    Span,
    Target,
    TargetVersion,
    Threshold,
)

if TYPE_CHECKING:
    from wardmote.evidence.targets.grammar.understanding import Question

_SIGNS: dict[str, Operator] = dict(zip(OPERATORS, (">=", ">", "<=", "<"), strict=True))
_GOOD_WHEN: dict[str, Operator] = {"lower": "<="}
_SPANS: dict[str, Span] = {
    "count per year": "financial_year", "count per quarter": "quarter", "count per month": "month",
    "count per academic year": "academic_year",
}  # fmt: skip
_WITHOUT_NUMBER = ("no increase", "no decrease", "maintain", "milestone", "none")
NO_TARGET = NoTarget("not set")
_BASE_COLUMNS = tuple(c for c in TYPED_COLUMNS if c.field.startswith("base_"))
_TYPED = tuple(c.field for c in TYPED_COLUMNS)
#: In which columns each question of the grammar is answered; of the others, in the words themselves.
_ANSWERS: dict[str, tuple[str, ...]] = {
    "base": ("base_kind", "base_value", "base_period"),
    "span": ("target_kind", "number"),
    "percent_or_points": ("target_kind", "number"),
    "higher_or_lower": ("polarity",),
    "at_least_or_exactly": ("operator", "number"),
    "level_or_change": ("target_kind", "number"),
    "which_governs": ("target_kind", "number"),
    "how_much": ("target_kind", "number"),
    "unit": ("number", "target_unit"),
}


def read_version(row: TableRow, *, title: str, polarity: Polarity) -> TargetVersion | None:
    """The target of one row and when it held; None, with faults, where a typed column cannot be used."""
    before = row.faults.errors_count
    is_typed = row.has_any([c for c in TYPED_COLUMNS if c not in _BASE_COLUMNS])
    target, also = (_read_typed(row, polarity), ()) if is_typed else _read_words(row, title, polarity)
    valid_from, valid_to = row.day("valid_from"), row.day("valid_to")
    if valid_from and valid_to and valid_to < valid_from:
        row.refuse("valid_to", f"a day that is not before {valid_from}", code="date")
    if target is None or row.faults.errors_count > before:
        return None
    return TargetVersion(
        target, row.text("target"), valid_from, valid_to, row.text("set_by"), row.text("reason_for_change"), also
    )


def _read_words(row: TableRow, title: str, polarity: Polarity) -> tuple[Target, tuple[Target, ...]]:
    """What the words promise; each question that they leave open is a warning that names the column to answer in."""
    from wardmote.evidence.targets.grammar import parse_target

    text = row.text("target")
    if not text:
        return NO_TARGET, ()
    understood = parse_target(text, title=title, polarity=polarity)
    target, has_base = _settle_base(row, understood.target)
    for question in understood.questions:
        if not (has_base and question.code == "base"):
            _warn_of_question(row, question)
    if target is None:
        row.faults.warn(f"the target '{text}' was not understood: {understood.why}", row.where("target"),
                        to_do=f"Fill {_name_columns(row, _TYPED)}", code="target_not_understood")  # fmt: skip
    return target or NoTarget("not understood"), understood.also


def _settle_base(row: TableRow, target: Target | None) -> tuple[Target | None, bool]:
    """The target with the base of the columns, where they hold one and the words speak of a change."""
    if isinstance(target, RelativeChange | PointsChange | NoChange) and row.has_any(_BASE_COLUMNS):
        typed = _read_base(row)
        kind = typed.kind if typed.kind != "not_stated" else target.base.kind
        return replace(target, base=replace(typed, kind=kind)), typed.value is not None or typed.kind != "not_stated"
    return target, False


def _warn_of_question(row: TableRow, question: "Question") -> None:
    choices = f" ({', '.join(question.options)})" if question.options else ""
    row.faults.warn(
        f"the target '{row.text('target')}' leaves open: {question.text}{choices}", row.where("target"),
        to_do=f"Answer in {_name_columns(row, _ANSWERS.get(question.code, ('target',)))}", code=f"asks_{question.code}",
    )  # fmt: skip


def _name_columns(row: TableRow, fields: Sequence[str]) -> str:
    names = ", ".join(f"'{row.headings[f]}'" for f in fields)
    return f"the column{'s' if len(fields) > 1 else ''} {names}"


def _read_typed(row: TableRow, polarity: Polarity) -> Simple | None:
    """The target that the typed columns describe. Words beside them are kept as text and not read."""
    kind, number = row.choice("target_kind", TARGET_KINDS) or "threshold", row.number("number")
    if number is None and kind not in _WITHOUT_NUMBER:
        row.faults.add(f"a target of the kind '{kind}' needs a number", row.where("number"), code="number")
        return None
    sign = _SIGNS.get(row.choice("operator", OPERATORS), _GOOD_WHEN.get(polarity, ">="))
    return _MAKERS[kind](row, sign, number or 0.0)


def _read_base(row: TableRow) -> Base:
    kind = row.choice("base_kind", BASES).replace(" ", "_") or "not_stated"
    return Base(cast(BaseKind, kind), row.number("base_value"), row.text("base_period"), row.text("unit"))


def _make_threshold(row: TableRow, sign: Operator, number: float) -> Simple:
    return Threshold(sign, number, row.text("target_unit") or row.text("unit"))


def _make_count(row: TableRow, sign: Operator, number: float) -> Simple:
    return CountPerPeriod(
        sign, number, row.text("target_unit") or row.text("unit"), _SPANS[row.choice("target_kind", TARGET_KINDS)]
    )


def _make_reduction(row: TableRow, _sign: Operator, number: float) -> Simple:
    return RelativeChange("decrease", abs(number), _read_base(row))


def _make_increase(row: TableRow, _sign: Operator, number: float) -> Simple:
    return RelativeChange("increase", abs(number), _read_base(row))


def _make_points(row: TableRow, _sign: Operator, number: float) -> Simple:
    return PointsChange(number, _read_base(row))


def _make_no_change(row: TableRow, _sign: Operator, _number: float) -> Simple:
    relation = row.choice("target_kind", TARGET_KINDS).replace(" ", "_")
    return NoChange(relation, _read_base(row))  # type: ignore[arg-type]


def _make_cohort(row: TableRow, sign: Operator, number: float) -> Simple:
    return CohortShare(sign, number, row.text("target_unit") or row.text("unit"))


def _make_milestone(row: TableRow, _sign: Operator, _number: float) -> Simple:
    return Milestone(row.text("target"))


def _make_none(row: TableRow, _sign: Operator, _number: float) -> Simple:
    return NoTarget(row.text("target") or "not set")


_MAKERS: dict[str, Callable[[TableRow, Operator, float], Simple]] = {
    "threshold": _make_threshold,
    **dict.fromkeys(_SPANS, _make_count),
    "reduction": _make_reduction,
    "increase": _make_increase,
    "points": _make_points,
    **dict.fromkeys(("no increase", "no decrease", "maintain"), _make_no_change),
    "share of a cohort": _make_cohort,
    "milestone": _make_milestone,
    "none": _make_none,
}
