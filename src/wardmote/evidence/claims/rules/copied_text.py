"""Is one quarter's report copied from another's?

The same statement with the same figures under Q1 and Q2 is no evidence of the second quarter; a statement under Q2 that
says "in Q1" gives itself away.
"""

import re
from collections.abc import Iterator

from wardmote.evidence.claims.contract import Corpus, Finding, Rule, quantity
from wardmote.evidence.claims.model import Claim
from wardmote.evidence.claims.wording.scan import Scanned, Sentence

NAME = "copied_text"
_QUARTER = re.compile(r"^(?:Q|Quarter\s)([1-4])\b\s?[:–-]?\s?", re.IGNORECASE)
_WORD = re.compile(r"[a-z0-9%]+")
#: Shorter statements ("no change to report") recur honestly.
_WORDS_LEAST = 8


def find(corpus: Corpus) -> Iterator[Claim]:
    """Yield a claim for every statement with a figure that stands word for word under two quarters of one cell."""
    for document in corpus.documents:
        yield from _find_in_document(document)


def _find_in_document(document: Scanned) -> Iterator[Claim]:
    block: object = None
    quarter = ""
    seen: dict[str, tuple[str, Sentence]] = {}
    for sentence in document.sentences:
        if sentence.block is not block:
            block, quarter, seen = sentence.block, "", {}
        label = _QUARTER.match(sentence.text)
        quarter = label[1] if label else quarter
        words = _WORD.findall(sentence.text[label.end() if label else 0 :].lower())
        if quarter and len(words) >= _WORDS_LEAST and sentence.measured:
            earlier = seen.setdefault(" ".join(words), (quarter, sentence))
            if earlier[0] != quarter:
                yield _accuse(sentence, earlier[1], quarter, earlier[0])


def _accuse(sentence: Sentence, earlier: Sentence, quarter: str, first: str) -> Claim:
    number = sentence.measured[0]
    why = (
        f"The same words and figures stand under quarter {first} and quarter {quarter}: nothing shows that they "
        f"hold for quarter {quarter}. Ask for its own figure."
    )
    return Finding(sentence, number, related=(earlier.place(earlier.measured[0]),)).claim(
        NAME, "repetition", "unsupported", why, claimed=[quantity(n, "repeated") for n in sentence.measured]
    )


RULE = Rule(
    name=NAME,
    family="repetition",
    asks="Is one quarter's report copied from another's?",
    holds="Q1 - 4 of the 18 young people seen were first time entrants. Q2 - 6 of the 21 young people seen were first time.",  # noqa: E501
    fails="Q1 - 4 of the 18 young people seen were first time entrants. Q2 - 4 of the 18 young people seen were first time entrants.",  # noqa: E501
    find=find,
    rank=50,
)
