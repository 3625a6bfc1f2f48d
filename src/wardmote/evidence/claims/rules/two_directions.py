"""Is one measure told to rise in one place and to fall in another?

"Recorded crime in Northmarsh increased in 2019/20" against "fell by 5% in 2019/20": the same words, place and months.
"""

from collections.abc import Iterator

from wardmote.evidence.claims.contract import Corpus, Finding, Rule, quantity
from wardmote.evidence.claims.model import Claim
from wardmote.evidence.claims.statements import Statement, group_statements, is_comparable, tell_place
from wardmote.evidence.claims.wording.words import Direction

NAME = "two_directions"


def find(corpus: Corpus) -> Iterator[Claim]:
    """Yield a claim for every statement whose direction is another than that of an equal statement."""
    for group in group_statements(corpus):
        told = [(one, way) for one in group if len(one.keywords) >= 2 and (way := _find_direction(one)) is not None]
        for at, (second, two) in enumerate(told):
            for first, one in told[:at]:
                if {one.way, two.way} == {"up", "down"} and is_comparable(first, second):
                    is_bare = bool(second.numbers) and not first.numbers
                    yield _accuse(first, one, second, two) if is_bare else _accuse(second, two, first, one)
                    break


def _find_direction(statement: Statement) -> Direction | None:
    """The one direction that a clause tells; none where it tells several, denies one or has a base of its own."""
    if statement.names_base:
        return None
    inside = [d for d in statement.sentence.directions if statement.start <= d.start < statement.end]
    return inside[0] if len(inside) == 1 and inside[0].told and len(statement.numbers) <= 1 else None


def _accuse(statement: Statement, told: Direction, other: Statement, known: Direction) -> Claim:
    """Accuse the statement without a figure, else the later: the one easier to mend."""
    place = other.sentence.place_of(known.start, known.end)
    why = (
        f"“{known.text}” is told of the same measure, place and period at {tell_place(statement, other, place)}; "
        f"“{told.text}” stands here. Find out which way it went and keep one."
    )
    return Finding(statement.sentence, start=told.start, end=told.end, related=(place,)).claim(
        NAME, "agreement", "inconsistent", why,
        claimed=[quantity(n, "change") for n in statement.numbers],
        inputs=[quantity(n, "change elsewhere") for n in other.numbers],
    )  # fmt: skip


RULE = Rule(
    name=NAME,
    family="agreement",
    asks="Is one measure told to rise in one place and to fall in another?",
    holds="Recorded crime in Northmarsh fell in 2019/20. Crime in Northmarsh fell by 5% in 2019/20.",
    fails="Crime in Northmarsh increased in 2019/20. In 2019/20 crime in Northmarsh fell by 5%.",
    find=find,
    rank=45,
)
