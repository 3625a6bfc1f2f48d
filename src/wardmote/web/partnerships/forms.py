"""The forms of people, roles, organisations and partnerships."""

import re
from typing import Any, ClassVar

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from wardmote.web.foundation.design.dates import DatePartsField
from wardmote.web.partnerships.models import Organisation, Partnership, Person
from wardmote.web.partnerships.sign_in_forms import PASSWORD_HINT
from wardmote.web.partnerships.states import EvidenceKept, OrganisationKind, Role, Standing, Tier

_AREA_CODE = re.compile(r"[A-Z][0-9]{8}")


def make_new_password(label: str = "Password") -> forms.CharField:
    return forms.CharField(
        label=label, strip=False, help_text=PASSWORD_HINT,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )  # fmt: skip


def make_reason(label: str = "Why?") -> forms.CharField:
    return forms.CharField(
        label=label, max_length=300, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Kept in the audit trail. Write nothing about health or private matters.",
    )  # fmt: skip


def make_email(label: str) -> forms.EmailField:
    return forms.EmailField(label=label, max_length=254, widget=forms.EmailInput(attrs={"autocomplete": "email"}))


def make_body_choice(bodies: Any, **options: Any) -> "forms.ModelChoiceField[Any]":
    return forms.ModelChoiceField(queryset=bodies, empty_label="None", **options)


class PasswordChecked(forms.Form):
    """Holds the password against the person's own name and address too."""

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        person = Person(email=found.get("email", getattr(self, "email", "")), name=found.get("name", ""))
        if found.get("password"):
            try:
                validate_password(found["password"], person)
            except ValidationError as error:
                self.add_error("password", error)
        return found


