"""One row of a plan as the forms see it: the target's tokens, and what its title tells about the measure."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from wardmote.evidence.targets.grammar.folds import tokenise
from wardmote.evidence.targets.grammar.lexicon import (
    BAD_WORDS,
    CONTESTED_WORDS,
    COUNT_WORDS,
    DOWN_WORDS,
    GOOD_WORDS,
    HARM_WORDS,
    NAME_STOPS,
    SHARE_WORDS,
    SPLITS,
    TITLE_DOWN_WORDS,
    TITLE_UP_WORDS,
    UP_WORDS,
)
from wardmote.evidence.targets.grammar.tokens import Token
from wardmote.evidence.targets.grammar.understanding import ASK_DIRECTION, ASK_PART, Question
from wardmote.evidence.targets.kinds import Operator, Polarity

Direction = Literal["increase", "decrease"]
LONGEST_NAME = 7
SPACE_BEFORE = re.compile(r" ([)%.,;:])")
SPACE_AFTER = re.compile(r"([(]) ")


@dataclass(frozen=True)
class Row:
    """A target's tokens with its title's, the unit that the plan hints at and the way that is good, where given."""

    tokens: tuple[Token, ...]
    title: tuple[Token, ...] = ()
    unit_hint: str = ""
    polarity: Polarity | None = None

    # --- the text -------------------------------------------------------------------------------------------------

    def first(self, kinds: Iterable[str], start: int = 0) -> int | None:
        """Where the first token of these kinds stands, from a place on."""
        wanted = frozenset(kinds)
        return next((at for at in range(start, len(self.tokens)) if self.tokens[at].kind in wanted), None)

    def find_word(self, words: Iterable[str], start: int = 0) -> int | None:
        """Where the first of these words stands, from a place on."""
        wanted = frozenset(words)
        return next((at for at in range(start, len(self.tokens)) if self.tokens[at].norm in wanted), None)

    def find_phrase(self, *phrases: str) -> range | None:
        """Where the first of these phrases stands, as a range of tokens."""
        for phrase in phrases:
            words = phrase.split()
            for at in self._places.get(words[0], ()):
                if all(self.norm(at + ahead) == word for ahead, word in enumerate(words)):
                    return range(at, at + len(words))
        return None

    @cached_property
    def _places(self) -> dict[str, list[int]]:
        """Where each norm stands, so that a phrase is looked for only where its first word is."""
        places: dict[str, list[int]] = {}
        for at, token in enumerate(self.tokens):
            places.setdefault(token.norm, []).append(at)
        return places

    def norm(self, at: int) -> str:
        return self.tokens[at].norm if 0 <= at < len(self.tokens) else ""

    def words(self, places: Iterable[int]) -> str:
        """The source's own words at these places, joined by single spaces."""
        joined = " ".join(self.tokens[at].text for at in places)
        return SPACE_AFTER.sub(r"\1", SPACE_BEFORE.sub(r"\1", joined))

    def name_from(self, start: int, *, stops: frozenset[str] = NAME_STOPS) -> range:
        """The places of a name that begins here: words up to a stop, a mark, an amount or seven words."""
        end = start
        while end < min(len(self.tokens), start + LONGEST_NAME):
            token = self.tokens[end]
            if token.kind != "word" or token.norm in stops:
                break
            end += 1
        return range(start, end)

    @cached_property
    def has_amount(self) -> bool:
        return any(token.is_amount for token in self.tokens)

    @cached_property
    def text_direction(self) -> tuple[Direction, int] | None:
        """The direction that the text itself names, and where."""
        for at, token in enumerate(self.tokens):
            if token.kind != "word":
                continue
            if token.norm in DOWN_WORDS:
                return "decrease", at
            if token.norm in UP_WORDS:
                return "increase", at
        return None

    # --- the title ------------------------------------------------------------------------------------------------

    @cached_property
    def title_words(self) -> frozenset[str]:
        return frozenset(token.norm for token in self.title)

    @cached_property
    def title_direction(self) -> Direction | None:
        """The direction that the title promises: its first word of either kind, not what work is meant "to" do."""
        for at, token in enumerate(self.title):
            if at > 1 and self.title[at - 1].norm == "to":
                continue
            if token.norm in TITLE_DOWN_WORDS:
                return "decrease"
            if token.norm in TITLE_UP_WORDS:
                return "increase"
        return None

    @cached_property
    def is_share(self) -> bool:
        """Whether the measure is itself a percentage, by the unit hinted at or the title."""
        if self.unit_hint:
            return self.unit_hint in {"percent", "points", "%"}
        first = next((token.norm for token in self.title if token.norm in SHARE_WORDS | COUNT_WORDS), "")
        return first in SHARE_WORDS

    @cached_property
    def is_count(self) -> bool:
        """Whether the measure is a number of things, by the unit hinted at or the title."""
        if self.unit_hint:
            return self.unit_hint == "count"
        return not self.is_share and bool(self.title_words & COUNT_WORDS)

    @cached_property
    def good_way(self) -> Literal["higher", "lower"] | None:
        """Which way is good: as the plan says, else as the title's verb says, else as the measure's words say."""
        if self.polarity is not None:
            return self.polarity if self.polarity in {"higher", "lower"} else None
        if self.title_direction:
            return "lower" if self.title_direction == "decrease" else "higher"
        return self._way_of_words

    @cached_property
    def _way_of_words(self) -> Literal["higher", "lower"] | None:
        """As the measure's words say; None where they say both, so that it is asked."""
        words = self.title_words
        if words & HARM_WORDS:
            return "lower"
        is_bad, is_good = bool(words & BAD_WORDS), bool(words & GOOD_WORDS)
        if is_bad and (words & CONTESTED_WORDS or (is_good and self.is_count)):
            return None
        return "higher" if is_good else "lower" if is_bad else None

    def assume_operator(self) -> tuple[Operator, tuple[Question, ...]]:
        """At least or at most, for a bare number; with the question where nothing tells which way is good."""
        if self.good_way is None:
            return ">=", (ASK_DIRECTION,)
        return (">=" if self.good_way == "higher" else "<="), ()

    @cached_property
    def split(self) -> tuple[str, str] | None:
        """The two parts that the title splits its measure into, in the title's order."""
        for left, right in SPLITS:
            parts = [t.norm for t in self.title if t.norm in left | right]
            if any(p in left for p in parts) and any(p in right for p in parts):
                first = parts[0]
                other = right if first in left else left
                return first, next(p for p in parts if p in other)
        return None

    def ask_part(self) -> tuple[Question, ...]:
        return (ASK_PART,) if self.split else ()


def read_row(text: str, *, title: str = "", unit_hint: str = "", polarity: Polarity | None = None) -> Row:
    """A row from its words."""
    return Row(tokenise(text), tokenise(title), unit_hint, polarity)
