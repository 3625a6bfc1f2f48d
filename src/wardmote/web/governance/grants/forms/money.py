"""A box for an amount of money."""

from typing import Any

from django import forms

from wardmote.web.governance.grants.money import MOST_PENCE, Pence, read_pounds, write_pounds


class PoundsField(forms.CharField):
    """Pounds, with or without pence and commas; gives whole pence."""

    def __init__(self, *, least_pence: int = 1, **more: Any) -> None:
        self.least_pence = least_pence
        super().__init__(**more)

    def to_python(self, value: Any) -> Any:
        if isinstance(value, int):
            return Pence(value)
        typed = super().to_python(value)
        if not typed:
            return None
        pence = read_pounds(typed)
        if pence is None:
            raise forms.ValidationError("Enter pounds, such as 1,250 or 1250.50; you typed " + typed[:40])
        return pence

    def validate(self, value: Any) -> None:
        super().validate(value if value is not None else "")
        if value is not None and value < self.least_pence:
            raise forms.ValidationError("Enter an amount above nought" if self.least_pence else "Enter nought or more")
        if value is not None and value > MOST_PENCE:
            raise forms.ValidationError("That is more than a billion pounds. Look at the noughts")

    def run_validators(self, value: Any) -> None:
        """The text's own validators have had their say before it became an amount."""

    def prepare_value(self, value: Any) -> Any:
        return write_pounds(value) if isinstance(value, int) else value
