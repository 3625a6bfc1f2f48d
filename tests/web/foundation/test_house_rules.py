"""The house's own rules hold, and would be missed."""

from typing import ClassVar

import pytest
from django.core.checks import run_checks
from django.db import models
from django.test.utils import isolate_apps

from wardmote.web.foundation import house_rules
from wardmote.web.foundation.privacy import Privacy
from wardmote.web.foundation.records import Record


@pytest.mark.django_db
def test_no_rule_is_broken() -> None:
    assert run_checks() == []


@isolate_apps("wardmote.web.foundation")
def test_field_without_a_label_and_label_without_a_field_are_found(monkeypatch: pytest.MonkeyPatch) -> None:
    class Note(Record):
        PRIVACY: ClassVar = {"id": Privacy.NONE, "gone": Privacy.NONE}
        text = models.TextField()

        class Meta:
            app_label = "foundation"

    monkeypatch.setattr(house_rules.apps, "get_models", lambda: [Note])
    (fault,) = house_rules.check_privacy_labels(None)
    assert "missing ['text'], idle ['gone']" in fault.msg


@isolate_apps("wardmote.web.foundation")
def test_model_that_is_no_record_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    class Loose(models.Model):
        __module__ = "wardmote.web.foundation.models"

        class Meta:
            app_label = "foundation"

    monkeypatch.setattr(house_rules.apps, "get_models", lambda: [Loose])
    (fault,) = house_rules.check_ours_are_records(None)
    assert "would not be audited" in fault.msg
