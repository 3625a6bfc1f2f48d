"""One form for each kind of target, for what words cannot say; each makes the plain values that the core reads."""

import re
from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms

from wardmote.evidence.interface import decode_target
from wardmote.evidence.model.errors import WardmoteError
from wardmote.web.foundation.design.dates import DatePartsField
from wardmote.web.plans.forms.fields import LinesField
from wardmote.web.plans.forms.targets import VersionForm
from wardmote.web.plans.readings import read_words

OPERATORS = [(">=", "At least"), (">", "More than"), ("<=", "At most"), ("<", "Less than")]
SPANS = [
    ("financial_year", "Financial year"), ("calendar_year", "Calendar year"), ("academic_year", "Academic year"),
    ("quarter", "Quarter"), ("month", "Month"), ("once", "Once"),
]  # fmt: skip
BASE_KINDS = [
    ("same_period_last_year", "The same period last year"), ("same_point_last_year", "The same point last year"),
    ("previous_year", "The previous year"), ("previous_year_total", "The previous year's total"),
    ("previous_period", "The previous period"), ("outturn", "An out-turn"), ("baseline", "A baseline"),
    ("not_stated", "Not stated"),
]  # fmt: skip
_FINANCIAL_YEAR = re.compile(r"(\d{4})[/-](\d{2})")
FORECASTS = [("by_size", "As fits its size"), ("linear", "Evenly over the stretch"), ("none", "Not at all")]


class TypedForm(VersionForm):
    """A target of one kind. `spec_fields` go into the plain values as they are, where something was said."""

    kind: ClassVar[str]
    title: ClassVar[str]
    spec_fields: ClassVar[tuple[str, ...]] = ()
    has_base: ClassVar[bool] = False

    text = forms.CharField(
        label="The target in your own words", max_length=500, required=False, help_text="As the plan prints it"
    )

    def make_spec(self) -> dict[str, Any]:
        """The target as the core encodes it."""
        found = self.cleaned_data
        said = {name: found[name] for name in self.spec_fields if found.get(name) not in (None, "")}
        spec = {"kind": self.kind, **said}
        if self.has_base:
            spec["base"] = _make_base(found)
        return spec

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if not self.errors:
            try:
                target = decode_target(self.make_spec())
            except WardmoteError as error:
                raise forms.ValidationError(f"The target cannot be kept so: {error}") from error
            self.check_sense(target, None)
        return found

    @classmethod
    def describe_initial(cls, spec: Mapping[str, Any]) -> dict[str, Any]:
        """What the boxes hold for a target of this kind that is there already."""
        if spec.get("kind") != cls.kind:
            return {}
        base = spec.get("base", {}) if cls.has_base else {}
        held = {name: spec[name] for name in cls.spec_fields if name in spec}
        return held | {f"base_{name}": base[name] for name in ("kind", "value", "period", "unit") if name in base}


def _make_base(found: Mapping[str, Any]) -> dict[str, Any]:
    said = {name: found.get(f"base_{name}") for name in ("kind", "value", "period", "unit")}
    return {name: held for name, held in said.items() if held not in (None, "")}


class BasedForm(TypedForm):
    """A kind that is measured from something."""

    has_base = True
    base_kind = forms.ChoiceField(label="Measured from", choices=BASE_KINDS)
    base_value = forms.FloatField(label="The value it is measured from", required=False)
    base_period = forms.CharField(label="Of which period", max_length=60, required=False, help_text="Such as 2025/26")
    base_unit = forms.CharField(label="In which unit", max_length=60, required=False)


class ThresholdForm(TypedForm):
    kind, title = "threshold", "A level to reach or to stay under"
    spec_fields = ("operator", "value", "unit", "source")
    operator = forms.ChoiceField(label="Which way?", choices=OPERATORS)
    value = forms.FloatField(label="The level")
    unit = forms.CharField(label="Unit", max_length=60, required=False, help_text="percent, count, rate, money, days")
    source = forms.CharField(label="Whose level is it?", max_length=200, required=False)


class CountForm(TypedForm):
    kind, title = "count_per_period", "So many in a stretch of time"
    spec_fields = ("operator", "value", "thing", "span", "window", "pro_rata")
    operator = forms.ChoiceField(label="Which way?", choices=OPERATORS)
    value = forms.FloatField(label="How many", min_value=0)
    thing = forms.CharField(label="Of what", max_length=200, required=False)
    span = forms.ChoiceField(label="In which stretch", choices=SPANS)
    window = forms.CharField(label="When in it", max_length=60, required=False, help_text="Such as March-May")
    pro_rata = forms.ChoiceField(label="How much is expected part-way?", choices=FORECASTS)


