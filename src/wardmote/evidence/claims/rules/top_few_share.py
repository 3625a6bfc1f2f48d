"""Do the top few account for the share that is said? "These five wards account for 48% of all reports"."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from wardmote.evidence.claims.columns import list_runs
from wardmote.evidence.claims.contract import Corpus, Finding, Rule, quantity
from wardmote.evidence.claims.model import Claim, Quantity
from wardmote.evidence.claims.rankings import TOP, list_rankings, read_count
from wardmote.evidence.claims.sections import Section, list_sections
from wardmote.evidence.claims.spans import Span, find_share_pct, judge_span
from wardmote.evidence.claims.text import Place
from wardmote.evidence.claims.wording.numbers import Number
from wardmote.evidence.claims.wording.scan import Scanned, Sentence, find_keywords

NAME = "top_few_share"
_ACCOUNT = re.compile(
    r"\b(?:account(?:s|ed|ing)? for|make up|made up|represent(?:s|ed)?)\s(?:\w+\s){0,3}$", re.IGNORECASE
)
_THESE = re.compile(
    r"\b(?:these|those|the) (?:(?:\d+|two|three|four|five|six|seven|eight|nine|ten) )?(?P<noun>[a-z]+)\b", re.IGNORECASE
)
_OF_ALL = re.compile(r"^\sof (?:all|the (?:total|overall|recorded|reported)|the) ", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Few:
    """The counts of the top few, and the total of all where it is printed."""

    counts: tuple[Number, ...]
    places: tuple[Place, ...]
    whole: Number | None


def find(corpus: Corpus) -> Iterator[Claim]:
    """Yield a claim for every share of the top few."""
    for scanned in corpus.documents:
        for section in list_sections(scanned):
            for sentence in section.sentences:
                for number in sentence.measured:
                    if number.kind == "percent" and _ACCOUNT.search(sentence.text[: number.start]):
                        yield from _judge_share(scanned, section, sentence, number)


def _judge_share(scanned: Scanned, section: Section, sentence: Sentence, share: Number) -> Iterator[Claim]:
    before = sentence.text[: share.start]
    if not _OF_ALL.match(sentence.text[share.end :]):
        return
    top = TOP.search(before)
    few = _find_in_tables(scanned, section, read_count(top["count"])) if top else None
    if few is None and (these := _THESE.search(before)):
        few = _find_in_list(scanned, section, sentence, these["noun"].lower())
    if few is None:
        return
    if few.whole is None:
        yield Finding(sentence, share, related=few.places).claim(
            NAME, "rank", "not_checkable",
            "The total that this is a share of, or the counts of the few, are not printed with it.",
            claimed=[quantity(share, "share")], inputs=[quantity(number, "part") for number in few.counts],
        )  # fmt: skip
    else:
        yield _judge(sentence, share, few, few.whole)


def _judge(sentence: Sentence, share: Number, few: Few, whole: Number) -> Claim:
    part = sum(number.value for number in few.counts)
    found = find_share_pct(Span.exactly(part), whole.span) or Span.exactly(float("nan"))
    verdict = judge_span(share.span, found, share.step or 1.0)
    says = f"The {len(few.counts)} named make {part:,.10g} of {whole.value:,.10g}, which is {found.middle:.1f}%"
    why = f"{says}, as printed." if verdict == "ok" else f"{says}, not {share.text.strip()}. Ask which number is wrong."
    return Finding(sentence, share, related=few.places).claim(
        NAME, "rank", verdict, why,
        claimed=[quantity(share, "share")],
        inputs=[*(quantity(number, "part") for number in few.counts), quantity(whole, "whole")],
        recomputed=[Quantity(found.middle, "%", "share")],
    )  # fmt: skip


def _find_in_tables(scanned: Scanned, section: Section, count: int) -> Few | None:
    """The largest so many of the section's one column that ends in a total."""
    fitting = []
    for table in section.tables:
        for run in list_runs(scanned, table):
            rows = [item for item in run.items if not item.is_total]
            totals = [item for item in run.items if item.is_total]
            counted = run.is_whole and all(item.number.kind == "count" for item in run.items)
            if len(totals) == 1 and len(rows) > count and counted:
                largest = sorted(rows, key=lambda item: -item.number.value)[:count]
                places = tuple(item.cell.place_of(0, len(item.cell.text)) for item in largest)
                fitting.append(Few(tuple(item.number for item in largest), places, totals[0].number))
    return fitting[0] if len(fitting) == 1 else None


def _find_in_list(scanned: Scanned, section: Section, sentence: Sentence, noun: str) -> Few | None:
    """The list just before the sentence, of the things that it calls "these wards"."""
    for ranking in list_rankings(scanned):
        behind = [s.index for s in scanned.sentences if s.block is ranking.last]
        if not behind or not 0 <= sentence.index - behind[-1] <= 2 or ranking.noun.rstrip("s") != noun.rstrip("s"):
            continue
        counts = tuple(entry.number for entry in ranking.entries if entry.number is not None)
        places = tuple(entry.place for entry in ranking.entries)
        whole = _find_whole(section, sentence, counts) if len(counts) == len(ranking.entries) else None
        return Few(counts, places, whole)
    return None


def _find_whole(section: Section, sentence: Sentence, counts: tuple[Number, ...]) -> Number | None:
    """The one count of the same things in the section's prose that is larger than all the few together."""
    words = find_keywords(counts[0].after)
    part = sum(number.value for number in counts)
    found = [
        number
        for other in section.sentences
        for number in other.measured
        if number.kind == "count" and number.value > part and words & find_keywords(number.after)
        and not number.bound and other is not sentence
    ]  # fmt: skip
    return found[0] if len(found) == 1 else None


RULE = Rule(
    name=NAME,
    family="rank",
    asks="Do the top few account for the share that is said?",
    holds=(
        "There were 1,000 reports in the town. The top two wards were:\n\n- Marsh Lane 320 reports\n"
        "- Harbour 280 reports\n\nThese wards account for 60% of the reports."
    ),
    fails=(
        "There were 1,000 reports in the town. The top two wards were:\n\n- Marsh Lane 320 reports\n"
        "- Harbour 280 reports\n\nThese wards account for 68% of the reports."
    ),
    find=find,
)
