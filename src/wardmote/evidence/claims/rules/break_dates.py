"""Is a break in a series given one date?

"In January 2015 a new system was adopted ... the figures for 2016 are not comparable with earlier years": a break that
came in January 2015 parts 2015 from 2014, not 2016 from 2015.
"""

import re
from collections.abc import Iterator

from wardmote.evidence.claims.contract import Corpus, Finding, Rule
from wardmote.evidence.claims.model import Claim, Quantity
from wardmote.evidence.claims.wording.periods import PeriodMention
from wardmote.evidence.claims.wording.scan import Scanned, Sentence

NAME = "break_dates"
_ADOPTED = re.compile(
    r"\b(?:new|changed?|revised|different)\s(?:\w+\s){0,3}?(?:system|method\w*|definition|recording|counting"
    r" rules?|classification)"
    r"\b[^.;]{0,120}?\b(?:adopted|introduced|implemented|began|started|came into|rolled out|went live|in place)\b",
    re.IGNORECASE,
)
_NOT_COMPARABLE = re.compile(r"\b(?:not|cannot be|can not be)\s(?:\w+\s){0,2}?(?:comparable|compared)\b", re.IGNORECASE)


def find(corpus: Corpus) -> Iterator[Claim]:
    """Yield a claim where a paragraph dates a change of recording and names the first year not comparable."""
    for document, sentence in corpus.sentences():
        if _ADOPTED.search(sentence.text):
            adopted = [period for period in sentence.periods if period.kind == "month"]
            if len(adopted) == 1:
                yield from _compare(document, sentence, adopted[0])


def _compare(document: Scanned, sentence: Sentence, adopted: PeriodMention) -> Iterator[Claim]:
    for near in document.near(sentence, before=0, after=2):
        refusal = _NOT_COMPARABLE.search(near.text)
        if refusal is None:
            continue
        years = [period for period in near.periods if period.kind == "calendar" and period.start < refusal.start()]
        if len(years) == 1 and adopted.first is not None and years[0].first is not None:
            yield _judge(sentence, near, adopted, years[0])


def _judge(sentence: Sentence, near: Sentence, adopted: PeriodMention, year: PeriodMention) -> Claim:
    first = (adopted.first or 0) // 12 if (adopted.first or 0) % 12 == 0 else (adopted.first or 0) // 12 + 1
    named = (year.first or 0) // 12
    holds = named in ((adopted.first or 0) // 12, first)
    why = (
        f"The change of {adopted.text} makes {named} the first year not comparable, as said."
        if holds
        else (
            f"The change came in {adopted.text}, so {first} is the first year not comparable; {named} is named. Keep"
            " one date."
        )
    )
    related = (near.place_of(year.start, year.end),)
    return Finding(sentence, start=adopted.start, end=adopted.end, related=related).claim(
        NAME, "period", "ok" if holds else "inconsistent", why,
        claimed=[Quantity(float(named), "year", "break named")],
        inputs=[Quantity(float((adopted.first or 0) // 12), "year", "change adopted")],
        recomputed=[Quantity(float(first), "year", "first year not comparable")],
    )  # fmt: skip


RULE = Rule(
    name=NAME,
    family="period",
    asks="Is a break in a series given one date?",
    holds=(
        "In January 2016 a new recording system was adopted. Figures for 2016 are not comparable with earlier years."
    ),
    fails=(
        "In January 2015 a new recording system was adopted. Figures for 2016 are not comparable with earlier years."
    ),
    find=find,
    rank=20,
)
