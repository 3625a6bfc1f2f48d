"""Do words such as nearing, met, on target or exceeded fit the value and the target printed with them?

"25.4%, nearing the target of less than 25%": missed by 0.4 points, 1.6% of the target, so nearing is right and met
would not be.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from wardmote.evidence.claims.contract import Corpus, Finding, Rule, quantity
from wardmote.evidence.claims.model import Claim, Quantity, Verdict
from wardmote.evidence.claims.wording.achieving import Kind, Told, find_told, names_other_target
from wardmote.evidence.claims.wording.numbers import Number
from wardmote.evidence.claims.wording.scan import Scanned, Sentence
from wardmote.evidence.targets.grammar.row import read_row

NAME = "target_words"
_TARGET_NUMBER = re.compile(
    r"\b(?:target|goal|aim)\b(?:\s(?:of|is|was|for|to be|set at|figure|level|[a-z]+ing|\w+)){0,14}?[\s:–=-]*"
    r"(?P<op>[<>≤≥]=?|below|under|less than|at most|no more than|above|over|more than|at least)?\s?(?:the\s|a\s)?$",
    re.IGNORECASE,
)
_CEILING = re.compile(
    r"<|≤|\b(?:below|under|less than|at most|no more than|fewer than|reduc\w+|lower)\b", re.IGNORECASE
)
#: "Within the target" is said of ceilings as often as of floors.
_WITHIN = re.compile(
    r"\b(?:within|below|under|above|over|miss\w+|outside) (?:the |its |our )?(?:\w+ )?target", re.IGNORECASE
)
_UP_TO_TARGET = re.compile(r"\b(?:the |its |our )?(?:target|goal|aim)\b", re.IGNORECASE)
#: A target told as a change ("to reduce by 5%", "a 5% reduction") is no level.
_BY = re.compile(
    r"\bby\s(?:at least\s|about\s|a further\s)?$|\b(?:reduction|increase|decrease|cut|rise) of\s$", re.IGNORECASE
)
_CHANGE_AFTER = re.compile(
    r"^\s(?:\w+\s)?(?:reduction|increase|decrease|cut|rise|fall|improvement|fewer|more)\b", re.IGNORECASE
)
#: "The target was not met: 91%": the number is what was reached.
_VERDICT = re.compile(r"\b(?:met|missed|exceeded|achieved|reached|surpassed|hit)\b", re.IGNORECASE)
_TARGET_AFTER = re.compile(r"^\s(?:target|goal)\b(?!\s(?:group|of))", re.IGNORECASE)
_EARLIER = re.compile(
    r"\b(?:from|by|than|against|compared (?:to|with)|last year|previous\w*|baseline|average|benchmark|nationally|"
    r"of which)\b[^,.;]{0,20}$",
    re.IGNORECASE,
)
_DISTANCE = re.compile(
    r"^\s?(?:\w+\s)?(?:above|below|over|under|short|higher|lower|ahead|better|worse|off|away|reduction|increase|rise|fall|"
    r"decrease|last year|in the previous|the year before|nationally)\b",
    re.IGNORECASE,
)
_TURN = re.compile(r"\b(?:but|however|whereas|although|while|whilst|though|despite|then)\b", re.IGNORECASE)
#: Misses up to this share of the target may still be called near.
_NEAR = 0.10


@dataclass(frozen=True)
class Aim:
    """A target with the number that stands for it."""

    number: Number
    is_ceiling: bool
    is_strict: bool


def find(corpus: Corpus) -> Iterator[Claim]:
    """Yield a claim for every word of achievement with one target and one value in its sentence or the next."""
    for document, sentence in corpus.sentences():
        told = next(find_told(sentence.text), None)
        if told is not None:
            yield from _judge_word(document, sentence, told)


def _judge_word(document: Scanned, sentence: Sentence, told: Told) -> Iterator[Claim]:
    for around in (sentence, *document.near(sentence, before=0, after=1)):
        aims = list_aims(around)
        if len(aims) == 1:
            value = _choose_value(sentence, around, told, aims[0])
            if value is not None and not _is_of_another(sentence, around) and not _is_overshoot(told, aims[0], value):
                yield _judge(sentence, around, told, aims[0], value)
            return


def _choose_value(sentence: Sentence, around: Sentence, told: Told, aim: Aim) -> Number | None:
    """The one value of the target's kind; of several the last before the word ("Q4 - 33 … 264, surpassing …")."""
    values = [n for n in around.measured if n.kind == aim.number.kind and n is not aim.number and not n.is_spelled]
    values = [n for n in values if not _is_no_level(around.text, n)]
    if len(values) > 1 and around is sentence:
        values = [n for n in values if n.end <= told.start][-1:]
    value = values[0] if len(values) == 1 else None
    return None if value is not None and told.kind != "near" and _is_apart(around, value, aim.number) else value


