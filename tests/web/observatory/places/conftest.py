"""A partnership in the small county, whose wards have boundaries, residents and three years of burglaries."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import shapely
from django.http import HttpResponse

from support.drawn_years import draw_months
from support.small_county import HERE, NEW, OLD, SQUARES, A, C, D, G, I, J, K, build_county
from support.street_store import Row, put_street, put_tables, residents, shape
from support.web.world import World, make_world
from wardmote.web.partnerships.states import Role

WARDS = {OLD[1]: (A, C, D), OLD[2]: (G, I, J), OLD[3]: (K,), NEW[1]: (A, C), NEW[2]: (D, G, I), NEW[3]: (J, K)}
#: Old 1 has fewest burglaries for its residents, Old 2 most; Old 3 lies outside the partnership's area.
PEOPLE = {OLD[1]: 30_000, OLD[2]: 5_000, NEW[1]: 20_000}
Ask = Callable[..., HttpResponse]


@pytest.fixture(scope="session")
def county_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = build_county(tmp_path_factory.mktemp("places"))
    drawn = {code: shapely.union_all([SQUARES[part] for part in parts]) for code, parts in WARDS.items()}
    sets = {code: "ward@2017" if code in OLD.values() else "ward@2024" for code in WARDS}
    put_tables(folder, {
        "boundaries": [shape(sets[code], code, whole) for code, whole in drawn.items()],
        "population": [residents(code, people, area_set=sets[code], vintage="Wards mid-2021")
                       for code, people in PEOPLE.items()],
    })  # fmt: skip
    rows = [*draw_months("2020-04", [20] * 24 + [40] * 12, lsoa=A), *draw_months("2020-04", [10] * 36, lsoa=G)]
    put_street(folder, [*rows, *draw_months("2020-04", [9] * 36, lsoa=J), Row("2021-06"), Row("2021-07")])
    return folder


@pytest.fixture
def world(db: None, county_store: Path, settings: Any) -> World:
    settings.STORE = county_store
    return make_world("ashmere", area_code=HERE)


@pytest.fixture
def ask(world: World) -> Ask:
    """Asks a page of places as somebody of a role: `ask("burglary_rate/map/", period="2021/22")`."""

    def get(page: str, *, role: Role = Role.ANALYST, **asked: Any) -> HttpResponse:
        return world.sign_in(role).get(f"/p/ashmere/evidence/{page}", asked)  # type: ignore[return-value]

    return get
