"""A floor and a ceiling on one amount: "at least 80% and at most 90%" is a range, "at least 80% and below 70%" none."""

from wardmote.evidence.targets.grammar.forms.amounts import read_unit
from wardmote.evidence.targets.grammar.row import Row
from wardmote.evidence.targets.grammar.understanding import Draft
from wardmote.evidence.targets.kinds import Compound, Operator, Threshold

LEVELS = frozenset({"percent", "number", "rate", "money", "duration"})
JOINS = frozenset({"and", "but", ",", "&", ";", "yet"})
_FLOORS = (">=", ">")


def parse_opposed(row: Row) -> Draft | None:
    """Two bounds, one behind the other with nothing between them but a joining word, on opposite sides."""
    for at, token in enumerate(row.tokens):
        if at == 0 or token.kind not in LEVELS or row.tokens[at - 1].kind != "operator":
            continue
        second = _find_next_bound(row, at)
        if second is None:
            continue
        bounds = _Bound(row, at), _Bound(row, second)
        if bounds[0].is_floor != bounds[1].is_floor:
            floor, ceiling = sorted(bounds, key=lambda bound: not bound.is_floor)
            return _build_range(floor, ceiling, set(range(at - 1, second + 1)))
    return None


class _Bound:
    """One of the two: its threshold, and the words that say it."""

    def __init__(self, row: Row, at: int) -> None:
        said = row.tokens[at - 1]
        # "80% and below 70%" was heard as "80% and below": before a figure of its own, "below" is strict.
        norm = said.norm.removesuffix("=") if said.kind == "operator_after" else said.norm
        operator: Operator = norm  # type: ignore[assignment]
        self.threshold = Threshold(operator, row.tokens[at].value, read_unit(row, at))
        self.words = row.words((at - 1, at)).removeprefix("and ")

    @property
    def is_floor(self) -> bool:
        return self.threshold.operator in _FLOORS


def _find_next_bound(row: Row, at: int) -> int | None:
    """Where the next amount of the same kind stands, right behind joining words and an operator of its own."""
    place = at + 1
    if place + 1 < len(row.tokens) and row.tokens[place].kind == "operator_after":
        return place + 1 if row.tokens[place + 1].kind == row.tokens[at].kind else None
    while row.norm(place) in JOINS:
        place += 1
    if place == at + 1 or place + 1 >= len(row.tokens) or row.tokens[place].kind != "operator":
        return None
    return place + 1 if row.tokens[place + 1].kind == row.tokens[at].kind else None


def _build_range(floor: _Bound, ceiling: _Bound, places: set[int]) -> Draft:
    low, high = floor.threshold, ceiling.threshold
    is_strict = low.operator == ">" or high.operator == "<"
    if low.value > high.value or (low.value == high.value and is_strict):
        why = f"the words contradict each other: nothing can be both {floor.words} and {ceiling.words}"
        return Draft(None, places, why=why)
    return Draft(Compound((("lower end", low), ("upper end", high))), places)
