"""The forms by which papers are asked for."""

from typing import Any

from django import forms

from wardmote.web.governance.documents.queries import Offer
from wardmote.web.partnerships.interface import Organisation
from wardmote.web.returns.interface import FORMS, DocumentKind

_OF_WHAT = {
    DocumentKind.EXECUTIVE: "Quarter",
    DocumentKind.SCRUTINY: "Year",
    DocumentKind.OUTTURN: "Year",
    DocumentKind.PLAN: "Plan",
}


class PaperForm(forms.Form):
    """Of what a paper is to be made, and in which forms."""

    endings = forms.MultipleChoiceField(
        label="Forms", choices=[(form, name) for form, (name, _) in FORMS.items()], initial=["pdf", "docx"],
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip

    def __init__(
        self, kind: DocumentKind, data: Any = None, *, offers: list[Offer], agencies: list[Organisation]
    ) -> None:
        super().__init__(data)
        self.offers = {offer.value: offer for offer in offers}
        if kind == DocumentKind.HISTORY:
            self.fields["agency"] = forms.ModelChoiceField(
                Organisation.objects.filter(pk__in=[one.pk for one in agencies]).order_by("name"), label="Agency",
                empty_label=None if len(agencies) == 1 else "Choose an agency",
            )  # fmt: skip
        else:
            choices = [(offer.value, offer.label) for offer in offers]
            self.fields["of"] = forms.ChoiceField(label=_OF_WHAT[kind], choices=choices)
        self.order_fields(["of", "agency", "endings"])

    def read_offer(self) -> Offer:
        """What the paper is to be of; of an agency's history the plan in force, under which it is kept."""
        chosen = self.cleaned_data.get("of", "")
        return self.offers[chosen] if chosen else next(iter(self.offers.values()))
