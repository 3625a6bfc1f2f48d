"""Meetings that the public could come to, and what was asked there."""

from typing import ClassVar

from django.db import models

from wardmote.web.foundation.privacy import Privacy
from wardmote.web.partnerships.interface import PartnershipRecord

_OPEN, _BODY, _FREE = Privacy.NONE, Privacy.ORGANISATION, Privacy.FREE_TEXT


class PublicMeeting(PartnershipRecord):
    """A meeting that the public could come to: SI 2007/1830, regulation 12."""

    PRIVACY: ClassVar = {
        **dict.fromkeys(
            ("id", "partnership", "title", "held_on", "place", "publicised", "seniors", "public_count", "is_held"),
            _BODY),
        "what_was_said": _FREE,
    }  # fmt: skip

    title = models.CharField(max_length=200)
    held_on = models.DateField()
    place = models.CharField(max_length=200, blank=True)
    publicised = models.TextField(blank=True)
    seniors = models.JSONField(default=list, blank=True)  # posts and bodies, no names: "Superintendent, police"
    public_count = models.PositiveIntegerField(null=True, blank=True)
    what_was_said = models.TextField(blank=True)
    is_held = models.BooleanField(default=False)

    class Meta:
        ordering: ClassVar = ["-held_on"]

    def __str__(self) -> str:
        return self.title


class PublicQuestion(PartnershipRecord):
    """What somebody of the public asked, and the answer. Never who asked."""

    PRIVACY: ClassVar = {
        **dict.fromkeys(("id", "partnership", "meeting", "number", "answered_on"), _OPEN),
        **dict.fromkeys(("question", "answer"), _FREE),
    }

    meeting = models.ForeignKey(PublicMeeting, on_delete=models.PROTECT, related_name="questions")
    number = models.PositiveSmallIntegerField()
    question = models.TextField()
    answer = models.TextField(blank=True)
    answered_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["number"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["meeting", "number"], name="public_question_once")]
