"""Marks that belong together, put together: "5" and "%", "no", "more" and "than", "31", "March" and "2026"."""

from collections.abc import Mapping, Sequence

from wardmote.evidence.targets.grammar.joining import Fold, Folded, join, look, look_kind
from wardmote.evidence.targets.grammar.lexicon import (
    AFTER_A_FRACTION,
    BEFORE_A_FRACTION,
    DURATION_UNITS,
    FRACTION_SIGNS,
    FRACTIONS,
    MULTIPLES,
    NAMING_WORDS,
    NUMBER_WORDS,
    OPERATORS_AFTER,
    OPERATORS_BEFORE,
    PARTS_OF_ONE,
    RATE_BASES,
    SPAN_NOUNS,
)
from wardmote.evidence.targets.grammar.tokens import Kind, Token, clean_text, scan_marks
from wardmote.evidence.targets.grammar.when import (
    fold_date,
    fold_quarter,
    fold_short_years,
    fold_window,
    fold_year,
    fold_year_range,
)

BEFORE_A_LEVEL = frozenset({"", "least", "most", "than", "below", "above", "over", "under", "to"})
LARGEST_WHOLE = 10  # of a fraction in figures: 26/27 is a year
LONGEST_PHRASE = 4


def tokenise(text: str) -> tuple[Token, ...]:
    """The tokens of a target's text, with what belongs together put together.

    >>> [(token.kind, token.value) for token in tokenise("no more than two per cent")]
    [('operator', 0.0), ('percent', 2.0)]
    """
    tokens: Sequence[Token] = scan_marks(clean_text(text))
    for folds in PASSES:
        tokens = _fold(tokens, folds)
    return tuple(tokens)


def _fold(tokens: Sequence[Token], folds: Sequence[Fold]) -> list[Token]:
    folded: list[Token] = []
    at = 0
    while at < len(tokens):
        token, taken = next((found for fold in folds if (found := fold(tokens, at))), (tokens[at], 1))
        folded.append(token)
        at += taken
    return folded


def match_phrase[T](tokens: Sequence[Token], at: int, table: Mapping[tuple[str, ...], T]) -> tuple[T, int] | None:
    """The longest phrase of a table that begins here, and its length."""
    for length in range(LONGEST_PHRASE, 0, -1):
        phrase = tuple(token.norm for token in tokens[at : at + length])
        if len(phrase) == length and phrase in table:
            return table[phrase], length
    return None


def fold_spelled_number(tokens: Sequence[Token], at: int) -> Folded | None:
    word = look(tokens, at)
    if word == "a" and look(tokens, at + 1) in {"dozen", "hundred"}:
        word_at, taken = at + 1, 2
    else:
        word_at, taken = at, 1
    value = NUMBER_WORDS.get(look(tokens, word_at))
    if value is None or look_kind(tokens, word_at) != "word":
        return None
    if look(tokens, word_at + 1) == "hundred" and value < 20:
        value, taken = value * 100, taken + 1
    return join(tokens, at, taken, kind="number", norm=word, value=value)


def fold_fraction(tokens: Sequence[Token], at: int) -> Folded | None:
    """ "by half", "a third fewer", "down a tenth", "two thirds of", "1/4 fewer", as a percentage."""
    start = at + 1 if look(tokens, at) == "by" else at
    found = _read_fraction(tokens, start)
    if found is None:
        return None
    share, end = found
    is_whole = end == len(tokens) and look(tokens, start - 1) in BEFORE_A_LEVEL and look(tokens, start + 1) != "quarter"
    is_share = is_whole or look(tokens, start - 1) in BEFORE_A_FRACTION or look(tokens, end) in AFTER_A_FRACTION
    if not is_share or not 0 < share < 100:
        return None
    return join(tokens, at, end - at, kind="percent", norm="percent", value=share)


def _read_fraction(tokens: Sequence[Token], at: int) -> tuple[float, int] | None:
    """A part of one in per cent, and the place behind it; a bare "quarter" or "third" is none."""
    word = look(tokens, at)
    if word in FRACTION_SIGNS:
        return FRACTION_SIGNS[word], at + 1
    if word == "half" and not look(tokens, at + 1).startswith(("year", "term")):
        return FRACTIONS[word], at + 1
    if look_kind(tokens, at) == look_kind(tokens, at + 2) == "number" and look(tokens, at + 1) == "/":
        whole = tokens[at + 2].value
        return (round(tokens[at].value / whole * 100, 8), at + 3) if 2 <= whole <= LARGEST_WHOLE else None
    share = FRACTIONS.get(look(tokens, at + 1))
    return None if word not in PARTS_OF_ONE or share is None else (round(PARTS_OF_ONE[word] * share, 8), at + 2)


def fold_multiple(tokens: Sequence[Token], at: int) -> Folded | None:
    word = look(tokens, at)
    return join(tokens, at, 1, kind="multiple", norm=word, value=MULTIPLES[word][1]) if word in MULTIPLES else None


def fold_name(tokens: Sequence[Token], at: int) -> Folded | None:
    """ "Year 12", "phase 2": a name, whose number is no amount. Also "25 year olds"."""
    if look(tokens, at) in NAMING_WORDS and look_kind(tokens, at + 1) == "number" and _is_small(tokens[at + 1]):
        return join(tokens, at, 2, kind="word", norm=f"{look(tokens, at)} {look(tokens, at + 1)}")
    if (
        look_kind(tokens, at) == "number"
        and look(tokens, at + 1).startswith("year")
        and look(tokens, at + 2)[:3] == "old"
    ):
        return join(tokens, at, 3, kind="word", norm="age")
    return None


