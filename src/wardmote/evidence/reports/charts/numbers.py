"""Numbers as a reader expects them: thousands parted, as many decimals as the data can carry, a true minus."""

from collections.abc import Iterable
from math import floor, isfinite, log10

from wardmote.evidence.model.errors import UsageError

MINUS = "−"


def choose_decimals(values: Iterable[float | None]) -> int:
    """How many decimals do these values need to be told apart: 0, 1 or 2?

    Whole numbers and values of a hundred or more need none; values below one need two.

    >>> choose_decimals([31389, 5627]), choose_decimals([112.3, 9.5]), choose_decimals([0.4, 0.25])
    (0, 1, 2)
    """
    held = [abs(value) for value in values if value is not None]
    if all(value == round(value) for value in held) or min(held) >= 100:
        return 0
    return 2 if max(held) < 1 else 1


def write_number(value: float, decimals: int = 0) -> str:
    """Return the number for print.

    >>> write_number(31389), write_number(-4.25, 1), write_number(-0.01, 1)
    ('31,389', '−4.2', '0.0')
    """
    text = f"{value:,.{decimals}f}"
    if not any(digit in "123456789" for digit in text):
        return text.removeprefix("-")
    return text.replace("-", MINUS)


def write_signed(value: float, decimals: int = 0) -> str:
    """Return the number with its sign, since a change of 4 could be either.

    >>> write_signed(4.2, 1), write_signed(-4.2, 1), write_signed(0)
    ('+4.2', '−4.2', '0')
    """
    text = write_number(value, decimals)
    return text if text.startswith(MINUS) or not any(digit in "123456789" for digit in text) else f"+{text}"


def nice_ticks(low: float, high: float, count: int = 5) -> tuple[float, ...]:
    """Which round numbers cover low to high in about `count` steps of 1, 2, 2.5 or 5 times a power of ten?

    >>> nice_ticks(0, 31389)
    (0.0, 10000.0, 20000.0, 30000.0, 40000.0)
    """
    if high <= low:
        high = low + 1
    step = _nice_step((high - low) / count)
    first = floor(low / step + 1e-9)
    ticks = [first * step]
    while ticks[-1] < high - 1e-9 * step:
        ticks.append((first + len(ticks)) * step)
    return tuple(round(tick, 10) for tick in ticks)


def _nice_step(rough: float) -> float:
    power: float = 10.0 ** floor(log10(rough))
    step: float = next(part * power for part in (1, 2, 2.5, 5, 10) if part * power >= rough * (1 - 1e-9))
    return step


def check_values(where: str, values: Iterable[float | None]) -> None:
    """Raise unless there is something to draw and every value is a number or None."""
    held = list(values)
    if not held:
        raise UsageError("Nothing to draw", where=where, expected="at least one row", to_do="Leave the chart out")
    wrong = [value for value in held if value is not None and not isfinite(value)]
    if wrong:
        raise UsageError(
            f"{wrong[0]} is not a number that can be drawn",
            where=where,
            expected="finite numbers",
            to_do="Give None and a state for what is missing",
        )
