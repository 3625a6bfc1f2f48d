"""The closed lists of the risk register, and where a score is low and where it is severe."""

from django.db import models


class RiskState(models.TextChoices):
    OPEN = "open", "Open"
    CLOSED = "closed", "Closed"


class MitigationState(models.TextChoices):
    PLANNED = "planned", "Planned"
    UNDER_WAY = "under_way", "Under way"
    DONE = "done", "Done"
    DROPPED = "dropped", "Dropped"


class Band(models.TextChoices):
    """What a score of likelihood times impact is called. The letter stands in every cell of the matrix."""

    LOW = "L", "Low"
    MEDIUM = "M", "Medium"
    HIGH = "H", "High"
    SEVERE = "S", "Severe"


#: The lowest score of each band, the highest first.
BAND_FROM = ((20, Band.SEVERE), (10, Band.HIGH), (5, Band.MEDIUM), (1, Band.LOW))
LIKELIHOODS = [(1, "1 Rare"), (2, "2 Unlikely"), (3, "3 Possible"), (4, "4 Likely"), (5, "5 Almost certain")]
IMPACTS = [(1, "1 Slight"), (2, "2 Minor"), (3, "3 Moderate"), (4, "4 Major"), (5, "5 Severe")]


def find_band(score: int) -> Band:
    """The band of a score from 1 to 25."""
    return next(band for lowest, band in BAND_FROM if score >= lowest)
