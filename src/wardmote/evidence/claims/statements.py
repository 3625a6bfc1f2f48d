"""What is told where: clauses with one period, known by the words that say what is measured and for whom.

Two statements speak of one quantity only if they use the same words for it, name the same places and the same months.
That is strict on purpose: "312 offences involving knives" is no second value of "412 offences". Statements are filed
under those words, so that a corpus of any size is compared in one pass.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from wardmote.evidence.claims.contract import Corpus
from wardmote.evidence.claims.text import Place
from wardmote.evidence.claims.wording.numbers import Number
from wardmote.evidence.claims.wording.periods import PeriodMention
from wardmote.evidence.claims.wording.scan import Scanned, Sentence, find_keywords
from wardmote.evidence.claims.wording.words import Direction
from wardmote.evidence.model.periods import MONTH_NAMES

#: A clause ends before what is compared with it, and before its own gloss (", a rise of 8%").
_CLAUSE = re.compile(
    r"(?:(?!,?\s\(?compared (?:to|with)\b|,\s(?:a|an|up|down|representing)\s(?:\w+\s)?(?:rise|fall|increase|decrease|"
    r"reduction|drop|by|from|on)\b)[^;:])+"
)
#: Words that tell how something is said and not what is measured.
_NEUTRAL_WORDS = """
    there were was has had have been are is remain remains remained too many few low high still again figure figures
    data show shows showed see saw seen record recorded report reported register registered police according said above
    below stand stood stands made took take place priority concern overall approximately about year years month months
    we our they it which that this these those also however while whilst although despite in fact slightly slight
    significantly significant sharply sharp marked small large compared with
"""
_NEUTRAL = frozenset().union(*(find_keywords(word) for word in _NEUTRAL_WORDS.split()))
#: Nouns that name no measure by themselves; "recorded crime" as a whole does.
_COMMON_NOUNS = """
    crime offence incident case report call visit event session referral person people victim offender resident family
    household complaint client survey respondent activity pupil student school visitor member staff officer service rate
"""
_COMMON = find_keywords(_COMMON_NOUNS)
_WHOLE = re.compile(r"\b(?:recorded|all|total|overall)\s(?:recorded\s)?crimes?\b", re.IGNORECASE)
#: A quantity that is not simply told: another edition's, hoped for, or estimated.
_NOT_PLAIN = re.compile(
    r"\b(?:revis\w+|originally|provisional\w*|first published|previously (?:published|reported)|estimat\w+|"
    r"targets?|aims?|predict\w+|project(?:ed|ion)\w*|forecast\w*|expect\w+|"
    r"plan(?:ned|s)? to|will|would|could|should|may|might|if|not|"
    r"exclud\w+|includ\w+|only|respectively|each|average|mean|median|per (?:month|week|day)|so far|to date|up to|"
    r"another|further|remaining|other)\b|\?",
    re.IGNORECASE,
)
_NAME = re.compile(r"(?<![.!?:•]\s)(?<!^)\b[A-Z][a-z’']+(?:[ -][A-Z][a-z’']+)*")
_PLACE_WORD = re.compile(
    r"\b(?:county|district|borough|city|town|nation(?:al|ally|wide)?|country|region|force area|locally|ward)\b", re.I
)
_MONTHS = frozenset(MONTH_NAMES)
_BASE = re.compile(r"\b(?:compared|against|than|since|from|versus)\b", re.IGNORECASE)
_YEAR_BEFORE = re.compile(r"\b(?:previous|prior|preceding|last) year\b|\byear before\b", re.IGNORECASE)
#: No more than this many statements under one set of words are compared: more is a refrain, not a quantity.
GROUP_MOST = 12


@dataclass(frozen=True)
class Statement:
    """A clause with its one period: the words of its measure, the places it names, and where it stands."""

    document: Scanned
    sentence: Sentence
    start: int
    end: int
    period: PeriodMention
    keywords: frozenset[str]
    names: frozenset[str]

    @property
    def numbers(self) -> tuple[Number, ...]:
        return tuple(n for n in self.sentence.measured if self.start <= n.start < self.end)

    @property
    def directions(self) -> tuple[Direction, ...]:
        return tuple(d for d in self.sentence.directions if self.start <= d.start < self.end and d.told)

    @property
    def names_base(self) -> bool:
        """Whether the sentence goes on to name what the clause is compared with, other than the year before."""
        rest = self.sentence.text[self.end :]
        return _BASE.search(rest) is not None and _YEAR_BEFORE.search(rest) is None

    @property
    def key(self) -> tuple[object, ...]:
        """What two statements of one quantity share."""
        return (self.keywords, self.names, self.period.first, self.period.last)


def group_statements(corpus: Corpus) -> Iterator[list[Statement]]:
    """Yield the groups of two or more statements that speak of one measure, place and period, in reading order."""
    groups: dict[tuple[object, ...], list[Statement]] = defaultdict(list)
    for statement in list_statements(corpus):
        groups[statement.key].append(statement)
    yield from (group for group in groups.values() if 2 <= len(group) <= GROUP_MOST)


def list_statements(corpus: Corpus) -> Iterator[Statement]:
    """Yield every plain clause with one period, in reading order."""
    for document, sentence in corpus.sentences():
        yield from _list_statements(document, sentence)


def is_comparable(one: Statement, two: Statement) -> bool:
    """Whether the words alone make two statements one: a place and more than a common noun, or else one paragraph."""
    return (bool(one.names) and _is_specific(one)) or one.sentence.block is two.sentence.block


def _is_specific(statement: Statement) -> bool:
    """Whether a measure is named by more than "incidents", which under each heading are other incidents."""
    named = frozenset().union(*(find_keywords(name) for name in statement.names))
    own = statement.keywords - named - _COMMON
    return bool(own) or _WHOLE.search(statement.sentence.text) is not None


def _list_statements(document: Scanned, sentence: Sentence) -> Iterator[Statement]:
    if not sentence.periods or _NOT_PLAIN.search(sentence.text):
        return
    for clause in _CLAUSE.finditer(sentence.text):
        periods = [p for p in sentence.periods if clause.start() <= p.start < clause.end()]
        if len(periods) == 1 and periods[0].first is not None and periods[0].last is not None:
            yield _read(document, sentence, clause, periods[0])


def _read(document: Scanned, sentence: Sentence, clause: re.Match[str], period: PeriodMention) -> Statement:
    text = sentence.text
    words = f"{text[clause.start() : period.start]} {text[period.end : clause.end()]}"
    directions = [d for d in sentence.directions if clause.start() <= d.start < clause.end()]
    ways = frozenset().union(*(find_keywords(direction.text) for direction in directions))
    context = find_keywords(f"{sentence.label} {sentence.head}") if sentence.table is not None else frozenset()
    keywords = (find_keywords(words) | context) - _NEUTRAL - ways
    return Statement(document, sentence, clause.start(), clause.end(), period, keywords, _list_names(words))


def _list_names(words: str) -> frozenset[str]:
    """The proper names and words for places of a clause; months are no names."""
    named = {match.group() for match in _NAME.finditer(f" {words.strip()}"[1:])} - _MONTHS
    return frozenset(named | {match.group().lower() for match in _PLACE_WORD.finditer(words)})


def tell_place(one: Statement, other: Statement, place: Place) -> str:
    """A place in words, with its document where that is another."""
    return place.title if one.document is other.document else f"{place.title} of {other.document.name}"
