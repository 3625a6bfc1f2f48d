"""A target's text as tokens: first single marks, then marks that belong together.

Both passes look a bounded number of marks ahead, so their time grows with the text's length and no faster.
"""

import html
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

Kind = Literal[
    "word", "mark", "number", "percent", "points", "money", "rate", "ratio", "duration", "operator", "operator_after",
    "year", "years", "date", "window", "span", "multiple",
]  # fmt: skip
#: Kinds that carry an amount that a target can be about.
AMOUNTS: frozenset[str] = frozenset({"number", "percent", "points", "money", "rate", "ratio", "duration"})


@dataclass(frozen=True, slots=True)
class Token:
    """One thing said. `norm` is its name in the tables (lower case), `text` the source's own characters.

    `value` is the amount of a number; `years` the first and last year of a year or range; `sign` a printed + or -.
    """

    kind: Kind
    text: str
    norm: str
    start: int
    end: int
    value: float = 0.0
    years: tuple[int, int] = (0, 0)
    sign: str = ""
    month: int = 0
    day: int = 0

    @property
    def is_amount(self) -> bool:
        return self.kind in AMOUNTS

    @property
    def is_financial_year(self) -> bool:
        """Whether it is a year across two calendar years, such as 2013/14."""
        return self.kind == "years" and self.years[1] == self.years[0] + 1


GLUED_POINTS = re.compile(r"([0-9])(ppts?|pp|pts)(?![^\W_])", re.IGNORECASE)
TAG = re.compile(r"</?[a-zA-Z][^<>]{0,300}>")
#: The single marks, in the order in which they are tried. Each is bounded or moves forward only.
MARKS: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    ("money", re.compile(r"£\s?(?P<n>[0-9]{1,15}(?:,[0-9]{3}){0,4}(?:\.[0-9]{1,6})?)(?P<scale>bn|[kKmM])?(?![^\W_])")),
    ("date", re.compile(r"(?P<y>(?:19|20)[0-9]{2})-(?P<m>[01][0-9])-(?P<d>[0-3][0-9])(?![0-9])")),
    ("date", re.compile(r"(?P<d>[0-9]{1,2})[/.](?P<m>[0-9]{1,2})[/.](?P<y>(?:19|20)[0-9]{2})(?![0-9])")),
    ("date", re.compile(r"(?P<d>[0-9]{1,2})/(?P<m>[0-9]{1,2})/(?P<y>[0-9]{2})(?![0-9/])")),
    ("date", re.compile(r"(?P<d>[0-9]{1,2})[.](?P<m>[0-9]{1,2})[.](?P<y>[0-9]{2})(?![0-9.])")),
    ("years", re.compile(r"(?P<a>(?:19|20)[0-9]{2})\s?[/–-]\s?(?P<b>(?:19|20)[0-9]{2}|[0-9]{2})(?![0-9%]|[.,][0-9])")),
    (
        "number",
        re.compile(
            r"(?P<sign>(?<![^\W_%])[+−–-])?(?P<n>[0-9]{1,3}(?:,[0-9]{3}){1,4}(?:\.[0-9]{1,6})?|"
            r"[0-9]{1,15}(?:\.[0-9]{1,6})?)(?P<scale>[kK])?(?![^\W_])(?!,?[0-9])"
        ),
    ),
    ("word", re.compile(r"[^\W_]+(?:['’.‐‑-][^\W_]+)*")),
    ("mark", re.compile(r">=|=>|<=|=<|.", re.DOTALL)),
)  # fmt: skip
SPACE = re.compile(r"\s+")
SCALES = {"": 1.0, "k": 1e3, "m": 1e6, "bn": 1e9}


def clean_text(text: str) -> str:
    """The text without the mark-up that a copied table leaves in its cells: tags and character names."""
    return GLUED_POINTS.sub(r"\1 \2", html.unescape(TAG.sub(" ", text)))


def scan_marks(text: str) -> tuple[Token, ...]:
    """The single marks of a text, in order; spaces are left out. Every character belongs to a mark or a space."""
    return tuple(_scan(text))


def _scan(text: str) -> Iterator[Token]:
    position = 0
    while position < len(text):
        if space := SPACE.match(text, position):
            position = space.end()
            continue
        kind, found = _match_mark(text, position)
        position = found.end()
        yield BUILDERS[kind](found)


def _match_mark(text: str, position: int) -> tuple[Kind, re.Match[str]]:
    for kind, pattern in MARKS[:-1]:
        if found := pattern.match(text, position):
            return kind, found
    kind, pattern = MARKS[-1]
    found = pattern.match(text, position)
    if found is None:  # cannot be: the last pattern takes any character
        raise IndexError(position)
    return kind, found


def _read_amount(found: re.Match[str]) -> float:
    return float(found["n"].replace(",", "")) * SCALES[(found["scale"] or "").lower()]


def _build_word(found: re.Match[str], kind: Kind = "word") -> Token:
    return Token(kind, found[0], found[0].lower().replace("’", "'"), found.start(), found.end())


def _build_mark(found: re.Match[str]) -> Token:
    return _build_word(found, "mark")


def _build_number(found: re.Match[str]) -> Token:
    sign = (found["sign"] or "").replace("−", "-").replace("–", "-")
    return Token("number", found[0], found[0].lower(), found.start(), found.end(), _read_amount(found), sign=sign)


def _build_money(found: re.Match[str]) -> Token:
    return Token("money", found[0], "money", found.start(), found.end(), _read_amount(found))


def _build_date(found: re.Match[str]) -> Token:
    year, month, day = int(found["y"]), int(found["m"]), int(found["d"])
    year += 2000 if year < 100 else 0
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return _build_word(found)
    return Token("date", found[0], "date", found.start(), found.end(), years=(year, year), month=month, day=day)


def _build_years(found: re.Match[str]) -> Token:
    first = int(found["a"])
    last = int(found["b"]) if len(found["b"]) == 4 else first // 100 * 100 + int(found["b"])
    if last < first:
        last += 100  # 1999/00
    return Token("years", found[0], name_years(first, last), found.start(), found.end(), years=(first, last))


def name_years(first: int, last: int) -> str:
    """How a stretch of years is written throughout: 2013-14, 2004-2008, 2020.

    >>> name_years(2013, 2014), name_years(2004, 2008), name_years(2020, 2020)
    ('2013-14', '2004-2008', '2020')
    """
    if last == first + 1:
        return f"{first}-{last % 100:02d}"
    return str(first) if first == last else f"{first}-{last}"


BUILDERS: dict[Kind, Callable[[re.Match[str]], Token]] = {
    "money": _build_money,
    "date": _build_date,
    "years": _build_years,
    "number": _build_number,
    "word": _build_word,
    "mark": _build_mark,
}
