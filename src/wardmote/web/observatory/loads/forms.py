"""The forms of loads."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.core.validators import RegexValidator

from wardmote.web.observatory.loads.incoming import WaitingFile, has_ending
from wardmote.web.observatory.loads.policies import MOST_SENT_BYTES, say_size
from wardmote.web.observatory.loads.source_words import Setting, SourceWords

MOST_FILES = 300
_SETTING = RegexValidator(r"^[\w .@:/+-]*$", "Write only letters, digits, spaces and . @ : / + -")


class ManyFilesInput(forms.FileInput):
    """A box for any number of files."""

    allow_multiple_selected = True


class ManyFilesField(forms.FileField):
    """Any number of files; each is held to the endings of the source."""

    widget = ManyFilesInput

    def __init__(self, *, endings: tuple[str, ...], **options: Any) -> None:
        super().__init__(**options)
        self.endings = endings
        self.widget.attrs |= {"multiple": True, "accept": ",".join(f".{one.rpartition('.')[2]}" for one in endings)}

    def clean(self, data: Any, initial: Any = None) -> "list[UploadedFile[Any]]":
        files = [super(ManyFilesField, self).clean(one, initial) for one in data or ()]
        for file in files:
            if not has_ending(str(file.name), self.endings):
                raise ValidationError(
                    f"“{file.name}” is of another kind: this source reads {', '.join(self.endings)}", code="kind"
                )
        return files


class NewLoadForm(forms.Form):
    """Files of one source, sent or chosen from the server's folder, and what they do not say themselves."""

    def __init__(
        self, words: SourceWords, waiting: list[WaitingFile], *args: Any, is_too_large: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.words, self.waiting, self.is_too_large = words, waiting, is_too_large
        self.fields["files"] = ManyFilesField(
            label="Files from your computer", required=False, endings=words.endings,
            help_text=f"One or many: {', '.join(words.endings)}. Together at most {say_size(MOST_SENT_BYTES)}.",
        )  # fmt: skip
        if waiting:
            self.fields["waiting"] = forms.MultipleChoiceField(
                label="Or files that lie in the server’s folder", required=False,
                widget=forms.CheckboxSelectMultiple,
                choices=[(one.name, f"{one.name} ({say_size(one.size_bytes)})") for one in waiting],
            )  # fmt: skip
        for setting in words.settings:
            self.fields[_name(setting)] = _make_field(setting)

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        files, chosen = found.get("files") or [], found.get("waiting") or []
        if self.is_too_large:
            self.add_error(
                "files", f"The files are larger than {say_size(MOST_SENT_BYTES)} together. Send them in several loads, "
                "or have them laid into the server’s folder.",
            )  # fmt: skip
        elif files and chosen:
            self.add_error("files", "Send files or choose some of the folder, not both")
        elif not files and not chosen and "files" not in self.errors:
            self.add_error("files", "Select the files to load")
        elif len(files) > MOST_FILES:
            self.add_error("files", f"Select at most {MOST_FILES} files, or send them packed in a zip archive")
        return found

    @property
    def settings(self) -> dict[str, str]:
        """What was said besides the files, by the source's own names."""
        return {one.name: str(self.cleaned_data.get(_name(one), "")).strip() for one in self.words.settings}

    @property
    def chosen(self) -> list[WaitingFile]:
        """The files of the folder that were chosen."""
        names = set(self.cleaned_data.get("waiting") or ())
        return [one for one in self.waiting if one.name in names]


def _name(setting: Setting) -> str:
    return f"setting_{setting.name}"


def _make_field(setting: Setting) -> forms.Field:
    common: dict[str, Any] = {"label": setting.label, "help_text": setting.hint, "required": False}
    if setting.choices:
        return forms.ChoiceField(choices=setting.choices, widget=forms.RadioSelect, **common)
    return forms.CharField(max_length=80, validators=[_SETTING], **common)


class UndoForm(forms.Form):
    """Why a load is taken back."""

    reason = forms.CharField(
        label="Why is it taken back?", max_length=300, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Kept with the load for everybody who reads its figures. Name nobody.",
    )  # fmt: skip


class LookForm(forms.Form):
    """What somebody found who looked at a flag."""

    note = forms.CharField(
        label="What did you find?", max_length=1000, widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Such as “confirmed by the force: half of December was not published”. Name nobody.",
    )  # fmt: skip
