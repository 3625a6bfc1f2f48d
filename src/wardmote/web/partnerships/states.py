"""The closed lists of the tenancy: kinds of body, tiers, roles, and why an account is suspended."""

from django.db import models


class OrganisationKind(models.TextChoices):
    COUNCIL = "council", "Council"
    POLICE = "police", "Police force"
    FIRE = "fire", "Fire and rescue service"
    PROBATION = "probation", "Probation provider"
    HEALTH = "health", "Health body"
    PCC = "pcc", "Police and crime commissioner"
    YOUTH_JUSTICE = "youth_justice", "Youth justice service"
    HOUSING = "housing", "Housing provider"
    EDUCATION = "education", "School, college or university"
    VOLUNTARY = "voluntary", "Voluntary organisation"
    OTHER = "other", "Other"


class Standing(models.TextChoices):
    """Why a body sits in a partnership: Crime and Disorder Act 1998, section 5."""

    RESPONSIBLE = "responsible", "Responsible authority"
    CO_OPERATING = "co_operating", "Co-operating body"
    INVITED = "invited", "Invited to take part"


class Tier(models.TextChoices):
    SINGLE = "single", "Single tier (unitary)"
    DISTRICT = "district", "District"
    COUNTY = "county", "County"


class EvidenceKept(models.TextChoices):
    SHARED = "shared", "The installation's, which other partnerships here read too"
    OWN = "own", "A store of its own, which no other partnership reads"


class Role(models.TextChoices):
    """What somebody does in one partnership. What each may is in permissions.py."""

    ADMINISTRATOR = "administrator", "Administrator"
    COORDINATOR = "coordinator", "Coordinator"
    ANALYST = "analyst", "Analyst"
    LEAD = "lead", "Priority lead"
    CONTRIBUTOR = "contributor", "Contributor"
    CHAIR = "chair", "Chair"
    EXECUTIVE = "executive", "Executive"
    SCRUTINY = "scrutiny", "Scrutiny"
    READER = "reader", "Read only"


class SuspensionReason(models.TextChoices):
    IDLE = "idle", "Not used for a while"
    UNCONFIRMED = "unconfirmed", "Access was not confirmed at the quarterly review"
    BY_HAND = "by_hand", "Suspended by an administrator"