def _is_no_level(text: str, number: Number) -> bool:
    """Whether a number is an earlier value, a change, or the distance to the target."""
    before, after = text[max(0, number.start - 45) : number.start], text[number.end : number.end + 40]
    return _EARLIER.search(before) is not None or _DISTANCE.match(after) is not None


def _is_apart(sentence: Sentence, value: Number, aim: Number) -> bool:
    """Whether a "but", or two periods, stand between a value and the target: then it is held against another."""
    start, end = min(value.end, aim.end), max(value.start, aim.start)
    has_turn = _TURN.search(sentence.text[start:end]) is not None
    return has_turn or len({(p.first, p.last) for p in sentence.periods if p.kind != "quarter"}) > 1


def _is_overshoot(told: Told, aim: Aim, value: Number) -> bool:
    """Whether "exceeded" may be meant as it stands: more than a ceiling allows."""
    return told.kind == "beyond" and aim.is_ceiling and value.value > aim.number.value


def _is_of_another(sentence: Sentence, around: Sentence) -> bool:
    """Whether the words speak of another target, or stand in another statement that has values of its own."""
    return names_other_target(sentence.text) or (around is not sentence and bool(sentence.measured))


def list_aims(sentence: Sentence) -> list[Aim]:
    """The targets that a statement prints with their numbers."""
    return list(_find_aims(sentence))


def _find_aims(sentence: Sentence) -> Iterator[Aim]:
    for number in sentence.measured:
        before, after = sentence.text[max(0, number.start - 110) : number.start], sentence.text[number.end :]
        target = _TARGET_NUMBER.search(before)
        if _BY.search(before) or _CHANGE_AFTER.match(after):
            continue
        if target is not None and not _VERDICT.search(before[target.start() :]):
            is_ceiling = _is_ceiling(sentence, before[target.start() :], target["op"])
            is_strict = target["op"] not in ("≤", "<=", "≥", ">=", "at most", "at least", "no more than")
        elif _TARGET_AFTER.match(after):
            is_ceiling, is_strict = _is_ceiling(sentence, "", None), False
        else:
            continue
        if is_ceiling is not None:
            yield Aim(number, is_ceiling, is_strict)


def _is_ceiling(sentence: Sentence, words: str, operator: str | None) -> bool | None:
    """Whether the target bounds from above: as its sign says, else as the measure's words say; None if nothing does."""
    if _CEILING.search(words) is not None:
        return True
    if operator:
        return False
    way = read_row("", title=_UP_TO_TARGET.split(sentence.text)[0] or sentence.text).good_way
    return None if way is None and _WITHIN.search(sentence.text) else way == "lower"


def _judge(sentence: Sentence, around: Sentence, told: Told, aim: Aim, value: Number) -> Claim:
    gap = value.value - aim.number.value if aim.is_ceiling else aim.number.value - value.value
    is_met = gap < 0 or (gap == 0 and not (aim.is_strict and aim.is_ceiling))
    share = abs(gap) / aim.number.value if aim.number.value else 0.0
    verdict = _choose_verdict(told.kind_for(is_ceiling=aim.is_ceiling), is_met, gap, share)
    state = "meets" if is_met else f"misses by {abs(gap):g} ({share:.1%} of the target)"
    bound = "at most" if aim.is_ceiling else "at least"
    why = f"{value.text.strip()} {state} the target of {bound} {aim.number.text.strip()}; “{told.text}” "
    why += {"ok": "fits.", "contradicts": "does not fit.", "imprecise": "is not quite it."}[verdict]
    finding = Finding(sentence, start=told.start, end=told.end, related=(around.place(value), around.place(aim.number)))
    return finding.claim(
        NAME, "target", verdict, why,
        claimed=[quantity(value, "value"), quantity(aim.number, "target")],
        inputs=[quantity(value, "value"), quantity(aim.number, "target")],
        recomputed=[Quantity(gap, value.unit, "gap"), Quantity(share * 100, "%", "gap of target")],
    )  # fmt: skip


def _choose_verdict(told: Kind, is_met: bool, gap: float, share: float) -> Verdict:
    if told == "near":
        return "ok" if is_met or share <= _NEAR else "contradicts"
    if told == "missed":
        return "contradicts" if is_met else "ok"
    if not is_met:
        return "contradicts"
    return "imprecise" if told == "beyond" and gap == 0 else "ok"


RULE = Rule(
    name=NAME,
    family="target",
    asks="Do words such as nearing, met or exceeded fit the value and the target printed with them?",
    holds="Repeat victimisation stands at 25.4%, nearing the target of less than 25%.",
    fails="Repeat victimisation stands at 25.4%, within the target of less than 25%.",
    find=find,
    rank=10,
)
