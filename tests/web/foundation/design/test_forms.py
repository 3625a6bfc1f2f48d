"""Django's forms in the design system's components."""

import datetime as dt
import re
from html.parser import HTMLParser
from typing import Any

import pytest
from django import forms
from django.forms import formset_factory
from django.utils.html import format_html
from tests.web.foundation.design.showcase import EveryFieldForm

from wardmote.web.foundation.design.dates import DatePartsField
from wardmote.web.foundation.design.forms import draw_error_summary, draw_field, draw_fields, has_errors

SENT = {
    "value": "212", "name": "Warden", "email": "a@example.org", "password": "secret", "due-day": "3",
    "due-month": "March", "due-year": "2027", "agency": "f", "reason": "none", "tags": ["pursue"], "agree": "on",
    "story": "Fewer <b>", "evidence": "",
}  # fmt: skip


class Tags(HTMLParser):
    """All start tags with their attributes."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


def list_ids(html: str) -> list[str]:
    return [about["id"] for _, about in Tags(html).found if about.get("id")]


def test_form_sent_and_drawn_again_holds_what_was_typed() -> None:
    form = EveryFieldForm(SENT)
    assert form.is_valid(), form.errors
    assert form.cleaned_data["due"] == dt.date(2027, 3, 3)
    html = draw_fields(form)
    inputs = {
        (about.get("name"), about.get("value")): about for tag, about in Tags(html).found if tag in {"input", "option"}
    }
    assert ("value", "212") in inputs
    assert ("due-month", "March") in inputs
    assert "checked" in inputs["reason", "none"]
    assert "checked" not in inputs["reason", "late"]
    assert "checked" in inputs["tags", "pursue"]
    assert "checked" in inputs["agree", "on"]
    assert re.search(r'value="f" selected', html)
    assert "Fewer &lt;b&gt;" in html
    assert "secret" not in html


def test_every_error_links_to_an_input_that_is_there() -> None:
    form = EveryFieldForm({})
    page = draw_error_summary(form) + draw_fields(form)
    links = [str(about["href"])[1:] for tag, about in Tags(page).found if tag == "a"]
    inputs = [about.get("id") for tag, about in Tags(page).found if tag in {"input", "select", "textarea"}]
    assert len(links) == 9
    assert set(links) <= set(inputs)
    assert {"id_reason", "id_tags", "id_due-day"} <= set(links)
    assert len(list_ids(page)) == len(set(list_ids(page)))


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("email", "Enter e-mail address"),
        ("agency", "Select agency"),
        ("reason", "Answer “Why is there no number?”"),
        ("agree", "Tick “I have checked these numbers”"),
    ],
)
def test_empty_field_is_told_what_to_do(name: str, words: str) -> None:
    assert words in draw_field(EveryFieldForm({})[name])


class OwnWordsForm(forms.Form):
    marac = forms.CharField(label="MARAC cases", error_messages={"required": "Give the cases heard"})
    lead = forms.CharField(label="MARAC lead")
    until = DatePartsField(label="End date", required=False)
    notes = forms.CharField(widget=forms.Textarea, max_length=10, required=False)
    secret = forms.CharField(widget=forms.HiddenInput, required=False)

    def clean(self) -> None:
        self.add_error(None, "The two dates <contradict> each other")


def test_words_of_the_author_and_abbreviations_are_kept() -> None:
    form = OwnWordsForm({})
    summary = draw_error_summary(form)
    assert "Give the cases heard" in summary
    assert "Enter MARAC lead" in summary
    assert "The two dates &lt;contradict&gt; each other" in summary


class LimitsForm(forms.Form):
    count = forms.IntegerField(min_value=0)
    most = forms.FloatField(max_value=2.5)
    year = forms.IntegerField(min_value=1990, max_value=2100)
    own = forms.IntegerField(min_value=1, error_messages={"min_value": "One at least"})


@pytest.mark.parametrize(
    ("name", "typed", "said"),
    [("count", "-3", "Enter a number of 0 or more; you typed −3"),
     ("most", "7.0", "Enter a number of 2.5 or less; you typed 7.0"),
     ("year", "1890", "Enter a number from 1990 to 2100; you typed 1890"), ("own", "0", "One at least")],
)  # fmt: skip
def test_number_beyond_a_limit_is_told_in_our_words(name: str, typed: str, said: str) -> None:
    form = LimitsForm({name: typed})
    assert said in draw_field(form[name])
    assert said in draw_error_summary(form)
    assert "Ensure" not in draw_error_summary(form)


def test_nothing_is_cut_off_by_the_browser() -> None:
    form = OwnWordsForm()
    assert "maxlength=" not in draw_fields(form).replace("data-maxlength=", "")
    assert 'data-maxlength="10"' in draw_field(form["notes"], count=True)


def test_optional_field_says_so_and_hidden_field_is_drawn_bare() -> None:
    form = OwnWordsForm()
    assert "End date (optional)" in draw_field(form["until"])
    assert "(optional)" not in draw_field(form["until"], mark_optional=False)
    assert str(draw_field(form["secret"])) == '<input type="hidden" name="secret" id="id_secret">'
    assert 'name="secret"' in draw_fields(form)
    assert 'name="marac"' not in draw_fields(form, only=["until"])


@pytest.mark.parametrize(
    ("day", "month", "year", "words", "wrong"),
    [
        ("", "3", "2027", "End date must include a day", ["day"]),
        ("", "", "2027", "End date must include a day and month", ["day", "month"]),
        ("31", "2", "2027", "End date must be a real date", ["day", "month", "year"]),
        ("3", "Mars", "2027", "End date must be a real date", ["month"]),
        ("3", "13", "2027", "End date must be a real date", ["month"]),
        ("3", "3", "27", "End date: the year must have 4 numbers, such as 2026", ["year"]),
        ("٣", "3", "2027", "End date must be a real date", ["day"]),
    ],
)
def test_date_in_parts_says_which_part_is_wrong(day: str, month: str, year: str, words: str, wrong: list[str]) -> None:
    form = OwnWordsForm({"until-day": day, "until-month": month, "until-year": year})
    html = draw_field(form["until"])
    marked = [
        str(about["id"]).rpartition("-")[2]
        for _, about in Tags(html).found
        if "govuk-input--error" in str(about.get("class"))
    ]
    assert words in html
    assert marked == wrong
    assert f'href="#id_until-{wrong[0]}"' in draw_error_summary(form)


def test_stored_date_is_shown_in_parts_and_unchanged_when_sent_back() -> None:
    form = OwnWordsForm(
        {"until-day": "03", "until-month": "mar", "until-year": "2027"}, initial={"until": dt.date(2027, 3, 3)}
    )
    assert "until" not in form.changed_data
    assert 'value="2027"' in draw_field(OwnWordsForm(initial={"until": dt.date(2027, 3, 3)})["until"])


def test_formset_errors_are_gathered_with_their_own_addresses() -> None:
    rows = formset_factory(OwnWordsForm, extra=0)(
        {"form-TOTAL_FORMS": "2", "form-INITIAL_FORMS": "0", "form-0-marac": "1", "form-1-lead": "x"}
    )
    summary = draw_error_summary(rows)
    assert has_errors(rows)
    assert 'href="#id_form-0-lead"' in summary
    assert 'href="#id_form-1-marac"' in summary


def test_form_that_was_not_sent_has_no_errors() -> None:
    assert not has_errors(EveryFieldForm())
    assert not has_errors("no form at all")
    assert str(draw_error_summary(EveryFieldForm())) == ""


def test_widget_without_a_component_is_refused_with_a_remedy() -> None:
    class SplitForm(forms.Form):
        at = forms.SplitDateTimeField(label="At")

    with pytest.raises(TypeError, match="no component draws"):
        draw_field(SplitForm()["at"])


def test_options_reach_the_component() -> None:
    form = EveryFieldForm()
    drawn: Any = draw_field(form["value"], width=5, suffix="%", hint="Only whole ones", label="Share", heading=True)
    for part in ("govuk-input--width-5", "%", "Only whole ones", "<h1", 'inputmode="decimal"'):
        assert part in drawn
    assert "When the system" in draw_field(
        form["reason"], choice_hints={"late": "When the system was down"}, inline=True
    )


def test_hint_is_escaped_unless_django_made_it_safe() -> None:
    form = EveryFieldForm()
    assert "&lt;i&gt;" in draw_field(form["value"], hint="<i>")
    assert "<i>such</i>" in draw_field(form["value"], hint=format_html("<i>{}</i>", "such"))
