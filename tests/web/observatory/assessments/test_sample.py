"""The sample's assessments: one published a year ago, one being written with all that this brings."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from support.web.world import NOW, make_world
from wardmote.web.foundation.jobs import do_job, find_job
from wardmote.web.foundation.models import Job
from wardmote.web.observatory.assessments import queries
from wardmote.web.observatory.assessments.actions import writing
from wardmote.web.observatory.assessments.models import AssessmentSection
from wardmote.web.observatory.interface import find_store
from wardmote.web.partnerships.states import Role
from wardmote.web.project.sample_assessment import take_on_assessments
from web.observatory.assessments.conftest import AREA, Built

pytestmark = pytest.mark.django_db


def test_sample_has_a_year_of_assessments(
    settings: Any, tmp_path: Path, evidence_store: Path, built: Built, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.SAMPLE_STORES, settings.FILES = tmp_path / "stores", tmp_path / "files"
    monkeypatch.setattr(writing, "read_now", lambda: NOW)
    world = make_world("zellmouth", is_sample=True, area_code=AREA)
    assert take_on_assessments(NOW) == "nothing to do"
    folder = find_store(world.partnership)
    folder.parent.mkdir(parents=True, exist_ok=True)
    folder.symlink_to(evidence_store)
    assert take_on_assessments(NOW) == "begun"
    faults = {s.key: s.faults for s in AssessmentSection.objects.all() if s.faults}
    assert [(key, [f["line"] for f in found]) for key, found in faults.items()] == [("theft", [1])]
    job = Job.objects.get()
    do_job.func(job_id=str(job.pk))
    assert take_on_assessments(NOW + timedelta(hours=1)) == "published"
    assert take_on_assessments(NOW + timedelta(hours=2)) == "nothing to do"
    (edition,) = queries.list_published(world.partnership)
    assert (edition.assessment.year, edition.number, find_job(edition)) == ("2024/25", 1, job)
    for record in (evidence_store / "published").glob("*.json"):
        record.unlink()
    page = world.sign_in(Role.READER).get("/p/zellmouth/evidence/assessments/").content.decode()
    assert "2024/25, edition 1" in page
