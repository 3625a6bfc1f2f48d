"""Days and years, put together from their marks: "31 March 2026", "Mar 27", "Q4 2026/27", "2005 to 2009"."""

from collections.abc import Sequence
from dataclasses import replace

from wardmote.evidence.targets.grammar.joining import DASHES, Folded, join, look, look_kind
from wardmote.evidence.targets.grammar.lexicon import MONTHS, name_words
from wardmote.evidence.targets.grammar.tokens import Token, name_years

AFTER_A_YEAR = name_words(
    "from against compared until then average mean baseline base level levels out-turn outturn figure figures "
    "data total and or to as for by on in at of when with but this is was were has have than fewer less more "
    "lower higher q1 q2 q3 q4"
)
BEFORE_A_YEAR = name_words("by before until till to end of in for from on than against during q1 q2 q3 q4 year")
BEFORE_A_SHORT_DATE = name_words("by before until till end of to the")
QUARTER_ENDS = {"q1": (6, 0), "q2": (9, 0), "q3": (12, 0), "q4": (3, 1)}


def fold_date(tokens: Sequence[Token], at: int) -> Folded | None:
    """ "31 March 2026", "March 2026", "31st March 2026"; "Mar 27" and "Mar '27" where a last day is being named."""
    day = _read_day(tokens, at)
    month_at = at + 1 if day else at
    month = MONTHS.get(look(tokens, month_at))
    if month is None:
        return None
    year_at = month_at + 1 + (look(tokens, month_at + 1) in {"'", "’", "‘", "of", ","})
    if look_kind(tokens, year_at) != "number":
        return None
    is_short = is_short_year(tokens[year_at]) and (day > 0 or look(tokens, at - 1) in BEFORE_A_SHORT_DATE)
    if not is_year(tokens[year_at]) and not is_short:
        return None
    token, taken = join(tokens, at, year_at + 1 - at, kind="date", norm="date")
    year = int(tokens[year_at].value) + (2000 if is_short else 0)
    return replace(token, years=(year, year), month=month, day=day, sign=""), taken


def _read_day(tokens: Sequence[Token], at: int) -> int:
    text = look(tokens, at)
    digits = text[:-2] if text[-2:] in {"st", "nd", "rd", "th"} else text
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) <= 2 and 1 <= int(digits) <= 31 else 0


def fold_quarter(tokens: Sequence[Token], at: int) -> Folded | None:
    """ "Q4 2026/27", "Q4 of 2026/27", "2026/27 Q4": the month in which a financial year's quarter ends."""
    quarter_at = at + 1 if look(tokens, at + 1) in QUARTER_ENDS else at
    years_at = at if quarter_at > at else at + 1 + (look(tokens, at + 1) in {"of", ",", "in"})
    ends = QUARTER_ENDS.get(look(tokens, quarter_at))
    if ends is None or years_at >= len(tokens) or not tokens[years_at].is_financial_year:
        return None
    token, taken = join(tokens, at, max(quarter_at, years_at) + 1 - at, kind="date", norm="date")
    year = tokens[years_at].years[0] + (1 if ends[1] else 0)
    return replace(token, years=(year, year), month=ends[0]), taken


def fold_short_years(tokens: Sequence[Token], at: int) -> Folded | None:
    """ "by 26/27", "in 2026 / 27" without its century: a financial year, where a word of time stands before it."""
    if look_kind(tokens, at) != "number" or look(tokens, at + 1) != "/" or look_kind(tokens, at + 2) != "number":
        return None
    is_pair = all(is_short_year(tokens[place]) for place in (at, at + 2))
    is_told = look(tokens, at - 1) in BEFORE_A_YEAR and not _counts_things(tokens, at + 3)
    if not is_pair or not is_told or tokens[at + 2].value != tokens[at].value + 1:
        return None
    first = 2000 + int(tokens[at].value)
    token, taken = join(tokens, at, 3, kind="years", norm=name_years(first, first + 1))
    return replace(token, years=(first, first + 1)), taken


def fold_window(tokens: Sequence[Token], at: int) -> Folded | None:
    """ "March - May": when in the year something happens."""
    joins = look(tokens, at + 1) in DASHES or look(tokens, at + 1) == "to"
    if not (look(tokens, at) in MONTHS and joins and look(tokens, at + 2) in MONTHS):
        return None
    return join(tokens, at, 3, kind="window", norm=f"{tokens[at].text}-{tokens[at + 2].text}")


def fold_year(tokens: Sequence[Token], at: int) -> Folded | None:
    """A bare 2020 as a year, unless a noun behind it makes it an amount: "2000 people"."""
    if look_kind(tokens, at) != "number" or not is_year(tokens[at]) or _counts_things(tokens, at + 1):
        return None
    year = int(tokens[at].value)
    token, taken = join(tokens, at, 1, kind="year", norm=str(year))
    return replace(token, years=(year, year)), taken


def _counts_things(tokens: Sequence[Token], at: int) -> bool:
    return look_kind(tokens, at) == "word" and look(tokens, at) not in AFTER_A_YEAR


def is_year(token: Token) -> bool:
    return len(token.text) == 4 and token.text.isdigit() and 1990 <= token.value <= 2099


def is_short_year(token: Token) -> bool:
    return len(token.text) == 2 and token.text.isdigit()


def fold_year_range(tokens: Sequence[Token], at: int) -> Folded | None:
    """ "2005 to 2009", "2005 and 2009" behind "between"."""
    if (
        look_kind(tokens, at) != "year"
        or look_kind(tokens, at + 2) != "year"
        or look(tokens, at + 1) not in {"to", "and"}
    ):
        return None
    first, last = tokens[at].years[0], tokens[at + 2].years[0]
    if last <= first:
        return None
    token, taken = join(tokens, at, 3, kind="years", norm=name_years(first, last))
    return replace(token, years=(first, last)), taken
