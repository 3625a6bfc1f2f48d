"""Sign-off by responsible authority, and the stamp that a copy went to the Police and Crime Commissioner."""

import hashlib
from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from wardmote.web.foundation.clock import read_now, read_today
from wardmote.web.foundation.files import open_file, store_file
from wardmote.web.foundation.refusals import RefusedError
from wardmote.web.foundation.writes import writing
from wardmote.web.governance.meetings.actions.holding import hold
from wardmote.web.governance.meetings.models import SentStamp, Signature, SignOff
from wardmote.web.governance.meetings.policies import check_may_sign
from wardmote.web.governance.meetings.quorum import list_responsible
from wardmote.web.governance.meetings.signing import check_document_existed
from wardmote.web.partnerships.interface import Organisation, Partnership, Person

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

    from wardmote.web.foundation.models import StoredFile


def start_sign_off(
    *, partnership: Partnership, fields: Mapping[str, Any], by: Person | None, upload: "UploadedFile[Any] | None" = None
) -> SignOff:
    """Ask the responsible authorities to sign one version of a document."""
    sign_off = SignOff(
        partnership=partnership, started_at=read_now(), started_by=by.pk if by is not None else None, **fields
    )
    with writing(by=by, verb="meetings.sign_off_started", partnership=partnership, subject=sign_off):
        Partnership.objects.select_for_update().get(pk=partnership.pk)  # one sign-off for each version
        _check_is_first(sign_off)
        sign_off.file = _store(upload, by, partnership) or sign_off.file
        sign_off.save()
    return sign_off


def _check_is_first(sign_off: SignOff) -> None:
    others = SignOff.objects.filter(
        partnership=sign_off.partnership, kind=sign_off.kind, version=sign_off.version, withdrawn_on=None
    )
    same = others.filter(about=sign_off.about) if sign_off.about else others.filter(title=sign_off.title)
    if same.exists():
        raise RefusedError(f"{sign_off} is being signed already.")


def _store(upload: "UploadedFile[Any] | None", by: Person | None, partnership: Partnership) -> "StoredFile | None":
    """Keep an upload; nobody but a person has one."""
    return store_file(upload, by=by, partnership=partnership) if upload is not None and by is not None else None


def withdraw_sign_off(*, sign_off: SignOff, reason: str, by: Person | None) -> None:
    """End a sign-off: another version is to be signed. Its signatures stay to be seen."""
    if not reason.strip():
        raise RefusedError("Say why it is withdrawn; the reason is shown with it.")
    verb = "meetings.sign_off_withdrawn"
    with writing(by=by, verb=verb, partnership=sign_off.partnership, subject=sign_off, reason=reason):
        hold(sign_off)
        check_may_sign(sign_off)
        sign_off.withdrawn_on, sign_off.withdrawn_because = read_today(), reason
        sign_off.save()


def record_signature(
    *,
    sign_off: SignOff,
    organisation: Organisation,
    fields: Mapping[str, Any],
    by: Person | None,
    upload: "UploadedFile[Any] | None" = None,
) -> Signature:
    """Record a body's yes, with the minute or the file that shows it. Each responsible authority signs once."""
    signature = Signature(
        partnership=sign_off.partnership, sign_off=sign_off, organisation=organisation, recorded_at=read_now(),
        recorded_by=by.pk if by is not None else None, **fields,
    )  # fmt: skip
    verb = "meetings.signature_recorded"
    with writing(by=by, verb=verb, partnership=sign_off.partnership, subject=signature):
        hold(sign_off)
        check_may_sign(sign_off)
        _check_signer(signature)
        signature.file = _store(upload, by, sign_off.partnership)
        if signature.file is None and not signature.minute.strip():
            raise RefusedError("Name the minute in which it was decided, or attach what was signed.")
        signature.save()
    return signature


def _check_signer(signature: Signature) -> None:
    sign_off, body = signature.sign_off, signature.organisation
    if body not in list_responsible(sign_off.partnership, sign_off.as_of):
        raise RefusedError(f"{body.name} was no responsible authority on {sign_off.as_of:%-d %B %Y}.")
    if sign_off.signatures.filter(organisation=body).exists():
        raise RefusedError(f"{body.name} has signed already.")
    if signature.signed_on > read_today():
        raise RefusedError("The day of a signature cannot lie ahead.")
    check_document_existed(sign_off, signature.signed_on, "signed")


def take_back_signature(*, signature: Signature, reason: str, by: Person | None) -> None:
    """Take a signature back that was recorded by mistake. The trail keeps it."""
    if not reason.strip():
        raise RefusedError("Say why it is taken back.")
    sign_off = signature.sign_off
    verb = "meetings.signature_taken_back"
    with writing(by=by, verb=verb, partnership=sign_off.partnership, subject=sign_off, reason=reason):
        hold(sign_off, signature)
        check_may_sign(sign_off)
        signature.delete()


def stamp_sent(
    *, sign_off: SignOff, fields: Mapping[str, Any], by: Person | None, upload: "UploadedFile[Any] | None" = None
) -> SentStamp:
    """Stamp that a copy was sent: to whom, when, how, and which copy (the attached one, or the one that was signed)."""
    stamp = SentStamp(
        partnership=sign_off.partnership, sign_off=sign_off, recorded_at=read_now(),
        recorded_by=by.pk if by is not None else None, **fields,
    )  # fmt: skip
    with writing(by=by, verb="meetings.sent_stamped", partnership=sign_off.partnership, subject=stamp):
        hold(sign_off)
        _check_stamp(stamp)
        stamp.file = _store(upload, by, sign_off.partnership) or sign_off.file
        if stamp.file is not None:
            stamp.sha256 = hashlib.sha256(open_file(stamp.file).read()).hexdigest()
        stamp.save()
    return stamp


def _check_stamp(stamp: SentStamp) -> None:
    sign_off = stamp.sign_off
    if stamp.sent_on > read_today():
        raise RefusedError("The day on which it was sent cannot lie ahead.")
    check_document_existed(sign_off, stamp.sent_on, "sent")
    if sign_off.stamps.filter(sent_on=stamp.sent_on, to_whom__iexact=stamp.to_whom, how__iexact=stamp.how).exists():
        raise RefusedError(f"It is stamped as sent to {stamp.to_whom} on {stamp.sent_on:%-d %B %Y} already.")


def note_receipt(*, stamp: SentStamp, receipt: str, received_on: date, by: Person | None) -> None:
    """Note that the copy was received."""
    with writing(by=by, verb="meetings.receipt_noted", partnership=stamp.partnership, subject=stamp):
        hold(stamp)
        if received_on < stamp.sent_on:
            raise RefusedError("It cannot have been received before it was sent.")
        if received_on > read_today():
            raise RefusedError("The day on which it was received cannot lie ahead.")
        stamp.receipt, stamp.received_on = receipt, received_on
        stamp.save()
