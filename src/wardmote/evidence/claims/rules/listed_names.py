"""Are as many things named as the sentence counts? "Five attacks (Westminster, Manchester, ...)".

"Luton and Wayfield" may be one name or two, so a list has a fewest and a most; only a number outside them is accused.
"""

import re
from collections.abc import Iterator
from itertools import pairwise

from wardmote.evidence.claims.contract import Corpus, Finding, Rule, quantity
from wardmote.evidence.claims.model import Claim, Quantity, Verdict
from wardmote.evidence.claims.wording.numbers import Number
from wardmote.evidence.claims.wording.scan import Sentence

NAME = "listed_names"
_BRACKET = re.compile(r"^((?:\s[\w’'&/-]+){1,8}?)\s?\(([^()]{5,300})\)")
_COLON = re.compile(r"^((?:\s[\w’'&/-]+){1,6}?)\s?:\s([^:]{5,300}?)\.?$")
_SOME = re.compile(
    r"\b(?:e\.?g|such as|includ\w*|for example|among|etc|see|of which|others?|i\.e|respectively)\b|\d", re.IGNORECASE
)
_VERB = re.compile(
    r"\b(?:is|are|was|were|will|has|have|had|should|can|we|they|it|this|to|that|which|who)\b", re.IGNORECASE
)
_EXCEPT = re.compile(
    r"\b(?:with the exceptions? of|except(?:ing)?(?: for)?|apart from|other than)\s"
    r"(.{3,90}?)(?:,|\swhich\b|\swhere\b|\sthat\b)", re.IGNORECASE)  # fmt: skip
_N_OF_M = re.compile(r"^\sof (?:the|our|all) $", re.IGNORECASE)
#: A longer list is no longer one that a reader counts.
MOST = 15


def find(corpus: Corpus) -> Iterator[Claim]:
    """Yield a claim for every counted list of names, and every "ten of the twelve" that leaves out named exceptions."""
    for _, sentence in corpus.sentences():
        for number in sentence.numbers:
            if number.kind == "count" and not number.bound and 2 <= number.value <= MOST and number.value % 1 == 0:
                yield from _judge_list(sentence, number)
        yield from _judge_exception(sentence)


def count_names(text: str) -> tuple[int, int]:
    """The fewest and the most things that a list names.

    >>> count_names("River, Luton and Wayfield, Chatham Central & Gillingham")
    (3, 5)
    """
    by_comma = [part for part in re.split(r"[,;]", text) if part.strip(" .&")]
    most = [part for piece in by_comma for part in re.split(r"\s(?:and|&)\s|\band\b(?=\s)", piece) if part.strip(" .&")]
    return len(by_comma), len(most)


def _judge_list(sentence: Sentence, number: Number) -> Iterator[Claim]:
    after = sentence.text[number.end :]
    match = _BRACKET.match(after) or _COLON.match(after)
    inner = [n for n in sentence.numbers if match and 0 <= n.start - number.end < match.start(2)]
    if inner:
        return
    if match is None or _SOME.search(match[2]) or _VERB.search(match[2]) or not re.search(r",|;", match[2]):
        return
    if "," in match[1] or re.search(r"\b(?:of|per|and|or|by|out)\b", match[1].split()[0] if match[1].split() else ""):
        return
    fewest, most = count_names(match[2])
    if most < 3 or any(len(part.split()) > 7 for part in re.split(r"[,;]", match[2])):
        return
    verdict: Verdict = "ok" if fewest <= number.value <= most else "inconsistent"
    if verdict != "ok" and not _are_names(match[2]):
        return  # "reducing violence, tackling abuse and hate": what is one thing there, nobody can say
    named = f"{fewest}" if fewest == most else f"{fewest} to {most}"
    why = f"{number.text.strip().capitalize()} are counted and {named} named."
    why += "" if verdict == "ok" else " One is missing, or the number is wrong."
    yield Finding(sentence, number).claim(
        NAME, "count", verdict, why,
        claimed=[quantity(number, "counted")],
        recomputed=[Quantity(float(number.value if verdict == "ok" else most), "", "named")],
    )  # fmt: skip


def _are_names(text: str) -> bool:
    return all(re.match(r"\s*(?:and |& )?(?:the )?[A-Z]", piece) for piece in re.split(r"[,;]", text))


def _judge_exception(sentence: Sentence) -> Iterator[Claim]:
    """ "With the exception of litter, which rose, ten of the twelve types fell": eleven of twelve are told of."""
    exception = _EXCEPT.search(sentence.text)
    if exception is None:
        return
    counts = [number for number in sentence.numbers if number.kind == "count" and not number.bound]
    for part, whole in pairwise(counts):
        if not _N_OF_M.match(sentence.text[part.end : whole.start]) or part.value >= whole.value > 40:
            continue
        if any(number.start > whole.end for number in sentence.numbers):
            return  # the others are told of in the same sentence
        quoted = re.match(r"[‘'“\"]", exception[1])
        fewest, most = (1, 1) if quoted and exception[1].count(exception[1][0]) <= 2 else count_names(exception[1])
        told_low, told_high = part.value + fewest, part.value + most
        verdict: Verdict = "ok" if told_low <= whole.value <= told_high else "inconsistent"
        why = f"{part.value:g} and {fewest} named as the exception make {told_low:g} of {whole.value:g}."
        yield Finding(sentence, whole).claim(
            NAME, "sum", verdict, why if verdict == "ok" else f"{why} Say what became of the others.",
            claimed=[quantity(whole, "total")],
            inputs=[quantity(part, "part"), Quantity(float(fewest), "", "exceptions")],
            recomputed=[Quantity(told_low, "", "accounted_for")],
        )  # fmt: skip


RULE = Rule(
    name=NAME,
    family="count",
    asks="Are as many things named as the sentence counts?",
    holds="Lights were mended in five streets (Marsh Lane, Castle Street, Priory Road, Mill Row & Harbour Way).",
    fails="Lights were mended in six streets (Marsh Lane, Castle Street, Priory Road, Mill Row & Harbour Way).",
    find=find,
)
