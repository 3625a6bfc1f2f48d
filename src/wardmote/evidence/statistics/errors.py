"""The one error of the statistics."""

from wardmote.evidence.model.errors import WardmoteError


class StatisticsError(WardmoteError):
    """A statistic was asked of numbers that it does not exist for, such as a negative count."""
