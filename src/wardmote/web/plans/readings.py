"""A target's words read back: how they are understood, what else they may mean, and what is missing."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, cast

from wardmote.evidence.interface import describe_target, encode_target, read_target
from wardmote.evidence.targets.kinds import Polarity, Target
from wardmote.web.plans.models import Indicator

#: The units that the grammar takes for a hint; an indicator's own word for what it counts is none.
_UNITS = ("percent", "points", "count", "rate", "money", "days")


@dataclass(frozen=True, slots=True)
class Meaning:
    """One thing that the words may mean. `key` tells it from the others, however the form is drawn again."""

    key: str
    words: str
    spec: dict[str, Any]
    question: str = ""  # the question to which it is an answer; "" for the reading itself


@dataclass(frozen=True, slots=True)
class Reading:
    """What was made of the words: the meanings to choose from, the likeliest first, and what must still be said."""

    text: str
    outcome: str
    meanings: tuple[Meaning, ...]
    also: tuple[dict[str, Any], ...] = ()
    questions: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()
    why: str = ""

    @property
    def is_plain(self) -> bool:
        """Whether the words leave nothing open, so that nobody needs to choose."""
        return self.outcome == "understood" and len(self.meanings) == 1


def read_words(text: str, indicator: Indicator) -> Reading:
    """How the core understands a target's words, as a target of this indicator."""
    unit = indicator.unit if indicator.unit in _UNITS else ""
    found = read_target(text, title=indicator.title, unit=unit, polarity=cast(Polarity, indicator.polarity))
    meanings = [] if found.target is None else [make_meaning(found.target)]
    for choice in found.choices:
        meanings += [make_meaning(one.target, choice.question) for one in choice.options if one.target is not None]
    return Reading(
        text, found.outcome, tuple(_drop_doubles(meanings)), tuple(encode_target(one) for one in found.also),
        tuple(choice.question for choice in found.choices), found.missing, found.unread, found.why,
    )  # fmt: skip


def make_meaning(target: Target, question: str = "") -> Meaning:
    spec, words = encode_target(target), describe_target(target)
    digest = hashlib.sha256(json.dumps(spec, sort_keys=True).encode()).hexdigest()[:16]
    return Meaning(digest, words[:1].upper() + words[1:], spec, question)


def _drop_doubles(meanings: list[Meaning]) -> Iterator[Meaning]:
    seen: set[str] = set()
    for meaning in meanings:
        if meaning.key not in seen:
            seen.add(meaning.key)
            yield meaning
