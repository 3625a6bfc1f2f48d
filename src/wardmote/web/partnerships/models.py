"""Organisations, partnerships, people, and who may do what where."""

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q

from wardmote.web.foundation.privacy import Privacy
from wardmote.web.foundation.records import Record, RecordQuerySet
from wardmote.web.foundation.writes import has_current_write, writing
from wardmote.web.partnerships.states import EvidenceKept, OrganisationKind, Role, Standing, SuspensionReason, Tier

ORGANISATION, PERSON, NONE, FREE_TEXT, SECRET = (
    Privacy.ORGANISATION, Privacy.PERSON, Privacy.NONE, Privacy.FREE_TEXT, Privacy.SECRET,
)  # fmt: skip


class Organisation(Record):
    """A public or voluntary body. Bodies begin, end and succeed one another; returns of 2014 still name theirs.

    The register is shared by the partnerships of an installation, because one police force serves many of them.
    """

    PRIVACY: ClassVar = dict.fromkeys(
        ("id", "name", "short_name", "aliases", "kind", "started_on", "ended_on"), ORGANISATION
    )

    name = models.CharField(max_length=200, unique=True)
    short_name = models.CharField(max_length=60, blank=True)
    aliases = models.JSONField(default=list, blank=True)  # other names under which it stands in documents
    kind = models.CharField(max_length=20, choices=OrganisationKind.choices)
    started_on = models.DateField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["name"]

    def __str__(self) -> str:
        return self.name


class Succession(Record):
    """One body took over from another, wholly or in part: a probation company's work went to the Probation Service."""

    PRIVACY: ClassVar = dict.fromkeys(("id", "predecessor", "successor", "on", "note"), ORGANISATION)

    predecessor = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="successions")
    successor = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="preceded_by")
    on = models.DateField()
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["predecessor", "successor"], name="succession_once"),
            models.CheckConstraint(condition=~Q(predecessor=models.F("successor")), name="succession_to_another"),
        ]


class Partnership(Record):
    """A community safety partnership: the tenant to which everything below belongs."""

    PRIVACY: ClassVar = dict.fromkeys(
        ("id", "name", "slug", "area_code", "tier", "county", "is_sample", "started_on", "ended_on",
         "amber_within_pct", "small_number", "return_days", "idle_days", "needs_second_step", "evidence"), NONE,
    )  # fmt: skip

    name = models.CharField(max_length=200)
    slug = models.SlugField(max_length=60, unique=True)
    area_code = models.CharField(max_length=20, blank=True)  # E06000035
    tier = models.CharField(max_length=10, choices=Tier.choices, default=Tier.SINGLE)
    county = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="districts")
    is_sample = models.BooleanField(default=False)  # invented, and says so on every page
    started_on = models.DateField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)
    amber_within_pct = models.FloatField(default=5.0)  # a miss of at most this share of the target is amber
    small_number = models.FloatField(default=20.0)
    return_days = models.PositiveSmallIntegerField(default=28)  # from a quarter's end to its returns' due date
    idle_days = models.PositiveSmallIntegerField(default=45)  # after which an unused account is suspended
    needs_second_step = models.BooleanField(default=True)
    #: Whose evidence it reads: the installation's ("shared"), or a store of its own ("own").
    evidence = models.CharField(max_length=10, choices=EvidenceKept.choices, default=EvidenceKept.SHARED)

    class Meta:
        ordering: ClassVar = ["name"]

    def __str__(self) -> str:
        return self.name


class PartnershipRecord(Record):
    """A record of one partnership. Every query for one says whose."""

    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="+")

    class Meta:
        abstract = True


class TermsChange(PartnershipRecord):
    """A change of the tolerances by which plans are judged: what held before, what holds from a day on, and why."""

    PRIVACY: ClassVar = {
        **dict.fromkeys(
            ("id", "partnership", "amber_before_pct", "small_before", "amber_within_pct", "small_number", "counts_from",
             "changed_at", "changed_by"), NONE),
        "reason": ORGANISATION,
    }  # fmt: skip

    amber_before_pct = models.FloatField()
    small_before = models.FloatField()
    amber_within_pct = models.FloatField()
    small_number = models.FloatField()
    counts_from = models.DateField()  # periods that end earlier are judged as before
    reason = models.TextField()
    changed_at = models.DateTimeField()
    changed_by = models.UUIDField(null=True)

    class Meta:
        ordering: ClassVar = ["counts_from", "changed_at"]


class Agency(PartnershipRecord):
    """A body's seat in a partnership, with its dates."""

    PRIVACY: ClassVar = dict.fromkeys(
        ("id", "partnership", "organisation", "standing", "started_on", "ended_on"), ORGANISATION
    )

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="seats")
    standing = models.CharField(max_length=20, choices=Standing.choices)
    started_on = models.DateField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)

    class Meta:
        verbose_name_plural = "agencies"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["partnership", "organisation"], condition=Q(ended_on=None), name="agency_seat_once"
            )
        ]


