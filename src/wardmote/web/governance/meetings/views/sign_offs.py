"""Sign-off by responsible authority, and the stamp that a copy was sent."""

from typing import Any

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import render

from wardmote.web.foundation.clock import read_today
from wardmote.web.foundation.files import answer_file
from wardmote.web.foundation.signables import find_signable
from wardmote.web.governance.meetings import actions
from wardmote.web.governance.meetings.forms.fields import ReasonForm
from wardmote.web.governance.meetings.forms.sign_offs import ReceiptForm, SignatureForm, SignOffForm, StampForm
from wardmote.web.governance.meetings.models import SentStamp, Signature, SignOff
from wardmote.web.governance.meetings.queries import list_sign_offs
from wardmote.web.governance.meetings.signing import Standing, read_standing
from wardmote.web.governance.meetings.states import SignedKind
from wardmote.web.governance.meetings.views.frame import (
    answer_form,
    describe_page,
    find_address,
    is_post,
    read_post,
    refuse,
)
from wardmote.web.partnerships.interface import PartnershipRequest, get_own, in_partnership


def get_sign_off(request: PartnershipRequest, sign_off_id: Any) -> SignOff:
    return get_own(SignOff.objects.select_related("partnership", "file"), request, id=sign_off_id)


def _find_back(request: PartnershipRequest, sign_off: SignOff) -> str:
    return find_address(request, "show_sign_off", sign_off_id=sign_off.pk)


def _above(request: PartnershipRequest, sign_off: SignOff | None = None) -> tuple[tuple[str, str], ...]:
    above = (("Sign-off", find_address(request, "sign_offs")),)
    return above if sign_off is None else (*above, (str(sign_off), _find_back(request, sign_off)))


@in_partnership("governance.view_sign_offs")
def list_all(request: PartnershipRequest) -> HttpResponse:
    """Which documents are being signed, who is missing, and what was sent to the commissioner."""
    rows = [
        {"standing": read_standing(sign_off), "kind": SignedKind(sign_off.kind).label}
        for sign_off in list_sign_offs(request.partnership)
    ]
    facts = describe_page(request, title="Sign-off", here="sign_offs") | {"rows": rows}
    return render(request, "governance/meetings/sign_offs.html", facts)


@in_partnership("governance.view_sign_offs")
def show_sign_off(request: PartnershipRequest, sign_off_id: Any) -> HttpResponse:
    """One document: each responsible authority with its signature, and the stamps."""
    sign_off = get_sign_off(request, sign_off_id)
    signable = find_signable(request.partnership, sign_off.kind, sign_off.about) if sign_off.about else None
    facts = describe_page(request, title=str(sign_off), above=_above(request)) | {
        "sign_off": sign_off, "standing": read_standing(sign_off), "kind": SignedKind(sign_off.kind).label,
        "address": signable.address if signable else "", "is_open": sign_off.withdrawn_on is None,
    }  # fmt: skip
    return render(request, "governance/meetings/sign_off.html", facts)


@in_partnership("governance.record_signatures")
def start_sign_off(request: PartnershipRequest) -> HttpResponse:
    """Ask the responsible authorities to sign one version of a document."""
    files = request.FILES if is_post(request) else None
    form = SignOffForm(request.partnership, read_post(request), files, initial={"as_of": read_today()})

    def save(told: Any) -> None:
        actions.start_sign_off(
            partnership=request.partnership, fields=form.read_fields(), by=request.user, upload=told["upload"]
        )

    return answer_form(
        request, form, save, title="Start a sign-off", back=find_address(request, "sign_offs"),
        said="The sign-off is started.", above=_above(request),
    )  # fmt: skip


@in_partnership("governance.record_signatures")
def record_signature(request: PartnershipRequest, sign_off_id: Any) -> HttpResponse:
    """Record a body's signature."""
    sign_off = get_sign_off(request, sign_off_id)
    back, missing = _find_back(request, sign_off), list(read_standing(sign_off).missing)
    if not missing or sign_off.withdrawn_on is not None:
        return refuse(request, "Nobody's signature is missing here.", back)
    form = SignatureForm(missing, read_post(request), request.FILES if is_post(request) else None)

    def save(told: Any) -> None:
        fields = {name: told[name] for name in ("name", "post", "signed_on", "minute")}
        actions.record_signature(
            sign_off=sign_off, organisation=form.bodies[told["organisation"]], fields=fields, by=request.user,
            upload=told["upload"],
        )  # fmt: skip

    return answer_form(
        request, form, save, title="Record a signature", back=back, said="The signature is recorded.",
        above=_above(request, sign_off),
    )  # fmt: skip


