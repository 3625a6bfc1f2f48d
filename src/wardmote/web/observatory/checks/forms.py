"""The forms of checks."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db.models import QuerySet

from wardmote.evidence.interface import list_report_endings
from wardmote.web.foundation.files import LARGEST_BYTES, clean_name
from wardmote.web.observatory.checks.files import check_report
from wardmote.web.observatory.checks.states import Standing

MOST_FILES = 10
MOST_BYTES = 3 * LARGEST_BYTES


class ReportsInput(forms.FileInput):
    """A box for several files."""

    allow_multiple_selected = True


class ReportsField(forms.FileField):
    """Several reports, each looked at."""

    widget = ReportsInput

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.widget.attrs |= {"multiple": True, "accept": ",".join(list_report_endings())}

    def clean(self, data: Any, initial: Any = None) -> "list[UploadedFile[Any]]":
        files = [super(ReportsField, self).clean(one, initial) for one in data or ()]
        if not files:
            raise ValidationError("Select the report to check", code="required")
        if len(files) > MOST_FILES:
            raise ValidationError(f"Select at most {MOST_FILES} reports", code="many")
        names = [clean_name(str(file.name)).lower() for file in files]
        if len(set(names)) < len(names):
            raise ValidationError("Two of the reports have the same name. Rename one of them", code="twice")
        for file in files:
            check_report(file)
        return files


class NewCheckForm(forms.Form):
    """Which reports are checked together, and against what."""

    files = ReportsField(  # type: ignore[assignment] # Django's own `files` is set for each form
        label="Report", help_text=f"Word, OpenDocument, PDF, web page or text. Several at once (at most {MOST_FILES}) "
        "are held against one another too. They are removed as soon as they are read; their text is kept until you "
        "remove it.",
    )  # fmt: skip
    title = forms.CharField(
        label="What to call this check", max_length=200, required=False,
        help_text="The name of the file where you write nothing",
    )  # fmt: skip

    def __init__(
        self, data: Any = None, files: Any = None, *, earlier: QuerySet[Any], with_evidence: bool,
        is_too_large: bool = False, follows: Any = None,
    ) -> None:  # fmt: skip
        super().__init__(data, files, initial={"against": "evidence", "follows": follows})
        self.is_too_large = is_too_large
        if with_evidence:
            self.fields["against"] = forms.ChoiceField(
                label="Hold it against", widget=forms.RadioSelect,
                choices=[("evidence", "Itself, and the partnership’s evidence"), ("itself", "Itself alone")],
            )  # fmt: skip
        self.fields["follows"] = forms.ModelChoiceField(
            earlier, label="Is it a later version of a report that was checked here?", required=False,
            empty_label="No, it is new", help_text="Then you see what is new in it and what was mended",
        )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        sent = found.get("files") or []
        if self.is_too_large or sum(one.size or 0 for one in sent) > MOST_BYTES:
            self.errors.pop("files", None)
            self.add_error("files", "The reports are larger than 60 MB together. Check them in several parts")
        return found

    @property
    def wants_evidence(self) -> bool:
        return bool(self.cleaned_data.get("against") == "evidence")


class MarkForm(forms.Form):
    """What somebody says of an accusation."""

    standing = forms.ChoiceField(label="What is it?", choices=Standing.choices, widget=forms.RadioSelect)
    note = forms.CharField(
        label="Note", max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 4}),
        help_text="For a false alarm say why it is one. Name nobody.",
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if not (found.get("note") or "").strip() and found.get("standing") in (Standing.FALSE_ALARM, Standing.REMARK):
            is_alarm = found["standing"] == Standing.FALSE_ALARM
            self.add_error("note", "Say why it is a false alarm" if is_alarm else "Write the remark")
        return found
