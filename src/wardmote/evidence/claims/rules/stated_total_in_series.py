"""Does a table of years give the total that the text states for the same year?

Values read off a chart are often printed as data: rounded, and some hundreds away from the count itself.
"""

from collections.abc import Iterator

from wardmote.evidence.claims.columns import Item, Run, list_runs
from wardmote.evidence.claims.contract import Corpus, Rule, quantity
from wardmote.evidence.claims.model import Claim, Quantity, Verdict
from wardmote.evidence.claims.sections import list_sections
from wardmote.evidence.claims.stated import NEAR, ROUGH, Stated, find_stated_total, list_implied_totals
from wardmote.evidence.claims.wording.scan import Scanned, quote_text

NAME = "stated_total_in_series"


def find(corpus: Corpus) -> Iterator[Claim]:
    """Yield a claim for every year of a table whose total the same section states, or lets be reckoned."""
    for scanned in corpus.documents:
        yield from _find_in(scanned)


def _find_in(scanned: Scanned) -> Iterator[Claim]:
    for section in list_sections(scanned):
        runs: dict[object, Run] = {}
        for table in section.tables:
            for run in list_runs(scanned, table):
                if _is_series(run) and (run.key not in runs or run.table.inside is None):
                    runs[run.key] = run  # the printing whose rows have lines of their own
        for run in runs.values():
            last = run.periods[-1]
            known = (last.first, last.last) if last and last.first is not None and last.last is not None else None
            total = find_stated_total(section, run, known)
            if total is not None and _is_near(run.items[-1], total):
                yield from _judge(run, run.items[-1], total)
                for period, implied in list_implied_totals(section, total):
                    yield from _judge_year(run, (period.first, period.last), implied)


def _is_series(run: Run) -> bool:
    return len(run.items) >= 3 and all(
        period is not None and period.length == 12 and item.number.kind == "count"
        for period, item in zip(run.periods, run.items, strict=True)
    )


def _is_near(item: Item, stated: Stated) -> bool:
    return abs(item.number.value - stated.value) <= NEAR * stated.value


def _judge_year(run: Run, months: tuple[int | None, int | None], implied: Stated) -> Iterator[Claim]:
    for item, period in zip(run.items, run.periods, strict=True):
        if period is not None and (period.first, period.last) == months and _is_near(item, implied):
            yield from _judge(run, item, implied)


def _judge(run: Run, item: Item, stated: Stated) -> Iterator[Claim]:
    gap = item.number.value - stated.value
    verdict: Verdict = "inconsistent"
    if abs(gap) <= run.grain / 2 if run.is_rounded else gap == 0:
        verdict = "ok"
    elif run.is_rounded and abs(gap) <= ROUGH * stated.value:
        verdict = "imprecise"
    yield Claim(
        item.cell.place_of(item.number.start, item.number.end),
        quote_text(f"{item.label}: {item.cell.text}", 0, len(item.label) + 2 + len(item.cell.text)),
        "agreement", verdict, _explain(item, stated, verdict), NAME,
        claimed=(quantity(item.number, "charted"),),
        inputs=(Quantity(stated.value, item.number.unit, "stated"),),
        recomputed=(Quantity(stated.value, item.number.unit, "stated"), Quantity(gap, item.number.unit, "difference")),
        related=(stated.place,),
    )  # fmt: skip


def _explain(item: Item, stated: Stated, verdict: Verdict) -> str:
    says = f"The table gives {item.number.value:,.0f} for {item.label}, the text {stated.says}"
    if verdict == "ok":
        return f"{says}: the same, as far as the table is rounded."
    if verdict == "imprecise":
        return f"{says}. The table is rounded, perhaps read off a chart: print the counts themselves."
    return f"{says}. Both are printed as exact, so one is wrong: ask which."


_TABLE = "| Year | Recorded crimes |\n|---|---|\n| 2013/14 | 17,012 |\n| 2014/15 | 18,754 |\n| 2015/16 | {} |"
RULE = Rule(
    name=NAME,
    family="agreement",
    asks="Does a table of years give the total that the text states for the same year?",
    holds="There were 20,285 recorded crimes in 2015/16.\n\n" + _TABLE.format("20,285"),
    fails="There were 20,285 recorded crimes in 2015/16.\n\n" + _TABLE.format("20,825"),
    find=find,
)
