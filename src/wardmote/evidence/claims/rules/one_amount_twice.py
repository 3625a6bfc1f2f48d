"""Is one amount told alike wherever it is told?

"£1.3m" in one place and "£1,362,645" in another for the same grant: to the nearest £100,000 that is £1.4m. "Over 200"
and "approx. 225" at the same conference agree.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from wardmote.evidence.claims.contract import Corpus, Finding, Rule, quantity
from wardmote.evidence.claims.model import Claim, Verdict
from wardmote.evidence.claims.wording.abbreviations import ABBREVIATION, Meaning, find_meanings
from wardmote.evidence.claims.wording.numbers import Number
from wardmote.evidence.claims.wording.scan import Scanned, Sentence, find_keywords

NAME = "one_amount_twice"
_NAME = re.compile(r"\b[A-Z][a-z’']+(?:\s(?:[A-Z][a-z’']+|of|and|for|the|Against|against)){2,}")
#: Two statements must share a name of three words or more, or this share of all their words.
_ALIKE = 0.4
#: A sum is one sum under the name of a fund; a body hands out many.
_FUND = re.compile(r"\b(?:Fund|Programme|Grant|Scheme|Initiative)\b", re.IGNORECASE)
_BODY = re.compile(
    r"\b(?:Ministry|Department|Office|Councils?|Commissioner|Board|Partnership|Police|Services?|Authority|Government|"
    r"Agency|Team|Group|Centre|University|Trust|Court|Association|Society|Committee|Unit)\b",
    re.IGNORECASE,
)
#: A name of this many words ("Supporting Families Against Youth Crime") stands for one thing without such a word.
_LONG = 4
#: More tellings under one name than this are of many sums.
_GROUP_MOST = 20


@dataclass(frozen=True)
class Told:
    """An amount and the statement it stands in."""

    document: Scanned
    sentence: Sentence
    number: Number
    names: frozenset[str]


def find(corpus: Corpus) -> Iterator[Claim]:
    """Yield a claim at the coarser of two tellings of one amount, for every amount told twice."""
    told = [found for document in corpus.documents for found in _list_told(document)]
    by_name: dict[str, list[Told]] = defaultdict(list)
    for one in told:
        for name in one.names:
            by_name[name].append(one)
    seen: set[tuple[int, int]] = set()
    for group in (told for told in by_name.values() if len(told) <= _GROUP_MOST):
        for one in group:
            for two in group:
                key = (id(one), id(two))
                if one is not two and _is_coarser(one, two) and key not in seen and _are_one(one, two):
                    seen.add(key)
                    yield _judge(one, two)


def _list_told(document: Scanned) -> Iterator[Told]:
    meanings = find_meanings(document)
    for sentence in document.sentences:
        amounts = [n for n in sentence.measured if n.kind in ("money", "count") and n.value >= 100 and not n.is_spelled]
        if len(amounts) == 1:
            earlier = document.near(sentence, before=1, after=0) if amounts[0].kind == "money" else ()
            texts = [sentence.text, *(near.text for near in earlier)]
            names = _list_names(texts, meanings, is_money=amounts[0].kind == "money")
            if names:
                yield Told(document, sentence, amounts[0], names)


def _list_names(texts: list[str], meanings: tuple[Meaning, ...], *, is_money: bool) -> frozenset[str]:
    """The names in a statement's words and those its abbreviations stand for; for money only names of funds."""
    printed = [match.group() for text in texts for match in _NAME.finditer(text)]
    shorts = {word for text in texts for word in ABBREVIATION.findall(text)}
    printed += [meaning.meaning for meaning in meanings if meaning.short in shorts]
    if is_money:
        return frozenset(_simplify(name) for name in printed if _is_fund(name))
    return frozenset(name for name in map(_simplify, printed) if name.count(" ") >= 2)


def _is_fund(name: str) -> bool:
    """Whether a name is of one pot of money, and not of a body that hands out many."""
    words = _simplify(name).count(" ") + 1
    return _BODY.search(_drop_owner(name)) is None and (
        words >= _LONG or (words >= 2 and _FUND.search(name) is not None)
    )


def _drop_owner(name: str) -> str:
    return re.split(r"[’']s\s", name)[-1]


def _simplify(name: str) -> str:
    words = [
        word
        for word in re.findall(r"[a-z]+", _drop_owner(name).lower())
        if word not in ("the", "of", "and", "for", "fund", "s")
    ]
    return " ".join(words[:6])


def _is_coarser(one: Told, two: Told) -> bool:
    return bool(one.number.bound or one.number.step > two.number.step) and (
        not two.number.bound or two.number.bound == "about"
    )


def _are_one(one: Told, two: Told) -> bool:
    """Same kind, near in size, and the statements speak of the same thing at no other time."""
    first, second = one.number, two.number
    if first.kind != second.kind or not 0.8 <= first.value / second.value <= 1.25:
        return False
    if first.kind == "money":
        return True
    months_one = {p.first for p in one.sentence.periods if p.first}
    months_two = {p.first for p in two.sentence.periods if p.first}
    words_one, words_two = find_keywords(one.sentence.text), find_keywords(two.sentence.text)
    alike = len(words_one & words_two) / max(1, min(len(words_one), len(words_two)))
    return alike >= _ALIKE and not (months_one and months_two and not months_one & months_two)


def _judge(one: Told, two: Told) -> Claim:
    first, second = one.number, two.number
    verdict: Verdict = "ok" if first.span.meets(second.span) else "imprecise"
    where = two.sentence.place(second)
    place = where.title if one.document is two.document else f"{where.title} of {two.document.name}"
    why = f"{second.text.strip()} is told for the same at {place}; {first.text.strip()} "
    why += "agrees with it." if verdict == "ok" else "is cut off instead of rounded, or one of the two is wrong."
    return Finding(one.sentence, first, related=(where,)).claim(
        NAME, "agreement", verdict, why,
        claimed=[quantity(first, "amount")], inputs=[quantity(second, "amount elsewhere")],
        recomputed=[quantity(second, "amount elsewhere")],
    )  # fmt: skip


RULE = Rule(
    name=NAME,
    family="agreement",
    asks="Is one amount told alike wherever it is told?",
    holds="The Safer Towns Fund gave £1.4m. Of the Safer Towns Fund, £1,362,645 was ours.",
    fails="The Safer Towns Fund gave £1.3m. Of the Safer Towns Fund, £1,362,645 was ours.",
    find=find,
    rank=30,
)
