"""The texts of e-mails: plain text files in each app's folder `messages`, the subject in their first line."""

from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from django.apps import apps
from jinja2 import Environment, FileSystemLoader, StrictUndefined, meta

from wardmote.web.foundation.design.words import say_date

_SUBJECT = "Subject: "


@cache
def find_folders() -> tuple[Path, ...]:
    """The folders of message templates of all apps of ours."""
    folders = (Path(app.path) / "messages" for app in apps.get_app_configs() if app.name.startswith("wardmote.web"))
    return tuple(folder for folder in folders if folder.is_dir())


@cache
def make_text_environment() -> Environment:
    """Plain text: nothing is escaped, and a fact that is missing raises."""
    environment = Environment(
        loader=FileSystemLoader([str(folder) for folder in find_folders()]),
        undefined=StrictUndefined, autoescape=False, trim_blocks=True, lstrip_blocks=True,  # noqa: S701 - no HTML
    )  # fmt: skip
    environment.filters["long_date"] = _say_day
    return environment


def _say_day(day: Any) -> str:
    """19 December 2026; a message that waits keeps its facts as text."""
    return say_date(day if isinstance(day, date) else date.fromisoformat(day))


def draw_message(template: str, facts: Mapping[str, Any]) -> tuple[str, str]:
    """Subject and text of a message. Raises TemplateNotFound or UndefinedError where either lacks something."""
    text = make_text_environment().get_template(f"{template}.txt").render(facts)
    first, _, body = text.partition("\n")
    if not first.startswith(_SUBJECT):
        raise ValueError(f"the message '{template}' does not begin with '{_SUBJECT}'")
    return first.removeprefix(_SUBJECT).strip(), body.strip() + "\n"


def list_templates() -> list[str]:
    """The names of all messages that can be sent."""
    return sorted(path.stem for folder in find_folders() for path in folder.glob("*.txt"))


def list_facts(template: str) -> set[str]:
    """The names of the facts that a message uses."""
    environment = make_text_environment()
    source, _, _ = environment.loader.get_source(environment, f"{template}.txt")  # type: ignore[union-attr]
    return meta.find_undeclared_variables(environment.parse(source))
