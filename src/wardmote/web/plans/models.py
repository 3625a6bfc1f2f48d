"""The plan and all that stands in it. A plan's versions are rows of their own: a revision copies, never overwrites."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from wardmote.web.foundation.privacy import Privacy
from wardmote.web.partnerships.interface import PartnershipRecord
from wardmote.web.plans.states import (
    ActionState,
    FourP,
    Frequency,
    GateKind,
    GateOutcome,
    PlanState,
    Polarity,
    ReturnShape,
)

OPEN, TEXT = Privacy.NONE, Privacy.ORGANISATION


class Plan(PartnershipRecord):
    """One version of a partnership's plan.

    `lineage` is shared by the versions of one plan, `version` counts them; `predecessor` is the version, or the plan
    of earlier years, that this one takes over from.
    """

    PRIVACY: ClassVar = {
        **dict.fromkeys(
            ("id", "partnership", "lineage", "version", "predecessor", "starts_on", "ends_on", "state", "adopted_on",
             "superseded_on", "made_at", "made_by", "themes", "is_historic"), OPEN),
        **dict.fromkeys(("title", "vision", "drivers", "revision_reason", "source", "details"), TEXT),
    }  # fmt: skip

    lineage = models.UUIDField()
    version = models.PositiveSmallIntegerField(default=1)
    predecessor = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="successors")
    title = models.TextField()
    starts_on = models.DateField()
    ends_on = models.DateField()
    vision = models.TextField(blank=True)
    drivers = models.JSONField(default=list, blank=True)  # texts
    themes = models.JSONField(default=list, blank=True)  # StatutoryTheme codes that the plan answers
    state = models.CharField(max_length=20, choices=PlanState.choices, default=PlanState.DRAFT)
    adopted_on = models.DateField(null=True, blank=True)
    superseded_on = models.DateField(null=True, blank=True)
    revision_reason = models.TextField(blank=True)
    source = models.TextField(blank=True)  # the document it was keyed from
    is_historic = models.BooleanField(default=False)  # imported as it stood: shown and judged, not worked on
    details = models.JSONField(default=dict, blank=True)  # whatever else the plan's file said: lossless export
    made_at = models.DateTimeField()
    made_by = models.UUIDField(null=True)

    class Meta:
        ordering: ClassVar = ["-starts_on", "-version"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["lineage", "version"], name="plan_version_once")]

    def __str__(self) -> str:
        return self.title


class PlanRecord(PartnershipRecord):
    """A record of one plan version."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="+")

    class Meta:
        abstract = True


class Gate(PlanRecord):
    """One body that must approve the plan before it is adopted, with the date and the record of its decision."""

    PRIVACY: ClassVar = dict.fromkeys(
        (
            "id",
            "partnership",
            "plan",
            "kind",
            "round",
            "number",
            "outcome",
            "held_on",
            "record",
            "recorded_by",
            "recorded_at",
            "body",
            "source",
        ),
        TEXT,
    )

    kind = models.CharField(max_length=20, choices=GateKind.choices)
    round = models.PositiveSmallIntegerField(default=1)  # a plan that was referred back goes through all gates again
    number = models.PositiveSmallIntegerField()
    outcome = models.CharField(max_length=30, choices=GateOutcome.choices, default=GateOutcome.WAITING)
    body = models.TextField(blank=True)  # its own name, where a file gave it
    held_on = models.DateField(null=True, blank=True)  # while it waits, the planned day
    record = models.TextField(blank=True)  # the minute: "Council 28 April, minute 112"
    source = models.TextField(blank=True)
    recorded_by = models.UUIDField(null=True)
    recorded_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["round", "number"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["plan", "round", "number"], name="gate_number_once")]


class Consultation(PlanRecord):
    """What was asked of whom while the plan was out, and what came of it."""

    PRIVACY: ClassVar = dict.fromkeys(
        (
            "id",
            "partnership",
            "plan",
            "starts_on",
            "ends_on",
            "audience",
            "answers_count",
            "what_was_said",
            "effect",
            "number",
            "source",
        ),
        TEXT,
    )

    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    number = models.PositiveSmallIntegerField(default=0)
    audience = models.TextField()
    answers_count = models.PositiveIntegerField(null=True, blank=True)
    what_was_said = models.TextField(blank=True)
    effect = models.TextField(blank=True)
    source = models.TextField(blank=True)

    class Meta:
        ordering: ClassVar = ["number"]


