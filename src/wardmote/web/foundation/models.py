"""The audit trail, messages waiting to be sent, files that were attached, and work that was asked for."""

from typing import Any, ClassVar, NoReturn

from django.db import models

from wardmote.web.foundation.privacy import Privacy
from wardmote.web.foundation.records import Record


class AppendOnlyQuerySet(models.QuerySet["AuditEntry"]):
    def update(self, **kwargs: Any) -> NoReturn:
        raise TypeError("the audit trail is only added to")

    def delete(self) -> NoReturn:
        raise TypeError("the audit trail is only added to")


class AuditEntry(models.Model):
    """One thing that was done. Never changed: the code refuses, the database refuses, and the chain would not verify.

    `body` is the canonical JSON that was sealed; the columns repeat parts of it so that they can be searched, and the
    verifier holds them against it. `seal` is a keyed digest of the entry before and of `body`.
    """

    chain = models.CharField(max_length=36)
    number = models.PositiveBigIntegerField()  # 1, 2, 3 … within the chain, without a gap
    at = models.DateTimeField()
    by = models.UUIDField(null=True)
    verb = models.CharField(max_length=60)
    subject = models.UUIDField(null=True)
    body = models.TextField()
    seal = models.CharField(max_length=64)

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["chain", "number"], name="audit_entry_number")]
        indexes: ClassVar = [
            models.Index(fields=["subject", "number"], name="audit_entry_subject"),
            models.Index(fields=["chain", "at"], name="audit_entry_at"),
        ]

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise TypeError("the audit trail is only added to")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise TypeError("the audit trail is only added to")


class AuditHead(models.Model):
    """Where a chain ends: its length and last seal, sealed themselves, so that a tail cut off is missed."""

    chain = models.CharField(max_length=36, primary_key=True)
    length = models.PositiveBigIntegerField(default=0)
    last_seal = models.CharField(max_length=64, blank=True)
    seal = models.CharField(max_length=64, blank=True)


class AuditRoll(models.Model):
    """The one row that names every chain that was begun, sealed, so that a chain taken away whole is missed."""

    chains = models.JSONField(default=list)
    seal = models.CharField(max_length=64, blank=True)


class Message(Record):
    """An e-mail that is to be sent, written in the same transaction as what it tells of.

    `template` and `facts` hold no personal data: counts, links, titles of quarters. Who it goes to is found when it
    is sent.
    """

    PRIVACY: ClassVar = {
        "id": Privacy.NONE, "to": Privacy.PERSON, "template": Privacy.NONE, "facts": Privacy.ORGANISATION,
        "link_secret": Privacy.SECRET, "wanted_at": Privacy.NONE, "sent_at": Privacy.NONE, "tries": Privacy.NONE,
        "last_error": Privacy.FREE_TEXT,
    }  # fmt: skip

    to = models.EmailField()
    template = models.CharField(max_length=60)
    facts = models.JSONField(default=dict)
    link_secret = models.CharField(max_length=100, blank=True)  # an invitation's, erased when it is sent
    wanted_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    last_error = models.CharField(max_length=200, blank=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["sent_at", "wanted_at"], name="message_waiting")]


class StoredFile(Record):
    """A file that somebody attached. Its bytes lie in the home's `files` under their digest; never served inline."""

    PRIVACY: ClassVar = {
        "id": Privacy.NONE, "chain": Privacy.NONE, "name": Privacy.FREE_TEXT, "kind": Privacy.NONE,
        "size_bytes": Privacy.NONE, "sha256": Privacy.NONE, "added_at": Privacy.NONE, "added_by": Privacy.NONE,
    }  # fmt: skip

    chain = models.CharField(max_length=36)  # whose it is: a partnership's key
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=100)  # found from the content, never believed from the name
    size_bytes = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    added_at = models.DateTimeField()
    added_by = models.UUIDField(null=True)


class JobState(models.TextChoices):
    WAITING = "waiting", "Waiting"
    WORKING = "working", "At work"
    DONE = "done", "Done"
    FAILED = "failed", "Failed"


class Job(Record):
    """Work that somebody asked for and another process does: who asked, on which record, and what came of it."""

    PRIVACY: ClassVar = {
        **dict.fromkeys(
            ("id", "chain", "kind", "subject", "state", "asked_at", "asked_by", "begun_at", "ended_at"), Privacy.NONE),
        "said": Privacy.FREE_TEXT,
    }  # fmt: skip

    chain = models.CharField(max_length=36)  # whose it is: a partnership's key
    kind = models.CharField(max_length=60)  # "observatory.load"
    subject = models.UUIDField()
    state = models.CharField(max_length=10, choices=JobState.choices, default=JobState.WAITING)
    asked_at = models.DateTimeField()
    asked_by = models.UUIDField(null=True)
    begun_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    said = models.TextField(blank=True)  # what came of it, in a sentence for who asked

    class Meta:
        ordering: ClassVar = ["asked_at"]
        indexes: ClassVar = [models.Index(fields=["subject", "asked_at"], name="job_subject")]
