"""One page that holds every component, as a partnership would meet them."""

import datetime as dt
from typing import Any

from django import forms
from markupsafe import Markup

from wardmote.web.foundation.design.charts import draw_sparkline
from wardmote.web.foundation.design.dates import DatePartsField
from wardmote.web.foundation.design.environment import PageEnvironment
from wardmote.web.foundation.design.marks import draw_forecast_chip, draw_signal_marker, draw_status_tag

KINDS = [("prevent", "Prevent"), ("pursue", "Pursue")]
REASONS = [("late", "Our system was late"), ("none", "There were none")]


class EveryFieldForm(forms.Form):
    """A field of every kind."""

    value = forms.DecimalField(label="Offences at night", help_text="Last quarter: 212. Expected: 180 to 240.")
    name = forms.CharField(label="Name of the service", max_length=80)
    email = forms.EmailField(label="E-mail address")
    password = forms.CharField(label="Password", widget=forms.PasswordInput)
    due = DatePartsField(label="Due date", help_text="For example, 14 11 2026")
    agency = forms.ChoiceField(label="Agency", choices=[("", "Choose one"), ("p", "Police"), ("f", "Fire and rescue")])
    reason = forms.ChoiceField(label="Why is there no number?", choices=REASONS, widget=forms.RadioSelect)
    tags = forms.MultipleChoiceField(label="Kind of work", choices=KINDS, widget=forms.CheckboxSelectMultiple)
    agree = forms.BooleanField(label="I have checked these numbers")
    story = forms.CharField(label="What happened, so what, what next", widget=forms.Textarea, required=False)
    evidence = forms.FileField(label="Evidence", required=False)


PERIODS = [f"20{year}/{year + 1}Q{quarter}" for year in (24, 25, 26) for quarter in (1, 2, 3, 4)][:11]
POINTS = [5.1, 5.3, None, 5.0, 4.2, 4.6, 4.4, 4.9, 4.1, 3.9, 3.7]
TARGETS = [5.0, 5.0, 5.0, 5.0, 4.6, 4.6, 4.6, 4.6, 4.2, 4.2, 4.2]


def list_rows() -> list[list[Any]]:
    """The rows of a dashboard, one of each status."""
    names = ["Violence at night", "Robbery in public places", "Taxi marshals on duty", "Street drinking"]
    signals = ["better", "within_noise", "worse", "too_few"]
    return [
        [
            Markup('<a class="govuk-link" href="#{0}">{0}</a>').format(name),
            draw_status_tag(colour),
            "3.7",
            "4.2",
            draw_sparkline(POINTS, TARGETS, breaks=[4]),
            draw_signal_marker(signal),
            draw_forecast_chip(chance, words),
        ]
        for name, colour, signal, chance, words in zip(
            names,
            ["green", "amber", "red", "grey"],
            signals,
            [0.8, 0.5, 0.1, None],
            ["8 in 10 to meet it", "5 in 10 to meet it", "1 in 10 to meet it", "No forecast"],
            strict=True,
        )
    ]


def draw_showcase(environment: PageEnvironment, data: dict[str, str] | None = None) -> str:
    """The page, with an empty form or one that was sent with `data`."""
    return environment.get_template("showcase.html").render(
        form=EveryFieldForm(data),
        rows=list_rows(),
        periods=PERIODS,
        points=POINTS,
        target_points=TARGETS,
        day=dt.date(2026, 11, 21),
        nav_items=[
            {"text": "What you must do", "href": "/"},
            {"text": "Plan", "href": "/plan", "current": True},
            {"text": "Returns", "href": "/returns"},
            {"text": "Exceptions", "href": "/exceptions"},
        ],
        partnership_name="Harbour Community Safety Partnership",
        account_name="Ruth Okafor",
        account_items=[{"text": "Your account", "href": "/account"}],
        person_token="3f1c",
        breadcrumbs=[{"text": "Plans", "href": "/plans"}, {"text": "Plan 2026 to 2029"}],
    )
