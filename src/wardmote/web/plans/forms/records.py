"""The forms of a plan's records. Which fields may be changed is the plan's state's to say (policies)."""

from collections.abc import Mapping
from typing import Any, ClassVar
from uuid import UUID

from django import forms

from wardmote.evidence.interface import list_indicators as list_evidence
from wardmote.web.foundation.design.dates import DatePartsField
from wardmote.web.plans.forms.fields import LinesField, TextArea, make_bodies_field, make_people_field, with_blank
from wardmote.web.plans.models import (
    Action,
    Consultation,
    CrossWalk,
    Indicator,
    Plan,
    PlanRecord,
    Priority,
    Programme,
    Risk,
)
from wardmote.web.plans.states import FourP, Frequency, Polarity, ReturnShape

BASES = [
    ("quarter", "The quarter alone"), ("cumulative", "Since the start of the year"), ("year_total", "A financial year"),
    ("calendar_year", "A calendar year"), ("academic_year", "An academic year"), ("half_year", "Half a year"),
    ("month", "A month"), ("rolling12", "The last twelve months"), ("stock", "How many there are at the end"),
    ("projected_year", "The year, foretold from a part of it"), ("snapshot", "A day"),
]  # fmt: skip
SCORES = [("1", "1: hardly"), ("2", "2"), ("3", "3"), ("4", "4"), ("5", "5: almost surely, or severe")]
FITS = [("full", "Fully"), ("part", "In part"), ("none", "Not at all")]
MULTI_LINE = {"aim", "text"}


class RecordForm(forms.Form):
    """A form for one kind of record in one plan; `only` leaves the fields that the plan's state lets people change."""

    kind: ClassVar[type[PlanRecord]]
    noun: ClassVar[str]

    def __init__(
        self, plan: Plan, data: Any = None, *, record: PlanRecord | None = None, only: tuple[str, ...] | None = None
    ) -> None:
        self.plan, self.record = plan, record
        super().__init__(data, initial=self.describe_initial(record) if record else None)
        self.add_choices()
        for name in [name for name in self.fields if only is not None and name not in only]:
            del self.fields[name]

    def add_choices(self) -> None:
        """Fill in the fields whose choices are this plan's and partnership's own."""

    def describe_initial(self, record: PlanRecord) -> dict[str, Any]:
        return {name: _read(record, name) for name in self.base_fields} | {
            name: getattr(record, f"{name}_id") for name in ("owner", "lead") if hasattr(record, f"{name}_id")
        }

    def read_fields(self) -> dict[str, Any]:
        """What the action is to set."""
        return dict(self.cleaned_data)

    def list_priorities(self) -> Any:
        return Priority.objects.filter(partnership=self.plan.partnership_id, plan=self.plan).order_by("number")


def _read(record: PlanRecord, name: str) -> Any:
    return getattr(record, f"{name}_id", None) or getattr(record, name, None)


class TitledChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A priority or programme by its number and title."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.number}. {obj.title}"


def make_priority_field(*, required: bool = True) -> TitledChoice:
    return TitledChoice(Priority.objects.none(), label="Priority", required=required, empty_label="Choose a priority")


class PriorityForm(RecordForm):
    kind, noun = Priority, "priority"
    number = forms.IntegerField(label="Number", min_value=0, max_value=99, required=False, help_text="Empty: the next")
    title = forms.CharField(label="Title", max_length=200)
    aim = TextArea(label="Aim", required=False, help_text="What will be different when it is met")
    lead_title = forms.CharField(label="Lead, as the plan prints the post", max_length=200, required=False)
    themes = LinesField(label="Themes", required=False, help_text="One a line")

    def add_choices(self) -> None:
        self.fields["lead"] = make_people_field(self.plan.partnership, "Lead", "Signs off the priority's returns")

    def read_fields(self) -> dict[str, Any]:
        return _keep_number(super().read_fields(), self.record)


def _keep_number(fields: dict[str, Any], record: PlanRecord | None) -> dict[str, Any]:
    """An empty number is the next one, and stays what it was where there is one."""
    if "number" in fields and fields["number"] is None:
        del fields["number"]
    return fields


class ProgrammeForm(RecordForm):
    kind, noun = Programme, "programme"
    priority = make_priority_field()
    title = forms.CharField(label="Title", max_length=200)
    text = TextArea(label="What it is", required=False)

    def add_choices(self) -> None:
        self.fields["priority"].queryset = self.list_priorities()  # type: ignore[attr-defined]


