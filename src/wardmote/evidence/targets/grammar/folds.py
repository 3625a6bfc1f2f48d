"""Marks that belong together, put together: "5" and "%", "no", "more" and "than", "31", "March" and "2026"."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from wardmote.evidence.targets.grammar.lexicon import (
    DURATION_UNITS,
    FRACTIONS,
    MONTHS,
    MULTIPLES,
    NAMING_WORDS,
    NUMBER_WORDS,
    OPERATORS_AFTER,
    OPERATORS_BEFORE,
    RATE_BASES,
    SPAN_NOUNS,
    name_words,
)
from wardmote.evidence.targets.grammar.tokens import Kind, Token, clean_text, name_years, scan_marks

#: A fold looks at a place and answers the token that stands there and how many marks it took, or nothing.
Folded = tuple[Token, int]
Fold = Callable[[Sequence[Token], int], Folded | None]
LONGEST_PHRASE = 4
DASHES = frozenset("-–—")
AFTER_A_YEAR = name_words(
    "from against compared until then average mean baseline base level levels out-turn outturn figure figures "
    "data total and or to as for by on in the at of when with but this is was were has have"
)


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


def look(tokens: Sequence[Token], at: int) -> str:
    """The norm of the token at a place, "" beyond either end."""
    return tokens[at].norm if 0 <= at < len(tokens) else ""


def _kind(tokens: Sequence[Token], at: int) -> str:
    return tokens[at].kind if 0 <= at < len(tokens) else ""


def join(tokens: Sequence[Token], at: int, count: int, *, kind: Kind, norm: str, value: float = 0.0) -> Folded:
    """One token made of several neighbours, with the first one's printed sign."""
    span = tokens[at : at + count]
    text = " ".join(token.text for token in span)
    return Token(kind, text, norm, span[0].start, span[-1].end, value, sign=span[0].sign), count


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
    if value is None or _kind(tokens, word_at) != "word":
        return None
    if look(tokens, word_at + 1) == "hundred" and value < 20:
        value, taken = value * 100, taken + 1
    return join(tokens, at, taken, kind="number", norm=word, value=value)


def fold_fraction(tokens: Sequence[Token], at: int) -> Folded | None:
    """ "by half", "by a quarter", as a percentage."""
    if look(tokens, at) != "by":
        return None
    word_at = at + 2 if look(tokens, at + 1) in {"a", "one"} else at + 1
    share = FRACTIONS.get(look(tokens, word_at))
    return None if share is None else join(tokens, at, word_at - at + 1, kind="percent", norm="percent", value=share)


def fold_multiple(tokens: Sequence[Token], at: int) -> Folded | None:
    word = look(tokens, at)
    return join(tokens, at, 1, kind="multiple", norm=word, value=MULTIPLES[word][1]) if word in MULTIPLES else None


def fold_name(tokens: Sequence[Token], at: int) -> Folded | None:
    """ "Year 12", "phase 2": a name, whose number is no amount. Also "25 year olds"."""
    if look(tokens, at) in NAMING_WORDS and _kind(tokens, at + 1) == "number" and _is_small(tokens[at + 1]):
        return join(tokens, at, 2, kind="word", norm=f"{look(tokens, at)} {look(tokens, at + 1)}")
    if _kind(tokens, at) == "number" and look(tokens, at + 1).startswith("year") and look(tokens, at + 2)[:3] == "old":
        return join(tokens, at, 3, kind="word", norm="age")
    return None


def _is_small(token: Token) -> bool:
    return token.value < 100 and not token.sign


def fold_percent(tokens: Sequence[Token], at: int) -> Folded | None:
    if _kind(tokens, at) != "number":
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
    if _kind(tokens, at) != "number":
        return None
    for ahead in range(1, 6):
        if look(tokens, at + ahead) in RATE_BASES.values():
            return join(tokens, at, ahead + 1, kind="rate", norm=look(tokens, at + ahead), value=tokens[at].value)
        if _kind(tokens, at + ahead) != "word":
            return None
    return None


