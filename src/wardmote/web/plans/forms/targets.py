"""The forms of a target: in the partnership's own words, or typed kind by kind; and the moving of its base."""

from typing import Any

from django import forms

from wardmote.evidence.interface import decode_target
from wardmote.evidence.targets.kinds import Milestone, Target
from wardmote.evidence.targets.sense import Doubt, question_target
from wardmote.web.foundation.design.dates import DatePartsField
from wardmote.web.plans.forms.fields import TextArea
from wardmote.web.plans.models import Indicator, Plan
from wardmote.web.plans.readings import Meaning, Reading, read_words
from wardmote.web.plans.states import PlanState

_LATEST_YEARS = 10  # a milestone may be due after its plan's end, but hardly longer


class VersionForm(forms.Form):
    """What every change of a target says besides the target itself."""

    valid_from = DatePartsField(label="From which day does it hold?", required=False)
    set_by = forms.CharField(label="Who set it?", max_length=200, required=False, help_text="The body that decided")
    reason = TextArea(
        label="Why does it change?", required=False, max_length=2000, error_messages={"required": "Say why it changes"}
    )
    as_correction = forms.BooleanField(
        label="This corrects a mistake in what was written down", required=False,
        help_text="The target that was wrong stays in the history, marked as withdrawn",
    )  # fmt: skip

    is_meant = forms.BooleanField(label="It is meant as it stands", required=False)

    def __init__(self, indicator: Indicator, data: Any = None, *, initial: dict[str, Any] | None = None) -> None:
        self.indicator = indicator
        self.is_first = not indicator.targets.filter(withdrawn_at=None).exists()
        super().__init__(data, initial=initial)
        if not self.data.get("is_meant"):
            self.is_meant_box = self.fields.pop("is_meant")  # shown where there is something to confirm
        if self.is_first:
            del self.fields["reason"], self.fields["as_correction"]
            self.fields["valid_from"].help_text = "Empty: from the beginning"
        else:
            self.fields["reason"].required = self.fields["valid_from"].required = True

    def check_sense(self, target: Target, box: str | None) -> None:
        """Refuse what cannot be, beside its box; let what is hardly meant be confirmed."""
        words = f"{self.indicator.title} {self.indicator.unit}"
        doubts = [*question_target(target, shape=self.indicator.shape, words=words), *self._question_due(target)]
        impossible = [doubt.sentence for doubt in doubts if doubt.is_impossible]
        if impossible:
            self.add_error(box, " ".join(impossible))
        elif doubts and "is_meant" not in self.fields:
            self.fields["is_meant"] = self.is_meant_box
            self.add_error("is_meant", f"{' '.join(doubt.sentence for doubt in doubts)} Correct it, or say it is meant")

    def _question_due(self, target: Target) -> list[Doubt]:
        ends_on = self.indicator.plan.ends_on
        if not isinstance(target, Milestone) or target.due is None or target.due.year <= ends_on.year + _LATEST_YEARS:
            return []
        return [Doubt(f"It is due in {target.due.year}, and the plan ends in {ends_on.year}.", False)]

    def describe_version(self) -> dict[str, Any]:
        """The arguments of `change_target` that say when, by whom and why."""
        found = self.cleaned_data
        return {
            "valid_from": found.get("valid_from"), "set_by": found.get("set_by", ""),
            "reason": found.get("reason", ""), "as_correction": found.get("as_correction", False),
        }  # fmt: skip


class WordsForm(VersionForm):
    """A target in the partnership's own words, with the meanings to choose from where they leave something open."""

    field_order = ("text", "meaning", "valid_from", "set_by", "reason", "as_correction")
    text = forms.CharField(
        label="The target in your own words", max_length=500,
        help_text="For example: at least 80%; 5% fewer than the same quarter last year; launched by March 2027",
    )  # fmt: skip
    meaning = forms.ChoiceField(label="How is it meant?", required=False, widget=forms.RadioSelect)

    def __init__(self, indicator: Indicator, data: Any = None, *, initial: dict[str, Any] | None = None) -> None:
        super().__init__(indicator, data, initial=initial)
        words = (data.get("text") if data is not None else (initial or {}).get("text")) or ""
        self.reading: Reading | None = read_words(words[:500], indicator) if words.strip() else None
        meanings = self.reading.meanings if self.reading else ()
        field: Any = self.fields["meaning"]
        field.choices = [(meaning.key, meaning.words) for meaning in meanings]
        field.initial = meanings[0].key if meanings else None
        field.error_messages["invalid_choice"] = "The words were changed. Choose again how they are meant"

    @property
    def must_choose(self) -> bool:
        return self.reading is not None and bool(self.reading.meanings) and not self.reading.is_plain

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if self.reading is not None and not self.reading.meanings:
            self.add_error("text", f"The words were not understood: {self.reading.why}. Say it otherwise")
        elif self.must_choose and not found.get("meaning") and "meaning" not in self.errors:
            self.add_error("meaning", "Choose how the words are meant")
        elif self.reading is not None and not self.errors:
            self.check_sense(decode_target(self.get_meaning().spec), "text")
        return found

    def get_meaning(self) -> Meaning:
        """The meaning that was chosen, or the only one."""
        meanings = self.reading.meanings if self.reading else ()
        return next((one for one in meanings if one.key == self.cleaned_data.get("meaning")), meanings[0])


class RebaseForm(forms.Form):
    """Another base for a change that stays as it is."""

    new_base = forms.FloatField(label="The new base, in the measure's unit")
    valid_from = DatePartsField(label="From which day does it hold?")
    set_by = forms.CharField(label="Who decided it?", max_length=200)
    reason = TextArea(label="Why does the old base no longer serve?", max_length=2000)


def suggest_start(plan: Plan) -> Any:
    """From when a new target usually holds: a draft's from the plan's first day."""
    return plan.starts_on if plan.state != PlanState.ADOPTED else None
