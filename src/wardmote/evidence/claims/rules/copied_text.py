"""Is one quarter's report copied from another's?

A statement of what was done that stands word for word under Q1 and Q2 is no evidence of the second quarter; words under
Q2 that say "in Q1" give themselves away. Targets, baselines and standing facts recur honestly and are left alone.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import groupby

from wardmote.evidence.claims.contract import Corpus, Finding, Rule, quantity
from wardmote.evidence.claims.model import Claim
from wardmote.evidence.claims.wording.numbers import Number
from wardmote.evidence.claims.wording.scan import Sentence
from wardmote.evidence.claims.wording.sentences import QUARTER_LABEL

NAME = "copied_text"
_NAMED_QUARTER = re.compile(r"\b(?:Q|quarter )([1-4])\b", re.IGNORECASE)
_WORD = re.compile(r"[A-Za-z0-9%.,]*[A-Za-z0-9%]")
#: Shorter runs ("no change to report") recur honestly.
_WORDS_LEAST = 8
#: A statement of more words than this is compared by its first ones only, so that long cells cost no more.
_WORDS_MOST = 120
_STANDING = re.compile(
    r"\b(?:target|baseline|benchmark|average|out-?turn|last year|previous|since|population|national\w*|each|every|"
    r"regular\w*|ongoing|on-going|will|to be|continues?|annual\w*|is|are|has|have)\b",
    re.IGNORECASE,
)
_EVENT = re.compile(
    r"\b(?:delivered|completed|took place|attended|received|held|visited|issued|dealt|were|was|engaged|trained|"
    r"recorded|reported|referred|seen|supported|reached|removed|carried out)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Part:
    """A statement under a quarter's label, with the words after the label and where each stands."""

    quarter: str
    sentence: Sentence
    words: tuple[tuple[str, int, int], ...]


def find(corpus: Corpus) -> Iterator[Claim]:
    """Yield a claim for every two quarters of one cell that share a run of words with a figure in it."""
    for document in corpus.documents:
        for _, sentences in groupby(document.sentences, key=lambda sentence: id(sentence.block)):
            yield from _find_in_block(list(_list_parts(sentences)))


def _list_parts(sentences: Iterator[Sentence]) -> Iterator[Part]:
    quarter = ""
    for sentence in sentences:
        label = QUARTER_LABEL.match(sentence.text)
        quarter = label[1] if label else quarter
        if quarter and sentence.measured:
            start = label.end() if label else 0
            words = [(m.group().lower(), m.start(), m.end()) for m in _WORD.finditer(sentence.text, start)]
            yield Part(quarter, sentence, tuple(words[:_WORDS_MOST]))


def _find_in_block(parts: list[Part]) -> Iterator[Claim]:
    """One claim for each pair of quarters: the first run that both share."""
    accused: set[tuple[str, str]] = set()
    filed: dict[tuple[str, float], list[Part]] = {}
    for part in parts:
        figures = {(part.quarter, number.value) for number in part.sentence.measured}
        for quarter in sorted({p.quarter for p in parts} - {part.quarter}):
            earlier = [one for _, value in figures for one in filed.get((quarter, value), [])[-2:]]
            run = next((found for one in earlier if (found := _find_run(one, part)) is not None), None)
            if run is not None and (quarter, part.quarter) not in accused:
                accused.add((quarter, part.quarter))
                yield _accuse(part, *run)
        for key in figures:
            filed.setdefault(key, []).append(part)


def _find_run(earlier: Part, later: Part) -> tuple[Part, list[Number], bool] | None:
    """The earlier part with the figures of the longest shared run, and whether the run names the earlier quarter."""
    one, two = [w for w, _, _ in earlier.words], [w for w, _, _ in later.words]
    match = SequenceMatcher(None, one, two, autojunk=False).find_longest_match()
    if match.size < _WORDS_LEAST:
        return None
    start, end = later.words[match.b][1], later.words[match.b + match.size - 1][2]
    text = later.sentence.text[start:end]
    numbers = [number for number in later.sentence.measured if start <= number.start < end]
    names_earlier = any(found == earlier.quarter for found in _NAMED_QUARTER.findall(text))
    is_whole = match.size == len(one) == len(two)
    is_event = is_whole and _EVENT.search(text) is not None and _STANDING.search(text) is None
    return (earlier, numbers, names_earlier) if numbers and (names_earlier or is_event) else None


def _accuse(part: Part, earlier: Part, numbers: list[Number], names_earlier: bool) -> Claim:
    why = f"The same words and figures stand under quarter {earlier.quarter} and quarter {part.quarter}"
    if names_earlier:
        why += f", and they speak of quarter {earlier.quarter}. Ask for quarter {part.quarter}'s own figures."
    else:
        why += f": nothing shows that they hold for quarter {part.quarter}. Ask for its own figures."
    related = (earlier.sentence.place(earlier.sentence.measured[0]),)
    return Finding(part.sentence, numbers[0], related=related).claim(
        NAME, "repetition", "inconsistent" if names_earlier else "unsupported", why,
        claimed=[quantity(number, "repeated") for number in numbers],
    )  # fmt: skip


RULE = Rule(
    name=NAME,
    family="repetition",
    asks="Is one quarter's report copied from another's?",
    holds="Q1 - 4 of the 18 young people seen were first timers. Q2 - 6 of the 21 young people seen were first timers.",
    fails="Q1 - 4 of the 18 young people seen were first timers. Q2 - 4 of the 18 young people seen were first timers.",
    find=find,
    rank=50,
)
