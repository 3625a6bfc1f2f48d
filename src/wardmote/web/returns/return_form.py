"""The form of one return: boxes by the indicator's shape, each keeping exactly what was typed.

No box is required to Django and none is parsed by it: a draft may hold anything, and what may be submitted is examined
in `examining`, by the same rules for a page, a saved draft and a workbook.
"""

from collections.abc import Mapping
from typing import Any

from django import forms

from wardmote.web.plans.interface import Indicator, ReturnShape
from wardmote.web.returns.models import Return
from wardmote.web.returns.policies import awaits_revision
from wardmote.web.returns.states import ReasonCode, ReturnState
from wardmote.web.returns.typed import LONGEST_TEXT, PROVISIONAL, STATUS_WORDS, list_boxes, may_be_provisional

_NARRATIVES = (
    ("what_happened", "What happened?", "What moved the figure in this period"),
    ("so_what", "So what?", "What it means for people here"),
    ("what_next", "What next?", "What your agency will do about it, and by when"),
)
_PROVISIONAL = "This number is provisional; a final one follows"
_PRIVATE = "Do not name anybody or describe somebody who could be recognised"


class ReturnForm(forms.Form):
    """What a contributor fills in for one indicator."""

    def __init__(self, ret: Return, *, fields: Mapping[str, Any], is_bound: bool = False) -> None:
        super().__init__(data=dict(fields) if is_bound else None, initial=dict(fields))
        self.number_names = tuple(name for name, _ in list_boxes(ret.indicator))
        self._add_value(ret.indicator)
        self._add_words(ret)

    def _add_value(self, indicator: Indicator) -> None:
        for name, label in list_boxes(indicator):
            box = forms.CharField(label=label[:1].upper() + label[1:], required=False)
            box.widget.attrs |= {"inputmode": "decimal"}
            self.fields[name] = box
        if may_be_provisional(indicator):
            self.fields[PROVISIONAL] = forms.BooleanField(label=_PROVISIONAL, required=False)
        if indicator.shape == ReturnShape.CHECKLIST:
            steps = [(str(at), str(name)) for at, name in enumerate(indicator.part_names)]
            self.fields["checks"] = forms.MultipleChoiceField(
                label="Which steps are done?", choices=steps, required=False, widget=forms.CheckboxSelectMultiple
            )
        if indicator.shape == ReturnShape.STATUS:
            self.fields["status"] = forms.ChoiceField(
                label="How far has it come?", choices=STATUS_WORDS, required=False, widget=forms.RadioSelect
            )

    def _add_words(self, ret: Return) -> None:
        reasons = [("", "There is a figure"), *ReasonCode.choices]
        self.fields["reason_code"] = forms.ChoiceField(label="No figure? Say why", choices=reasons, required=False)
        for name, label, hint in _NARRATIVES:
            self.fields[name] = _make_text(label, hint if name != "what_happened" else f"{hint}. {_PRIVATE}")
        self.fields["reason"] = _make_text("Anything to explain about the figure?", "Needed where a figure is unusual")
        if ret.state == ReturnState.QUERIED and not awaits_revision(ret):
            self.fields["answer"] = _make_text("Your answer to the query", "")

    def refuse(self, errors: Mapping[str, str]) -> None:
        """Show what is wrong, each by its box."""
        for name, text in errors.items():
            self.add_error(name if name in self.fields else None, text)


def _make_text(label: str, hint: str) -> forms.CharField:
    """A box for text. Its limit is shown and examined beside those of the other ways in, not by the box."""
    box = forms.CharField(label=label, help_text=hint, required=False, widget=forms.Textarea)
    box.max_length = LONGEST_TEXT
    return box
