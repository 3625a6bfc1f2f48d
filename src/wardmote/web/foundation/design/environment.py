"""The Jinja2 environment in which every page is drawn."""

from collections.abc import Callable, MutableMapping
from typing import Any

from django.contrib.messages import get_messages
from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import reverse
from jinja2 import Environment, StrictUndefined, Template, pass_context
from jinja2.runtime import Context

from wardmote.web.foundation.design import charts, forms, frame, marks, run_charts, sources, words
from wardmote.web.foundation.design.components import COMPONENTS, find_components


class PageEnvironment(Environment):
    """Refuses unknown names in our own pages, and sends for the design system's macros where names may be left out.

    A name misspelt in one of our pages still raises, even where it is only handed on to such a macro.
    """

    def get_template(
        self,
        name: str | Template,
        parent: str | None = None,
        globals: MutableMapping[str, Any] | None = None,  # noqa: A002
    ) -> Template:
        if isinstance(name, str) and name.startswith(f"{COMPONENTS}/"):
            return find_components().get_template(name)
        return super().get_template(name, parent, globals)


def make_environment(**options: Any) -> PageEnvironment:
    """Builds the environment for Django's Jinja2 backend; strict about names whatever the settings say."""
    environment = PageEnvironment(
        **options
        | {
            "autoescape": True,
            "undefined": StrictUndefined,
            "trim_blocks": True,
            "lstrip_blocks": True,
        }
    )
    environment.filters.update(FILTERS)
    environment.tests.update(
        {"in_error": forms.has_errors, "any_in_error": lambda all_forms: any(map(forms.has_errors, all_forms))}
    )
    environment.globals.update(GLOBALS)
    return environment


def make_url(name: str, *args: Any, **kwargs: Any) -> str:
    """The address of a view by its name; keywords are the view's own."""
    return reverse(name, args=args or None, kwargs=kwargs or None)


@pass_context
def read_messages(context: Context) -> list[Any]:
    """The messages that wait for this person, each shown once; none on a page drawn without a request."""
    request = context.get("request")
    if not isinstance(request, HttpRequest) or not hasattr(request, "_messages"):
        return []
    return list(get_messages(request))


@pass_context
def find_request(context: Context) -> HttpRequest | None:
    """The request that is being answered, where there is one."""
    request = context.get("request")
    return request if isinstance(request, HttpRequest) else None


FILTERS: dict[str, Callable[..., Any]] = {
    "long_date": words.say_date,
    "date_time": words.say_date_time,
    "clock_time": words.say_time,
    "number": words.say_number,
    "percent": words.say_percent,
    "period": words.say_period,
    "plural": words.say_count,
    "source": sources.say_source,
}

GLOBALS: dict[str, Any] = {
    "static": static,
    "url": make_url,
    "get_messages": read_messages,
    "current_request": find_request,
    "describe_frame": frame.describe_frame,
    "list_footer_links": frame.list_footer_links,
    "find_url": frame.find_url,
    "field": forms.draw_field,
    "form_fields": forms.draw_fields,
    "error_summary": forms.draw_error_summary,
    "status_tag": marks.draw_status_tag,
    "status_words": marks.say_status,
    "status_counts": marks.draw_status_counts,
    "say_unit": words.say_unit,
    "signal_marker": marks.draw_signal_marker,
    "forecast_chip": marks.draw_forecast_chip,
    "sparkline": charts.draw_sparkline,
    "run_chart": run_charts.draw_run_chart,
}
