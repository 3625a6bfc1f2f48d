"""Do two printed values go the way the words say?

"the falling number of thefts (612 in 2014-15, against 590 in 2015-16)": no change is printed, but one is told.
"""

import re
from collections.abc import Iterator

from wardmote.evidence.claims.changes import Changes, Pair, find_chain, read_changes
from wardmote.evidence.claims.clauses import is_plain_stretch, is_reckoned_otherwise
from wardmote.evidence.claims.contract import Corpus, Finding, Rule, quantity
from wardmote.evidence.claims.model import Claim, Quantity
from wardmote.evidence.claims.wording.scan import Sentence
from wardmote.evidence.claims.wording.words import Direction
from wardmote.evidence.statistics.change import compare_counts

NAME = "pair_direction"
#: How far before its two values a word of direction may stand, in characters.
_REACH = 110
_PER_HEAD = re.compile(r"\bper (?:resident|head|person|household|1,?000|100,?000)\b", re.IGNORECASE)
#: "Similar" may be said of values within this share of each other, or that chance alone parts this often.
_NEAR, _CHANCE = 0.10, 0.05
#: "more than doubled" is a ratio's word, "a reduction per year" a pace: neither tells of these two values.
_NO_CHANGE = re.compile(
    r"(?:more|less|fewer) than\b|\w{1,30} (?:per|a|each|every) (?:year|annum|month|quarter)\b", re.IGNORECASE
)


_LEADS = re.compile(r"\s?[:,(–-]?\s?(?:with |at |there were |from )?\(?", re.IGNORECASE)
#: A place in a table rises as its number falls; what stands behind an "and" has values of its own.
_POSITION = re.compile(r"\b(?:positions?|places|league|table|ranking)\b", re.IGNORECASE)
_JOINED = re.compile(r"\b(?:and|but)\b", re.IGNORECASE)
_SHARE = re.compile(r"\b(?:shares?|proportions?|rates?|percentages?)\b", re.IGNORECASE)
#: A new clause has a subject of its own: its word is not this pair's.
_CLAUSE = re.compile(r";|,?\s(?:while|whilst|whereas|but|although|though)\s|,\sand\s", re.IGNORECASE)


def find(corpus: Corpus) -> Iterator[Claim]:
    """Yield a claim for every ordered pair of values to which a word of direction belongs."""
    for _, sentence in corpus.sentences():
        if len(sentence.measured) >= 2 and sentence.directions:
            changes = read_changes(sentence)
            for pair in changes.pairs:
                word = _find_word(changes, pair)
                if word is not None and pair.is_ordered and _is_word_of(sentence, pair, word):
                    claim = _judge(sentence, pair, word)
                    if not claim.accuses or _is_plain(sentence, pair, word):
                        yield claim


def _is_word_of(sentence: Sentence, pair: Pair, word: Direction) -> bool:
    """Whether the word leads straight to two values that no word of movement joins ("decreased: 100 in … and …")."""
    start = min(pair.prior.start, pair.current.start)
    return not pair.is_listed or (word.end <= start and _LEADS.fullmatch(sentence.text, word.end, start) is not None)


def _is_plain(sentence: Sentence, pair: Pair, word: Direction) -> bool:
    """Whether the two values are what the word is of: no share or average, no chain that goes the word's way after."""
    text, end = sentence.text, max(pair.prior.end, pair.current.end)
    if is_reckoned_otherwise(text) or (pair.is_listed and _SHARE.search(text)) or _POSITION.search(text):
        return False
    if (pair.prior.kind != "rate" and _PER_HEAD.search(text)) or _JOINED.search(text, end, max(end, word.start)):
        return False
    if not _leads_plainly(sentence, word, min(pair.prior.start, pair.current.start)):
        return False
    lasts = find_chain(sentence, pair)
    return not lasts or (lasts[-1].value > pair.prior.value) == (pair.current.value > pair.prior.value) != (
        word.way == "same"
    )


def _leads_plainly(sentence: Sentence, word: Direction, start: int) -> bool:
    """Whether a word with a number of its own ("30% lower, …") is not parted from the values by another movement."""
    comma = sentence.text.rfind(",", word.end, start) if word.end < start else -1
    has_own = any(word.start - 6 <= number.end and number.start < comma for number in sentence.measured)
    return comma < 0 or not has_own or is_plain_stretch(sentence, comma, start)


def _find_word(changes: Changes, pair: Pair) -> Direction | None:
    """The first word of direction in the clause of the two values, if all words there are told and agree."""
    start = min(pair.prior.start, pair.current.start)
    end = max(pair.prior.end, pair.current.end)
    others = [end_.start for other in changes.pairs if other is not pair for end_ in (other.prior, other.current)]
    words = [
        word
        for word in changes.sentence.directions
        if start - _REACH <= word.start <= end + 12 and not any(start > at > word.end for at in others)
    ]
    words = [word for word in words if not _NO_CHANGE.match(changes.sentence.text, word.start)]
    if _PER_HEAD.search(changes.sentence.text, end):
        words = [word for word in words if word.way != "same"]  # similar in rate, whatever the counts did
    clause = max((cut.end() for cut in _CLAUSE.finditer(changes.sentence.text, 0, start)), default=0)
    words = [word for word in words if word.start >= clause]
    is_one = len({word.way for word in words}) == 1 and all(word.told for word in words)
    return words[0] if is_one else None


def _judge(sentence: Sentence, pair: Pair, word: Direction) -> Claim:
    change = pair.current.value - pair.prior.value
    went = "up" if change > 0 else "down" if change < 0 else "same"
    says = f"From {pair.prior.value:,.0f} to {pair.current.value:,.0f} is {change:+,.0f}"
    holds = went == word.way or (word.way == "same" and _is_near(pair))
    why = (
        f"{says}, as “{word.text}” says."
        if holds
        else f"{says}; “{word.text}” says otherwise. Mend the word or the figures."
    )
    later = max(pair.prior, pair.current, key=lambda number: number.start)
    return Finding(sentence, later, related=(sentence.place_of(word.start, word.end),)).claim(
        NAME, "direction", "ok" if holds else "contradicts", why,
        claimed=[quantity(pair.current, "current"), Quantity(change, pair.current.after, "change")],
        inputs=[quantity(pair.prior, "prior"), quantity(pair.current, "current")],
        recomputed=[Quantity(change, pair.current.after, "change")],
    )  # fmt: skip


def _is_near(pair: Pair) -> bool:
    """Whether "similar" may be said: within a tenth, or no further apart than chance puts two counts."""
    prior, current = pair.prior.value, pair.current.value
    if prior and abs(current - prior) <= _NEAR * prior:
        return True
    is_counted = pair.prior.kind == pair.current.kind == "count" and prior.is_integer() and current.is_integer()
    return is_counted and compare_counts(prior, current).p_value >= _CHANCE


RULE = Rule(
    name=NAME,
    family="direction",
    asks="Do two printed values go the way the words say?",
    holds="The falling number of thefts (612 in 2014/15 compared with 590 in 2015/16) is welcome.",
    fails="The falling number of thefts (590 in 2014/15 compared with 612 in 2015/16) is welcome.",
    find=find,
    rank=40,
)
