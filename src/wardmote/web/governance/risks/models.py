"""The records of `risks`: a risk, each scoring that was ever given to it, and what is done about it."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from wardmote.web.foundation.privacy import Privacy
from wardmote.web.governance.kept import KeptRecord
from wardmote.web.governance.risks.states import MitigationState, RiskState
from wardmote.web.partnerships.interface import Organisation, PartnershipRecord, Person
from wardmote.web.plans.interface import Action, Priority

_FIVE = (1, 5)


class RegisteredRisk(PartnershipRecord):
    """What could go wrong for the partnership. Its scores are rows of their own and are never changed."""

    PRIVACY: ClassVar = {
        **dict.fromkeys(
            ("id", "partnership", "number", "target_score", "priority", "review_on", "state", "closed_on", "written_on",
             "written_by", "taken_from", "owner_body"), Privacy.NONE),
        **dict.fromkeys(
            ("text", "cause", "consequence", "owner_title", "closed_reason", "printed_rating"), Privacy.FREE_TEXT),
        "owner_person": Privacy.PERSON,
    }  # fmt: skip

    number = models.PositiveSmallIntegerField()
    text = models.TextField()
    cause = models.TextField(blank=True)
    consequence = models.TextField(blank=True)
    owner_body = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    owner_person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    owner_title = models.CharField(max_length=200, blank=True)  # the post, where no member of the partnership holds it
    target_score = models.PositiveSmallIntegerField(null=True, blank=True)
    priority = models.ForeignKey(Priority, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    review_on = models.DateField(null=True, blank=True)
    state = models.CharField(max_length=10, choices=RiskState.choices, default=RiskState.OPEN)
    closed_on = models.DateField(null=True, blank=True)
    closed_reason = models.TextField(blank=True)
    written_on = models.DateField()
    written_by = models.UUIDField(null=True)
    taken_from = models.UUIDField(null=True)  # the plan's risk of which it was made
    printed_rating = models.CharField(max_length=40, blank=True)  # what that plan called it

    class Meta:
        ordering: ClassVar = ["number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["partnership", "number"], name="register_risk_number_once"),
            models.CheckConstraint(
                condition=Q(target_score=None) | Q(target_score__range=(1, 25)), name="register_risk_target_possible"
            ),
        ]

    def __str__(self) -> str:
        return f"R{self.number} {self.text}"


class RiskScore(KeptRecord):
    """One scoring: before anything is done (inherent) and with what is done (residual), by whom, when and why."""

    PRIVACY: ClassVar = {
        **dict.fromkeys(
            ("id", "partnership", "risk", "number", "scored_on", "scored_at", "scored_by", "inherent_likelihood",
             "inherent_impact", "residual_likelihood", "residual_impact"), Privacy.NONE),
        "reason": Privacy.FREE_TEXT,
    }  # fmt: skip

    risk = models.ForeignKey(RegisteredRisk, on_delete=models.PROTECT, related_name="scores")
    number = models.PositiveSmallIntegerField()
    scored_on = models.DateField()
    scored_at = models.DateTimeField()
    scored_by = models.UUIDField(null=True)
    inherent_likelihood = models.PositiveSmallIntegerField()
    inherent_impact = models.PositiveSmallIntegerField()
    residual_likelihood = models.PositiveSmallIntegerField()
    residual_impact = models.PositiveSmallIntegerField()
    reason = models.TextField()

    class Meta:
        ordering: ClassVar = ["number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["risk", "number"], name="risk_score_number_once"),
            models.CheckConstraint(
                condition=Q(inherent_likelihood__range=_FIVE) & Q(inherent_impact__range=_FIVE)
                & Q(residual_likelihood__range=_FIVE) & Q(residual_impact__range=_FIVE),
                name="risk_score_of_five",
            ),
        ]  # fmt: skip

    @property
    def inherent(self) -> int:
        return self.inherent_likelihood * self.inherent_impact

    @property
    def residual(self) -> int:
        return self.residual_likelihood * self.residual_impact


class Mitigation(PartnershipRecord):
    """One thing that is done about a risk, by whom and by when; perhaps an action of the plan."""

    PRIVACY: ClassVar = {
        **dict.fromkeys(
            ("id", "partnership", "risk", "number", "body", "action", "due_on", "state", "settled_on"), Privacy.NONE),
        "text": Privacy.FREE_TEXT,
        "person": Privacy.PERSON,
    }  # fmt: skip

    risk = models.ForeignKey(RegisteredRisk, on_delete=models.PROTECT, related_name="mitigations")
    number = models.PositiveSmallIntegerField()
    text = models.TextField()
    body = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    action = models.ForeignKey(Action, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    due_on = models.DateField(null=True, blank=True)
    state = models.CharField(max_length=10, choices=MitigationState.choices, default=MitigationState.PLANNED)
    settled_on = models.DateField(null=True, blank=True)  # done or dropped

    class Meta:
        ordering: ClassVar = ["number"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["risk", "number"], name="mitigation_number_once")]
