"""Forms of sign-off by responsible authority."""

from typing import Any

from django import forms

from wardmote.web.foundation.design.dates import DatePartsField
from wardmote.web.foundation.signables import Signable, list_signables
from wardmote.web.governance.meetings.states import SignedKind
from wardmote.web.partnerships.interface import Organisation, Partnership

_OTHER_KINDS = [(kind.value, kind.label) for kind in SignedKind]


class SignOffForm(forms.Form):
    """Which version of which document: one that lies here, or another that is named."""

    kind = forms.ChoiceField(
        label="What is the other document?", choices=[("", "Choose"), *_OTHER_KINDS], required=False
    )
    title = forms.CharField(label="Title of the other document", max_length=300, required=False)
    version = forms.CharField(label="Version of the other document", max_length=60, required=False)
    as_of = DatePartsField(label="As of", help_text="Who was a responsible authority on this day is asked to sign")
    upload = forms.FileField(
        label="The document as it is to be signed", required=False, help_text="A published assessment brings its own"
    )

    def __init__(self, partnership: Partnership, data: Any = None, files: Any = None, *, initial: Any = None) -> None:
        super().__init__(data, files, initial=initial)
        self.signables = {f"{one.kind}:{one.about}": one for one in list_signables(partnership)}
        choices = [(key, _say(one)) for key, one in self.signables.items()]
        self.fields["document"] = forms.ChoiceField(
            label="Document", choices=[*choices, ("", "Another document, named below")], required=False,
            widget=forms.RadioSelect,
        )  # fmt: skip
        self.order_fields(["document", "kind", "title", "version", "as_of", "upload"])

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if not found.get("document"):
            for name, asked in (("kind", "Choose what it is"), ("title", "Enter the title of the document")):
                if not found.get(name):
                    self.add_error(name, asked)
        return found

    def read_fields(self) -> dict[str, Any]:
        """What the action is told."""
        told = self.cleaned_data
        chosen = self.signables.get(told["document"])
        if chosen is None:
            return {name: told[name] for name in ("kind", "title", "version", "as_of")}
        return {
            "kind": chosen.kind, "about": chosen.about, "title": chosen.title, "version": chosen.version,
            "as_of": told["as_of"], "file": chosen.file,
        }  # fmt: skip


def _say(one: Signable) -> str:
    kind = SignedKind(one.kind).label if one.kind in SignedKind.values else one.kind.capitalize()
    return f"{kind}: {one.title}{f', {one.version}' if one.version else ''}"


class SignatureForm(forms.Form):
    name = forms.CharField(label="Who signed", max_length=150)
    post = forms.CharField(label="Post", max_length=150)
    signed_on = DatePartsField(label="Signed on")
    minute = forms.CharField(
        label="Minute", max_length=300, required=False, help_text="Where its decision stands, such as Board, minute 41"
    )
    upload = forms.FileField(label="What was signed", required=False, help_text="A PDF or a picture of the page")

    def __init__(self, missing: list[Organisation], data: Any = None, files: Any = None) -> None:
        super().__init__(data, files)
        self.bodies = {str(body.pk): body for body in missing}
        choices = [(key, body.name) for key, body in self.bodies.items()]
        self.fields["organisation"] = forms.ChoiceField(label="Responsible authority", choices=choices)
        self.order_fields(["organisation", "name", "post", "signed_on", "minute", "upload"])

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if not found.get("minute") and not found.get("upload") and "upload" not in self.errors:
            self.add_error("minute", "Enter the minute, or attach what was signed")
        return found


class StampForm(forms.Form):
    to_whom = forms.CharField(label="Sent to", max_length=200, initial="Police and Crime Commissioner")
    sent_on = DatePartsField(label="Sent on")
    how = forms.CharField(label="How", max_length=200, required=False, help_text="Such as secure e-mail, or by post")
    upload = forms.FileField(
        label="The copy that was sent", required=False, help_text="Empty: the document attached to this sign-off"
    )


class ReceiptForm(forms.Form):
    receipt = forms.CharField(label="Receipt", max_length=300, help_text="Such as acknowledged by letter of 4 May")
    received_on = DatePartsField(label="Received on")
