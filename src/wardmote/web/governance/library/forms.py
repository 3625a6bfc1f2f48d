"""The forms of the library."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms

from wardmote.web.foundation.clock import read_today
from wardmote.web.foundation.design.dates import DatePartsField
from wardmote.web.foundation.files import check_upload
from wardmote.web.governance.choices import TextArea, WordedChoice, make_body_field
from wardmote.web.governance.library.actions.boards import offer_file
from wardmote.web.governance.library.boards import Shareable
from wardmote.web.governance.library.models import Board, Correction, GlossaryTerm, Theme
from wardmote.web.governance.library.states import BoardKind, Settlement, ThemeState
from wardmote.web.partnerships.interface import Partnership
from wardmote.web.plans.interface import Priority


class SettleForm(forms.Form):
    """What is done about a document whose figures changed."""

    settlement = forms.ChoiceField(
        label="What is done about it?", widget=forms.RadioSelect,
        choices=[(Settlement.NOTICE.value, "Write a notice of correction"),
                 (Settlement.REISSUED.value, "A new edition was issued in its place"),
                 (Settlement.LEFT.value, "It stays as it is")],
    )  # fmt: skip
    note = TextArea(
        label="Note", max_length=280, required=False,
        help_text="Where it stays as it is: why. Where it was issued anew: which edition.",
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if found.get("settlement") == Settlement.LEFT and not (found.get("note") or "").strip():
            self.add_error("note", "Say why it may stay as it is")
        return found


class NoticeForm(forms.Form):
    """The words of a notice, and which sentences of the document it names."""

    title = forms.CharField(label="Title", max_length=300)
    text = TextArea(
        label="Text", max_length=20000,
        help_text="The machine wrote the first text from what changed: make it yours. The table of the figures follows "
        "it by itself.",
    )  # fmt: skip

    def __init__(self, correction: Correction, data: Any = None) -> None:
        touches = correction.touches or []
        kept = [str(at) for at, one in enumerate(touches) if one["kept"]]
        super().__init__(data, initial={"title": correction.title, "text": correction.text, "kept": kept})
        self.fields["text"].widget.attrs["rows"] = 16
        if touches:
            self.fields["kept"] = forms.MultipleChoiceField(
                label="Sentences of the document that the notice names", required=False,
                widget=forms.CheckboxSelectMultiple, help_text="Leave out what only happens to hold the same number.",
                choices=[(str(at), f"“{one['quote']}” {one['why']}") for at, one in enumerate(touches)],
            )  # fmt: skip

    @property
    def kept(self) -> set[int] | None:
        return {int(at) for at in self.cleaned_data["kept"]} if "kept" in self.fields else None


class TermForm(forms.Form):
    """A word of the partnership."""

    term = forms.CharField(label="Word", max_length=120)
    meaning = TextArea(label="What it means", max_length=2000)
    aliases = TextArea(
        label="Other words for it", max_length=1000, required=False,
        help_text="Acronyms and other names, each on a line of its own",
    )  # fmt: skip

    def __init__(self, data: Any = None, *, found: GlossaryTerm | None = None) -> None:
        initial = {"term": found.term, "meaning": found.meaning} if found else {}
        if found:
            initial["aliases"] = "\n".join(one.alias for one in found.aliases.all())
        super().__init__(data, initial=initial)

    def clean_aliases(self) -> list[str]:
        names = [line.strip() for line in self.cleaned_data["aliases"].splitlines() if line.strip()]
        if any(len(name) > 120 for name in names):
            raise forms.ValidationError("A word has at most 120 letters")
        return names


class AcronymForm(forms.Form):
    """A text whose acronyms are looked up."""

    text = TextArea(label="Text", max_length=100000)

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        self.fields["text"].widget.attrs["rows"] = 12


class ThemeForm(forms.Form):
    """What somebody saw."""

    title = forms.CharField(label="Theme", max_length=200)
    what_was_seen = TextArea(  # not `seen`: so the pages of forms call what they remember of a record
        label="What was seen", max_length=5000, help_text="Name nobody, and nothing by which somebody is known"
    )
    first_seen_on = DatePartsField(label="First seen on")

    def __init__(self, partnership: Partnership, data: Any = None, *, theme: Theme | None = None) -> None:
        initial = {
            "title": theme.title, "what_was_seen": theme.seen, "first_seen_on": theme.first_seen_on,
            "body": theme.body_id,
        } if theme else None  # fmt: skip
        super().__init__(data, initial=initial)
        self.fields["body"] = make_body_field(
            partnership, "Body that saw it first", held=theme.body_id if theme else None
        )

    def read_fields(self) -> dict[str, Any]:
        """What was given, by the names of the record."""
        return {("seen" if name == "what_was_seen" else name): value for name, value in self.cleaned_data.items()}

    def clean_first_seen_on(self) -> date:
        day: date = self.cleaned_data["first_seen_on"]
        if day > read_today():
            raise forms.ValidationError("The day must not be after today")
        return day


class ReviewForm(forms.Form):
    """What came of looking at a theme again."""

    reviewed_on = DatePartsField(label="Looked at on")
    state = forms.ChoiceField(label="How it stands now", choices=ThemeState.choices, widget=forms.RadioSelect)
    note = TextArea(
        label="What was found",
        max_length=2000,
        help_text="Where it becomes a priority or is dropped: why. Name nobody.",
    )

    def __init__(self, theme: Theme, data: Any = None) -> None:
        super().__init__(
            data, initial={"reviewed_on": read_today(), "state": theme.state, "priority": theme.priority_id}
        )
        rows = Priority.objects.filter(partnership=theme.partnership_id).select_related("plan")
        self.fields["priority"] = WordedChoice(
            rows.order_by("-plan__starts_on", "number"), label="Priority that it became", required=False,
            empty_label="None", say=lambda one: f"{one.number}. {one.title} ({one.plan.title})",
        )  # fmt: skip

    def clean_reviewed_on(self) -> date:
        day: date = self.cleaned_data["reviewed_on"]
        if day > read_today():
            raise forms.ValidationError("The day must not be after today")
        return day


class EvidenceForm(forms.Form):
    """What a theme rests on."""

    text = forms.CharField(
        label="What it rests on", max_length=500, help_text="A figure, a note of a meeting. Name nobody."
    )
    address = forms.CharField(
        label="Address", max_length=500, required=False,
        help_text="Of a page of the evidence here, such as the trace of a figure, or of a public page",
    )  # fmt: skip

    def clean_address(self) -> str:
        address: str = self.cleaned_data["address"].strip()
        if address and not address.startswith(("/p/", "https://")):
            raise forms.ValidationError("Give an address that begins with https:// or with /p/")
        return address


class BoardForm(forms.Form):
    """A body that receives documents."""

    name = forms.CharField(label="Name", max_length=200)
    kind = forms.ChoiceField(label="Kind", choices=BoardKind.choices, widget=forms.RadioSelect)
    contact = forms.CharField(
        label="Contact", max_length=200, required=False, help_text="A post, such as “business manager”, not a person"
    )
    ended_on = DatePartsField(label="Ended on", required=False)

    def __init__(self, data: Any = None, *, board: Board | None = None) -> None:
        names = ("name", "kind", "contact", "ended_on")
        super().__init__(data, initial={name: getattr(board, name) for name in names} if board else None)


class ShareForm(forms.Form):
    """Which version of which document a board received."""

    document = forms.ChoiceField(label="Document", required=False)
    file = forms.FileField(label="Or a document that was made elsewhere", required=False)
    title = forms.CharField(label="Its title", max_length=300, required=False, help_text="The same for each version")
    version = forms.CharField(label="Its version", max_length=120, required=False)
    version_on = DatePartsField(label="Day of that version", required=False)
    sent_on = DatePartsField(label="Sent on")
    note = forms.CharField(label="Note", max_length=300, required=False)

    def __init__(self, offers: Sequence[Shareable], data: Any = None, files: Any = None) -> None:
        super().__init__(data, files, initial={"sent_on": read_today()})
        self.offers = {one.value: one for one in offers}
        field: Any = self.fields["document"]
        field.choices = [("", "None of these"), *((one.value, f"{one.title} ({one.version})") for one in offers)]

    def clean_file(self) -> Any:
        upload = self.cleaned_data.get("file")
        if upload:
            check_upload(upload)
        return upload

    def clean_sent_on(self) -> date:
        day: date = self.cleaned_data["sent_on"]
        if day > read_today():
            raise forms.ValidationError("The day must not be after today")
        return day

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if bool(found.get("document")) == bool(found.get("file")) and "file" not in self.errors:
            self.add_error("document", "Choose a document or send one, not both")
        if found.get("file"):
            for name in ("title", "version", "version_on"):
                if not found.get(name) and name not in self.errors:
                    self.add_error(name, "Say which document and version it is")
        return found

    def read_offer(self) -> Shareable:
        given = self.cleaned_data
        if given["document"]:
            return self.offers[given["document"]]
        return offer_file(given["title"].strip(), given["version"].strip(), given["version_on"])


class AcknowledgeForm(forms.Form):
    """When a board said that it has a document."""

    acknowledged_on = DatePartsField(label="Acknowledged on")

    def clean_acknowledged_on(self) -> date:
        day: date = self.cleaned_data["acknowledged_on"]
        if day > read_today():
            raise forms.ValidationError("The day must not be after today")
        return day
