"""The records of an assessment: its sections with all their versions, what was said of them, and what was published."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from wardmote.web.foundation.models import StoredFile
from wardmote.web.foundation.privacy import Privacy
from wardmote.web.observatory.assessments.states import EditionState, SectionState, Twin
from wardmote.web.partnerships.interface import PartnershipRecord

__all__ = [
    "Assessment", "AssessmentComment", "AssessmentSection", "Edition", "EditionFile", "SectionVersion", "WindowMove",
]  # fmt: skip


class Assessment(PartnershipRecord):
    """One year of one area. `as_at` is its data window: the state of the evidence that every word is held against.

    One that was begun by mistake is withdrawn, with the reason: it stays to be read, and its year is free again.
    """

    PRIVACY: ClassVar = {
        **dict.fromkeys(
            ("id", "partnership", "area", "area_title", "year", "as_at", "started_at", "started_by", "withdrawn_at",
             "withdrawn_by"), Privacy.NONE),
        "withdrawn_because": Privacy.FREE_TEXT,
    }  # fmt: skip

    area = models.CharField(max_length=20)  # E06000035
    area_title = models.CharField(max_length=200, blank=True)  # Medway
    year = models.CharField(max_length=7)  # 2025/26
    as_at = models.DateTimeField()
    started_at = models.DateTimeField()
    started_by = models.UUIDField(null=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.UUIDField(null=True, blank=True)
    withdrawn_because = models.TextField(blank=True)

    class Meta:
        ordering: ClassVar = ["-year", "started_at"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["partnership", "area", "year"], condition=Q(withdrawn_at=None), name="assessment_once_a_year"
            )
        ]

    def __str__(self) -> str:
        return f"Strategic assessment {self.year}"


class WindowMove(PartnershipRecord):
    """The data window was moved forward: why, and which figures were different then. None: still being compared."""

    PRIVACY: ClassVar = {
        **dict.fromkeys(
            ("id", "partnership", "assessment", "before", "after", "moved_at", "moved_by", "changes", "asked_count"),
            Privacy.NONE),
        "reason": Privacy.FREE_TEXT,
    }  # fmt: skip
    KEEP_OUT: ClassVar = frozenset({"changes"})

    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="moves")
    before = models.DateTimeField()
    after = models.DateTimeField()
    reason = models.TextField()
    moved_at = models.DateTimeField()
    moved_by = models.UUIDField(null=True)
    changes = models.JSONField(null=True)  # [{id, earlier, later}]
    asked_count = models.PositiveIntegerField(default=0)

    class Meta:
        ordering: ClassVar = ["moved_at"]


class AssessmentSection(PartnershipRecord):
    """One section's commentary. `number` is that of its newest version; 0 where nobody wrote one.

    `faults` is what the newest version must not say, held against the data window `checked_as_at`; None: not known.
    """

    PRIVACY: ClassVar = {
        **dict.fromkeys(
            ("id", "partnership", "assessment", "key", "title", "position", "state", "number", "checked_as_at",
             "submitted_by", "submitted_at", "approved_by", "approved_at"), Privacy.NONE),
        "faults": Privacy.FREE_TEXT,
    }  # fmt: skip
    KEEP_OUT: ClassVar = frozenset({"faults"})

    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="sections")
    key = models.CharField(max_length=60)  # burglary
    title = models.CharField(max_length=120)
    position = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10, choices=SectionState.choices, default=SectionState.EMPTY)
    number = models.PositiveIntegerField(default=0)
    faults = models.JSONField(null=True, default=list)
    checked_as_at = models.DateTimeField(null=True)
    submitted_by = models.UUIDField(null=True)
    submitted_at = models.DateTimeField(null=True)
    approved_by = models.UUIDField(null=True)
    approved_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["position"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["assessment", "key"], name="assessment_section_once")]

    def __str__(self) -> str:
        return self.title


class SectionVersion(PartnershipRecord):
    """What a section said at one time. Never changed: bringing one back writes a new one."""

    PRIVACY: ClassVar = {
        **dict.fromkeys(
            ("id", "partnership", "section", "number", "written_at", "written_by", "brought_back"), Privacy.NONE),
        "text": Privacy.FREE_TEXT,
    }  # fmt: skip
    KEEP_OUT: ClassVar = frozenset({"text"})

    section = models.ForeignKey(AssessmentSection, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    text = models.TextField(blank=True)
    written_at = models.DateTimeField()
    written_by = models.UUIDField(null=True)
    brought_back = models.PositiveIntegerField(null=True)  # the version whose words these are

    class Meta:
        ordering: ClassVar = ["number"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["section", "number"], name="section_version_once")]


class AssessmentComment(PartnershipRecord):
    """What somebody said of a section, of which version, and who settled it. `sends_back`: the reason of a refusal."""

    PRIVACY: ClassVar = {
        **dict.fromkeys(
            ("id", "partnership", "section", "number", "said_at", "said_by", "resolved_at", "resolved_by",
             "sends_back"), Privacy.NONE),
        "text": Privacy.FREE_TEXT,
    }  # fmt: skip

    section = models.ForeignKey(AssessmentSection, on_delete=models.PROTECT, related_name="comments")
    number = models.PositiveIntegerField()
    text = models.TextField()
    said_at = models.DateTimeField()
    said_by = models.UUIDField(null=True)
    resolved_at = models.DateTimeField(null=True)
    resolved_by = models.UUIDField(null=True)
    sends_back = models.BooleanField(default=False)

    class Meta:
        ordering: ClassVar = ["said_at"]


class Edition(PartnershipRecord):
    """The documents of an assessment as they were built. A published one is never changed; later ones supersede it.

    `versions` are the sections' versions that it was built of, `recorded_before` what the store had on record then.
    """

    PRIVACY: ClassVar = {
        **dict.fromkeys(
            ("id", "partnership", "assessment", "number", "state", "as_at", "asked_at", "asked_by", "versions",
             "approvals", "recorded_before", "built_at", "built_with", "figures_count", "digest", "published_at",
             "published_by", "records"), Privacy.NONE),
        "title": Privacy.ORGANISATION, "accused": Privacy.FREE_TEXT, "not_recorded": Privacy.ORGANISATION,
    }  # fmt: skip
    KEEP_OUT: ClassVar = frozenset({"accused", "recorded_before"})

    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="editions")
    number = models.PositiveIntegerField(null=True)  # 1, 2, 3 … of those that were published
    state = models.CharField(max_length=10, choices=EditionState.choices, default=EditionState.BUILDING)
    as_at = models.DateTimeField()
    asked_at = models.DateTimeField()
    asked_by = models.UUIDField(null=True)
    versions = models.JSONField(default=dict)  # {section's key: number of the version}
    approvals = models.JSONField(
        default=list
    )  # [{section, number, written_by, submitted_by, approved_by, approved_at}]
    recorded_before = models.JSONField(default=list)
    built_at = models.DateTimeField(null=True)
    built_with = models.CharField(max_length=40, blank=True)  # wardmote's version
    title = models.CharField(max_length=300, blank=True)
    figures_count = models.PositiveIntegerField(default=0)
    accused = models.JSONField(default=list)  # [{twin, quote, why}]
    digest = models.CharField(max_length=64, blank=True)  # of the digests of all its files
    published_at = models.DateTimeField(null=True)
    published_by = models.UUIDField(null=True)
    records = models.JSONField(default=list)  # names of the store's records of its figures
    not_recorded = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering: ClassVar = ["-asked_at"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["assessment", "number"], name="edition_number_once"),
            models.CheckConstraint(
                condition=~Q(state=EditionState.PUBLISHED) | Q(number__isnull=False, published_at__isnull=False),
                name="edition_published_has_number",
            ),
        ]

    @property
    def name(self) -> str:
        return f"Edition {self.number}" if self.number else "Unpublished build"


class EditionFile(PartnershipRecord):
    """One document of an edition."""

    PRIVACY: ClassVar = dict.fromkeys(("id", "partnership", "edition", "twin", "form", "file"), Privacy.NONE)

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="files")
    twin = models.CharField(max_length=12, choices=Twin.choices)
    form = models.CharField(max_length=10)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["edition", "twin", "form"], name="edition_file_once")]
