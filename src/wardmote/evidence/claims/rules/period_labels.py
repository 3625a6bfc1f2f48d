"""Does the label of a year mean the year it is said to be?

"In 2017/18 (Oct-Sep)": 2017/18 reads as April to March, and other figures of the same label will be.
"""

import re
from collections.abc import Iterator

from wardmote.evidence.claims.contract import Corpus, Finding, Rule
from wardmote.evidence.claims.model import Claim, Quantity
from wardmote.evidence.claims.wording.periods import PeriodMention
from wardmote.evidence.claims.wording.scan import Sentence
from wardmote.evidence.model.periods import MONTH_NAMES, find_month_number

NAME = "period_labels"
_BARE_RUN = re.compile(
    r"\(\s*(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?\s?(?:['’‘]?\d\d)?\s?(?:-|–|to)\s?"
    r"(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?\s?(?:['’‘]?\d\d)?\s*\)",
    re.IGNORECASE,
)
#: How far the months may stand behind the label they explain.
_REACH = 130


def find(corpus: Corpus) -> Iterator[Claim]:
    """Yield a claim for every financial-year label whose months are spelled out in the same sentence."""
    for _, sentence in corpus.sentences():
        for label in sentence.periods:
            if label.kind == "financial" and not re.search(
                r"academic|school", sentence.text[: label.start][-30:], re.I
            ):
                months = _find_months(sentence, label)
                if months is not None:
                    yield _judge(sentence, label, *months)


def _find_months(sentence: Sentence, label: PeriodMention) -> tuple[int, int] | None:
    """First and last month (0-11) of the twelve months that explain the label."""
    bare = _BARE_RUN.search(sentence.text, label.end, label.end + _REACH)
    if bare is not None:
        return find_month_number(bare[1]) - 1, find_month_number(bare[2]) - 1
    for other in sentence.periods:
        is_near = label.end <= other.start <= label.end + _REACH
        if (
            is_near
            and other.kind == "run"
            and other.length == 12
            and _share_half(label, other)
            and other.first
            and other.last
        ):
            return other.first % 12, other.last % 12
    return None


def _share_half(label: PeriodMention, run: PeriodMention) -> bool:
    """Whether the run can be what the label means: at least six months of it lie in the labelled year."""
    shared = min(label.last or 0, run.last or 0) - max(label.first or 0, run.first or 0) + 1
    return shared >= 6


def _judge(sentence: Sentence, label: PeriodMention, first: int, last: int) -> Claim:
    is_year = (last - first) % 12 == 11
    holds = first == 3 or not is_year
    meant = f"{MONTH_NAMES[first]} to {MONTH_NAMES[last]}"
    why = (
        f"“{label.text}” is {meant}, as a financial year is."
        if holds
        else (
            f"“{label.text}” is used here for {meant}. It reads as April to March: name the months in the label"
            " instead."
        )
    )
    return Finding(sentence, start=label.start, end=label.end).claim(
        NAME, "period", "ok" if holds else "imprecise", why,
        claimed=[Quantity(float((label.first or 0) // 12), "", "label")],
        recomputed=[Quantity(float(first + 1), "month", "first"), Quantity(float(last + 1), "month", "last")],
    )  # fmt: skip


RULE = Rule(
    name=NAME,
    family="period",
    asks="Does the label of a year mean the year it is said to be?",
    holds="In 2020/21 (Apr-Mar) the wardens wrote 512 tickets.",
    fails="In 2020/21 (Oct-Sep) the wardens wrote 512 tickets.",
    find=find,
    rank=10,
)
