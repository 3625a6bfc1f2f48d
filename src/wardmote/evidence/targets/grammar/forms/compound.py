"""A target in named parts ("licences: 65%, orders: 75%") or between two levels ("40-50%")."""

from itertools import pairwise

from wardmote.evidence.targets.grammar.lexicon import NAME_STOPS, STOPWORDS
from wardmote.evidence.targets.grammar.row import Row
from wardmote.evidence.targets.grammar.understanding import ASK_PART, ASK_SPAN, Draft, Question
from wardmote.evidence.targets.kinds import Compound, CountPerPeriod, Operator, Simple, Threshold

BETWEEN = frozenset("-–—") | {"to", "and"}
JOINS = frozenset({"/", ",", ";", "&", "and"})
WHY_RANGE_OF_CHANGE = "a change between two sizes; say by at least how much"
LONGEST_LABEL = 5
EDGE_WORDS = NAME_STOPS | STOPWORDS | {"respectively"}


def parse_compound(row: Row) -> Draft | None:
    """Several amounts of one kind, each with its part's name before or behind it."""
    return _parse_between(row) or _parse_parts(row)


def _parse_between(row: Row) -> Draft | None:
    """From one level to a higher one, both of them bounds."""
    for at in range(len(row.tokens) - 2):
        low, join, high = row.tokens[at : at + 3]
        if not (low.is_amount and high.is_amount and join.norm in BETWEEN and low.value < high.value):
            continue
        if (join.norm == "and" and row.norm(at - 1) != "between") or row.norm(at - 1) in {"from", "by"}:
            continue
        if row.text_direction and row.norm(at - 1) != "to" and high.kind == "percent":
            return Draft(None, {at, at + 1, at + 2}, why=WHY_RANGE_OF_CHANGE)
        unit = _unit(row, at + 2)
        parts = (("lower end", Threshold(">=", low.value, unit)), ("upper end", Threshold("<=", high.value, unit)))
        return Draft(Compound(parts), {at - 1, at, at + 1, at + 2} - {-1})
    return None


def _unit(row: Row, at: int) -> str:
    token = row.tokens[at]
    return token.norm if token.kind in {"percent", "rate", "money", "duration"} else "percent" if row.is_share else ""


def _parse_parts(row: Row) -> Draft | None:
    amounts = _amounts(row)
    if len(amounts) < 2 or row.text_direction or row.find_word({"baseline", "i.e", "out-turn", "of"}) is not None:
        return None
    labels = _labels_before(row, amounts) or _labels_behind(row, amounts)
    questions: tuple[Question, ...] = ()
    if not labels:
        if not _are_side_by_side(row, amounts):
            return None
        labels = _labels_of_title(row, len(amounts))
        questions = (ASK_PART,)
    parts = tuple((label, _build_part(row, at)) for label, at in zip(labels, amounts, strict=True))
    questions += _ask_about_parts(row, amounts, parts)
    return Draft(Compound(parts), set(range(len(row.tokens))), questions=questions)


def _build_part(row: Row, at: int) -> Simple:
    token = row.tokens[at]
    operator = _operator(row, at)
    if token.kind == "number" and not row.is_share:
        return CountPerPeriod(operator or ">=", token.value)
    return Threshold(operator or row.assume_operator()[0], token.value, _unit(row, at))


def _ask_about_parts(row: Row, amounts: list[int], parts: tuple[tuple[str, Simple], ...]) -> tuple[Question, ...]:
    if any(isinstance(part, CountPerPeriod) for _, part in parts):
        return (ASK_SPAN,)
    return () if all(_operator(row, at) for at in amounts) else row.assume_operator()[1]


def _amounts(row: Row) -> list[int]:
    percents = [at for at, token in enumerate(row.tokens) if token.kind == "percent"]
    return percents or [at for at, token in enumerate(row.tokens) if token.kind in {"number", "rate"}]


def _operator(row: Row, at: int) -> Operator | None:
    for place, kind in ((at - 1, "operator"), (at + 1, "operator_after")):
        if 0 <= place < len(row.tokens) and row.tokens[place].kind == kind:
            return row.tokens[place].norm  # type: ignore[return-value]
    return None


def _labels_before(row: Row, amounts: list[int]) -> list[str]:
    """The words between one amount and the one before it, when every amount has some."""
    return _complete([_label(row, range(before + 1, at)) for before, at in zip([-1, *amounts], amounts, strict=False)])


def _labels_behind(row: Row, amounts: list[int]) -> list[str]:
    ends = [*amounts[1:], len(row.tokens)]
    return _complete([_label(row, range(at + 1, end)) for at, end in zip(amounts, ends, strict=True)])


def _label(row: Row, places: range) -> str:
    if any(row.tokens[at].norm in {"(", ")"} for at in places):
        return ""
    words = [row.tokens[at].text for at in places if row.tokens[at].kind == "word"]
    while words and words[0].lower() in EDGE_WORDS:
        words = words[1:]
    while words and words[-1].lower() in EDGE_WORDS:
        words = words[:-1]
    return " ".join(words) if len(words) <= LONGEST_LABEL else ""


def _complete(labels: list[str]) -> list[str]:
    return labels if all(labels) and len(set(labels)) == len(labels) else []


def _are_side_by_side(row: Row, amounts: list[int]) -> bool:
    is_respective = row.find_word({"respectively"}) is not None
    joined = all(after - before == 2 and row.norm(before + 1) in JOINS for before, after in pairwise(amounts))
    return joined and (is_respective or all(row.norm(at + 1) in {"/", ""} for at in amounts))


def _labels_of_title(row: Row, count: int) -> list[str]:
    if row.split and count == 2:
        return list(row.split)
    return [f"part {number}" for number in range(1, count + 1)]
