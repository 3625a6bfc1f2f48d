"""What a partnership adds to the catalogue of duties, when each was done, and the quarterly data drops."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from wardmote.web.foundation.models import StoredFile
from wardmote.web.foundation.privacy import Privacy
from wardmote.web.governance.duties.states import DutyState, ReminderStage
from wardmote.web.governance.kept import KeptRecord
from wardmote.web.partnerships.interface import Organisation, PartnershipRecord, Person

__all__ = ["DataDrop", "DropFile", "DropFileRemoval", "DutyAlarm", "DutyClock", "DutyDone", "DutyEvent", "HeldDuty"]
_OPEN, _BODY, _FREE = Privacy.NONE, Privacy.ORGANISATION, Privacy.FREE_TEXT
_TITLE, _NAME = 300, 80


class HeldDuty(PartnershipRecord):
    """What a partnership says of a duty: who owns it, how early to ask, why it does not apply; or a duty of its own."""

    PRIVACY: ClassVar = {
        **dict.fromkeys(
            ("id", "partnership", "key", "is_local", "title", "what", "who", "source", "evidence", "owner_body",
             "owner_title", "lead_days", "waived_on", "starts_on"), _BODY),
        "waived_reason": _FREE,
        "owner_person": Privacy.PERSON,
    }  # fmt: skip

    key = models.SlugField(max_length=_NAME)  # the catalogue's, or own-1, own-2 … for what is local
    is_local = models.BooleanField(default=False)
    title = models.CharField(max_length=_TITLE, blank=True)  # the texts are of local duties only
    what = models.TextField(blank=True)
    who = models.CharField(max_length=_TITLE, blank=True)
    source = models.CharField(max_length=_TITLE, blank=True)
    evidence = models.CharField(max_length=_TITLE, blank=True)
    starts_on = models.DateField(null=True, blank=True)
    owner_body = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    owner_person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    owner_title = models.CharField(max_length=200, blank=True)
    lead_days = models.PositiveSmallIntegerField(null=True, blank=True)
    waived_on = models.DateField(null=True, blank=True)
    waived_reason = models.TextField(blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["partnership", "key"], name="held_duty_once"),
            models.CheckConstraint(condition=Q(waived_on=None) | ~Q(waived_reason=""), name="waived_duty_says_why"),
        ]


class DutyClock(KeptRecord):
    """The clock of a duty from a day on, where it differs from the catalogue's: with the reason and the source."""

    PRIVACY: ClassVar = dict.fromkeys(
        ("id", "partnership", "key", "kind", "months", "days", "month", "day", "by", "of", "counts_from", "reason",
         "source", "set_at", "set_by"), _BODY,
    )  # fmt: skip

    key = models.SlugField(max_length=_NAME)
    kind = models.CharField(max_length=12)
    months = models.PositiveSmallIntegerField(default=0)
    days = models.PositiveSmallIntegerField(default=0)
    month = models.PositiveSmallIntegerField(default=0)
    day = models.PositiveSmallIntegerField(default=0)
    by = models.DateField(null=True, blank=True)
    of = models.CharField(max_length=_TITLE, blank=True)
    counts_from = models.DateField()
    reason = models.TextField()
    source = models.CharField(max_length=_TITLE)
    set_at = models.DateTimeField()
    set_by = models.UUIDField(null=True)

    class Meta:
        ordering: ClassVar = ["counts_from", "set_at"]


class DutyEvent(PartnershipRecord):
    """Something that starts the clock of a duty: an order was made, a report was finished."""

    PRIVACY: ClassVar = {
        **dict.fromkeys(("id", "partnership", "key", "happened_on", "recorded_at", "recorded_by"), _OPEN),
        "title": _FREE,
    }

    key = models.SlugField(max_length=_NAME)
    happened_on = models.DateField()
    title = models.CharField(max_length=_TITLE)
    recorded_at = models.DateTimeField()
    recorded_by = models.UUIDField(null=True)

    class Meta:
        ordering: ClassVar = ["happened_on"]


