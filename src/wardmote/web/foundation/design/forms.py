"""Django's forms drawn with the design system's components."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.forms.boundfield import BoundField
from django.forms.formsets import BaseFormSet
from django.utils.html import conditional_escape
from markupsafe import Markup

from wardmote.web.foundation.design.components import Params, draw_component
from wardmote.web.foundation.design.dates import DatePartsWidget

type AnyForm = forms.BaseForm | BaseFormSet[Any]

# Attributes that a component writes itself or that belong to Django's own drawing. `maxlength` is left out because a
# browser cuts pasted text off at it without a word; the server says what is too long and keeps all of it in the box.
# A form whose answers go into the address says `is_in_address = True` and keeps it: no server takes a long address.
OWN_ATTRIBUTES = {"id", "class", "required", "aria-describedby", "aria-invalid", "autocomplete"}
OWN_ATTRIBUTES |= {"rows", "cols", "maxlength", "minlength"}
# What Django says of a number beyond a limit is for programmers; a message of the form's own stays.
LIMITS = {"min_value": (MinValueValidator, "of {} or more"), "max_value": (MaxValueValidator, "of {} or less")}
_SHOWN = 40
CHOICE_WIDGETS = (forms.RadioSelect, forms.CheckboxSelectMultiple, forms.Select)


# --- what is wrong ---------------------------------------------------------------------------------------------------


def has_errors(form: object) -> bool:
    """Whether a form, or any form of a formset, was sent and refused."""
    if isinstance(form, BaseFormSet):
        return bool(form.is_bound and (form.total_error_count() or form.non_form_errors()))
    return isinstance(form, forms.BaseForm) and form.is_bound and bool(form.errors)


def say_errors(bound: BoundField) -> list[str]:
    """What is wrong with a field, telling what to do where Django only says that it is required."""
    errors = bound.form.errors.as_data().get(bound.name, [])
    return [text for error in errors for text in say_error(bound, error)]


def say_error(bound: BoundField, error: ValidationError) -> list[str]:
    """One error in words; a message that the form's author wrote is kept."""
    default = bound.field.default_error_messages.get("required", forms.Field.default_error_messages["required"])
    if error.code == "required" and error.messages == [str(default)]:
        return [say_required(bound)]
    if (limit := LIMITS.get(error.code or "")) and error.message == limit[0].message:
        return [say_limit(bound, limit[1].format((error.params or {}).get("limit_value")))]
    return list(error.messages)


def say_limit(bound: BoundField, within: str) -> str:
    """Between which numbers one must lie, and which was typed: a year has no comma, and a minus cannot be lost."""
    least, most = getattr(bound.field, "min_value", None), getattr(bound.field, "max_value", None)
    asked = within if least is None or most is None else f"from {least} to {most}"
    typed = str(bound.value()).strip()[:_SHOWN].replace("-", "−")
    return f"Enter a number {asked}; you typed {typed}"


def say_required(bound: BoundField) -> str:
    """What to do about an empty field, after the kind of field and the wording of its label."""
    label, widget = str(bound.label), bound.field.widget
    if isinstance(widget, forms.CheckboxInput):
        return f"Tick “{label}”"
    if label.endswith("?"):
        return f"Answer “{label}”"
    return f"{'Select' if isinstance(widget, CHOICE_WIDGETS) else 'Enter'} {lower_first(label)}"


def lower_first(label: str) -> str:
    """Makes a label fit into a sentence, leaving abbreviations alone: "Due date" -> "due date", "MARAC" stays."""
    return label if label[1:2].isupper() else label[:1].lower() + label[1:]


def find_first_input(bound: BoundField) -> str:
    """The id that a link to the field must point at: its input, its first radio, or the first part of its date."""
    widget = bound.field.widget
    if isinstance(widget, DatePartsWidget):
        return f"{bound.auto_id}-{widget.find_first_wrong(bound.value())}"
    return str(bound.auto_id)


def list_errors(form: AnyForm) -> Iterable[Params]:
    """Every error of a form or formset as an item of the summary, in the order of the page."""
    if isinstance(form, BaseFormSet):
        yield from ({"text": text} for text in form.non_form_errors())
        for part in form.forms:
            yield from list_errors(part)
        return
    yield from ({"text": text} for text in form.non_field_errors())
    for bound in form:
        href = {} if bound.is_hidden else {"href": f"#{find_first_input(bound)}"}
        yield from ({"text": text, **href} for text in say_errors(bound))


def draw_error_summary(*all_forms: AnyForm, title: str = "There is a problem") -> Markup:
    """The summary over a page whose forms were refused, each line linked to its field; nothing where none was."""
    refused = [form for form in all_forms if has_errors(form)]
    items = [item for form in refused for item in list_errors(form)]
    return draw_component("error-summary", {"titleText": title, "errorList": items}) if items else Markup()


