"""Does a round sum of extra money agree with the parts of it that are printed elsewhere?

"An additional £700k of funding" in the summary, "an additional £399k ... a further £352k" in the table behind it.
"""

import re
from collections.abc import Iterator
from itertools import combinations

from wardmote.evidence.claims.contract import Corpus, Finding, Rule, quantity
from wardmote.evidence.claims.model import Claim, Quantity
from wardmote.evidence.claims.wording.numbers import Number
from wardmote.evidence.claims.wording.scan import Sentence, find_keywords

NAME = "money_in_parts"
#: A sum and its parts that differ by more than this share are not of the same money.
NEAR = 0.10
_EXTRA = re.compile(r"\b(?:additional|further|extra|another)\s(?:sum of )?$", re.IGNORECASE)


def find(corpus: Corpus) -> Iterator[Claim]:
    """Yield a claim for every round extra sum that two extra sums of one paragraph nearly make."""
    for scanned in corpus.documents:
        extras = [
            (sentence, number)
            for sentence in scanned.sentences
            for number in sentence.measured
            if number.kind == "money" and _EXTRA.search(sentence.text[: number.start])
        ]
        for sentence, total in extras:
            yield from _judge(sentence, total, [pair for pair in extras if pair[1] is not total])


def _judge(sentence: Sentence, total: Number, others: list[tuple[Sentence, Number]]) -> Iterator[Claim]:
    for (first, a), (second, b) in combinations(others, 2):
        found = a.value + b.value
        same = first.block is second.block and first.block is not sentence.block
        near = abs(found - total.value) <= NEAR * found and min(a.value, b.value) >= 0.1 * found
        words = find_keywords(sentence.text) & find_keywords(first.block.text)
        if same and near and total.step >= a.step and {"funding"} & words and len(words) >= 3:
            is_ok = abs(found - total.value) <= total.step / 2
            why = f"The parts printed elsewhere, {a.text.strip()} and {b.text.strip()}, make £{found:,.0f}"
            why += "." if is_ok else f", not {total.text.strip()}: round it up, or print the sum."
            yield Finding(sentence, total, related=(first.place(a), second.place(b))).claim(
                NAME, "sum", "ok" if is_ok else "imprecise", why,
                claimed=[quantity(total, "total")], inputs=[quantity(a, "part"), quantity(b, "part")],
                recomputed=[Quantity(found, "£", "sum")],
            )  # fmt: skip


RULE = Rule(
    name=NAME,
    family="sum",
    asks="Does a round sum of extra money agree with the parts of it that are printed elsewhere?",
    holds=(
        "The service has won an additional £800k of government funding for Northmarsh.\n\n"
        "An additional £399k has been secured in government funding for the service. A further £352k has followed."
    ),
    fails=(
        "The service has won an additional £700k of government funding for Northmarsh.\n\n"
        "An additional £399k has been secured in government funding for the service. A further £352k has followed."
    ),
    find=find,
)
