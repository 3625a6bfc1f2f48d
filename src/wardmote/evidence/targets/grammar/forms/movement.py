"""Which way a text moves, by how much, and to what: shared by the forms that promise a change."""

from wardmote.evidence.targets.grammar.lexicon import MULTIPLES
from wardmote.evidence.targets.grammar.row import Direction, Row
from wardmote.evidence.targets.grammar.tokens import AMOUNTS

YEARLY_WORDS = frozenset({"annual", "annually", "yearly", "year-on-year", "yoy"})
RESULT_SIGNS = frozenset({"to", "i.e", "ie", "=", "giving", "making", "i.e."})
#: "5% below last year": the side of the base on which the level lies.
SIDES: dict[str, Direction] = {"below": "decrease", "under": "decrease", "above": "increase", "over": "increase"}
OPPOSITE: dict[Direction, Direction] = {"increase": "decrease", "decrease": "increase"}


def read_direction(row: Row, at: int | None) -> tuple[Direction | None, set[int]]:
    """Up or down: by the text's verb, else the number's printed sign, else (for a count) the title's promise."""
    side = row.norm(at + 1) if at is not None else ""
    if side in SIDES:
        return SIDES[side], {at + 1} if at is not None else set()
    if row.text_direction:
        return row.text_direction[0], {row.text_direction[1]}
    if at is not None and row.tokens[at].kind == "multiple":
        return MULTIPLES[row.norm(at)][0], set()  # type: ignore[return-value]
    if at is not None and row.tokens[at].sign:
        return ("decrease" if row.tokens[at].sign == "-" else "increase"), set()
    return None, set()


def find_from_to(row: Row, kinds: frozenset[str]) -> tuple[int, int] | None:
    """The places of two amounts of a kind in "from A to B", "from A in 2024/25 to B", "from A (2024/25) to B"."""
    for at in range(1, len(row.tokens) - 2):
        to_at = _skip_year(row, at + 1)
        if row.norm(at - 1) != "from" or row.norm(to_at) != "to" or to_at + 1 >= len(row.tokens):
            continue
        if row.tokens[at].kind in kinds and row.tokens[to_at + 1].kind == row.tokens[at].kind:
            return at, to_at + 1
    return None


def _skip_year(row: Row, at: int) -> int:
    """The place behind a year in brackets or behind "in", which may stand after an amount."""
    end = at + (row.norm(at) in {"in", "(", "of", "for"})
    if end >= len(row.tokens) or row.tokens[end].kind not in {"year", "years"}:
        return at
    return end + 1 + (row.norm(end + 1) == ")")


def find_result(row: Row, start: int, kinds: frozenset[str] = AMOUNTS) -> int | None:
    """Where the level stands that a change leads to: behind "to", "i.e." or "="."""
    for at in range(start, len(row.tokens)):
        before = row.norm(at - 2) if row.norm(at - 1) in {".", ":", "the", "a"} else row.norm(at - 1)
        if row.tokens[at].kind in kinds and before in RESULT_SIGNS:
            return at
    return None


def find_yearly(row: Row) -> int | None:
    """Where the text says that a change is made each year: "3% a year", "annually", "year on year"."""
    at = row.first({"span"})
    if at is not None and row.norm(at).endswith("year"):
        return at
    return row.find_word(YEARLY_WORDS)