class Priority(PlanRecord):
    PRIVACY: ClassVar = dict.fromkeys(
        ("id", "partnership", "plan", "number", "title", "aim", "lead", "lead_title", "themes", "source"), TEXT
    )

    number = models.PositiveSmallIntegerField()
    title = models.TextField()
    aim = models.TextField(blank=True)
    lead = models.ForeignKey(
        "partnerships.Person", on_delete=models.PROTECT, null=True, blank=True, related_name="led_priorities"
    )
    lead_title = models.TextField(blank=True)  # the post, as the plan prints it
    themes = models.JSONField(default=list, blank=True)
    source = models.TextField(blank=True)

    class Meta:
        ordering: ClassVar = ["number"]
        verbose_name_plural = "priorities"
        constraints: ClassVar = [models.UniqueConstraint(fields=["plan", "number"], name="priority_number_once")]


class Programme(PlanRecord):
    PRIVACY: ClassVar = dict.fromkeys(
        ("id", "partnership", "plan", "priority", "number", "title", "text", "source"), TEXT
    )

    priority = models.ForeignKey(Priority, on_delete=models.PROTECT, related_name="programmes")
    number = models.PositiveSmallIntegerField()
    title = models.TextField()
    text = models.TextField(blank=True)
    source = models.TextField(blank=True)

    class Meta:
        ordering: ClassVar = ["number"]


class Action(PlanRecord):
    """Something that a body has promised to do by a day, under one of the four Ps."""

    PRIVACY: ClassVar = dict.fromkeys(
        ("id", "partnership", "plan", "priority", "programme", "number", "text", "owner", "lead", "due_on", "four_p",
         "state", "progress", "updates", "updated_on", "details", "source"), TEXT,
    )  # fmt: skip

    priority = models.ForeignKey(Priority, on_delete=models.PROTECT, related_name="actions")
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, null=True, blank=True, related_name="actions")
    number = models.PositiveSmallIntegerField()
    text = models.TextField()
    owner = models.ForeignKey(
        "partnerships.Organisation", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    lead = models.ForeignKey("partnerships.Person", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    due_on = models.DateField(null=True, blank=True)
    four_p = models.CharField(max_length=10, choices=FourP.choices, blank=True)
    state = models.CharField(max_length=20, choices=ActionState.choices, default=ActionState.NOT_STARTED)
    progress = models.TextField(blank=True)
    updates = models.JSONField(default=list, blank=True)  # [{"on", "state", "progress"}], oldest first
    details = models.JSONField(default=dict, blank=True)  # what the file said that has no column: lossless export
    updated_on = models.DateField(null=True, blank=True)
    source = models.TextField(blank=True)

    class Meta:
        ordering: ClassVar = ["number"]


class Indicator(PlanRecord):
    """What is measured, in the plan's own words. `ref` is what people call it: "P2-4".

    `series` is shared by the same measure in all versions and plans, so that last year's values are this year's past.
    `evidence` binds it to the store: {"indicator": "crime_rate", "area": "E06000035", "scale": …} or {}.
    """

    PRIVACY: ClassVar = dict.fromkeys(
        ("id", "partnership", "plan", "priority", "ref", "number", "title", "definition", "numerator", "denominator",
         "unit", "shape", "basis", "polarity", "owner", "data_source", "lag", "frequency", "part_names", "series",
         "series_key", "is_context", "discontinued_on", "evidence", "details", "source"), TEXT,
    )  # fmt: skip

    priority = models.ForeignKey(Priority, on_delete=models.PROTECT, related_name="indicators")
    ref = models.TextField()
    number = models.PositiveSmallIntegerField(default=0)
    title = models.TextField()
    definition = models.TextField(blank=True)
    numerator = models.TextField(blank=True)
    denominator = models.TextField(blank=True)
    unit = models.TextField(blank=True)  # as the core's Indicator.unit
    shape = models.CharField(max_length=20, choices=ReturnShape.choices)
    basis = models.CharField(max_length=20, default="quarter")  # a Basis of the core
    polarity = models.CharField(max_length=10, choices=Polarity.choices)
    owner = models.ForeignKey("partnerships.Organisation", on_delete=models.PROTECT, null=True, related_name="+")
    data_source = models.TextField(blank=True)
    lag = models.TextField(blank=True)
    frequency = models.CharField(max_length=20, choices=Frequency.choices, default=Frequency.QUARTERLY)
    part_names = models.JSONField(default=list, blank=True)  # of shape "parts" and "checklist"
    series = models.UUIDField()
    series_key = models.TextField(blank=True)  # the core's, where it came from a file
    is_context = models.BooleanField(default=False)  # shown, never given a status
    discontinued_on = models.DateField(null=True, blank=True)
    evidence = models.JSONField(default=dict, blank=True)
    details = models.JSONField(default=dict, blank=True)  # whatever else the core's Indicator carried: lossless export
    source = models.TextField(blank=True)

    class Meta:
        ordering: ClassVar = ["number", "ref"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["plan", "ref"], name="indicator_ref_once")]

    def __str__(self) -> str:
        return f"{self.ref} {self.title}"


class Target(PlanRecord):
    """A target as it stood for a time. A change closes the version before and opens another; neither is rewritten.

    `spec` is the typed target as the core encodes it (`encode_target`), `text` the partnership's own words.
    """

    PRIVACY: ClassVar = dict.fromkeys(
        ("id", "partnership", "plan", "indicator", "text", "spec", "also", "valid_from", "valid_to", "set_by", "reason",
         "set_at", "set_by_person", "number", "withdrawn_at"), TEXT,
    )  # fmt: skip

    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="targets")
    number = models.PositiveSmallIntegerField(default=1)
    text = models.TextField(blank=True)
    spec = models.JSONField()
    also = models.JSONField(default=list, blank=True)
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)
    set_by = models.TextField(blank=True)  # the body that set it
    reason = models.TextField(blank=True)
    set_at = models.DateTimeField()
    set_by_person = models.UUIDField(null=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)  # by a correction: kept to be seen, in force on no day

    class Meta:
        ordering: ClassVar = ["number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["indicator", "number"], name="target_number_once"),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_from=None) | Q(valid_to__gte=models.F("valid_from")),
                name="target_ends_after_it_begins",
            ),
        ]


