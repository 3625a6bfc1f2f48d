"""Where a sign-off stands: who has signed, who is missing, and which days its document allows."""

from dataclasses import dataclass
from datetime import date, timedelta

from wardmote.web.foundation.design.words import say_count, say_date
from wardmote.web.foundation.refusals import RefusedError
from wardmote.web.governance.meetings.models import SentStamp, Signature, SignOff
from wardmote.web.governance.meetings.offered import find_evidence_day
from wardmote.web.governance.meetings.quorum import list_responsible
from wardmote.web.partnerships.interface import Organisation

#: Of a document that lies elsewhere it is not known when it was written; no version waits longer to be signed.
LONGEST_BEFORE = timedelta(366)


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

    def list_gaps(self, stamp: SentStamp) -> list[str]:
        """What was missing when a copy was sent; empty where it went as it should."""
        early = (self.sign_off.as_of - stamp.sent_on).days
        unsigned = [body.name for body, one in self.rows if one is None or one.signed_on > stamp.sent_on]
        told = (
            (early > 0, f"Sent {say_count(early, 'day')} before the day of this sign-off"),
            (bool(unsigned), f"Not signed by then: {', '.join(unsigned)}"),
            (stamp.file is None, "No copy of it is kept"),
        )
        return [words for is_so, words in told if is_so]


def check_document_existed(sign_off: SignOff, on: date, what: str) -> None:
    """Raise RefusedError for a day before the document can have existed. `what` is what would be done to it."""
    evidence_on = find_evidence_day(sign_off.partnership, sign_off.about)
    if evidence_on is not None and on < evidence_on:
        raise RefusedError(
            f"It cannot have been {what} on {say_date(on)}: the evidence in it is of {say_date(evidence_on)}."
        )
    if on < sign_off.as_of - LONGEST_BEFORE:
        raise RefusedError(
            f"It cannot have been {what} on {say_date(on)}: this sign-off is as of {say_date(sign_off.as_of)}, and a"
            f" year before that is the earliest."
        )


def read_standing(sign_off: SignOff) -> Standing:
    """Who has signed, as of the sign-off's own day."""
    own = {"partnership": sign_off.partnership_id, "sign_off": sign_off}
    signatures = Signature.objects.filter(**own).select_related("organisation", "file")
    by_body = {row.organisation_id: row for row in signatures}
    bodies = list_responsible(sign_off.partnership, sign_off.as_of)
    stamps = SentStamp.objects.filter(**own).select_related("file").order_by("sent_on")
    return Standing(sign_off, tuple((body, by_body.get(body.pk)) for body in bodies), tuple(stamps))
