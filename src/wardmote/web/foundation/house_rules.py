"""The house's own rules as system checks: the application does not start where one is broken."""

from typing import Any

from django.apps import apps
from django.core.checks import CheckMessage, Error, register

from wardmote.web.foundation.records import Record


@register("models")
def check_privacy_labels(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Every field of every record has a privacy label, and no label is left of a field that is gone."""
    found: list[CheckMessage] = []
    for model in apps.get_models():
        if not issubclass(model, Record):
            continue
        fields = {field.name for field in model._meta.concrete_fields}
        labels = set(model.PRIVACY)
        if fields != labels:
            missing, idle = sorted(fields - labels), sorted(labels - fields)
            found.append(
                Error(
                    f"{model.__name__}.PRIVACY does not fit its fields: missing {missing}, idle {idle}",
                    obj=model, id="wardmote.E001",
                )
            )  # fmt: skip
    return found


@register("models")
def check_ours_are_records(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Every model of ours is a Record, but for the audit trail itself."""
    exempt = {"AuditEntry", "AuditHead", "AuditRoll"}
    return [
        Error(f"{model.__name__} is no Record: its changes would not be audited", obj=model, id="wardmote.E002")
        for model in apps.get_models()
        if model.__module__.startswith("wardmote.web")
        and not issubclass(model, Record)
        and model.__name__ not in exempt
    ]
