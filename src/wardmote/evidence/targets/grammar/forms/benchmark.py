"""Held against somebody else's moving figure: "similar to England", "in line with the predicted level"."""

from typing import Literal

from wardmote.evidence.targets.grammar.lexicon import name_words
from wardmote.evidence.targets.grammar.row import Row
from wardmote.evidence.targets.grammar.understanding import ASK_COMPARATOR, Draft
from wardmote.evidence.targets.kinds import Benchmark

Relation = Literal["similar", "better", "at_or_below", "at_or_above"]
RELATIONS: tuple[tuple[Relation, tuple[str, ...]], ...] = (
    ("similar", ("in line with", "similar to", "comparable to", "comparable with", "on a par with", "on par with",
                 "consistent with", "the same as", "equal to", "equivalent to")),
    ("at_or_below", ("at or below", "no higher than", "no more than", "not above", "lower than", "less than", "below",
                     "under")),
    ("at_or_above", ("at or above", "no lower than", "no less than", "not below", "higher than", "more than", "above",
                     "exceed")),
    ("better", ("better than", "outperform", "improve on")),
)  # fmt: skip
#: Words that make a name a comparator rather than a place on a map or a rule to follow.
COMPARATOR_WORDS = name_words(
    "average averages mean median england english national nationally region regional county peers peer family "
    "group neighbours neighbour similar comparator comparators predicted expected forecast level levels rate "
    "rates benchmark statistical wales kent uk others force forces areas"
)
RULE_WORDS = name_words(
    "guidance guidelines guideline policy policies strategy plan legislation procedure procedures requirements "
    "protocol protocols act duty duties practice regulations law"
)
QUARTILES: dict[str, Relation] = {"top": "at_or_above", "upper": "at_or_above", "best": "at_or_above",
                                  "bottom": "at_or_below", "lowest": "at_or_below", "lower": "at_or_below"}  # fmt: skip
COMPARATOR_STOPS = name_words("by within because and or for so which whether")


def parse_benchmark(row: Row) -> Draft | None:
    """A relation and whose figure it is held against; a number before it is a distance, which no kind can hold."""
    return _parse_quartile(row) or _parse_similar_apart(row) or _parse_relation(row)


def _parse_quartile(row: Row) -> Draft | None:
    at = row.find_word({"quartile", "quintile", "decile"})
    relation = QUARTILES.get(row.norm(at - 1)) if at else None
    if at is None or relation is None:
        return None
    if row.good_way == "lower":  # the top of a list of harms is its lowest figure
        relation = "at_or_below"
    behind = row.name_from(at + 2, stops=COMPARATOR_STOPS) if row.norm(at + 1) in {"of", "for", "in"} else range(0)
    comparator = row.words([at - 1, at]).lower() + (f" of {row.words(behind)}" if behind else "")
    used = {at - 1, at, *(range(at + 1, behind.stop) if behind else ())}
    return Draft(Benchmark(relation, comparator), used, questions=() if behind else (ASK_COMPARATOR,))


def _parse_similar_apart(row: Row) -> Draft | None:
    """ "a similar rate to the England average": the relation's two words stand apart."""
    at = row.find_word({"similar", "comparable", "same"})
    to_at = row.find_word({"to", "as"}, start=at) if at is not None else None
    if at is None or to_at is None or not 1 < to_at - at <= 4:
        return None
    return _build(row, "similar", range(at, to_at + 1))


def _parse_relation(row: Row) -> Draft | None:
    for relation, phrases in RELATIONS:
        found = row.find_phrase(*phrases)
        if found is not None:
            return _build(row, relation, found)
    return None


def _build(row: Row, relation: Relation, found: range) -> Draft | None:
    places = row.name_from(found.stop, stops=COMPARATOR_STOPS)
    names = [row.norm(at) for at in places]
    is_comparator = any(name in COMPARATOR_WORDS for name in names) and not RULE_WORDS.intersection(names)
    if not is_comparator:
        return None
    if any(row.tokens[at].is_amount for at in range(found.start)):
        return Draft(None, {*found, *places}, why="a distance from another's figure, which no kind of target holds")
    start = places.start + (row.norm(places.start) == "the")
    value_at = row.first({"percent", "rate", "number"}, start=places.stop)
    near = value_at if value_at is not None and value_at <= places.stop + 1 else None
    verbs = set() if row.text_direction is None else {row.text_direction[1]}
    target = Benchmark(
        _settle(row, relation), row.words(range(start, places.stop)), None if near is None else row.tokens[near].value
    )
    return Draft(target, {*range(found.start, places.stop), *verbs, *([] if near is None else [near]), *_held(row)})


def _held(row: Row) -> set[int]:
    at = row.find_word({"maintain", "remain", "stay", "keep"})
    return set() if at is None else {at}


def _settle(row: Row, relation: Relation) -> Relation:
    """To fall (or, where less is better, to come) in line with a figure is to be no higher than it."""
    falls = row.text_direction is not None and row.text_direction[0] == "decrease"
    if relation == "similar" and falls:
        return "at_or_below"
    if relation == "similar" and row.text_direction is not None:
        return "at_or_above"
    return relation