def _is_small(token: Token) -> bool:
    return token.value < 100 and not token.sign


def fold_percent(tokens: Sequence[Token], at: int) -> Folded | None:
    if look_kind(tokens, at) != "number":
        return None
    length = _percent_length(tokens, at + 1)
    points = _points_length(tokens, at + 1 + length)
    if not length + points:
        return None
    kind: Kind = "points" if points else "percent"
    return join(tokens, at, 1 + length + points, kind=kind, norm=kind, value=tokens[at].value)


def _percent_length(tokens: Sequence[Token], at: int) -> int:
    if look(tokens, at) in {"%", "percent", "pc", "percentage"}:
        return 1
    return 2 if (look(tokens, at), look(tokens, at + 1)) == ("per", "cent") else 0


def _points_length(tokens: Sequence[Token], at: int) -> int:
    return 1 if look(tokens, at) in {"points", "point", "pts", "pt", "pp", "ppt", "ppts"} else 0


def fold_rate_base(tokens: Sequence[Token], at: int) -> Folded | None:
    """ "per 100k", "per 1,000 population": the base of a rate, as a word for the next pass."""
    base = RATE_BASES.get(look(tokens, at + 1))
    return None if look(tokens, at) != "per" or base is None else join(tokens, at, 2, kind="word", norm=base)


def fold_rate(tokens: Sequence[Token], at: int) -> Folded | None:
    """A number with a rate's base at most four words behind it."""
    if look_kind(tokens, at) != "number":
        return None
    for ahead in range(1, 6):
        if look(tokens, at + ahead) in RATE_BASES.values():
            return join(tokens, at, ahead + 1, kind="rate", norm=look(tokens, at + ahead), value=tokens[at].value)
        if look_kind(tokens, at + ahead) != "word":
            return None
    return None


def fold_ratio(tokens: Sequence[Token], at: int) -> Folded | None:
    """ "1 in 5", "nine out of ten", as a percentage."""
    if look_kind(tokens, at) != "number":
        return None
    gap = (
        2 if look(tokens, at + 1) == "in" else 3 if (look(tokens, at + 1), look(tokens, at + 2)) == ("out", "of") else 0
    )
    if not gap or look_kind(tokens, at + gap) != "number":
        return None
    part, whole = tokens[at].value, tokens[at + gap].value
    if not 0 < part <= whole <= 1000:
        return None
    return join(tokens, at, gap + 1, kind="ratio", norm="percent", value=part / whole * 100)


def fold_duration(tokens: Sequence[Token], at: int) -> Folded | None:
    if look_kind(tokens, at) != "number":
        return None
    is_working = look(tokens, at + 1) in {"working", "calendar", "full"}
    unit = DURATION_UNITS.get(look(tokens, at + 1 + is_working))
    if unit is None or look_kind(tokens, at + 1 + is_working) != "word":
        return None
    name = f"{look(tokens, at + 1)} {unit}" if is_working else unit
    return join(tokens, at, 2 + is_working, kind="duration", norm=name, value=tokens[at].value)


def fold_operator(tokens: Sequence[Token], at: int) -> Folded | None:
    """An operator in signs or words, when a number follows it: "over" alone is no operator."""
    found = match_phrase(tokens, at, OPERATORS_BEFORE)
    if found is None:
        return None
    operator, length = found
    next_at = at + length + (look(tokens, at + length) in {"the", "a", "of"})
    token = tokens[next_at] if next_at < len(tokens) else None
    if token is None or not token.is_amount or _is_stretch(tokens[at].norm, token):
        return None
    return join(tokens, at, length, kind="operator", norm=operator)


def _is_stretch(word: str, token: Token) -> bool:
    """Whether the words say how long something goes on ("over 3 years") and not how much."""
    return token.kind == "duration" and word in {"over", "up"}


def fold_operator_after(tokens: Sequence[Token], at: int) -> Folded | None:
    found = match_phrase(tokens, at, OPERATORS_AFTER)
    if found is None or at == 0 or not tokens[at - 1].is_amount:
        return None
    return join(tokens, at, found[1], kind="operator_after", norm=found[0])


def fold_span(tokens: Sequence[Token], at: int) -> Folded | None:
    """ "per year", "a quarter", "each academic year", "p.a."."""
    if look(tokens, at) == "p.a":
        return join(tokens, at, 1, kind="span", norm="financial_year")
    if look(tokens, at) not in {"a", "per", "each", "every", "an"}:
        return None
    found = match_phrase(tokens, at + 1, SPAN_NOUNS)
    return None if found is None else join(tokens, at, 1 + found[1], kind="span", norm=found[0])


PASSES: tuple[tuple[Fold, ...], ...] = (
    (fold_fraction, fold_date, fold_quarter, fold_short_years, fold_window, fold_spelled_number, fold_multiple),
    (fold_name, fold_percent, fold_rate_base, fold_span, fold_year),
    (fold_ratio, fold_duration, fold_rate, fold_year_range),
    (fold_operator, fold_operator_after),
)
