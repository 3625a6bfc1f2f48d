"""Do the shares of one whole make 100?

A column of shares under a head such as "Percentage", or a sentence that names "the remaining 7%". Rounding each share
lets the sum stray a little; a list of the largest few, or one where several answers were allowed, need not make 100.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from math import sqrt

from wardmote.evidence.claims.columns import Item, Run, find_runs, is_sum_of_neighbours
from wardmote.evidence.claims.contract import Corpus, Finding, Rule, quantity
from wardmote.evidence.claims.model import Claim, Quantity, Verdict
from wardmote.evidence.claims.wording.numbers import Number
from wardmote.evidence.claims.wording.scan import Scanned, Sentence, quote_text

NAME = "shares_of_whole"
#: Shares that make less or more than this were never meant to be all the parts of one whole.
LEAST, MOST = 75.0, 130.0
#: What says that a column's shares are all the parts of one whole.
_BREAKDOWN = re.compile(r"\b(?:breakdown|composition|make-?up|distribution|split|shares? of|% of (?:all|total)|"
                        r"(?:percentage|proportion) of (?:all|(?:the )?total)|by (?:type|category|source|outcome))\b",
                        re.IGNORECASE)  # fmt: skip
_SHARE = re.compile(r"%|\bper\s?cent|\bpercentage|\bshare|\bproportion", re.IGNORECASE)
_NO_SHARE = re.compile(r"\b(?:change|difference|increase|decrease|rate|target|compared|satisf\w+|confiden\w+|agree\w*|"
                       r"positive|detect\w+|solved|top|most|main|common)\b|[+]/", re.IGNORECASE)  # fmt: skip
_REST = re.compile(r"^(?:all )?(?:other|others|rest|remain\w+|unknown|not (?:known|stated|recorded)|none)\b", re.I)
#: Why shares may make more than 100.
_SEVERAL = re.compile(
    r"more than (?:one|100)|over 100|multiple|several (?:answers|reasons|options)|"
    r"(?:up to|asked for|choose|chose|name[ds]?|"
    r"tick(?:ed)?|select(?:ed)?|pick(?:ed)?) (?:\w+ ){0,2}?(?:two|three|four|five|\d|all|as many|several|multiple)|"
    r"all that appl|not (?:add|sum)|may (?:add|sum|be counted|fall)|overlap|could (?:name|choose|give|tick|select)|"
    r"counted (?:more than once|twice|in each)", re.IGNORECASE)  # fmt: skip
_REMAINING = re.compile(
    r"\b(?:(?:the|a) (?:remaining|rest|remainder|other)|remaining|(?:and|,|;) others?)\b[^\d.;%]{0,25}$", re.IGNORECASE
)
#: The steps of a scale of which each person gives one.
_SCALE = re.compile(
    r"\b(?:(?:not )?very|fairly|quite|strongly|tend to|not at all) (?!much|often)[a-z]+|\bneither\b|\bdon[’']t know\b",
    re.IGNORECASE,
)
_NOT_PARTS = re.compile(
    r"\b(?:than|compared|from|versus|against|increas\w+|decreas\w+|rose|fell|reduc\w+|target|respectively|previous\w*|"
    r"last year|national\w*|average)\b|\bof (?:which|whom)\b", re.IGNORECASE)  # fmt: skip


def find(corpus: Corpus) -> Iterator[Claim]:
    """Yield a claim for every column of shares and every sentence that names the rest."""
    seen: set[object] = set()
    for run in find_runs(corpus):
        if run.key not in seen and _is_shares(run):
            seen.add(run.key)
            yield from _judge_run(run)
    for scanned, sentence in corpus.sentences():
        yield from _judge_rest(scanned, sentence)
        yield from _judge_explained(scanned, sentence)
        yield from _judge_scale(sentence)


def allow_rounding(parts: int, step: float) -> float:
    """How far may the sum of so many rounded shares stray from 100?

    Never more than half a step each, and in practice never more than three standard errors of that many roundings.

    >>> [round(allow_rounding(parts, 1.0), 2) for parts in (3, 9)]
    [1.5, 2.6]
    """
    return step * min(parts * 0.5, 3 * sqrt(parts / 12))


def _is_shares(run: Run) -> bool:
    items = run.items
    if len(items) < 3 or any(item.number.kind == "money" or item.number.value < 0 for item in items):
        return False
    as_percent = all(item.number.kind == "percent" for item in items)
    if not as_percent and not (_SHARE.search(run.title) and all(item.number.value <= 100 for item in items)):
        return False
    return not _NO_SHARE.search(run.title) and not any(period is not None for period in run.periods)


def _judge_run(run: Run) -> Iterator[Claim]:
    parts = [item for item in run.items if not item.is_total]
    totals = [item for item in run.items if item.is_total and round(item.number.value) == 100]
    found = sum(item.number.value for item in parts)
    step = max(item.number.step or 1.0 for item in parts) if parts else 1.0
    strays = abs(found - 100) > allow_rounding(len(parts), step) + 1e-9
    if len(parts) < 3 or (strays and not (run.is_whole and _is_exhaustive(run, parts, bool(totals), found))):
        return
    text = " ".join([run.title, *(s.text for s in _list_notes(run))])
    verdict: Verdict = "ok" if not strays or (found > 100 and _SEVERAL.search(text)) else "inconsistent"
    yield _place_run(run, verdict, _explain(found, len(parts), verdict, strays), parts, found)


def _is_exhaustive(run: Run, parts: Sequence[Item], has_total: bool, found: float) -> bool:
    """Whether the column must be all the parts: it prints a total of 100, or is a breakdown that ends in "other"."""
    ends = any(_REST.search(item.label) for item in parts)
    breaks_down = _BREAKDOWN.search(run.title) is not None
    if not LEAST < found < MOST or any(_is_inner(parts, index) for index in range(len(parts))):
        return False  # far from 100 it is no list of all the parts; or some rows are parts of others
    if any(item.is_subtotal for item in parts) or any(_is_count_beside(run, other) for other in run.neighbours):
        return False  # the shares of counts are judged one by one
    return has_total or (breaks_down and (ends or found > 100))


def _is_inner(parts: Sequence[Item], index: int) -> bool:
    """Whether a row is the sum of others, or its name only narrows another's ("Violence with injury")."""
    name = parts[index].label.lower()
    narrowed = any(name != other.label.lower() and name.startswith(f"{other.label.lower()} ") for other in parts)
    return narrowed or is_sum_of_neighbours(parts, index)


