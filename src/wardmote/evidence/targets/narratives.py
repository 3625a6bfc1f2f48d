"""What a partner's own words hold: sentences, numbers and dates, read without guessing."""

import math
import re
from dataclasses import dataclass

from wardmote.evidence.model.periods import find_month_number

_MONTH = (
    r"(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)"
)
_MONTH_YEAR = re.compile(rf"\b{_MONTH}\.?,?\s+(20\d\d|19\d\d)\b", re.IGNORECASE)
_SLASHED = re.compile(r"\b\d{1,2}[/.](\d{1,2})[/.](20\d\d|19\d\d|\d\d)\b")
_NUMBER = re.compile(r"(?<![\w£$.,/-])\d{1,3}(?:,\d{3})+(?!\d)|(?<![\w£$.,/-])\d+(?:\.\d+)?(?![\d/])")
_SENTENCE = re.compile(r"(?<=[.!?;])\s+(?=[A-Z*0-9\"“])|\n+|<br\s*/?>|</?p>")


@dataclass(frozen=True, slots=True, order=True)
class NamedMonth:
    """A month that a text names with its year."""

    year: int
    month: int

    @property
    def financial_year(self) -> int:
        return self.year if self.month >= 4 else self.year - 1


def split_sentences(text: str) -> list[str]:
    """Split a narrative at the ends of sentences and lines.

    >>> split_sentences("Four schools joined. Two left in May 2015.")
    ['Four schools joined.', 'Two left in May 2015.']
    """
    return [piece.strip() for piece in _SENTENCE.split(text) if piece.strip()]


def normalise(text: str) -> str:
    """Reduce a text to its words and numbers, so that spacing, case and a leading "Q2 -" make no difference.

    >>> normalise("Q2 -  The Team, as before.")
    'the team as before'
    """
    bare = re.sub(r"^\s*q[1-4]\s*[-–—:]*\s*", "", text.casefold())
    return " ".join(re.findall(r"[\w%.]*\w%?", bare))


def list_numbers(text: str) -> list[float]:
    """List the numbers of a text in order, without dates, sums of money and codes.

    >>> list_numbers("16 classes (468 pupils) on 01/05/2015 for £1,200 and 1,635 more")
    [16.0, 468.0, 1635.0]
    """
    return [float(match[0].replace(",", "")) for match in _NUMBER.finditer(text)]


def list_months(text: str) -> list[NamedMonth]:
    """List the months that a text names with their year, in whatever form.

    >>> list_months("from May to the end of June 2014, then 01/10/14")
    [NamedMonth(year=2014, month=6), NamedMonth(year=2014, month=10)]
    """
    named = [NamedMonth(int(m[2]), find_month_number(m[1])) for m in _MONTH_YEAR.finditer(text)]
    slashed = [(int(m[2]), int(m[1])) for m in _SLASHED.finditer(text)]
    return named + [NamedMonth(y if y > 99 else 2000 + y, month) for y, month in slashed if 1 <= month <= 12]


def is_telling(number: float) -> bool:
    """Whether a number has three digits or more and is not round, so that meeting it twice is no accident.

    >>> [is_telling(number) for number in (468, 35.37, 450, 100, 2015, 47)]
    [True, True, False, False, False, False]
    """
    if not math.isfinite(number):
        return False
    digits = f"{number:.10g}".replace(".", "").lstrip("0")
    is_round = number == round(number) and number % 10 == 0
    is_year = number == round(number) and 1900 <= number < 2100
    return len(digits) >= 3 and not is_round and not is_year