class ChangeForm(BasedForm):
    kind, title = "relative_change", "Up or down by a share"
    spec_fields = ("direction", "percent")
    direction = forms.ChoiceField(label="Up or down?", choices=[("decrease", "Down"), ("increase", "Up")])
    percent = forms.FloatField(label="By how many per cent", min_value=0)


class PointsForm(BasedForm):
    kind, title = "points_change", "Up or down by percentage points"
    spec_fields = ("points", "resulting")
    points = forms.FloatField(label="By how many points", help_text="Down with a minus sign")
    resulting = forms.FloatField(label="To which level", required=False)


class BenchmarkForm(TypedForm):
    kind, title = "benchmark", "Held against somebody else's figure"
    spec_fields = ("relation", "comparator", "comparator_value")
    relation = forms.ChoiceField(
        label="How",
        choices=[
            ("similar", "Similar to"), ("better", "Better than"), ("at_or_below", "No higher than"),
            ("at_or_above", "No lower than"),
        ],
    )  # fmt: skip
    comparator = forms.CharField(label="Whose figure, and where it is published", max_length=200)
    comparator_value = forms.FloatField(label="Its value, where it is known", required=False)


class CohortForm(TypedForm):
    kind, title = "cohort_share", "A percentage of a named group"
    spec_fields = ("operator", "percent", "cohort")
    operator = forms.ChoiceField(label="Which way?", choices=OPERATORS)
    percent = forms.FloatField(label="Per cent", min_value=0, max_value=100)
    cohort = forms.CharField(label="Of which group", max_length=200, help_text="Such as Year 12 pupils of 2026/27")


class MilestoneForm(TypedForm):
    kind, title = "milestone", "Something to be done by a day"
    done_when = forms.CharField(label="It is done when", max_length=400)
    parts = LinesField(label="Its parts", required=False, help_text="One a line; all must be done")
    due = DatePartsField(label="By when", required=False)

    def make_spec(self) -> dict[str, Any]:
        found = self.cleaned_data
        due = found["due"].isoformat() if found.get("due") else None
        spec = {"done_when": found.get("done_when"), "parts": found.get("parts"), "due": due}
        return {"kind": self.kind} | {name: held for name, held in spec.items() if held}

    @classmethod
    def describe_initial(cls, spec: Mapping[str, Any]) -> dict[str, Any]:
        if spec.get("kind") != cls.kind:
            return {}
        due = DatePartsField().to_python(_split_day(spec["due"])) if spec.get("due") else None
        return {"done_when": spec.get("done_when", ""), "parts": spec.get("parts", []), "due": due}


def _split_day(iso: str) -> dict[str, str]:
    return dict(zip(("year", "month", "day"), iso.split("-"), strict=True))


class TrajectoryForm(TypedForm):
    kind, title = "trajectory", "From a baseline to a level, over years"
    spec_fields = ("baseline", "baseline_period", "end_year", "end_period", "end_value", "unit", "shape")
    baseline = forms.FloatField(label="The baseline")
    baseline_period = forms.CharField(label="Of which period", max_length=60, help_text="Such as 2022-24 average")
    baseline_start = forms.IntegerField(
        label="First year of the baseline", min_value=1990, max_value=2100, required=False
    )
    baseline_end = forms.IntegerField(label="Last year of the baseline", min_value=1990, max_value=2100, required=False)
    end_year = forms.IntegerField(label="By the end of which year", min_value=1990, max_value=2100)
    end_period = forms.CharField(
        label="Which financial year ends then?", max_length=10, required=False,
        help_text="Such as 2027/28, which ends in 2028. Leave it empty for a calendar year",
    )  # fmt: skip
    end_value = forms.FloatField(label="The level to reach")
    unit = forms.CharField(label="Unit", max_length=60, required=False, help_text="percent, count, rate, money, days")
    shape = forms.ChoiceField(
        label="Along which path?",
        choices=[("linear", "A straight line"), ("compound", "The same share each year"), ("steps", "Named steps")],
    )
    steps = LinesField(label="The steps", required=False, help_text="One a line: 2027: 75.2")

    def clean_steps(self) -> dict[str, float]:
        return {year: level for line in self.cleaned_data["steps"] for year, level in [_read_step(line)]}

    def clean_end_period(self) -> str:
        """The financial year as the core writes it, where it is the one that ends in the year named."""
        said, end_year = self.cleaned_data["end_period"].strip(), self.cleaned_data.get("end_year")
        years = _FINANCIAL_YEAR.fullmatch(said)
        if said and (years is None or int(years[2]) != (int(years[1]) + 1) % 100):
            raise forms.ValidationError("Write a financial year, such as 2027/28, or nothing")
        if years is not None and end_year is not None and int(years[1]) + 1 != end_year:
            raise forms.ValidationError(f"{said} does not end in {end_year}")
        return f"{years[1]}-{years[2]}" if years is not None else ""

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if found.get("shape") == "steps" and not found.get("steps") and "steps" not in self.errors:
            self.add_error("steps", "Enter the level of each year, one a line, such as 2027: 75.2")
        return found

    def make_spec(self) -> dict[str, Any]:
        found, spec = self.cleaned_data, super().make_spec()
        extra = {name: found.get(name) for name in ("steps", "baseline_start", "baseline_end")}
        return spec | {name: held for name, held in extra.items() if held}

    @classmethod
    def describe_initial(cls, spec: Mapping[str, Any]) -> dict[str, Any]:
        steps = [f"{year}: {level}" for year, level in spec.get("steps", {}).items()]
        held = super().describe_initial(spec)
        if not held:
            return {}
        ends = {name: spec.get(name) for name in ("baseline_start", "baseline_end")}
        return held | ends | {"steps": steps, "end_period": spec.get("end_period", "").replace("-", "/")}


