"""The records of `library`: figures that changed, notices of correction, boards and what they hold, themes, terms."""

from typing import ClassVar

from django.db import models

from wardmote.web.foundation.models import StoredFile
from wardmote.web.foundation.privacy import Privacy
from wardmote.web.governance.kept import KeptRecord
from wardmote.web.governance.library.states import (
    BoardKind,
    CorrectionState,
    DocumentSource,
    Settlement,
    ThemeState,
)
from wardmote.web.partnerships.interface import Organisation, PartnershipRecord
from wardmote.web.plans.interface import Plan, Priority


class FigureComparison(PartnershipRecord):
    """One look at whether the figures of published assessments are still what they were."""

    PRIVACY: ClassVar = dict.fromkeys(
        ("id", "partnership", "asked_at", "asked_by", "compared_at", "asked_count", "changed_count",
         "unanswered_count", "newest_load"), Privacy.NONE,
    )  # fmt: skip

    asked_at = models.DateTimeField()
    asked_by = models.UUIDField(null=True)
    compared_at = models.DateTimeField(null=True, blank=True)
    asked_count = models.PositiveIntegerField(default=0)
    changed_count = models.PositiveIntegerField(default=0)
    unanswered_count = models.PositiveIntegerField(default=0)
    newest_load = models.CharField(max_length=80, blank=True)  # the store's newest load then: another one asks anew

    class Meta:
        ordering: ClassVar = ["-asked_at"]


class ChangedFigure(PartnershipRecord):
    """A figure of a published assessment that the evidence gives otherwise now."""

    PRIVACY: ClassVar = {
        **dict.fromkeys(
            ("id", "partnership", "edition", "figure", "was", "now", "found_at", "gone_at", "settled_at",
             "settled_by", "settlement"), Privacy.NONE),
        **dict.fromkeys(("title", "unit", "why"), Privacy.ORGANISATION), "note": Privacy.FREE_TEXT,
    }  # fmt: skip

    edition = models.UUIDField()
    figure = models.CharField(max_length=300)  # its id in the edition's figures
    title = models.CharField(max_length=400)
    unit = models.CharField(max_length=60, blank=True)
    was = models.FloatField(null=True)
    now = models.FloatField(null=True)
    why = models.CharField(max_length=400, blank=True)  # the loads that changed it
    found_at = models.DateTimeField()
    gone_at = models.DateTimeField(null=True, blank=True)  # it is again what it was
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.UUIDField(null=True, blank=True)
    settlement = models.CharField(max_length=10, choices=Settlement.choices, blank=True)
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering: ClassVar = ["title"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["partnership", "edition", "figure"], name="changed_figure_once")
        ]


class Correction(PartnershipRecord):
    """A notice of correction: composed of what changed, edited and published by a person, then never changed.

    `changes` are [{"figure", "was", "now", "since", "why"}] as they stood when the notice was composed; `keys` are the
    rows of either source that it settles; `touches` what the check of the document's own sentences found.
    """

    PRIVACY: ClassVar = {
        **dict.fromkeys(
            ("id", "partnership", "source", "about", "keys", "state", "composed_at", "composed_by", "published_at",
             "published_by"), Privacy.NONE),
        **dict.fromkeys(("document_title", "version"), Privacy.ORGANISATION),
        **dict.fromkeys(("title", "text", "changes", "touches"), Privacy.FREE_TEXT),
    }  # fmt: skip

    source = models.CharField(max_length=10, choices=DocumentSource.choices)
    about = models.UUIDField()
    document_title = models.CharField(max_length=300)
    version = models.CharField(max_length=120)
    changes = models.JSONField(default=list)
    keys = models.JSONField(default=list)
    touches = models.JSONField(null=True, blank=True)  # [{"quote", "why"}]; null until it was looked at
    state = models.CharField(max_length=10, choices=CorrectionState.choices, default=CorrectionState.DRAFT)
    title = models.CharField(max_length=300)
    text = models.TextField()
    composed_at = models.DateTimeField()
    composed_by = models.UUIDField(null=True)
    published_at = models.DateTimeField(null=True, blank=True)
    published_by = models.UUIDField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["-composed_at"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["partnership", "about"], condition=models.Q(state="draft"), name="correction_one_draft"
            )
        ]

    def __str__(self) -> str:
        return self.title


class CorrectionFile(KeptRecord):
    """One form of a published notice."""

    PRIVACY: ClassVar = dict.fromkeys(("id", "partnership", "correction", "form", "file"), Privacy.NONE)

    correction = models.ForeignKey(Correction, on_delete=models.PROTECT, related_name="files")
    form = models.CharField(max_length=10)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["correction", "form"], name="correction_file_once")]


class Board(PartnershipRecord):
    """A body beside the partnership that receives documents of it."""

    PRIVACY: ClassVar = {
        **dict.fromkeys(("id", "partnership", "kind", "ended_on"), Privacy.NONE), "name": Privacy.ORGANISATION,
        "contact": Privacy.PERSON,
    }  # fmt: skip

    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=24, choices=BoardKind.choices)
    contact = models.CharField(max_length=200, blank=True)  # a post, such as "Business manager"
    ended_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["name"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["partnership", "name"], name="board_name_once")]

    def __str__(self) -> str:
        return self.name