class ActionForm(RecordForm):
    kind, noun = Action, "action"
    priority = make_priority_field()
    programme = TitledChoice(Programme.objects.none(), label="Programme", required=False, empty_label="None")
    text = TextArea(label="What will be done")
    due_on = DatePartsField(label="Due on", required=False)
    four_p = forms.ChoiceField(
        label="Which of the four Ps is it?", choices=with_blank(FourP.choices, "None of them"), required=False
    )

    def add_choices(self) -> None:
        held = getattr(self.record, "owner_id", None)
        self.fields["priority"].queryset = self.list_priorities()  # type: ignore[attr-defined]
        own = Programme.objects.filter(partnership=self.plan.partnership_id, plan=self.plan)
        self.fields["programme"].queryset = own.order_by("priority__number", "number")  # type: ignore[attr-defined]
        self.fields["owner"] = make_bodies_field(self.plan.partnership, "Owner", held=held)
        self.fields["lead"] = make_people_field(self.plan.partnership, "Lead", "Brings the action up to date")

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        programme, priority = found.get("programme"), found.get("priority")
        if programme and priority and programme.priority_id != priority.pk:
            self.add_error("programme", "The programme belongs to another priority. Choose one of the same priority")
        return found


class IndicatorForm(RecordForm):
    kind, noun = Indicator, "indicator"
    priority = make_priority_field()
    ref = forms.CharField(label="Reference", max_length=40, help_text="What people call it, such as P2-4")
    title = forms.CharField(label="In your own words", max_length=400, help_text="As the plan will print it")
    definition = TextArea(label="Definition", required=False, help_text="What is counted, and what is not")
    numerator = forms.CharField(label="Numerator", max_length=300, required=False, help_text="Of all asked, who counts")
    denominator = forms.CharField(label="Denominator", max_length=300, required=False, help_text="Out of whom or what")
    unit = forms.CharField(
        label="Unit", max_length=60, required=False, help_text="percent, rate, money, or what is counted"
    )
    polarity = forms.ChoiceField(label="Which way is good?", choices=Polarity.choices, widget=forms.RadioSelect)
    shape = forms.ChoiceField(label="What is returned?", choices=ReturnShape.choices, widget=forms.RadioSelect)
    part_names = LinesField(label="Names of the parts or steps", required=False, help_text="One a line")
    basis = forms.ChoiceField(label="Which stretch does a value speak of?", choices=BASES)
    frequency = forms.ChoiceField(label="How often is it returned?", choices=Frequency.choices)
    data_source = forms.CharField(label="Source", max_length=300, required=False, help_text="The system or survey")
    lag = forms.CharField(label="Lag", max_length=200, required=False, help_text="How long after the quarter it is out")
    is_context = forms.BooleanField(label="Shown for context only: it never gets a status", required=False)
    series = forms.ChoiceField(
        label="Which earlier indicator does it carry on?", required=False, help_text="Its past values are then shown"
    )
    evidence_indicator = forms.ChoiceField(
        label="Is it filled from the evidence?", required=False, help_text="It then needs no return"
    )
    evidence_area = forms.CharField(label="Area code for the evidence", max_length=20, required=False)

    def add_choices(self) -> None:
        held = getattr(self.record, "owner_id", None)
        self.fields["priority"].queryset = self.list_priorities()  # type: ignore[attr-defined]
        self.fields["owner"] = make_bodies_field(self.plan.partnership, "Owner agency", held=held)
        self.fields["series"].choices = with_blank(self.list_series(), "None: it is new")  # type: ignore[attr-defined]
        known = [(name, one.title) for name, one in sorted(list_evidence().items(), key=lambda pair: pair[1].title)]
        self.fields["evidence_indicator"].choices = with_blank(known, "No: an agency returns it")  # type: ignore[attr-defined]

    def list_series(self) -> list[tuple[str, str]]:
        """The indicators of the plan before, and whatever this one carries on already."""
        if self.plan.predecessor_id is None:
            return [(str(self.record.series), f"{self.record}")] if isinstance(self.record, Indicator) else []
        rows = Indicator.objects.filter(partnership=self.plan.partnership_id, plan=self.plan.predecessor_id)
        choices = {str(row.series): f"{row.ref} {row.title}" for row in rows.order_by("number", "ref")}
        if isinstance(self.record, Indicator):
            choices.setdefault(str(self.record.series), "Its own series")
        return list(choices.items())

    def describe_initial(self, record: PlanRecord) -> dict[str, Any]:
        evidence = record.evidence if isinstance(record, Indicator) else {}
        return super().describe_initial(record) | {
            "series": str(_read(record, "series")), "evidence_indicator": evidence.get("indicator", ""),
            "evidence_area": evidence.get("area", ""),
        }  # fmt: skip

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if found.get("shape") in (ReturnShape.PARTS, ReturnShape.CHECKLIST) and not found.get("part_names"):
            self.add_error("part_names", "Name the parts or steps, one a line")
        ref = found.get("ref")
        taken = Indicator.objects.filter(partnership=self.plan.partnership_id, plan=self.plan, ref=ref)
        if ref and taken.exclude(pk=getattr(self.record, "pk", None)).exists():
            self.add_error("ref", f"The plan has an indicator {ref} already. Choose another reference")
        return found

    def read_fields(self) -> dict[str, Any]:
        fields = super().read_fields()
        if "series" in fields:
            fields["series"] = UUID(fields["series"]) if fields["series"] else getattr(self.record, "series", None)
        if "evidence_indicator" in fields:
            kept: Mapping[str, Any] = getattr(self.record, "evidence", {})
            bound = {"indicator": fields.pop("evidence_indicator"), "area": fields.pop("evidence_area")}
            said = {name: held for name, held in bound.items() if held}
            fields["evidence"] = {**kept, **said} if "indicator" in said else {}
        return fields