# --- fields ----------------------------------------------------------------------------------------------------------


def draw_fields(form: forms.BaseForm, *, only: Iterable[str] | None = None) -> Markup:
    """All fields of a form in order, or those named, and its hidden ones."""
    names = list(only) if only is not None else [bound.name for bound in form.visible_fields()]
    hidden = [bound.name for bound in form.hidden_fields() if bound.name not in names]
    return Markup("\n").join(draw_field(form[name]) for name in [*names, *hidden])


def draw_field(bound: BoundField, **options: Any) -> Markup:
    """One field with label, hint and error.

    Options: `label`, `hint`, `label_size` (s, m, l, xl), `heading` (the label is the page's heading), `width` (2, 3,
    4, 5, 10, 20), `prefix`, `suffix`, `rows`, `inline` and `small` (radios, checkboxes), `choice_hints` (by value),
    `count` (characters left; with `threshold` only from that
    percentage of the limit on), `mark_optional`, `classes`.
    """
    widget = bound.field.widget
    if widget.is_hidden:
        return Markup(str(bound))  # noqa: S704 - Django escapes its own fields
    for kinds, drawer in DRAWERS:
        if isinstance(widget, kinds):
            return drawer(bound, options)
    raise TypeError(
        f"The field {bound.name!r} has the widget {type(widget).__name__}, which no component draws. "
        "Use a text input, textarea, select, radio buttons, checkboxes, a file input or DatePartsField."
    )


def make_base(bound: BoundField, options: Params) -> Params:
    """What every component takes: name, id, hint, error and the widget's own attributes."""
    params: Params = {"name": bound.html_name, "id": bound.auto_id, "formGroup": {}}
    hint = options.get("hint", bound.help_text)
    if hint:
        params["hint"] = {"html": str(conditional_escape(hint))}
    if bound.form.is_bound and (errors := say_errors(bound)):
        params["errorMessage"] = {"text": " ".join(errors)}
    return params | {"attributes": list_attributes(bound), "classes": options.get("classes", "")}


def list_attributes(bound: BoundField) -> dict[str, str]:
    """The attributes that the form's author gave the widget, without those that the component writes."""
    attributes = bound.field.widget.attrs
    kept = {name: value for name, value in attributes.items() if name not in OWN_ATTRIBUTES and value is not False}
    if bound.field.disabled:
        kept["disabled"] = "disabled"
    if getattr(bound.form, "is_in_address", False) and "maxlength" in attributes:
        kept["maxlength"] = attributes["maxlength"]
    return {name: name if value is True else str(value) for name, value in kept.items()}


def say_label(bound: BoundField, options: Params) -> str:
    """The label; where a field may be left empty it says so, since most may not."""
    label = str(options.get("label", bound.label))
    may_be_empty = options.get("mark_optional", True) and not bound.field.required
    return f"{label} (optional)" if may_be_empty and "optional" not in label.lower() else label


def make_label(bound: BoundField, options: Params, *, kind: str = "label") -> Params:
    """The label or legend with its size, as the page's heading where asked."""
    size = options.get("label_size") or ("l" if options.get("heading") else "s")
    return {
        "text": say_label(bound, options),
        "classes": f"govuk-{'fieldset__legend' if kind == 'legend' else 'label'}--{size}",
        "isPageHeading": bool(options.get("heading")),
    }


def make_fieldset(bound: BoundField, options: Params) -> Params:
    """The fieldset around a group of inputs."""
    return {"legend": make_label(bound, options, kind="legend")}


def read_value(bound: BoundField) -> str:
    """What stands in the box: what was typed, or the stored value as the widget writes it."""
    return str(bound.field.widget.format_value(bound.value()) or "")


def draw_input(bound: BoundField, options: Params) -> Markup:
    """A one-line box. Numbers are typed as text: browsers change a number box when its wheel is turned."""
    widget = bound.field.widget
    params = make_base(bound, options) | {"label": make_label(bound, options), "value": read_value(bound)}
    params |= {"type": getattr(widget, "input_type", "text"), "autocomplete": widget.attrs.get("autocomplete")}
    if isinstance(widget, forms.NumberInput):
        whole = type(bound.field) is forms.IntegerField
        params |= {"type": "text", "inputmode": "numeric" if whole else "decimal", "spellcheck": False}
        params["attributes"] = {k: v for k, v in params["attributes"].items() if k not in {"min", "max", "step"}}
    if isinstance(widget, forms.EmailInput):
        params["spellcheck"] = False
    if options.get("width"):
        params["classes"] += f" govuk-input--width-{options['width']}"
    return draw_component(
        "input", params | {name: {"text": options[name]} for name in ("prefix", "suffix") if name in options}
    )


