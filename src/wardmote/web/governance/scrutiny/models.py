"""The records of `scrutiny`: recommendations, their answers and actions, and what is left out of the pack and why."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from wardmote.web.foundation.privacy import Privacy
from wardmote.web.governance.scrutiny.states import Outcome, ReminderStage
from wardmote.web.partnerships.interface import Organisation, PartnershipRecord, Person
from wardmote.web.plans.interface import Indicator

OPEN, TEXT, FREE = Privacy.NONE, Privacy.ORGANISATION, Privacy.FREE_TEXT


class AnswerTime(PartnershipRecord):
    """How many days an answer has from a day on, and by what: a dated setting. Without any the regulations' 28 hold."""

    PRIVACY: ClassVar = dict.fromkeys(("id", "partnership", "days", "counts_from", "source", "set_at", "set_by"), TEXT)

    days = models.PositiveSmallIntegerField()
    counts_from = models.DateField()  # recommendations received earlier keep what held
    source = models.CharField(max_length=300)
    set_at = models.DateTimeField()
    set_by = models.UUIDField(null=True)

    class Meta:
        ordering: ClassVar = ["counts_from"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["partnership", "counts_from"], name="answer_time_once_a_day"),
            models.CheckConstraint(condition=Q(days__range=(1, 366)), name="answer_time_possible"),
        ]


class Recommendation(PartnershipRecord):
    """What a scrutiny committee asked of the partnership's bodies, and until when they must answer."""

    PRIVACY: ClassVar = {
        **dict.fromkeys(
            ("id", "partnership", "number", "committee", "met_on", "received_on", "days", "days_source", "due_on",
             "written_at", "written_by", "implemented_on"), OPEN),
        **dict.fromkeys(("text", "source", "implemented_note"), FREE),
    }  # fmt: skip

    number = models.PositiveSmallIntegerField()
    text = models.TextField()
    committee = models.CharField(max_length=200)
    met_on = models.DateField()
    received_on = models.DateField()
    days = models.PositiveSmallIntegerField()  # as they held on the day of receipt
    days_source = models.CharField(max_length=300)
    due_on = models.DateField()
    source = models.CharField(max_length=300, blank=True)  # the minute or report
    written_at = models.DateTimeField()
    written_by = models.UUIDField(null=True)
    implemented_on = models.DateField(null=True, blank=True)
    implemented_note = models.TextField(blank=True)
    bodies = models.ManyToManyField(Organisation, through="governance.RecommendationBody", related_name="+")

    class Meta:
        ordering: ClassVar = ["-received_on", "-number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["partnership", "number"], name="recommendation_number_once"),
            models.CheckConstraint(condition=Q(received_on__gte=F("met_on")), name="recommendation_after_meeting"),
        ]

    def __str__(self) -> str:
        return f"No {self.number}"


class RecommendationBody(PartnershipRecord):
    """A body to which a recommendation is addressed: each owes an answer of its own."""

    PRIVACY: ClassVar = dict.fromkeys(("id", "partnership", "recommendation", "body"), TEXT)

    recommendation = models.ForeignKey(Recommendation, on_delete=models.PROTECT, related_name="addressed")
    body = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["recommendation", "body"], name="recommendation_body_once")
        ]


class Answer(PartnershipRecord):
    """One body's answer as it was given. A later one stands beside it; none is rewritten."""

    PRIVACY: ClassVar = {
        **dict.fromkeys(
            ("id", "partnership", "recommendation", "body", "number", "outcome", "answered_on", "written_at",
             "written_by"), OPEN),
        **dict.fromkeys(("text", "reason"), FREE),
    }  # fmt: skip

    recommendation = models.ForeignKey(Recommendation, on_delete=models.PROTECT, related_name="answers")
    body = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField()
    outcome = models.CharField(max_length=10, choices=Outcome.choices)
    text = models.TextField()
    reason = models.TextField(blank=True)
    answered_on = models.DateField()
    written_at = models.DateTimeField()
    written_by = models.UUIDField(null=True)

    class Meta:
        ordering: ClassVar = ["number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["recommendation", "body", "number"], name="answer_number_once"),
            models.CheckConstraint(
                condition=Q(outcome=Outcome.ACCEPTED) | ~Q(reason=""), name="answer_other_than_accepted_says_why"
            ),
        ]


class RecommendedAction(PartnershipRecord):
    """Something to be done because of a recommendation."""

    PRIVACY: ClassVar = {
        **dict.fromkeys(
            ("id", "partnership", "recommendation", "number", "body", "due_on", "done_on"), OPEN),
        **dict.fromkeys(("text", "note"), FREE),
    }  # fmt: skip

    recommendation = models.ForeignKey(Recommendation, on_delete=models.PROTECT, related_name="actions")
    number = models.PositiveSmallIntegerField()
    text = models.TextField()
    body = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    due_on = models.DateField()
    done_on = models.DateField(null=True, blank=True)
    note = models.TextField(blank=True)

    class Meta:
        ordering: ClassVar = ["number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["recommendation", "number"], name="recommended_action_number_once")
        ]


class RecommendationReminder(PartnershipRecord):
    """One reminder to one person about a recommendation: at which stage, so that none is sent twice."""

    PRIVACY: ClassVar = dict.fromkeys(
        ("id", "partnership", "recommendation", "person", "stage", "week", "sent_on"), OPEN
    )

    recommendation = models.ForeignKey(Recommendation, on_delete=models.PROTECT, related_name="reminders")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    stage = models.CharField(max_length=10, choices=ReminderStage.choices)
    week = models.PositiveSmallIntegerField(default=0)  # how many whole weeks late
    sent_on = models.DateField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["recommendation", "person", "stage", "week"], name="recommendation_reminder_once"
            )
        ]


class LeftOutTarget(PartnershipRecord):
    """A missed target that the coordinator left out of the scrutiny pack, with the reason that is printed in it."""

    PRIVACY: ClassVar = dict.fromkeys(
        ("id", "partnership", "indicator", "period", "reason", "left_out_at", "left_out_by", "taken_back_at",
         "taken_back_by"), TEXT,
    )  # fmt: skip

    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="+")
    period = models.CharField(max_length=40)
    reason = models.TextField()
    left_out_at = models.DateTimeField()
    left_out_by = models.UUIDField(null=True)
    taken_back_at = models.DateTimeField(null=True, blank=True)
    taken_back_by = models.UUIDField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["left_out_at"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["indicator", "period"], condition=Q(taken_back_at=None), name="left_out_once"
            )
        ]