class Risk(PlanRecord):
    PRIVACY: ClassVar = dict.fromkeys(
        ("id", "partnership", "plan", "number", "text", "cause", "mitigation", "owner", "likelihood", "impact",
         "rating", "review_on", "source"), TEXT,
    )  # fmt: skip

    number = models.PositiveSmallIntegerField()
    text = models.TextField()
    cause = models.TextField(blank=True)
    mitigation = models.TextField(blank=True)
    owner = models.TextField(blank=True)
    likelihood = models.PositiveSmallIntegerField(null=True, blank=True)  # 1 to 5
    impact = models.PositiveSmallIntegerField(null=True, blank=True)  # 1 to 5
    rating = models.TextField(blank=True)  # as printed, where nobody scored it
    review_on = models.DateField(null=True, blank=True)
    source = models.TextField(blank=True)

    class Meta:
        ordering: ClassVar = ["number"]


class CrossWalk(PlanRecord):
    """How a priority answers another body's plan: the Police and Crime Plan's priority, and how well it fits."""

    PRIVACY: ClassVar = dict.fromkeys(
        ("id", "partnership", "plan", "priority", "number", "external_plan", "external_priority", "fit", "note",
         "source"), TEXT,
    )  # fmt: skip

    priority = models.ForeignKey(Priority, on_delete=models.PROTECT, null=True, blank=True, related_name="cross_walks")
    number = models.PositiveSmallIntegerField(default=0)
    external_plan = models.TextField()
    external_priority = models.TextField(blank=True)
    fit = models.TextField(blank=True)  # full, part, none
    note = models.TextField(blank=True)
    source = models.TextField(blank=True)

    class Meta:
        ordering: ClassVar = ["number"]


class PastLink(PlanRecord):
    """A coordinator's word that a plan kept as it stood is the past of one that is worked on, and why.

    It holds for every version of the plan and for the plans after it, until it is ended.
    """

    PRIVACY: ClassVar = dict.fromkeys(
        ("id", "partnership", "plan", "past", "reason", "linked_at", "linked_by", "ended_at", "ended_by",
         "ended_because"), TEXT,
    )  # fmt: skip

    past = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="+")
    reason = models.TextField()
    linked_at = models.DateTimeField()
    linked_by = models.UUIDField(null=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.UUIDField(null=True, blank=True)
    ended_because = models.TextField(blank=True)

    class Meta:
        ordering: ClassVar = ["linked_at"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["past"], condition=Q(ended_at=None), name="past_of_one_plan")
        ]
