"""Can the quarters printed one by one stand beside the year's total? "Q3 - 101, Q4 - 33 ... total for the year 120"."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from wardmote.evidence.claims.contract import Corpus, Finding, Rule, quantity
from wardmote.evidence.claims.model import Claim, Quantity, Verdict
from wardmote.evidence.claims.wording.numbers import Number
from wardmote.evidence.claims.wording.scan import Sentence

NAME = "quarters_and_total"
_QUARTER = re.compile(r"(?:^|[\s(,;])(?:Q|Quarter )([1-4])\s?[:–—-]\s?$", re.IGNORECASE)
_TOTAL = re.compile(
    r"\b(?:year[ -]?end total|total(?: \w+){0,4}? for the year|year(?:’s|'s)? total|annual total|total for the year)\b"
    r"[^\d.;%]{0,25}$", re.IGNORECASE)  # fmt: skip
_PEOPLE_ONCE = re.compile(r"\b(?:unique|different|distinct|individual (?:people|clients))\b", re.IGNORECASE)
_RUNNING = re.compile(r"\b(?:cumulative|rolling|to date|average|rate|%)|%", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Quarter:
    """One quarter's count."""

    which: int
    sentence: Sentence
    number: Number


def find(corpus: Corpus) -> Iterator[Claim]:
    """Yield a claim for every year's total in a block that also prints quarters."""
    for scanned in corpus.documents:
        blocks: dict[int, list[Sentence]] = {}
        for sentence in scanned.sentences:
            blocks.setdefault(id(sentence.block), []).append(sentence)
        for sentences in blocks.values():
            yield from _judge_block(sentences)


def _judge_block(sentences: Sequence[Sentence]) -> Iterator[Claim]:
    quarters: dict[int, Quarter] = {}
    totals: list[tuple[Sentence, Number]] = []
    for sentence in sentences:
        for number in sentence.measured:
            if number.kind != "count" or number.bound:
                continue
            match = _QUARTER.search(sentence.text[: number.start])
            if match:
                if int(match[1]) in quarters:
                    return  # two measures in one block
                quarters[int(match[1])] = Quarter(int(match[1]), sentence, number)
            elif _TOTAL.search(sentence.text[: number.start]):
                totals.append((sentence, number))
    text = " ".join(sentence.text for sentence in sentences)
    if len(quarters) >= 2 and len(totals) == 1 and not _PEOPLE_ONCE.search(text) and not _RUNNING.search(text):
        yield from _judge(*totals[0], [quarters[which] for which in sorted(quarters)])


def _judge(sentence: Sentence, total: Number, quarters: Sequence[Quarter]) -> Iterator[Claim]:
    values = [quarter.number.value for quarter in quarters]
    found = sum(values)
    names = " and ".join(f"Q{quarter.which}" for quarter in quarters)
    verdict: Verdict = "ok"
    if found == total.value or values == sorted(values):
        if found != total.value:
            return  # they may be running totals
        why = f"{names} make {found:,.10g}, as printed."
    elif found > total.value:
        verdict = "inconsistent"
        why = f"{names} alone make {found:,.10g}, more than the year's {total.value:,.10g}. Ask which is wrong."
    elif len(quarters) == 4:
        verdict = "inconsistent"
        why = f"The four quarters make {found:,.10g}, the year's total is {total.value:,.10g}. Ask which is wrong."
    else:
        return
    yield Finding(sentence, total, related=tuple(q.sentence.place(q.number) for q in quarters)).claim(
        NAME, "sum", verdict, why,
        claimed=[quantity(total, "year_total")],
        inputs=[Quantity(q.number.value, q.number.unit, f"Q{q.which}") for q in quarters],
        recomputed=[Quantity(found, total.unit, "sum")],
    )  # fmt: skip


RULE = Rule(
    name=NAME,
    family="sum",
    asks="Can the quarters printed one by one stand beside the year's total?",
    holds="Staff trained: Q1 - 20, Q2 - 30, Q3 - 101, Q4 - 33. The total number trained for the year was 184.",
    fails="Staff trained: Q3 - 101, Q4 - 33. The total number trained for the year was 120.",
    find=find,
    rank=40,
)
