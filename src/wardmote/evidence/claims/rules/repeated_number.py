"""Do two things close by have the same two figures?

"16 classes (468 pupils)" and, a line below, "16 schools (468 pupils)": one of the two may have been copied. One figure
that comes back is mostly the same thing spoken of again, so two must come back together.
"""

from collections.abc import Iterator
from itertools import pairwise

from wardmote.evidence.claims.contract import Corpus, Finding, Rule, quantity
from wardmote.evidence.claims.model import Claim
from wardmote.evidence.claims.wording.numbers import Number, find_grain
from wardmote.evidence.claims.wording.scan import Scanned, Sentence, find_keywords

NAME = "repeated_number"
#: How many statements apart the two may stand.
_APART = 4
_LEAST = 100
#: Statements that share more of their words than this speak of one thing.
_ALIKE = 0.5

Pair = tuple[Number, Number]


def find(corpus: Corpus) -> Iterator[Claim]:
    """Yield a question for every pair of figures that stands twice close by, with one noun changed."""
    for document in corpus.documents:
        yield from _find_in_document(document)


def _find_in_document(document: Scanned) -> Iterator[Claim]:
    seen: dict[tuple[float, float], tuple[Sentence, Pair]] = {}
    for sentence in document.sentences:
        for pair in _list_pairs(sentence):
            key = (pair[0].value, pair[1].value)
            earlier = seen.get(key)
            if earlier and 0 < sentence.index - earlier[0].index <= _APART and _are_two(earlier, (sentence, pair)):
                yield _ask(sentence, pair, *earlier)
            seen[key] = (sentence, pair)


def _list_pairs(sentence: Sentence) -> Iterator[Pair]:
    """Two counts one after the other with nouns of their own, one of them large and not round."""
    counts = [number for number in sentence.measured if number.kind == "count" and not number.is_spelled]
    for pair in pairwise(counts):
        large = max(number.value for number in pair)
        are_exact = not any(number.bound or number.step for number in pair)
        if are_exact and large >= _LEAST and find_grain(large) < 10 and pair[0].after and pair[1].after:
            yield pair


def _are_two(one: tuple[Sentence, Pair], two: tuple[Sentence, Pair]) -> bool:
    """Whether one noun is the same and the other is another, in statements about different things."""
    nouns = [(find_keywords(a.after), find_keywords(b.after)) for a, b in zip(one[1], two[1], strict=True)]
    shared = [bool(first & second) for first, second in nouns]
    first, second = find_keywords(one[0].text), find_keywords(two[0].text)
    alike = len(first & second) / max(1, min(len(first), len(second)))
    return sorted(shared) == [False, True] and all(first and second for first, second in nouns) and alike <= _ALIKE


def _ask(sentence: Sentence, pair: Pair, earlier: Sentence, known: Pair) -> Claim:
    large = max(pair, key=lambda number: number.value)
    here = " and ".join(f"{number.value:,.10g} {number.after}" for number in pair)
    there = " and ".join(f"{number.value:,.10g} {number.after}" for number in known)
    why = f"“{here}” stands here, “{there}” just before. Are both right, or was one copied from the other?"
    related = (earlier.place(max(known, key=lambda number: number.value)),)
    return Finding(sentence, large, related=related).claim(
        NAME, "repetition", "unsupported", why,
        claimed=[quantity(number, "repeated") for number in pair],
        inputs=[quantity(number, "just before") for number in known],
    )  # fmt: skip


RULE = Rule(
    name=NAME,
    family="repetition",
    asks="Do two things close by have the same two figures?",
    holds="Road safety lessons reached 16 classes (468 pupils). Scooter training went to 9 schools (231 pupils).",
    fails="Road safety lessons reached 16 classes (468 pupils). Scooter training went to 16 schools (468 pupils).",
    find=find,
    rank=50,
)