def fold_ratio(tokens: Sequence[Token], at: int) -> Folded | None:
    """ "1 in 5", "nine out of ten", as a percentage."""
    if _kind(tokens, at) != "number":
        return None
    gap = (
        2 if look(tokens, at + 1) == "in" else 3 if (look(tokens, at + 1), look(tokens, at + 2)) == ("out", "of") else 0
    )
    if not gap or _kind(tokens, at + gap) != "number":
        return None
    part, whole = tokens[at].value, tokens[at + gap].value
    if not 0 < part <= whole <= 1000:
        return None
    return join(tokens, at, gap + 1, kind="ratio", norm="percent", value=part / whole * 100)


def fold_duration(tokens: Sequence[Token], at: int) -> Folded | None:
    if _kind(tokens, at) != "number":
        return None
    is_working = look(tokens, at + 1) in {"working", "calendar", "full"}
    unit = DURATION_UNITS.get(look(tokens, at + 1 + is_working))
    if unit is None or _kind(tokens, at + 1 + is_working) != "word":
        return None
    name = f"{look(tokens, at + 1)} {unit}" if is_working else unit
    return join(tokens, at, 2 + is_working, kind="duration", norm=name, value=tokens[at].value)


def fold_date(tokens: Sequence[Token], at: int) -> Folded | None:
    """ "31 March 2026", "March 2026", "31st March 2026"."""
    day = _read_day(tokens, at)
    month_at = at + 1 if day else at
    month = MONTHS.get(look(tokens, month_at))
    if month is None or _kind(tokens, month_at + 1) != "number" or not _is_year(tokens[month_at + 1]):
        return None
    token, taken = join(tokens, at, month_at + 2 - at, kind="date", norm="date")
    year = int(tokens[month_at + 1].value)
    return replace(token, years=(year, year), month=month, day=day, sign=""), taken


def _read_day(tokens: Sequence[Token], at: int) -> int:
    text = look(tokens, at)
    digits = text[:-2] if text[-2:] in {"st", "nd", "rd", "th"} else text
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) <= 2 and 1 <= int(digits) <= 31 else 0


def fold_window(tokens: Sequence[Token], at: int) -> Folded | None:
    """ "March - May": when in the year something happens."""
    joins = look(tokens, at + 1) in DASHES or look(tokens, at + 1) == "to"
    if not (look(tokens, at) in MONTHS and joins and look(tokens, at + 2) in MONTHS):
        return None
    return join(tokens, at, 3, kind="window", norm=f"{tokens[at].text}-{tokens[at + 2].text}")


def fold_year(tokens: Sequence[Token], at: int) -> Folded | None:
    """A bare 2020 as a year, unless a noun behind it makes it an amount: "2000 people"."""
    if _kind(tokens, at) != "number" or not _is_year(tokens[at]):
        return None
    if _kind(tokens, at + 1) == "word" and look(tokens, at + 1) not in AFTER_A_YEAR:
        return None
    year = int(tokens[at].value)
    token, taken = join(tokens, at, 1, kind="year", norm=str(year))
    return replace(token, years=(year, year)), taken


def _is_year(token: Token) -> bool:
    return len(token.text) == 4 and token.text.isdigit() and 1990 <= token.value <= 2099


def fold_year_range(tokens: Sequence[Token], at: int) -> Folded | None:
    """ "2005 to 2009", "2005 and 2009" behind "between"."""
    if _kind(tokens, at) != "year" or _kind(tokens, at + 2) != "year" or look(tokens, at + 1) not in {"to", "and"}:
        return None
    first, last = tokens[at].years[0], tokens[at + 2].years[0]
    if last <= first:
        return None
    token, taken = join(tokens, at, 3, kind="years", norm=name_years(first, last))
    return replace(token, years=(first, last)), taken


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
    (fold_fraction, fold_date, fold_window, fold_spelled_number, fold_multiple),
    (fold_name, fold_percent, fold_rate_base, fold_span, fold_year),
    (fold_ratio, fold_duration, fold_rate, fold_year_range),
    (fold_operator, fold_operator_after),
)
