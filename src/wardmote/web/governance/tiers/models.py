"""The records of `tiers`: what a district lets its county read, and which of its indicators is a county's measure."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from wardmote.web.foundation.privacy import Privacy
from wardmote.web.partnerships.interface import Partnership, PartnershipRecord


class SharingAgreement(PartnershipRecord):
    """A district's word that its county may read what it signed off, from a day on. It is ended, never changed.

    `partnership` is the district's. Without one in force the county sees only that nothing is shared.
    """

    PRIVACY: ClassVar = {
        **dict.fromkeys(
            ("id", "partnership", "county", "starts_on", "values_from", "is_named_to_neighbours", "made_at", "made_by",
             "ended_on", "ended_at", "ended_by"), Privacy.NONE),
        **dict.fromkeys(("agreed_by", "ended_because"), Privacy.FREE_TEXT),
    }  # fmt: skip

    county = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="+")
    starts_on = models.DateField()  # from when it may be read
    values_from = models.DateField()  # quarters that ended earlier stay unread
    agreed_by = models.CharField(max_length=300)  # the body or post, with the minute
    is_named_to_neighbours = models.BooleanField(default=False)
    made_at = models.DateTimeField()
    made_by = models.UUIDField(null=True)
    ended_on = models.DateField(null=True, blank=True)  # the first day on which it holds no more
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.UUIDField(null=True, blank=True)
    ended_because = models.TextField(blank=True)

    class Meta:
        ordering: ClassVar = ["-made_at"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["partnership"], condition=Q(ended_at=None), name="one_sharing_agreement_at_once"
            ),
            models.CheckConstraint(condition=~Q(partnership=F("county")), name="sharing_with_another"),
        ]


class MeasureLink(PartnershipRecord):
    """A county's word that a district's indicator is its own measure, and why. It is ended, never changed.

    `partnership` is the county's. Both sides are named by their series, so that the link outlives a plan's versions.
    """

    PRIVACY: ClassVar = {
        **dict.fromkeys(
            ("id", "partnership", "series", "district", "district_series", "is_same_by_word", "denominator", "made_at",
             "made_by", "ended_at", "ended_by"), Privacy.NONE),
        **dict.fromkeys(("title", "reason", "denominator_source", "ended_because"), Privacy.ORGANISATION),
    }  # fmt: skip

    series = models.UUIDField()
    district = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="+")
    district_series = models.UUIDField()
    title = models.TextField()  # of the district's indicator, as it read when it was linked
    reason = models.TextField()
    is_same_by_word = models.BooleanField(default=False)  # other words of definition mean the same
    denominator = models.FloatField(null=True, blank=True)  # of a rate that is returned without one
    denominator_source = models.CharField(max_length=300, blank=True)
    made_at = models.DateTimeField()
    made_by = models.UUIDField(null=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.UUIDField(null=True, blank=True)
    ended_because = models.TextField(blank=True)

    class Meta:
        ordering: ClassVar = ["made_at"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["partnership", "series", "district"], condition=Q(ended_at=None), name="measure_linked_once"
            ),
            models.CheckConstraint(condition=Q(denominator=None) | Q(denominator__gt=0), name="link_denominator_real"),
        ]


class DismissedProposal(PartnershipRecord):
    """A county's word that a district's indicator is not its measure, though it reads alike.

    `saw` is a digest of the indicator's words as they were then: where they change, it is proposed again.
    """

    PRIVACY: ClassVar = {
        **dict.fromkeys(
            ("id", "partnership", "series", "district", "district_series", "saw", "dismissed_at", "dismissed_by"),
            Privacy.NONE),
        **dict.fromkeys(("title", "reason"), Privacy.ORGANISATION),
    }  # fmt: skip

    series = models.UUIDField()  # of the county's measure
    district = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="+")
    district_series = models.UUIDField()
    title = models.TextField()  # of the district's indicator, as it read when it was dismissed
    saw = models.CharField(max_length=64)
    reason = models.TextField()
    dismissed_at = models.DateTimeField()
    dismissed_by = models.UUIDField(null=True)

    class Meta:
        ordering: ClassVar = ["dismissed_at"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["partnership", "series", "district", "district_series", "saw"], name="proposal_dismissed_once"
            )
        ]
