"""What stands around an amount: its operator before or behind, its unit, and whose figure it is."""

from wardmote.evidence.targets.grammar.lexicon import name_words
from wardmote.evidence.targets.grammar.row import Row
from wardmote.evidence.targets.kinds import Operator

SOURCE_WORDS = name_words("benchmark average standard norm national mean median figure contract guideline guidance")


def read_operator(row: Row, at: int) -> tuple[Operator | None, set[int]]:
    """The operator that belongs to the amount at a place, and where it stands."""
    for place in (at - 1, at - 2, at + 1):
        if not 0 <= place < len(row.tokens) or (place == at - 2 and row.norm(at - 1) not in {"the", "a", "of"}):
            continue
        if row.tokens[place].kind == ("operator_after" if place > at else "operator"):
            return row.tokens[place].norm, {place}  # type: ignore[return-value]
    return None, set()


def read_unit(row: Row, at: int) -> str:
    """The unit of the amount at a place, from its own mark, else from the row's hint or title."""
    token = row.tokens[at]
    if token.kind in {"percent", "ratio"}:
        return "percent"
    if token.kind in {"rate", "duration", "money", "points"}:
        return token.norm
    return "percent" if row.is_share else row.unit_hint or "count"


def read_source(row: Row, at: int) -> tuple[str, set[int]]:
    """Whose figure it is: words behind the amount that name a benchmark, or "figure from ..." in brackets."""
    start = at + 1
    end = start
    while end < len(row.tokens) and row.tokens[end].kind in {"word", "mark"} and row.norm(end) not in {",", ";", "."}:
        end += 1
    places = range(start, end)
    if not any(row.norm(place) in SOURCE_WORDS for place in places):
        return "", set()
    after_from = next((place + 1 for place in places if row.norm(place) == "from"), start)
    return row.words(range(after_from, end)).strip(" ()"), set(places)
