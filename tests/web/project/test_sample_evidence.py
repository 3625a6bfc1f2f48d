"""The sample's own evidence: built beside the rounds, for its open quarter, and for nobody else."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from support.web.world import NOW, World, make_world
from wardmote.evidence.interface import ask_figures, open_evidence, open_store
from wardmote.web.foundation.writes import writing
from wardmote.web.project import sample_evidence
from wardmote.web.project.sample_evidence import build_sample_evidence
from wardmote.web.returns.actions.filling import find_store
from wardmote.web.returns.models import Return

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def stores(settings: Any, tmp_path: Path) -> None:
    settings.STORE, settings.SAMPLE_STORES = tmp_path / "store", tmp_path / "sample-stores"


def bind(world: World) -> None:
    with writing(by=None, verb="test.bound", partnership=world.partnership):
        for ref, indicator in (("P1-1", "asb_rate"), ("P1-2", "ksi_count")):
            world.indicators[ref].evidence = {"indicator": indicator, "area": "X06000001"}
            world.indicators[ref].save()


def test_bound_returns_of_the_sample_fill_themselves(settings: Any) -> None:
    world = make_world("zellmouth", is_sample=True)
    bind(world)
    assert build_sample_evidence(NOW) == "2 returns filled"
    rows = Return.objects.filter(indicator__in=[world.indicators["P1-1"], world.indicators["P1-2"]])
    assert set(rows.values_list("state", flat=True)) == {"submitted"}
    assert all(version > 0 for version in rows.values_list("version__amount", flat=True))
    assert not settings.STORE.exists()  # what is invented is never among what was loaded
    assert [path.name for path in settings.SAMPLE_STORES.iterdir()] == ["2026-27Q2"]
    assert build_sample_evidence(NOW) == "nothing to build"
    evidence = open_evidence(open_store(settings.SAMPLE_STORES / "2026-27Q2"))
    held = {
        indicator: [month for month in range(1, 13) if ask(evidence, indicator, f"2026-{month:02d}") is not None]
        for indicator in ("asb_count", "ksi_count")
    }
    assert held == {"asb_count": [7, 8, 9], "ksi_count": list(range(1, 10))}  # nothing after the quarter's end


def ask(evidence: Any, indicator: str, month: str) -> float | None:
    value: float | None = ask_figures(evidence, indicator, "X06000001", month).figures[0].value
    return value


def test_evidence_of_the_sample_waits_for_the_quarters_end() -> None:
    world = make_world("zellmouth", is_sample=True)
    bind(world)
    assert build_sample_evidence(datetime(2026, 9, 30, 12, tzinfo=UTC)) == "nothing to build"


def test_evidence_is_built_for_nobody_but_the_sample(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sample_evidence, "build_store", lambda *_, **__: pytest.fail("it was built"))
    world = make_world("ashmere")
    bind(world)
    assert build_sample_evidence(NOW) == "nothing to build"
    assert find_store(Return.objects.select_related("partnership", "quarter")[0]) == settings.STORE
