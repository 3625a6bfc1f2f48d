"""Is one quantity told with two values?

"2,417 recorded crimes in Northmarsh in 2018/19" in the plan and 2,471 in the assessment: the same words, the same place
and the same months allow one value.
"""

from collections.abc import Iterator

from wardmote.evidence.claims.changes import find_direction
from wardmote.evidence.claims.contract import Corpus, Finding, Rule, quantity
from wardmote.evidence.claims.model import Claim, Verdict
from wardmote.evidence.claims.spans import Span, judge_span
from wardmote.evidence.claims.statements import Statement, group_statements, is_comparable, tell_place
from wardmote.evidence.claims.wording.numbers import Number, find_grain
from wardmote.evidence.claims.wording.scan import find_keywords

NAME = "one_quantity_two_values"
#: Below this a count may be of anything.
_LEAST = 10


def find(corpus: Corpus) -> Iterator[Claim]:
    """Yield a claim for every statement that gives a quantity told before; a value of the same rounding is ok."""
    for group in group_statements(corpus):
        told = [(statement, number) for statement in group if (number := _find_number(statement)) is not None]
        kinds: dict[tuple[object, ...], list[tuple[Statement, Number]]] = {}
        for statement, number in told:
            kinds.setdefault(_name_measure(statement, number), []).append((statement, number))
        for same in kinds.values():
            yield from _compare(same)


def _find_number(statement: Statement) -> Number | None:
    """The one number of a clause, if it is exact and large enough to be the same thing by no accident."""
    numbers = statement.numbers
    if len(numbers) != 1 or numbers[0].bound or numbers[0].is_spelled:
        return None
    number = numbers[0]
    if number.kind == "count":
        return number if number.value >= _LEAST and number.after and len(statement.keywords) >= 2 else None
    if number.kind == "percent" and statement.names_base:
        return None
    return number if number.kind in ("percent", "rate") and len(statement.keywords) >= 2 else None


def _name_measure(statement: Statement, number: Number) -> tuple[object, ...]:
    """Kind, noun, and for a change its way: a rise and a level of 8% are two things."""
    direction = find_direction(statement.sentence, number)
    noun = find_keywords(number.after) if number.kind == "count" else frozenset()
    return (number.kind, number.per, noun, direction.way if direction else "", number.has_sign)


def _compare(told: list[tuple[Statement, Number]]) -> Iterator[Claim]:
    """Hold every value against the first. Three values or more are a list of things that share their words."""
    if len({number.value for _, number in told}) > 2:
        return
    (first, one), *rest = told
    for second, two in rest:
        if is_comparable(first, second):
            is_coarser = one.step > two.step
            yield _judge(first, one, second, two) if is_coarser else _judge(second, two, first, one)


def _judge(statement: Statement, number: Number, other: Statement, known: Number) -> Claim:
    verdict = _choose_verdict(number, known)
    place = other.sentence.place(known)
    why = f"{known.text.strip()} is told for the same at {tell_place(statement, other, place)}; {number.text.strip()} "
    why += {
        "ok": "agrees with it.",
        "imprecise": "is cut off instead of rounded.",
        "inconsistent": "is another value. One of them is wrong, or was revised: keep one and say which.",
    }[verdict]
    return Finding(statement.sentence, number, related=(place,)).claim(
        NAME, "agreement", verdict, why,
        claimed=[quantity(number, "value")], inputs=[quantity(known, "value elsewhere")],
        recomputed=[quantity(known, "value elsewhere")],
    )  # fmt: skip


def _choose_verdict(number: Number, known: Number) -> Verdict:
    if _widen(number).meets(_widen(known)):
        return "ok"
    verdict = judge_span(number.span, known.span, number.step)
    return "imprecise" if verdict == "imprecise" else "inconsistent"


def _widen(number: Number) -> Span:
    """A count that ends in two noughts or more was rounded there."""
    grain = find_grain(number.value) if number.kind == "count" else 0.0
    half = max(number.step, grain if grain >= 100 else 0.0) / 2
    return Span(number.value - half, number.value + half)


RULE = Rule(
    name=NAME,
    family="agreement",
    asks="Is one quantity of one place and period told with two values, in one document or several?",
    holds="In 2018/19 there were 2,417 crimes in Northmarsh. There were 2,417 crimes in Northmarsh in 2018/19.",
    fails="In 2018/19 there were 2,417 crimes in Northmarsh. There were 2,471 crimes in Northmarsh in 2018/19.",
    find=find,
    rank=40,
)
