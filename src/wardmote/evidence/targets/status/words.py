"""How are a value, a limit and the gap between them written so that the figures shown prove the colour shown?

A figure is written with two decimals at most, unless that would hide the difference it is compared by: 74.996 against
75 is not written "75 against 75".
"""

import math

from wardmote.evidence.targets.kinds import Operator

_LIMIT_WORDS: dict[Operator, str] = {">=": "at least", ">": "more than", "<=": "at most", "<": "below"}
_PERCENT_UNITS = {"percent", "%", "per cent", "percentage"}
_MONEY_UNITS = {"money", "gbp", "£", "pounds"}
_MOST_DECIMALS = 9


def is_percent(unit: str) -> bool:
    """Whether a unit's name means a percentage."""
    return unit.strip().casefold() in _PERCENT_UNITS


def show_number(number: float, decimals: int = 2) -> str:
    """How is a number written: thousands apart, no idle zeros?

    >>> show_number(1290.28), show_number(85.0), show_number(69.26829), show_number(-0.001)
    ('1,290.28', '85', '69.27', '0')
    """
    text = f"{number:,.{decimals}f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text == "-0" else text


def find_decimals(number: float, reference: float, least: int = 2) -> int:
    """With how many decimals does a number, once rounded, still lie on its own side of a reference?

    >>> find_decimals(77.8, 85), find_decimals(74.9996, 75)
    (2, 4)
    """
    if math.isclose(number, reference, rel_tol=1e-9):
        return least
    for decimals in range(least, _MOST_DECIMALS):
        rounded, held = round(number, decimals), round(reference, decimals)
        if (rounded > held) == (number > reference) and rounded != held:
            return decimals
    return _MOST_DECIMALS


def show_change(change: float, reference: float) -> str:
    """How is a change in percent written, with its sign?

    >>> show_change(-14.7478, -5), show_change(0.69, 5)
    ('-14.7%', '+0.7%')
    """
    text = show_number(change, find_decimals(change, reference, least=1))
    return f"{text}%" if change < 0 or text == "0" else f"+{text}%"


def show_measure(number: float, unit: str, decimals: int = 2) -> str:
    """How is a number with its unit written?

    >>> show_measure(77.8, "percent"), show_measure(395, "per 100k"), show_measure(1200, "GBP")
    ('77.8%', '395 per 100k', '£1,200')
    """
    text = show_number(number, decimals)
    if is_percent(unit):
        return text + "%"
    if unit.strip().casefold() in _MONEY_UNITS:
        return "£" + text
    plain = "" if unit in ("", "none", "count", "rate") else f" {unit}"
    return text + plain


def show_bare(number: float, unit: str, decimals: int = 2) -> str:
    """How is the limit written beside a value that has already named the unit?"""
    return show_measure(number, unit if is_percent(unit) or unit.strip().casefold() in _MONEY_UNITS else "", decimals)


def show_limit(operator: Operator, level: float, unit: str, decimals: int = 2) -> str:
    """How is a limit said in words, strictness included?

    >>> show_limit(">=", 85, "percent"), show_limit("<", 275, "per 100k")
    ('at least 85%', 'below 275')
    """
    return f"{_LIMIT_WORDS[operator]} {show_bare(level, unit, decimals)}"


def show_gap(gap: float, unit: str) -> str:
    """How is a distance said? Between percentages it is in points, never in percent.

    >>> show_gap(7.2, "percent"), show_gap(1, "percent"), show_gap(120, "per 100k")
    ('7.2 points', '1 point', '120')
    """
    text = show_number(gap, find_decimals(gap, 0))
    if is_percent(unit):
        return f"{text} point" if text == "1" else f"{text} points"
    return f"£{text}" if unit.strip().casefold() in _MONEY_UNITS else text


def join_words(words: list[str]) -> str:
    """How are several things listed in a sentence?

    >>> join_words(["a", "b", "c"])
    'a, b and c'
    """
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"