class PersonManager(BaseUserManager.from_queryset(RecordQuerySet)):  # type: ignore[misc]
    def get_by_natural_key(self, email: str | None) -> "Person":
        return self.get(email__iexact=email)


class Person(AbstractBaseUser, Record):
    """Somebody who signs in. What they may is in their memberships, never here, but for `is_operator`."""

    PRIVACY: ClassVar = {
        "id": NONE, "password": SECRET, "last_login": NONE, "email": PERSON, "name": PERSON, "organisation": NONE,
        "is_active": NONE, "is_operator": NONE, "suspended_at": NONE, "suspension": NONE, "seen_on": NONE,
        "joined_at": NONE, "wants_digest": NONE, "restored_on": NONE,
        "suspended_in": NONE,
    }  # fmt: skip
    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar = ["name"]

    email = models.EmailField(unique=True)
    name = models.CharField(max_length=150)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="people"
    )
    is_active = models.BooleanField(default=True)
    is_operator = models.BooleanField(default=False)  # runs the installation: opens partnerships, sees no returns
    suspended_at = models.DateTimeField(null=True, blank=True)
    suspension = models.CharField(max_length=20, choices=SuspensionReason.choices, blank=True)
    seen_on = models.DateField(null=True, blank=True)
    suspended_in = models.ForeignKey(  # whose managers decided it, and may take it back; none: away for too long
        Partnership, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    restored_on = models.DateField(null=True, blank=True)  # from which idleness is counted anew
    joined_at = models.DateTimeField(auto_now_add=True)
    wants_digest = models.BooleanField(default=True)

    objects: ClassVar[Any] = PersonManager()

    class Meta:
        verbose_name_plural = "people"
        ordering: ClassVar = ["name"]

    def __str__(self) -> str:
        return self.name or self.email

    def get_full_name(self) -> str:
        """What the head of every page calls who is signed in."""
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save; what the sign-in library writes by itself (a new password's digest) is audited too."""
        if has_current_write():
            super().save(*args, **kwargs)
            return
        with writing(by=self, verb="people.account_written", subject=self):
            super().save(*args, **kwargs)

    def has_perm(self, perm: str, obj: object = None) -> bool:
        from wardmote.web.partnerships.permissions import can

        return can(self, perm, obj)

    def has_module_perms(self, app_label: str) -> bool:
        return False


class Membership(PartnershipRecord):
    """One role of one person in one partnership, given by somebody, confirmed each quarter, ended and never deleted."""

    PRIVACY: ClassVar = dict.fromkeys(
        ("id", "partnership", "person", "role", "organisation", "given_by", "given_at", "confirmed_on", "ended_at",
         "end_reason"), NONE,
    )  # fmt: skip

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=20, choices=Role.choices)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    given_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    given_at = models.DateTimeField()
    confirmed_on = models.DateField()
    ended_at = models.DateTimeField(null=True, blank=True)
    end_reason = models.CharField(max_length=100, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["partnership", "person", "role", "organisation"],
                condition=Q(ended_at=None),
                name="membership_once",
            ),
            models.UniqueConstraint(
                fields=["partnership", "person", "role"],
                condition=Q(ended_at=None, organisation=None),
                name="membership_of_no_body_once",
            ),
        ]


class Invitation(PartnershipRecord):
    """An open door for one e-mail address, for one role, for a while. Only the digest of its link is kept."""

    PRIVACY: ClassVar = {
        "id": NONE, "partnership": NONE, "email": PERSON, "name": PERSON, "role": NONE, "organisation": NONE,
        "digest": SECRET, "sent_by": NONE, "sent_at": NONE, "expires_at": NONE, "accepted_at": NONE,
        "accepted_by": NONE, "withdrawn_at": NONE,
    }  # fmt: skip

    email = models.EmailField()
    name = models.CharField(max_length=150, blank=True)
    role = models.CharField(max_length=20, choices=Role.choices)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    digest = models.CharField(max_length=64, unique=True)
    sent_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    sent_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    accepted_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)


class AccessReview(PartnershipRecord):
    """The quarterly look at who still needs access: it opens by itself, and ends what nobody confirmed."""

    PRIVACY: ClassVar = dict.fromkeys(
        ("id", "partnership", "quarter", "opened_on", "due_on", "closed_at", "closed_by"), NONE
    )

    quarter = models.CharField(max_length=12)
    opened_on = models.DateField()
    due_on = models.DateField()
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["partnership", "quarter"], name="access_review_once")]


class Setup(Record):
    """The one-time link by which the first operator comes in; spent at first use."""

    PRIVACY: ClassVar = {"id": NONE, "digest": SECRET, "made_at": NONE, "spent_at": NONE}

    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    spent_at = models.DateTimeField(null=True, blank=True)
