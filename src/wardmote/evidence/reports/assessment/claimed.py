"""Words of direction in a sentence: what they claim, and whether what the data says bears them out."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from wardmote.evidence.reports.assessment import amounts, loose, multiples, ranks
from wardmote.evidence.statistics.change import Direction

Claim = Literal[
    "rose", "fell", "similar", "doubled", "trebled", "halved", "highest", "lowest", "multiplied", "top", "bottom",
    "peak", "trough", "share",
]  # fmt: skip

_RISE = "(?:increase|rise|growth|upturn|surge|spike|jump)"
_FALL = "(?:decrease|fall|reduction|drop|decline|downturn|dip)"
_ARTICLE = r"(?:an?|the|this|that|its|their|further|another)"
#: What a comparison is with: an earlier time, or a figure.
_EARLIER = (
    r"(?:#|(?:in |for |during )?\d{4}|(?:it was )?(?:last year|the (?:previous|preceding|prior) (?:year|period|quarter)"
    r"|the year before|a year (?:ago|before|earlier)|before|previously))"
)
_BE = r"(?:is|are|was|were|has been|have been|had been|remain(?:s|ed)?|stay(?:s|ed)?|held|stood)"
_HOW = r"(?:broadly |largely |about |almost |virtually |relatively |very |fairly |statistically )?"

#: What each word claims, as alternatives. Only words that state a direction: "reduce crime" as an aim states none, and
#: "similar to Dover" or "level with the kerb" speak of no two periods.
_WORDS: dict[Claim, tuple[str, ...]] = {
    "highest": loose.HIGHEST,
    "lowest": loose.LOWEST,
    "peak": ranks.PEAK,
    "trough": ranks.TROUGH,
    "top": ranks.TOP,
    "bottom": ranks.BOTTOM,
    "doubled": ("doubled", "twice as many as", *loose.DOUBLED),
    "trebled": ("trebled|tripled", *loose.TREBLED),
    "halved": ("halved", "half as many as", *loose.HALVED),
    "similar": (
        rf"{_BE} {_HOW}(?:similar(?! to (?:those|other|that|the one)| in )|unchanged|stable|steady|flat|constant"
        rf"|the same as(?= {_EARLIER}))",
        rf"(?:similar to|level with|the same as|in line with|comparable (?:to|with)|on a par with) {_EARLIER}",
        r"(?:no|little|hardly any) (?:\w+ ){0,2}(?:change|difference)(?! (?:of|to) (?:plan|address))",
        "(?:did not|didn't|has not|have not|hasn't|haven't) changed?",
    ),
    "rose": (
        r"(?:did|does|do|has|have|had)(?: not|n't)(?: \w+)? "
        r"(?:rise|risen|increased?|grow|grown|climb(?:ed)?|worsen(?:ed)?)",
        rf"no (?:\w+ ){{0,2}}{_RISE}s? in",
        rf"{_ARTICLE} (?:\w+ ){{0,3}}?{_RISE}",
        rf"{_RISE}s? (?:in|of)(?! (?:age|confidence|funding|staff\w*|patrols?|reporting|trust|awareness))",
        r"rose(?! (?:gardens?|bush\w*|trees?|windows?))|risen|rises|rising|increased|increases|increasing|grew|grown"
        r"|climbed|crept up|worsened|soared|jumped|surged|spiked",
        rf"(?:went|gone|{_BE}) up(?! to| and running)|up by|up (?:from )?#|on the (?:rise|increase)|upward trend",
        rf"(?:higher|more)(?: \w+){{0,3}} than {_EARLIER}",
        *loose.RISING,
        *amounts.RISING,
    ),
    "fell": (
        r"(?:did|does|do|has|have|had)(?: not|n't)(?: \w+)? "
        r"(?:fall|fallen|decreased?|drop(?:ped)?|declined?|improved?)",
        rf"no (?:\w+ ){{0,2}}{_FALL}s? in",
        rf"{_ARTICLE} (?:\w+ ){{0,3}}?{_FALL}",
        rf"{_FALL}s? (?:in|of)"
        r"(?! (?:age|confidence|funding|staff\w*|patrols?|reporting|trust|cent(?:re|er)s?|sessions?))",
        r"fell|fallen|falls|falling|decreased|decreases|decreasing|dropped|declined|declines|declining|dipped|improved"
        r"|plummeted|shrank|shrunk",
        rf"(?:went|gone|{_BE}) down(?! to)|down by|down (?:from )?#|on the decline|downward trend",
        r"(?:has|have|was|were|been) reduced|reduced (?:by|from)",
        rf"(?:lower|fewer|less)(?: \w+){{0,3}} than {_EARLIER}",
        *loose.FALLING,
        *amounts.FALLING,
    ),
}
_CLAIMS = tuple(
    (claim, re.compile(rf"\b(?:{'|'.join(words)})(?!\w)", re.IGNORECASE)) for claim, words in _WORDS.items()
)

#: The same letters where they speak of something else: falls prevention, a drop-in, charges that were dropped, more
#: patrols. What a partnership does or has is no figure of crime.
_DOINGS = (
    r"(?:patrol\w*|police\w*|funding|visibility|presence|awareness|confidence|trust|reporting|recording|enforcement|"
    r"resourc\w*|staff\w*|engagement|lighting|cctv|capacity|support|security|access|services?|working|use|uptake|"
    r"understanding|communication\w*|partnership|risk|powers|attention|focus|speed|sentence\w*|hours)"
)
_ELSEWHERE = re.compile(
    r"(?:slips?,? )?trips? and falls|falls (?:prevention|among|clinic|service|team|risk)|(?:from|after|of|for) falls"
    r"|falls? (?:with)?in(?:to|side)?\b"
    r"(?! (?:burglar|crim|robb|thef|offen|incid|the (?:number|count|rate)|asb|anti|viol))"
    r"|falls? (?:under|outside|short|to the|on the|upon|through|ill)"
    r"|fell (?:within|under|outside|short|to the|into|ill)"
    r"|drop[- ]in(?: (?:cent|ses|clin|serv|hub|surg|caf)\w*)?|dropped (?:kerbs?|litter|off|charges|out)"
    r"|(?:charges?|cases?|allegations?|proceedings) (?:is|are|was|were|have been|has been) dropped"
    r"|high[- ]rise|low[- ]rise|pay rise|rise to the|risen to the|rising (?:main|bollards?)|falling (?:masonry|trees?)"
    rf"|(?:increas|improv|declin|reduc|ris|fall)(?:ed|ing) (?:the |our |its |their |public |police |street )?{_DOINGS}"
    rf"|{_DOINGS} (?:has |have |was |were |had )?(?:increased|improved|rose|risen|grew|grown|declined)"
    rf"|(?:{_ARTICLE} )?(?:\w+ )?(?:increase|rise|growth|drop|fall|decline|reduction|improvement)s? in (?:the )?"
    rf"(?:\w+ )?{_DOINGS}|{amounts.ELSEWHERE}",
    re.IGNORECASE,
)
_NAME = re.compile(r"Rose|Fell|Falls|Rise|Drop|Surge|Spike")
_NEGATION = re.compile(
    r"\b(?:not|no(?! doubt| longer ago)|never|neither|nor|without|hardly|non-significant|insignificant)"
    r"(?:\s+\w+){0,2}\s*$",
    re.IGNORECASE,
)
_NOT_MORE_THAN_NOISE = re.compile(
    r"^(?:,?\s+[\w#]+){0,4}?,?\s+(?:(?:is|was|are|were)(?: not|n't)|not)\s+(?:\w+ )?"
    r"(?:significant|more than (?:noise|chance))"
    r"|^(?:,?\s+[\w#]+){0,4}?,?\s+(?:within|no more than) (?:what )?(?:chance|noise)",
    re.IGNORECASE,
)
#: How far around a word the words are read that deny it or make an aim of it.
_REACH = 160
#: Words that speak of what is meant or may be, not of what happened. "May" with a capital is the month.
_INTENTION = re.compile(
    r"\b(?:will|would|could|may|might|should|must|can|shall)(?:\s+\w+){0,4}\s*$"
    r"|\b(?:[Aa]im|[Pp]lan|[Hh]op|[Ww]ant|[Ii]ntend|[Ss]eek|[Nn]eed|[Ee]xpect|[Ww]ork|[Cc]ommit|[Tt]arget|[Pp]ledg"
    r"|[Oo]bjective|[Gg]oal|[Aa]mbition|[Pp]riority)\w*\s+(?:\w+\s+)?(?:to|for|at|of|is|on)\s+(?:\w+\s+){0,4}$"
    r"|\bto\s+(?:see|achieve|deliver|secure|bring|make|get|produce|drive|cause|prevent|avoid|reverse|stop|tackle"
    r"|address)\s+(?:\w+\s+){0,4}$"
    r"|\b(?:pursu|seek|achiev|deliver)ing\s+(?:\w+\s+){0,2}$"
    r"|\b(?:want|need|seek|propose)s?\s+(?:\w+\s+){0,2}$"
    r"|\b[Ii]f\s+(?:\w+\s+){0,4}$"
)
_HEARSAY = re.compile(
    r"\b(?:feel|felt|think|thought|believed?|perceived?|fear(?:ed)?|worr(?:y|ied)|told us|concern(?:s|ed)?|sense)\b",
    re.IGNORECASE,
)
_TOPIC = re.compile(
    r"\b(?:crimes?|offen[cd]\w*|burglar\w*|robber\w*|thefts?|violen\w*|asb|anti-social|incidents?|shoplifting|drugs?"
    r"|damage|arson|collisions?|casualt\w*|fly-tipping|calls|reports|rates?|numbers?|totals?|levels?|figures?|counts?)\b",
    re.IGNORECASE,
)
#: What somebody else said, at least three words of it: a single word in marks is the writer's own.
_QUOTED = re.compile(r"“[^“”]*\s[^“”]*\s[^“”]*”|\"[^\"]*\s[^\"]*\s[^\"]*\"")
#: Counts are round: "doubled" is earned from nine tenths of the way, "more than doubled" only past it.
_FACTORS: dict[Claim, tuple[float, float]] = {"doubled": (1.9, 2.0), "trebled": (2.85, 3.0), "halved": (0.55, 0.5)}
#: Which direction of the newest year against every earlier one earns a record.
_RECORDS: dict[Claim, Direction] = {"highest": "rose", "lowest": "fell"}
#: Which place among others earns a rank: among places, or among months.
_PLACES: dict[Claim, Direction] = {"top": "rose", "bottom": "fell", "peak": "rose", "trough": "fell"}
#: "Fewer burglaries" with no verb of the past is a heading or a wish; a figure beside it makes a claim of it.
_AMOUNT = re.compile(
    r"^(?:fewer|less|more|greater|smaller|higher|lower|larger|bigger)\b(?! (?:and|dangerous|safe|unsafe)\b)",
    re.IGNORECASE,
)
_HAPPENED = re.compile(
    r"\b(?:was|were|has|have|had|been|saw|seen|took|recorded|suffered|experienced|fell|became|got|happened|occurred"
    r"|reported|committed)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class ClaimedWord:
    """One word of direction as written, what it claims, whether it is denied, and where it starts.

    `factor` is that of a multiple; `is_between`: it compares two figures of the sentence, not two periods of one.
    """

    text: str
    claim: Claim
    is_denied: bool
    start: int
    is_more_than: bool = False
    factor: float = 1.0
    is_between: bool = False

    @property
    def is_record(self) -> bool:
        """Does it speak of all years, not of two?"""
        return self.claim in _RECORDS

    def is_borne_out(self, direction: Direction | None, ratio: float = 1.0) -> bool:
        """Does this direction, with the later over the earlier as `ratio`, earn the word? None earns no word."""
        if direction is None:
            return False
        holds = self._holds(direction, ratio)
        return not holds if self.is_denied else holds

    def _holds(self, direction: Direction, ratio: float) -> bool:
        if wanted := _RECORDS.get(self.claim) or _PLACES.get(self.claim):
            return direction == wanted
        if self.claim == "share":
            return ranks.is_share_earned(self.factor, ratio, is_more_than=self.is_more_than)
        if self.claim == "multiplied":
            return multiples.is_earned(self.factor, ratio, is_more_than=self.is_more_than)
        if self.claim not in _FACTORS:
            return direction == self.claim
        about, past = _FACTORS[self.claim]
        bound = past if self.is_more_than else about
        if self.claim == "halved":
            return direction == "fell" and ratio <= bound
        return direction == "rose" and ratio >= bound


def find_claims(words: str, *, has_figure: bool = True) -> Iterator[ClaimedWord]:
    """The words of direction in a sentence, in order.

    Parameters: `words` of the sentence with `#` for each figure; `has_figure`, whether it speaks of one: without,
    what others say or feel and what is no matter of counts is left alone.

    >>> [(c.text, c.claim, c.is_denied) for c in find_claims("Burglary fell to # and robbery did not rise.")]
    [('fell', 'fell', False), ('did not rise', 'rose', True)]
    >>> [(c.text, c.claim) for c in find_claims("We aim to see a reduction.")]
    []
    """
    words = mask_quotations(words.replace("\u2019", "'"))
    if words.rstrip().endswith("?") or (not has_figure and _HEARSAY.search(words)):
        return iter(())
    taken = [m.span() for m in _ELSEWHERE.finditer(words)]
    found = [*_find_multiples(words, taken), *_find_shares(words, taken)]
    for claim, pattern in _CLAIMS:
        for match in pattern.finditer(words):
            if any(start < match.end() and match.start() < end for start, end in taken) or _is_name(match):
                continue
            if _is_meant(match) or not _is_told(claim, match, has_figure):
                continue
            taken.append(match.span())
            found.append(_read(claim, match))
    return iter(sorted(found, key=lambda c: c.start))


def mask_quotations(words: str) -> str:
    """The sentence with what others say, in quotation marks, covered; every place stays where it was."""
    return _QUOTED.sub(lambda found: "\u2026" * len(found.group()), words)


def _is_name(match: re.Match[str]) -> bool:
    """Is it part of a name, such as Rose Lane, Beacon Fell or The Rise? No verb of ours starts a sentence so."""
    return bool(_NAME.search(match.group()))


def _is_meant(match: re.Match[str]) -> bool:
    """Does the sentence speak of what is wished for or may be? The words before it say so."""
    return bool(_INTENTION.search(match.string[max(0, match.start() - _REACH) : match.start()]))


def _is_told(claim: Claim, match: re.Match[str], has_figure: bool) -> bool:
    """'Unchanged' is a claim only of something that is counted, 'fewer thefts' only of something that happened."""
    if has_figure:
        return True
    if claim in _PLACES or claim == "similar":
        return bool(_TOPIC.search(match.string))
    return not _AMOUNT.match(match.group()) or bool(_HAPPENED.search(match.string))


def _find_multiples(words: str, taken: list[tuple[int, int]]) -> Iterator[ClaimedWord]:
    """Multiples of a figure; each is taken, so that no other word is read in it."""
    for pattern in (multiples.OF_TIME, multiples.OF_FIGURE):
        for match in pattern.finditer(words):
            if _is_meant(match) or any(start < match.end() and match.start() < end for start, end in taken):
                continue
            taken.append(match.span())
            before, after = words[: match.start()], words[match.end() :]
            is_between = pattern is multiples.OF_FIGURE and not multiples.is_of_time(match.group(), after)
            yield ClaimedWord(
                match.group(), "multiplied", bool(_NEGATION.search(before[-_REACH:])), match.start(),
                bool(re.search(r"\bmore than\s+$", before[-_REACH:], re.IGNORECASE)),
                multiples.read_factor(match.group()), is_between,
            )  # fmt: skip


def _find_shares(words: str, taken: list[tuple[int, int]]) -> Iterator[ClaimedWord]:
    """Shares in words: half of all crime. Each is taken, so that no other word is read in it."""
    for match in ranks.SHARE.finditer(words):
        if _is_meant(match) or any(start < match.end() and match.start() < end for start, end in taken):
            continue
        taken.append(match.span())
        before = words[: match.start()][-_REACH:]
        yield ClaimedWord(
            match.group(), "share", bool(_NEGATION.search(before)), match.start(),
            bool(re.search(r"\b(?:more than|over)\s+$", before, re.IGNORECASE)), ranks.read_share(match),
        )  # fmt: skip


def _read(claim: Claim, match: re.Match[str]) -> ClaimedWord:
    text, after = match.group(), match.string[match.end() : match.end() + _REACH]
    before = match.string[max(0, match.start() - _REACH) : match.start()]
    inside = bool(re.search(r"\bnot\b|n't|^no\b", text, re.IGNORECASE))
    outside = bool(_NEGATION.search(before) or _NOT_MORE_THAN_NOISE.search(after))
    is_denied = inside or outside if claim != "similar" else bool(re.search(r"\bnot\s+$", before)) and not inside
    is_more_than = bool(re.search(r"\bmore than\s+$", before, re.IGNORECASE))
    return ClaimedWord(text, claim, is_denied, match.start(), is_more_than)
