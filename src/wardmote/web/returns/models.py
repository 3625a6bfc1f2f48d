"""Quarters, what each agency owes in them, every value ever submitted, and the documents that used it."""

from typing import ClassVar
from uuid import uuid4

from django.db import models
from django.db.models import Q

from wardmote.web.foundation.privacy import Privacy
from wardmote.web.partnerships.interface import PartnershipRecord
from wardmote.web.returns.states import (
    ChangeKind,
    ChaseStage,
    CopyKind,
    DocumentKind,
    QuarterState,
    QueryState,
    ReasonCode,
    ReturnState,
)
from wardmote.web.returns.typed_json import TypedJSONField

OPEN, TEXT, FREE = Privacy.NONE, Privacy.ORGANISATION, Privacy.FREE_TEXT


class Quarter(PartnershipRecord):
    """One quarter of one plan: opens by itself, is due, is locked."""

    PRIVACY: ClassVar = dict.fromkeys(
        ("id", "partnership", "plan", "period", "starts_on", "ends_on", "opened_at", "due_on", "state", "locked_at",
         "is_historic"), OPEN,
    )  # fmt: skip

    plan = models.ForeignKey("plans.Plan", on_delete=models.PROTECT, related_name="quarters")
    period = models.CharField(max_length=40)  # as the core writes it: 2026/27Q2
    starts_on = models.DateField()
    ends_on = models.DateField()
    opened_at = models.DateTimeField()
    due_on = models.DateField()
    state = models.CharField(max_length=10, choices=QuarterState.choices, default=QuarterState.OPEN)
    locked_at = models.DateTimeField(null=True, blank=True)
    is_historic = models.BooleanField(default=False)  # made by an import: nobody owes anything in it

    class Meta:
        ordering: ClassVar = ["-ends_on"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["plan", "period"], name="quarter_once")]


class QuarterDue(PartnershipRecord):
    """One agency's own due date in a quarter, where it differs or was put off, with the reason."""

    PRIVACY: ClassVar = dict.fromkeys(("id", "partnership", "quarter", "organisation", "due_on", "reason"), TEXT)

    quarter = models.ForeignKey(Quarter, on_delete=models.PROTECT, related_name="dues")
    organisation = models.ForeignKey("partnerships.Organisation", on_delete=models.PROTECT, related_name="+")
    due_on = models.DateField()
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["quarter", "organisation"], name="quarter_due_once")]


class Return(PartnershipRecord):
    """What one agency owes for one indicator in one quarter, and how far it has come.

    `draft` is what was typed and not yet submitted; `draft_number` rises with each save, by which two people who edit
    at once are told of each other; `draft_since` is when the one who saved last began, and `draft_page` the page that
    it came from, by which one person's two windows are told apart. `version` is the value that counts now.
    `reopened_at` stands while a signed-off return is being revised, which a locked quarter allows.
    `evidence_fault` is why the evidence store could not fill it at `evidence_tried_at`.
    """

    PRIVACY: ClassVar = {
        **dict.fromkeys(
            ("id", "partnership", "quarter", "indicator", "organisation", "state", "draft_number", "draft_saved_at",
             "draft_saved_by", "draft_since", "draft_page", "version", "signed_off_at", "signed_off_by",
             "reopened_at", "evidence_tried_at"), OPEN),
        "evidence_fault": TEXT,
        "draft": FREE,
    }  # fmt: skip
    KEEP_OUT: ClassVar = frozenset({"draft"})

    quarter = models.ForeignKey(Quarter, on_delete=models.PROTECT, related_name="returns")
    indicator = models.ForeignKey("plans.Indicator", on_delete=models.PROTECT, related_name="returns")
    organisation = models.ForeignKey(
        "partnerships.Organisation", on_delete=models.PROTECT, null=True, related_name="returns"
    )
    state = models.CharField(max_length=12, choices=ReturnState.choices, default=ReturnState.OWED)
    draft = TypedJSONField(default=dict, blank=True)
    draft_number = models.PositiveIntegerField(default=0)
    draft_saved_at = models.DateTimeField(null=True, blank=True)
    draft_saved_by = models.UUIDField(null=True, blank=True)
    draft_since = models.DateTimeField(null=True, blank=True)
    draft_page = models.CharField(max_length=40, blank=True)
    version = models.ForeignKey(
        "returns.ReturnVersion", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    signed_off_at = models.DateTimeField(null=True, blank=True)
    signed_off_by = models.UUIDField(null=True, blank=True)
    reopened_at = models.DateTimeField(null=True, blank=True)
    evidence_tried_at = models.DateTimeField(null=True, blank=True)
    evidence_fault = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["quarter", "indicator"], name="return_once")]


