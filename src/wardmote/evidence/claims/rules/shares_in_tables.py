"""Does a table's column of percentages agree with the counts beside it?

Either a share of another column in the same row ("Referred 40, Accepted 30, Accepted % 75%") or of the total in the
last row. Which of them a column means is told by its head and by the rows that fit.
"""

import re
from collections.abc import Iterator, Mapping

from wardmote.evidence.claims.columns import Item, Run, find_runs
from wardmote.evidence.claims.contract import Corpus, Rule, quantity
from wardmote.evidence.claims.model import Claim, Quantity
from wardmote.evidence.claims.spans import find_share_pct, judge_span
from wardmote.evidence.claims.wording.scan import find_keywords, quote_text

NAME = "shares_in_tables"
_SHARE = re.compile(r"%|\bper\s?cent|\bpercentage|\bshare|\bproportion", re.IGNORECASE)
_NO_SHARE = re.compile(r"\b(?:change|difference|increase|decrease|target|compared|variance|\+/-)\b", re.IGNORECASE)


def find(corpus: Corpus) -> Iterator[Claim]:
    """Yield a claim for every percentage of a column whose base the table prints."""
    for run in find_runs(corpus):
        if all(item.number.kind == "percent" for item in run.items) and _is_share(run):
            bases = list(_list_bases(run))
            best = max(bases, key=lambda base: _count_fits(run, *base), default=None)
            if best is not None and _count_fits(run, *best) * 2 >= len(_list_judged(run, *best)) > 0:
                yield from (_judge(item, part, best[1][item.row]) for item, part in _list_judged(run, *best))


def _is_share(run: Run) -> bool:
    head = run.head.text if run.head else ""
    return _SHARE.search(head) is not None and _NO_SHARE.search(head) is None


def _list_bases(run: Run) -> Iterator[tuple[Mapping[int, Item], Mapping[int, Item]]]:
    """The ways to read the column: (part by row, whole by row)."""
    counts = [other for other in run.neighbours if all(i.number.kind == "count" for i in other.items)]
    head = find_keywords(run.head.text) if run.head else frozenset()
    for part in counts:
        parts = {item.row: item for item in part.items}
        total = next((item for item in part.items if item.is_total), None)
        if total is not None and len(counts) == 1:
            yield parts, {item.row: total for item in part.items}
        if part.head is not None and head and head <= find_keywords(part.head.text):
            for whole in counts:
                if whole is not part:
                    yield parts, {item.row: item for item in whole.items}


def _list_judged(run: Run, parts: Mapping[int, Item], wholes: Mapping[int, Item]) -> list[tuple[Item, Item]]:
    rows = [(item, parts[item.row]) for item in run.items if item.row in parts and item.row in wholes]
    return [(item, part) for item, part in rows if wholes[item.row].number.value >= part.number.value > 0]


def _count_fits(run: Run, parts: Mapping[int, Item], wholes: Mapping[int, Item]) -> int:
    return sum(
        _judge(item, part, wholes[item.row]).verdict == "ok"
        for item, part in _list_judged(run, parts, wholes)
        if part is not wholes[item.row]
    )


def _judge(item: Item, part: Item, whole: Item) -> Claim:
    number = item.number
    share = find_share_pct(part.number.span, whole.number.span)
    verdict = judge_span(number.span, share, number.step or 1.0) if share else "not_checkable"
    found = part.number.value / whole.number.value * 100
    says = f"{part.number.value:,.0f} of {whole.number.value:,.0f} is {found:.1f}%"
    why = {
        "ok": f"{says}, as printed.",
        "imprecise": f"{says}; {number.text.strip()} is cut off instead of rounded.",
        "wrong": f"{says}, not {number.text.strip()}; other rows of the column agree with their counts.",
        "not_checkable": "The whole may be nought.",
    }[verdict]
    return Claim(
        item.cell.place_of(number.start, number.end), quote_text(item.cell.text, number.start, number.end),
        "percentage_of_counts", verdict, why, NAME,
        claimed=(quantity(number, "share"),),
        inputs=(quantity(part.number, "part"), quantity(whole.number, "whole")),
        recomputed=(Quantity(found, "%", "share"),),
        related=tuple(other.cell.place_of(0, len(other.cell.text)) for other in (part, whole)),
    )  # fmt: skip


RULE = Rule(
    name=NAME,
    family="percentage_of_counts",
    asks="Does a table's column of percentages agree with the counts beside it?",
    holds=(
        "| Area | Referred | Accepted | Accepted % |\n|---|---|---|---|\n"
        "| Northmarsh | 40 | 30 | 75% |\n| Eastborough | 60 | 42 | 70% |"
    ),
    fails=(
        "| Area | Referred | Accepted | Accepted % |\n|---|---|---|---|\n"
        "| Northmarsh | 40 | 30 | 75% |\n| Eastborough | 60 | 42 | 78% |"
    ),
    find=find,
    rank=30,
)
