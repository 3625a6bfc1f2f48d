"""The design system's macros, called from Python and from pages."""

from functools import cache
from typing import Any

from jinja2 import BaseLoader, Environment, PackageLoader, PrefixLoader, Undefined
from markupsafe import Markup

COMPONENTS = "govuk_frontend_jinja"

Params = dict[str, Any]


def make_component_loader() -> BaseLoader:
    """Finds the design system's own macros under their package's name."""
    return PrefixLoader({COMPONENTS: PackageLoader(COMPONENTS)})


@cache
def find_components() -> Environment:
    """The environment in which the macros live.

    They ask for every option they could have been given (`params.classes`), so under the strict rules of our own
    pages none of them would draw.
    """
    return Environment(loader=make_component_loader(), autoescape=True, undefined=Undefined)


@cache
def find_macro(component: str) -> Any:
    """A component's macro by its hyphenated name: `date-input` is `govukDateInput`."""
    template = find_components().get_template(f"{COMPONENTS}/components/{component}/macro.html")
    return getattr(template.module, "govuk" + "".join(part.capitalize() for part in component.split("-")))


def draw_component(component: str, params: Params) -> Markup:
    """A component as HTML; the macro escapes each `text` and trusts each `html`."""
    return Markup(find_macro(component)(params))  # noqa: S704
