"""How large a number of a partnership can be: one limit for what is typed, for what a file brings, and for the sums."""

SMALLEST, LARGEST = 1e-9, 1e10  # no count, rate or sum of money of a partnership lies beyond these
MOST_CASES = 1e7  # behind a percentage: more than any county has people


def is_sensible(number: float) -> bool:
    """Is this a number that a partnership can mean? Beyond it lies what no arithmetic survives.

    >>> is_sensible(0.0), is_sensible(1362645), is_sensible(1e308), is_sensible(1e-300), is_sensible(float("nan"))
    (True, True, False, False, False)
    """
    return number == 0 or SMALLEST <= abs(number) <= LARGEST
