"""Who comes by a sign-in service that vouches for an address: an account, or the invitations that wait for it."""

from wardmote.web.foundation.clock import read_now
from wardmote.web.partnerships.invitations import accept_as_known, accept_as_new
from wardmote.web.partnerships.models import Invitation, Person
from wardmote.web.partnerships.senders import is_worth


def accept_open_invitations(*, email: str, name: str) -> Person | None:
    """The account of an address. Where there is none, the open invitations for it make one; else nobody."""
    known: Person | None = Person.objects.filter(email__iexact=email).first()
    if known is not None:
        return known
    found = Invitation.objects.filter(
        email__iexact=email, accepted_at=None, withdrawn_at=None, expires_at__gt=read_now()
    ).select_related("partnership", "organisation", "sent_by")
    waiting = [invitation for invitation in found if is_worth(invitation)]
    if not waiting:
        return None
    person = accept_as_new(invitation=waiting[0], name=name or email.partition("@")[0], password=None)
    for invitation in waiting[1:]:
        accept_as_known(invitation=invitation, person=person)
    return person
