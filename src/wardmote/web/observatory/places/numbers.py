"""Numbers and intervals of places as readers see them."""

from wardmote.web.foundation.design.words import say_number

MISSING, SUPPRESSED = "[x]", "[c]"


def write_rate(value: float) -> str:
    """Rates below ten need two decimals to be told apart."""
    return say_number(value, _choose_decimals(value))


def read_rate(value: float) -> float:
    """The rate that is printed.

    >>> read_rate(142.58), read_rate(9.876), write_rate(142.58)
    (142.6, 9.88, '142.6')
    """
    return round(value, _choose_decimals(value))


def _choose_decimals(rate: float) -> int:
    return 2 if abs(rate) < 10 else 1


def write_count(value: float) -> str:
    return say_number(value, 0 if float(value).is_integer() else 1)


def read_count(value: float) -> float:
    """The count that is printed: halves of a split place keep one decimal."""
    return round(value, 1)


def write_limits(low: float | None, high: float | None) -> str:
    return "" if low is None or high is None else f"{write_rate(low)} to {write_rate(high)}"


def write_signed(value: float, decimals: int = 0) -> str:
    """With its sign: plus, or a true minus."""
    text = say_number(abs(value), decimals)
    if not any(digit in "123456789" for digit in text):
        return text
    return f"+{text}" if value > 0 else f"\N{MINUS SIGN}{text}"


def write_ordinal(number: int) -> str:
    """1st, 2nd, 3rd, 11th.

    >>> [write_ordinal(n) for n in (1, 2, 3, 4, 11, 12, 13, 21, 112)]
    ['1st', '2nd', '3rd', '4th', '11th', '12th', '13th', '21st', '112th']
    """
    ending = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def say_place(rank: int, low: int, high: int) -> str:
    """A rank is never said without how sure it is.

    >>> say_place(7, 5, 12), say_place(1, 1, 1)
    ('7th, between 5th and 12th', '1st, and surely so')
    """
    if low == high:
        return f"{write_ordinal(rank)}, and surely so"
    return f"{write_ordinal(rank)}, between {write_ordinal(low)} and {write_ordinal(high)}"
