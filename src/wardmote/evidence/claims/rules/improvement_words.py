"""Did what is said to have improved go the good way?

"Satisfaction improved from 77.8% to 75%": more satisfaction is better, so it did not. Only measures whose good way
nobody disputes are judged; more reports of hate crime may be more trust.
"""

import re
from collections.abc import Iterator

from wardmote.evidence.claims.changes import Pair, read_changes
from wardmote.evidence.claims.clauses import is_reckoned_otherwise
from wardmote.evidence.claims.contract import Corpus, Finding, Rule, quantity
from wardmote.evidence.claims.model import Claim, Quantity
from wardmote.evidence.claims.wording.scan import Sentence

NAME = "improvement_words"
_WORD = re.compile(
    r"\b(?P<better>improved|has improved|have improved|got better)\b|\b(?P<worse>worsened|deteriorated|got worse)\b",
    re.IGNORECASE,
)
#: What everybody wants more of, and what everybody wants less of.
_MORE_IS_BETTER = re.compile(
    r"\b(?:satisfaction|satisfied|confidence|confident|feel(?:ing)? safe|completions?|completing|completed|employment|"
    r"in work|suitable accommodation|attendance|solved rate|detection rate|positive outcomes?)\b",
    re.IGNORECASE,
)
_LESS_IS_BETTER = re.compile(
    r"\b(?:re-?offending|repeat victimisation|casualties|deaths?|killed|injured|waiting times?|response times?|"
    r"fly-?tip\w*)\b",
    re.IGNORECASE,
)
#: Another subject begins: what got worse is not what fell before it.
_OTHER_CLAUSE = re.compile(r"[;:]\s|\b(?:but|while|whilst|whereas|although|though)\b|,\sand\b", re.IGNORECASE)

_AGAINST = re.compile(
    r"\b(?:against|relative|compared|than|on the|once|despite|as a|share|proportion|trend|rate of)\b", re.IGNORECASE
)


def find(corpus: Corpus) -> Iterator[Claim]:
    """Yield a claim for every improvement told of one pair of values of one such measure."""
    for _, sentence in corpus.sentences():
        word = _WORD.search(sentence.text) if len(sentence.measured) >= 2 else None
        more, less = _MORE_IS_BETTER.search(sentence.text), _LESS_IS_BETTER.search(sentence.text)
        if word is None or bool(more) == bool(less):
            continue
        pairs = [pair for pair in read_changes(sentence).pairs if pair.is_ordered]
        is_moved = len(pairs) == 1 and pairs[0].prior.value != pairs[0].current.value
        if is_moved and _are_of_one_clause(sentence.text, word, more or less, pairs[0]):
            claim = _judge(sentence, word, pairs[0], more_is_better=bool(more))
            if not claim.accuses or not _is_measured_otherwise(sentence.text, word, pairs[0]):
                yield claim


def _are_of_one_clause(text: str, word: re.Match[str], measure: re.Match[str] | None, pair: Pair) -> bool:
    ends = [*word.span(), pair.prior.start, pair.current.start, *(measure.span() if measure else ())]
    return _OTHER_CLAUSE.search(text, min(ends), max(ends)) is None


def _is_measured_otherwise(text: str, word: re.Match[str], pair: Pair) -> bool:
    """Whether it improved against something else, or in another reckoning, than its two values tell."""
    start = min(pair.prior.start, pair.current.start)
    stretch = text[word.end() :] if word.end() <= start else text
    return is_reckoned_otherwise(stretch) or _AGAINST.search(text[word.end() : max(start, word.end())]) is not None


def _judge(sentence: Sentence, word: re.Match[str], pair: Pair, *, more_is_better: bool) -> Claim:
    change = pair.current.value - pair.prior.value
    is_better = (change > 0) == more_is_better
    holds = is_better == bool(word["better"])
    says = f"From {pair.prior.text.strip()} to {pair.current.text.strip()} is {'better' if is_better else 'worse'}"
    why = (
        f"{says}, as “{word.group()}” says." if holds else f"{says}; “{word.group()}” says otherwise. Mend one of them."
    )
    return Finding(sentence, start=word.start(), end=word.end()).claim(
        NAME, "direction", "ok" if holds else "contradicts", why,
        claimed=[quantity(pair.current, "current")],
        inputs=[quantity(pair.prior, "prior"), quantity(pair.current, "current")],
        recomputed=[Quantity(change, "points" if pair.current.kind == "percent" else pair.current.after, "change")],
    )  # fmt: skip


RULE = Rule(
    name=NAME,
    family="direction",
    asks="Did what is said to have improved go the good way?",
    holds="Satisfaction improved from 75% in Q3 to 77.8% in Q4.",
    fails="Satisfaction improved from 77.8% in Q3 to 75% in Q4.",
    find=find,
    rank=45,
)