def draw_password(bound: BoundField, options: Params) -> Markup:
    """A password with a button that shows it; never filled from what was sent."""
    params = make_base(bound, options) | {"label": make_label(bound, options)}
    return draw_component("password-input", params | {"autocomplete": bound.field.widget.attrs.get("autocomplete")})


def draw_textarea(bound: BoundField, options: Params) -> Markup:
    """A box of several lines, counting what is left where asked and where there is a limit."""
    params = make_base(bound, options) | {"label": make_label(bound, options), "value": read_value(bound)}
    params |= {"rows": options.get("rows", 5), "spellcheck": True}
    limit = getattr(bound.field, "max_length", None)
    if options.get("count") and limit:
        return draw_component("character-count", params | {"maxlength": limit, "threshold": options.get("threshold")})
    return draw_component("textarea", params)


def draw_select(bound: BoundField, options: Params) -> Markup:
    """A list to choose one from."""
    params = make_base(bound, options) | {"label": make_label(bound, options), "items": list_choices(bound, "selected")}
    return draw_component("select", params)


def draw_radios(bound: BoundField, options: Params) -> Markup:
    """Radio buttons under a legend; the first one carries the field's id, so that an error can point at it."""
    params = make_base(bound, options) | {"idPrefix": bound.auto_id, "fieldset": make_fieldset(bound, options)}
    params["items"] = list_choices(bound, "checked", options.get("choice_hints"))
    params["classes"] += name_group_classes("radios", options)
    return draw_component("radios", params)


def draw_checkboxes(bound: BoundField, options: Params) -> Markup:
    """Several boxes under a legend."""
    params = make_base(bound, options) | {"idPrefix": bound.auto_id, "fieldset": make_fieldset(bound, options)}
    params["items"] = list_choices(bound, "checked", options.get("choice_hints"))
    params["classes"] += name_group_classes("checkboxes", options)
    return draw_component("checkboxes", params)


def name_group_classes(component: str, options: Params) -> str:
    """The classes of a group that is small or stands in one line."""
    return "".join(f" govuk-{component}--{name}" for name in ("inline", "small") if options.get(name))


def draw_checkbox(bound: BoundField, options: Params) -> Markup:
    """One box; its label stands beside it."""
    params = make_base(bound, options) | {"idPrefix": bound.auto_id}
    item = {"value": "on", "text": str(options.get("label", bound.label)), "checked": bool(bound.value())}
    if "hint" in params:
        item["hint"] = params.pop("hint")
    params["items"] = [item | {"id": bound.auto_id, "attributes": params.pop("attributes")}]
    params["classes"] += name_group_classes("checkboxes", options)
    return draw_component("checkboxes", params)


def draw_file(bound: BoundField, options: Params) -> Markup:
    """A file to send."""
    return draw_component("file-upload", make_base(bound, options) | {"label": make_label(bound, options)})


def draw_date(bound: BoundField, options: Params) -> Markup:
    """Day, month and year in three boxes, the wrong ones marked."""
    widget = bound.field.widget
    if not isinstance(widget, DatePartsWidget):
        raise TypeError(f"The field {bound.name!r} is not in three parts; make it a DatePartsField.")
    params = make_base(bound, options) | {"fieldset": make_fieldset(bound, options)}
    wrong = widget.list_wrong(bound.value()) if "errorMessage" in params else []
    params["items"] = [
        {
            "name": f"{bound.html_name}-{part}",
            "id": f"{bound.auto_id}-{part}",
            "label": part.capitalize(),
            "value": value,
            "classes": f"govuk-input--width-{4 if part == 'year' else 2}{' govuk-input--error' * (part in wrong)}",
        }
        for part, value in widget.split(bound.value()).items()
    ]
    return draw_component("date-input", params)


def list_choices(bound: BoundField, mark: str, hints: Mapping[str, str] | None = None) -> list[Params]:
    """The choices of a field as a component takes them; groups are written before their members."""
    widget = bound.field.widget
    chosen = set(widget.format_value(bound.value()))
    items = []
    for group, options, _ in widget.optgroups(bound.html_name, list(chosen)):
        for option in options:
            text = f"{group}: {option['label']}" if group else str(option["label"])
            item = {"value": str(option["value"]), "text": text, mark: bool(option["selected"])}
            if hints and (hint := hints.get(str(option["value"]))):
                item["hint"] = {"text": hint}
            items.append(item)
    return items


DRAWERS: list[tuple[Any, Any]] = [
    (DatePartsWidget, draw_date),
    (forms.PasswordInput, draw_password),
    (forms.FileInput, draw_file),
    (forms.Textarea, draw_textarea),
    (forms.CheckboxSelectMultiple, draw_checkboxes),
    (forms.RadioSelect, draw_radios),
    (forms.CheckboxInput, draw_checkbox),
    (forms.Select, draw_select),
    (forms.widgets.Input, draw_input),
]
