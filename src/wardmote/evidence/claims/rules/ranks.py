"""Is the rank right? "The third highest", "ranked 26th of 56", against a table of those ranked if one is printed."""

import re
from collections.abc import Iterator, Sequence

from wardmote.evidence.claims.columns import Item, Run, list_runs
from wardmote.evidence.claims.contract import Corpus, Finding, Rule
from wardmote.evidence.claims.model import Claim, Quantity, Verdict
from wardmote.evidence.claims.sections import list_sections
from wardmote.evidence.claims.wording.scan import Sentence, find_keywords

NAME = "ranks"
_ORDINALS = ("second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
_WORDS = {word: rank for rank, word in enumerate(_ORDINALS, start=2)}
_RANK = re.compile(
    rf"\b(?:(?P<word>{'|'.join(_WORDS)})[ -]|(?P<digits>\d{{1,3}})(?:st|nd|rd|th) )?(?P<end>highest|lowest|largest)\b"
    r"(?! (?:in|for|since|level)\b)", re.IGNORECASE)  # fmt: skip
_RANKED = re.compile(r"\branked (?P<digits>\d{1,3})(?:st|nd|rd|th)\b", re.IGNORECASE)
_OF_MANY = re.compile(
    r"\b(?:of|out of)\s(?:the\s)?(?P<a>\d{2,3})\s[a-z]|\((?P<b>\d{1,3})\s(?:\w+\s){0,2}[a-z]+s\b", re.IGNORECASE
)
#: A rank of something else than the table's values: of a change or a share, or among years.
_OTHER = re.compile(
    r"^(?:[^.;]{0,60}\b(?:increases?|decreases?|reductions?|rises?|falls?|changes?|proportion|percentage|share|since|"
    r"on record|years|ever|levels? of|during|among|between|when|by)\b"
    r"|[^.;]{0,60}\b(?:in|for|over|at)\s(?!(?:the )?(?:county|borough|town|district|city|area|force)\b))",
    re.IGNORECASE,
)
#: Before a rank: another time's; or the legend of a scale ("1 is the highest").
_BEFORE = re.compile(
    r"\b(?:from|was|previously|last year|at risk|at)\s(?:\w+\s)?$|\b\d+ (?:is|=|being|means) (?:the )?$", re.IGNORECASE
)


def find(corpus: Corpus) -> Iterator[Claim]:
    """Yield a claim for every rank that a table orders, and for every rank among so many."""
    for scanned in corpus.documents:
        for section in list_sections(scanned):
            runs = [run for table in section.tables for run in list_runs(scanned, table)]
            for sentence in section.sentences:
                match = _RANK.search(sentence.text) or _RANKED.search(sentence.text)
                if match and not _BEFORE.search(sentence.text[: match.start()]):
                    yield from _judge(sentence, match, runs)


def _judge(sentence: Sentence, match: re.Match[str], runs: Sequence[Run]) -> Iterator[Claim]:
    groups = match.groupdict()
    rank = int(groups["digits"]) if groups["digits"] else _WORDS.get((groups.get("word") or "").lower(), 1)
    if groups["digits"] and (many := _OF_MANY.search(sentence.text[match.end() :])):
        yield _judge_among(sentence, match, rank, int(many["a"] or many["b"]))
    elif sentence.table is None and groups.get("end") and not _OTHER.match(sentence.text[match.end() :]):
        named = [(run, item) for run in runs for item in _find_named(sentence, match, run)]
        if len(named) == 1:
            yield _judge_in_table(sentence, match, rank, *named[0])


def _judge_among(sentence: Sentence, match: re.Match[str], rank: int, many: int) -> Claim:
    verdict: Verdict = "not_checkable" if rank <= many else "inconsistent"
    why = f"The figures of the other {many - 1} are not printed."
    if verdict == "inconsistent":
        why = f"There is no rank {rank} among {many}. Ask which number is wrong."
    return Finding(sentence, None, match.start(), match.end()).claim(
        NAME,
        "rank",
        verdict,
        why,
        claimed=[Quantity(float(rank), "", "rank")],
        inputs=[Quantity(float(many), "", "of")],
    )


def _find_named(sentence: Sentence, match: re.Match[str], run: Run) -> Iterator[Item]:
    """The one row that the sentence names, if it also names what the column measures."""
    head = run.head.text if run.head else ""
    said, is_rate = sentence.text.lower(), "rate" in sentence.text.lower()
    measure = find_keywords(re.sub(r"\bper [\d,]+.*", "", head))
    if is_rate != ("rate" in head.lower()) or (not is_rate and not measure) or not measure <= find_keywords(said):
        return
    rows = [item for item in run.items if not item.is_total]
    named = [item for item in rows if re.search(rf"\b{re.escape(item.label.lower())}\b", said[: match.start()])]
    if len(named) == 1 and len(rows) >= 2 and run.is_whole:
        yield named[0]


def _judge_in_table(sentence: Sentence, match: re.Match[str], rank: int, run: Run, item: Item) -> Claim:
    values = [other.number.value for other in run.items if not other.is_total]
    sign = 1 if match["end"].lower() == "lowest" else -1
    better = sum(sign * value < sign * item.number.value for value in values)
    ties = values.count(item.number.value)
    verdict: Verdict = "ok" if better < rank <= better + ties else "contradicts"
    why = f"With {item.number.value:,.10g}, {item.label} is number {better + 1} of {len(values)} in the table"
    why += "." if verdict == "ok" else f", not number {rank}."
    related = tuple(other.cell.place_of(0, len(other.cell.text)) for other in run.items)
    return Finding(sentence, None, match.start(), match.end(), related).claim(
        NAME, "rank", verdict, why,
        claimed=[Quantity(float(rank), "", "rank")],
        inputs=[Quantity(other.number.value, other.number.unit, other.label) for other in run.items],
        recomputed=[Quantity(float(better + 1), "", "rank")],
    )  # fmt: skip


_TABLE = (
    "\n\n| Ward | Reports |\n|---|---|\n| Marsh Lane | 320 |\n| Harbour | 280 |\n| Castle | 240 |\n| Priory | 160 |"
)
RULE = Rule(
    name=NAME,
    family="rank",
    asks="Is the rank right?",
    holds="Castle ward had the third highest number of reports." + _TABLE,
    fails="Priory ward had the third highest number of reports." + _TABLE,
    find=find,
)