@in_partnership("governance.record_signatures")
def take_back_signature(request: PartnershipRequest, sign_off_id: Any, signature_id: Any) -> HttpResponse:
    """Take a signature back that was recorded by mistake."""
    sign_off = get_sign_off(request, sign_off_id)
    signature = get_own(_list_signatures(sign_off), request, id=signature_id)
    signature.sign_off = sign_off
    return answer_form(
        request, ReasonForm(read_post(request)),
        lambda told: actions.take_back_signature(signature=signature, reason=told["reason"], by=request.user),
        title=f"Take back the signature of {signature.organisation}?", back=_find_back(request, sign_off),
        said="The signature is taken back.", submit_text="Take it back", danger=True, above=_above(request, sign_off),
    )  # fmt: skip


def _list_signatures(sign_off: SignOff) -> Any:
    return Signature.objects.filter(sign_off=sign_off).select_related("organisation", "file")


@in_partnership("governance.record_signatures")
def withdraw_sign_off(request: PartnershipRequest, sign_off_id: Any) -> HttpResponse:
    """End a sign-off: another version is to be signed."""
    sign_off = get_sign_off(request, sign_off_id)
    back = _find_back(request, sign_off)
    if sign_off.withdrawn_on is not None:
        return refuse(request, "It is withdrawn already.", back)
    return answer_form(
        request, ReasonForm(read_post(request)),
        lambda told: actions.withdraw_sign_off(sign_off=sign_off, reason=told["reason"], by=request.user),
        title="Withdraw this sign-off?", back=back, said="The sign-off is withdrawn.", submit_text="Withdraw it",
        intro="Its signatures stay to be seen. Another version can then be signed.", danger=True,
        above=_above(request, sign_off),
    )  # fmt: skip


@in_partnership("governance.record_signatures")
def stamp_sent(request: PartnershipRequest, sign_off_id: Any) -> HttpResponse:
    """Stamp that a copy was sent to the Police and Crime Commissioner."""
    sign_off = get_sign_off(request, sign_off_id)
    form = StampForm(read_post(request), request.FILES if is_post(request) else None)

    def save(told: Any) -> None:
        fields = {name: told[name] for name in ("to_whom", "sent_on", "how")}
        actions.stamp_sent(sign_off=sign_off, fields=fields, by=request.user, upload=told["upload"])

    standing = read_standing(sign_off)
    return answer_form(
        request, form, save, title="Stamp that a copy was sent", back=_find_back(request, sign_off),
        said="It is stamped as sent.", above=_above(request, sign_off),
        intro=_say_missing(standing),
    )  # fmt: skip


def _say_missing(standing: Standing) -> str:
    """What a copy that is sent now would lack."""
    parts = [] if standing.is_complete else [standing.said]
    parts += [] if standing.sign_off.file_id else ["No document is attached to this sign-off: attach the copy here"]
    return f"{'. '.join(parts)}. A copy can be stamped all the same; its stamp says what was missing." if parts else ""


@in_partnership("governance.record_signatures")
def note_receipt(request: PartnershipRequest, sign_off_id: Any, sent_stamp_id: Any) -> HttpResponse:
    """Note that the copy was received."""
    sign_off = get_sign_off(request, sign_off_id)
    stamp = get_own(SentStamp.objects.filter(sign_off=sign_off), request, id=sent_stamp_id)
    form = ReceiptForm(read_post(request), initial={"receipt": stamp.receipt, "received_on": stamp.received_on})
    return answer_form(
        request, form, lambda told: actions.note_receipt(stamp=stamp, by=request.user, **told),
        title="Note the receipt", back=_find_back(request, sign_off), said="The receipt is noted.",
        above=_above(request, sign_off), watched=True,
    )  # fmt: skip


@in_partnership("governance.view_sign_offs")
def download_signed(request: PartnershipRequest, sign_off_id: Any) -> HttpResponseBase:
    """The document as it is to be signed."""
    sign_off = get_sign_off(request, sign_off_id)
    if sign_off.file is None:
        raise Http404
    return answer_file(sign_off.file)


@in_partnership("governance.view_sign_offs")
def download_signature(request: PartnershipRequest, sign_off_id: Any, signature_id: Any) -> HttpResponseBase:
    """What a body signed."""
    signature = get_own(_list_signatures(get_sign_off(request, sign_off_id)), request, id=signature_id)
    if signature.file is None:
        raise Http404
    return answer_file(signature.file)


@in_partnership("governance.view_sign_offs")
def download_sent(request: PartnershipRequest, sign_off_id: Any, sent_stamp_id: Any) -> HttpResponseBase:
    """The copy that was sent."""
    stamps = SentStamp.objects.filter(sign_off=get_sign_off(request, sign_off_id)).select_related("file")
    stamp = get_own(stamps, request, id=sent_stamp_id)
    if stamp.file is None:
        raise Http404
    return answer_file(stamp.file)
