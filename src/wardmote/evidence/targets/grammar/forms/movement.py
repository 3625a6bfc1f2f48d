"""Which way a text moves, by how much, and to what: shared by the forms that promise a change."""

from wardmote.evidence.targets.grammar.lexicon import MULTIPLES
from wardmote.evidence.targets.grammar.row import Direction, Row
from wardmote.evidence.targets.grammar.tokens import AMOUNTS

RESULT_SIGNS = frozenset({"to", "i.e", "ie", "=", "giving", "making", "i.e."})
OPPOSITE: dict[Direction, Direction] = {"increase": "decrease", "decrease": "increase"}


def read_direction(row: Row, at: int | None) -> tuple[Direction | None, set[int]]:
    """Up or down: by the text's verb, else the number's printed sign, else (for a count) the title's promise."""
    if row.text_direction:
        return row.text_direction[0], {row.text_direction[1]}
    if at is not None and row.tokens[at].kind == "multiple":
        return MULTIPLES[row.norm(at)][0], set()  # type: ignore[return-value]
    if at is not None and row.tokens[at].sign:
        return ("decrease" if row.tokens[at].sign == "-" else "increase"), set()
    return None, set()


def find_from_to(row: Row, kinds: frozenset[str]) -> tuple[int, int] | None:
    """The places of two amounts of a kind in "from A to B"."""
    for at in range(1, len(row.tokens) - 2):
        first, last = row.tokens[at], row.tokens[at + 2]
        if row.norm(at - 1) == "from" and row.norm(at + 1) == "to" and first.kind in kinds and last.kind == first.kind:
            return at, at + 2
    return None


def find_result(row: Row, start: int, kinds: frozenset[str] = AMOUNTS) -> int | None:
    """Where the level stands that a change leads to: behind "to", "i.e." or "="."""
    for at in range(start, len(row.tokens)):
        before = row.norm(at - 2) if row.norm(at - 1) in {".", ":", "the", "a"} else row.norm(at - 1)
        if row.tokens[at].kind in kinds and before in RESULT_SIGNS:
            return at
    return None