def _read_step(line: str) -> tuple[str, float]:
    """A year and its level."""
    year, _, level = line.partition(":")
    try:
        return str(int(year)), float(level)
    except ValueError:
        raise forms.ValidationError(f"“{line}” is no step. Write the year and its level, such as 2027: 75.2") from None


class FrequencyForm(TypedForm):
    kind, title = "frequency", "At least so often"
    spec_fields = ("times", "thing", "span")
    times = forms.FloatField(label="How many times", min_value=0)
    thing = forms.CharField(label="What", max_length=200)
    span = forms.ChoiceField(label="In which stretch", choices=SPANS)


class NoChangeForm(BasedForm):
    kind, title = "no_change", "Held, not up, or not down"
    spec_fields = ("relation", "tolerance_pct")
    relation = forms.ChoiceField(
        label="How",
        choices=[("maintain", "Held as it is"), ("no_increase", "No increase"), ("no_decrease", "No decrease")],
    )
    tolerance_pct = forms.FloatField(label="Give or take, in per cent", min_value=0, max_value=100, required=False)


class NoTargetForm(TypedForm):
    kind, title = "no_target", "No target: nothing that could be met or missed"
    spec_fields = ("state",)
    state = forms.ChoiceField(
        label="Why is there none?",
        choices=[
            ("not set", "It is not set yet"), ("pending", "It waits for a figure"), ("ongoing", "The work goes on"),
            ("context only", "The figure is shown for context"),
        ],
    )  # fmt: skip


class CompoundForm(TypedForm):
    kind, title = "compound", "Several parts, each with its own target"
    parts = LinesField(
        label="The parts", help_text="One a line, name and target: after dark: at least 60%. The worst part governs"
    )

    def clean_parts(self) -> list[tuple[str, dict[str, Any]]]:
        lines = self.cleaned_data["parts"]
        if len(lines) < 2:
            raise forms.ValidationError("Enter at least two parts, one a line")
        return [self.read_part(line) for line in lines]

    def read_part(self, line: str) -> tuple[str, dict[str, Any]]:
        """A part's name and its target, read as words; what they leave open is refused rather than guessed."""
        name, _, words = line.partition(":")
        reading = read_words(words.strip(), self.indicator) if words.strip() else None
        if reading is None or not reading.is_plain or reading.meanings[0].spec["kind"] == self.kind:
            raise forms.ValidationError(f"“{line}” is not clear. Write part, colon and target: by day: at least 60%")
        return name.strip(), reading.meanings[0].spec

    def make_spec(self) -> dict[str, Any]:
        return {"kind": self.kind, "parts": [[name, spec] for name, spec in self.cleaned_data.get("parts", [])]}


#: Every kind by its name in the address, in the order in which they are offered.
TYPED_FORMS: Mapping[str, type[TypedForm]] = {
    form.kind: form
    for form in (
        ThresholdForm, CountForm, ChangeForm, PointsForm, NoChangeForm, BenchmarkForm, CohortForm, TrajectoryForm,
        MilestoneForm, FrequencyForm, CompoundForm, NoTargetForm,
    )
}  # fmt: skip
VERSION_FIELDS = ("text", "valid_from", "set_by", "reason", "as_correction", "is_meant")


def order_fields(form: TypedForm) -> list[str]:
    """The kind's own boxes first, then what every change says."""
    own = [name for name in form.fields if name not in VERSION_FIELDS]
    return [*own, *(name for name in VERSION_FIELDS if name in form.fields)]
