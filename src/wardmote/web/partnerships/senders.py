"""An invitation is worth what its sender may give: it ends with the sender's right to give the role."""

from typing import Any

from wardmote.web.foundation.clock import read_now
from wardmote.web.foundation.refusals import RefusedError
from wardmote.web.foundation.writes import writing
from wardmote.web.partnerships.models import Invitation, Person
from wardmote.web.partnerships.policies import check_fits_role, list_grantable
from wardmote.web.partnerships.states import Role

_WHY = "Whoever sent it may no longer give this role."


def may_still_give(invitation: Invitation) -> bool:
    """Whether the sender could send it today: active, and of a role that gives this one, or an operator."""
    sender = invitation.sent_by
    if sender is None or not sender.is_active:
        return False
    if sender.is_operator and invitation.role == Role.ADMINISTRATOR:
        return True
    return invitation.role in list_grantable(sender, invitation.partnership)


def check_is_worth(invitation: Invitation) -> None:
    """Raise RefusedError where the sender could not send it today, or the body has no seat any more."""
    if not may_still_give(invitation):
        raise RefusedError(f"{_WHY} Ask {invitation.partnership.name} for a new invitation.")
    check_fits_role(invitation.partnership, invitation.role, invitation.organisation)


def is_worth(invitation: Invitation) -> bool:
    """Whether an invitation would be taken today."""
    try:
        check_is_worth(invitation)
    except RefusedError:
        return False
    return True


def withdraw_without_right(sender: Person) -> None:
    """Take back, inside the write under way, what somebody invited to and may no longer: each has its own entry."""
    sent: Any = Invitation.objects.filter(sent_by=sender, accepted_at=None, withdrawn_at=None)
    for invitation in sent.select_related("partnership", "sent_by").order_by("partnership_id", "pk"):
        if not may_still_give(invitation):
            _withdraw(invitation)


def _withdraw(invitation: Invitation) -> None:
    with writing(
        by=None, verb="people.invitation_withdrawn", partnership=invitation.partnership, subject=invitation, reason=_WHY
    ):
        invitation.withdrawn_at = read_now()
        invitation.save()