class SharedDocument(PartnershipRecord):
    """A version of a document that a board received. `series` is what all versions of one document have in common."""

    PRIVACY: ClassVar = {
        **dict.fromkeys(
            ("id", "partnership", "board", "source", "about", "series", "version", "version_on", "sha256", "file",
             "sent_on", "sent_by", "acknowledged_on"), Privacy.NONE),
        "title": Privacy.ORGANISATION, "note": Privacy.FREE_TEXT,
    }  # fmt: skip

    board = models.ForeignKey(Board, on_delete=models.PROTECT, related_name="received")
    source = models.CharField(max_length=10, choices=DocumentSource.choices)
    about = models.UUIDField(null=True, blank=True)
    series = models.CharField(max_length=200)
    title = models.CharField(max_length=300)
    version = models.CharField(max_length=120)
    version_on = models.DateField()  # orders the versions of a series
    sha256 = models.CharField(max_length=64)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    sent_on = models.DateField()
    sent_by = models.UUIDField(null=True)
    acknowledged_on = models.DateField(null=True, blank=True)
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering: ClassVar = ["-sent_on"]


class Theme(PartnershipRecord):
    """Something that somebody saw before it had figures, and that may become a priority."""

    PRIVACY: ClassVar = {
        **dict.fromkeys(
            ("id", "partnership", "first_seen_on", "body", "state", "settled_on", "plan", "priority", "written_on",
             "written_by"), Privacy.NONE),
        **dict.fromkeys(("title", "seen", "reason"), Privacy.FREE_TEXT),
    }  # fmt: skip

    title = models.CharField(max_length=200)
    seen = models.TextField()
    first_seen_on = models.DateField()
    body = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    state = models.CharField(max_length=10, choices=ThemeState.choices, default=ThemeState.WATCHING)
    settled_on = models.DateField(null=True, blank=True)  # promoted or dropped
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    priority = models.ForeignKey(Priority, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    reason = models.TextField(blank=True)
    written_on = models.DateField()
    written_by = models.UUIDField(null=True)

    class Meta:
        ordering: ClassVar = ["-first_seen_on", "title"]

    def __str__(self) -> str:
        return self.title


class ThemeReview(KeptRecord):
    """Somebody looked at a theme again: when, what they found, and how it stood after that."""

    PRIVACY: ClassVar = {
        **dict.fromkeys(("id", "partnership", "theme", "reviewed_on", "said_at", "said_by", "state"), Privacy.NONE),
        "note": Privacy.FREE_TEXT,
    }  # fmt: skip

    theme = models.ForeignKey(Theme, on_delete=models.PROTECT, related_name="reviews")
    reviewed_on = models.DateField()
    said_at = models.DateTimeField()
    said_by = models.UUIDField(null=True)
    state = models.CharField(max_length=10, choices=ThemeState.choices)
    note = models.TextField()

    class Meta:
        ordering: ClassVar = ["reviewed_on", "said_at"]


class ThemeEvidence(PartnershipRecord):
    """What a theme rests on: a note, perhaps with the address of a figure."""

    PRIVACY: ClassVar = {
        **dict.fromkeys(("id", "partnership", "theme", "added_at", "added_by"), Privacy.NONE),
        **dict.fromkeys(("text", "address"), Privacy.FREE_TEXT),
    }  # fmt: skip

    theme = models.ForeignKey(Theme, on_delete=models.PROTECT, related_name="evidence")
    text = models.CharField(max_length=500)
    address = models.CharField(max_length=500, blank=True)
    added_at = models.DateTimeField()
    added_by = models.UUIDField(null=True)

    class Meta:
        ordering: ClassVar = ["added_at"]


class GlossaryTerm(PartnershipRecord):
    """A word of the partnership with its one meaning. `key` is the word as it compares."""

    PRIVACY: ClassVar = {
        **dict.fromkeys(("id", "partnership", "key", "written_at", "written_by"), Privacy.NONE),
        **dict.fromkeys(("term", "meaning"), Privacy.FREE_TEXT),
    }  # fmt: skip

    term = models.CharField(max_length=120)
    key = models.CharField(max_length=120)
    meaning = models.TextField()
    written_at = models.DateTimeField()
    written_by = models.UUIDField(null=True)

    class Meta:
        ordering: ClassVar = ["key"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["partnership", "key"], name="glossary_term_once")]

    def __str__(self) -> str:
        return self.term


class GlossaryAlias(PartnershipRecord):
    """Another word for a term, most often its acronym."""

    PRIVACY: ClassVar = {
        **dict.fromkeys(("id", "partnership", "of", "key"), Privacy.NONE), "alias": Privacy.FREE_TEXT,
    }  # fmt: skip

    of = models.ForeignKey(GlossaryTerm, on_delete=models.PROTECT, related_name="aliases")
    alias = models.CharField(max_length=120)
    key = models.CharField(max_length=120)

    class Meta:
        ordering: ClassVar = ["key"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["partnership", "key"], name="glossary_alias_once")]
        verbose_name_plural = "glossary aliases"