class FirstOperatorForm(PasswordChecked):
    name = forms.CharField(label="Your name", max_length=150, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    email = make_email("Your e-mail address")
    password = make_new_password()

    def clean_email(self) -> str:
        email = str(self.cleaned_data["email"])
        if Person.objects.filter(email__iexact=email).exists():
            raise ValidationError("There is an account with this address already")
        return email


class JoinForm(PasswordChecked):
    name = forms.CharField(label="Your name", max_length=150, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    password = make_new_password()

    def __init__(self, *args: Any, email: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.email = email


class RoleForm(forms.Form):
    """A role and, for a contributor, the body."""

    role = forms.ChoiceField(label="Role", widget=forms.RadioSelect)

    def __init__(self, *args: Any, roles: list[Role], bodies: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = [(role.value, role.label) for role in roles]  # type: ignore[attr-defined]
        self.fields["organisation"] = make_body_choice(
            bodies, label="Organisation", required=False, help_text="Needed for a contributor"
        )

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if found.get("role") == Role.CONTRIBUTOR and not found.get("organisation") and "organisation" in found:
            self.add_error("organisation", "Select the organisation for which a contributor returns figures")
        return found


class InviteForm(RoleForm):
    email = make_email("E-mail address")
    field_order = ("email", "role", "organisation")


class GiveRoleForm(RoleForm):
    reason = make_reason()
    field_order = ("role", "organisation", "reason")


class ReasonForm(forms.Form):
    reason = make_reason()


def say_plainly(number: Any) -> Any:
    """A whole number without its decimal, as a person would type it: 5 for 5.0."""
    return int(number) if isinstance(number, float) and number.is_integer() else number


class PartnershipForm(forms.ModelForm):  # type: ignore[type-arg]
    """A partnership's settings."""

    class Meta:
        model = Partnership
        fields = (
            "name", "area_code", "tier", "county", "needs_second_step", "return_days", "idle_days", "amber_within_pct",
            "small_number",
        )  # fmt: skip
        labels: ClassVar = {
            "area_code": "Code of the area",
            "county": "County partnership that it belongs to",
            "needs_second_step": "Everybody signs in with a second step",
            "return_days": "Days from a quarter’s end until returns are due",
            "idle_days": "Days after which an unused account is suspended",
            "amber_within_pct": "Amber while a target is missed by at most this share",
            "small_number": "Counts below this are marked as small",
        }
        help_texts: ClassVar = {
            "area_code": "Nine characters, as the Office for National Statistics gives them, such as E06000035",
            "amber_within_pct": "In per cent of the target",
            "small_number": "Their status is given all the same, with the mark beside it",
        }
        widgets: ClassVar = {"tier": forms.RadioSelect}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        county: Any = self.fields["county"]
        county.queryset = Partnership.objects.filter(tier=Tier.COUNTY, is_sample=False).exclude(pk=self.instance.pk)
        self.fields["tier"].choices = Tier.choices  # type: ignore[attr-defined]
        for name in ("amber_within_pct", "small_number"):
            self.initial[name] = say_plainly(self.get_initial_for_field(self.fields[name], name))
        for name, (least, most) in {"return_days": (1, 120), "idle_days": (7, 365)}.items():
            field: Any = self.fields[name]
            field.min_value, field.max_value = least, most
            field.error_messages["invalid"] = "Enter a whole number"

    def clean_area_code(self) -> str:
        code = str(self.cleaned_data["area_code"]).strip().upper()
        if code and not _AREA_CODE.fullmatch(code):
            raise ValidationError("Enter a letter and eight digits, such as E06000035, or leave it empty")
        return code

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        for name, least, most in (("return_days", 1, 120), ("idle_days", 7, 365), ("amber_within_pct", 0, 50),
                                  ("small_number", 0, 1000)):  # fmt: skip
            value = found.get(name)
            if value is not None and not least <= value <= most:
                self.add_error(name, f"Enter a number from {least} to {most}")
        small = found.get("small_number")
        if small is not None and "small_number" not in self.errors and small != int(small):
            self.add_error("small_number", "Enter a whole number: what it bounds is counted one by one")
        if found.get("county") and found.get("tier") != Tier.DISTRICT:
            self.add_error("county", "Only a district belongs to a county partnership")
        return found

    def _post_clean(self) -> None:
        """The instance is changed by the action alone, inside its write."""


def make_evidence_choice() -> forms.ChoiceField:
    return forms.ChoiceField(
        label="Whose evidence does it read?", choices=EvidenceKept.choices, widget=forms.RadioSelect, required=False,
        initial=EvidenceKept.SHARED,
        help_text="Statistics that a partner gave to this partnership alone can only be loaded into a store of its own",
    )  # fmt: skip


class EvidenceForm(forms.Form):
    evidence = make_evidence_choice()
    reason = make_reason()

    def clean_evidence(self) -> str:
        chosen = str(self.cleaned_data["evidence"])
        if not chosen:
            raise ValidationError("Select whose evidence it reads")
        return chosen


class OpenPartnershipForm(PartnershipForm):
    evidence = make_evidence_choice()
    is_own = forms.BooleanField(label="I am its administrator and coordinator myself", required=False)
    manager_email = forms.EmailField(
        label="E-mail address of its first administrator", required=False, help_text="Needed where it is not yourself"
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["is_own"].initial = not Partnership.objects.filter(is_sample=False).exists()

    def clean(self) -> dict[str, Any]:
        found = super().clean()
        found["evidence"] = found.get("evidence") or EvidenceKept.SHARED
        if not found.get("is_own") and not found.get("manager_email") and "manager_email" not in self.errors:
            self.add_error("manager_email", "Say who runs the partnership: yourself, or somebody to invite")
        if found.get("is_own") and found.get("manager_email"):
            self.add_error("manager_email", "Choose one: be its administrator yourself, or invite somebody else")
        return found


class NameManagerForm(forms.Form):
    email = make_email("E-mail address of the first administrator")


class RestoreForm(forms.Form):
    email = make_email("E-mail address of the account")
    reason = make_reason()


class SettingsForm(PartnershipForm):
    reason = make_reason()


class OrganisationForm(forms.ModelForm):  # type: ignore[type-arg]
    """What the register says of a body."""

    aliases = forms.CharField(
        label="Other names", required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Under which it stands in documents, one on each line",
    )  # fmt: skip
    started_on = DatePartsField(label="Began on", required=False)
    ended_on = DatePartsField(label="Ended on", required=False)

    class Meta:
        model = Organisation
        fields = ("name", "short_name", "aliases", "kind", "started_on", "ended_on")
        widgets: ClassVar = {"kind": forms.RadioSelect}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["aliases"] = "\n".join(self.instance.aliases or [])
        self.fields["kind"].choices = OrganisationKind.choices  # type: ignore[attr-defined]

    def clean_aliases(self) -> list[str]:
        return [line.strip() for line in self.cleaned_data["aliases"].splitlines() if line.strip()]

    def clean_name(self) -> str:
        name = str(self.cleaned_data["name"]).strip()
        if Organisation.objects.filter(name__iexact=name).exclude(pk=self.instance.pk).exists():
            raise ValidationError("An organisation of this name is in the register already")
        return name

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        started, ended = found.get("started_on"), found.get("ended_on")
        if started and ended and ended < started:
            self.add_error("ended_on", "It cannot have ended before it began")
        return found

    def _post_clean(self) -> None:
        """The instance is changed by the action alone, inside its write."""


class RegisterOrganisationForm(OrganisationForm):
    standing = forms.ChoiceField(label="Why it sits here", choices=Standing.choices, widget=forms.RadioSelect)


class ChangeOrganisationForm(OrganisationForm):
    reason = make_reason()


class AddAgencyForm(forms.Form):
    standing = forms.ChoiceField(label="Why it sits here", choices=Standing.choices, widget=forms.RadioSelect)
    started_on = DatePartsField(label="Since", required=False)

    def __init__(self, *args: Any, bodies: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"] = forms.ModelChoiceField(
            queryset=bodies, label="Organisation", empty_label="Choose one"
        )
        self.order_fields(["organisation", "standing", "started_on"])


class EndAgencyForm(forms.Form):
    ended_on = DatePartsField(label="Last day of the seat")
    reason = make_reason()


class SuccessorForm(forms.Form):
    on = DatePartsField(label="First day on which it had taken over")
    note = forms.CharField(label="What it took over", max_length=300, required=False)

    def __init__(self, *args: Any, bodies: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["successor"] = forms.ModelChoiceField(
            queryset=bodies, label="Who took over", empty_label="Choose one"
        )
        self.order_fields(["successor", "on", "note"])


class AuditFilterForm(forms.Form):
    """What is looked for in the trail."""

    person = forms.ChoiceField(label="Who", required=False)
    verb = forms.ChoiceField(label="What", required=False)
    since = forms.DateField(label="Since (such as 2026-10-01)", required=False)

    def __init__(self, *args: Any, people: list[tuple[str, str]], verbs: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].choices = [("", "Everybody"), *people]  # type: ignore[attr-defined]
        self.fields["verb"].choices = [("", "Everything"), *verbs]  # type: ignore[attr-defined]


class YourAccountForm(forms.Form):
    name = forms.CharField(label="Your name", max_length=150, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    wants_digest = forms.BooleanField(label="Tell me by e-mail what waits for me, once a day at most", required=False)
