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


def write_number(number: float | None) -> str:
    """Write a number as people do: 1,626; 35.37; 4.

    >>> write_number(1626), write_number(35.37), write_number(4.0)
    ('1,626', '35.37', '4')
    """
    if number is None or not math.isfinite(number):
        return "not given"
    return f"{number:,.0f}" if number == round(number) else f"{number:,.2f}".rstrip("0")


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