def _is_count_beside(run: Run, other: Run) -> bool:
    return other.column != run.column and other.items[0].number.kind == "count"


def _list_notes(run: Run) -> Iterator[Sentence]:
    """The sentences that stand around the table: where an explanation would be."""
    inside = [s.index for s in run.scanned.sentences if s.table is run.table]
    for index in range(max(0, inside[0] - 3), min(len(run.scanned.sentences), inside[-1] + 4)) if inside else ():
        yield run.scanned.sentences[index]


def _place_run(run: Run, verdict: Verdict, why: str, parts: Sequence[Item], found: float) -> Claim:
    """The claim stands at the column's head: each share below is a claim of its own."""
    cell = run.head or run.items[0].cell
    return Claim(
        cell.place_of(0, len(cell.text)), quote_text(cell.text, 0, len(cell.text)), "sum", verdict, why, NAME,
        claimed=(Quantity(100.0, "%", "should_sum_to"),),
        inputs=tuple(Quantity(item.number.value, "%", item.label) for item in parts),
        recomputed=(Quantity(round(found, 6), "%", "sum"),),
        related=tuple(item.cell.place_of(0, len(item.cell.text)) for item in parts),
    )  # fmt: skip


def _explain(found: float, parts: int, verdict: Verdict, strays: bool) -> str:
    says = f"The {parts} shares make {found:g}%"
    if verdict == "inconsistent":
        return f"{says}, more or less than rounding allows. A share is wrong, left out or counted twice."
    if strays:
        return f"{says}, and the text says why they may be over 100%."
    return f"{says}, as they should." if abs(found - 100) < 1e-9 else f"{says}, which rounding explains."


