"""Do the rows of a table make the total in its last row, or twelve months the year's total stated beside them?"""

import re
from collections.abc import Iterator, Sequence

from wardmote.evidence.claims.columns import Item, Run, is_sum_of_neighbours, list_runs
from wardmote.evidence.claims.contract import Corpus, Rule, quantity
from wardmote.evidence.claims.model import Claim, Quantity, Verdict
from wardmote.evidence.claims.rules.shares_of_whole import allow_rounding
from wardmote.evidence.claims.sections import Section, list_sections
from wardmote.evidence.claims.spans import Span
from wardmote.evidence.claims.stated import NEAR, ROUGH, Stated, find_stated_total
from wardmote.evidence.claims.wording.scan import find_keywords, quote_text

NAME = "total_of_column"
#: Columns that are never added up, and rows that are parts of other rows.
NOT_ADDED = re.compile(
    r"%|\b(?:rates?|average|mean|median|per|percentage|share|proportion|score|rank|age|index|ratio|target|change|"
    r"difference|cumulative|rolling|year to date|ytd|price|unit cost)\b", re.IGNORECASE)  # fmt: skip
_INNER_ROW = re.compile(
    r"^\W*(?:of which|including|incl|inc|less|minus|net)\b|\b(?:income|credits?|deduct\w*)\b|"
    r"\b(?:(?:brought|carried) forward|average|mean|median|target|rate)\b|%",
    re.IGNORECASE,
)


def find(corpus: Corpus) -> Iterator[Claim]:
    """Yield a claim for every total row, and for every twelve months whose year's total is stated."""
    for scanned in corpus.documents:
        seen: set[object] = set()
        for section in list_sections(scanned):
            for table in section.tables:
                for run in list_runs(scanned, table):
                    if run.key not in seen:
                        seen.add(run.key)
                        yield from _judge_run(section, run)


def _judge_run(section: Section, run: Run) -> Iterator[Claim]:
    if NOT_ADDED.search(run.head.text if run.head else "") or any(
        i.number.kind not in ("count", "money") for i in run.items
    ):
        return
    if is_year_of_months(run):
        total = find_stated_total(section, run, _name_months(run))
        if total is not None:
            yield from _judge_months(run, total)
    elif run.items[-1].is_total and len(run.items) >= 3:
        yield from _judge_total_row(run)


def is_year_of_months(run: Run) -> bool:
    """Whether the rows are twelve months, each following the one before."""
    months = [period.first for period in run.periods if period is not None and period.length == 1]
    return (
        len(months) == 12 == len(run.items)
        and months[0] is not None
        and months == list(range(months[0], months[0] + 12))
    )


def _name_months(run: Run) -> tuple[int, int] | None:
    first, last = run.periods[0], run.periods[-1]
    if first is None or last is None or first.first is None or last.last is None:
        return None
    return first.first, last.last


def _judge_months(run: Run, total: Stated) -> Iterator[Claim]:
    found = sum(item.number.value for item in run.items)
    gap = found - total.value
    if abs(gap) > NEAR * total.value:
        return
    rounded = run.is_rounded
    verdict: Verdict = "inconsistent"
    if abs(gap) <= (allow_rounding(12, run.grain) if rounded else 0):
        verdict = "ok"
    elif rounded and abs(gap) <= ROUGH * total.value:
        verdict = "imprecise"
    cell = run.head or run.items[0].cell
    yield Claim(
        cell.place_of(0, len(cell.text)), quote_text(cell.text, 0, len(cell.text)), "sum", verdict,
        _explain_months(found, total, verdict), NAME,
        claimed=(Quantity(total.value, "", "year_total"),),
        inputs=tuple(quantity(item.number, item.label) for item in run.items),
        recomputed=(Quantity(found, "", "sum"), Quantity(gap, "", "difference")),
        related=(total.place,),
    )  # fmt: skip


def _explain_months(found: float, total: Stated, verdict: Verdict) -> str:
    says = f"The twelve months make {found:,.0f}, the total stated for the year is {total.says}"
    if verdict == "ok":
        return f"{says}: they agree."
    if verdict == "imprecise":
        return f"{says}. The months are rounded, perhaps read off a chart: print the counts themselves."
    return f"{says}. Both are printed as exact, so one is wrong: ask which."


def _judge_total_row(run: Run) -> Iterator[Claim]:
    parts, total = run.items[:-1], run.items[-1]
    if any(_INNER_ROW.search(item.label) for item in parts):
        return
    sums = list(list_sums(parts))
    span = total.number.span
    fitting = next((found for found in sums if found.meets(span)), None)
    if fitting is not None:
        yield make_total_claim(total, parts, fitting.middle, "ok")
    elif run.is_whole and len(sums) == 1 and not _is_of_more(run, total, sums[0].middle):
        found = sums[0].middle
        near = abs(found - total.number.value) <= ROUGH * abs(total.number.value)
        yield make_total_claim(total, parts, found, "imprecise" if run.is_rounded and near else "inconsistent")


def list_sums(parts: Sequence[Item]) -> Iterator[Span]:
    """The ways to add up a column: all its rows, those that are no subtotal, those that are not the sum of others."""
    yield _add(parts)
    plain = [item for item in parts if not item.is_subtotal]
    if len(plain) < len(parts):
        yield _add(plain)
    inner = [item for index, item in enumerate(parts) if not is_sum_of_neighbours(parts, index)]
    if len(inner) < len(parts):
        yield _add(inner)


def _add(items: Sequence[Item]) -> Span:
    total = Span.exactly(0.0)
    for item in items:
        total += item.number.span
    return total


def _is_of_more(run: Run, total: Item, found: float) -> bool:
    """ "Total recorded crime" may hold more than the few kinds listed; people may be counted in several rows."""
    own = find_keywords(total.label) - find_keywords(run.head.text if run.head else "") - {"grand", "table"}
    people = re.search(
        r"\b(?:people|individuals?|clients?|victims?|famil\w+|households?|unique|active|open)\b",
        run.title,
        re.IGNORECASE,
    )
    return (bool(own) and found < total.number.value) or (people is not None and found > total.number.value)


def make_total_claim(total: Item, parts: Sequence[Item], found: float, verdict: Verdict) -> Claim:
    """The claim that stands at a printed total."""
    number = total.number
    says = f"The {len(parts)} parts make {found:,.6g}" if found < 1e5 else f"The {len(parts)} parts make {found:,.0f}"
    printed = number.text.strip()
    why = {
        "ok": f"{says}, as printed.",
        "imprecise": f"{says}, the total printed is {printed}. The figures are rounded: say so, or print the counts.",
        "inconsistent": f"{says}, the total printed is {printed}. A part or the total is wrong: ask which.",
    }[verdict]
    return Claim(
        total.cell.place_of(number.start, number.end), f"{total.label}: {printed}", "sum", verdict, why, NAME,
        claimed=(quantity(number, "total"),), inputs=tuple(quantity(i.number, i.label) for i in parts),
        recomputed=(Quantity(found, number.unit, "sum"), Quantity(found - number.value, number.unit, "difference")),
        related=tuple(item.cell.place_of(0, len(item.cell.text)) for item in parts),
    )  # fmt: skip


_TABLE = "| Ward | Reports |\n|---|---|\n| Marsh Lane | 120 |\n| Castle | 85 |\n| Harbour | 95 |\n| Total | {} |"
RULE = Rule(
    name=NAME,
    family="sum",
    asks="Do the rows of a table make its total, or twelve months the year's total stated beside them?",
    holds=_TABLE.format(300),
    fails=_TABLE.format(320),
    find=find,
)