class DraftCopy(PartnershipRecord):
    """An earlier text of a draft that another one took the place of: kept, shown, never lost."""

    PRIVACY: ClassVar = {
        **dict.fromkeys(("id", "partnership", "of", "number", "kind", "saved_at", "saved_by", "kept_at"), OPEN),
        "fields": FREE,
    }
    KEEP_OUT: ClassVar = frozenset({"fields"})

    of = models.ForeignKey(Return, on_delete=models.PROTECT, related_name="copies")
    number = models.PositiveIntegerField()  # the draft's number when it was typed
    kind = models.CharField(max_length=10, choices=CopyKind.choices)
    fields = TypedJSONField(default=dict)
    saved_at = models.DateTimeField(null=True, blank=True)
    saved_by = models.UUIDField(null=True, blank=True)
    kept_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["kept_at"]
        verbose_name_plural = "draft copies"


class ReturnVersion(PartnershipRecord):
    """A value as it was submitted. Never changed: a later one stands beside it, with the reason for the revision.

    `value` is the core's Value, encoded (`encode_value`): the one truth for statuses and exports; the columns repeat
    what is searched and shown.
    """

    PRIVACY: ClassVar = {
        **dict.fromkeys(
            ("id", "partnership", "of", "number", "kind", "value", "numerator", "denominator", "amount", "reason_code",
             "submitted_at", "submitted_by", "signed_off_at", "signed_off_by", "is_after_sign_off", "source"), OPEN),
        **dict.fromkeys(("what_happened", "so_what", "what_next", "reason"), FREE),
    }  # fmt: skip
    KEEP_OUT: ClassVar = frozenset({"value"})

    of = models.ForeignKey(Return, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=12, choices=ChangeKind.choices)
    value = models.JSONField()
    numerator = models.FloatField(null=True, blank=True)
    denominator = models.FloatField(null=True, blank=True)
    amount = models.FloatField(null=True, blank=True)  # the value itself, in the indicator's unit, unrounded
    reason_code = models.CharField(max_length=20, choices=ReasonCode.choices, blank=True)
    what_happened = models.TextField(blank=True)
    so_what = models.TextField(blank=True)
    what_next = models.TextField(blank=True)
    reason = models.TextField(blank=True)  # why it was revised, or why an unlikely value is right
    submitted_at = models.DateTimeField()
    submitted_by = models.UUIDField(null=True)
    signed_off_at = models.DateTimeField(null=True, blank=True)
    signed_off_by = models.UUIDField(null=True, blank=True)
    is_after_sign_off = models.BooleanField(default=False)
    source = models.CharField(max_length=100, blank=True)
    files = models.ManyToManyField("foundation.StoredFile", through="returns.ReturnFile", related_name="+")

    class Meta:
        ordering: ClassVar = ["number"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["of", "number"], name="return_version_once")]


class ReturnFile(PartnershipRecord):
    """A piece of evidence attached to a return (while drafted) and to the version it was submitted with."""

    PRIVACY: ClassVar = dict.fromkeys(("id", "partnership", "of", "version", "file", "removed_at"), OPEN)

    of = models.ForeignKey(Return, on_delete=models.PROTECT, related_name="attachments")
    version = models.ForeignKey(ReturnVersion, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    file = models.ForeignKey("foundation.StoredFile", on_delete=models.PROTECT, related_name="+")
    removed_at = models.DateTimeField(null=True, blank=True)


class Query(PartnershipRecord):
    """A question about a submitted value: by the machine (`rule` set) or by a person; answered, then closed."""

    PRIVACY: ClassVar = {
        **dict.fromkeys(
            ("id", "partnership", "of", "version", "rule", "severity", "state", "asked_at", "asked_by", "answered_at",
             "answered_by", "closed_at", "closed_by"), OPEN),
        **dict.fromkeys(("question", "answer"), FREE),
    }  # fmt: skip

    of = models.ForeignKey(Return, on_delete=models.PROTECT, related_name="queries")
    version = models.ForeignKey(ReturnVersion, on_delete=models.PROTECT, null=True, blank=True, related_name="queries")
    rule = models.CharField(max_length=60, blank=True)
    severity = models.CharField(max_length=20, blank=True)
    question = models.TextField()
    answer = models.TextField(blank=True)
    state = models.CharField(max_length=10, choices=QueryState.choices, default=QueryState.OPEN)
    asked_at = models.DateTimeField()
    asked_by = models.UUIDField(null=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.UUIDField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.UUIDField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["asked_at"]
        verbose_name_plural = "queries"


class Cover(PartnershipRecord):
    """Somebody returns for an agency in another's place for a while: a delegate, or cover for absence."""

    PRIVACY: ClassVar = dict.fromkeys(
        (
            "id",
            "partnership",
            "organisation",
            "absent",
            "delegate",
            "starts_on",
            "ends_on",
            "ended_at",
            "given_by",
            "confirmed_on",
        ),
        OPEN,
    )

    organisation = models.ForeignKey("partnerships.Organisation", on_delete=models.PROTECT, related_name="+")
    absent = models.ForeignKey("partnerships.Person", on_delete=models.PROTECT, related_name="+")
    delegate = models.ForeignKey("partnerships.Person", on_delete=models.PROTECT, related_name="+")
    starts_on = models.DateField()
    ends_on = models.DateField()
    ended_at = models.DateTimeField(null=True, blank=True)
    given_by = models.UUIDField(null=True)
    confirmed_on = models.DateField(null=True, blank=True)  # when somebody last said that it is needed

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(ends_on__gte=models.F("starts_on")), name="cover_ends_after_it_begins")
        ]