def _judge_rest(scanned: Scanned, sentence: Sentence) -> Iterator[Claim]:
    """ "41% felt very safe, 53% fairly safe and the remaining 7% neither"."""
    shares = [number for number in sentence.numbers if number.kind == "percent" and not number.bound]
    if len(shares) < 3 or not _REMAINING.search(sentence.text[: shares[-1].start]):
        return
    if _NOT_PARTS.search(sentence.text) or any(n.kind == "points" for n in sentence.numbers):
        return
    before = [n for other in scanned.near(sentence, before=2, after=0) for n in other.numbers if n.kind == "percent"]
    if other := _find_tail([*before, *shares], least=3 if before else 2):
        yield _claim_rest(sentence, other[-1], other, "ok")
    elif _SEVERAL.search(" ".join([sentence.text, *(other.text for other in scanned.near(sentence, 2, 2))])):
        return
    elif LEAST < sum(number.value for number in shares) < MOST:
        yield _claim_rest(sentence, shares[-1], shares, "inconsistent")


def _judge_scale(sentence: Sentence) -> Iterator[Claim]:
    """ "Very safe 17%, fairly safe 36%, neither 18%, fairly unsafe 19%": one answer each, so no more than 100.

    Less may be those who did not know.
    """
    steps = [match.group().lower() for match in _SCALE.finditer(sentence.text)]
    shares = [number for number in sentence.numbers if number.kind == "percent" and not number.bound]
    one_each = len(set(steps)) == len(steps) >= 4 and len(steps) <= len(shares) <= len(steps) + 1
    if not one_each or _NOT_PARTS.search(sentence.text) or any(n.kind == "points" for n in sentence.numbers):
        return
    found = sum(number.value for number in shares)
    over = found - 100 - allow_rounding(len(shares), max(number.step for number in shares))
    if over > 1e-9 and found < MOST and not _SEVERAL.search(sentence.block.text):
        yield _claim_rest(sentence, shares[-1], shares, "inconsistent")


def _find_tail(shares: Sequence[Number], least: int) -> Sequence[Number]:
    """The shares at the end of the list that make 100; () where none do."""
    for first in range(len(shares) - least, -1, -1):
        tail = shares[first:]
        step = max(number.step for number in tail)
        if abs(sum(number.value for number in tail) - 100) <= allow_rounding(len(tail), step) + 1e-9:
            return tail
    return ()


def _claim_rest(sentence: Sentence, at: Number, shares: Sequence[Number], verdict: Verdict) -> Claim:
    found = sum(number.value for number in shares)
    return Finding(sentence, at).claim(
        NAME, "sum", verdict, _explain(found, len(shares), verdict, strays=False),
        claimed=[Quantity(100.0, "%", "should_sum_to")],
        inputs=[quantity(number, "share") for number in shares],
        recomputed=[Quantity(round(found, 6), "%", "sum")],
    )  # fmt: skip


def _judge_explained(scanned: Scanned, sentence: Sentence) -> Iterator[Claim]:
    """Shares over 100 that the next words explain: said so, so that nobody "corrects" them."""
    shares = [number for number in sentence.numbers if number.kind == "percent"]
    found = sum(number.value for number in shares)
    if len(shares) < 3 or not 102 < found < 250:
        return
    for note in scanned.near(sentence, before=0, after=2):
        if _SEVERAL.search(note.text) and re.search(r"sum|add|100|total", note.text):
            totals = [number for number in note.numbers if number.kind == "count" and not number.is_spelled]
            yield _claim_explained(sentence, note, totals, shares)
            return


def _claim_explained(sentence: Sentence, note: Sentence, totals: Sequence[Number], shares: Iterable[Number]) -> Claim:
    found = sum(number.value for number in shares)
    at = next((number for number in totals if number.value > 100), None)
    counts = [number for number in sentence.numbers if number.kind == "count" and not number.is_spelled]
    why = f"The shares make {found:g}%, and the text says why they may be over 100%."
    return Finding(note, at, end=len(note.text), related=(sentence.place_of(0, len(sentence.text)),)).claim(
        NAME, "sum", "ok", why,
        claimed=[Quantity(at.value, at.unit, "total")] if at else [Quantity(100.0, "%", "should_sum_to")],
        inputs=[quantity(number, "part") for number in counts] or [quantity(number, "share") for number in shares],
        recomputed=[Quantity(found, "%", "sum_of_shares"), Quantity(sum(n.value for n in counts), "", "sum")],
    )  # fmt: skip


RULE = Rule(
    name=NAME,
    family="sum",
    asks="Do the shares of one whole make 100?",
    holds="Asked about the day, 41% felt very safe, 53% fairly safe and the remaining 7% neither.",
    fails="Asked about the evening, 48% felt safe, 24% neither and the remaining 35% unsafe.",
    find=find,
)
