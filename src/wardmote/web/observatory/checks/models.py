"""The records of `checks`: a check that was asked for, what came of it, and what people said of its accusations."""

from typing import ClassVar

from django.db import models

from wardmote.web.foundation.privacy import Privacy
from wardmote.web.observatory.checks.states import Standing
from wardmote.web.partnerships.interface import PartnershipRecord

__all__ = ["CheckResult", "ClaimMark", "ReportCheck"]


class ReportCheck(PartnershipRecord):
    """Reports that somebody had checked together. The files go as soon as they are read.

    What stays after the owner has removed the text: the documents' names and digests, and how many claims had which
    verdict.
    """

    PRIVACY: ClassVar = {
        **dict.fromkeys(
            ("id", "partnership", "with_evidence", "is_shared", "follows", "asked_at", "asked_by", "checked_at",
             "counts", "removed_at"), Privacy.NONE),
        **dict.fromkeys(("title", "documents"), Privacy.FREE_TEXT),
    }  # fmt: skip

    title = models.CharField(max_length=200)
    documents = models.JSONField(default=list)  # [{"name", "size_bytes", "sha256"}]
    with_evidence = models.BooleanField(default=False)
    is_shared = models.BooleanField(default=False)  # with every member of the partnership
    follows = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="followed_by")
    asked_at = models.DateTimeField()
    asked_by = models.UUIDField(null=True)
    checked_at = models.DateTimeField(null=True, blank=True)
    counts = models.JSONField(default=dict, blank=True)  # verdict: how many claims
    removed_at = models.DateTimeField(null=True, blank=True)  # the text and what was said of it

    class Meta:
        ordering: ClassVar = ["-asked_at"]
        indexes: ClassVar = [models.Index(fields=["partnership", "-asked_at"], name="report_check_recent")]

    def __str__(self) -> str:
        return self.title


class CheckResult(PartnershipRecord):
    """What a check found, with the documents' text; it is gone when the owner removes it."""

    PRIVACY: ClassVar = {
        **dict.fromkeys(("id", "partnership", "check_of"), Privacy.NONE),
        **dict.fromkeys(("drawn", "answer", "page"), Privacy.FREE_TEXT),
    }  # fmt: skip
    KEEP_OUT: ClassVar = frozenset({"drawn", "answer", "page"})

    check_of = models.OneToOneField(ReportCheck, on_delete=models.PROTECT, related_name="result")
    drawn = models.JSONField()  # as `describe_annotated` gives it
    answer = models.JSONField()  # as `wardmote check --json` prints it
    page = models.TextField()  # the annotated report as one web page, for download


class ClaimMark(PartnershipRecord):
    """What somebody said of one accusation; the newest counts. `key` knows the same accusation in a later version."""

    PRIVACY: ClassVar = {
        **dict.fromkeys(
            ("id", "partnership", "check_of", "key", "number", "standing", "said_at", "said_by"), Privacy.NONE),
        "note": Privacy.FREE_TEXT,
    }  # fmt: skip
    KEEP_OUT: ClassVar = frozenset({"note"})

    check_of = models.ForeignKey(ReportCheck, on_delete=models.PROTECT, related_name="marks")
    key = models.CharField(max_length=40)
    number = models.PositiveSmallIntegerField()  # of what was said of one accusation of one check
    standing = models.CharField(max_length=12, choices=Standing.choices)
    note = models.TextField(blank=True)
    said_at = models.DateTimeField()
    said_by = models.UUIDField(null=True)

    class Meta:
        ordering: ClassVar = ["said_at", "number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["check_of", "key", "number"], name="claim_mark_number_once")
        ]