class RiskForm(RecordForm):
    kind, noun = Risk, "risk"
    text = TextArea(label="What could go wrong")
    cause = TextArea(label="Why", required=False)
    mitigation = TextArea(label="What is done about it", required=False)
    owner = forms.CharField(label="Who watches it", max_length=200, required=False)
    likelihood = forms.TypedChoiceField(
        label="Likelihood", choices=with_blank(SCORES, "Not scored"), coerce=int, empty_value=None, required=False
    )
    impact = forms.TypedChoiceField(
        label="Impact", choices=with_blank(SCORES, "Not scored"), coerce=int, empty_value=None, required=False
    )
    rating = forms.CharField(label="Rating as printed", max_length=40, required=False)
    review_on = DatePartsField(label="Look at it again on", required=False)

    def describe_initial(self, record: PlanRecord) -> dict[str, Any]:
        return {name: getattr(record, name) for name in self.base_fields}


class CrossWalkForm(RecordForm):
    kind, noun = CrossWalk, "cross-walk entry"
    external_plan = forms.CharField(label="The other plan", max_length=200, help_text="Such as the police plan")
    external_priority = forms.CharField(label="Its priority", max_length=300)
    priority = make_priority_field(required=False)
    fit = forms.ChoiceField(label="How well does ours answer it?", choices=FITS, widget=forms.RadioSelect)
    note = TextArea(label="Note", required=False)

    def add_choices(self) -> None:
        field: Any = self.fields["priority"]
        field.queryset, field.empty_label = self.list_priorities(), "None of ours"
        said = getattr(self.record, "fit", "")
        if said and said not in dict(FITS):
            self.fields["fit"].choices = [*FITS, (said, f"As printed: {said}")]  # type: ignore[attr-defined]


class ConsultationForm(RecordForm):
    kind, noun = Consultation, "consultation"
    starts_on = DatePartsField(label="From")
    ends_on = DatePartsField(label="To", required=False)
    audience = forms.CharField(label="Who was asked, and how", max_length=300)
    answers_count = forms.IntegerField(
        label="How many answered", min_value=0, required=False,
        error_messages={
            "min_value": "How many answered must be 0 or more", "invalid": "How many answered must be a whole number",
        },
    )  # fmt: skip
    what_was_said = TextArea(label="What they said", required=False)
    effect = TextArea(label="What it changed in the plan", required=False)

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        starts_on, ends_on = found.get("starts_on"), found.get("ends_on")
        if starts_on and ends_on and ends_on < starts_on:
            self.add_error("ends_on", "The last day must be on or after the first")
        return found


#: Every kind of record by its name in the address.
FORMS: Mapping[str, type[RecordForm]] = {
    "priorities": PriorityForm, "programmes": ProgrammeForm, "actions": ActionForm, "indicators": IndicatorForm,
    "risks": RiskForm, "cross-walk": CrossWalkForm, "consultations": ConsultationForm,
}  # fmt: skip
