"""The records of `documents`: one paper that was asked for, and the files that were made of it."""

from typing import ClassVar

from django.db import models

from wardmote.web.foundation.privacy import Privacy
from wardmote.web.partnerships.interface import Organisation, PartnershipRecord
from wardmote.web.plans.interface import Plan
from wardmote.web.returns.interface import DocumentKind, IssuedDocument


class MadePaper(PartnershipRecord):
    """A paper of governance that somebody asked for: what it is, of which plan and stretch, in which forms."""

    PRIVACY: ClassVar = dict.fromkeys(
        ("id", "partnership", "kind", "plan", "period", "starts_on", "ends_on", "agency", "forms", "title", "asked_at",
         "asked_by"), Privacy.NONE,
    )  # fmt: skip

    kind = models.CharField(max_length=20, choices=DocumentKind.choices)
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="+")
    period = models.CharField(max_length=40)  # in words: 2026/27Q2, 2026/27
    starts_on = models.DateField()
    ends_on = models.DateField()
    agency = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    forms = models.JSONField(default=list)  # endings: pdf, docx
    title = models.CharField(max_length=300)
    asked_at = models.DateTimeField()
    asked_by = models.UUIDField(null=True)

    class Meta:
        ordering: ClassVar = ["-asked_at"]


class MadePaperFile(PartnershipRecord):
    """One form of a paper, as it was issued: the values that it used are known by the document."""

    PRIVACY: ClassVar = dict.fromkeys(("id", "partnership", "paper", "document"), Privacy.NONE)

    paper = models.ForeignKey(MadePaper, on_delete=models.PROTECT, related_name="files")
    document = models.ForeignKey(IssuedDocument, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["paper", "document"], name="made_paper_file_once")]
