"""The sample's whole evidence: built by a job, once, apart from everybody else's."""

from pathlib import Path
from typing import Any

import pytest

from support.web.world import NOW, make_world
from wardmote.evidence.interface import ask_figures, open_evidence, open_store
from wardmote.web.foundation.jobs import do_job, find_job
from wardmote.web.foundation.models import Job, JobState
from wardmote.web.observatory.interface import find_store
from wardmote.web.partnerships.states import Role
from wardmote.web.project.sample_store import ask_for_sample_store

pytestmark = pytest.mark.django_db


def test_sample_has_the_evidence_of_its_files_and_pages_say_when_it_is_not_there(settings: Any, tmp_path: Path) -> None:
    settings.STORE, settings.SAMPLE_STORES = tmp_path / "store", tmp_path / "sample-stores"
    assert ask_for_sample_store(NOW) == "nothing to prepare"
    world = make_world("zellmouth", is_sample=True)
    page = world.sign_in(Role.ANALYST).get("/p/zellmouth/evidence/loads/").content.decode()
    assert "Being prepared" in page
    assert ask_for_sample_store(NOW) == "asked for"
    assert ask_for_sample_store(NOW) == "nothing to prepare"  # somebody is at it
    job = find_job(world.partnership)
    assert job is not None
    do_job.func(job_id=str(job.pk))
    assert Job.objects.get().state == JobState.DONE
    folder = find_store(world.partnership)
    assert [path.name for path in folder.parent.iterdir()] == ["evidence"]
    evidence = open_evidence(open_store(folder))
    assert (ask_figures(evidence, "crime_count", "X06000001", "2025/26").figures[0].value or 0) > 0
    assert not settings.STORE.exists()
    quality = world.sign_in(Role.READER).get("/p/zellmouth/evidence/quality/").content.decode()
    assert "To look at" in quality
    assert "Say what you found" not in quality  # that is for who loads
