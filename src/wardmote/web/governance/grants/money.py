"""Money in whole pence. Nothing here is a float: pounds are pence with a point before the last two digits."""

import re
from typing import Self

#: £96,000 or 96000.50, with a true minus or a hyphen before it.
_POUNDS = re.compile(r"^(?P<minus>[-−])?£?(?P<pounds>\d{1,3}(?:,\d{3})+|\d+)(?:\.(?P<pence>\d{2}))?$")
#: No amount that anybody means is longer, and a number of thousands of digits cannot even be read.
_MOST_LETTERS = 40
#: More than any fund gives; a slip of the finger is found before the database refuses it.
MOST_PENCE = 100_000_000_000


class Pence(int):
    """An amount of money that says itself in pounds.

    >>> str(Pence(9600050)), str(Pence(-5))
    ('£96,000.50', '−£0.05')
    """

    def __str__(self) -> str:
        return say_pounds(self)

    @classmethod
    def of(cls, amount: int | None) -> Self | None:
        return None if amount is None else cls(amount)


def say_pounds(pence: int | None) -> str:
    """An amount in words.

    >>> say_pounds(123456), say_pounds(-100000), say_pounds(0), say_pounds(None)
    ('£1,234.56', '−£1,000.00', '£0.00', '–')
    """
    if pence is None:
        return "–"
    pounds, rest = divmod(abs(int(pence)), 100)
    return f"{'−' if pence < 0 else ''}£{pounds:,}.{rest:02d}"


def show_pounds(pence: int | None) -> str:
    """An amount for a page: a line is never broken between the minus and what it takes away.

    >>> show_pounds(-5) == "−\u2060£0.05", show_pounds(5)
    (True, '£0.05')
    """
    return say_pounds(pence).replace("−", "−\u2060")


def write_pounds(pence: int) -> str:
    """An amount as a box shows it: no sign for the currency, no commas.

    >>> write_pounds(9600050)
    '96000.50'
    """
    pounds, rest = divmod(abs(int(pence)), 100)
    return f"{'-' if pence < 0 else ''}{pounds}.{rest:02d}"


def read_pounds(typed: str) -> Pence | None:
    """What somebody typed, in pence; None for what is no amount.

    >>> int(read_pounds("£96,000.50")), int(read_pounds("12")), read_pounds("12.5"), read_pounds("9,60")
    (9600050, 1200, None, None)
    """
    found = _POUNDS.match("".join(typed.split())) if len(typed) <= _MOST_LETTERS else None
    if found is None or not typed.isprintable() or not found["pounds"].replace(",", "").isascii():
        return None
    pence = int(found["pounds"].replace(",", "")) * 100 + int(found["pence"] or 0)
    return Pence(-pence if found["minus"] else pence)


def divide_pence(pence: int, count: int) -> Pence | None:
    """What each of so many cost, to the nearest penny, a half upwards; None where there is none to divide by.

    >>> int(divide_pence(1000, 3)), int(divide_pence(5, 2)), divide_pence(1000, 0)
    (333, 3, None)
    """
    return Pence((2 * pence + count) // (2 * count)) if count > 0 else None


def say_share(part: int, whole: int) -> str:
    """A part of an amount in per cent, cut and not rounded, so that 100% means all of it.

    >>> say_share(95999, 96000), say_share(1, 0)
    ('99%', '–')
    """
    return f"{100 * part // whole}%" if whole > 0 else "–"
