"""Boxes that the forms of meetings share."""

from typing import Any

from django import forms

from wardmote.web.governance.choices import TextArea


class LinesField(forms.CharField):
    """A list, one entry a line."""

    widget = forms.Textarea

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value) or ""
        return [line.strip() for line in text.splitlines() if line.strip()]

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(str(one) for one in value) if isinstance(value, list | tuple) else value

    def has_changed(self, initial: Any, data: Any) -> bool:
        return list(initial or []) != self.to_python(data)


class ReasonForm(forms.Form):
    """Why something is done that ends or takes back something."""

    reason = TextArea(label="Reason", help_text="It is shown with the record")
