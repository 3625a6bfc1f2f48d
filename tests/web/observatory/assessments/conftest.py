"""A partnership whose store holds the sample's evidence, loaded once for all these tests: places, people and crimes."""

import json
import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from support.web.world import NOW, World, make_world
from wardmote.evidence.interface import BuiltTwin, load_files, open_store
from wardmote.evidence.sample.build import write_sample
from wardmote.evidence.sample.loads import list_loads
from wardmote.evidence.sample.places import MAIN
from wardmote.web.foundation.jobs import do_job, find_job
from wardmote.web.observatory.assessments import actions, desks
from wardmote.web.observatory.assessments.actions import editions, writing
from wardmote.web.observatory.assessments.models import Assessment, AssessmentSection, Edition
from wardmote.web.observatory.reading import forget_evidence
from wardmote.web.partnerships.states import Role

LOADED = datetime(2026, 4, 20, tzinfo=UTC)
_SOURCES = ("ons-lookups", "ons-population", "ons-csp-tables", "police-street")
AREA, YEAR = MAIN.code, "2025/26"
BURGLARY = f"{{{{ burglary_count:{AREA}:{YEAR} }}}}"
FALSE = f"Burglary saw a reduction, to {BURGLARY} offences."
Approve = Callable[..., None]
TRUE = f"Burglary was similar to 2024/25, at {BURGLARY} offences."


@pytest.fixture(scope="session")
def evidence_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("evidence")
    manifest = write_sample(folder / "files")
    store = open_store(folder / "store", create=True)
    for load in list_loads(manifest.files):
        if load["source"] in _SOURCES:
            paths = [manifest.root / str(path) for path in load["paths"]]  # type: ignore[attr-defined]
            load_files(store, str(load["source"]), paths, now=LOADED, by="test")
    return folder / "store"


@pytest.fixture
def world(db: None, settings: Any, tmp_path: Path, evidence_store: Path, monkeypatch: pytest.MonkeyPatch) -> World:
    """All read one store, and all assessments begin at one moment: what a test has worked out, the next one finds."""
    settings.STORE, settings.FILES = evidence_store, tmp_path / "files"
    monkeypatch.setattr(writing, "read_now", lambda: NOW)
    return make_world("ashmere", area_code=AREA)


@pytest.fixture
def own_store(world: World, settings: Any, tmp_path: Path, evidence_store: Path) -> Iterator[Path]:
    """A copy of the store, for tests that write into it."""
    settings.STORE = shutil.copytree(evidence_store, tmp_path / "store")
    yield settings.STORE
    desks.forget_desks()
    forget_evidence()


@pytest.fixture
def assessment(world: World) -> Assessment:
    return actions.start_assessment(partnership=world.partnership, area=AREA, year=YEAR, by=world.people[Role.ANALYST])


@pytest.fixture
def burglary(assessment: Assessment) -> AssessmentSection:
    return assessment.sections.select_related("assessment__partnership", "partnership").get(key="burglary")


class Built:
    """Stands in for the writers: each twin is a few words, and what is held against it can be set."""

    def __init__(self) -> None:
        self.accused: tuple[Any, ...] = ()

    def __call__(self, _store: Any, assessed: Any, texts: Any, out: Path, *, audience: str, **_: Any) -> BuiltTwin:
        out.mkdir(parents=True)
        paths = {form: out / form for form in ("html", "pdf", "figures", "claims")}
        for form, path in paths.items():
            path.write_text(f"{audience} {form} {assessed.as_at} {sorted(texts.items())}")
        body = {
            "title": "T", "as_at": "2026-11-21", "audience": audience,
            "figures": [{"id": f"burglary_count:{AREA}:{YEAR}", "value": 416, "state": "actual", "source": "police"}],
        }  # fmt: skip
        paths["figures"].write_text(json.dumps(body))
        return BuiltTwin(audience, f"Assessment {YEAR}", paths, 1, self.accused)  # type: ignore[arg-type]


@pytest.fixture
def built(monkeypatch: pytest.MonkeyPatch) -> Built:
    made = Built()
    monkeypatch.setattr(editions, "build_twin", made)
    return made


@pytest.fixture
def approve(world: World, assessment: Assessment) -> Approve:
    """Write, submit and approve a section by two people."""

    def do(key: str = "at-a-glance", text: str = TRUE) -> None:
        section = assessment.sections.select_related("assessment__partnership", "partnership").get(key=key)
        analyst, chair = world.people[Role.ANALYST], world.people[Role.CHAIR]
        actions.save_section(section=section, text=text, seen=section.number, by=analyst)
        actions.submit_section(section=section, seen=section.number, by=analyst)
        actions.approve_section(section=section, seen=section.number, by=chair)

    return do


def build(assessment: Assessment, who: Any) -> Edition:
    edition = actions.build_edition(assessment=assessment, by=who)
    job = find_job(edition)
    assert job is not None
    do_job.func(job_id=str(job.pk))
    job.refresh_from_db()
    assert job.state == "done", job.said
    edition.refresh_from_db()
    return edition
