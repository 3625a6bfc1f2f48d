"""Do the shares printed beside counts agree with the total printed with them?

"Of 94,098 offences 71,251 (76%) were race ...", "427,134 offences, of which noise accounted for 75% (321,041)".
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from wardmote.evidence.claims.contract import Corpus, Finding, Rule, quantity
from wardmote.evidence.claims.model import Claim, Quantity, Verdict
from wardmote.evidence.claims.rules.x_of_y import find_pairs
from wardmote.evidence.claims.spans import Span, find_share_pct, judge_span
from wardmote.evidence.claims.wording.numbers import Number
from wardmote.evidence.claims.wording.scan import Scanned, Sentence

NAME = "shares_against_counts"
#: How many sentences back a list of shares may take its total from.
BEFORE = 4
#: "71,251 (76%)", "75% (321,041 offences)".
_BETWEEN = re.compile(r"^\s?(?:[a-z-]+\s){0,3}\(\s?(?:or |i\.e\. )?$", re.IGNORECASE)
_CLOSE = re.compile(r"^[^()]{0,25}\)")
_NO_SHARE = re.compile(
    r"\b(?:increas\w+|decreas\w+|rise|rose|fall|fell|up|down|reduc\w+|more|fewer|higher|lower|change|target)\b"
    r"|%\s?of\b", re.IGNORECASE)  # fmt: skip
_OF_NUMBER = re.compile(r"(?:^|[,;:(]\s?)of (?:the |these |those |our |all |a total of |the total )?$", re.IGNORECASE)
_OF_THESE = re.compile(r"^\W*of (?:these|those|them)\b[^\d.;]{0,40}$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Pair:
    """A count and the share printed beside it."""

    part: Number
    share: Number


def find(corpus: Corpus) -> Iterator[Claim]:
    """Yield a claim for every share that stands beside a count, where one printed total fits the others."""
    for scanned, sentence in corpus.sentences():
        pairs = list_pairs(sentence)
        if pairs and not any(True for _ in find_pairs(sentence)):
            whole = _find_whole(scanned, sentence, pairs)
            if whole is not None:
                yield from (
                    _judge(sentence, pair, *whole)
                    for pair in pairs
                    if _fits(pair, whole[1]) or len(pairs) == 1 or not _is_of_another(scanned, sentence, pair)
                )


def list_pairs(sentence: Sentence) -> list[Pair]:
    """Counts with a share in brackets, or shares with a count in brackets, that tell of no change."""
    numbers = sentence.measured
    return [_make_pair(first, second) for first, second in pairwise(numbers) if _is_pair(sentence.text, first, second)]


def _is_pair(text: str, first: Number, second: Number) -> bool:
    if {first.kind, second.kind} != {"count", "percent"}:
        return False
    between, after = text[first.end : second.start], text[second.end :]
    if not _BETWEEN.match(between) or not _CLOSE.match(after):
        return False
    pair = _make_pair(first, second)
    told = (
        text[max(0, first.start - 25) : first.start].rsplit(";", maxsplit=1)[-1] + between + after[: after.index(")")]
    )
    printed = text[second.start : second.end] + after[: after.index(")")]
    return (
        not pair.part.is_spelled and 0 < pair.share.value <= 100
        and not _NO_SHARE.search(told) and not _NO_SHARE.search(printed)
    )  # fmt: skip


def _make_pair(first: Number, second: Number) -> Pair:
    return Pair(first, second) if first.kind == "count" else Pair(second, first)


def _is_of_another(scanned: Scanned, sentence: Sentence, pair: Pair) -> bool:
    """Whether some other figure close by is the whole of this share ("389 thefts (28%), 89 of them at night (23%)")."""
    near = (sentence, *_list_before(scanned, sentence), *scanned.near(sentence, before=2, after=2))
    return any(n.kind == "count" and n is not pair.part and _fits(pair, n) for other in near for n in other.measured)


def _list_before(scanned: Scanned, sentence: Sentence) -> Sequence[Sentence]:
    """The few sentences of prose before this one, of other paragraphs too, from which a list takes its total."""
    before = scanned.sentences[max(0, sentence.index - BEFORE) : sentence.index]
    return [other for other in before if other.table is None] if sentence.table is None else []


def _find_whole(scanned: Scanned, sentence: Sentence, pairs: Sequence[Pair]) -> tuple[Sentence, Number] | None:
    """The total: introduced as one ("of which", "of the"), or the only number that most of several pairs fit."""
    if len(pairs) == 1:
        return _find_introduced(scanned, sentence, pairs[0])
    own = {id(pair.part) for pair in pairs}
    fits: list[tuple[int, Sentence, Number]] = []
    for other in (sentence, *scanned.near(sentence, before=2, after=2), *_list_before(scanned, sentence)):
        for number in other.measured:
            if number.kind == "count" and id(number) not in own and not number.is_spelled:
                fits.append((sum(_fits(pair, number) for pair in pairs), other, number))
    best = max(fits, key=lambda fit: fit[0], default=None)
    return (best[1], best[2]) if best and best[0] >= 2 and best[0] * 3 >= len(pairs) * 2 else None


def _fits(pair: Pair, whole: Number) -> bool:
    share = find_share_pct(pair.part.span, whole.span)
    if share is None or pair.part.value > whole.value:
        return False
    return judge_span(pair.share.span, share, pair.share.step) == "ok"


def _find_introduced(scanned: Scanned, sentence: Sentence, pair: Pair) -> tuple[Sentence, Number] | None:
    """ "Of 50 victims 40 (80%)", "94,000 offences, of which 75% (70,500)", "144 came. Of these 117 (81%)"."""
    start = min(pair.part.start, pair.share.start)
    text = sentence.text
    before = [n for n in sentence.measured if n.end <= start and n.kind == "count" and _is_total_like(n)]
    if not before and _OF_THESE.search(text[:start]):
        return _find_in_sentence_before(scanned, sentence, pair)
    if not before or before[-1].value < pair.part.value or before[-1].bound:
        return None
    whole = before[-1]
    between = text[whole.end : start]
    of_which = re.search(r"\bof (?:which|whom)\b", between) is not None
    if (of_which or _OF_NUMBER.search(text[: whole.start])) and not re.search(r"[.;]\s|\d|\bthe rest\b", between):
        return sentence, whole
    return None


def _find_in_sentence_before(scanned: Scanned, sentence: Sentence, pair: Pair) -> tuple[Sentence, Number] | None:
    for other in _list_before(scanned, sentence)[-1:] or scanned.near(sentence, before=1, after=0):
        bare = _blank_brackets(other.text)
        counts = [n for n in other.measured if n.kind == "count" and _is_total_like(n) and bare[n.start] != " "]
        if len(counts) == 1 and counts[0].value >= pair.part.value and not counts[0].bound:
            return other, counts[0]
    return None


def _blank_brackets(text: str) -> str:
    """The text with what stands in brackets blanked: a gloss there is no total."""
    return re.sub(r"\([^()]*\)", lambda match: " " * len(match.group()), text)


def _is_total_like(number: Number) -> bool:
    return not number.is_spelled and number.value >= 1


def _judge(sentence: Sentence, pair: Pair, where: Sentence, whole: Number) -> Claim:
    share = find_share_pct(pair.part.span, whole.span) or Span.exactly(float("nan"))
    verdict = judge_span(pair.share.span, share, pair.share.step or 1.0)
    found = pair.part.value / whole.value * 100
    return Finding(sentence, pair.share, related=(where.place(whole),)).claim(
        NAME, "percentage_of_counts", verdict, _explain(pair, whole, verdict, found),
        claimed=[quantity(pair.share, "share")],
        inputs=[quantity(pair.part, "part"), quantity(whole, "whole")],
        recomputed=[Quantity(found, "%", "share")],
    )  # fmt: skip


def _explain(pair: Pair, whole: Number, verdict: Verdict, found: float) -> str:
    says = f"{pair.part.value:,.0f} of {whole.value:,.0f} is {found:.1f}%"
    printed = pair.share.text.strip()
    endings: Iterable[tuple[Verdict, str]] = (
        ("ok", ", as printed."),
        ("imprecise", f"; {printed} is cut off instead of rounded."),
        ("wrong", f", not {printed}, though it is printed as a share of that total. Ask which number is wrong."),
    )
    return says + dict(endings)[verdict]


RULE = Rule(
    name=NAME,
    family="percentage_of_counts",
    asks="Do the shares printed beside counts agree with the total printed with them?",
    holds="There were 940 offences, of which noise accounted for about 75% (705 offences).",
    fails="There were 940 offences, of which noise accounted for 85% (705 offences).",
    find=find,
    rank=30,
)
