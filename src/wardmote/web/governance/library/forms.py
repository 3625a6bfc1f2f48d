"""The forms of the library."""

from typing import Any

from django import forms

from wardmote.web.governance.choices import TextArea
from wardmote.web.governance.library.models import Correction
from wardmote.web.governance.library.states import Settlement


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
