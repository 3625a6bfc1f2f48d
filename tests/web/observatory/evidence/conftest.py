"""A partnership in the small county with two years of burglaries and a gap, and a partner's small dataset."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.http import HttpResponse

from support.drawn_years import draw_months
from support.small_county import HERE, A, G, J, build_county
from support.street_store import first_day, put_street, put_tables
from support.web.world import World, make_world
from wardmote.web.partnerships.states import Role

Ask = Callable[..., HttpResponse]


@pytest.fixture(scope="session")
def evidence_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = build_county(tmp_path_factory.mktemp("evidence"))
    rows = [*draw_months("2020-04", [20] * 12, lsoa=A), *draw_months("2021-07", [10] * 9, lsoa=A)]
    put_street(folder, [*rows, *draw_months("2020-04", [6] * 12, lsoa=G), *draw_months("2020-04", [1] * 12, lsoa=J)])
    said = {"title": "=Visits to victims", "publisher": "Victims' charity", "licence": "By agreement"}
    dataset = {"dataset": "visits", "step": "month", "polarity": "none", "minimum_count": 5, "caveats": [], **said}
    counts = [{"dataset": "visits", "month": first_day(month), "area_set": "district@2023", "area_code": HERE,
               "category": "", "items_count": count} for month, count in (("2020-04", 3), ("2020-05", 40))]  # fmt: skip
    put_tables(folder, {"partner_datasets": [dataset], "partner_counts": counts})
    return folder


@pytest.fixture
def world(db: None, evidence_store: Path, settings: Any) -> World:
    settings.STORE = evidence_store
    return make_world("ashmere", area_code=HERE)


@pytest.fixture
def ask(world: World) -> Ask:
    """Asks a page of the evidence as somebody of a role: `ask("burglary_rate/", period="2020/21")`."""

    def get(page: str = "", *, role: Role = Role.ANALYST, **asked: Any) -> HttpResponse:
        return world.sign_in(role).get(f"/p/ashmere/evidence/{page}", asked)  # type: ignore[return-value]

    return get
