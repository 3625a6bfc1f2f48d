"""What every statistic asks of the numbers it is given, and how it keeps them."""

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from wardmote.evidence.statistics.errors import StatisticsError

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]
BoolArray = NDArray[np.bool_]


def as_floats(values: ArrayLike, *, name: str) -> FloatArray:
    """Return a read-only float64 copy, so that a result can carry its inputs and nobody can change them.

    Raises StatisticsError where a value is not a number or is infinite; `nan` means missing and stays.
    """
    try:
        copy = np.array(values, dtype=np.float64)
    except (TypeError, ValueError) as error:
        raise StatisticsError(
            f"{name} holds something that is not a number ({error})",
            expected="numbers, with nan for missing",
            to_do="Turn markers such as ':' or '[u]' into nan before asking for a statistic.",
        ) from error
    check_all(~np.isinf(copy), copy, name=name, expected="finite numbers, with nan for missing")
    return freeze(copy)


def as_counts(values: ArrayLike, *, name: str) -> FloatArray:
    """Return read-only counts: zero or more, nan for missing. Fractions are allowed (adjusted road casualties)."""
    counts = as_floats(values, name=name)
    check_all(~(counts < 0), counts, name=name, expected="zero or more; nan for missing")
    return counts


def as_row(values: ArrayLike, *, name: str) -> FloatArray:
    """Return read-only counts in one dimension."""
    counts = as_counts(values, name=name)
    check_dimensions(counts, 1, name=name)
    return counts


def freeze[T: np.generic](array: NDArray[T]) -> NDArray[T]:
    """Return the same array, no longer writeable."""
    array.flags.writeable = False
    return array


def check_all(good: NDArray[Any], values: NDArray[Any], *, name: str, expected: str) -> None:
    """Raise StatisticsError naming the first value that is not good and how many there are."""
    bad = np.flatnonzero(~np.atleast_1d(good))
    if bad.size == 0:
        return
    first = int(bad[0])
    more = f" and {bad.size - 1} more" if bad.size > 1 else ""
    raise StatisticsError(
        f"{name} has {np.atleast_1d(values).flat[first]:g} at position {first}{more}",
        expected=expected,
        to_do="Look at the counts that were handed over: the fault is before the statistic.",
    )


def check_dimensions(values: NDArray[Any], dimensions: int, *, name: str) -> None:
    """Raise StatisticsError unless the array has this many dimensions."""
    if values.ndim != dimensions:
        raise StatisticsError(
            f"{name} has {values.ndim} dimensions", expected=f"{dimensions}", to_do="Reshape the array first."
        )


def check_same_length(first: NDArray[Any], second: NDArray[Any], *, names: str) -> None:
    """Raise StatisticsError unless both arrays have the same shape."""
    if first.shape != second.shape:
        raise StatisticsError(
            f"{names} have shapes {first.shape} and {second.shape}",
            expected="one value of each for every unit",
            to_do="Line the two up by unit before asking.",
        )


def check_level(level: float) -> None:
    """Raise StatisticsError unless the confidence level lies strictly between 0 and 1."""
    if not 0 < level < 1:
        raise StatisticsError(
            f"a confidence level of {level}", expected="a fraction between 0 and 1", to_do="Write 95% as 0.95."
        )


def check_positive(value: float, *, name: str) -> None:
    """Raise StatisticsError unless the number is positive and finite."""
    if not (np.isfinite(value) and value > 0):
        raise StatisticsError(f"{name} is {value}", expected="a positive number", to_do=f"Give a positive {name}.")


def check_whole(value: float, *, name: str, least: int) -> None:
    """Raise StatisticsError unless the number is whole and at least `least`."""
    if value != int(value) or value < least:
        raise StatisticsError(f"{name} is {value}", expected=f"a whole number of at least {least}")