class DutyDone(PartnershipRecord):
    """That a duty was done, and what shows it. A wrong one is taken back with its reason and stays readable."""

    PRIVACY: ClassVar = {
        **dict.fromkeys(
            ("id", "partnership", "key", "done_on", "file", "event", "recorded_at", "recorded_by", "withdrawn_on"),
            _OPEN),
        **dict.fromkeys(("title", "link", "withdrawn_because"), _FREE),
    }  # fmt: skip

    key = models.SlugField(max_length=_NAME)
    done_on = models.DateField()
    title = models.CharField(max_length=_TITLE)
    link = models.URLField(max_length=500, blank=True)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    event = models.ForeignKey(DutyEvent, on_delete=models.PROTECT, null=True, blank=True, related_name="settled_by")
    recorded_at = models.DateTimeField()
    recorded_by = models.UUIDField(null=True)
    withdrawn_on = models.DateField(null=True, blank=True)
    withdrawn_because = models.TextField(blank=True)

    class Meta:
        ordering: ClassVar = ["-done_on", "-recorded_at"]


class DutyAlarm(PartnershipRecord):
    """The state of a duty of which people were told last, so that each change is told once."""

    PRIVACY: ClassVar = dict.fromkeys(("id", "partnership", "key", "state", "due_on", "told_on", "told_count"), _OPEN)

    key = models.SlugField(max_length=_NAME)
    state = models.CharField(max_length=16, choices=DutyState.choices)
    due_on = models.DateField(null=True, blank=True)
    told_on = models.DateField()
    told_count = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["partnership", "key"], name="duty_alarm_once")]


class DataDrop(PartnershipRecord):
    """The depersonalised data of one category that one agency owes for one quarter."""

    PRIVACY: ClassVar = dict.fromkeys(
        ("id", "partnership", "organisation", "category", "period", "starts_on", "ends_on", "due_on", "opened_on",
         "received_on", "waived_on", "waived_reason", "reminded", "reminders_count", "reminded_on"), _BODY,
    )  # fmt: skip

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    category = models.SlugField(max_length=_NAME)
    period = models.CharField(max_length=12)
    starts_on = models.DateField()
    ends_on = models.DateField()
    due_on = models.DateField()
    opened_on = models.DateField()
    received_on = models.DateField(null=True, blank=True)  # when its first file came
    waived_on = models.DateField(null=True, blank=True)
    waived_reason = models.TextField(blank=True)
    reminded = models.CharField(max_length=8, choices=ReminderStage.choices, blank=True, default=ReminderStage.NONE)
    reminders_count = models.PositiveSmallIntegerField(default=0)
    reminded_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["-ends_on", "organisation__name", "category"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["partnership", "organisation", "category", "period"], name="data_drop_once"
            ),
            models.CheckConstraint(condition=Q(waived_on=None) | ~Q(waived_reason=""), name="waived_drop_says_why"),
        ]  # fmt: skip


class DropFile(KeptRecord):
    """One file of a drop as it came, with its quality. A better one stands beside it under the next number."""

    PRIVACY: ClassVar = dict.fromkeys(
        ("id", "partnership", "drop", "number", "file", "received_on", "received_at", "received_by", "rows_count",
         "reading"), _OPEN,
    )  # fmt: skip

    drop = models.ForeignKey(DataDrop, on_delete=models.PROTECT, related_name="files")
    number = models.PositiveSmallIntegerField()
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    received_on = models.DateField()
    received_at = models.DateTimeField()
    received_by = models.UUIDField(null=True)
    rows_count = models.PositiveIntegerField()
    reading = models.JSONField(default=dict)  # rows_by_month, outside_count, undated_count, blanks

    class Meta:
        ordering: ClassVar = ["number"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["drop", "number"], name="drop_file_number_once")]


class DropFileRemoval(KeptRecord):
    """That a file of a drop was removed, by whom and why. Its bytes are gone; what was counted of it stays."""

    PRIVACY: ClassVar = {
        **dict.fromkeys(("id", "partnership", "drop_file", "removed_at", "removed_by"), _OPEN), "reason": _FREE,
    }  # fmt: skip

    drop_file = models.OneToOneField(DropFile, on_delete=models.PROTECT, related_name="removal")
    removed_at = models.DateTimeField()
    removed_by = models.UUIDField(null=True)
    reason = models.TextField()
