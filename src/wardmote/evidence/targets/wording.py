"""How numbers and chances of a plan are written in a sentence."""

import math

#: Chances that people can picture, in rising order.
_CHANCES = (
    (1 / 20, "about 1 in 20"),
    (1 / 10, "about 1 in 10"),
    (1 / 5, "about 1 in 5"),
    (1 / 4, "about 1 in 4"),
    (1 / 3, "about 1 in 3"),
    (2 / 5, "about 2 in 5"),
    (1 / 2, "about 1 in 2"),
    (3 / 5, "about 3 in 5"),
    (2 / 3, "about 2 in 3"),
    (3 / 4, "about 3 in 4"),
    (4 / 5, "about 4 in 5"),
    (9 / 10, "about 9 in 10"),
    (19 / 20, "about 19 in 20"),
)
#: Below it two decimals would show nought.
_LEAST_ROUNDED = 0.005


def write_number(number: float | None) -> str:
    """Write a number as people do: 1,626; 35.37; 4.

    A number too small for two decimals keeps its first digit: 7 of 1,000,000 is not nought.

    >>> write_number(1626), write_number(35.37), write_number(4.0), write_number(3.999), write_number(0.0007)
    ('1,626', '35.37', '4', '4', '0.0007')
    """
    if number is None or not math.isfinite(number):
        return "not given"
    if number == round(number):
        return f"{number:,.0f}"
    if abs(number) < _LEAST_ROUNDED:
        return f"{number:.{_count_leading_zeros(number) + 1}f}".rstrip("0")
    return f"{number:,.2f}".rstrip("0").rstrip(".")


def _count_leading_zeros(number: float) -> int:
    """How many noughts follow the point: 3 in 0.0007."""
    return max(0, -math.floor(math.log10(abs(number))) - 1)


def write_percent(number: float) -> str:
    """Write a percentage with at most two decimals.

    >>> write_percent(70.0), write_percent(8.25)
    ('70%', '8.25%')
    """
    return f"{write_number(number)}%"


def write_chance(chance: float) -> str:
    """Write a chance from 0 to 1 in words that can be pictured.

    >>> write_chance(0.76), write_chance(0.004), write_chance(0.999)
    ('about 3 in 4', 'less than 1 in 40', 'more than 39 in 40')
    """
    if chance < 1 / 40:
        return "less than 1 in 40"
    if chance > 39 / 40:
        return "more than 39 in 40"
    return min(_CHANCES, key=lambda step: abs(step[0] - chance))[1]
