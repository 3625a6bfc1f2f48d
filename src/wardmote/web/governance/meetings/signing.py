"""Where a sign-off stands: which responsible authorities have signed, and which are missing."""

from dataclasses import dataclass

from wardmote.web.governance.meetings.models import SentStamp, Signature, SignOff
from wardmote.web.governance.meetings.quorum import list_responsible
from wardmote.web.partnerships.interface import Organisation


@dataclass(frozen=True, slots=True)
class Standing:
    """Each responsible authority as of the sign-off's day, with its signature or None, and what was sent."""

    sign_off: SignOff
    rows: tuple[tuple[Organisation, Signature | None], ...]
    stamps: tuple[SentStamp, ...]

    @property
    def missing(self) -> tuple[Organisation, ...]:
        return tuple(body for body, signature in self.rows if signature is None)

    @property
    def is_complete(self) -> bool:
        return bool(self.rows) and not self.missing

    @property
    def said(self) -> str:
        """Complete, or who is missing."""
        if self.sign_off.withdrawn_on is not None:
            return "Withdrawn"
        if not self.rows:
            return "There is no responsible authority on this day"
        if self.is_complete:
            return f"Complete: all {len(self.rows)} responsible authorities have signed"
        signed = len(self.rows) - len(self.missing)
        return f"{signed} of {len(self.rows)} signed. Missing: {', '.join(body.name for body in self.missing)}"


def read_standing(sign_off: SignOff) -> Standing:
    """Who has signed, as of the sign-off's own day."""
    own = {"partnership": sign_off.partnership_id, "sign_off": sign_off}
    signatures = Signature.objects.filter(**own).select_related("organisation", "file")
    by_body = {row.organisation_id: row for row in signatures}
    bodies = list_responsible(sign_off.partnership, sign_off.as_of)
    stamps = SentStamp.objects.filter(**own).select_related("file").order_by("sent_on")
    return Standing(sign_off, tuple((body, by_body.get(body.pk)) for body in bodies), tuple(stamps))