class Chase(PartnershipRecord):
    """One reminder to one person about one agency's quarter: when it went, and at which stage."""

    PRIVACY: ClassVar = dict.fromkeys(
        ("id", "partnership", "quarter", "organisation", "person", "stage", "week", "sent_on", "sent_by"), OPEN
    )

    quarter = models.ForeignKey(Quarter, on_delete=models.PROTECT, related_name="chases")
    organisation = models.ForeignKey("partnerships.Organisation", on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey("partnerships.Person", on_delete=models.PROTECT, related_name="+")
    stage = models.CharField(max_length=10, choices=ChaseStage.choices)
    week = models.PositiveSmallIntegerField(default=0)  # how many whole weeks late
    sent_on = models.DateField()
    sent_by = models.UUIDField(null=True)  # None: the daily round

    class Meta:
        ordering: ClassVar = ["sent_on"]
        indexes: ClassVar = [models.Index(fields=["person", "sent_on"], name="chase_person_day")]


class SheetUpload(PartnershipRecord):
    """A workbook that came back: what it would enter, what was refused, and whether it was entered."""

    PRIVACY: ClassVar = {
        **dict.fromkeys(("id", "partnership", "quarter", "organisation", "uploaded_at", "uploaded_by", "entered_at"),
                        OPEN),
        **dict.fromkeys(("name", "rows", "refused"), FREE),
    }  # fmt: skip
    KEEP_OUT: ClassVar = frozenset({"rows", "refused"})

    quarter = models.ForeignKey(Quarter, on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey("partnerships.Organisation", on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)
    rows = models.JSONField(default=list)  # [{"return", "ref", "fields"}]
    refused = models.JSONField(default=list)  # [{"cell", "ref", "found", "typed"}]
    uploaded_at = models.DateTimeField()
    uploaded_by = models.UUIDField(null=True)
    entered_at = models.DateTimeField(null=True, blank=True)


class StatusOverride(PartnershipRecord):
    """A status set by a person, with a reason; the computed one is kept and shown beside it."""

    PRIVACY: ClassVar = dict.fromkeys(
        ("id", "partnership", "indicator", "period", "status", "reason", "set_by", "set_at", "ended_at", "ended_by",
         "set_by_name"), TEXT,
    )  # fmt: skip

    indicator = models.ForeignKey("plans.Indicator", on_delete=models.PROTECT, related_name="overrides")
    period = models.CharField(max_length=40)
    status = models.CharField(max_length=10)
    reason = models.TextField()
    set_by = models.UUIDField(null=True)
    set_by_name = models.CharField(max_length=200, blank=True)  # the post or body that a file names
    set_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.UUIDField(null=True, blank=True)


class IssuedDocument(PartnershipRecord):
    """One form of a report or export that was made of returns, and may have left the building.

    The forms that were made at once share `build`: they say the same, and count as one document.
    """

    PRIVACY: ClassVar = dict.fromkeys(
        ("id", "partnership", "plan", "period", "title", "form", "sha256", "made_at", "made_by", "kind", "agency",
         "build"),
        OPEN,
    )  # fmt: skip

    plan = models.ForeignKey("plans.Plan", on_delete=models.PROTECT, related_name="documents")
    period = models.CharField(max_length=40, blank=True)
    title = models.CharField(max_length=300)
    form = models.CharField(max_length=10)  # html, docx, odt, pdf, xlsx, json
    kind = models.CharField(max_length=20, choices=DocumentKind.choices, default=DocumentKind.PERFORMANCE)
    agency = models.ForeignKey(  # whose returns alone it tells of
        "partnerships.Organisation", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    sha256 = models.CharField(max_length=64)
    made_at = models.DateTimeField()
    made_by = models.UUIDField(null=True)
    build = models.UUIDField(default=uuid4, db_index=True)

    class Meta:
        ordering: ClassVar = ["-made_at"]


class IssuedValue(PartnershipRecord):
    """One value that a document used; `replaced_by` is set when the value is revised later."""

    PRIVACY: ClassVar = dict.fromkeys(
        (
            "id",
            "partnership",
            "document",
            "version",
            "replaced_by",
            "told_at",
            "settled_at",
            "settled_by",
            "settlement",
        ),
        TEXT,
    )

    document = models.ForeignKey(IssuedDocument, on_delete=models.PROTECT, related_name="values")
    version = models.ForeignKey(ReturnVersion, on_delete=models.PROTECT, related_name="+")
    replaced_by = models.ForeignKey(ReturnVersion, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    told_at = models.DateTimeField(null=True, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.UUIDField(null=True, blank=True)
    settlement = models.CharField(max_length=300, blank=True)  # what was done: reissued, corrected, left with a note

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["document", "version"], name="issued_value_once")]
