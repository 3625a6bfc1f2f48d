"""Groups, their meetings and what came of them; public meetings; what responsible authorities signed."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from wardmote.web.foundation.privacy import Privacy
from wardmote.web.governance.meetings.public_models import PublicMeeting, PublicQuestion
from wardmote.web.governance.meetings.states import (
    ActionState,
    Cadence,
    GroupKind,
    ItemKind,
    MeetingState,
    Presence,
    SignedKind,
)
from wardmote.web.partnerships.interface import PartnershipRecord

__all__ = [
    "AgendaItem", "Attendance", "Decision", "Group", "Meeting", "MeetingAction", "OverdueReminder", "Paper",
    "PublicMeeting", "PublicQuestion", "QuorumBody", "QuorumRule", "SentStamp", "SignOff", "Signature",
]  # fmt: skip
_OPEN, _BODY, _FREE, _PERSON = Privacy.NONE, Privacy.ORGANISATION, Privacy.FREE_TEXT, Privacy.PERSON
_ORGANISATION, _FILE = "partnerships.Organisation", "foundation.StoredFile"


class Group(PartnershipRecord):
    """A group that meets: what it is for, who chairs it, what it always talks about, and to whom it reports."""

    PRIVACY: ClassVar = dict.fromkeys(
        ("id", "partnership", "name", "kind", "purpose", "chair_post", "cadence", "standing_items", "reports_to",
         "priorities", "is_open", "started_on", "ended_on"), _BODY,
    )  # fmt: skip

    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=20, choices=GroupKind.choices)
    purpose = models.TextField(blank=True)
    chair_post = models.CharField(max_length=200, blank=True)  # a post and never a name: who holds it changes
    cadence = models.CharField(max_length=20, choices=Cadence.choices, default=Cadence.QUARTERLY)
    standing_items = models.JSONField(default=list, blank=True)  # texts, in order: on every agenda by themselves
    reports_to = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="fed_by")
    priorities = models.JSONField(default=list, blank=True)  # their numbers, which outlive a plan's versions
    is_open = models.BooleanField(default=False)  # its meetings are open to readers unless one says otherwise
    started_on = models.DateField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["name"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["partnership", "name"], name="group_name_once")]

    def __str__(self) -> str:
        return self.name


class QuorumRule(PartnershipRecord):
    """How many responsible authorities must be there, from a day on. A change closes the rule before."""

    PRIVACY: ClassVar = dict.fromkeys(
        ("id", "partnership", "group", "least_count", "valid_from", "valid_to", "source"), _BODY
    )

    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="quorum_rules")
    least_count = models.PositiveSmallIntegerField(default=0)  # 0: only those named must be there
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)  # the last day on which it holds
    source = models.CharField(max_length=300, blank=True)  # where it was agreed: "Terms of reference, section 4"

    class Meta:
        ordering: ClassVar = ["valid_from"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["group", "valid_from"], name="quorum_from_a_day_once"),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gte=models.F("valid_from")), name="quorum_ends_after_it_begins"
            ),
        ]


class QuorumBody(PartnershipRecord):
    """A body without which a group is not quorate."""

    PRIVACY: ClassVar = dict.fromkeys(("id", "partnership", "rule", "organisation"), _BODY)

    rule = models.ForeignKey(QuorumRule, on_delete=models.PROTECT, related_name="bodies")
    organisation = models.ForeignKey(_ORGANISATION, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["rule", "organisation"], name="quorum_body_once")]


class Meeting(PartnershipRecord):
    """One meeting of a group. `quorum_said` is kept when its minutes are agreed: what was true then is not reopened."""

    PRIVACY: ClassVar = {
        **dict.fromkeys(
            ("id", "partnership", "group", "title", "held_on", "time", "place", "state", "state_on", "is_open",
             "is_quorate", "quorum_said", "agreed_at"), _BODY),
        **dict.fromkeys(("online", "cancelled_because", "others_present"), _FREE),
    }  # fmt: skip

    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="meetings")
    title = models.CharField(max_length=200, blank=True)  # where it is not just the group's next one
    held_on = models.DateField()
    time = models.CharField(max_length=40, blank=True)
    place = models.CharField(max_length=200, blank=True)
    online = models.CharField(max_length=300, blank=True)  # how to join; never shown to readers
    state = models.CharField(max_length=12, choices=MeetingState.choices, default=MeetingState.PLANNED)
    state_on = models.DateField(null=True, blank=True)
    is_open = models.BooleanField(default=False)
    cancelled_because = models.TextField(blank=True)
    others_present = models.TextField(blank=True)  # who sat for no body: the minute taker, guests
    agreed_at = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    is_quorate = models.BooleanField(null=True)
    quorum_said = models.TextField(blank=True)

    class Meta:
        ordering: ClassVar = ["held_on"]
        indexes: ClassVar = [models.Index(fields=["partnership", "held_on"], name="meeting_day")]

    def __str__(self) -> str:
        return self.title or self.group.name


class AgendaItem(PartnershipRecord):
    """One point of an agenda, and afterwards what was said about it."""

    PRIVACY: ClassVar = {
        **dict.fromkeys(
            ("id", "partnership", "meeting", "number", "kind", "title", "presenter", "is_confidential", "lines"),
            _BODY),
        **dict.fromkeys(("purpose", "minute"), _FREE),
    }  # fmt: skip

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="items")
    number = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=12, choices=ItemKind.choices, default=ItemKind.OWN)
    title = models.CharField(max_length=300)
    purpose = models.TextField(blank=True)  # what the group is asked to do with it
    presenter = models.CharField(max_length=200, blank=True)  # a post or a body
    is_confidential = models.BooleanField(default=False)
    lines = models.JSONField(default=list, blank=True)  # exceptions: [{"kind", "ref", "title", "reason"}]
    minute = models.TextField(blank=True)

    class Meta:
        ordering: ClassVar = ["number"]


class Paper(PartnershipRecord):
    """A file that goes with an agenda. `is_issued`: wardmote made it, so that its figures can be traced."""

    PRIVACY: ClassVar = dict.fromkeys(
        ("id", "partnership", "meeting", "item", "title", "file", "is_issued", "is_confidential", "added_at",
         "removed_at"), _BODY,
    )  # fmt: skip

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="papers")
    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, null=True, blank=True, related_name="papers")
    title = models.CharField(max_length=300)
    file = models.ForeignKey(_FILE, on_delete=models.PROTECT, related_name="+")
    is_issued = models.BooleanField(default=False)
    is_confidential = models.BooleanField(default=False)
    added_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["added_at"]


class Attendance(PartnershipRecord):
    """Whether a body was there, and who sat for it."""

    PRIVACY: ClassVar = {
        **dict.fromkeys(("id", "partnership", "meeting", "organisation", "presence", "post"), _BODY),
        "name": _PERSON,
    }

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="attendances")
    organisation = models.ForeignKey(_ORGANISATION, on_delete=models.PROTECT, related_name="+")
    presence = models.CharField(max_length=10, choices=Presence.choices)
    name = models.CharField(max_length=150, blank=True)
    post = models.CharField(max_length=150, blank=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["meeting", "organisation"], name="attended_once")]


class Decision(PartnershipRecord):
    """What a meeting decided, numbered through the year. One taken without a quorum says so and says what follows.

    `confirmed_at`: the later, quorate meeting that confirmed it.
    """

    PRIVACY: ClassVar = {
        **dict.fromkeys(
            ("id", "partnership", "meeting", "item", "year", "number", "concerns", "is_confidential", "is_inquorate",
             "confirmed_at", "recorded_at"), _BODY),
        **dict.fromkeys(("text", "due_regard", "inquorate_note"), _FREE),
    }  # fmt: skip

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="decisions")
    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, null=True, blank=True, related_name="decisions")
    year = models.PositiveSmallIntegerField()
    number = models.PositiveSmallIntegerField()
    text = models.TextField()
    due_regard = models.TextField(blank=True)  # Crime and Disorder Act 1998, section 17
    concerns = models.ForeignKey(_ORGANISATION, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    is_confidential = models.BooleanField(default=False)
    is_inquorate = models.BooleanField(default=False)
    inquorate_note = models.TextField(blank=True)
    confirmed_at = models.ForeignKey(
        Meeting, on_delete=models.PROTECT, null=True, blank=True, related_name="confirmed_decisions"
    )
    recorded_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["year", "number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["partnership", "year", "number"], name="decision_number_once"),
            models.CheckConstraint(
                condition=Q(is_inquorate=False) | ~Q(inquorate_note=""), name="decision_says_that_it_was_inquorate"
            ),
            models.CheckConstraint(
                condition=Q(is_inquorate=True) | Q(confirmed_at=None), name="only_inquorate_decision_is_confirmed"
            ),
        ]

    @property
    def label(self) -> str:
        """What minutes call it: 2026/07."""
        return f"{self.year}/{self.number:02d}"


class MeetingAction(PartnershipRecord):
    """What somebody took away from a meeting to do. It comes back to each next meeting until it is done."""

    PRIVACY: ClassVar = {
        **dict.fromkeys(
            ("id", "partnership", "meeting", "item", "number", "owner", "person", "due_on", "state", "closed_on",
             "is_confidential"), _BODY),
        **dict.fromkeys(("text", "updates"), _FREE),
    }  # fmt: skip

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="actions")
    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, null=True, blank=True, related_name="actions")
    number = models.PositiveSmallIntegerField()
    text = models.TextField()
    owner = models.ForeignKey(_ORGANISATION, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    person = models.ForeignKey("partnerships.Person", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    due_on = models.DateField()
    state = models.CharField(max_length=10, choices=ActionState.choices, default=ActionState.OPEN)
    closed_on = models.DateField(null=True, blank=True)
    is_confidential = models.BooleanField(default=False)
    updates = models.JSONField(default=list, blank=True)  # [{"on", "state", "text"}], oldest first

    class Meta:
        ordering: ClassVar = ["due_on"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(owner__isnull=False) | Q(person__isnull=False), name="meeting_action_is_somebodys"
            ),
            models.UniqueConstraint(fields=["meeting", "number"], name="meeting_action_number_once"),
        ]


class OverdueReminder(PartnershipRecord):
    """When somebody was last written to about actions from meetings that are overdue."""

    PRIVACY: ClassVar = dict.fromkeys(("id", "partnership", "person", "sent_on", "sent_count"), _OPEN)

    person = models.ForeignKey("partnerships.Person", on_delete=models.PROTECT, related_name="+")
    sent_on = models.DateField()
    sent_count = models.PositiveIntegerField(default=0)  # messages so far

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["partnership", "person"], name="overdue_reminder_of_a_person_once")
        ]


class SignOff(PartnershipRecord):
    """One version of one document that every responsible authority is to sign.

    What it is about lies elsewhere, or outside: `kind`, `about` (its key, where it has one), `title` and `version` name
    it. Who must sign are the responsible authorities as of `as_of`.
    """

    PRIVACY: ClassVar = {
        **dict.fromkeys(
            ("id", "partnership", "kind", "about", "title", "version", "as_of", "started_at", "started_by", "file",
             "withdrawn_on"), _BODY),
        "withdrawn_because": _FREE,
    }  # fmt: skip

    kind = models.CharField(max_length=20, choices=SignedKind.choices)
    about = models.UUIDField(null=True, blank=True)
    title = models.CharField(max_length=300)
    version = models.CharField(max_length=60, blank=True)
    as_of = models.DateField()
    file = models.ForeignKey(_FILE, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    started_at = models.DateTimeField()
    started_by = models.UUIDField(null=True)
    withdrawn_on = models.DateField(null=True, blank=True)
    withdrawn_because = models.TextField(blank=True)

    class Meta:
        ordering: ClassVar = ["-as_of"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["partnership", "kind", "about", "version"],
                condition=Q(about__isnull=False, withdrawn_on=None),
                name="sign_off_of_a_version_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.title}, {self.version}" if self.version else self.title


class Signature(PartnershipRecord):
    """One body's yes: who signed for it, in which post, when, and where that stands."""

    PRIVACY: ClassVar = {
        **dict.fromkeys(
            ("id", "partnership", "sign_off", "organisation", "post", "signed_on", "minute", "file", "recorded_at",
             "recorded_by"), _BODY),
        "name": _PERSON,
    }  # fmt: skip

    sign_off = models.ForeignKey(SignOff, on_delete=models.PROTECT, related_name="signatures")
    organisation = models.ForeignKey(_ORGANISATION, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=150)
    post = models.CharField(max_length=150)
    signed_on = models.DateField()
    minute = models.CharField(max_length=300, blank=True)
    file = models.ForeignKey(_FILE, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    recorded_at = models.DateTimeField()
    recorded_by = models.UUIDField(null=True)

    class Meta:
        ordering: ClassVar = ["signed_on"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["sign_off", "organisation"], name="signed_once")]


class SentStamp(PartnershipRecord):
    """That a copy went to the Police and Crime Commissioner: SI 2007/1830, regulations 9A and 13A."""

    PRIVACY: ClassVar = dict.fromkeys(
        ("id", "partnership", "sign_off", "to_whom", "sent_on", "how", "sha256", "file", "receipt", "received_on",
         "recorded_at", "recorded_by"), _BODY,
    )  # fmt: skip

    sign_off = models.ForeignKey(SignOff, on_delete=models.PROTECT, related_name="stamps")
    to_whom = models.CharField(max_length=200)
    sent_on = models.DateField()
    how = models.CharField(max_length=200, blank=True)
    file = models.ForeignKey(_FILE, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    sha256 = models.CharField(max_length=64, blank=True)  # of the copy that was sent
    receipt = models.CharField(max_length=300, blank=True)
    received_on = models.DateField(null=True, blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.UUIDField(null=True)

    class Meta:
        ordering: ClassVar = ["sent_on"]
